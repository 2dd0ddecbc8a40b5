"""The picture of a day: one good's price, the day itself bright and the days before it quiet."""

from collections.abc import Sequence
from typing import Final

from matplotlib.ticker import FixedLocator

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import parts, style
from bot.telling.charts.pins import Pin, strongest
from bot.telling.charts.prices import change, course_line, nothing, pebbles, price_axis, title_of
from bot.telling.charts.series import Course, HeroSeries
from bot.telling.charts.texts import card, pinned, turns_between
from bot.telling.phrases import signed

_MOVE: Final = 66.0


def draw_hero(words: Words, series: HeroSeries) -> ChartCard:
    """Draw the good that a day is about, with what struck in the day pinned; a wood without turns says so."""
    if not series.timeline.turns:
        return nothing(words, "day.png", words("chart-hero"))
    day = _day(series)
    move, now = signed(words, change(day)), words("chart-hero-now", price=pebbles(words, list(day.values())[-1]))
    room = max(style.width(move, _MOVE, "bold"), style.width(now, style.SMALL))
    right = style.WIDTH - style.MARGIN - 26 - room
    found = strongest(series.timeline.pins, {series.good}, series.course, series.since)
    board = parts.Board.plan(words, found, series.course, series.timeline, right)
    return card("day.png", _draw(words, series, board, right, (move, now)), _tell(words, series, board.pins))


def _day(series: HeroSeries) -> Course:
    """The course of the day, from the price at which it began."""
    return {turn: value for turn, value in series.course.items() if turn >= series.since - 1}


def _draw(words: Words, series: HeroSeries, board: parts.Board, right: float, end: tuple[str, str]) -> bytes:
    timeline, line, day = series.timeline, series.course, _day(series)
    colour = style.GOOD_COLOURS[series.good]
    figure = style.new_figure(board.height)
    plot = style.axes(figure, parts.LEFT, parts.FOOT, right, board.top)
    style.turn_axis(plot, timeline, min(line))
    opened, last = next(iter(day.values())), list(day.values())[-1]
    price_axis(words, plot, list(line.values()))
    plot.yaxis.set_major_locator(FixedLocator([opened]))
    plot.yaxis.set_major_formatter(lambda value, _: pebbles(words, value))
    past = {turn: value for turn, value in line.items() if turn <= min(day)}
    if len(past) > 1:
        parts.quiet(plot, list(past), list(past.values()), 4)
        plot.axvspan(min(line) - style.SIDE, min(day), facecolor=style.BACKGROUND, alpha=0.45, linewidth=0, zorder=1)
    plot.plot([min(line), max(line)], [opened, opened], color=style.MUTED, linewidth=2, linestyle=(0, (2, 2)), zorder=3)
    if not any(pin.felt for pin in board.pins):
        plot.fill_between(list(day), list(day.values()), opened, color=colour, alpha=0.2, linewidth=0, zorder=2)
    parts.bright(plot, list(day), list(day.values()), colour)
    board.draw(figure, plot, colour)

    _, tip = plot.transData.transform((max(day), last))
    middle = min(max(float(tip), parts.FOOT + 70), board.top - 60)
    style.write(figure, right + 22, middle + 14, end[0], _MOVE, colour, weight="bold")
    style.write(figure, right + 22, middle - 44, end[1], style.SMALL, style.MUTED)
    parts.turn_word(words, figure)
    told = turns_between(words, series.since, timeline.turns[-1])
    earlier = timeline.turns[0] < series.since
    subtitle = words("chart-hero-subtitle" if earlier else "chart-hero-subtitle-first", turns=told)
    style.titles(figure, title_of(words, series.good, day), subtitle, colour)
    return style.to_png(figure)


def _tell(words: Words, series: HeroSeries, pins: Sequence[Pin]) -> list[str]:
    day, turns = _day(series), series.timeline.turns
    told = [
        words(
            "chart-hero-alt",
            deed=title_of(words, series.good, day),
            turns=turns_between(words, series.since, turns[-1]),
        ),
        course_line(words, series.good, day),
        *pinned(words, pins, series.course),
    ]
    if turns[0] < series.since:
        before = [value for turn, value in series.course.items() if turn < series.since]
        low, high = pebbles(words, min(before)), pebbles(words, max(before))
        told.append(words("chart-hero-before", low=low, high=high))
    return told
