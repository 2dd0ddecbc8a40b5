"""Parts that several charts share: names at line ends, legends on poles, small signs and their key."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bot.telling.catalog import Words
from bot.telling.charts import style
from bot.telling.charts.labels import Flag, flags, spread
from bot.telling.charts.marks import Spot, Strike
from bot.telling.charts.series import Course, Signs, Timeline
from wood.names import Good

LEFT: Final = 84
FOOT: Final = 150
"""Pixels below the lowest axes: turn numbers, seasons, and the key of the signs."""
KEY: Final = 44
"""Of these, pixels for the key of the signs; charts without one can do without them."""
_KEY_AT: Final = 32
_HEAD: Final = 118
_ROWS: Final = 4
_ROWS_WITHIN: Final = 2
"""Rows of titles that a chart of the usual height has room for; more make it higher."""
_ROW: Final = 42
_END_GAP: Final = 40
_FLAG_GAP: Final = 22
_TITLE_WIDTHS: Final = (520, 340, 265)
"""Pixels a title may take; tried from the widest, until all titles have room."""


@dataclass(frozen=True, slots=True)
class End:
    """What stands at the right end of a line: its last value in data units, its text and its pen."""

    value: float
    text: str
    pen: style.Pen


def right_edge(texts: Iterable[str]) -> float:
    """The right edge of axes that leaves room for these texts at the ends of their lines."""
    return style.WIDTH - style.MARGIN - 22 - max((style.width(text, weight="bold") for text in texts), default=0)


def name_ends(figure: Figure, plot: Axes, ends: Sequence[End], last: float, right: float) -> None:
    """Write each line's text at its right end, joined to it by a hair line; texts move apart, never overlap.

    Args:
        figure: the chart.
        plot: the axes, their limits set.
        ends: the lines' ends.
        last: the x of the ends, in turns.
        right: the right edge of the axes in pixels.
    """
    high = style.figure_height(figure)
    box = plot.get_position()
    tips = [plot.transData.transform((last, end.value)) for end in ends]
    starts = [float(tip[1]) for tip in tips]
    centres = spread(starts, _END_GAP, box.y0 * high + 12, box.y1 * high - 12)
    for end, start, centre in zip(ends, starts, centres, strict=True):
        _line(figure, (float(tips[0][0]) + 4, start), (right + 14, centre), end.pen.colour, 2)
        style.write(figure, right + 20, centre, end.text, colour=end.pen.colour, weight="bold")


def _line(
    figure: Figure,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    width: float,
    dash: style.Dash = "-",
) -> None:
    high = style.figure_height(figure)
    xs, ys = (start[0] / style.WIDTH, end[0] / style.WIDTH), (start[1] / high, end[1] / high)
    figure.add_artist(Line2D(xs, ys, color=colour, linewidth=width, linestyle=dash))


@dataclass(frozen=True, slots=True)
class Pole:
    """A legend or shock, its x in pixels, its title as written and the title's place (None: no room)."""

    strike: Strike
    x: float
    title: str
    flag: Flag | None


def _named(poles: Sequence[Pole]) -> int:
    return sum(pole.flag is not None for pole in poles)


@dataclass(frozen=True, slots=True)
class Poles:
    """Legends and shocks over the turns in which they struck, the chart's height, and the y at which its axes end."""

    placed: tuple[Pole, ...]
    height: int
    top: int

    @classmethod
    def plan(cls, timeline: Timeline, first: float, right: float) -> "Poles":
        """Decide where titles go between the chart's title and the axes, and how high the chart must be for them.

        Args:
            timeline: the turns shown, at least one.
            first: the leftmost x of the axes, in turns.
            right: the right edge of the axes in pixels.
        """
        newest = timeline.strikes[::-1]
        low, span = first - style.SIDE, timeline.turns[-1] - first + 2 * style.SIDE
        xs = [LEFT + (strike.turn - low) / span * (right - LEFT) for strike in newest]
        best: tuple[Pole, ...] = ()
        for most in _TITLE_WIDTHS:
            titles = [style.fit(strike.title, style.SMALL, most) for strike in newest]
            widths = [style.width(title, style.SMALL) for title in titles]
            found = flags(list(zip(xs, widths, strict=True)), LEFT, style.WIDTH - style.MARGIN, _FLAG_GAP, _ROWS)
            poles = tuple(map(Pole, newest, xs, titles, found))
            if not best or _named(poles) > _named(best):
                best = poles
        rows = 1 + max((pole.flag.row for pole in best if pole.flag is not None), default=-1)
        height = style.HEIGHT + max(0, rows - _ROWS_WITHIN) * _ROW
        return cls(best, height, height - _HEAD - rows * _ROW)

    def draw(self, figure: Figure, *plots: Axes) -> None:
        """Draw the poles through the axes and write the titles over them."""
        for pole in self.placed:
            colour = style.MUTED if pole.strike.plain else style.INK
            dash: Literal[":", "--"] = ":" if pole.strike.plain else "--"
            for plot in plots:
                plot.axvline(pole.strike.turn, color=colour, linewidth=2.2, linestyle=dash, zorder=2)
            if pole.flag is None:
                continue
            base = self.top + pole.flag.row * _ROW
            _line(figure, (pole.x, self.top), (pole.x, base + 6), colour, 2.2, dash)
            style.write(figure, pole.flag.left, base + 22, pole.title, style.SMALL, colour)


class Meaning(StrEnum):
    """What a small sign stands for, as the catalogs call it (``chart-sign-<meaning>``)."""

    CLEARED = "cleared"
    DECREE = "decree"
    AFTERSHOCK = "aftershock"
    RUMOR = "rumor"


@dataclass(frozen=True, slots=True)
class Sign:
    """A small sign with what it means."""

    marker: str
    meaning: Meaning
    colour: str = style.INK
    hollow: bool = False


CLEARED: Final = Sign("o", Meaning.CLEARED)
DECREE: Final = Sign("o", Meaning.DECREE, hollow=True)
AFTERSHOCK: Final = Sign("d", Meaning.AFTERSHOCK)
RUMOR: Final = Sign("^", Meaning.RUMOR)


def draw_signs(plot: Axes, signs: Signs, courses: Mapping[Good, Course], *, every: bool) -> list[Sign]:
    """Mark decrees on the lines, rumors at the foot and later parts of legends at the head of the axes.

    Args:
        plot: the axes, their limits set.
        signs: what may be marked.
        courses: good -> turn -> value drawn; what concerns other goods is not marked.
        every: whether what concerns no good is marked too.

    Returns:
        The signs in use, for the key.
    """
    used: list[Sign] = []

    def shown(spots: Iterable[Spot]) -> list[Spot]:
        return [spot for spot in spots if spot.good in courses or (spot.good is None and every)]

    for spot in shown(signs.decrees):
        if spot.good is not None and spot.turn in courses[spot.good]:
            height = courses[spot.good][spot.turn]
            plot.plot([spot.turn], [height], marker="o", markersize=15, mfc="none", mec=style.INK, mew=2.4, zorder=6)
            used.append(DECREE)
    for spots, sign, level in ((signs.aftershocks, AFTERSHOCK, 0.95), (signs.rumors, RUMOR, 0.035)):
        for spot in shown(spots):
            colour = style.GOOD_PENS[spot.good].colour if spot.good and len(courses) > 1 else style.INK
            plot.plot(
                [spot.turn],
                [level],
                marker=sign.marker,
                markersize=13,
                color=colour,
                mec=style.BACKGROUND,
                transform=plot.get_xaxis_transform(),
                clip_on=False,
                zorder=6,
            )
            used.append(sign)
    return list(dict.fromkeys(used))


def key(words: Words, figure: Figure, signs: Sequence[Sign]) -> None:
    """Explain the signs in one line at the foot of the chart."""
    x = float(style.MARGIN)
    high = style.figure_height(figure)
    for sign in signs:
        face = "none" if sign.hollow else sign.colour
        mark = Line2D(
            [(x + 12) / style.WIDTH],
            [_KEY_AT / high],
            marker=sign.marker,
            markersize=14,
            mfc=face,
            mec=sign.colour,
            mew=2.4,
            linestyle="none",
        )
        figure.add_artist(mark)
        text = words(f"chart-sign-{sign.meaning}")
        style.write(figure, x + 34, _KEY_AT, text, style.SMALL, style.MUTED, va="center")
        x += 34 + style.width(text, style.SMALL) + 44


def course_line(plot: Axes, xs: Sequence[float], ys: Sequence[float], pen: style.Pen) -> None:
    """Draw a line in its pen, with a few markers so that dashes are not all that tells lines apart."""
    plot.plot(xs, ys, color=pen.colour, linestyle=pen.dash, linewidth=4.2, zorder=4)
    some = slice(None, None, max(1, len(xs) // 6))
    plot.plot(xs[some], ys[some], color=pen.colour, marker=pen.marker, markersize=9, linestyle="none", zorder=5)
