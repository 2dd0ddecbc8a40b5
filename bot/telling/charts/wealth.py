"""The wealth chart: what each creature is worth, and how unequal they are."""

from collections.abc import Sequence
from typing import Final

from bot.telling.cards import ChartCard
from bot.telling.charts import parts, style
from bot.telling.charts.prices import marked, shown_turns
from bot.telling.charts.series import WealthSeries
from bot.telling.charts.texts import card
from wood.measures import gini
from wood.names import CENTS, CREATURES

_GINI_HEIGHT: Final = 130


def draw_wealth(series: WealthSeries) -> ChartCard:
    """Draw every creature's wealth (pebbles, and goods at the reference), and the Gini of it below."""
    if not series.timeline.turns:
        return card("wealth.png", style.empty("Wealth"), ["Wealth: no turn has been played yet."])
    ginis = [gini(each) for each in zip(*series.wealth.values(), strict=True)]
    return card("wealth.png", _draw(series, ginis), _tell(series, ginis))


def _draw(series: WealthSeries, ginis: Sequence[float]) -> bytes:
    timeline, xs = series.timeline, series.timeline.turns
    lines = {creature: [each / CENTS for each in wealth] for creature, wealth in series.wealth.items()}
    ends = [
        parts.End(lines[who][-1], f"{series.names[who]} {lines[who][-1]:.0f}", style.CREATURE_PENS[who])
        for who in CREATURES
    ]
    below = parts.End(ginis[-1], f"Gini {ginis[-1]:.2f}", style.Pen(style.INK, "-", "o"))
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
    style.whole_ticks(upper, top, 5)
    for who, line in lines.items():
        parts.course_line(upper, xs, line, style.CREATURE_PENS[who])
    height = max(0.5, max(ginis) * 1.15)
    lower.set_ylim(0, height)
    lower.set_yticks([0, 0.2, 0.4] if height <= 0.6 else [0, 0.4, 0.8])
    lower.fill_between(xs, ginis, color=style.INK, alpha=0.18, linewidth=0, zorder=3)
    parts.course_line(lower, xs, ginis, below.pen)

    poles.draw(figure, upper, lower)
    parts.name_ends(figure, upper, ends, xs[-1], right)
    parts.name_ends(figure, lower, [below], xs[-1], right)
    style.titles(
        figure, f"Wealth, {shown_turns(timeline)}", "pebbles, and goods at the reference; Gini below, 0 is equal"
    )
    return style.to_png(figure)


def _tell(series: WealthSeries, ginis: Sequence[float]) -> list[str]:
    wealth = {who: each[-1] for who, each in series.wealth.items()}
    order = sorted(CREATURES, key=lambda who: -wealth[who])
    ranked = ", ".join(f"{series.names[who]} {wealth[who] / CENTS:.0f}" for who in order)
    shown = shown_turns(series.timeline)
    return [
        f"Line chart of the wealth of five creatures in pebbles, {shown}, with the Gini coefficient below.",
        f"At the end: {ranked}.",
        f"The Gini goes from {ginis[0]:.2f} to {ginis[-1]:.2f}." if len(ginis) > 1 else f"The Gini is {ginis[0]:.2f}.",
        *marked(series.timeline),
    ]
