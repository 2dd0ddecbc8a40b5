"""What a legend's portrait is drawn on and with: the canvas, strokes, light, and small things that several motifs need.

A colour of a portrait may be ``#rrggbbaa``, whose last two digits say how much of it covers what lies behind.
"""

from collections.abc import Callable, Sequence
from math import cos, hypot, radians, sin
from random import Random
from typing import Final, TypeAlias

import numpy as np

from bot.telling.charts.scenery import Country
from bot.telling.charts.shapes import Points, Shape, corners, mix, oval, placed

WIDE: Final = 1080
"""Pixels of a portrait's scene, from left to right."""
HIGH: Final = 1200
"""Pixels of it, from the bottom to the top."""
MIDDLE: Final = WIDE / 2
NIGHT: Final = "#0a0b12"

Painter: TypeAlias = Callable[[Random, Country], Shape]
"""Draws what stands before the hills: patches in pixels of the canvas, back to front."""


def stroke(points: Sequence[tuple[float, float]] | Points, wide: float, end: float | None = None) -> Points:
    """A line through some points, ``wide`` at its start and ``end`` at its end (the same where that is None)."""
    line = np.array(points, dtype=np.float64)
    along = np.gradient(line, axis=0)
    across = np.column_stack([-along[:, 1], along[:, 0]]) / np.maximum(np.hypot(*along.T), 1e-9)[:, None]
    half = np.linspace(wide, wide if end is None else end, len(line))[:, None] / 2
    return np.concatenate([line + across * half, (line - across * half)[::-1]])


def arc(x: float, y: float, radius: float, start: float, end: float, wide: float) -> Points:
    """A part of a ring between two angles in degrees."""
    return stroke(oval(x, y, radius, radius, start, end), wide)


def box(left: float, low: float, right: float, high: float) -> Points:
    """An upright rectangle."""
    return corners((left, low), (right, low), (right, high), (left, high))


def rounded(left: float, low: float, right: float, high: float, radius: float) -> Points:
    """An upright rectangle with round corners."""
    parts = (
        oval(right - radius, high - radius, radius, radius, 0, 90),
        oval(left + radius, high - radius, radius, radius, 90, 180),
        oval(left + radius, low + radius, radius, radius, 180, 270),
        oval(right - radius, low + radius, radius, radius, 270, 360),
    )
    return np.concatenate(parts)


def rays(x: float, y: float, reach: float, colour: str, many: int = 14) -> Shape:
    """Light that goes out from a place in wedges."""
    wedge = 180 / many
    return [
        (
            corners(
                (x, y),
                (x + reach * cos(radians(at - wedge / 2)), y + reach * sin(radians(at - wedge / 2))),
                (x + reach * cos(radians(at + wedge / 2)), y + reach * sin(radians(at + wedge / 2))),
            ),
            colour,
        )
        for at in np.linspace(0, 360, many, endpoint=False)
    ]


def glow(x: float, y: float, radius: float, colour: str) -> Shape:
    """Light around a place, fading outwards; ``colour`` has no transparency of its own."""
    return [(oval(x, y, radius * share, radius * share), f"{colour}1c") for share in (1.0, 0.82, 0.64, 0.46, 0.3)]


def floor(chance: Random, colour: str, level: float, swell: float = 10) -> Shape:
    """The ground at the lower edge, up to a level that is not quite even."""
    xs = np.linspace(0, WIDE, 60)
    start, long = chance.uniform(0, 6), chance.uniform(120, 200)
    top = np.column_stack([xs, level + swell * np.sin(xs / long + start)])
    return [(np.concatenate([top, corners((WIDE, 0), (0, 0))]), colour)]


def coin(colour: str = "#e3c46a", clipped: float = 0) -> Shape:
    """A pebble as it is paid with, ``clipped`` by so much of its radius at one side."""
    edge = oval(0, 0, 0.5, 0.5) if not clipped else _clipped(0.5, clipped)
    face = oval(0, 0, 0.38, 0.38) if not clipped else _clipped(0.38, clipped)
    return [
        (edge, mix(colour, NIGHT, 0.35)),
        (face, colour),
        (oval(-0.1, 0.12, 0.12, 0.09), mix(colour, "#ffffff", 0.5)),
    ]


def _clipped(radius: float, share: float) -> Points:
    points = oval(0, 0, radius, radius)
    points[:, 0] = np.minimum(points[:, 0], radius * (1 - share))
    points[:, 1] = np.maximum(points[:, 1], -radius * (1 - share * 0.8))
    return points


def paper(colour: str = "#efe2c0") -> Shape:
    """A slip of bark with some lines of writing."""
    ink = mix(colour, "#3a2a1a", 0.6)
    lines = [(box(-0.28, y, 0.28 if y else 0.1, y + 0.05), ink) for y in (0.2, 0.05, -0.1)]
    return [(box(-0.4, -0.5, 0.4, 0.5), mix(colour, NIGHT, 0.25)), (box(-0.37, -0.46, 0.37, 0.48), colour), *lines]


def plank(left: float, low: float, right: float, high: float, colour: str) -> Shape:
    """A board with its grain, along its longer side."""
    dark, light = mix(colour, NIGHT, 0.3), mix(colour, "#ffffff", 0.14)
    shape: Shape = [(box(left, low, right, high), colour)]
    for share in (0.3, 0.66):
        if right - left >= high - low:
            y = low + (high - low) * share
            shape.append((box(left + 8, y, right - 20, y + 4), dark))
        else:
            x = left + (right - left) * share
            shape.append((box(x, low + 8, x + 4, high - 20), dark))
    return [*shape, (box(left, high - 5, right, high), light)]


def barrel_log(left: float, right: float, low: float, high: float, bark: str = "#6d4428") -> Shape:
    """A log that lies on its side, its cut face at the left."""
    middle, tall = (low + high) / 2, (high - low) / 2
    wide = tall * 0.55
    body = np.concatenate([oval(right, middle, wide, tall, -90, 90), oval(left, middle, wide, tall, 90, 270)])
    shape: Shape = [(body, bark)]
    for share, colour in (
        (0.62, mix(bark, "#ffffff", 0.14)),
        (0.2, mix(bark, NIGHT, 0.25)),
        (-0.45, mix(bark, NIGHT, 0.4)),
    ):
        y = middle + tall * share
        shape.append((box(left + wide, y, right + wide * 0.4, y + tall * 0.09), colour))
    return [*shape, (oval(left, middle, wide, tall), "#e2b27a")]


def pile(chance: Random, thing: Shape, x: float, y: float, size: float, rows: int, tilt: float = 10) -> Shape:
    """A pyramid of one thing that stands at a place, ``rows`` high, the lowest row in front."""
    found: Shape = []
    for row in reversed(range(rows)):
        for at in range(rows - row):
            right = (at - (rows - row - 1) / 2) * size * 0.86
            up = row * size * 0.66 + size * 0.45
            found += placed(thing, x + right, y + up, size, chance.uniform(-tilt, tilt))
    return found


def mirrored(shape: Shape, x: float, y: float, size: float) -> Shape:
    """A shape at a place, looking to the other side."""
    return [(points * (-size, size) + (x, y), colour) for points, colour in shape]


def silvered(shape: Shape) -> Shape:
    """A shape as if it were of silver: as light as it was, without its colours."""

    def grey(colour: str) -> str:
        light = sum(int(colour[at : at + 2], 16) * share for at, share in ((1, 0.3), (3, 0.6), (5, 0.1))) / 255
        return mix("#3f4f6c", "#f6faff", light)

    return [(points, grey(colour)) for points, colour in shape]


def scattered(
    chance: Random, thing: Shape, many: int, edges: tuple[float, float, float, float], sizes: tuple[float, float]
) -> Shape:
    """One thing many times between edges (left, low, right, high), turned any way."""
    left, low, right, high = edges
    found: Shape = []
    for _ in range(many):
        at = chance.uniform(left, right), chance.uniform(low, high)
        found += placed(thing, *at, chance.uniform(*sizes), chance.uniform(0, 360))
    return found


def flakes(chance: Random, many: int, colour: str, most: float = 7) -> Shape:
    """Snow or dust in the air."""
    return [
        (oval(chance.uniform(0, WIDE), chance.uniform(0, HIGH), size, size), colour)
        for size in (chance.uniform(1.5, most) for _ in range(many))
    ]


def away(one: tuple[float, float], other: tuple[float, float], share: float) -> tuple[float, float]:
    """A point on the way from one to the other."""
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def crack(chance: Random, start: tuple[float, float], end: tuple[float, float], wide: float) -> Points:
    """A jagged line that narrows to a point."""
    long = hypot(end[0] - start[0], end[1] - start[1])
    points = [start]
    for at in range(1, 7):
        x, y = away(start, end, at / 7)
        points.append((x + chance.uniform(-1, 1) * long * 0.05, y + chance.uniform(-1, 1) * long * 0.02))
    return stroke([*points, end], wide, wide * 0.15)
