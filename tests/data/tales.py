"""The file of a legend that a patron proposes, whole and altered."""

from typing import Final

TALE: Final = b'''title = "The Thimble Corner"
tale = """
    A hare bought every thimble in the wood, and berries may only be sold by the thimble. On the third day somebody
    noticed that an acorn cup holds as much.
    """
omen = "Berries are cornered for two turns, then fall below where they began."
good = "berries"
direction = -1

[says]
rumor = "The hare has every thimble but two, and she knows who has the two."
run = "An acorn cup holds just as much as a thimble, and everyone has acorn cups."

[[shocks]]
kind = "rumor"
layer = "hearsay"
good = "berries"
leaning = 1
says = "rumor"

[[shocks]]
kind = "corner"
layer = "settlement"
good = "berries"
turns = 2
strength = 2
decree = [20, 15]
hold = 2

[[shocks]]
kind = "run"
layer = "settlement"
good = "berries"
delay = 2
turns = 2
strength = 50
decree = [-40, -25]
hold = 3
leaning = -1
says = "run"
'''


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
