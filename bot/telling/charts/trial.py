"""A legend on trial: its good's price with it beside without it, turn by turn, under every mind."""

from collections.abc import Sequence
from statistics import median
from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import parts, style
from bot.telling.charts.series import TrialSeries
from bot.telling.charts.texts import card
from bot.telling.phrases import moved, of_good, signed
from wood.names import CENTS

_HEIGHT: Final = 660
_HEAD: Final = 150
_FOOT: Final = 90
_LEFT: Final = 170
_STEPS: Final = (5, 10, 20, 25, 50, 100, 200)
_TICKS: Final = 5


def draw_trial(words: Words, series: TrialSeries) -> ChartCard:
    """The median under every mind, grey; the middle of them bright; and, shaded, where most courses lie."""
    turns = range(len(series.low) + 1)
    courses = {mind: [0.0, *(move / CENTS for move in moves)] for mind, moves in series.minds.items()}
    middle = [median(each) for each in zip(*courses.values(), strict=True)]
    colour = style.GOOD_COLOURS[series.good]
    ends = [
        parts.End(
            course[-1],
            words("chart-line-end", name=words(f"trial-mind-{mind}"), figure=signed(words, round(course[-1]))),
        )
        for mind, course in courses.items()
    ]
    ends.append(parts.End(middle[-1], words("trial-all"), colour))
    right = parts.right_edge(ends)
    figure = style.new_figure(_HEIGHT)
    plot = style.axes(figure, _LEFT, _FOOT, right, _HEIGHT - _HEAD)
    plot.set_xlim(-style.SIDE, turns[-1] + style.SIDE)
    low, high = ([0.0, *(move / CENTS for move in moves)] for moves in (series.low, series.high))
    _scale(words, plot, [*low, *high])
    plot.fill_between(turns, low, high, color=colour, alpha=0.22, linewidth=0, zorder=2)
    plot.axhline(0, color=style.MUTED, linewidth=1.6, zorder=3)
    for course in courses.values():
        parts.quiet(plot, turns, course)
    parts.bright(plot, turns, middle, colour)
    plot.xaxis.set_major_locator(FixedLocator(style.turn_ticks(1, turns[-1])))
    plot.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")
    style.write(figure, _LEFT - 10, _FOOT - 27, words("chart-turn"), style.SMALL, style.MUTED, ha="right")
    parts.name_ends(figure, plot, ends, turns[-1], right)
    title = words("trial-title", good=of_good(words, series.good))
    style.titles(figure, title, words("trial-subtitle"), colour)
    told = [
        words(
            "trial-course",
            mind=words(f"trial-mind-{mind}"),
            first=moved(words, round(course[1])),
            last=moved(words, round(course[-1])),
        )
        for mind, course in courses.items()
    ]
    return card("trial.png", style.to_png(figure), [words("trial-alt", title=title, turns=turns[-1]), *told])


def _scale(words: Words, plot: Axes, values: Sequence[float]) -> None:
    """An axis in per cent, wide enough that nothing looks like drama which is none."""
    low, high = min(values), max(values)
    room = max(high - low, 20.0)
    low, high = low - 0.08 * room, high + 0.08 * room
    plot.set_ylim(low, high)
    step = next((step for step in _STEPS if (high - low) / step <= _TICKS), _STEPS[-1])
    plot.yaxis.set_major_locator(
        FixedLocator([tick * step for tick in range(int(low // step) + 1, int(high // step) + 1)])
    )
    plot.yaxis.set_major_formatter(lambda value, _: signed(words, round(value)))
