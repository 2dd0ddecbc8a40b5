"""``ttw minds``: the minds of the settings, tried."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from secrets import randbelow
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.exits import EPILOG, Exit, explaining
from bot.cli.output import AsJson, Steps, print_json, progress

if TYPE_CHECKING:
    from bot.lab.check import Checked
    from bot.settings import Settings
    from inference.protocol import Mind

SEEDS: Final = 1_000_000
"""Woods among which one is drawn where none is named."""

app = typer.Typer(
    help="The minds of the creatures: try those of the settings, and hear what to change about them.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@app.callback()
def _group() -> None:
    """Keep ``check`` a command of its own."""


_HELP: Final = """Try the minds of the settings with five real prompts each: what works, how fast, what to change.

Each mind is asked twice for a turn of all five creatures; the second time tells its speed. The prompts are about
another wood each time, so that no cache holds what they tell of the turn; --seed repeats those of an earlier run. Exit
code 1 when a mind does not answer all five prompts in time. The bot need not run, and must not if the model is in this
process.
"""


@app.command("check", help=_HELP, epilog=EPILOG)
def check(
    only: Annotated[
        str | None, typer.Option("--mind", help="Try this mind instead of those that the creatures have.")
    ] = None,
    wait: Annotated[
        float, typer.Option(min=1, help="Seconds that a server may stay away; a serverless one may take minutes.")
    ] = 30.0,
    seed: Annotated[
        int | None, typer.Option(min=0, max=SEEDS - 1, help="The wood that the prompts are about [another each time].")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Try the minds of the settings."""
    from bot.lab.advice import advice
    from bot.logs import set_up_logging
    from bot.settings import load_settings
    from inference.roster import Engines, UnknownMindError, build

    with explaining():
        settings = load_settings()
        seats = _seats(settings, only)
        try:
            minds = build(seats, Engines(settings.vllm, settings.openai, settings.servers))
        except UnknownMindError as error:
            raise settings.unknown_mind(error) if only is None else error from None
        set_up_logging("ERROR", settings.secrets())
        with progress("trying minds", len(minds)) as steps:
            about = randbelow(SEEDS) if seed is None else seed
            found = asyncio.run(_check_all(minds, settings.deadline, wait, about, steps))
    told = {name: advice(each, partial(variable, name, settings)) for name, each in found.items()}
    works = all(each.works for each in found.values())
    if as_json:
        each_mind = {
            name: {"creatures": seats[name], **each.to_json(), "advice": told[name]} for name, each in found.items()
        }
        print_json({"works": works, "minds": each_mind})
    else:
        for name, each in found.items():
            typer.echo("\n".join(report(each, seats[name], told[name])))
    raise typer.Exit(Exit.OK if works else Exit.FAILED)


def _seats(settings: "Settings", only: str | None) -> dict[str, list[str]]:
    """Who has which mind, by mind."""
    from wood.names import CREATURES

    if only is not None:
        return {only: []}
    seats: dict[str, list[str]] = {}
    for creature in CREATURES:
        seats.setdefault(settings.mind_of(creature), []).append(creature.value)
    return seats


async def _check_all(
    minds: "Mapping[str, Mind]", deadline: float, wait: float, seed: int, steps: Steps
) -> "dict[str, Checked]":
    """Try them one after another, so that none slows another down."""
    from bot.lab.check import check as try_mind

    found = {}
    for name, mind in minds.items():
        found[name] = await try_mind(mind, deadline, wait=wait, seed=seed, tell=steps.tell)
        steps()
    return found


def variable(mind: str, settings: "Settings", option: str) -> str:
    """Name the environment variable of a mind's option."""
    from bot.faults import variable as variable_of

    kind, _, which = mind.partition(":")
    path = ("servers", which) if which.lower() in settings.servers else (kind,)
    if option == "model" and which and path == (kind,):
        return f"what follows {kind}: in the mind's name"
    return variable_of((*path, option))


def report(found: "Checked", creatures: Sequence[str], advice: Sequence[str]) -> list[str]:
    """What became of a mind, in plain words."""
    whose = f" ({', '.join(name.title() for name in creatures)})" if creatures else ""
    verdict = "works" if found.works else "does not work" if _mute(found) else "works in part"
    lines = [f"{found.name}{whose}: {verdict}"]
    if found.silent:
        lines.append("  It never answers; habit keeps the household.")
    if found.problem:
        lines.append(f"  {found.problem}")
    if found.ready_after:
        lines.append(f"  Ready after {found.ready_after:.1f} s.")
    calls = found.calls
    if calls.calls:
        read = calls.calls - calls.unread.total()
        lines.append(
            f"  {read} of {calls.calls} replies could be read, {calls.valid} just as they were; "
            f"{calls.orders} orders in them."
        )
        lines += [f"  Not read: {why}." for why in found.whys]
    if found.turn is not None:
        lines.append(
            f"  A turn of five replies takes {found.turn:.2f} s (the first one {found.first or 0:.2f} s) and has "
            f"{found.deadline:g} s."
        )
    if calls.tokens_in:
        share = f"{100 * (calls.cached_share or 0):.0f} % of it from the cache"
        cached = share if calls.tokens_cached else "none known to be from a cache"
        lines.append(
            f"  A prompt has {calls.share(calls.tokens_in):.0f} tokens, {cached}; a reply "
            f"{calls.share(calls.tokens_out):.0f}."
        )
    if calls.tokens_in or calls.unread:
        lines.append(f"  Asked about the wood of seed {found.seed}; --seed {found.seed} asks the same again.")
    lines += [f"  → {words}" for words in advice]
    return lines


def _mute(found: "Checked") -> bool:
    return found.calls.calls == found.calls.unread.total()
