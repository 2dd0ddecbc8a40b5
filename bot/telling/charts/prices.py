"""The price charts: all five reference prices together, or one good with its auctions."""

from collections.abc import Mapping, Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from bot.telling.cards import ChartCard
from bot.telling.charts import marks, parts, style
from bot.telling.charts.texts import card
from bot.telling.words import count, listed, moved, of_good, percent, price, span
from wood.chronicle import Turn
from wood.names import CENTS, GOODS, Good
from wood.rules import Rules

_STEPS: Final = (1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 800)
_LEAST: Final = 0.5
"""Prices below this (pebbles) are drawn here, so that a logarithm always exists."""

Course = Mapping[int, float]
"""Turn -> reference price in pebbles; turn 0 is the start price."""


def draw_prices(rules: Rules, turns: Sequence[Turn], good: Good | None = None) -> ChartCard:
    """Draw the reference prices of the five goods, or one good with its clearing prices and traded volume.

    Legends and shocks stand as named poles where they struck; their later parts, decrees and public rumors as
    small signs.

    Args:
        rules: the content.
        turns: the turns to show, oldest first; none gives a chart that says so.
        good: the one good to show; None for all.
    """
    name = good.value if good else "prices"
    if not turns:
        title = of_good(good) if good else "Prices"
        return card(f"{name}.png", style.empty(title), [f"{title}: no turn has been played yet."])
    if good is None:
        return card(f"{name}.png", _all(rules, turns), _tell_all(rules, turns))
    return card(f"{name}.png", _one(rules, turns, good), _tell_one(rules, turns, good))


def course(rules: Rules, turns: Sequence[Turn], good: Good) -> Course:
    """A good's reference turn by turn, with the start price before the wood's first turn."""
    before = {0: rules.goods[good].start / CENTS} if turns[0].number == 1 else {}
    return before | {turn.number: turn.references[good] / CENTS for turn in turns}


def _all(rules: Rules, turns: Sequence[Turn]) -> bytes:
    courses = {good: course(rules, turns, good) for good in GOODS}
    first = min(courses[GOODS[0]])
    ends = [
        parts.End(max(_LEAST, last), f"{of_good(good)} {last:.2f}", style.GOOD_PENS[good])
        for good in GOODS
        for last in [list(courses[good].values())[-1]]
    ]
    right = parts.right_edge(end.text for end in ends)
    poles = parts.Poles.plan(rules, turns, first, right)
    figure = style.new_figure(poles.height)
    plot = style.axes(figure, parts.LEFT, parts.FOOT, right, poles.top)
    style.turn_axis(plot, rules, turns, first)
    drawn = {good: {turn: max(_LEAST, y) for turn, y in courses[good].items()} for good in GOODS}
    _ratio_scale(plot, [y for line in drawn.values() for y in line.values()])
    for good, line in drawn.items():
        parts.course_line(plot, list(line), list(line.values()), style.GOOD_PENS[good])
    poles.draw(figure, plot)
    parts.name_ends(figure, plot, ends, turns[-1].number, right)
    parts.key(figure, parts.draw_signs(plot, turns, drawn, every=True))
    style.titles(figure, f"Prices, {span(turns)}", "pebbles a unit; equal steps are equal ratios")
    return style.to_png(figure)


def _ratio_scale(plot: Axes, values: Sequence[float]) -> None:
    """A logarithmic axis over these values, at least fourfold so that calm does not look like drama."""
    low, high = min(values) / 1.2, max(values) * 1.25
    if high / low < 4:
        middle = (low * high) ** 0.5
        low, high = middle / 2, middle * 2
    low /= (high / low) ** 0.06  # room for the rumors at the foot
    plot.set_yscale("log")
    plot.set_ylim(low, high)
    ticks = [float(step) for step in _STEPS if low <= step <= high]
    plot.yaxis.set_major_locator(FixedLocator(ticks[:: 1 + len(ticks) // 7]))
    plot.yaxis.set_minor_locator(NullLocator())
    plot.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))


def _one(rules: Rules, turns: Sequence[Turn], good: Good) -> bytes:
    pen = style.GOOD_PENS[good]
    line = course(rules, turns, good)
    last = list(line.values())[-1]
    ends = [parts.End(last, f"{last:.2f}", pen)]
    right = parts.right_edge([ends[0].text, "volume"])
    poles = parts.Poles.plan(rules, turns, min(line), right)
    figure = style.new_figure(poles.height)
    split = parts.FOOT + 130
    bars = style.axes(figure, parts.LEFT, parts.FOOT, right, split)
    plot = style.axes(figure, parts.LEFT, split + 24, right, poles.top)
    style.turn_axis(plot, rules, turns, min(line), labels=False)
    style.turn_axis(bars, rules, turns, min(line))

    cleared = {turn.number: price for turn in turns if (price := turn.auctions[good].price) is not None}
    top = max([*line.values(), *cleared.values()]) * 1.15
    plot.set_ylim(-0.08 * top, top)
    style.whole_ticks(plot, top, 5)
    parts.course_line(plot, list(line), list(line.values()), pen)
    plot.plot(list(cleared), list(cleared.values()), "o", ms=9, color=style.INK, mec=style.BACKGROUND, zorder=5)
    signs = [parts.Sign("o", style.INK, "cleared at")] if cleared else []

    volumes = [turn.auctions[good].volume for turn in turns]
    bars.bar([turn.number for turn in turns], volumes, width=0.7, color=pen.colour, alpha=0.85, zorder=3)
    bars.set_ylim(0, max(4, *volumes) * 1.1)
    style.whole_ticks(bars, max(4, *volumes), 2)
    style.write(figure, right + 20, (parts.FOOT + split) / 2, "volume", style.SMALL, style.MUTED)

    poles.draw(figure, plot, bars)
    parts.name_ends(figure, plot, ends, turns[-1].number, right)
    parts.key(figure, signs + parts.draw_signs(plot, turns, {good: line}, every=False))
    style.titles(figure, f"Price of {good}, {span(turns)}", "reference price in pebbles; traded volume in units below")
    return style.to_png(figure)


def _tell_all(rules: Rules, turns: Sequence[Turn]) -> list[str]:
    told = [f"Line chart of the reference prices of five goods in pebbles, {span(turns)}."]
    for good in GOODS:
        line = list(course(rules, turns, good).values())
        told.append(f"{of_good(good)} {_from_to(line)}.")
    return told + marked(rules, turns)


def _tell_one(rules: Rules, turns: Sequence[Turn], good: Good) -> list[str]:
    line = course(rules, turns, good)
    volumes = [turn.auctions[good].volume for turn in turns]
    high, low = max(line, key=lambda turn: line[turn]), min(line, key=lambda turn: line[turn])
    return [
        f"Line chart of the reference price of {good} in pebbles with its traded volume as bars, {span(turns)}.",
        f"{of_good(good)} {_from_to(list(line.values()))}.",
        f"Highest {line[high]:.2f} in turn {high}, lowest {line[low]:.2f} in turn {low}.",
        f"{count(sum(volumes), 'unit')} traded, at most {max(volumes)} in a turn.",
        *marked(rules, turns),
    ]


def _from_to(line: Sequence[float]) -> str:
    before, after = round(line[0] * CENTS), round(line[-1] * CENTS)
    if len(line) == 1:
        return f"stands at {price(after)}"
    return f"from {price(before)} to {price(after)}, {moved(percent(before, after))}"


def marked(rules: Rules, turns: Sequence[Turn]) -> list[str]:
    """A sentence for the poles of a chart, if it has any."""
    struck = [f"{strike.title} in turn {strike.turn}" for strike in marks.strikes(rules, turns)]
    return [f"Marked: {listed(struck)}."] if struck else []
