"""The patrons' chart: their purses as bars, their names in whatever script they are written."""

from collections.abc import Sequence
from typing import Final

from bot.telling.cards import ChartCard, RankRow
from bot.telling.charts import fonts, style
from bot.telling.charts.series import Standing
from bot.telling.charts.texts import card
from bot.telling.words import MAX_NAME, clean, count
from wood.names import Good

MOST: Final = 10
_BAR: Final = 56
_HEAD: Final = 128
_FOOT: Final = 34
_NAME_ROOM: Final = 430
_COLOUR: Final = style.GOOD_PENS[Good.HONEY].colour
_OTHERS: Final = style.GOOD_PENS[Good.BERRIES].colour


def draw_ranking(standing: Standing) -> ChartCard:
    """Draw the purses of the first ten patrons as horizontal bars; where there is none, the chart says so."""
    rows = standing.rows
    if not rows:
        return card("ranking.png", style.empty("Patrons", "No patron has joined yet."), ["Patrons: nobody joined yet."])
    shown = rows[:MOST]
    return card("ranking.png", _draw(shown, len(rows)), _tell(shown, len(rows)))


def shown_name(row: RankRow) -> str:
    """The name as it is drawn: its letters if fonts have them all, else the alias, else the rank."""
    alias = clean(row.alias, MAX_NAME)
    return fonts.drawable(clean(row.name, MAX_NAME), alias) or f"Patron {row.rank}"


def _draw(rows: Sequence[RankRow], of: int) -> bytes:
    height = _HEAD + _FOOT + _BAR * max(3, len(rows))
    figure = style.new_figure(height)
    names = [style.fit(shown_name(row), style.LABEL, _NAME_ROOM) for row in rows]
    ranks = [f"{row.rank}." for row in rows]
    rank_room = max(map(style.width, ranks))
    left = style.MARGIN + rank_room + 16 + max(map(style.width, names)) + 24
    right = style.WIDTH - style.MARGIN - 16 - max(style.width(f"{row.purse:,}", weight="bold") for row in rows)
    most = max(1, *(row.purse for row in rows))
    for index, (row, name, rank) in enumerate(zip(rows, names, ranks, strict=True)):
        y = height - _HEAD - (index + 0.5) * _BAR
        colour = _COLOUR if row.rank == 1 else _OTHERS
        style.write(figure, style.MARGIN + rank_room, y, rank, colour=style.MUTED, ha="right")
        style.write(figure, left - 24, y, name, ha="right")
        end = left + max(3.0, (right - left) * max(0, row.purse) / most)
        style.box(figure, left, y - _BAR * 0.34, end, y + _BAR * 0.34, colour)
        style.write(figure, end + 12, y, f"{row.purse:,}", colour=colour, weight="bold")
    beyond = f"the first {len(rows)} of {of}; " if of > len(rows) else ""
    style.titles(figure, "Patrons", f"{beyond}pebbles in the purse")
    return style.to_png(figure)


def _tell(rows: Sequence[RankRow], of: int) -> list[str]:
    return [
        f"Bar chart of the purses of {count(len(rows), 'patron')}" + (f" of {of}." if of > len(rows) else "."),
        *(f"{row.rank}. {clean(row.name, MAX_NAME) or row.alias}: {count(row.purse, 'pebble')}." for row in rows),
    ]
