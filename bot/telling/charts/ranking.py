"""The patrons' chart: their purses as bars, their names in whatever script they are written."""

from collections.abc import Sequence
from typing import Final

from bot.telling.cards import ChartCard, RankRow
from bot.telling.catalog import Words
from bot.telling.charts import fonts, style
from bot.telling.charts.series import Standing
from bot.telling.charts.texts import card
from bot.telling.phrases import counted
from bot.telling.taming import MAX_NAME, clean
from wood.names import Good

MOST: Final = 10
_BAR: Final = 64
_HEAD: Final = 154
_FOOT: Final = 34
_NAME_ROOM: Final = 470
_COLOUR: Final = style.GOOD_COLOURS[Good.HONEY]


def draw_ranking(words: Words, standing: Standing) -> ChartCard:
    """Draw the purses of the first ten patrons as horizontal bars, the foremost bright; says so where there is none."""
    rows = standing.rows
    if not rows:
        picture = style.empty(words("chart-patrons"), words("chart-patrons-nobody"))
        return card("ranking.png", picture, [words("chart-patrons-nobody-alt")])
    shown = rows[:MOST]
    return card("ranking.png", _draw(words, shown, len(rows)), _tell(words, shown, len(rows)))


def shown_name(words: Words, row: RankRow) -> str:
    """The name as it is drawn: its letters if fonts have them all, else the alias, else the rank."""
    alias = clean(row.alias, MAX_NAME)
    return fonts.drawable(clean(row.name, MAX_NAME), alias) or words("chart-patron", rank=row.rank)


def _draw(words: Words, rows: Sequence[RankRow], of: int) -> bytes:
    height = _HEAD + _FOOT + _BAR * max(3, len(rows))
    figure = style.new_figure(height)
    names = [style.fit(shown_name(words, row), style.LABEL, _NAME_ROOM, "bold") for row in rows]
    ranks = [words("chart-rank", rank=row.rank) for row in rows]
    purses = [words("chart-figure", number=row.purse) for row in rows]
    rank_room = max(map(style.width, ranks))
    left = style.MARGIN + rank_room + 16 + max(style.width(name, weight="bold") for name in names) + 24
    right = style.WIDTH - style.MARGIN - 16 - max(style.width(purse, weight="bold") for purse in purses)
    most = max(1, *(row.purse for row in rows))
    for index, (row, name, rank, purse) in enumerate(zip(rows, names, ranks, purses, strict=True)):
        y = height - _HEAD - (index + 0.5) * _BAR
        bar, ink, weight = (_COLOUR, _COLOUR, "bold") if row.rank == 1 else (style.QUIET, style.MUTED, "normal")
        style.write(figure, style.MARGIN + rank_room, y, rank, colour=style.MUTED, ha="right")
        style.write(figure, left - 24, y, name, colour=ink, ha="right", weight=weight)
        end = left + max(3.0, (right - left) * max(0, row.purse) / most)
        style.box(figure, left, y - _BAR * 0.34, end, y + _BAR * 0.34, bar)
        style.write(figure, end + 12, y, purse, colour=ink, weight=weight)
    beyond = of > len(rows)
    style.titles(
        figure,
        title_of(words, rows),
        words("chart-patrons-subtitle-first", shown=len(rows), all=of) if beyond else words("chart-patrons-subtitle"),
        _COLOUR,
    )
    return style.to_png(figure)


def title_of(words: Words, rows: Sequence[RankRow]) -> str:
    """Who leads, if one alone does; the name is what is cut where there is not room for all."""
    first = [shown_name(words, row) for row in rows if row.rank == 1]
    if len(first) != 1:
        return words("chart-patrons")
    room = style.WIDTH - 2 * style.MARGIN - style.width(words("chart-patrons-leads", name=""), style.TITLE, "bold")
    return words("chart-patrons-leads", name=style.fit(first[0], style.TITLE, room, "bold"))


def _tell(words: Words, rows: Sequence[RankRow], of: int) -> list[str]:
    beyond, shown = of > len(rows), len(rows)
    return [
        words("chart-patrons-alt-first", shown=shown, all=of) if beyond else words("chart-patrons-alt", shown=shown),
        *(
            words(
                "chart-patrons-row",
                rank=row.rank,
                name=clean(row.name, MAX_NAME) or row.alias,
                purse=counted(words, "pebble", row.purse),
            )
            for row in rows
        ),
    ]
