"""Tidings: what a turn had for one patron that cannot wait until the patron comes by. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.telling.own import pressing
from data.rows import Notify, PatronRow
from wood.chronicle import Event, Turn
from wood.rules import Rules

_FIRST: Final = 10**12
"""Notices about receipts have these for keys, which count from one; tidings have theirs above."""
_PATRONS: Final = 10**6


@dataclass(frozen=True, slots=True)
class TidingsCard:
    """What a turn had for a patron: who that is, by key and by user id, and where it goes."""

    rules: Rules
    channel_id: int
    key: str
    user_id: int
    how: Notify
    turn: int
    events: Sequence[Event]
    names: Mapping[str, str]


def owed(turn: Turn, patrons: Iterable[PatronRow]) -> Iterator[int]:
    """The keys of the notices that a turn owes to those of the patrons who asked to be told."""
    for patron in patrons:
        if patron.notify in {Notify.CHANNEL, Notify.DIRECT} and any(pressing(turn, patron.key)):
            yield _FIRST + turn.number * _PATRONS + int(patron.key.removeprefix("p"))


def read(key: int) -> tuple[int, str] | None:
    """The turn and the patron that a notice's key stands for; None for one about a receipt."""
    if key < _FIRST:
        return None
    turn, number = divmod(key - _FIRST, _PATRONS)
    return turn, f"p{number}"
