"""How a patron got here, in a card's words."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from discord import ui

from bot.telling.catalog import Words
from bot.telling.history import HistoryCard, PastTurn
from bot.telling.own import own_line
from bot.telling.phrases import gained
from bot.telling.taming import whole_lines
from bot.views.base import rule, text
from bot.views.book import deed

_BARS: Final = "▁▂▃▄▅▆▇█"
_COURSE: Final = 16
_PAGE: Final = 3_000


def history_items(words: Words, card: HistoryCard) -> list[ui.Item[Any]]:
    """The course of one's standing, and below it the page's turns, newest first."""
    head = [words("past-head")]
    if len(card.course) > 1:
        first, last = card.course[-_COURSE:][0], card.course[-1]
        head.append(words("past-course", bars=bars(card.course[-_COURSE:]), first=first, last=last))
    items: list[ui.Item[Any]] = [text("\n".join(head))]
    turns = ["\n".join(_turn(words, card, row)) for row in card.rows] or [words("past-nothing")]
    items += [rule(), text("\n".join(whole_lines(words, turns, _PAGE)))]
    if card.pages > 1:
        items.append(text("-# " + words("past-page", page=card.page + 1, pages=card.pages)))
    return items


def bars(course: Sequence[int]) -> str:
    """Figures as small bars, the least the lowest."""
    low, high = min(course), max(course)
    return "".join(_BARS[(each - low) * (len(_BARS) - 1) // max(1, high - low)] for each in course)


def _turn(words: Words, card: HistoryCard, row: PastTurn) -> Iterator[str]:
    gain = gained(words, row.change) if row.change else "none"
    yield words("past-turn", turn=row.turn, gain=gain, worth=row.worth)
    for event in row.events:
        yield f"-# • {own_line(words, event, card.names)}"
    for entry in row.deeds:
        yield deed(words, entry, card.names, dated=False)
