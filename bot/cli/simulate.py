"""``ttw simulate``: one wood in the terminal."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.exits import explaining
from bot.cli.output import AsJson, Steps, console, print_json, progress
from bot.cli.tables import liveliness_table, reading_table, simulation, twin_table
from bot.lab.scenario import Without

if TYPE_CHECKING:
    from bot.lab.scenario import Scenario
    from bot.lab.simulate import Played
    from inference.protocol import Mind

MAX_SEED: Final = 2**53 - 1
"""What every JSON reader can hold."""
MAX_DAYS: Final = 400


def simulate(
    turns: Annotated[int | None, typer.Option(help="How many turns to play [15].")] = None,
    seed: Annotated[int, typer.Option(min=0, max=MAX_SEED, help="The wood's seed: weather, harvests, the deck.")] = 0,
    mind: Annotated[
        str, typer.Option(help="The mind of all five creatures, named and set up as in the settings.")
    ] = "instinct",
    shock: Annotated[
        list[str] | None, typer.Option(metavar="NAME@TURN", help="Let a plain shock strike: drought@5.")
    ] = None,
    legend: Annotated[
        list[str] | None, typer.Option(metavar="NAME@TURN", help="Tell a legend: run-on-oonas-hoard@7.")
    ] = None,
    rumor: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT@TURN", help='Spread a rumor: "firewood: the frost comes early@10".'),
    ] = None,
    reference: Annotated[
        bool, typer.Option("--reference", help="Play the reference run, and end in the table of its measures.")
    ] = False,
    twin: Annotated[
        bool, typer.Option("--twin", help="Play it again without legends and shocks, and show what they did.")
    ] = False,
    without: Annotated[
        Without | None,
        typer.Option(help="What the twin does without: legends with shocks [the default], rumors, or all of it."),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(min=1, max=MAX_DAYS, help="Play so many days at the default pace; --out has every day's report."),
    ] = None,
    lively: Annotated[
        bool, typer.Option("--lively", help="Let three patrons join, talk, whisper and tell legends now and then.")
    ] = False,
    deadline: Annotated[
        float | None, typer.Option(min=0.1, help="Seconds in which a model must have answered [that of the settings].")
    ] = None,
    charts: Annotated[bool, typer.Option("--charts", help="Draw the charts of every day's report too.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            file_okay=False,
            help="Folder for charts, report, traces and the log of `ttw replay`; with --days reports, gossip and log.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Play one wood in the terminal. The same command gives the same wood, and the same files, every time.

    That holds for minds that are rules. A model that is asked the same again may say something else; what it said is
    kept by --out, and the log of `ttw replay` gives the same wood. Its server or weights are those of the settings
    (`ttw minds check` tries them).

    --shock, --legend and --rumor can be given several times. The reference run has 15 turns from early autumn: a
    drought in turn 5, the Run on Oona's Hoard in turn 7, a scare of an early winter in turn 10; more --turns go on from
    there.

    --days plays days instead of turns, and writes to --out each day's report, all of the gossip, and how much of it
    repeats, names somebody or contradicts the prices (`repetition.json`).
    """
    from bot.lab.diary import DAY_SECONDS, write_diary
    from bot.lab.keepsake import keep
    from bot.lab.lively import NAMES
    from bot.lab.lively import lively as company
    from bot.lab.sample import take_sample
    from bot.lab.scenario import ScenarioError, compose
    from bot.lab.simulate import log_of, to_json
    from bot.lab.twin import compare
    from bot.logs import set_up_logging
    from bot.settings import load_settings
    from data.content import default_rules
    from data.replay import replay
    from inference.roster import Engines, build

    with explaining():
        settings = load_settings()
        set_up_logging("ERROR", settings.secrets())
        made = build([mind], Engines(settings.vllm, settings.openai, settings.servers))[mind]
        a_day = max(1, DAY_SECONDS // settings.pace) if days is not None else 0
        left_out = without or Without.LEGEND
        try:
            if days is not None:
                if turns is not None or out is None:
                    raise ScenarioError("--days takes --out, and goes without --turns.")
                turns = days * a_day
            elif charts:
                raise ScenarioError("--charts is about the reports of --days; a simulation draws its charts anyway.")
            told = compose(
                default_rules(),
                turns=turns,
                shocks=shock or (),
                legends=legend or (),
                rumors=rumor or (),
                as_reference=reference,
            )
            scenario = told.beside(company(default_rules(), told.turns, seed)) if lively else told
            _check_twin(scenario, twin=twin, without=without)
        except ScenarioError as error:
            raise typer.BadParameter(str(error)) from None
        rounds = scenario.turns * (2 if twin else 1)
        with progress("playing", rounds) as steps:
            played, other = asyncio.run(
                _play(
                    scenario,
                    seed,
                    made,
                    deadline=deadline or settings.deadline,
                    twin=left_out if twin else None,
                    keep=out is not None and days is None,
                    steps=steps,
                )
            )
        sample = take_sample(played, replayed=replay(log_of(played)).agrees) if reference else None
        apart = compare(played, other, without=left_out) if other is not None else ()
        diary = write_diary(out, played, a_day, NAMES if lively else {}, charts=charts) if out and days else None
        files = keep(out, played, mind, sample) if out is not None and days is None else []
    if as_json:
        shown = to_json(played, mind)
        if apart:
            shown["twin"] = {each.good.value: each.to_json() for each in apart}
        if diary is not None:
            shown["reading"] = diary.to_json()
        print_json(shown)
        return
    screen = console()
    for part in simulation(played, mind, files):
        screen.print(part)
    if apart:
        screen.print(twin_table(apart, without=left_out))
    if diary is not None:
        screen.print(reading_table(diary))
        typer.echo(f"The diary is in {out}.")
    if sample is not None:
        screen.print(liveliness_table(sample))


def _check_twin(scenario: "Scenario", *, twin: bool, without: Without | None) -> None:
    """See that a twin is asked for where something is said of it, and has something to do without.

    Raises:
        ScenarioError: it is not, or has not.
    """
    from bot.lab.scenario import ScenarioError
    from bot.lab.twin import NOTHING

    if without is not None and not twin:
        raise ScenarioError("--without says what a twin does without; ask for one with --twin.")
    left_out = without or Without.LEGEND
    if twin and scenario.first(left_out) is None:
        raise ScenarioError(NOTHING[left_out])


async def _play(
    scenario: "Scenario",
    seed: int,
    mind: "Mind",
    *,
    deadline: float,
    twin: Without | None,
    keep: bool,
    steps: Steps,
) -> tuple["Played", "Played | None"]:
    """Play the wood, and its twin if asked; rules are only written prompts where the traces are kept.

    Raises:
        EngineError: an engine does not come up.
    """
    from bot.lab.engines import Awake
    from bot.lab.simulate import play
    from bot.lab.twin import play_twin
    from data.content import default_rules
    from inference.answering import InstantMind
    from inference.council import Council
    from wood.names import CREATURES

    rules = default_rules()
    minds = dict.fromkeys(CREATURES, mind)
    council = Council(minds, rules, deadline=deadline, render=keep or not isinstance(mind, InstantMind))
    awake = Awake(council, tell=steps.tell)
    try:
        played = await play(rules, scenario, seed, awake, keep_traces=keep, after_turn=steps)
        return played, await play_twin(played, awake, without=twin, after_turn=steps) if twin else None
    finally:
        await council.close()
