"""The wealth chart: what each creature is worth, and how unequal they are."""

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from typing import Final

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import parts, style
from bot.telling.charts.prices import nothing
from bot.telling.charts.series import WealthSeries
from bot.telling.charts.texts import card, marked, shown_turns, titled
from wood.measures import gini
from wood.names import CENTS, CREATURES, Creature

_GINI_HEIGHT: Final = 130


def draw_wealth(words: Words, series: WealthSeries) -> ChartCard:
    """Draw every creature's wealth (pebbles, and goods at the reference), and the Gini of it below."""
    if not series.timeline.turns:
        return nothing(words, "wealth.png", words("chart-wealth"))
    ginis = [gini(each) for each in zip(*series.wealth.values(), strict=True)]
    return card("wealth.png", _draw(words, series, ginis), _tell(words, series, ginis))


def _draw(words: Words, series: WealthSeries, ginis: Sequence[float]) -> bytes:
    timeline, xs = series.timeline, series.timeline.turns
    lines = {creature: [each / CENTS for each in wealth] for creature, wealth in series.wealth.items()}
    ends = [parts.End(lines[who][-1], _end(words, series, who), style.CREATURE_PENS[who]) for who in CREATURES]
    below = parts.End(ginis[-1], words("chart-wealth-gini", gini=_exact(ginis[-1])), style.Pen(style.INK, "-", "o"))
    right = parts.right_edge(end.text for end in [*ends, below])
    poles = parts.Poles.plan(timeline, xs[0], right)
    figure = style.new_figure(poles.height)
    split = parts.FOOT - parts.KEY + _GINI_HEIGHT
    lower = style.axes(figure, parts.LEFT, parts.FOOT - parts.KEY, right, split)
    upper = style.axes(figure, parts.LEFT, split + 24, right, poles.top)
    style.turn_axis(upper, timeline, xs[0], labels=False)
    style.turn_axis(lower, timeline, xs[0])

    top = max(max(line) for line in lines.values()) * 1.08 + 1
    upper.set_ylim(0, top)
    style.whole_ticks(words, upper, top, 5)
    for who, line in lines.items():
        parts.course_line(upper, xs, line, style.CREATURE_PENS[who])
    height = max(0.5, max(ginis) * 1.15)
    lower.set_ylim(0, height)
    lower.set_yticks([0, 0.2, 0.4] if height <= 0.6 else [0, 0.4, 0.8])
    lower.yaxis.set_major_formatter(lambda value, _: words("chart-gini-tick", gini=_exact(value)))
    lower.fill_between(xs, ginis, color=style.INK, alpha=0.18, linewidth=0, zorder=3)
    parts.course_line(lower, xs, ginis, below.pen)

    poles.draw(figure, upper, lower)
    parts.name_ends(figure, upper, ends, xs[-1], right)
    parts.name_ends(figure, lower, [below], xs[-1], right)
    style.titles(figure, titled(words, words("chart-wealth"), timeline), words("chart-wealth-subtitle"))
    return style.to_png(figure)


def _end(words: Words, series: WealthSeries, who: Creature) -> str:
    figure = words("chart-plain-figure", number=round(series.wealth[who][-1] / CENTS))
    return words("chart-line-end", name=series.names[who], figure=figure)


def _exact(gini: float) -> Decimal:
    """A Gini as shown, to two places."""
    return Decimal(f"{gini:.2f}")


def _tell(words: Words, series: WealthSeries, ginis: Sequence[float]) -> list[str]:
    order = sorted(CREATURES, key=lambda who: -series.wealth[who][-1])
    # A plain row of figures, without the word before a list's last part.
    ranked = reduce(
        lambda head, next_: words("list-middle", head=head, next=next_), (_end(words, series, who) for who in order)
    )
    return [
        words("chart-wealth-alt", turns=shown_turns(words, series.timeline)),
        words("chart-wealth-end", ranked=ranked),
        words("chart-wealth-gini-moved", before=_exact(ginis[0]), after=_exact(ginis[-1]))
        if len(ginis) > 1
        else words("chart-wealth-gini-stands", gini=_exact(ginis[0])),
        *marked(words, series.timeline),
    ]
