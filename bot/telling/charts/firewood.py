"""The firewood chart: what the hearths ask for against what lies in all stores, and how many sat cold."""

from typing import Final

import numpy as np

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import parts, style
from bot.telling.charts.prices import nothing
from bot.telling.charts.series import FirewoodSeries
from bot.telling.charts.texts import card, marked, shown_turns, titled
from wood.names import CREATURES, Good

_NEED: Final = style.Pen("#8a9fff", (0, (4, 1.4)), "o")
_SUPPLY: Final = style.GOOD_PENS[Good.FIREWOOD]
_COLD: Final = "#a9d8ff"
_COLD_HEIGHT: Final = 110


def draw_firewood(words: Words, series: FirewoodSeries) -> ChartCard:
    """Draw the logs that all hearths need against the logs in all stores; bars below count the cold hearths."""
    if not series.timeline.turns:
        return nothing(words, "firewood.png", words("chart-firewood"))
    return card("firewood.png", _draw(words, series), _tell(words, series))


def _draw(words: Words, series: FirewoodSeries) -> bytes:
    timeline, need, supply, cold = series.timeline, series.need, series.supply, series.cold
    xs = timeline.turns
    ends = [
        parts.End(supply[-1], words("chart-firewood-stored", logs=supply[-1]), _SUPPLY),
        parts.End(need[-1], words("chart-firewood-needed", logs=need[-1]), _NEED),
    ]
    hearths = words("chart-firewood-cold")
    right = parts.right_edge([*(end.text for end in ends), hearths])
    poles = parts.Poles.plan(timeline, xs[0], right)
    figure = style.new_figure(poles.height)
    foot = parts.FOOT - parts.KEY
    lower = style.axes(figure, parts.LEFT, foot, right, foot + _COLD_HEIGHT)
    upper = style.axes(figure, parts.LEFT, foot + _COLD_HEIGHT + 24, right, poles.top)
    style.turn_axis(upper, timeline, xs[0], labels=False)
    style.turn_axis(lower, timeline, xs[0])

    top = max(4, *need, *supply) * 1.1
    upper.set_ylim(0, top)
    style.whole_ticks(words, upper, top, 5)
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
    style.write(figure, right + 20, middle, hearths, style.SMALL, _COLD if cold else style.MUTED)

    poles.draw(figure, upper, lower)
    parts.name_ends(figure, upper, ends, xs[-1], right)
    style.titles(figure, titled(words, words("chart-firewood"), timeline), words("chart-firewood-subtitle"))
    return style.to_png(figure)


def _tell(words: Words, series: FirewoodSeries) -> list[str]:
    need, supply, cold = series.need, series.supply, series.cold
    short = sum(needed > stored for needed, stored in zip(need, supply, strict=True))
    told = [
        words("chart-firewood-alt", turns=shown_turns(words, series.timeline)),
        words("chart-firewood-end", needed=need[-1], stored=supply[-1]),
    ]
    if short:
        told.append(words("chart-firewood-short", count=short))
    if cold:
        worst = max(cold, key=lambda turn: cold[turn])
        told.append(words("chart-firewood-nights", nights=len(cold), worst=worst, hearths=cold[worst]))
    else:
        told.append(words("chart-firewood-warm"))
    return told + marked(words, series.timeline)
