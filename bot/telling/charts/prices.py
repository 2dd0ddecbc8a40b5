"""The price charts: all five reference prices together, or one good with its auctions."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from bot.telling.cards import ChartCard
from bot.telling.charts import parts, style
from bot.telling.charts.series import GoodSeries, PriceSeries, Timeline
from bot.telling.charts.texts import card
from bot.telling.words import count, listed, moved, of_good, percent, price, span
from wood.names import CENTS, GOODS

_STEPS: Final = (1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 800)
_LEAST: Final = 0.5
"""Prices below this (pebbles) are drawn here, so that a logarithm always exists."""


def draw_prices(series: PriceSeries) -> ChartCard:
    """Draw the reference prices of the five goods; a chart of no turns says so.

    Legends and shocks stand as named poles where they struck; their later parts, decrees and public rumors as
    small signs.
    """
    if not series.timeline.turns:
        return _nothing("prices.png", "Prices")
    return card("prices.png", _all(series), _tell_all(series))


def draw_good(series: GoodSeries) -> ChartCard:
    """Draw one good's reference with its clearing prices and traded volume, marked as in :func:`draw_prices`."""
    name = f"{series.good.value}.png"
    if not series.timeline.turns:
        return _nothing(name, of_good(series.good))
    return card(name, _one(series), _tell_one(series))


def _nothing(name: str, title: str) -> ChartCard:
    return card(name, style.empty(title), [f"{title}: no turn has been played yet."])


def _all(series: PriceSeries) -> bytes:
    timeline, courses = series.timeline, series.courses
    first = min(courses[GOODS[0]])
    ends = [
        parts.End(max(_LEAST, last), f"{of_good(good)} {last:.2f}", style.GOOD_PENS[good])
        for good in GOODS
        for last in [list(courses[good].values())[-1]]
    ]
    right = parts.right_edge(end.text for end in ends)
    poles = parts.Poles.plan(timeline, first, right)
    figure = style.new_figure(poles.height)
    plot = style.axes(figure, parts.LEFT, parts.FOOT, right, poles.top)
    style.turn_axis(plot, timeline, first)
    drawn = {good: {turn: max(_LEAST, y) for turn, y in courses[good].items()} for good in GOODS}
    _ratio_scale(plot, [y for line in drawn.values() for y in line.values()])
    for good, line in drawn.items():
        parts.course_line(plot, list(line), list(line.values()), style.GOOD_PENS[good])
    poles.draw(figure, plot)
    parts.name_ends(figure, plot, ends, timeline.turns[-1], right)
    parts.key(figure, parts.draw_signs(plot, series.signs, drawn, every=True))
    style.titles(figure, f"Prices, {shown_turns(timeline)}", "pebbles a unit; equal steps are equal ratios")
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


def _one(series: GoodSeries) -> bytes:
    timeline, good, line = series.timeline, series.good, series.course
    pen = style.GOOD_PENS[good]
    last = list(line.values())[-1]
    ends = [parts.End(last, f"{last:.2f}", pen)]
    right = parts.right_edge([ends[0].text, "volume"])
    poles = parts.Poles.plan(timeline, min(line), right)
    figure = style.new_figure(poles.height)
    split = parts.FOOT + 130
    bars = style.axes(figure, parts.LEFT, parts.FOOT, right, split)
    plot = style.axes(figure, parts.LEFT, split + 24, right, poles.top)
    style.turn_axis(plot, timeline, min(line), labels=False)
    style.turn_axis(bars, timeline, min(line))

    cleared = series.cleared
    top = max([*line.values(), *cleared.values()]) * 1.15
    plot.set_ylim(-0.08 * top, top)
    style.whole_ticks(plot, top, 5)
    parts.course_line(plot, list(line), list(line.values()), pen)
    plot.plot(list(cleared), list(cleared.values()), "o", ms=9, color=style.INK, mec=style.BACKGROUND, zorder=5)
    signs = [parts.Sign("o", style.INK, "cleared at")] if cleared else []

    volumes = series.volumes
    bars.bar(timeline.turns, volumes, width=0.7, color=pen.colour, alpha=0.85, zorder=3)
    bars.set_ylim(0, max(4, *volumes) * 1.1)
    style.whole_ticks(bars, max(4, *volumes), 2)
    style.write(figure, right + 20, (parts.FOOT + split) / 2, "volume", style.SMALL, style.MUTED)

    poles.draw(figure, plot, bars)
    parts.name_ends(figure, plot, ends, timeline.turns[-1], right)
    parts.key(figure, signs + parts.draw_signs(plot, series.signs, {good: line}, every=False))
    style.titles(
        figure, f"Price of {good}, {shown_turns(timeline)}", "reference price in pebbles; traded volume in units below"
    )
    return style.to_png(figure)


def _tell_all(series: PriceSeries) -> list[str]:
    told = [f"Line chart of the reference prices of five goods in pebbles, {shown_turns(series.timeline)}."]
    told += [f"{of_good(good)} {_from_to(list(line.values()))}." for good, line in series.courses.items()]
    return told + marked(series.timeline)


def _tell_one(series: GoodSeries) -> list[str]:
    good, line, volumes, shown = series.good, series.course, series.volumes, shown_turns(series.timeline)
    high, low = max(line, key=lambda turn: line[turn]), min(line, key=lambda turn: line[turn])
    return [
        f"Line chart of the reference price of {good} in pebbles with its traded volume as bars, {shown}.",
        f"{of_good(good)} {_from_to(list(line.values()))}.",
        f"Highest {line[high]:.2f} in turn {high}, lowest {line[low]:.2f} in turn {low}.",
        f"{count(sum(volumes), 'unit')} traded, at most {max(volumes)} in a turn.",
        *marked(series.timeline),
    ]


def _from_to(line: Sequence[float]) -> str:
    before, after = round(line[0] * CENTS), round(line[-1] * CENTS)
    if len(line) == 1:
        return f"stands at {price(after)}"
    return f"from {price(before)} to {price(after)}, {moved(percent(before, after))}"


def marked(timeline: Timeline) -> list[str]:
    """A sentence for the poles of a chart, if it has any."""
    struck = [f"{strike.title} in turn {strike.turn}" for strike in timeline.strikes]
    return [f"Marked: {listed(struck)}."] if struck else []


def shown_turns(timeline: Timeline) -> str:
    """Which turns a chart shows."""
    return span(timeline.turns[0], timeline.turns[-1])
