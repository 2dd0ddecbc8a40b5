"""What people see of the laboratory: tables and lines for a terminal."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import JustifyMethod, RenderableType
from rich.markup import escape
from rich.table import Table

from bot.words import event_line, percent, price, public, signed
from wood.chronicle import EventKind
from wood.measures import mind_share, prices

if TYPE_CHECKING:
    from bot.lab.liveliness import Row
    from bot.lab.sample import Sample
    from bot.lab.simulate import Played
    from bot.lab.twin import Apart

_TOLD: Final = (EventKind.LEGEND, EventKind.DECREE, EventKind.RUMOR, EventKind.DEFAULT, EventKind.YEAR)
_LINES: Final = 40
"""Events shown at most; the JSON and the files have them all."""
_SIDES: Final[dict[str, JustifyMethod]] = {">": "right", "=": "center"}
_BARS: Final = "▁▂▃▄▅▆▇█"
_COURSE: Final = 60
"""Turns that a course shows at most, the last ones."""


def simulation(played: "Played", mind: str, files: Sequence[Path]) -> Iterator[RenderableType]:
    """A run: what it was, what happened, where prices went, who has what, and where it is kept."""
    from bot.lab.simulate import wealth_gaps

    turns, rules = played.turns, played.rules
    yield f"[bold]A wood of {len(turns):,} turns[/], seed {played.seed}, mind {escape(mind)}"
    yield from _events(played)
    yield _prices(played)
    gaps = wealth_gaps(played)
    standing = sorted(turns[-1].wealth, key=lambda who: -turns[-1].wealth[who])
    yield "Wealth in pebbles: " + ", ".join(
        f"{rules.creatures[who].name} {price(turns[-1].wealth[who])}" for who in standing
    )
    yield f"Wealth gap (Gini): {gaps[0]:.2f} at the founding, {gaps[-1]:.2f} at the end"
    trades = [len(turn.trades) for turn in turns]
    yield (
        f"Trades: {sum(trades):,}, from {min(trades)} to {max(trades)} a turn; "
        f"{100 * mind_share(turns):.0f} % with a mind's own order on both sides"
    )
    yield f"Pebbles in the wood: {played.pebbles[-1]:,}"
    yield f"Last hash: {turns[-1].hash}"
    if files:
        yield "Written: " + ", ".join(escape(str(path)) for path in files)


def _events(played: "Played") -> Iterator[str]:
    told = public(played.turns, *_TOLD)
    for turn, event in told[-_LINES:]:
        if line := event_line(event, played.rules, {}):
            yield f"  turn {turn.number:>3}  {escape(line)}"
    if len(told) > _LINES:
        yield f"  … and {len(told) - _LINES:,} events before"


def _prices(played: "Played") -> Table:
    table = _table("Prices in pebbles", "good", "start>", "end>", "move>", "low>", "high>", "course")
    start = {good: rule.start for good, rule in played.rules.goods.items()}
    for good, course in prices(played.turns, start).items():
        first, last = course[0], course[-1]
        figures = (price(first), price(last), signed(percent(first, last)), price(min(course)), price(max(course)))
        table.add_row(good.value, *figures, sparkline(course[-_COURSE:]))
    return table


def sparkline(course: Sequence[int]) -> str:
    """A series as a row of bars, its lowest the smallest."""
    low, high = min(course), max(course)
    steps = len(_BARS) - 1
    return "".join(_BARS[(each - low) * steps // max(1, high - low)] for each in course)


def liveliness_table(sample: "Sample") -> Table:
    """One run's measures, beside what is asked of many."""
    from bot.lab.liveliness import MEASURES, verdict

    table = _table("Liveliness", "measure", "this run", "aim", "met=")
    for measure in MEASURES:
        table.add_row(measure.name, measure.told(sample), measure.target, _marked(verdict(measure.kept(sample))))
    return table


def sweep_table(mind: str, seeds: int, rows: "Sequence[Row]") -> Table:
    """The measures of one mind over many seeds."""
    table = _table(f"{escape(mind)}, {seeds:,} seeds", "measure", "target", "found", "met=")
    for row in rows:
        table.add_row(row.measure, row.target, row.found, _marked("yes" if row.met else "no"))
    return table


def twin_table(apart: "Sequence[Apart]") -> Table:
    """How far prices went from a twin without legends."""
    title = "What the telling did: prices against a twin without it, from that turn on"
    table = _table(title, "good", "RD>", "RAD>", "GD>", "GAD>", "amplitude>", "twin's>")
    for each in apart:
        signed_figures = f"{each.rd:+.3f}", f"{each.rad:.3f}", f"{each.gd:+.3f}", f"{each.gad:.3f}"
        table.add_row(each.good.value, *signed_figures, f"{each.amplitude:.2f}", f"{each.twin_amplitude:.2f}")
    return table


def _table(title: str, *columns: str) -> Table:
    """A table; a column's name ends in ``>`` to stand at the right, in ``=`` to stand in the middle."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column.rstrip(">="), justify=_SIDES.get(column[-1], "left"))
    return table


def _marked(word: str) -> str:
    return f"[bold red]{word}[/]" if word == "no" else word
