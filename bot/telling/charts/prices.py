"""The price charts: all five reference prices together, or one good with its auctions."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import parts, style
from bot.telling.charts.series import GoodSeries, PriceSeries
from bot.telling.charts.texts import card, marked, shown_turns, titled
from bot.telling.phrases import moved, of_good, percent, price
from wood.names import CENTS, GOODS, Good

_STEPS: Final = (1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 800)
_LEAST: Final = 0.5
"""Prices below this (pebbles) are drawn here, so that a logarithm always exists."""


def draw_prices(words: Words, series: PriceSeries) -> ChartCard:
    """Draw the reference prices of the five goods; a chart of no turns says so.

    Legends and shocks stand as named poles where they struck; their later parts, decrees and public rumors as
    small signs.
    """
    if not series.timeline.turns:
        return nothing(words, "prices.png", words("chart-prices"))
    return card("prices.png", _all(words, series), _tell_all(words, series))


def draw_good(words: Words, series: GoodSeries) -> ChartCard:
    """Draw one good's reference with its clearing prices and traded volume, marked as in :func:`draw_prices`."""
    name = f"{series.good.value}.png"
    if not series.timeline.turns:
        return nothing(words, name, of_good(words, series.good))
    return card(name, _one(words, series), _tell_one(words, series))


def nothing(words: Words, name: str, title: str) -> ChartCard:
    """What is drawn of a wood that has not taken a turn yet."""
    return card(name, style.empty(title, words("chart-no-turn")), [words("chart-no-turn-alt", title=title)])


def _all(words: Words, series: PriceSeries) -> bytes:
    timeline, courses = series.timeline, series.courses
    first = min(courses[GOODS[0]])
    ends = [
        parts.End(max(_LEAST, last), _end(words, good, last), style.GOOD_PENS[good])
        for good in GOODS
        for last in [list(courses[good].values())[-1]]
    ]
    right = parts.right_edge(end.text for end in ends)
    poles = parts.Poles.plan(timeline, first, right)
    figure = style.new_figure(poles.height)
    plot = style.axes(figure, parts.LEFT, parts.FOOT, right, poles.top)
    style.turn_axis(plot, timeline, first)
    drawn = {good: {turn: max(_LEAST, y) for turn, y in courses[good].items()} for good in GOODS}
    _ratio_scale(words, plot, [y for line in drawn.values() for y in line.values()])
    for good, line in drawn.items():
        parts.course_line(plot, list(line), list(line.values()), style.GOOD_PENS[good])
    poles.draw(figure, plot)
    parts.name_ends(figure, plot, ends, timeline.turns[-1], right)
    parts.key(words, figure, parts.draw_signs(plot, series.signs, drawn, every=True))
    style.titles(figure, titled(words, words("chart-prices"), timeline), words("chart-prices-subtitle"))
    return style.to_png(figure)


def _end(words: Words, good: Good, last: float) -> str:
    return words("chart-line-end", name=of_good(words, good), figure=_pebbles(words, last))


def _pebbles(words: Words, reference: float) -> str:
    return price(words, round(reference * CENTS))


def _ratio_scale(words: Words, plot: Axes, values: Sequence[float]) -> None:
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
    plot.yaxis.set_major_formatter(FuncFormatter(lambda value, _: words("chart-figure", number=round(value))))


def _one(words: Words, series: GoodSeries) -> bytes:
    timeline, good, line = series.timeline, series.good, series.course
    pen = style.GOOD_PENS[good]
    last = list(line.values())[-1]
    ends = [parts.End(last, _pebbles(words, last), pen)]
    volume = words("chart-good-volume")
    right = parts.right_edge([ends[0].text, volume])
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
    style.whole_ticks(words, plot, top, 5)
    parts.course_line(plot, list(line), list(line.values()), pen)
    plot.plot(list(cleared), list(cleared.values()), "o", ms=9, color=style.INK, mec=style.BACKGROUND, zorder=5)
    signs = [parts.CLEARED] if cleared else []

    volumes = series.volumes
    bars.bar(timeline.turns, volumes, width=0.7, color=pen.colour, alpha=0.85, zorder=3)
    bars.set_ylim(0, max(4, *volumes) * 1.1)
    style.whole_ticks(words, bars, max(4, *volumes), 2)
    style.write(figure, right + 20, (parts.FOOT + split) / 2, volume, style.SMALL, style.MUTED)

    poles.draw(figure, plot, bars)
    parts.name_ends(figure, plot, ends, timeline.turns[-1], right)
    parts.key(words, figure, signs + parts.draw_signs(plot, series.signs, {good: line}, every=False))
    title = words("chart-good-title", good=words(f"good-{good}"), turns=shown_turns(words, timeline))
    style.titles(figure, title, words("chart-good-subtitle"))
    return style.to_png(figure)


def _tell_all(words: Words, series: PriceSeries) -> list[str]:
    return [
        words("chart-prices-alt", turns=shown_turns(words, series.timeline)),
        *(_course(words, good, list(line.values())) for good, line in series.courses.items()),
        *marked(words, series.timeline),
    ]


def _tell_one(words: Words, series: GoodSeries) -> list[str]:
    good, line, volumes = series.good, series.course, series.volumes
    high, low = max(line, key=lambda turn: line[turn]), min(line, key=lambda turn: line[turn])
    highest, lowest = _pebbles(words, line[high]), _pebbles(words, line[low])
    return [
        words("chart-good-alt", good=words(f"good-{good}"), turns=shown_turns(words, series.timeline)),
        _course(words, good, list(line.values())),
        words("chart-good-extremes", highest=highest, high=high, lowest=lowest, low=low),
        words("chart-good-traded", units=sum(volumes), most=max(volumes)),
        *marked(words, series.timeline),
    ]


def _course(words: Words, good: Good, line: Sequence[float]) -> str:
    name, before, after = of_good(words, good), round(line[0] * CENTS), round(line[-1] * CENTS)
    if len(line) == 1:
        return words("chart-stands", good=name, price=price(words, after))
    move = moved(words, percent(before, after))
    return words("chart-course", good=name, before=price(words, before), after=price(words, after), moved=move)
