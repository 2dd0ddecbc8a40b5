"""The chart of a year's patrons: how each stood over its turns, the foremost bright, with what the year turned on."""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import pairwise
from typing import Final

from bot.telling.cards import ChartCard, RankRow
from bot.telling.catalog import Words
from bot.telling.charts import parts, style
from bot.telling.charts.pins import MOST, Pin, PinKind, response
from bot.telling.charts.prices import nothing
from bot.telling.charts.ranking import shown_name
from bot.telling.charts.series import Course, CourseLine, CourseSeries
from bot.telling.charts.texts import card, pinned, shown_turns
from bot.telling.taming import MAX_NAME, clean
from wood.names import Good

NAMED: Final = 8
"""Lines that bear a name; the others are faint."""
_VERDICTS: Final = 2
_NAME_ROOM: Final = 250
_COLOUR: Final = style.GOOD_COLOURS[Good.HONEY]
_FAINT: Final = 1.6


def draw_course(words: Words, series: CourseSeries) -> ChartCard:
    """Draw every patron's standing over the year; at most eight are named."""
    if not series.lines:
        return nothing(words, "patrons.png", words("chart-race"))
    first, *_ = named = series.lines[:NAMED]
    line = _filled(first.points, series.timeline.turns[0])
    ends = [
        parts.End(
            list(each.points.values())[-1],
            words(
                "chart-line-end",
                name=style.fit(_name(words, each), style.SMALL, _NAME_ROOM, "bold"),
                figure=words("chart-plain-figure", number=round(list(each.points.values())[-1])),
            ),
            _COLOUR if each is first else None,
        )
        for each in named
    ]
    right = parts.right_edge(ends)
    board = parts.Board.plan(words, _pins(series, line, min(first.points)), line, series.timeline, right)
    picture = _draw(words, series, board, ends, right)
    return card("patrons.png", picture, _tell(words, series, board.pins))


def _name(words: Words, each: CourseLine) -> str:
    return shown_name(words, RankRow(each.rank, each.name, 0, 0, each.alias))


def _filled(points: Course, since: int) -> dict[int, float]:
    """A course with a value for each turn since one: straight between two points, level before the first."""
    turns = sorted(points)
    filled = dict.fromkeys(range(since, turns[0] + 1), points[turns[0]])
    for low, high in pairwise(turns):
        step = (points[high] - points[low]) / (high - low)
        filled |= {turn: points[low] + step * (turn - low) for turn in range(low, high + 1)}
    return filled


def _pins(series: CourseSeries, line: Mapping[int, float], since: int) -> list[Pin]:
    """Verdicts, and the legends after which the foremost patron's line moved most; each named once."""
    found = [pin for pin in series.timeline.pins if pin.turn in line and pin.turn > since]
    verdicts = [pin for pin in found if pin.kind is PinKind.VERDICT][-_VERDICTS:]
    legends = [pin for pin in found if pin.kind is PinKind.LEGEND]
    legends.sort(key=lambda pin: -abs(response(line, pin.turn)))
    return list({(pin.kind, pin.name): pin for pin in (*verdicts, *legends)}.values())[:MOST]


def _draw(words: Words, series: CourseSeries, board: parts.Board, ends: Sequence[parts.End], right: float) -> bytes:
    first, *others = series.lines
    timeline = series.timeline
    figure = style.new_figure(board.height)
    plot = style.axes(figure, parts.LEFT, parts.FOOT, right, board.top)
    style.turn_axis(plot, timeline, timeline.turns[0])
    values = [value for each in series.lines for value in each.points.values()]
    low, top = min(0.0, *values) * 1.08, max(values) * 1.08 + 1
    plot.set_ylim(low, top)
    style.whole_ticks(words, plot, top, 5)
    for at, each in enumerate(others, 1):
        xs, ys = list(map(float, each.points)), list(each.points.values())
        if at < NAMED:
            parts.quiet(plot, xs, ys)
        else:
            plot.plot(xs, ys, color=style.GRID, linewidth=_FAINT, zorder=3, solid_capstyle="round")
    parts.bright(plot, list(map(float, first.points)), list(first.points.values()), _COLOUR)
    board.draw(figure, plot, None)
    parts.name_ends(figure, plot, ends, max(first.points), right)
    parts.turn_word(words, figure)
    title = words("chart-race-title", name=_name(words, first))
    style.titles(figure, title, words("chart-race-subtitle", turns=shown_turns(words, timeline)), _COLOUR)
    return style.to_png(figure)


def _tell(words: Words, series: CourseSeries, pins: Sequence[Pin]) -> list[str]:
    shown = [
        words(
            "chart-line-end",
            name=clean(each.name, MAX_NAME) or each.alias,
            figure=words("chart-plain-figure", number=round(list(each.points.values())[-1])),
        )
        for each in series.lines[:NAMED]
    ]
    ranked = reduce(lambda head, next_: words("list-middle", head=head, next=next_), shown)
    turns = shown_turns(words, series.timeline)
    return [
        words("chart-race-alt", shown=len(series.lines), turns=turns, ranked=ranked),
        *pinned(words, pins),
    ]
