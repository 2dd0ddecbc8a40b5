"""The figures of a study: for each scenario what every seed showed, and how far each mind is from the baseline.

Drawn light, for paper. The same runs give the same bytes: no date and no random names are in the files.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from bot.lab.paper.lines import Line
from bot.lab.paper.measures import Measure
from bot.lab.paper.runs import Run, values_of
from bot.lab.paper.statistics import Interval
from bot.lab.paper.tables import by_scenario, clear
from bot.lab.replies import file_names
from bot.telling.charts import fonts

VALUES: Final = "values"
DIFFERENCES: Final = "differences"
_COLUMNS: Final = 3
# Inches: of a panel, of a row in it, above and below it, of the figure's title, of a letter of a mind's name.
_WIDTH: Final = 3.1
_ROW: Final = 0.32
_HEAD: Final = 0.3
_FOOT: Final = 0.35
_TITLE: Final = 0.5
_LETTER: Final = 0.075
_GAP: Final = 0.15
_TICKS: Final = 5
_DPI: Final = 110
_NAME_MOST: Final = 24
# After M. Okabe and K. Ito, "Color Universal Design" (2008), in the order in which they are told apart best.
_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
_INK: Final = "#222222"
_GOLDEN: Final = 0.6180339887
"""Steps of the golden ratio spread dots evenly, without any chance in it."""
_BETTER: Final = {1: "more is better", -1: "less is better", 0: ""}

Values = Callable[[Line], Sequence[float]]


def draw(runs: Sequence[Run], lines: Sequence[Line], baseline: str) -> dict[str, bytes]:
    """All figures, as PNG and as SVG, by the names of their files."""
    files: dict[str, bytes] = {}
    groups = dict(by_scenario(lines))
    names = file_names(groups)
    minds = list(dict.fromkeys(line.mind for line in lines))
    colours = {mind: _COLOURS[place % len(_COLOURS)] for place, mind in enumerate(minds)}
    for scenario, group in groups.items():

        def own(line: Line, scenario: str = scenario) -> list[float]:
            return list(values_of(runs, scenario, line.mind, line.measure.key).values())

        def apart(line: Line, scenario: str = scenario) -> list[float]:
            ours, theirs = (values_of(runs, scenario, mind, line.measure.key) for mind in (line.mind, baseline))
            return [ours[seed] - theirs[seed] for seed in ours if seed in theirs]

        title = f"Scenario {scenario}: a dot a seed, the mean and its 95 % interval"
        files |= _files(f"{VALUES}-{names[scenario]}", _figure(title, group, own, colours))
        beside = [line for line in group if line.contrast]
        if beside:
            title = (
                f"Scenario {scenario}: differences to {baseline} on the same seeds; "
                "filled where they are more than noise"
            )
            figure = _figure(title, beside, apart, colours, beside=True)
            files |= _files(f"{DIFFERENCES}-{names[scenario]}", figure)
    return files


def _files(name: str, figure: Figure) -> Iterator[tuple[str, bytes]]:
    with mpl.rc_context({"svg.hashsalt": "ttw", "svg.fonttype": "path"}):
        for form, metadata in (("png", {"Software": None}), ("svg", {"Date": None, "Creator": None})):
            buffer = io.BytesIO()
            figure.savefig(buffer, format=form, dpi=_DPI, metadata=metadata)
            yield f"{name}.{form}", buffer.getvalue()


def _figure(
    title: str, lines: Sequence[Line], values: Values, colours: dict[str, str], *, beside: bool = False
) -> Figure:
    """A grid of panels, one a measure, a row in them for each mind."""
    panels: dict[str, list[Line]] = {}
    for line in lines:
        panels.setdefault(line.measure.key, []).append(line)
    rows = -(-len(panels) // _COLUMNS)
    minds = [mind for mind in colours if any(line.mind == mind for line in lines)]
    side = _LETTER * max(len(_short(mind)) for mind in minds) + _GAP
    tall = _ROW * len(minds)
    width, height = _COLUMNS * (side + _WIDTH + _GAP), _TITLE + rows * (_HEAD + tall + _FOOT)
    figure = Figure(figsize=(width, height), layout=None, facecolor="white")
    FigureCanvasAgg(figure)
    figure.text(
        _GAP / width,
        1 - _TITLE / 2 / height,
        fonts.drawable(title),
        fontsize=12,
        color=_INK,
        va="center",
        parse_math=False,
    )
    places = []
    for place in range(len(panels)):
        row, column = divmod(place, _COLUMNS)
        left, top = column * (side + _WIDTH + _GAP) + side, _TITLE + row * (_HEAD + tall + _FOOT) + _HEAD
        places.append(figure.add_axes((left / width, 1 - (top + tall) / height, _WIDTH / width, tall / height)))
    for axes, group in zip(places, panels.values(), strict=True):
        _panel(axes, group, minds, values, colours, beside=beside)
    return figure


def _panel(
    axes: Axes, lines: Sequence[Line], minds: Sequence[str], values: Values, colours: dict[str, str], *, beside: bool
) -> None:
    measure = lines[0].measure
    axes.set_title(_title(measure), fontsize=9, color=_INK, loc="left", parse_math=False)
    axes.set_yticks(range(len(minds)), [_short(mind) for mind in minds], fontsize=8, parse_math=False)
    axes.set_ylim(len(minds) - 0.5, -0.5)
    axes.xaxis.set_major_locator(MaxNLocator(_TICKS))
    axes.tick_params(axis="x", labelsize=8)
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    if beside:
        axes.axvline(0, color=_INK, linewidth=0.8, zorder=1)
    for line in lines:
        row, colour = minds.index(line.mind), colours[line.mind]
        seen = values(line)
        heights = [row + 0.5 * ((place * _GOLDEN) % 1 - 0.5) for place in range(len(seen))]
        axes.scatter(seen, heights, s=7, color=colour, alpha=0.5, linewidths=0, zorder=2)
        middle, span = (line.contrast.difference, line.contrast.interval) if beside and line.contrast else _own(line)
        if span:
            axes.plot(span, (row, row), color=_INK, linewidth=2, zorder=3, solid_capstyle="butt")
        filled = not beside or clear(line.contrast)
        face = _INK if filled else "white"
        axes.plot([middle], [row], marker="D", markersize=5, color=_INK, markerfacecolor=face, zorder=4)


def _own(line: Line) -> tuple[float, Interval | None]:
    return line.mean, line.interval


def _title(measure: Measure) -> str:
    way = _BETTER[measure.better]
    return f"{measure.title}, {way}" if way else measure.title


def _short(mind: str) -> str:
    drawn = fonts.drawable(mind)
    return drawn if len(drawn) <= _NAME_MOST else f"{drawn[: _NAME_MOST - 1]}…"
