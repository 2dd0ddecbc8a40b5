"""How a patron got here: turn by turn what came and went this year, and what was owned after it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.telling.book import worth
from bot.telling.own import news_of
from wood.chronicle import Event, EventKind, Turn
from wood.names import Act
from wood.stakes import Entry
from wood.world import World

PAGE: Final = 6
"""Turns of a page."""
_TOLD: Final = frozenset({Act.PROFIT, Act.GAIN, Act.LOSS, Act.REPAID, Act.LOST, Act.WON, Act.BOUNTY})
"""Deeds of which an event tells more than the file's line."""

_OUT: Final = frozenset({Act.LENT, Act.WAGER})
"""Deeds whose pebbles are owned still: lent, or at stake."""


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One turn of a patron's year.

    Attributes:
        turn: its number.
        deeds: lines of the file.
        events: what else was told the patron alone.
        change: by how many pebbles the patron was richer after it by these.
        worth: pebbles that the patron owned then, at what they cost.
    """

    turn: int
    deeds: Sequence[Entry]
    events: Sequence[Event]
    change: int
    worth: int


@dataclass(frozen=True, slots=True)
class HistoryCard:
    """A page of a patron's year, newest first.

    Attributes:
        rows: the page's turns.
        page: which page, from 0.
        pages: how many there are, at least 1.
        course: the patron's standing over the year, oldest first, the present one last.
        names: patron key -> name as shown.
        emoji: of each good.
    """

    rows: Sequence[PastTurn]
    page: int
    pages: int
    course: Sequence[int]
    names: Mapping[str, str]
    emoji: Mapping[str, str]


def past(world: World, key: str, turns: Sequence[Turn]) -> list[PastTurn]:
    """The turns of a patron's year in which anything came, went or was told, newest first.

    Args:
        world: the wood after the last of them.
        key: whose year.
        turns: the year's, oldest first.
    """
    deeds: dict[int, list[Entry]] = {}
    for entry in world.patrons[key].file:
        deeds.setdefault(entry.turn, []).append(entry)
    rows = []
    owned = worth(world, key)
    for turn in reversed(turns):
        done = deeds.get(turn.number, [])
        refused = (event for event in turn.events if event.to == key and event.kind is EventKind.REFUSED)
        events = [*news_of(turn, key), *refused]
        change = sum(entry.pebbles for entry in done if entry.act not in _OUT)
        if done or events:
            told = [entry for entry in done if entry.act not in _TOLD]
            rows.append(PastTurn(turn.number, told, events, change, owned))
        owned -= change
    return rows


def history_card(
    rows: Sequence[PastTurn],
    page: int,
    course: Sequence[int],
    names: Mapping[str, str],
    emoji: Mapping[str, str],
) -> HistoryCard:
    """A page of them; the last where there are not so many."""
    pages = max(1, -(-len(rows) // PAGE))
    page = min(page, pages - 1)
    return HistoryCard(rows[page * PAGE : (page + 1) * PAGE], page, pages, course, names, emoji)
