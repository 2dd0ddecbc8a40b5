"""Flat shapes of the wood as polygons: the goods, trees, houses and small things that banners are set from.

A shape is a list of patches, back to front; a patch is an array of points, shape (n, 2), around the origin in units of
the shape's height, y upwards, with its colour.
"""

from collections.abc import Callable, Mapping, Sequence
from math import cos, radians, sin
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from wood.names import Good

Points: TypeAlias = NDArray[np.float64]
Patch: TypeAlias = tuple[Points, str]
Shape: TypeAlias = list[Patch]


def mix(one: str, other: str, share: float) -> str:
    """A colour between two ``#rrggbb``, ``share`` (0 to 1) of the way to the other."""
    channels = (
        round(int(one[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share) for at in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def placed(shape: Shape, x: float, y: float, size: float, turn: float = 0.0) -> Shape:
    """A shape at a place, ``size`` pixels high, turned by so many degrees to the left."""
    c, s = cos(radians(turn)), sin(radians(turn))
    matrix = np.array([[c, s], [-s, c]])
    return [(points @ matrix * size + (x, y), colour) for points, colour in shape]


def tinted(shape: Shape, colour: str, share: float) -> Shape:
    """A shape seen through air: every colour moved towards another."""
    return [(points, mix(own, colour, share)) for points, own in shape]


def oval(x: float, y: float, wide: float, high: float, start: float = 0, end: float = 360) -> Points:
    """An ellipse with these half axes, or a part of one between two angles in degrees."""
    angle = np.radians(np.linspace(start, end, 40))
    return np.column_stack([x + wide * np.cos(angle), y + high * np.sin(angle)])


def corners(*points: tuple[float, float]) -> Points:
    """A polygon through these corners."""
    return np.array(points, dtype=np.float64)


def crescent(radius: float) -> Points:
    """A waning moon of this radius."""
    outer = oval(0, 0, radius, radius, 50, 310)
    inner = oval(0.42 * radius, 0, 0.8 * radius, 0.8 * radius, 296, 64)
    return np.concatenate([outer, inner])


# Goods


def acorn() -> Shape:
    """A nut in its cap."""
    nut = np.concatenate([oval(0, 0.05, 0.32, 0.48, 180, 360), corners((0.32, 0.12), (-0.32, 0.12))])
    return [
        (nut, "#c98a3d"),
        (np.concatenate([oval(0.08, 0.02, 0.14, 0.36, 200, 350), corners((0.2, 0.1), (-0.04, 0.1))]), "#e0a95a"),
        (corners((-0.04, 0.36), (0.05, 0.36), (0.1, 0.52), (0.02, 0.52)), "#5a3a1e"),
        (np.concatenate([oval(0, 0.1, 0.4, 0.32, 0, 180), corners((-0.4, 0.04), (0.4, 0.04))]), "#7d5228"),
        (oval(-0.1, 0.22, 0.14, 0.08), "#98673a"),
    ]


def berry() -> Shape:
    """Three berries under a leaf."""
    shape: Shape = [(oval(0.16, 0.36, 0.24, 0.1), "#6fae5a"), (oval(-0.14, 0.34, 0.2, 0.09), "#568f47")]
    for x, y in ((-0.24, 0.06), (0.24, 0.08), (0.0, -0.22)):
        shape += [
            (oval(x, y, 0.25, 0.25), "#5b6ee0"),
            (oval(x - 0.03, y + 0.03, 0.19, 0.19), "#7487f2"),
            (oval(x - 0.09, y + 0.1, 0.06, 0.05), "#c9d2ff"),
        ]
    return shape


def mushroom() -> Shape:
    """A cap with spots on a stout foot."""
    foot = corners((-0.13, 0.05), (0.13, 0.05), (0.19, -0.42), (0.1, -0.48), (-0.1, -0.48), (-0.19, -0.42))
    cap = np.concatenate([oval(0, 0.02, 0.5, 0.46, 0, 180), oval(0, 0.02, 0.5, 0.12, 180, 360)])
    return [
        (foot, "#f2e3d0"),
        (corners((0.02, 0.05), (0.13, 0.05), (0.19, -0.42), (0.1, -0.48), (0.04, -0.48)), "#d9c3ac"),
        (cap, "#c8506e"),
        (oval(0, -0.01, 0.42, 0.08), "#8f3450"),
        (oval(-0.2, 0.2, 0.1, 0.08), "#fbe9e4"),
        (oval(0.14, 0.3, 0.09, 0.07), "#fbe9e4"),
        (oval(0.3, 0.12, 0.06, 0.05), "#fbe9e4"),
    ]


def honey() -> Shape:
    """A pot that runs over."""
    return [
        (oval(0, -0.12, 0.42, 0.38), "#b9642a"),
        (oval(-0.08, -0.08, 0.28, 0.28), "#cd7a3a"),
        (corners((-0.3, 0.2), (0.3, 0.2), (0.34, 0.34), (-0.34, 0.34)), "#e2a05a"),
        (oval(0, 0.34, 0.34, 0.09), "#f7cf3a"),
        (oval(-0.16, 0.06, 0.09, 0.2), "#f7cf3a"),
        (oval(0.02, 0.14, 0.08, 0.14), "#f7cf3a"),
        (oval(0.2, 0.0, 0.1, 0.26), "#f7cf3a"),
        (corners((-0.3, 0.3), (0.32, 0.3), (0.3, 0.2), (-0.26, 0.2)), "#f7cf3a"),
        (oval(-0.17, 0.04, 0.03, 0.08), "#fff0a8"),
    ]


def log() -> Shape:
    """A cut log with its rings."""
    body = np.concatenate([oval(0.42, 0, 0.12, 0.25, -90, 90), oval(-0.42, 0, 0.12, 0.25, 90, 270)])
    return [
        (body, "#8a4f2a"),
        (corners((-0.3, 0.12), (0.34, 0.12), (0.34, 0.17), (-0.3, 0.17)), "#a8683c"),
        (corners((-0.16, -0.06), (0.4, -0.06), (0.4, -0.11), (-0.16, -0.11)), "#6d3c1f"),
        (oval(-0.42, 0, 0.14, 0.25), "#f0c48a"),
        (oval(-0.42, 0, 0.1, 0.18), "#d99e62"),
        (oval(-0.42, 0, 0.065, 0.115), "#f0c48a"),
        (oval(-0.42, 0, 0.03, 0.05), "#b97a44"),
    ]


GOODS: Final[Mapping[Good, Callable[[], Shape]]] = {
    Good.ACORNS: acorn,
    Good.BERRIES: berry,
    Good.MUSHROOMS: mushroom,
    Good.HONEY: honey,
    Good.FIREWOOD: log,
}


# Trees and houses stand on the origin


def fir(colour: str, snow: bool = False) -> Shape:
    """A fir of four tiers."""
    shape: Shape = [(corners((-0.04, 0), (0.04, 0), (0.04, 0.2), (-0.04, 0.2)), mix(colour, "#1a1210", 0.6))]
    for low, wide, high in ((0.12, 0.28, 0.34), (0.3, 0.23, 0.32), (0.48, 0.18, 0.3), (0.66, 0.12, 0.34)):
        shape.append((corners((-wide, low), (wide, low), (0, low + high)), colour))
        shape.append((corners((0, low), (wide, low), (0, low + high)), mix(colour, "#101018", 0.18)))
        if snow:
            tip, side = low + high, wide * 0.5
            shape.append((corners((-side, low + high * 0.5), (0, tip), (side * 0.4, low + high * 0.62)), "#f4f8fc"))
    return shape


def oak(colour: str) -> Shape:
    """A round tree in leaf."""
    dark, light = mix(colour, "#101018", 0.2), mix(colour, "#ffffff", 0.14)
    return [
        (corners((-0.06, 0), (0.06, 0), (0.04, 0.5), (-0.04, 0.5)), mix(colour, "#24160e", 0.75)),
        (oval(0.17, 0.56, 0.24, 0.22), dark),
        (oval(-0.18, 0.56, 0.24, 0.22), colour),
        (oval(0.02, 0.74, 0.27, 0.25), colour),
        (oval(-0.07, 0.8, 0.15, 0.13), light),
    ]


def bare(colour: str) -> Shape:
    """A tree without leaves."""
    shape: Shape = [(corners((-0.055, 0), (0.055, 0), (0.015, 0.92), (-0.01, 0.92)), colour)]
    for low, reach, high in ((0.3, 0.3, 0.3), (0.42, -0.32, 0.32), (0.58, 0.22, 0.28), (0.66, -0.2, 0.24)):
        shape.append((corners((0, low), (0, low + 0.06), (reach, low + high)), colour))
        middle = (reach * 0.55, low + high * 0.55)
        shape.append((corners(middle, (middle[0], middle[1] + 0.03), (reach * 0.5, low + high * 1.05)), colour))
    return shape


def cottage(wall: str, roof: str, light: str) -> Shape:
    """A house with a lit window and smoke."""
    smoke = mix(roof, "#ffffff", 0.55)
    return [
        *((oval(0.24 + 0.05 * at, 0.98 + 0.15 * at, 0.05 + 0.02 * at, 0.06 + 0.015 * at), smoke) for at in range(4)),
        (corners((0.18, 0.6), (0.3, 0.6), (0.3, 0.92), (0.18, 0.92)), mix(roof, "#000000", 0.25)),
        (corners((-0.42, 0), (0.42, 0), (0.42, 0.46), (-0.42, 0.46)), wall),
        (corners((-0.54, 0.42), (0.54, 0.42), (0, 0.96)), roof),
        (corners((-0.28, 0.12), (-0.06, 0.12), (-0.06, 0.34), (-0.28, 0.34)), light),
        (corners((0.1, 0), (0.28, 0), (0.28, 0.32), (0.1, 0.32)), mix(wall, "#1a100a", 0.55)),
    ]


def walker(colour: str) -> Shape:
    """Somebody small on the way, with ears and a tail."""
    return [
        (corners((-0.5, 0.2), (-0.3, 0.12), (-0.22, 0.2), (-0.44, 0.34)), colour),
        (oval(0, 0.3, 0.34, 0.26), colour),
        (oval(0.34, 0.55, 0.2, 0.19), colour),
        (corners((0.44, 0.62), (0.62, 0.5), (0.44, 0.44)), colour),
        (oval(0.24, 0.78, 0.07, 0.14), colour),
        (oval(0.42, 0.78, 0.06, 0.13), colour),
        (corners((-0.2, 0), (-0.1, 0), (-0.06, 0.2), (-0.2, 0.2)), colour),
        (corners((0.14, 0), (0.24, 0), (0.24, 0.2), (0.1, 0.2)), colour),
    ]


def fence(colour: str, posts: int) -> Shape:
    """A fence of so many posts, to the right of the origin."""
    wide = posts * 0.5
    rails: Shape = [
        (corners((-0.1, low), (wide - 0.2, low), (wide - 0.2, low + 0.1), (-0.1, low + 0.1)), colour)
        for low in (0.3, 0.62)
    ]
    return rails + [
        (corners((x, 0), (x + 0.16, 0), (x + 0.16, 0.9), (x + 0.08, 1.02), (x, 0.9)), colour)
        for x in (0.5 * at for at in range(posts))
    ]


# What flies


def bird(colour: str) -> Shape:
    """A bird on the wing, far away."""
    left = corners((0, 0), (-0.3, 0.3), (-0.7, 0.26), (-0.32, 0.42), (0, 0.14))
    return [(left, colour), (left * (-1, 1), colour)]


def leaf(colour: str) -> Shape:
    """A leaf with its rib."""
    blade = np.concatenate([oval(-0.28, 0, 0.58, 0.5, -58, 58), oval(0.28, 0, 0.58, 0.5, 122, 238)])
    return [(blade, colour), (corners((-0.03, -0.62), (0.03, -0.62), (0.0, 0.34)), mix(colour, "#000000", 0.3))]


def pebble(colour: str) -> Shape:
    """A coin of the wood."""
    return [(oval(0, 0, 0.5, 0.4), mix(colour, "#000000", 0.3)), (oval(-0.03, 0.04, 0.43, 0.33), colour)]


def heap(rows: int) -> Sequence[tuple[float, float]]:
    """Places of a pyramid of things of height 1 that stand on the origin, back row last."""
    return [(at - (rows - row - 1) / 2, 0.45 + row * 0.72) for row in range(rows) for at in range(rows - row)]
