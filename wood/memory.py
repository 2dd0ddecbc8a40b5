"""What creatures remember: deeds of each other and of patrons, as events with weights, of which the strongest stay."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from wood.frozen import frozen
from wood.names import Good, Name

MOST: Final = 5
"""Memories that a creature keeps."""
PALE_EVERY: Final = 6
"""Turns in which a memory loses one point of its weight."""


class Deed(Name):
    """What somebody did that is worth remembering; a good deed or an ill one."""

    LIED = "lied"  # said that a good would move, and it moved the other way
    FORETOLD = "foretold"  # said it against the odds, and it came true
    SPOKE_ILL = "spoke-ill"  # said an ill word about the one who remembers
    SPOKE_WELL = "spoke-well"  # said a good word about the one who remembers
    DEAR = "dear"  # sold firewood dear in the cold, or food to one who had none
    KIND = "kind"  # sold cheap to one in need
    DEFAULTED = "defaulted"  # did not pay back what was lent
    DUNNED = "dunned"  # pressed the one who remembers for a debt that could not be paid
    SHORTED = "shorted"  # bet that the price of its crop would fall


ILL: Final = frozenset({Deed.LIED, Deed.SPOKE_ILL, Deed.DEAR, Deed.DEFAULTED, Deed.DUNNED, Deed.SHORTED})
"""The deeds that are held against somebody."""


@frozen
class Memory:
    """One deed as one creature remembers it.

    Attributes:
        deed: what was done.
        who: who did it: a creature or a patron's key.
        good: the good that it was about, if any.
        turn: when.
        weight: 1-100, fading; the strongest memories stay.
    """

    deed: Deed
    who: str
    good: Good | None
    turn: int
    weight: int


def remembered(kept: Iterable[Memory], new: Memory) -> tuple[Memory, ...]:
    """The memories of one who adds a new one, strongest first.

    A deed that somebody does again takes the place of the old one, and weighs more for it: as the heavier of the two,
    and half of the other.
    """
    before = list(kept)
    same = [memory for memory in before if (memory.deed, memory.who, memory.good) == (new.deed, new.who, new.good)]
    weighed = sum(memory.weight for memory in same)
    weight = min(100, max(new.weight, weighed) + min(new.weight, weighed) // 2)
    others = [memory for memory in before if memory not in same]
    merged = [*others, Memory(new.deed, new.who, new.good, new.turn, weight)]
    merged.sort(key=lambda memory: (-memory.weight, -memory.turn, memory.who, memory.deed))
    return tuple(merged[:MOST])


def softened(kept: tuple[Memory, ...], whose: frozenset[str]) -> tuple[Memory, ...]:
    """The same memories, half as strong those of what somebody of ``whose`` did; what has no weight is forgotten."""
    halved = [replace(memory, weight=memory.weight // 2) if memory.who in whose else memory for memory in kept]
    left = [memory for memory in halved if memory.weight]
    return tuple(sorted(left, key=lambda memory: (-memory.weight, -memory.turn, memory.who, memory.deed)))


def paled(kept: tuple[Memory, ...]) -> tuple[Memory, ...]:
    """The same memories, each a point weaker; what has no weight left is forgotten."""
    return tuple(
        Memory(memory.deed, memory.who, memory.good, memory.turn, memory.weight - 1)
        for memory in kept
        if memory.weight > 1
    )
