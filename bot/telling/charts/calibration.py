"""A prophet's chart: how many claims of each chance came true, beside how many chance alone would have made true."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import style
from bot.telling.charts.series import CalibrationSeries
from bot.telling.charts.texts import card
from wood.names import Good
from wood.prophecy import PER_MILLE

BINS: Final = (250, 500, 750, PER_MILLE)
"""Up to which chance, per mille, a claim belongs to each bin."""
_NAMES: Final = ("long", "less", "more", "sure")
_HEAD: Final = 150
_FOOT: Final = 24
_ROW: Final = 150
_BAR: Final = 46
_COLOUR: Final = style.GOOD_COLOURS[Good.HONEY]


class Bin(NamedTuple):
    """The claims of one range of chances: their name in the catalogs, how many, came true, and expected by chance."""

    name: str
    said: int
    right: int
    expected: Decimal


def bins(series: CalibrationSeries) -> list[Bin]:
    """The ranges of chances in which there are claims, the boldest first."""
    found = []
    for name, above, most in zip(_NAMES, (-1, *BINS), BINS, strict=False):
        inside = [(chance, true) for chance, true in series.claims if above < chance <= most]
        if inside:
            expected = Decimal(round(sum(chance for chance, _ in inside) * 10 / PER_MILLE)) / 10
            found.append(Bin(name, len(inside), sum(true for _, true in inside), expected))
    return found


def draw_calibration(words: Words, series: CalibrationSeries) -> ChartCard:
    """Draw two bars for each range of chances: what came true bright, what chance expected grey."""
    rows = bins(series)
    if not rows:
        picture = style.empty(words("chart-calibration"), words("chart-calibration-nothing"))
        return card("calibration.png", picture, [words("chart-calibration-nothing")])
    title = words("chart-calibration-title", right=sum(row.right for row in rows), said=sum(row.said for row in rows))
    return card("calibration.png", _draw(words, rows, title), [f"{title}.", *(_told(words, row) for row in rows)])


def _draw(words: Words, rows: Sequence[Bin], title: str) -> bytes:
    height = _HEAD + _FOOT + _ROW * len(rows)
    figure = style.new_figure(height)
    names = [words(f"chart-calibration-{row.name}") for row in rows]
    counts = [words("chart-calibration-claims", said=row.said) for row in rows]
    left = (
        style.MARGIN
        + 32
        + max(
            *(style.width(name, weight="bold") for name in names),
            *(style.width(count, style.SMALL) for count in counts),
        )
    )
    right = style.WIDTH - style.MARGIN - style.width(words("chart-calibration-figure", number=Decimal("88.8"))) - 16
    most = max(1.0, *(max(row.right, float(row.expected)) for row in rows))
    for index, (row, name, count) in enumerate(zip(rows, names, counts, strict=True)):
        middle = height - _HEAD - (index + 0.5) * _ROW
        style.write(figure, style.MARGIN, middle + 22, name, weight="bold")
        style.write(figure, style.MARGIN, middle - 26, count, style.SMALL, style.MUTED)
        for value, colour, y in ((Decimal(row.right), _COLOUR, middle + 26), (row.expected, style.QUIET, middle - 26)):
            end = left + max(3.0, (right - left) * float(value) / most)
            style.box(figure, left, y - _BAR / 2, end, y + _BAR / 2, colour)
            style.write(figure, end + 12, y, words("chart-calibration-figure", number=value), colour=colour)
    style.titles(figure, title, words("chart-calibration-subtitle"), _COLOUR)
    return style.to_png(figure)


def _told(words: Words, row: Bin) -> str:
    return words(
        "chart-calibration-row",
        name=words(f"chart-calibration-{row.name}"),
        said=row.said,
        right=row.right,
        chance=row.expected,
    )
