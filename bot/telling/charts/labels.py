"""Where labels go so that none covers another: plain arithmetic, no drawing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move label centres apart until neighbours are ``gap`` away from each other, and as little as that takes.

    The order of the labels stays as wanted (equal ones in the order given). The sum of squared moves is the least
    possible: with the gaps taken out this is isotonic regression, solved by pooling adjacent violators.

    Args:
        wanted: where each centre would like to be.
        gap: the least distance of two centres; shrunk evenly when they cannot all fit.
        low: the least allowed centre.
        high: the greatest allowed centre.

    Returns:
        A centre for each label, in the order given.
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    blocks: list[tuple[float, int]] = []  # mean and size of labels that stand gap by gap
    for place, index in enumerate(order):
        mean, size = wanted[index] - place * gap, 1
        while blocks and blocks[-1][0] > mean:
            before, many = blocks.pop()
            mean, size = (before * many + mean * size) / (many + size), many + size
        blocks.append((mean, size))
    top = high - (len(wanted) - 1) * gap
    means = [min(max(mean, low), max(low, top)) for mean, size in blocks for _ in range(size)]
    centres = [0.0] * len(wanted)
    for place, index in enumerate(order):
        centres[index] = means[place] + place * gap
    return centres


@dataclass(frozen=True, slots=True)
class Flag:
    """A label on a pole: the pole stands at ``x``, the text covers ``left`` to ``right`` in ``row`` (0 is lowest)."""

    x: float
    left: float
    right: float
    row: int


def flags(poles: Sequence[tuple[float, float]], low: float, high: float, gap: float, rows: int) -> list[Flag | None]:
    """Stack labels over the poles they belong to so that no text covers a text or is cut by a pole.

    A label is centred on its pole, or stands to the right or to the left of it. Tried are the order given and the order
    from left to right, rows from the lowest up and (stairs fit poles that stand close) from the highest down, and each
    preference of the three sides; the try that finds room for the most labels in the fewest rows wins.

    Args:
        poles: x and the text's width of each label, the most important first.
        low: the left edge of the room for texts.
        high: the right edge.
        gap: the least room between two texts of a row, and between a text and another label's pole.
        rows: the most rows.

    Returns:
        A place for each label, None where there is no room for it.
    """
    by_worth = list(range(len(poles)))
    by_place = sorted(by_worth, key=lambda index: poles[index])
    room = _Room(low, high, gap)
    upward = range(rows)
    tries = [
        _stack(poles, order, shares, climb, room)
        for shares in _SHARES
        for order in (by_worth, by_place)
        for climb in (upward, upward[::-1])
    ]
    return _lowered(max(tries, key=_merit))


def _merit(placed: Sequence[Flag | None]) -> tuple[int, int]:
    """More labels first, then fewer rows."""
    rows = [flag.row for flag in placed if flag is not None]
    return len(rows), min(rows, default=0) - max(rows, default=0)


def _lowered(placed: Sequence[Flag | None]) -> list[Flag | None]:
    """The same with the lowest label in the lowest row."""
    lowest = min((flag.row for flag in placed if flag is not None), default=0)
    return [flag and replace(flag, row=flag.row - lowest) for flag in placed]


_SHARES: Final = ((0.5, 0.0, 1.0), (1.0, 0.5, 0.0), (0.0, 0.5, 1.0))
"""Shares of a text that stand left of its pole, in the order of preference of each try."""


@dataclass(frozen=True, slots=True)
class _Room:
    low: float
    high: float
    gap: float


def _stack(
    poles: Sequence[tuple[float, float]],
    order: Sequence[int],
    shares: Sequence[float],
    climb: Sequence[int],
    room: _Room,
) -> list[Flag | None]:
    placed: list[Flag] = []
    result: list[Flag | None] = [None] * len(poles)
    for index in order:
        flag = _place(*poles[index], placed, shares, climb, room)
        result[index] = flag
        if flag is not None:
            placed.append(flag)
    return result


def _place(
    x: float, width: float, placed: Sequence[Flag], shares: Sequence[float], climb: Sequence[int], room: _Room
) -> Flag | None:
    if width > room.high - room.low:
        return None
    for row in climb:
        for share in shares:
            start = x - width * share + room.gap * (share - 0.5)
            start = min(max(start, room.low), room.high - width)
            flag = Flag(x, start, start + width, row)
            if not any(_clash(flag, other, room.gap) for other in placed):
                return flag
    return None


def _clash(one: Flag, other: Flag, gap: float) -> bool:
    if one.row == other.row:
        return one.left < other.right + gap and other.left < one.right + gap
    upper, lower = (one, other) if one.row > other.row else (other, one)
    return lower.left - gap / 2 < upper.x < lower.right + gap / 2
