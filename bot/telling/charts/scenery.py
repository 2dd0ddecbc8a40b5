"""The country that a banner shows: its light, its hills with their trees, and what a legend's parts put into it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sin
from random import Random
from typing import Final

import numpy as np

from bot.telling.charts import shapes
from bot.telling.charts.shapes import Points, Shape, mix, placed, tinted
from wood.names import Season
from wood.rules import ShockKind


@dataclass(frozen=True, slots=True)
class Light:
    """The hour of a picture: the sky from its top to the horizon, what shines, and whether that is the moon."""

    top: str
    middle: str
    low: str
    shine: str
    moon: bool = False


LIGHTS: Final = (
    Light("#0b1030", "#232f63", "#5a6aa0", "#f6efd5", moon=True),
    Light("#2a1b4d", "#8a3f78", "#f2936b", "#ffe0a6"),
    Light("#33539a", "#a9b3d8", "#fbd3b4", "#fff4d8"),
    Light("#062632", "#12514f", "#4f9f86", "#eaf7df", moon=True),
    Light("#7a2f24", "#dd7a3c", "#fbd27a", "#fff6d6"),
    Light("#2f7fb5", "#86c3da", "#e3f2ea", "#fff6c4"),
    Light("#1f1536", "#4a2d63", "#a25a86", "#fbe3ea", moon=True),
    Light("#3d4f5c", "#8a9a9a", "#e6d3ac", "#fff1cc"),
)
_GROUND: Final[Mapping[Season, str]] = {
    Season.AUTUMN: "#4a2a1a",
    Season.WINTER: "#55708f",
    Season.SPRING: "#24502f",
    Season.SUMMER: "#3a5422",
}
_LEAVES: Final[Mapping[Season, tuple[str, ...]]] = {
    Season.AUTUMN: ("#d9772b", "#b8452b", "#e6ac3d", "#8f5a2a"),
    Season.WINTER: ("#3f6276", "#4b7386"),
    Season.SPRING: ("#8cc566", "#f0b3c4", "#6fae5a", "#fbe0e6"),
    Season.SUMMER: ("#4c8a3f", "#6ba24a", "#3b7350"),
}
_FIRS: Final[Mapping[Season, str]] = {
    Season.AUTUMN: "#2f4a35",
    Season.WINTER: "#33566a",
    Season.SPRING: "#2c6142",
    Season.SUMMER: "#26583a",
}


@dataclass(frozen=True, slots=True)
class Hill:
    """One range of hills: the y of its top edge for an x in pixels, its colour, and how much air lies before it."""

    top: Callable[[float], float]
    colour: str
    air: float

    def outline(self, width: int) -> Points:
        """The polygon of the hill down to the lower edge."""
        xs = np.linspace(0, width, 160)
        ys = [self.top(float(x)) for x in xs]
        return np.concatenate([np.column_stack([xs, ys]), shapes.corners((width, 0), (0, 0))])


@dataclass(frozen=True, slots=True)
class Country:
    """A picture's season and light, and its hills from the farthest to the one that bears the title."""

    season: Season
    light: Light
    hills: tuple[Hill, ...]

    @property
    def ground(self) -> str:
        """The colour of the near ground."""
        return _GROUND[self.season]


def country(chance: Random, season: Season, light: Light, height: int) -> Country:
    """Raise the hills: three ranges that fade into the sky, and a dark bank before them."""
    ground = _GROUND[season]
    hills = []
    for share, air, swell in ((0.52, 0.68, 0.085), (0.42, 0.42, 0.07), (0.33, 0.14, 0.045)):
        colour = mix(mix(ground, light.low, air), light.middle, air * 0.3)
        hills.append(Hill(_swell(chance, share * height, swell * height), colour, air))
    hills.append(Hill(_swell(chance, 0.245 * height, 0.012 * height), mix(ground, "#07080c", 0.72), 0))
    return Country(season, light, tuple(hills))


def _swell(chance: Random, level: float, swell: float) -> Callable[[float], float]:
    waves = [
        (chance.uniform(160, 300), chance.uniform(0, 6.3), 1.0),
        (chance.uniform(60, 110), chance.uniform(0, 6.3), 0.3),
    ]
    return lambda x: level + swell * sum(high * sin(x / long + start) for long, start, high in waves)


def trees(chance: Random, land: Country, hill: Hill, width: int, *, many: int, size: float, withered: bool) -> Shape:
    """A wood in loose groups along the top of a hill."""
    found: list[tuple[float, Shape]] = []
    groups = [chance.uniform(0, width) for _ in range(max(2, many // 5))]
    for _ in range(many):
        x = chance.choice(groups) + chance.gauss(0, 60)
        high = size * chance.uniform(0.65, 1.2)
        tree = tinted(_tree(chance, land.season, withered=withered), hill.colour, 0.25 + hill.air * 0.75)
        found.append((high, placed(tree, x, hill.top(x) - 4, high)))
    return [patch for _, tree in sorted(found, key=lambda each: each[0]) for patch in tree]


def _tree(chance: Random, season: Season, *, withered: bool) -> Shape:
    lot = chance.random()
    if withered and lot < 0.7:
        return shapes.bare("#3a2c26")
    if lot < 0.5 or (season is Season.WINTER and lot < 0.75):
        return shapes.fir(_FIRS[season], snow=season is Season.WINTER)
    if season is Season.WINTER:
        return shapes.bare("#3c3a44")
    return shapes.oak(chance.choice(_LEAVES[season]))


def furnish(chance: Random, land: Country, kinds: Sequence[ShockKind], width: int, height: int) -> Shape:
    """What a legend's parts put into the air: money pebbles, credit paper leaves, a rumor birds."""
    found: Shape = []
    if ShockKind.RUMOR in kinds:
        colour = mix(land.light.top, "#07080c", 0.5)
        for _ in range(9):
            at = chance.gauss(0.4, 0.13) * width, chance.uniform(0.68, 0.93) * height
            found += placed(shapes.bird(colour), *at, chance.uniform(16, 30), chance.uniform(-15, 15))
    for kind, thing in ((ShockKind.MONEY, shapes.pebble("#d8dde6")), (ShockKind.CREDIT, shapes.leaf("#f3ead0"))):
        for _ in range(14 if kind in kinds else 0):
            at = chance.uniform(0.05, 0.95) * width, chance.uniform(0.5, 0.95) * height
            piece = tinted(thing, land.light.middle, 0.15)
            found += placed(piece, *at, chance.uniform(14, 26), chance.uniform(0, 360))
    return found


_ROOMS: Final[Mapping[ShockKind, int]] = {
    ShockKind.DEMAND: 290,
    ShockKind.RUN: 330,
    ShockKind.CORNER: 170,
    ShockKind.RULE: 190,
}
"""What stands on the ground, in this order from the left, and the pixels that it takes."""


def settle(chance: Random, land: Country, kinds: Sequence[ShockKind], good: Shape, width: int) -> Shape:
    """What a legend's parts put on the nearest hill, side by side.

    Demand builds houses with fires, a run sends a queue over the hill, a corner heaps the good up, a rule fences it in.
    """
    near, dark = land.hills[2], mix(land.ground, "#07080c", 0.6)
    wanted = [kind for kind in _ROOMS if kind in kinds]
    spare = width * 0.92 - sum(_ROOMS[kind] for kind in wanted)
    found: Shape = []
    left = 40.0
    for kind in wanted:
        left += spare / (len(wanted) + 1) * chance.uniform(0.1, 0.8)
        if kind is ShockKind.DEMAND:
            house = shapes.cottage(mix("#8a6a4a", dark, 0.45), mix("#5a2f26", dark, 0.35), "#ffd76a")
            for x in (left + 45, left + 140, left + 235):
                found += placed(house, x, near.top(x) - 8, chance.uniform(58, 72))
        elif kind is ShockKind.RUN:
            for at in range(6):
                x = left + 30 + at * 52 + chance.uniform(-8, 8)
                found += placed(shapes.walker(dark), x, near.top(x) - 3, chance.uniform(26, 40))
        elif kind is ShockKind.CORNER:
            x = left + 80
            for right, up in shapes.heap(3):
                found += placed(good, x + 46 * right, near.top(x) - 12 + 46 * up, 54)
        else:
            found += placed(shapes.fence(dark, 8), left, near.top(left + 90) - 14, 46)
        left += _ROOMS[kind]
    return found
