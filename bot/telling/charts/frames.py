"""The frames of legends' cards, by how rare they are, and the back that all of them share."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from bot.telling.charts import shapes
from bot.telling.charts.shapes import Shape, corners, mix, oval, placed
from bot.telling.charts.sketch import NIGHT, arc, box, rounded, stroke
from wood.rules import Rarity

WIDE: Final = 1200
HIGH: Final = 1680


@dataclass(frozen=True, slots=True)
class Frame:
    """How a rarity looks.

    Attributes:
        wood: the colour of the frame.
        accent: that of its lines, gems and years.
        gems: how many of the four gems shine.
        corner: what sits in its corners.
    """

    wood: str
    accent: str
    gems: int
    corner: Shape


def _sprig(one: str, other: str) -> Shape:
    """Two leaves and a bud, grown from the corner to the upper right."""
    return [
        *placed(shapes.leaf(one), 0.32, 0.02, 0.62, -78),
        *placed(shapes.leaf(other), 0.02, 0.32, 0.62, -12),
        (oval(0.02, 0.02, 0.14, 0.14), mix(one, "#ffffff", 0.35)),
    ]


def _crystals(one: str, other: str) -> Shape:
    def gem(x: float, y: float, size: float, colour: str) -> Shape:
        whole = corners((x - size, y), (x, y + size * 1.4), (x + size, y), (x, y - size * 1.4))
        return [
            (whole, mix(colour, NIGHT, 0.3)),
            (corners((x - size, y), (x, y + size * 1.4), (x, y - size * 1.4)), colour),
        ]

    return [*gem(0.36, 0.0, 0.13, other), *gem(0.0, 0.36, 0.13, other), *gem(0.06, 0.06, 0.24, one)]


def _crown(leaf: str, nut: str) -> Shape:
    oak = shapes.leaf(leaf)
    fruit = shapes.tinted(shapes.acorn(), nut, 0.45)
    fan = [patch for turn in (-100, -66, -24, 10) for patch in placed(oak, 0.16, 0.16, 0.7, turn)]
    return [*fan, *placed(fruit, 0.14, 0.14, 0.62, 135)]


FRAMES: Final[Mapping[Rarity, Frame]] = {
    Rarity.COMMON: Frame(
        "#6a4c33", "#d8b48a", 1, [(oval(0, 0, 0.2, 0.2), "#3f2c1c"), (oval(-0.03, 0.04, 0.12, 0.12), "#a98a63")]
    ),
    Rarity.UNCOMMON: Frame("#3d6a44", "#a9e09a", 2, _sprig("#8fce7a", "#6fae5a")),
    Rarity.RARE: Frame("#34508c", "#a9ccff", 3, _crystals("#d6e8ff", "#8fb6f5")),
    Rarity.LEGENDARY: Frame("#8a6416", "#ffd95e", 4, _crown("#ffd95e", "#f7c52f")),
}


def framed(frame: Frame) -> Shape:
    """The card itself, which the scene is laid upon."""
    dark, light = mix(frame.wood, NIGHT, 0.45), mix(frame.wood, "#ffffff", 0.2)
    return [
        (rounded(8, 8, WIDE - 8, HIGH - 8, 60), dark),
        (rounded(18, 18, WIDE - 18, HIGH - 18, 52), light),
        (rounded(26, 26, WIDE - 26, HIGH - 26, 46), frame.wood),
    ]


def plaque(frame: Frame) -> Shape:
    """What lies over the scene: the inner edge, the ground of the title, ornaments and gems."""
    dark = mix(frame.wood, NIGHT, 0.72)
    found: Shape = []
    found += _edge(44, 6, frame.accent)
    if frame.gems > 2:
        found += _edge(60, 3, mix(frame.accent, frame.wood, 0.3))
    found += [
        (rounded(60, 60, WIDE - 60, 412, 26), mix(frame.wood, NIGHT, 0.3)),
        (rounded(68, 68, WIDE - 68, 404, 22), dark),
    ]
    found += [(box(60, 412, WIDE - 60, 424), mix(frame.wood, NIGHT, 0.4)), (box(60, 418, WIDE - 60, 424), frame.accent)]
    if frame.gems == 4:
        found += _vines(frame.accent)
    for right, up, turn in ((58, 58, 0), (WIDE - 58, 58, 90), (WIDE - 58, HIGH - 58, 180), (58, HIGH - 58, 270)):
        found += placed(frame.corner, right, up, 130, turn)
    for at in range(4):
        x = WIDE / 2 + (at - 1.5) * 74
        lit = at < frame.gems
        found += _gem(x, 418, 30, frame.accent if lit else mix(frame.wood, NIGHT, 0.55))
    return found


def _edge(inset: float, wide: float, colour: str) -> Shape:
    right, high = WIDE - inset, HIGH - inset
    return [
        (box(inset, inset, right, inset + wide), colour),
        (box(inset, high - wide, right, high), colour),
        (box(inset, inset, inset + wide, high), colour),
        (box(right - wide, inset, right, high), colour),
    ]


def _gem(x: float, y: float, size: float, colour: str) -> Shape:
    return [
        (corners((x - size, y), (x, y + size), (x + size, y), (x, y - size)), mix(colour, NIGHT, 0.5)),
        (corners((x - size + 6, y), (x, y + size - 6), (x + size - 6, y), (x, y - size + 6)), colour),
        (corners((x - size + 6, y), (x, y + size - 6), (x, y)), mix(colour, "#ffffff", 0.4)),
    ]


def _vines(colour: str) -> Shape:
    found: Shape = []
    for side in (0, 1):
        x = WIDE - 50 if side else 50
        for at in range(11):
            y = 520 + at * 96
            found += placed(shapes.leaf(mix(colour, "#8a6416", 0.35 * (at % 2))), x, y, 64, (35 if at % 2 else -35))
    return found


def back() -> Shape:
    """The back of every card: the rings of a felled tree among leaves."""
    wood, line, middle = "#2f3a30", "#6f8a5c", HIGH / 2
    chance = Random("back")
    found = framed(Frame(wood, line, 0, []))
    found += _edge(60, 5, line) + _edge(80, 2, line)
    for at in range(9):
        radius = 440 - at * 48
        found.append((oval(WIDE / 2, middle, radius, radius * 0.98), ("#8a6a45", "#6d5234")[at % 2]))
    found.append((oval(WIDE / 2, middle, 30, 30), "#3f2f1e"))
    found.append(
        (
            stroke([(WIDE / 2, middle), (WIDE / 2 + 200, middle + 130), (WIDE / 2 + 400, middle + 180)], 10, 24),
            "#3f2f1e",
        )
    )
    for turn in range(24):
        ring = placed(shapes.leaf(mix(line, NIGHT, 0.25 * (turn % 2))), 0, 490, 130, chance.uniform(-20, 20))
        found += placed(ring, WIDE / 2, middle, 1, turn * 15)
    for x, y, turn in ((130, 130, -45), (WIDE - 130, 130, 45), (130, HIGH - 130, 225), (WIDE - 130, HIGH - 130, 135)):
        found += [*placed(shapes.leaf(line), x, y, 120, turn), (arc(x, y, 84, 0, 360, 4), line)]
    return found
