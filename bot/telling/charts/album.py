"""A page of the album: the cards that a wood has seen, small, and the backs of those that it has not."""

from functools import lru_cache
from typing import Final

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from numpy.typing import NDArray

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import style
from bot.telling.charts.faces import AlbumSeries, CardSeries
from bot.telling.charts.portrait import HEIGHT, portrait, reverse
from bot.telling.charts.texts import card

ACROSS: Final = 4
_DPI: Final = 24
"""Of a small card: a hundredth of it is an inch of a large one."""
_GAP: Final = 10
_WIDE: Final = style.WIDTH * _DPI // style.DPI
_HIGH: Final = HEIGHT * _DPI // style.DPI


def draw_album(words: Words, series: AlbumSeries) -> ChartCard:
    """Draw a page, 1,200 pixels wide, with four cards in a row."""
    rows = -(-len(series.faces) // ACROSS)
    figure = style.new_figure(rows * (_HIGH + _GAP) + _GAP)
    across = (style.WIDTH - ACROSS * _WIDE) // (ACROSS + 1)
    for at, face in enumerate(series.faces):
        row, column = divmod(at, ACROSS)
        x = across + column * (_WIDE + across)
        y = (rows - 1 - row) * (_HIGH + _GAP) + _GAP
        figure.figimage(_small(face), x, y)
    titles = [face.title for face in series.faces if face]
    seen = words("card-page-alt", seen=len(titles), all=len(series.faces))
    named = [words("card-page-alt-titles", titles=words.listed(titles))] if titles else []
    return card("album.png", style.to_png(figure), [seen, *named])


@lru_cache(48)
def _small(face: CardSeries | None) -> NDArray[np.uint8]:
    """A card at about a quarter of its size, or the back of one: an array of its pixels, (rows, columns, 4).

    Kept, half a megabyte each, since the next page that is asked for has one face more at most.
    """
    figure = portrait(face) if face else reverse()
    figure.set_dpi(_DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    return np.asarray(canvas.buffer_rgba()).copy()  # type: ignore[no-untyped-call]
