"""The wealth chart: what each creature is worth, the one whose fortune moved most in front."""

from collections.abc import Mapping, Sequence
from functools import reduce

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import parts, style
from bot.telling.charts.pins import Pin, PinKind, strongest
from bot.telling.charts.prices import nothing
from bot.telling.charts.series import WealthSeries
from bot.telling.charts.texts import card, pinned, shown_turns
from bot.telling.phrases import way
from wood.names import CENTS, CREATURES, Creature


def draw_wealth(words: Words, series: WealthSeries) -> ChartCard:
    """Draw every creature's wealth (pebbles, and goods at the reference), the one that moved most bright."""
    if not series.timeline.turns:
        return nothing(words, "wealth.png", words("chart-wealth"))
    lines = {
        who: {turn: worth / CENTS for turn, worth in zip(series.timeline.turns, wealth, strict=True)}
        for who, wealth in series.wealth.items()
    }
    subject = max(CREATURES, key=lambda who: abs(_gain(series, who)))
    ends = [
        parts.End(
            list(lines[who].values())[-1],
            words("chart-line-end", name=series.names[who], figure=_signed(words, _gain(series, who))),
            style.CREATURE_COLOURS[who] if who is subject else None,
        )
        for who in CREATURES
    ]
    right = parts.right_edge(ends)
    # What is said of a good is about its price, and says nothing beside a fortune.
    told = [pin for pin in series.timeline.pins if pin.kind is not PinKind.RUMOR]
    found = strongest(told, {subject, series.makes[subject]}, lines[subject])
    board = parts.Board.plan(words, found, lines[subject], series.timeline, right)
    picture = _draw(words, series, lines, subject, board, ends, right)
    return card("wealth.png", picture, _tell(words, series, lines, subject, board.pins))


def _gain(series: WealthSeries, who: Creature) -> int:
    """By how many pebbles a creature's wealth moved over the turns shown."""
    return round((series.wealth[who][-1] - series.wealth[who][0]) / CENTS)


def _signed(words: Words, pebbles: int) -> str:
    return words("chart-gain", way=way(pebbles), size=abs(pebbles))


def _title(words: Words, series: WealthSeries, who: Creature) -> str:
    gain = _gain(series, who)
    return words("chart-wealth-title", name=series.names[who], way=way(gain), size=abs(gain))


def _draw(
    words: Words,
    series: WealthSeries,
    lines: Mapping[Creature, Mapping[int, float]],
    subject: Creature,
    board: parts.Board,
    ends: Sequence[parts.End],
    right: float,
) -> bytes:
    timeline, xs, colour = series.timeline, series.timeline.turns, style.CREATURE_COLOURS[subject]
    figure = style.new_figure(board.height)
    plot = style.axes(figure, parts.LEFT, parts.FOOT, right, board.top)
    style.turn_axis(plot, timeline, xs[0])
    top = max(value for line in lines.values() for value in line.values()) * 1.08 + 1
    plot.set_ylim(0, top)
    style.whole_ticks(words, plot, top, 5)
    for who, line in lines.items():
        if who is not subject:
            parts.quiet(plot, xs, list(line.values()))
    parts.bright(plot, xs, list(lines[subject].values()), colour)
    board.draw(figure, plot, colour)
    parts.name_ends(figure, plot, ends, xs[-1], right)
    parts.turn_word(words, figure)
    subtitle = words("chart-wealth-subtitle", turns=shown_turns(words, timeline))
    style.titles(figure, _title(words, series, subject), subtitle, colour)
    return style.to_png(figure)


def _tell(
    words: Words,
    series: WealthSeries,
    lines: Mapping[Creature, Mapping[int, float]],
    subject: Creature,
    pins: Sequence[Pin],
) -> list[str]:
    order = sorted(CREATURES, key=lambda who: -series.wealth[who][-1])
    figures = [
        words(
            "chart-line-end",
            name=series.names[who],
            figure=words("chart-plain-figure", number=round(series.wealth[who][-1] / CENTS)),
        )
        for who in order
    ]
    # A plain row of figures, without the word before a list's last part.
    ranked = reduce(lambda head, next_: words("list-middle", head=head, next=next_), figures)
    return [
        words(
            "chart-wealth-alt",
            turns=shown_turns(words, series.timeline),
            title=_title(words, series, subject),
        ),
        words("chart-wealth-end", ranked=ranked),
        *pinned(words, pins, lines[subject]),
    ]
