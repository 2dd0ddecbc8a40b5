"""``ttw evaluate --patrons``: patrons by script who play each other, as tables."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import JustifyMethod
from rich.markup import escape
from rich.table import Table

from bot.cli.exits import Exit
from bot.cli.output import console, print_json
from bot.cli.tables import asked_table

if TYPE_CHECKING:
    from bot.lab.patrons.balance import Balance, Found


def show(balance: "Balance", *, as_json: bool) -> NoReturn:
    """Show how patrons do, and end the command.

    Raises:
        typer.Exit: always; its code says whether every target is met.
    """
    if as_json:
        print_json(balance.to_json())
    else:
        screen = console()
        screen.print(_design(balance))
        for mind, found in balance.minds.items():
            for each in tables(mind, found):
                screen.print(each)
    raise typer.Exit(Exit.OK if balance.met else Exit.FAILED)


def _design(balance: "Balance") -> str:
    design, seeds = balance.design, len(balance.design.mixes)
    return (
        f"{len(design.names)} ways to play, {design.years:,} years of four under each mind on {seeds:,} seeds\n"
        f"{design.different:,} different mixes, each way in at least {design.each:,} years"
    )


def tables(mind: str, found: "Found") -> Iterator[Table]:
    """What one mind showed: strategies, what their deeds brought, and what is asked."""
    if found.scores:
        yield _strategies(mind, found)
        yield _deeds(mind, found)
        yield _moves(mind, found)
    yield asked_table(f"{escape(mind)}: what is asked of patrons, {found.paired:,} seeds of pairs", found.rows)


def _strategies(mind: str, found: "Found") -> Table:
    table = _table(
        f"{escape(mind)}: patrons, {found.years:,} years",
        *("years", "wins", "rank", "purse", "fined", "files", "convicted", "exiled", "hottest", "refused"),
    )
    for score in found.scores:
        low, middle, high = score.purse
        table.add_row(
            score.name,
            f"{score.years:,}",
            f"{100 * score.won.value:.0f} %",
            f"{score.rank.value:.2f} ({score.rank.low:.2f}–{score.rank.high:.2f})",
            f"{middle:.0f} ({low:.0f}–{high:.0f})",
            f"{score.fined:.1f}",
            f"{score.cases:.2f}",
            f"{100 * score.convicted:.0f} %",
            f"{100 * score.exiled:.0f} %",
            f"{score.peak:.1f}",
            f"{sum(score.refused.values()):.1f}",
        )
    table.caption = (
        "wins: share of years; rank among four, with its interval; purse: median and quartiles; the rest a year"
    )
    return table


def _deeds(mind: str, found: "Found") -> Table:
    acts = sorted({act for score in found.scores for act in score.brought})
    table = _table(f"{escape(mind)}: pebbles that deeds brought a year", *acts)
    for score in found.scores:
        table.add_row(score.name, *(f"{brought:+.0f}" if (brought := score.brought.get(act)) else "" for act in acts))
    return table


def _moves(mind: str, found: "Found") -> Table:
    table = _table(f"{escape(mind)}: moves a year", "made", "refused", "verdicts", justify="left")
    for score in found.scores:
        made = {kind: count for kind, count in score.made.items() if kind != "join"}
        table.add_row(score.name, _listed(made), _listed(score.refused), _listed(score.verdicts))
    return table


def _listed(counts: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {count:.1f}" for name, count in sorted(counts.items(), key=lambda each: -each[1])) or "–"


def _table(title: str, *columns: str, justify: JustifyMethod = "right") -> Table:
    """A table of ways to play, each in a row."""
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("plays")
    for column in columns:
        table.add_column(column, justify=justify)
    return table
