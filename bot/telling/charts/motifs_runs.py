"""Motifs of banks that fail: Oona's hoard, a burrow, two nests, and the evening of the crickets."""

import itertools
from random import Random

import numpy as np

from bot.telling.charts import beasts, shapes, sketch
from bot.telling.charts.scenery import Country
from bot.telling.charts.shapes import Shape, corners, mix, oval, placed
from bot.telling.charts.sketch import MIDDLE, NIGHT, WIDE, arc, box, stroke


def oonas_hoard(chance: Random, land: Country) -> Shape:
    """Oona in the window of her oak, her jars about her, and the queue twice around the trunk."""
    bark, dark = "#5a3d28", mix(land.ground, NIGHT, 0.7)
    found = sketch.floor(chance, mix(land.ground, NIGHT, 0.4), 360)
    for x, y, size in ((120, 1060, 210), (330, 1120, 240), (560, 1150, 260), (800, 1110, 240), (980, 1050, 210)):
        found += [
            (oval(x, y, size, size * 0.62), mix("#3f5a2c", NIGHT, 0.25)),
            (oval(x - 30, y + 30, size * 0.7, size * 0.4), "#47682f"),
        ]
    trunk = corners((110, 150), (250, 330), (310, 620), (290, 1150), (790, 1150), (770, 620), (830, 330), (970, 150))
    found.append((trunk, bark))
    for x, low, high in (
        (340, 330, 620),
        (380, 900, 1120),
        (745, 360, 560),
        (700, 900, 1110),
        (420, 240, 420),
        (660, 230, 400),
    ):
        found.append((stroke([(x, low), (x + 10, (low + high) / 2), (x - 4, high)], 12, 4), mix(bark, NIGHT, 0.35)))
    found += [
        (oval(MIDDLE, 700, 216, 226), mix(bark, NIGHT, 0.45)),
        (oval(MIDDLE, 700, 192, 202), "#f0b94a"),
        *sketch.glow(MIDDLE, 720, 190, "#fff0b0"),
    ]
    for x in (388, 692):
        found += [
            *placed(shapes.honey(), x, 690, 92),
            *placed(shapes.honey(), x + (12 if x < MIDDLE else -12), 780, 74),
        ]
    found += placed(beasts.owl(), MIDDLE, 560, 330)
    found += sketch.plank(320, 520, 760, 572, "#8a5f38")
    for x in (372, 450, 630, 708):
        found += placed(shapes.honey(), x, 606, 92)
    found += sketch.glow(MIDDLE, 330, 420, "#ffcf6a")
    for level, many, wide in ((330, 9, 430), (150, 10, 520)):
        path = oval(MIDDLE, level, wide, 74, 180, 360)
        found.append((stroke(path, 58), mix(land.ground, "#d9b98a", 0.62)))
        for at in range(many):
            angle = np.radians(184 + 172 * at / (many - 1))
            x, y = MIDDLE + wide * np.cos(angle), level + 74 * np.sin(angle)
            found += placed(shapes.walker(dark), x, y - 6, chance.uniform(84, 116))
            if at % 3 == 1:
                found += [*sketch.glow(x + 40, y + 66, 46, "#ffd76a"), (oval(x + 40, y + 66, 9, 12), "#fff0b0")]
    return found


def overends_burrow(chance: Random, land: Country) -> Shape:
    """A burrow that falls in: the arch cracks, mushrooms tumble, and a small card hangs on the door."""
    earth, stone = "#5b3d2a", "#8d8478"
    found = sketch.floor(chance, mix(land.ground, NIGHT, 0.35), 260)
    mound = np.concatenate([oval(MIDDLE, 180, 560, 620, 0, 180), corners((-20, 0), (1100, 0))])
    found += [
        (mound, mix(land.ground, earth, 0.5)),
        (oval(MIDDLE - 60, 300, 400, 420, 20, 160), mix(land.ground, earth, 0.25)),
    ]
    dip = corners((430, 800), (520, 690), (620, 712), (700, 790), (640, 830), (500, 840))
    found.append((dip, land.light.low))
    for at in range(11):
        angle = np.radians(180 * at / 10)
        x, y = MIDDLE + 265 * np.cos(angle), 300 + 265 * np.sin(angle)
        if at not in (4, 7):
            found += placed(
                [(box(-0.5, -0.5, 0.5, 0.5), mix(stone, NIGHT, 0.1 * (at % 3)))],
                x,
                y,
                84,
                at * 18 + chance.uniform(-9, 9),
            )
    found += [(box(275, 120, 345, 300), stone), (box(735, 120, 805, 300), mix(stone, NIGHT, 0.2))]
    door = np.concatenate([oval(MIDDLE, 300, 212, 212, 0, 180), corners((328, 120), (752, 120))])
    found += [(door, "#2f5a4a")]
    found += [
        (box(x, 124, x + 7, 300 + 190 * (1 - abs(x - MIDDLE) / 260)), "#234538") for x in (400, 470, 540, 610, 680)
    ]
    found += [
        (oval(690, 290, 17, 17), "#d9b04a"),
        (stroke([(330, 240), (750, 420)], 46), "#7a4d2c"),
        (stroke([(330, 252), (750, 432)], 8), "#9c6a40"),
    ]
    found += [*placed(sketch.paper("#fffbe8"), MIDDLE - 70, 360, 120, 6), (oval(MIDDLE - 76, 412, 8, 8), "#c9263a")]
    for start, end in (((MIDDLE, 590), (500, 830)), ((430, 560), (300, 720)), ((690, 540), (820, 690))):
        found.append((sketch.crack(chance, start, end, 30), "#1d130c"))
    for x, y, size, turn in (
        (190, 760, 150, 70),
        (880, 730, 170, -60),
        (560, 930, 160, 150),
        (330, 900, 120, -110),
        (780, 900, 110, 30),
        (130, 560, 110, 200),
        (960, 520, 120, 100),
    ):
        found += placed(shapes.mushroom(), x, y, size, turn)
    clod: Shape = [(oval(0, 0, 0.5, 0.38), mix(earth, NIGHT, 0.2)), (oval(-0.08, 0.08, 0.3, 0.2), earth)]
    found += sketch.scattered(chance, clod, 16, (240, 620, 860, 1000), (20, 54))
    found += [
        (oval(x, y, wide, wide * 0.5), "#b9a58a50")
        for x, y, wide in ((300, 130, 190), (800, 120, 210), (MIDDLE, 90, 280))
    ]
    for x, size, somebody in zip(
        (110, 240, 850, 980), (220, 190, 200, 230), beasts.crowd(mix(land.ground, NIGHT, 0.8), 4), strict=True
    ):
        found += placed(somebody, x, -20, size)
    return found


def knickerbocker(chance: Random, land: Country) -> Shape:
    """The handsomest bank in the wood: marble columns under a nest, and a line that begins at the brook."""
    marble, shade = "#e9e4da", "#b8b2aa"
    found = sketch.floor(chance, mix(land.ground, NIGHT, 0.35), 330)
    found += [
        (box(210, 300, 870, 720), shade),
        (box(470, 300, 610, 610), "#2a2230"),
        (oval(MIDDLE, 610, 70, 60), "#2a2230"),
        *sketch.glow(MIDDLE, 500, 150, "#ffcf6a"),
    ]
    for x in (250, 380, 646, 776):
        found += [
            (box(x, 330, x + 64, 700), marble),
            (box(x + 44, 330, x + 64, 700), shade),
            (box(x - 12, 684, x + 76, 720), marble),
            (box(x - 12, 310, x + 76, 346), marble),
        ]
    found += [
        (box(180, 716, 900, 768), marble),
        (box(180, 716, 900, 728), shade),
        (corners((170, 768), (910, 768), (MIDDLE, 930)), marble),
    ]
    found += [(corners((270, 786), (810, 786), (MIDDLE, 900)), shade), *placed(shapes.berry(), MIDDLE, 824, 96)]
    for at in range(4):
        found.append(
            (box(170 - at * 34, 316 - at * 34, 910 + at * 34, 350 - at * 34), mix(marble, shade, 0.3 * (at % 2 + 0.4)))
        )
    found += _nest(chance, MIDDLE, 960, 240, "#7a5636")
    for side in (-1, 0, 1):
        found += placed(shapes.berry(), MIDDLE + side * 91, 1016 if side else 1034, 114)
    found += placed(beasts.magpie(), 250, 776, 210)
    found += sketch.mirrored(beasts.magpie(), 830, 776, 210)
    brook = stroke([(-20, 40), (200, 64), (420, 24), (700, 50), (1100, 10)], 70)
    way = stroke([(60, 70), (240, 128), (420, 150), (500, 190), (540, 300)], 70, 130)
    found += [
        (way, mix(land.ground, "#d9b98a", 0.62)),
        (brook, "#4f86a8"),
        (stroke([(60, 56), (200, 66), (330, 44)], 5), "#8fc0d8"),
    ]
    spots = [(70, 70, 124), (196, 108, 116), (318, 132, 108), (430, 156, 100), (510, 206, 92), (545, 264, 84)]
    for x, y, size in spots:
        found += placed(shapes.walker("#2a2230"), x, y, size)
    for x, y in ((760, 120), (850, 170), (930, 110), (820, 80), (680, 160)):
        found += placed(shapes.berry(), x, y, 78, chance.uniform(0, 360))
    return found


def whispering_nest(chance: Random, land: Country) -> Shape:
    """Finches on one hedge, each with its beak at the next one's ear; and what lay in the nest is flying off."""
    twig, leaf = "#5a402c", ("#5f8f43", "#47702f", "#7dab55")
    found: Shape = []
    for x, y, size in ((250, 980, 200), (560, 1060, 170), (860, 930, 210), (130, 760, 130)):
        found += placed(beasts.flying("#7c8fa8", "#3c4656"), x, y, size, 12)
        found += placed(shapes.acorn(), x + size * 0.1, y - size * 0.24, size * 0.5)
    found += sketch.floor(chance, mix(land.ground, NIGHT, 0.35), 240)
    found.append((stroke([(-20, 560), (250, 540), (560, 590), (800, 640), (1100, 700)], 46, 26), twig))
    found.append((stroke([(-20, 330), (300, 300), (700, 320), (1100, 290)], 40, 34), mix(twig, NIGHT, 0.15)))
    found += _nest(chance, 800, 614, 150, twig)
    found += [(oval(800, 672, 140, 34), "#21150e"), *placed(shapes.leaf("#d9b98a"), 790, 690, 50, 60)]
    dark = [shapes.leaf(mix(each, NIGHT, 0.25)) for each in leaf]
    for piece in dark:
        found += sketch.scattered(chance, piece, 34, (-20, -20, 1100, 270), (40, 84))
        found += sketch.scattered(chance, piece, 10, (-20, 540, 480, 600), (40, 84))
    for x in (70, 290, 510, 730, 950):
        found += placed(beasts.finch(), x, 318, 200)
    for x in (250, 470, 690, 910):
        found += [(arc(x - 30, 462, radius, -48, 48, 9), "#fff3cf") for radius in (30, 54, 78)]
    for each in leaf:
        found += sketch.scattered(chance, shapes.leaf(each), 17, (-20, -30, 1100, 190), (40, 90))
    return found


def _nest(chance: Random, x: float, y: float, half: float, twig: str) -> Shape:
    """A bowl of twigs about a place, so many pixels to either side at its rim."""
    found: Shape = []
    for at in range(56):
        up, wide = y + half * 0.4 * (at % 14 / 14 - 0.4), half * (0.72 + 0.28 * (at % 14) / 14)
        right = x + chance.uniform(-0.16, 0.16) * half
        bend = [
            (right - wide, up + chance.uniform(0, 30)),
            (right, up - 16),
            (right + wide, up + chance.uniform(0, 30)),
        ]
        found.append((stroke(bend, 13, 5), mix(twig, ("#c9a070", "#2a1a10")[at % 2], 0.35)))
    return found


def black_moonday(chance: Random, land: Country) -> Shape:
    """A red moon gone black, a line that falls down its face, and nothing in the reeds but crickets."""
    x, y, radius = MIDDLE, 720.0, 330.0
    found: Shape = [
        (oval(x, y, radius * share, radius * share), f"#d2303a{alpha}")
        for share, alpha in ((1.5, "18"), (1.34, "22"), (1.2, "38"), (1.1, "60"), (1.035, "c8"))
    ]
    found += [
        (oval(x, y, radius, radius), "#120a12"),
        (oval(x + 90, y + 110, 66, 56), "#1f121d"),
        (oval(x - 120, y - 60, 84, 70), "#1b101a"),
        (oval(x + 60, y - 150, 50, 40), "#1f121d"),
    ]
    line = [
        (60.0, 1010.0),
        (210.0, 940.0),
        (300.0, 985.0),
        (420.0, 830.0),
        (500.0, 880.0),
        (620.0, 610.0),
        (690.0, 660.0),
        (800.0, 400.0),
        (880.0, 430.0),
        (1010.0, 300.0),
    ]
    for start, end in itertools.pairwise(line):
        found.append((stroke([start, sketch.away(start, end, 0.5), end], 22), "#ff5a52"))
    found += [(oval(*point, 11, 11), "#ff5a52") for point in line]
    for at, (right, up) in enumerate(line[1::2]):
        found += placed(shapes.acorn(), right + 66, up + 76, 92 + 10 * at, -35 * at)
    found += sketch.floor(chance, mix(land.ground, NIGHT, 0.75), 230)
    for left in range(20, WIDE, 250):
        found += placed(shapes.cottage("#2a2028", "#1a1218", "#2a2028"), left + 90, 205, 118)
    reed = mix("#3a4a2a", NIGHT, 0.55)
    for at in range(34):
        foot = chance.uniform(0, 330) if at % 2 else chance.uniform(750, WIDE)
        high = chance.uniform(200, 480)
        found.append(
            (stroke([(foot, -10), (foot + 10, high * 0.5), (foot + chance.uniform(-70, 70), high)], 16, 3), reed)
        )
    for right, up, size, turn in ((150, 330, 170, 14), (60, 150, 150, -6), (270, 110, 190, 0), (480, 70, 170, 4)):
        found += placed(beasts.cricket(), right, up, size, turn)
    for right, up, size in ((930, 330, 170), (1010, 150, 150), (800, 110, 190)):
        found += sketch.mirrored(beasts.cricket("#6f8a3a"), right, up, size)
    return found
