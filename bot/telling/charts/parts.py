"""Parts that several charts share: a bright line and quiet ones, names at line ends, and pins with what followed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bot.telling.catalog import Words
from bot.telling.charts import fonts, style
from bot.telling.charts.labels import Flag, flags, spread
from bot.telling.charts.pins import AFTER, Pin, PinKind, before
from bot.telling.charts.series import Timeline
from bot.telling.charts.texts import pin_label

LEFT: Final = 150
"""Pixels to the left of the axes: the figures of the y axis."""
FOOT: Final = 128
"""Pixels below the lowest axes: turn numbers and seasons."""
_HEAD: Final = 150
_ROW: Final = 48
_ROWS: Final = 4
_ROWS_WITHIN: Final = 2
"""Rows of pins that a chart of the usual height has room for; more make it higher."""
_END_GAP: Final = 46
_FLAG_GAP: Final = 26
_NAME_WIDTHS: Final = (560, 380, 300)
"""Pixels a pin's text may take; tried from the widest, until all have room."""


@dataclass(frozen=True, slots=True)
class End:
    """What stands at the right end of a line: its last value in data units, and its text.

    ``colour`` is the subject's; None for a quiet line.
    """

    value: float
    text: str
    colour: str | None = None


def right_edge(ends: Iterable[End]) -> float:
    """The right edge of axes that leaves room for the texts at the ends of their lines."""
    rooms = (style.width(end.text, *_end_type(end)) for end in ends)
    return style.WIDTH - style.MARGIN - 22 - max(rooms, default=0)


def _end_type(end: End) -> tuple[float, str]:
    return (style.LABEL, "bold") if end.colour else (style.SMALL, "normal")


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
    centres = spread(starts, _END_GAP, box.y0 * high + 14, box.y1 * high - 14)
    for end, start, centre in zip(ends, starts, centres, strict=True):
        size, weight = _end_type(end)
        line(figure, (float(tips[0][0]) + 4, start), (right + 14, centre), end.colour or style.QUIET, 2)
        style.write(figure, right + 20, centre, end.text, size, end.colour or style.MUTED, weight=weight)


def line(figure: Figure, start: tuple[float, float], end: tuple[float, float], colour: str, width: float) -> None:
    """Draw a straight line between two places in pixels."""
    high = style.figure_height(figure)
    xs, ys = (start[0] / style.WIDTH, end[0] / style.WIDTH), (start[1] / high, end[1] / high)
    figure.add_artist(Line2D(xs, ys, color=colour, linewidth=width))


def bright(plot: Axes, xs: Sequence[float], ys: Sequence[float], colour: str) -> None:
    """Draw the subject's line, its last value as a dot."""
    plot.plot(xs, ys, color=style.BACKGROUND, linewidth=10, zorder=5, solid_capstyle="round")
    plot.plot(xs, ys, color=colour, linewidth=5.5, zorder=6, solid_capstyle="round", solid_joinstyle="round")
    plot.plot(xs[-1:], ys[-1:], "o", color=colour, markersize=13, mec=style.BACKGROUND, mew=2, zorder=7, clip_on=False)


def quiet(plot: Axes, xs: Sequence[float], ys: Sequence[float], width: float = 2.4) -> None:
    """Draw a line that is not the subject; a single value is a dot."""
    plot.plot(xs, ys, color=style.QUIET, linewidth=width, zorder=4, solid_capstyle="round")
    if len(xs) == 1:
        plot.plot(xs, ys, "o", color=style.QUIET, markersize=8, zorder=4)


def turn_word(words: Words, figure: Figure) -> None:
    """Say, at the foot and left of them, that the numbers below the axes are turns."""
    style.write(figure, LEFT - 10, FOOT - 27, words("chart-turn"), style.SMALL, style.MUTED, ha="right")


@dataclass(frozen=True, slots=True)
class _Stem:
    """A pin, its x in turns, its text as written, and the text's place (None: no room)."""

    pin: Pin
    x: float
    text: str
    flag: Flag | None


@dataclass(frozen=True, slots=True)
class Board:
    """The pins of a chart over the subject's line, the chart's height, and the y at which its axes end."""

    stems: tuple[_Stem, ...]
    course: Mapping[int, float]
    height: int
    top: int

    @classmethod
    def plan(
        cls, words: Words, pins: Sequence[Pin], course: Mapping[int, float], timeline: Timeline, right: float
    ) -> "Board":
        """Decide where texts go between the chart's title and the axes, and how high the chart must be for them.

        Args:
            words: those of the chart.
            pins: what is pinned, the strongest first.
            course: turn -> value of the subject's line; the x axis begins at its first turn.
            timeline: the turns shown, at least one.
            right: the right edge of the axes in pixels.
        """
        low = min(course) - style.SIDE
        span = timeline.turns[-1] + style.SIDE - low
        at = [_place(course, pin.turn) for pin in pins]
        xs = [LEFT + (x - low) / span * (right - LEFT) for x in at]
        stranger = words("who-patron")
        labels = [pin_label(words, pin, fonts.drawable(pin.name, stranger)) for pin in pins]
        best: tuple[_Stem, ...] = ()
        for most in _NAME_WIDTHS:
            texts = [style.fit(label, style.SMALL, most, _weight(pin)) for label, pin in zip(labels, pins, strict=True)]
            widths = [style.width(text, style.SMALL, _weight(pin)) for text, pin in zip(texts, pins, strict=True)]
            found = flags(list(zip(xs, widths, strict=True)), LEFT, style.WIDTH - style.MARGIN, _FLAG_GAP, _ROWS)
            stems = tuple(map(_Stem, pins, at, texts, found))
            if not best or _named(stems) > _named(best):
                best = stems
        rows = 1 + max((stem.flag.row for stem in best if stem.flag is not None), default=-1)
        height = style.HEIGHT + max(0, rows - _ROWS_WITHIN) * _ROW
        shown = tuple(stem for stem in best if stem.flag is not None)
        return cls(shown, course, height, height - _HEAD - rows * _ROW)

    @property
    def pins(self) -> list[Pin]:
        """Those that found room."""
        return [stem.pin for stem in self.stems]

    def draw(self, figure: Figure, plot: Axes, colour: str | None) -> None:
        """Draw each pin from its text down to the line, and shade what the line did after those that it felt.

        Args:
            figure: the chart.
            plot: the axes, their limits set.
            colour: the subject's; None where what followed is not shaded.
        """
        starts = sorted(stem.x for stem in self.stems)
        for stem in self.stems:
            until = min([stem.pin.turn + AFTER, *(x for x in starts if x > stem.x)])
            if stem.pin.felt and colour:
                self._shade(plot, stem, until, colour)
        for stem in self.stems:
            if stem.flag is None:
                continue
            tint = _tint(stem.pin)
            height = _height(plot, self.course, stem.x)
            foot = plot.transData.transform((stem.x, height))
            base = self.top + stem.flag.row * _ROW
            line(figure, (float(foot[0]), float(foot[1])), (float(foot[0]), base + 8), tint, 2.2)
            plot.plot([stem.x], [height], "o", color=tint, markersize=11, mec=style.BACKGROUND, mew=2, zorder=8)
            style.write(figure, stem.flag.left, base + 25, stem.text, style.SMALL, tint, weight=_weight(stem.pin))

    def _shade(self, plot: Axes, stem: _Stem, until: float, colour: str) -> None:
        """Fill between the line and the value that it had when the pin struck."""
        base = before(self.course, stem.pin.turn)
        inner = [float(turn) for turn in self.course if stem.x < turn < until]
        last = min(until, max(self.course))
        xs = [stem.x, *inner, *([last] if last > stem.x else [])]
        ys = [_height(plot, self.course, x) for x in xs]
        plot.fill_between(xs, ys, base, color=colour, alpha=0.3, linewidth=0, zorder=3)
        plot.plot([stem.x, xs[-1]], [base, base], color=colour, linewidth=2, linestyle=(0, (2, 2)), zorder=3)


def _named(stems: Sequence[_Stem]) -> int:
    return sum(stem.flag is not None for stem in stems)


def _weight(pin: Pin) -> str:
    return "bold" if pin.felt and pin.kind is PinKind.LEGEND else "normal"


def _tint(pin: Pin) -> str:
    return style.INK if pin.felt else style.MUTED


def _place(course: Mapping[int, float], turn: int) -> float:
    """Where a pin stands: as values are those at a turn's end, what struck in it stands before them."""
    return turn - 0.5 if turn - 1 in course else turn


def _height(plot: Axes, course: Mapping[int, float], x: float) -> float:
    """The drawn line's value at an x between two turns, straight on the axes' scale."""
    low, high = course[int(x)], course[int(x + 0.5)]
    return (low * high) ** 0.5 if plot.get_yscale() == "log" else (low + high) / 2
