"""``ttw arena``: minds that rotate over the seats of common woods, and their ratings."""

from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.exits import explaining
from bot.cli.output import AsJson, console, print_json, progress
from bot.cli.sweeps import Deadline, Resume, Woods, effort_of, shown_by

if TYPE_CHECKING:
    from bot.lab.standings import Contest

MINDS: Final = "instinct,random,contrarian,silent"
MAX_SEEDS: Final = 100_000


def arena(
    minds: Annotated[
        str,
        typer.Option(
            help="Minds to rate, separated by commas, named as in the settings: instinct,vllm,openai:NAME. "
            "Random and instinct always sit with them."
        ),
    ] = MINDS,
    seeds: Annotated[int, typer.Option(min=2, max=MAX_SEEDS, help="How many seeds are played.")] = 20,
    first_seed: Annotated[int, typer.Option(min=0, help="The first seed; the others follow it.")] = 0,
    turns: Annotated[int | None, typer.Option(help="Turns of each wood [60: a year].")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Tell nothing; else each begins with the reference run.")] = (
        False
    ),
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes to use for woods of rules alone [one a core].")
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Let a running Ray cluster play the woods of rules alone: auto for the one that this machine is part "
            "of, or HOST:PORT of its head.",
        ),
    ] = None,
    resume: Resume = None,
    woods: Woods = 16,
    deadline: Deadline = None,
    as_json: AsJson = False,
) -> None:
    """Rate minds against each other: who makes more of the same seat?

    Every seed's wood is played once for each mind, and each time all move on by one seat; it is played once more with
    all five silent. Minds are compared by what their creature gained by trade in the same seat of the same seed.

    Ratings are those of Bradley and Terry on the scale of chess: 400 points are odds of ten to one. Random stands at
    1000. Bands are found by drawing the seeds anew.

    Minds that are models run in this process, and are set up as for `ttw run`.
    """
    from bot.lab.arena import compete, field_of, tables_of
    from bot.lab.scenario import REFERENCE_TURNS, ScenarioError, compose
    from bot.logs import set_up_logging
    from bot.settings import load_settings
    from data.content import default_rules

    named = [name for part in minds.split(",") if (name := part.strip())]
    if not named:
        raise typer.BadParameter("name at least one mind.", param_hint="--minds")
    if not plain and turns is not None and turns < REFERENCE_TURNS:
        raise typer.BadParameter(
            f"the reference run has {REFERENCE_TURNS} turns. Ask for as many or more, or add --plain.",
            param_hint="--turns",
        )
    field, played = field_of(named), range(first_seed, first_seed + seeds)
    with explaining():
        settings = load_settings()
        set_up_logging("ERROR", settings.secrets())
        effort = effort_of(settings, workers=workers, woods=woods, deadline=deadline, resume=resume, ray=ray)
        rules = default_rules()
        try:
            scenario = compose(rules, turns=rules.year if turns is None else turns, as_reference=not plain)
        except ScenarioError as error:
            raise typer.BadParameter(str(error), param_hint="--turns") from None
        with progress("playing", len(tables_of(field, played))) as steps:
            contest = compete(field, played, scenario, effort=shown_by(steps, effort))
    if as_json:
        print_json(contest.to_json())
    else:
        console().print(standings_table(contest))
        console().print(beats_table(contest))


def standings_table(contest: "Contest") -> Table:
    """Minds by their rating, the best first."""
    from bot.lab.standings import ANCHOR

    table = _table(f"Arena: {contest.seeds:,} seeds, {contest.turns:,} turns", "rating", "band", "won", "over silence")
    for each in contest.standings:
        rating = each.rating
        band = "fixed" if each.mind == ANCHOR else f"{rating.low:.0f} to {rating.high:.0f}"
        table.add_row(escape(each.mind), f"{rating.value:.0f}", band, f"{100 * each.won:.0f} %", f"{each.gain:+.2f}")
    table.caption = (
        "over silence: pebbles' worth a turn that its creature gained more by trade than where all are silent"
    )
    return table


def beats_table(contest: "Contest") -> Table:
    """In how many of 100 comparisons the mind of the row made more of a seat than that of the column."""
    order = [each.mind for each in contest.standings]
    table = _table("Made more of the same seat, % of comparisons", *map(escape, order))
    for mind in order:
        row = contest.beats[mind]
        table.add_row(escape(mind), *(f"{100 * row[other]:.0f}" if other != mind else "" for other in order))
    return table


def _table(title: str, *columns: str) -> Table:
    """A table of minds, each in a row."""
    table = Table(title=title, title_justify="left", title_style="bold", caption_justify="left")
    table.add_column("mind")
    for column in columns:
        table.add_column(column, justify="right")
    return table
