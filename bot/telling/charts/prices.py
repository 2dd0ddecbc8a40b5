"""The price charts: all five goods with the one that moved most in front, or one good with its trade."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import parts, style
from bot.telling.charts.pins import Pin, strongest
from bot.telling.charts.series import Course, GoodSeries, PriceSeries
from bot.telling.charts.texts import card, pinned, shown_turns
from bot.telling.phrases import capital, does, moved, of_good, percent, price, signed
from wood.names import CENTS, GOODS, Good

_MOVES: Final = (-90, -75, -50, -33, -20, -10, 0, 10, 25, 50, 100, 200, 300, 500, 900)
"""Moves in per cent that the axis of all goods may name."""
_TICK_GAP: Final = 46
_LEAST: Final = 0.01
"""Prices below this (pebbles) are drawn here, so that a ratio always exists."""
_STEPS: Final = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
_TICKS: Final = 5
_VOLUME_HEIGHT: Final = 110


def draw_prices(words: Words, series: PriceSeries) -> ChartCard:
    """Draw how the five goods moved since the first turn shown, the one that moved most bright; no turns: it says so.

    What struck the subject is pinned to its line, and what the line did after it is shaded.
    """
    if not series.timeline.turns:
        return nothing(words, "prices.png", words("chart-prices"))
    board = _board(words, series)
    return card("prices.png", _all(words, series, *board), _tell_all(words, series, board[0].pins))


def draw_good(words: Words, series: GoodSeries) -> ChartCard:
    """Draw one good's reference, pinned and shaded as in :func:`draw_prices`, with the traded volume below."""
    name = f"{series.good.value}.png"
    if not series.timeline.turns:
        return nothing(words, name, of_good(words, series.good))
    ends = [parts.End(list(series.course.values())[-1], _move(words, series.course), style.GOOD_COLOURS[series.good])]
    right = parts.right_edge([*ends, parts.End(0, words("chart-good-volume"))])
    found = strongest(series.timeline.pins, {series.good}, series.course)
    board = parts.Board.plan(words, found, series.course, series.timeline, right)
    return card(name, _one(words, series, board, ends, right), tell_good(words, series, board.pins))


def nothing(words: Words, name: str, title: str) -> ChartCard:
    """What is drawn of a wood that has not taken a turn yet."""
    return card(name, style.empty(title, words("chart-no-turn")), [words("chart-no-turn-alt", title=title)])


def title_of(words: Words, good: Good, line: Course) -> str:
    """What a good's price did over a course, as a title: ``"Honey tumbles 41 %"``."""
    return capital(does(words, good, change(line)))


def change(line: Course) -> int:
    """By how many per cent a course moved from its first value to its last."""
    values = list(line.values())
    return percent(round(values[0] * CENTS), round(values[-1] * CENTS))


def pebbles(words: Words, reference: float) -> str:
    """A reference in pebbles as shown."""
    return price(words, round(reference * CENTS))


def price_axis(words: Words, plot: Axes, values: Sequence[float]) -> None:
    """A plain axis in pebbles around these values, at least so wide that calm does not look like drama."""
    low, high = min(values), max(values)
    middle, room = (low + high) / 2, max(high - low, 0.4 * high, 0.1)
    low, high = max(0.0, middle - 0.62 * room), middle + 0.58 * room
    plot.set_ylim(low, high)
    step = next((step for step in _STEPS if (high - low) / step <= _TICKS), _STEPS[-1])
    ticks = [step * at for at in range(int(low / step) + 1, int(high / step) + 1)]
    plot.yaxis.set_major_locator(FixedLocator(ticks))
    plot.yaxis.set_major_formatter(lambda value, _: words("chart-figure", number=Decimal(f"{value:.1f}").normalize()))


def course_line(words: Words, good: Good, line: Course) -> str:
    """A sentence on where a good's price came from and where it stands."""
    values = [round(value * CENTS) for value in line.values()]
    name, before, after = of_good(words, good), price(words, values[0]), price(words, values[-1])
    if len(values) == 1:
        return words("chart-stands", good=name, price=after)
    return words("chart-course", good=name, before=before, after=after, moved=moved(words, change(line)))


def _move(words: Words, line: Course) -> str:
    return signed(words, change(line))


def _board(
    words: Words, series: PriceSeries
) -> tuple[parts.Board, Mapping[Good, Mapping[int, float]], list[parts.End], float]:
    """The pins, the courses as ratios to their first value, the names at their ends, and the axes' right edge."""
    ratios = {}
    for good, line in series.courses.items():
        first = max(_LEAST, next(iter(line.values())))
        ratios[good] = {turn: max(_LEAST, value) / first for turn, value in line.items()}
    ends = [
        parts.End(
            list(ratios[good].values())[-1],
            words("chart-line-end", name=of_good(words, good), figure=_move(words, series.courses[good])),
            style.GOOD_COLOURS[good] if good is series.subject else None,
        )
        for good in GOODS
    ]
    right = parts.right_edge(ends)
    line = ratios[series.subject]
    found = strongest(series.timeline.pins, {series.subject}, line)
    return parts.Board.plan(words, found, line, series.timeline, right), ratios, ends, right


def _all(
    words: Words,
    series: PriceSeries,
    board: parts.Board,
    ratios: Mapping[Good, Mapping[int, float]],
    ends: Sequence[parts.End],
    right: float,
) -> bytes:
    timeline, subject = series.timeline, series.subject
    first = min(ratios[subject])
    figure = style.new_figure(board.height)
    plot = style.axes(figure, parts.LEFT, parts.FOOT, right, board.top)
    style.turn_axis(plot, timeline, first)
    _move_scale(words, plot, [ratio for line in ratios.values() for ratio in line.values()], board.top - parts.FOOT)
    for good, line in ratios.items():
        if good is not subject:
            parts.quiet(plot, list(line), list(line.values()))
    colour = style.GOOD_COLOURS[subject]
    parts.bright(plot, list(ratios[subject]), list(ratios[subject].values()), colour)
    board.draw(figure, plot, colour)
    parts.name_ends(figure, plot, ends, timeline.turns[-1], right)
    parts.turn_word(words, figure)
    subtitle = words("chart-prices-subtitle", turns=shown_turns(words, timeline))
    style.titles(figure, title_of(words, subject, series.courses[subject]), subtitle, colour)
    return style.to_png(figure)


def _move_scale(words: Words, plot: Axes, values: Sequence[float], height: float) -> None:
    """A logarithmic axis of moves from the start, wide enough that calm does not look like drama."""
    low, high = min(0.85, *values) / 1.06, max(1.18, *values) * 1.06
    plot.set_yscale("log")
    plot.set_ylim(low, high)
    kept: list[float] = []
    for tick in sorted(_MOVES, key=abs):
        at = 1 + tick / 100
        pixels = [abs(float(plot.transData.transform((0, at))[1] - plot.transData.transform((0, y))[1])) for y in kept]
        if low <= at <= high and all(each >= max(_TICK_GAP, height / 9) for each in pixels):
            kept.append(at)
    plot.yaxis.set_major_locator(FixedLocator(kept))
    plot.yaxis.set_minor_locator(NullLocator())
    plot.yaxis.set_major_formatter(FuncFormatter(lambda value, _: signed(words, round(100 * value - 100))))
    plot.axhline(1, color=style.MUTED, linewidth=2, zorder=2)


def _one(words: Words, series: GoodSeries, board: parts.Board, ends: Sequence[parts.End], right: float) -> bytes:
    timeline, good, line = series.timeline, series.good, series.course
    colour = style.GOOD_COLOURS[good]
    figure = style.new_figure(board.height)
    split = parts.FOOT + _VOLUME_HEIGHT
    bars = style.axes(figure, parts.LEFT, parts.FOOT, right, split)
    plot = style.axes(figure, parts.LEFT, split + 16, right, board.top)
    style.turn_axis(plot, timeline, min(line), labels=False)
    style.turn_axis(bars, timeline, min(line))
    price_axis(words, plot, list(line.values()))
    parts.bright(plot, list(line), list(line.values()), colour)

    most = max(4, *series.volumes)
    bars.bar(timeline.turns, series.volumes, width=0.7, color=style.QUIET, zorder=3)
    bars.set_ylim(0, most * 1.1)
    style.whole_ticks(words, bars, most, 1)
    style.write(
        figure, right + 20, parts.FOOT + _VOLUME_HEIGHT / 2, words("chart-good-volume"), style.SMALL, style.MUTED
    )
    board.draw(figure, plot, colour)
    parts.name_ends(figure, plot, ends, timeline.turns[-1], right)
    parts.turn_word(words, figure)
    style.titles(
        figure, title_of(words, good, line), words("chart-good-subtitle", turns=shown_turns(words, timeline)), colour
    )
    return style.to_png(figure)


def _tell_all(words: Words, series: PriceSeries, pins: Sequence[Pin]) -> list[str]:
    subject, line = series.subject, series.courses[series.subject]
    return [
        words(
            "chart-prices-alt",
            turns=shown_turns(words, series.timeline),
            deed=title_of(words, subject, line),
        ),
        course_line(words, subject, line),
        *pinned(words, pins, line),
        *(course_line(words, good, other) for good, other in series.courses.items() if good is not subject),
    ]


def tell_good(words: Words, series: GoodSeries, pins: Sequence[Pin]) -> list[str]:
    """The alt text of one good's chart, the most important first."""
    good, line, volumes = series.good, series.course, series.volumes
    high, low = max(line, key=lambda turn: line[turn]), min(line, key=lambda turn: line[turn])
    highest, lowest = pebbles(words, line[high]), pebbles(words, line[low])
    return [
        words("chart-good-alt", good=words(f"good-{good}"), turns=shown_turns(words, series.timeline)),
        course_line(words, good, line),
        *pinned(words, pins, line),
        words("chart-good-extremes", highest=highest, high=high, lowest=lowest, low=low),
        words("chart-good-traded", units=sum(volumes), most=max(volumes)),
    ]
