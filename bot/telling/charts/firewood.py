"""The firewood chart: what lies in all stores against what the hearths ask for, and how many sat cold."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import parts, style
from bot.telling.charts.pins import Pin, strongest
from bot.telling.charts.prices import nothing
from bot.telling.charts.series import FirewoodSeries
from bot.telling.charts.texts import card, pinned, shown_turns
from wood.names import CREATURES, Good

_SUPPLY: Final = style.GOOD_COLOURS[Good.FIREWOOD]
_COLD: Final = "#a9d8ff"
_COLD_HEIGHT: Final = 110


def draw_firewood(words: Words, series: FirewoodSeries) -> ChartCard:
    """Draw the logs in all stores bright, what all hearths need quiet; bars below count the cold hearths."""
    if not series.timeline.turns:
        return nothing(words, "firewood.png", words("chart-firewood"))
    stored = {turn: float(logs) for turn, logs in zip(series.timeline.turns, series.supply, strict=True)}
    ends = [
        parts.End(series.supply[-1], words("chart-firewood-stored", logs=series.supply[-1]), _SUPPLY),
        parts.End(series.need[-1], words("chart-firewood-needed", logs=series.need[-1])),
    ]
    right = parts.right_edge([*ends, parts.End(0, words("chart-firewood-cold"))])
    found = [pin for pin in strongest(series.timeline.pins, {Good.FIREWOOD}, stored) if pin.felt]
    board = parts.Board.plan(words, found, stored, series.timeline, right)
    return card("firewood.png", _draw(words, series, board, ends, right), _tell(words, series, board.pins))


def _draw(words: Words, series: FirewoodSeries, board: parts.Board, ends: Sequence[parts.End], right: float) -> bytes:
    timeline, need, supply, cold = series.timeline, series.need, series.supply, series.cold
    xs = timeline.turns
    figure = style.new_figure(board.height)
    split = parts.FOOT + _COLD_HEIGHT
    lower = style.axes(figure, parts.LEFT, parts.FOOT, right, split)
    upper = style.axes(figure, parts.LEFT, split + 16, right, board.top)
    style.turn_axis(upper, timeline, xs[0], labels=False)
    style.turn_axis(lower, timeline, xs[0])

    top = max(4, *need, *supply) * 1.1
    upper.set_ylim(-0.03 * top, top)
    style.whole_ticks(words, upper, top, 5)
    short = np.array(need) > np.array(supply)
    upper.fill_between(
        xs, supply, need, where=short.tolist(), interpolate=True, facecolor=_COLD, alpha=0.45, linewidth=0, zorder=3
    )
    parts.quiet(upper, xs, need, 4)
    parts.bright(upper, xs, supply, _SUPPLY)

    lower.bar(list(cold), list(cold.values()), width=0.7, color=_COLD, zorder=3)
    lower.set_ylim(0, len(CREATURES) + 0.4)
    lower.set_yticks([len(CREATURES)])
    middle = parts.FOOT + _COLD_HEIGHT / 2
    style.write(figure, right + 20, middle, words("chart-firewood-cold"), style.SMALL, _COLD if cold else style.MUTED)

    board.draw(figure, upper, None)
    parts.name_ends(figure, upper, ends, xs[-1], right)
    parts.turn_word(words, figure)
    subtitle = words("chart-firewood-subtitle", turns=shown_turns(words, timeline))
    style.titles(figure, _title(words, series), subtitle, _COLD if cold else _SUPPLY)
    return style.to_png(figure)


def _title(words: Words, series: FirewoodSeries) -> str:
    """Whether it was enough, in a few words."""
    if series.cold:
        return words("chart-firewood-title-cold", nights=len(series.cold))
    lacking = series.need[-1] - series.supply[-1]
    return words("chart-firewood-title-short", logs=lacking) if lacking > 0 else words("chart-firewood-title-enough")


def _tell(words: Words, series: FirewoodSeries, pins: Sequence[Pin]) -> list[str]:
    need, supply, cold = series.need, series.supply, series.cold
    short = sum(needed > held for needed, held in zip(need, supply, strict=True))
    told = [
        words("chart-firewood-alt", turns=shown_turns(words, series.timeline), title=_title(words, series)),
        words("chart-firewood-end", needed=need[-1], stored=supply[-1]),
    ]
    if short:
        told.append(words("chart-firewood-short", count=short))
    if cold:
        worst = max(cold, key=lambda turn: cold[turn])
        told.append(words("chart-firewood-nights", nights=len(cold), worst=worst, hearths=cold[worst]))
    else:
        told.append(words("chart-firewood-warm"))
    return told + pinned(words, pins)
