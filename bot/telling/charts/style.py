"""How every chart looks: sizes for a phone, colours for the dark theme and for colour-blind eyes, seasons, bytes.

A chart is 1,200 pixels wide; a phone shows it 390 wide, so text is at least 34 pixels high here, 11 there. Each chart
has one subject in colour; all else is drawn in greys. Only
``Figure`` objects with the Agg canvas are used, never pyplot, which keeps global state. Text is never read as
mathematics: a ``$`` in a name is a ``$``.
"""

import io
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, NullFormatter, NullLocator

from bot.telling.catalog import Words
from bot.telling.charts import fonts
from bot.telling.charts.series import Timeline
from wood.names import Creature, Good, Season

WIDTH: Final = 1200
HEIGHT: Final = 860
DPI: Final = 100
MARGIN: Final = 28
SIDE: Final = 0.5
"""Room to the left and right of the outermost turns, in turns."""

BACKGROUND: Final = "#2b2d31"
INK: Final = "#f2f3f5"
MUTED: Final = "#b5bac1"
QUIET: Final = "#868c95"
"""Lines that are not the subject."""
GRID: Final = "#43454c"

TITLE: Final = 54.0
_TITLE_LEAST: Final = 41.0
LABEL: Final = 38.0
SMALL: Final = 34.0

# The families of Okabe and Ito (2008), moved until they read on the dark ground and stay apart for every kind of eye:
# the least CIELAB distance of two, over full protanopia, deuteranopia and tritanopia, is 27.
GOOD_COLOURS: Final[Mapping[Good, str]] = {
    Good.ACORNS: "#4ff0a0",
    Good.BERRIES: "#8a9fff",
    Good.MUSHROOMS: "#d99ab8",
    Good.HONEY: "#f7ee3a",
    Good.FIREWOOD: "#f5802e",
}
CREATURE_COLOURS: Final[Mapping[Creature, str]] = {
    Creature.OONA: GOOD_COLOURS[Good.HONEY],
    Creature.BRAMBLE: GOOD_COLOURS[Good.FIREWOOD],
    Creature.FENN: GOOD_COLOURS[Good.MUSHROOMS],
    Creature.MOSSBACK: GOOD_COLOURS[Good.ACORNS],
    Creature.PIP: GOOD_COLOURS[Good.BERRIES],
}
SEASON_TINTS: Final[Mapping[Season, str]] = {
    Season.AUTUMN: "#3a302b",
    Season.WINTER: "#2b3442",
    Season.SPRING: "#2c372e",
    Season.SUMMER: "#39362a",
}


def points(pixels: float) -> float:
    """Pixels of the chart as typographic points."""
    return pixels * 72 / DPI


def new_figure(height: int = HEIGHT) -> Figure:
    """An empty chart, ``height`` pixels high, that no global state knows of."""
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=BACKGROUND, layout=None)
    FigureCanvasAgg(figure)
    return figure


def to_png(figure: Figure) -> bytes:
    """Draw the figure. The same figure gives the same bytes: the file says nothing of when or by what."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI, facecolor=BACKGROUND, metadata={"Software": None})
    return buffer.getvalue()


def write(
    figure: Figure,
    x: float,
    y: float,
    text: str,
    size: float = LABEL,
    colour: str = INK,
    *,
    ha: str = "left",
    va: str = "center_baseline",
    weight: str = "normal",
) -> Text:
    """Write ``text`` at a place in pixels from the lower left corner."""
    return figure.text(
        x / WIDTH,
        y / figure_height(figure),
        text,
        color=colour,
        ha=ha,
        va=va,
        fontproperties=fonts.properties([text], points(size), weight),
        parse_math=False,
    )


def figure_height(figure: Figure) -> float:
    """Height of the figure in pixels."""
    return float(figure.get_figheight() * DPI)


def titles(figure: Figure, title: str, subtitle: str = "", colour: str = INK) -> None:
    """Write the title in the subject's colour, cut to the width, and a quieter line below it."""
    top = figure_height(figure)
    room = WIDTH - 2 * MARGIN
    size = next((size for size in (TITLE, 47.0) if width(title, size, "bold") <= room), _TITLE_LEAST)
    write(figure, MARGIN, top - 48, fit(title, size, room, "bold"), size, colour, weight="bold")
    if subtitle:
        write(figure, MARGIN, top - 106, fit(subtitle, SMALL, WIDTH - 2 * MARGIN), SMALL, MUTED)


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]


@lru_cache(4096)
def width(text: str, size: float = LABEL, weight: str = "normal") -> float:
    """Width of ``text`` in pixels when drawn at ``size`` pixels."""
    prop = fonts.properties([text], points(size), weight)
    wide, _, _ = _ruler().get_text_width_height_descent(text, prop, ismath=False)  # type: ignore[no-untyped-call]
    return float(wide)


def fit(text: str, size: float, room: float, weight: str = "normal") -> str:
    """Cut ``text`` with an ellipsis, after a word if one ends nearby, until it is at most ``room`` pixels wide."""
    if width(text, size, weight) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle] + "…", size, weight) <= room else (low, middle - 1)
    space = text[: low + 1].rfind(" ")
    return text[: space if space > low // 2 else low].rstrip(" …") + "…"


def axes(figure: Figure, left: float, bottom: float, right: float, top: float) -> Axes:
    """Bare axes between four edges in pixels, on the chart's own ground."""
    high = figure_height(figure)
    made = figure.add_axes((left / WIDTH, bottom / high, (right - left) / WIDTH, (top - bottom) / high))
    made.set_facecolor(BACKGROUND)
    for spine in made.spines.values():
        spine.set_visible(False)
    made.tick_params(length=0, pad=8, colors=MUTED, labelsize=points(SMALL), labelfontfamily=fonts.BASE)
    made.grid(axis="y", color=GRID, linewidth=1.2, linestyle="-")
    made.set_axisbelow(True)
    return made


def turn_axis(made: Axes, timeline: Timeline, first: float, *, labels: bool = True) -> None:
    """Span the x axis over the turns, tint the seasons, and name a few turns and the seasons below them.

    Args:
        made: the axes.
        timeline: at least one turn.
        first: the leftmost x, at most the first turn's number.
        labels: whether anything is written below.
    """
    last = timeline.turns[-1]
    low, high = first - SIDE, last + SIDE
    made.set_xlim(low, high)
    spans = timeline.seasons
    pixels = made.get_position().width * WIDTH / (high - low)
    edges = [low, *(span.first - 0.5 for span in spans[1:]), high]
    fits = [
        (right - left) * pixels >= width(span.name, SMALL) + 24
        for span, left, right in zip(spans, edges, edges[1:], strict=False)
    ]
    for span, left, right, fit_ in zip(spans, edges, edges[1:], fits, strict=False):
        made.axvspan(left, right, facecolor=SEASON_TINTS[span.season], edgecolor="none", zorder=0)
        if labels and fit_ and all(fits[1:-1]):
            made.annotate(
                span.name,
                ((left + right) / 2, 0),
                (0, -points(88)),
                xycoords=("data", "axes fraction"),
                textcoords="offset points",
                ha="center",
                va="baseline",
                color=MUTED,
                fontproperties=fonts.properties([span.name], points(SMALL)),
                annotation_clip=False,
            )
    made.xaxis.set_major_locator(FixedLocator(turn_ticks(timeline.turns[0], last) if labels else []))
    made.xaxis.set_minor_locator(NullLocator())
    made.xaxis.set_minor_formatter(NullFormatter())
    made.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")


def whole_ticks(words: Words, made: Axes, top: float, most: int) -> None:
    """Put at most ``most`` whole-number ticks above zero on the y axis, up to ``top``."""
    step = next(
        unit * power for power in (1, 10, 100, 1000, 10**6) for unit in (1, 2, 5) if top / unit / power < most + 1
    )
    made.yaxis.set_major_locator(FixedLocator([float(tick) for tick in range(step, int(top) + 1, step)]))
    made.yaxis.set_major_formatter(lambda value, _: words("chart-figure", number=round(value)))


def box(figure: Figure, left: float, bottom: float, right: float, top: float, colour: str) -> None:
    """Fill a rectangle between four edges in pixels."""
    high = figure_height(figure)
    corner = (left / WIDTH, bottom / high)
    figure.add_artist(
        Rectangle(corner, (right - left) / WIDTH, (top - bottom) / high, facecolor=colour, edgecolor="none")
    )


def turn_ticks(first: int, last: int) -> list[int]:
    """At most six round turn numbers between two turns, the last one always among them."""
    step = next(step for step in (1, 2, 5, 10, 15, 20, 50, 100, 10**6) if (last - first) / step <= 5)
    ticks = [turn for turn in range(first, last + 1) if turn % step == 0 and last - turn >= step * 0.6]
    return [*ticks, last]


def empty(title: str, message: str) -> bytes:
    """A chart without anything to draw: the title and a line that says why."""
    figure = new_figure(HEIGHT // 2)
    titles(figure, title)
    write(figure, WIDTH / 2, HEIGHT / 4 - 30, message, LABEL, MUTED, ha="center")
    return to_png(figure)
