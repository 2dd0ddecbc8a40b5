"""The wealth chart: what each creature is worth, and how unequal they are."""

from collections.abc import Sequence
from typing import Final

from bot.telling.cards import ChartCard
from bot.telling.charts import parts, style
from bot.telling.charts.prices import marked
from bot.telling.charts.texts import card
from bot.telling.words import span
from wood.chronicle import Turn
from wood.measures import gini
from wood.names import CENTS, CREATURES
from wood.rules import Rules

_GINI_HEIGHT: Final = 130


def draw_wealth(rules: Rules, turns: Sequence[Turn]) -> ChartCard:
    """Draw every creature's wealth (pebbles, and goods at the reference), and the Gini of it below.

    Args:
        rules: the content.
        turns: the turns to show, oldest first; none gives a chart that says so.
    """
    if not turns:
        return card("wealth.png", style.empty("Wealth"), ["Wealth: no turn has been played yet."])
    ginis = [gini(list(turn.wealth.values())) for turn in turns]
    return card("wealth.png", _draw(rules, turns, ginis), _tell(rules, turns, ginis))


def _draw(rules: Rules, turns: Sequence[Turn], ginis: Sequence[float]) -> bytes:
    xs = [turn.number for turn in turns]
    lines = {creature: [turn.wealth[creature] / CENTS for turn in turns] for creature in CREATURES}
    ends = [
        parts.End(lines[who][-1], f"{rules.creatures[who].name} {lines[who][-1]:.0f}", style.CREATURE_PENS[who])
        for who in CREATURES
    ]
    below = parts.End(ginis[-1], f"Gini {ginis[-1]:.2f}", style.Pen(style.INK, "-", "o"))
    right = parts.right_edge(end.text for end in [*ends, below])
    poles = parts.Poles.plan(rules, turns, xs[0], right)
    figure = style.new_figure(poles.height)
    split = parts.FOOT - parts.KEY + _GINI_HEIGHT
    lower = style.axes(figure, parts.LEFT, parts.FOOT - parts.KEY, right, split)
    upper = style.axes(figure, parts.LEFT, split + 24, right, poles.top)
    style.turn_axis(upper, rules, turns, xs[0], labels=False)
    style.turn_axis(lower, rules, turns, xs[0])

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
    parts.name_ends(figure, upper, ends, turns[-1].number, right)
    parts.name_ends(figure, lower, [below], turns[-1].number, right)
    style.titles(figure, f"Wealth, {span(turns)}", "pebbles, and goods at the reference; Gini below, 0 is equal")
    return style.to_png(figure)


def _tell(rules: Rules, turns: Sequence[Turn], ginis: Sequence[float]) -> list[str]:
    wealth = turns[-1].wealth
    order = sorted(CREATURES, key=lambda who: -wealth[who])
    ranked = ", ".join(f"{rules.creatures[who].name} {wealth[who] / CENTS:.0f}" for who in order)
    return [
        f"Line chart of the wealth of five creatures in pebbles, {span(turns)}, with the Gini coefficient below.",
        f"At the end: {ranked}.",
        f"The Gini goes from {ginis[0]:.2f} to {ginis[-1]:.2f}." if len(ginis) > 1 else f"The Gini is {ginis[0]:.2f}.",
        *marked(rules, turns),
    ]
