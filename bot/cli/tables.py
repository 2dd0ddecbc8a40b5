"""What people see of the laboratory: tables and lines for a terminal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import JustifyMethod, RenderableType
from rich.markup import escape
from rich.table import Table

from bot.lab.scenario import Without
from bot.telling.catalog import SOURCE, words_in
from bot.telling.events import event_line
from bot.telling.phrases import percent, price, public, signed
from wood.chronicle import EventKind
from wood.measures import mind_share, prices

if TYPE_CHECKING:
    from bot.lab.belief import Believed
    from bot.lab.calls import Calls
    from bot.lab.liveliness import Row
    from bot.lab.money import Books
    from bot.lab.reading import Reading
    from bot.lab.sample import Sample
    from bot.lab.simulate import Played
    from bot.lab.twin import Apart

_TOLD: Final = (EventKind.LEGEND, EventKind.DECREE, EventKind.RUMOR, EventKind.DEFAULT, EventKind.YEAR)
_LINES: Final = 40
"""Events shown at most; the JSON and the files have them all."""
_SIDES: Final[dict[str, JustifyMethod]] = {">": "right", "=": "center"}
_HELD: Final = ("measure", "target", "found", "met=")
_BARS: Final = "▁▂▃▄▅▆▇█"
_COURSE: Final = 60
"""Turns that a course shows at most, the last ones."""


def simulation(played: "Played", mind: str, files: Sequence[Path]) -> Iterator[RenderableType]:
    """A run: what it was, what happened, where prices went, who has what, and where it is kept."""
    from bot.lab.simulate import wealth_gaps

    words, turns, rules = words_in(SOURCE), played.turns, played.rules
    yield f"[bold]A wood of {len(turns):,} turns[/], seed {played.seed}, mind {escape(mind)}"
    yield from _events(played)
    yield _prices(played)
    gaps = wealth_gaps(played)
    standing = sorted(turns[-1].wealth, key=lambda who: -turns[-1].wealth[who])
    yield "Wealth in pebbles: " + ", ".join(
        f"{rules.creatures[who].name} {price(words, turns[-1].wealth[who])}" for who in standing
    )
    yield f"Wealth gap (Gini): {gaps[0]:.2f} at the founding, {gaps[-1]:.2f} at the end"
    trades = [len(turn.trades) for turn in turns]
    yield (
        f"Trades: {sum(trades):,}, from {min(trades)} to {max(trades)} a turn; "
        f"{100 * mind_share(turns):.0f} % with a mind's own order on both sides"
    )
    yield f"Pebbles in the wood: {played.pebbles[-1]:,}"
    yield f"Last hash: {turns[-1].hash}"
    if played.calls.tokens_in or played.calls.unread:
        yield calls_table({mind: played.calls})
    if files:
        yield "Written: " + ", ".join(escape(str(path)) for path in files)


def _events(played: "Played") -> Iterator[str]:
    told = public(played.turns, *_TOLD)
    for turn, event in told[-_LINES:]:
        if line := event_line(words_in(SOURCE), event, played.rules, {}):
            yield f"  turn {turn.number:>3}  {escape(line)}"
    if len(told) > _LINES:
        yield f"  … and {len(told) - _LINES:,} events before"


def _prices(played: "Played") -> Table:
    table = _table("Prices in pebbles", "good", "start>", "end>", "move>", "low>", "high>", "course")
    words, starts = words_in(SOURCE), {good: rule.start for good, rule in played.rules.goods.items()}
    for good, course in prices(played.turns, starts).items():
        first, last = course[0], course[-1]
        start, end, low, high = (price(words, each) for each in (first, last, min(course), max(course)))
        move = signed(words, percent(first, last))
        table.add_row(good.value, start, end, move, low, high, sparkline(course[-_COURSE:]))
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
    table = _table(f"{escape(mind)}, {seeds:,} seeds", *_HELD)
    _fill(table, rows)
    return table


def rumors_table(mind: str, believed: "Believed") -> Table:
    """What rumors do under one mind."""
    table = _table(f"{escape(mind)}: what rumors do, {believed.points:,} points", *_HELD)
    _fill(table, believed.rows)
    return table


def asked_table(title: str, rows: "Sequence[Row]") -> Table:
    """What is asked beside what was found."""
    table = _table(title, *_HELD)
    _fill(table, rows)
    return table


def _fill(table: Table, rows: "Sequence[Row]") -> None:
    for row in rows:
        table.add_row(row.measure, row.target, row.found, _marked("yes" if row.met else "no"))


def reading_table(reading: "Reading") -> Table:
    """How a wood reads over its days."""
    from bot.lab.reading import LEAST_NAMING, MOST_OF_A_FORM, MOST_REPEATS, WINDOW, WRONG

    table = _table(f"How it reads: {reading.lines:,} lines of gossip", "measure", "aim", "found")
    share = {each: _per_cent(reading.share(getattr(reading, each))) for each in ("repeats", "naming", "contradicting")}
    table.add_row(f"said before within {WINDOW} turns", f"under {100 * MOST_REPEATS:.0f} %", share["repeats"])
    table.add_row("names somebody", f"at least {100 * LEAST_NAMING:.0f} %", share["naming"])
    table.add_row(f"contradicts a price by {WRONG} % or more", "none", share["contradicting"])
    for form, count in reading.headlines.items():
        table.add_row(f"headline: {escape(form)}", f"at most {MOST_OF_A_FORM} in 30", str(count))
    return table


def calls_table(found: "Mapping[str, Calls]", *, traded: bool = True) -> Table:
    """What the calls to each mind were worth, a column a mind; ``traded`` says whether their markets are known."""
    table = _table("Calls", "measure", *(f"{escape(mind)}>" for mind in found))
    table.add_row("calls", *(f"{each.calls:,}" for each in found.values()))
    for name, figure in _FIGURES.items():
        if not traded and name in _TRADED:
            continue
        table.add_row(name, *(figure(each) for each in found.values()))
    return table


def money_table(found: "Mapping[str, Books]") -> Table:
    """A year's money under each mind, a column a mind: what was minted and burned, why, and how fast it went round."""
    table = _table("Money of a year, in pebbles", "measure", *(f"{escape(mind)}>" for mind in found))
    for name, figure in _MONEY.items():
        table.add_row(name, *(figure(each) for each in found.values()))
    return table


def _by_reason(flows: "Mapping[str, float]") -> str:
    return "\n".join(f"{reason} {flows[reason]:.1f}" for reason in sorted(flows, key=lambda each: -flows[each])) or "–"


_MONEY: "Final[Mapping[str, Callable[[Books], str]]]" = {
    "minted": lambda books: f"{sum(books.minted.values()):.1f}",
    "  by reason": lambda books: _by_reason(books.minted),
    "burned": lambda books: f"{sum(books.burned.values()):.1f}",
    "  by reason ": lambda books: _by_reason(books.burned),
    "traded": lambda books: f"{books.traded:.0f}",
    "in purses, mean": lambda books: f"{books.purses:.0f}",
    "velocity": lambda books: f"{books.velocity:.1f}",
    "prices, beside the first": lambda books: f"{books.level:.2f}",
}


def _per_cent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %".replace(".0 %", " %")


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.2f} s"


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    """Counts with their names, the commonest first, a line each."""
    return "\n".join(f"{name} {count:,}" for name, count in sorted(counts, key=lambda each: -each[1])) or "–"


def _tokens(calls: "Calls", tokens: int) -> str:
    return f"{tokens / calls.calls:.0f}" if calls.tokens_in else "–"


_FIGURES: "Final[Mapping[str, Callable[[Calls], str]]]" = {
    "valid replies": lambda calls: _per_cent(calls.share(calls.valid)),
    "  of which nothing was dropped": lambda calls: _per_cent(calls.share(calls.whole)),
    "repaired": lambda calls: _per_cent(calls.share(calls.repaired)),
    "not read": lambda calls: _per_cent(calls.share(calls.unread.total())),
    "not read, by reason": lambda calls: _listed(calls.unread.items()),
    "repairs": lambda calls: _listed(calls.repairs.items()),
    "dropped, by reason": lambda calls: _listed(calls.drops.items()),
    "gossip silenced": lambda calls: _per_cent(calls.share(calls.silenced.total())),
    "gossip silenced, by reason": lambda calls: _listed(calls.silenced.items()),
    "thoughts taken from the prompt": lambda calls: _per_cent(calls.share(calls.parroted)),
    "role violations": lambda calls: f"{calls.violations:,}",
    "orders a call": lambda calls: f"{calls.share(calls.orders):.2f}",
    "orders that could never trade": lambda calls: _per_cent(calls.hopeless_share),
    "  by reason": lambda calls: _listed(calls.hopeless.items()),
    "allocative efficiency": lambda calls: _per_cent(calls.efficiency),
    "tokens in, a call": lambda calls: _tokens(calls, calls.tokens_in),
    "tokens out, a call": lambda calls: _tokens(calls, calls.tokens_out),
    "from the cache": lambda calls: _per_cent(calls.cached_share),
    "latency, median": lambda calls: _seconds(calls.latency(0.5)),
    "latency, 95 %": lambda calls: _seconds(calls.latency(0.95)),
}

_TRADED: Final = frozenset({"role violations", "orders that could never trade", "  by reason", "allocative efficiency"})


def twin_table(apart: "Sequence[Apart]", mind: str = "", without: Without = Without.LEGEND) -> Table:
    """How far prices went from a twin without legends or rumors, and which part of that was decreed."""
    who = f"{escape(mind)}: what" if mind else "What"
    title = f"{who} {_LEFT_OUT[without]}, from that turn on"
    columns = ("RD>", "RAD>", "GD>", "GAD>", "decreed>", "own>", "amplitude>", "twin's>")
    table = _table(title, "good", *columns)
    for each in apart:
        deviations = f"{each.rd:+.3f}", f"{each.rad:.3f}", f"{each.gd:+.3f}", f"{each.gad:.3f}"
        parts = f"{100 * each.decreed:+.1f} %", f"{100 * each.own:+.1f} %"
        table.add_row(each.good.value, *deviations, *parts, f"{each.amplitude:.2f}", f"{each.twin_amplitude:.2f}")
    table.caption = "1 + GD = (1 + decreed) × (1 + own)"
    return table


_LEFT_OUT: Final = {
    Without.LEGEND: "the telling did: prices against a twin without it",
    Without.RUMORS: "the rumors did: prices against a twin without them",
    Without.ALL: "legends and rumors did: prices against a twin without them",
}


def _table(title: str, *columns: str) -> Table:
    """A table; a column's name ends in ``>`` to stand at the right, in ``=`` to stand in the middle."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column.rstrip(">="), justify=_SIDES.get(column[-1], "left"))
    return table


def _marked(word: str) -> str:
    return f"[bold red]{word}[/]" if word == "no" else word
