"""The firewood chart: what the hearths ask for against what lies in all stores, and how many sat cold."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from bot.telling.cards import ChartCard
from bot.telling.charts import parts, style
from bot.telling.charts.prices import marked
from bot.telling.charts.texts import card
from bot.telling.words import count, public, span
from wood.chronicle import EventKind, Turn
from wood.names import CREATURES, Good
from wood.rules import Rules

_NEED: Final = style.Pen("#8a9fff", (0, (4, 1.4)), "o")
_SUPPLY: Final = style.GOOD_PENS[Good.FIREWOOD]
_COLD: Final = "#a9d8ff"
_COLD_HEIGHT: Final = 110


def draw_firewood(rules: Rules, turns: Sequence[Turn]) -> ChartCard:
    """Draw the logs that all hearths need against the logs in all stores; bars below count the cold hearths.

    Args:
        rules: the content.
        turns: the turns to show, oldest first; none gives a chart that says so.
    """
    if not turns:
        return card("firewood.png", style.empty("Firewood"), ["Firewood: no turn has been played yet."])
    cold = cold_hearths(turns)
    return card("firewood.png", _draw(rules, turns, cold), _tell(rules, turns, cold))


def cold_hearths(turns: Sequence[Turn]) -> dict[int, int]:
    """Turn -> how many hearths burned less than the season asked for; only turns with any."""
    nights: dict[int, int] = {}
    for turn, _ in public(turns, EventKind.COLD):
        nights[turn.number] = nights.get(turn.number, 0) + 1
    return nights


def _draw(rules: Rules, turns: Sequence[Turn], cold: Mapping[int, int]) -> bytes:
    xs = [turn.number for turn in turns]
    need = [turn.firewood_need for turn in turns]
    supply = [turn.firewood_supply for turn in turns]
    ends = [parts.End(supply[-1], f"Stored {supply[-1]}", _SUPPLY), parts.End(need[-1], f"Needed {need[-1]}", _NEED)]
    right = parts.right_edge([*(end.text for end in ends), "cold hearths"])
    poles = parts.Poles.plan(rules, turns, xs[0], right)
    figure = style.new_figure(poles.height)
    foot = parts.FOOT - parts.KEY
    lower = style.axes(figure, parts.LEFT, foot, right, foot + _COLD_HEIGHT)
    upper = style.axes(figure, parts.LEFT, foot + _COLD_HEIGHT + 24, right, poles.top)
    style.turn_axis(upper, rules, turns, xs[0], labels=False)
    style.turn_axis(lower, rules, turns, xs[0])

    top = max(4, *need, *supply) * 1.1
    upper.set_ylim(0, top)
    style.whole_ticks(upper, top, 5)
    upper.fill_between(xs, supply, color=_SUPPLY.colour, alpha=0.22, linewidth=0, zorder=3)
    short = np.array(need) > np.array(supply)
    upper.fill_between(
        xs, supply, need, where=short.tolist(), interpolate=True, facecolor="none", edgecolor=_NEED.colour, hatch="//"
    )
    parts.course_line(upper, xs, supply, _SUPPLY)
    parts.course_line(upper, xs, need, _NEED)

    lower.bar(list(cold), list(cold.values()), width=0.7, color=_COLD, zorder=3)
    lower.set_ylim(0, len(CREATURES) + 0.4)
    lower.set_yticks([0, len(CREATURES)])
    middle = foot + _COLD_HEIGHT / 2
    style.write(figure, right + 20, middle, "cold hearths", style.SMALL, _COLD if cold else style.MUTED)

    poles.draw(figure, upper, lower)
    parts.name_ends(figure, upper, ends, turns[-1].number, right)
    style.titles(figure, f"Firewood, {span(turns)}", "logs that all hearths need, and logs in all stores")
    return style.to_png(figure)


def _tell(rules: Rules, turns: Sequence[Turn], cold: Mapping[int, int]) -> list[str]:
    short = [turn.number for turn in turns if turn.firewood_need > turn.firewood_supply]
    last = turns[-1]
    told = [
        f"Line chart of firewood needed by all hearths against firewood in all stores, {span(turns)}.",
        f"At the end {count(last.firewood_need, 'log')} needed and {last.firewood_supply} stored.",
        f"In {count(len(short), 'turn')} the stores held less than was needed." if short else "",
    ]
    if cold:
        worst = max(cold, key=lambda turn: cold[turn])
        told.append(f"Cold nights: {len(cold)}; the worst was turn {worst} with {count(cold[worst], 'cold hearth')}.")
    else:
        told.append("No hearth sat cold.")
    return [sentence for sentence in told if sentence] + marked(rules, turns)
