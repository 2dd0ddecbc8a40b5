"""The file of a legend that a patron proposes, whole and altered."""

from typing import Final

from data.tales import example

TALE: Final = example()


def altered(old: str, new: str) -> bytes:
    """The same file with one part of it written otherwise."""
    assert old.encode() in TALE, f"{old!r} must be there, or the test would prove nothing"
    return TALE.replace(old.encode(), new.encode(), 1)


FUTILE: Final = b"""title = "The Hungry Fair"
tale = "A fair came by, and everybody said that honey would be cheap at it."
omen = "Honey gets cheaper, they say."
good = "honey"
direction = -1

[[shocks]]
kind = "demand"
layer = "settlement"
good = "honey"
turns = 3
strength = 6
decree = [-1, 0, -1]
"""
"""A legend whose decree is lawful and whose strangers undo it."""
