"""``ttw evaluate``: is the economy alive, under every mind, and what is each mind worth?"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

import typer

from bot.cli.balance import show as show_balance
from bot.cli.exits import Exit, explaining
from bot.cli.output import AsJson, console, print_json, progress
from bot.cli.sweeps import Deadline, Ray, Resume, Woods, Workers, effort_of, shown_by
from bot.cli.tables import calls_table, money_table, rumors_table, sweep_table, twin_table
from bot.cli.traces import without_a_library
from data.traces import TraceFormat

if TYPE_CHECKING:
    from bot.lab.belief import Believed
    from bot.lab.evaluate import Found

MINDS_OF_PATRONS: Final = "instinct,random,contrarian"
MINDS: Final = "instinct,random,contrarian,silent"
SEEDS_OF_RUNS: Final = 100
MAX_SEEDS: Final = 100_000
MAX_YEARS: Final = 100


def evaluate(
    seeds: Annotated[
        int | None,
        typer.Option(
            min=1, max=MAX_SEEDS, help="How many seeds each mind plays [100; 10 with --rumors; 200 with --patrons]."
        ),
    ] = None,
    minds: Annotated[
        str | None,
        typer.Option(
            help="Minds to try, separated by commas, named as in the settings: instinct,vllm,openai "
            f"[{MINDS}; {MINDS_OF_PATRONS} with --patrons]."
        ),
    ] = None,
    first_seed: Annotated[int, typer.Option(min=0, help="The first seed; the others follow it.")] = 0,
    turns: Annotated[int | None, typer.Option(help="Turns of each seed [60: a year].")] = None,
    twin: Annotated[
        bool, typer.Option("--twin", help="Play each seed again without anything told, and show what the telling did.")
    ] = False,
    years: Annotated[
        int | None,
        typer.Option(min=2, max=MAX_YEARS, help="Whole years that each seed also plays with nothing told [none]."),
    ] = None,
    rumors: Annotated[
        bool, typer.Option("--rumors", help="Measure what rumors do instead: paired runs with and without each.")
    ] = False,
    patrons: Annotated[
        bool, typer.Option("--patrons", help="Let patrons by script play each other instead, in mixes of four.")
    ] = False,
    mixes: Annotated[int | None, typer.Option(min=0, help="With --patrons: mixes that each seed plays [2].")] = None,
    every: Annotated[bool, typer.Option("--all", help="With --patrons: every seed plays every mix.")] = False,
    paired: Annotated[
        int | None, typer.Option(min=0, help="With --patrons: seeds on which pairs of tables are played [40].")
    ] = None,
    workers: Workers = None,
    ray: Ray = None,
    resume: Resume = None,
    woods: Woods = 16,
    deadline: Deadline = None,
    out: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Folder for every prompt and reply, a file a mind; see `ttw traces`."),
    ] = None,
    form: Annotated[
        TraceFormat | None, typer.Option("--format", help="Format of the files that --out writes [jsonl].")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure whether the economy is alive under several minds, and what their calls are worth.

    Exit code 1 when any target is missed.

    Every seed plays a year of 60 turns that begins with the reference run: a drought in turn 5, a run on honey in turn
    7, a scare of an early winter in turn 10. Each run is then played again from its log and every hash compared. Its
    opening is played once more with nothing told; --years 6 goes on with that, asks who is richest in years 2 to 6, and
    whether prices and purses are in year 6 what they were in year 1, also where patrons pour in all that they have.

    Minds that are models run in this process, with many woods at once so that their calls come in batches. They are
    set up as for `ttw run`.

    With --resume every run is kept as soon as it is finished, and the same command comes to the same tables, whatever
    cut it off. What another version of the program kept, or what was kept for another question, is passed over. With
    --ray the machines of a cluster play for minds that are rules, and the tables are the same again.

    With --rumors a wood is played to four points of its year, and goes on from each for three turns with one rumor and
    without: about a good (by how far the patron is trusted, and said ten times over), whispered, and about a creature.

    With --patrons a wood is played for a year by four patrons, each by a script of its own, in balanced mixes; pairs of
    tables on the same seeds say what single ways to play are worth, and whether it pays to collude.
    """
    from bot.lab.belief import SEEDS, listen
    from bot.lab.evaluate import Plan, sweep
    from bot.lab.patrons import balance
    from bot.lab.scenario import ScenarioError, compose
    from bot.logs import set_up_logging
    from bot.settings import load_settings
    from data.content import default_rules

    listed = minds if minds is not None else MINDS_OF_PATRONS if patrons else MINDS
    names = list(dict.fromkeys(name for part in listed.split(",") if (name := part.strip())))
    if not names:
        raise typer.BadParameter("name at least one mind.", param_hint="--minds")
    with explaining():
        settings = load_settings()
        set_up_logging("ERROR", settings.secrets())
        effort = effort_of(settings, workers=workers, woods=woods, deadline=deadline, resume=resume, ray=ray)
        if ray is not None:
            _refuse({"--out": out}, "a cluster, whose machines do not have it", "a folder of this machine")
        whole = {"--turns": turns, "--years": years, "--twin": twin, "--out": out, "--format": form}
        if patrons:
            _refuse({**whole, "--rumors": rumors}, "--patrons")
            seeds = seeds or balance.SEEDS
            with progress("playing", len(names) * seeds) as steps:
                played = balance.measure(
                    names,
                    range(first_seed, first_seed + seeds),
                    each=None if every else balance.MIXES if mixes is None else mixes,
                    paired=balance.PAIRED if paired is None else paired,
                    effort=shown_by(steps, effort),
                )
            show_balance(played, as_json=as_json)
        _refuse({"--mixes": mixes, "--all": every, "--paired": paired}, "whole runs", "--patrons")
        if rumors:
            _refuse(whole, "--rumors")
            seeds = seeds or SEEDS
            with progress("playing", len(names) * seeds) as steps:
                heard = listen(
                    names,
                    range(first_seed, first_seed + seeds),
                    effort=shown_by(steps, effort),
                )
            _show_rumors(heard, as_json=as_json)
        seeds = seeds or SEEDS_OF_RUNS
        rules = default_rules()
        try:
            plan = Plan(
                compose(rules, turns=rules.year if turns is None else turns, as_reference=True),
                twin=twin,
                years=years or 0,
            )
        except ScenarioError as error:
            raise typer.BadParameter(str(error), param_hint="--turns") from None
        if form is not None and out is None:
            raise typer.BadParameter("it is about the files of --out; give that too.", param_hint="--format")
        with progress("playing", len(names) * seeds) as steps, without_a_library():
            found = sweep(
                names,
                range(first_seed, first_seed + seeds),
                plan=plan,
                effort=shown_by(steps, effort),
                out=out,
                form=form or TraceFormat.JSONL,
            )
    if as_json:
        print_json({"minds": {mind: _to_json(seeds, each) for mind, each in found.items()}})
    else:
        _show(seeds, found)
    met = all(row.met for each in found.values() for row in each.rows)
    raise typer.Exit(Exit.OK if met else Exit.FAILED)


def _refuse(given: Mapping[str, object], what: str, about: str = "whole runs") -> None:
    """Say no to options that go with another kind of evaluation than ``what``.

    Raises:
        typer.BadParameter: one of them is given.
    """
    for option, value in given.items():
        if value is not None and value is not False:
            raise typer.BadParameter(f"it is about {about}, not about {what}.", param_hint=option)


def _show_rumors(heard: "dict[str, Believed]", *, as_json: bool) -> NoReturn:
    """Show what rumors do, and end the command.

    Raises:
        typer.Exit: always.
    """
    if as_json:
        print_json({"minds": {mind: each.to_json() for mind, each in heard.items()}})
    else:
        for mind, each in heard.items():
            console().print(rumors_table(mind, each))
    met = all(row.met for each in heard.values() for row in each.rows)
    raise typer.Exit(Exit.OK if met else Exit.FAILED)


def _to_json(seeds: int, found: "Found") -> dict[str, Any]:
    shown: dict[str, Any] = {
        "seeds": seeds,
        "targets": [row.to_json() for row in found.rows],
        "calls": found.calls.to_json(),
        "judgement": found.judgement.to_json(),
        "money": found.money.to_json(),
    }
    if found.poured is not None:
        shown["money_poured"] = found.poured.to_json()
    if found.twin:
        shown["twin"] = {each.good.value: each.to_json() for each in found.twin}
    if found.kept is not None:
        shown["replies"] = {"rows": found.kept.rows, "file": str(found.kept.file)}
    return shown


def _show(seeds: int, found: "dict[str, Found]") -> None:
    screen = console()
    for mind, each in found.items():
        screen.print(sweep_table(mind, seeds, each.rows))
        if each.twin:
            screen.print(twin_table(each.twin, mind))
    screen.print(calls_table({mind: each.calls for mind, each in found.items()}))
    books = {mind: each.money for mind, each in found.items()}
    books |= {f"{mind}, with patrons": each.poured for mind, each in found.items() if each.poured}
    screen.print(money_table(books))
    for each in found.values():
        if each.kept is not None:
            typer.echo(f"{each.kept.rows:,} calls written to {each.kept.file}.")
