"""Seeded chance: every draw is keyed by a stable digest of (seed, turn, purpose), never by a shared stream."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def draw(seed: int, turn: int, *purpose: str) -> int:
    """Draw a uniform 64-bit integer that depends on nothing but its arguments."""
    key = f"{seed}/{turn}/{'/'.join(purpose)}"
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")


def below(limit: int, seed: int, turn: int, *purpose: str) -> int:
    """Draw an integer from 0 to ``limit - 1``; the bias of the remainder is under 1 in 10^15 for small limits."""
    return draw(seed, turn, *purpose) % limit


def shuffled(items: Sequence[T], seed: int, turn: int, *purpose: str) -> tuple[T, ...]:
    """Return the items in a drawn order that does not depend on the order they come in, if their ``str`` differ."""
    return tuple(sorted(items, key=lambda item: (draw(seed, turn, *purpose, str(item)), str(item))))
