"""``ttw paper``: results as papers print them, and a gate that says whether anything has changed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.exits import Exit, explaining
from bot.cli.output import AsJson, console, print_json, progress
from bot.cli.sweeps import Deadline, Ray, Resume, Woods, Workers, effort_of, shown_by

if TYPE_CHECKING:
    from bot.lab.paper.gate import Compared, Shift
    from bot.lab.paper.lines import Line
    from bot.lab.paper.runs import Run
    from bot.lab.paper.study import Study

MINDS: Final = "instinct,random,contrarian,silent"
SCENARIO: Final = "reference"
SEEDS: Final = 100
MAX_SEEDS: Final = 100_000
MAX_SEED: Final = 2**53 - 1


def paper(
    minds: Annotated[
        str | None, typer.Option(help=f"Minds to compare, separated by commas, named as in the settings [{MINDS}].")
    ] = None,
    seeds: Annotated[
        int | None, typer.Option(min=1, max=MAX_SEEDS, help=f"How many seeds each mind plays [{SEEDS}].")
    ] = None,
    first_seed: Annotated[
        int | None, typer.Option(min=0, max=MAX_SEED, help="The first seed; the others follow it [0].")
    ] = None,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME,…",
            help=f"What the woods are played in: plain, reference, lively, great-frost@16, or some joined by + "
            f"[{SCENARIO}].",
        ),
    ] = None,
    turns: Annotated[int | None, typer.Option(help="Turns of each run [60: a year].")] = None,
    baseline: Annotated[
        str | None, typer.Option(help="The mind that the others are compared with [silent, or the first one].")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Folder for tables, figures, every run and what all was made from."),
    ] = None,
    gate: Annotated[
        Path | None,
        typer.Option(
            help="Compare with runs that were kept: the folder of an earlier --out, or its runs.csv. What is not said "
            "otherwise is played as they were."
        ),
    ] = None,
    workers: Workers = None,
    ray: Ray = None,
    resume: Resume = None,
    woods: Woods = 16,
    deadline: Deadline = None,
    as_json: AsJson = False,
) -> None:
    """Compare minds over seeds and scenarios, and print it as papers do.

    Every mind plays every seed in every scenario. Each measure of each mind has its mean with a 95 % interval, the
    difference to the baseline on the same seeds with interval and p value, that corrected for how many differences
    there are, and the least difference that so many seeds could have found. --out writes it as Markdown, CSV and LaTeX,
    with figures, every run with the hash of its world, and what it was made from: versions, content, prompts. The same
    command writes the same files, byte for byte, however many work on it, here or on a cluster (--ray), and whether it
    was cut off in between (--resume).

    --gate says instead whether anything has changed beside runs that were kept, and ends with exit code 1 if it has, by
    more than seeds differ by themselves: where nothing has changed, it says so in 39 of 40 cases or more.
    """
    from bot.lab.paper.gate import GateError, foresee
    from bot.lab.paper.gate import gate as compared
    from bot.lab.paper.lines import lines_of
    from bot.lab.paper.page import files_of, keep
    from bot.lab.paper.runs import RunsError, read_runs
    from bot.lab.paper.study import conduct
    from bot.logs import set_up_logging
    from bot.settings import load_settings

    with explaining():
        settings = load_settings()
        set_up_logging("ERROR", settings.secrets())
        effort = effort_of(settings, workers=workers, woods=woods, deadline=deadline, resume=resume, ray=ray)
        try:
            kept = read_runs(gate) if gate else ()
            study = _study(kept, minds, seeds, first_seed, scenario, turns, baseline)
            if gate:
                foresee(kept, study)  # a gate that cannot be held must be told before hours of playing
        except (RunsError, GateError) as error:
            raise typer.BadParameter(str(error), param_hint="--gate") from None
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)  # what cannot be written must be told as early
        with progress("playing", len(study.minds) * len(study.seeds)) as steps:
            runs = conduct(study, effort=shown_by(steps, effort))
        if out is not None:
            written = keep(out, files_of(study, runs, effort.engines))
            if not as_json:
                typer.echo(f"{len(written)} files written to {out}.")
    if gate:
        try:
            _judge(compared(kept, runs), as_json=as_json)
        except GateError as error:
            raise typer.BadParameter(str(error), param_hint="--gate") from None
    lines = lines_of(runs, study.baseline)
    if as_json:
        print_json(_to_json(study, lines))
    elif out is None:
        _show(study, lines)


def _study(
    kept: "Sequence[Run]",
    minds: str | None,
    seeds: int | None,
    first_seed: int | None,
    scenario: list[str] | None,
    turns: int | None,
    baseline: str | None,
) -> "Study":
    """What is asked for; what is not said is as in the runs that were kept, where there are some.

    Raises:
        typer.BadParameter: something cannot be used.
    """
    from bot.lab.paper.runs import NAME_MOST, may_be_named
    from bot.lab.paper.settings import read_settings
    from bot.lab.paper.study import Study
    from bot.lab.scenario import ScenarioError
    from data.content import default_rules
    from inference import silent

    named = minds.split(",") if minds is not None else [run.mind for run in kept] or MINDS.split(",")
    names = tuple(dict.fromkeys(name for each in named if (name := each.strip())))
    if not names:
        raise typer.BadParameter("name at least one mind.", param_hint="--minds")
    base = baseline or (silent.NAME if silent.NAME in names else names[0])
    if base not in names:
        raise typer.BadParameter(f"{base!r} is not among the minds that are played.", param_hint="--baseline")
    known = sorted({run.seed for run in kept})
    first = first_seed if first_seed is not None else known[0] if known else 0
    many = seeds or (min(known[-1] - known[0] + 1, MAX_SEEDS) if known else SEEDS)
    if turns is None and kept:
        turns = kept[0].turns
    try:
        played = scenario or list(dict.fromkeys(run.scenario for run in kept)) or [SCENARIO]
        settings = read_settings(played, default_rules(), turns)
    except ScenarioError as error:
        raise typer.BadParameter(str(error), param_hint="--scenario" if turns is None else None) from None
    for hint, known_as in (("--minds", names), ("--scenario", [each.name for each in settings])):
        if not all(map(may_be_named, known_as)):  # a later --gate could not read them
            raise typer.BadParameter(
                f"a name has {NAME_MOST} letters at most, and no control characters.", param_hint=hint
            )
    return Study(names, range(first, first + many), settings, base)


def _judge(found: "Compared", *, as_json: bool) -> NoReturn:
    """Show what moved, and end the command.

    Raises:
        typer.Exit: always.
    """
    if as_json:
        shown = [shift.to_json() for shift in found.shifts]
        print_json({"moved": len(found.moved), "left_out": found.left_out, "shifts": shown})
    else:
        console().print(_moves_table(found.moved or found.shifts, moved=bool(found.moved)))
        left = f" {found.left_out} more have too few seeds to tell." if found.left_out else ""
        tests = len(found.shifts)
        if found.moved:
            typer.echo(f"{len(found.moved)} of {tests} figures moved by more than noise.{left}")
        else:
            typer.echo(f"None of {tests} figures moved by more than noise.{left}")
    raise typer.Exit(Exit.FAILED if found.moved else Exit.OK)


def _moves_table(shifts: "Sequence[Shift]", *, moved: bool) -> Table:
    from bot.lab.paper.tables import figure, p_value

    table = Table(title="What moved" if moved else "What was looked at", title_justify="left", title_style="bold")
    for column in ("scenario", "mind", "measure"):
        table.add_column(column)
    for column in ("seeds", "then", "now", "change", "p (Holm)", "detectable"):
        table.add_column(column, justify="right")
    table.add_column("")
    for shift in shifts:
        measure, (then, now) = shift.measure, shift.seeds
        verdict = {True: "worse", False: "better", None: "moved"}[shift.worse] if shift.moved else ""
        table.add_row(
            escape(shift.scenario),
            escape(shift.mind),
            measure.title,
            str(then) if shift.paired else f"{then} / {now}",
            figure(measure, shift.before),
            figure(measure, shift.after),
            figure(measure, shift.change, signed=True),
            p_value(shift.p_holm),
            figure(measure, shift.detectable),
            verdict,
        )
    return table


def _show(study: "Study", lines: "Sequence[Line]") -> None:
    from bot.lab.paper.tables import by_scenario, cells, clear, heads

    screen = console()
    for scenario, group in by_scenario(lines):
        table = Table(title=f"Scenario {escape(scenario)}", title_justify="left", title_style="bold")
        for place, head in enumerate(heads(study.baseline)):
            table.add_column(escape(head), justify="right" if place > 1 else "left")
        last = None
        for line in group:
            name = line.measure.title if line.measure is not last else ""
            style = "bold" if clear(line.contrast) else None
            table.add_row(name, *map(escape, cells(line)), style=style)
            last = line.measure
        screen.print(table)


def _to_json(study: "Study", lines: "Sequence[Line]") -> dict[str, Any]:
    from bot.lab.paper.manifest import command

    return {"command": command(study), "lines": [line.to_json() for line in lines]}
