"""Motifs of promises: a mania, a company, a bank of paper, a railway, and money that is clipped."""

from random import Random

import numpy as np

from bot.telling.charts import beasts, shapes, sketch
from bot.telling.charts.scenery import Country
from bot.telling.charts.shapes import Shape, corners, mix, oval, placed
from bot.telling.charts.sketch import MIDDLE, NIGHT, arc, box, stroke


def striped_acorn() -> Shape:
    """The acorn of the mania, with a red stripe down its side."""
    nut = np.concatenate([oval(0, 0.06, 0.37, 0.5, 180, 262), corners((0, -0.5)), oval(0, 0.06, 0.37, 0.5, 278, 360)])
    stripe = [(0.17, 0.14), (0.19, -0.06), (0.15, -0.26), (0.06, -0.42)]
    return [
        (nut, "#c98a3d"),
        (stroke([(-0.2, 0.1), (-0.23, -0.08), (-0.16, -0.28)], 0.1, 0.02), "#e6b26a"),
        (stroke(stripe, 0.17, 0.03), "#c9263a"),
        (stroke([(x + 0.02, y) for x, y in stripe], 0.045, 0.01), "#ef6a72"),
        *shapes.acorn()[2:],
    ]


def acorn_mania(chance: Random, land: Country) -> Shape:
    """A striped acorn as high as a house, on the stump where it is sold, and everybody before it."""
    wood, dark = "#6a4730", "#17121f"
    found = [*sketch.rays(MIDDLE, 640, 900, "#ffd76a20"), *sketch.glow(MIDDLE, 640, 480, "#ffd76a")]
    found += sketch.floor(chance, mix(land.ground, NIGHT, 0.3), 260)
    sides = corners((300, 120), (780, 120), (735, 340), (345, 340))
    found += [(sides, mix(wood, NIGHT, 0.25)), (corners((300, 120), (380, 120), (390, 340), (345, 340)), wood)]
    found += [(oval(MIDDLE, 342, 198, 46), wood), (oval(MIDDLE, 344, 176, 38), "#d8a86c")]
    found += [
        (oval(MIDDLE, 344, wide, high), colour) for wide, high, colour in ((120, 26, "#b98650"), (96, 20, "#d8a86c"))
    ]
    found += placed(striped_acorn(), MIDDLE, 640, 660, -4)
    slips = (
        (150, 760, 96, 22),
        (930, 840, 104, -18),
        (210, 1010, 84, -30),
        (860, 1050, 76, 14),
        (90, 560, 70, 40),
        (1000, 600, 84, 30),
    )
    for x, y, size, turn in slips:
        found += placed(sketch.paper("#d9b98a"), x, y, size, turn)
    for at, somebody in enumerate(beasts.crowd(dark, 8)):
        found += placed(somebody, 40 + at * 144 + chance.uniform(-14, 14), -40, chance.uniform(190, 260))
    return found


def hollow_log(chance: Random, land: Country) -> Shape:
    """The company's hall: a hollow log full of lent pebbles, and the ship on the pond that never brought a cargo."""
    found: Shape = [(oval(230, 545, 330, 90), "#3f6f8e"), (oval(230, 552, 300, 74), "#5d93b0")]
    found += [
        (stroke([(60 + at * 90, 520 + at % 2 * 30), (150 + at * 90, 522 + at % 2 * 30)], 5), "#8fc0d8")
        for at in range(4)
    ]
    hull = corners((120, 590), (330, 590), (290, 545), (160, 545))
    found += [(box(218, 590, 228, 800), "#4a3020"), (hull, "#6d4428")]
    found += placed(shapes.leaf("#f0d9a0"), 280, 700, 150, -20)
    found += placed(shapes.leaf("#d9b070"), 168, 680, 110, 24)
    found += sketch.floor(chance, mix(land.ground, NIGHT, 0.25), 330)
    found += sketch.barrel_log(410, 1120, 150, 640)
    for x, wide in ((560, 90), (740, 130), (930, 80)):
        found += [(oval(x, 636, wide, 26), "#5f8a3a"), (oval(x - 14, 644, wide * 0.6, 16), "#7dab4e")]
    found += [(oval(410, 395, 112, 206), "#3a2416"), (oval(418, 385, 96, 184), "#1c110a")]
    found += sketch.glow(420, 330, 150, "#ffc94a")
    gold = sketch.coin("#f2c94c")
    found += sketch.pile(chance, gold, 415, 196, 62, 4, 30)
    found += [
        (stroke([(470, 560), (420, 470)], 6), "#8a6a3a"),
        *sketch.glow(420, 455, 80, "#ffe9a0"),
        (oval(420, 455, 22, 28), "#ffe9a0"),
    ]
    found += placed(beasts.squirrel(), 760, 622, 300)
    found += placed(sketch.paper(), 690, 740, 130, 8)
    for x, y, size in ((300, 150, 66), (240, 110, 74), (360, 96, 70), (150, 70, 62), (470, 70, 76), (600, 90, 58)):
        found += placed(gold, x, y, size)
    return found


def paper_leaf(chance: Random, land: Country) -> Shape:
    """The press in the jay's cellar, which prints leaves for money all night."""
    leaf, wood, dark = shapes.leaf("#f3e6bc"), "#7a4d2c", "#4d2f1a"
    found = sketch.scattered(chance, shapes.leaf("#e8d6a0"), 12, (30, 560, 330, 1120), (64, 120))
    found += sketch.scattered(chance, leaf, 12, (750, 560, 1050, 1120), (64, 120))
    found += sketch.floor(chance, mix(land.ground, NIGHT, 0.4), 300)
    for left in (290, 720):
        found += sketch.plank(left, 180, left + 70, 860, wood)
    found += sketch.plank(250, 800, 830, 890, wood)
    found += [(box(505, 520, 575, 810), "#8f949c")]
    found += [(stroke([(505, y), (575, y + 26)], 10), "#5f646c") for y in range(540, 790, 42)]
    found += [
        (stroke([(380, 700), (700, 720)], 30), dark),
        (oval(380, 700, 26, 26), wood),
        (oval(700, 720, 26, 26), wood),
    ]
    found += sketch.plank(372, 440, 708, 524, dark)
    found += sketch.plank(250, 180, 830, 300, wood)
    found += placed(shapes.leaf("#fff3cf"), MIDDLE, 372, 190, 90)
    found += [(oval(MIDDLE + 6, 372, 34, 34), "#3f7fd0"), (oval(MIDDLE + 6, 372, 22, 22), "#fff3cf")]
    for x, rows in ((130, 4), (950, 5)):
        for row in range(rows):
            sheaf = _sheaf(chance, mix("#f3e6bc", "#a88a4a", 0.3 * (row % 2)))
            found += placed(sheaf, x + chance.uniform(-8, 8), 120 + row * 74, 190)
    found += placed(beasts.jay(), 500, 884, 260)
    for x, y, turn in ((420, 150, 80), (620, 90, 110), (330, 60, 60), (740, 130, 95)):
        found += placed(leaf, x, y, 110, turn)
    return found


def _sheaf(chance: Random, colour: str) -> Shape:
    """Printed leaves, counted and tied."""
    found: Shape = []
    for _ in range(9):
        piece = shapes.leaf(mix(colour, NIGHT, chance.uniform(0, 0.2)))
        found += placed(
            piece, chance.uniform(-0.2, 0.2), chance.uniform(-0.06, 0.06), 0.4, 90 + chance.uniform(-24, 24)
        )
    return [*found, (box(-0.03, -0.15, 0.03, 0.15), "#3f7fd0")]


def clipped_pebbles(chance: Random, land: Country) -> Shape:
    """The scale that tips: a pan of clipped pebbles is lighter than one jar of honey."""
    brass, dark = "#c9a14a", "#7d5f22"
    found = [*sketch.glow(MIDDLE, 720, 460, "#ffe2a0"), *sketch.floor(chance, mix(land.ground, NIGHT, 0.35), 300)]
    found += [(box(520, 200, 560, 900), brass), (box(548, 200, 560, 900), dark)]
    found += [(corners((400, 180), (680, 180), (600, 250), (480, 250)), dark), (oval(MIDDLE, 920, 42, 42), brass)]
    left, right = (200.0, 960.0), (880.0, 800.0)
    found += [(stroke([left, (MIDDLE, 900), right], 30), brass), (oval(MIDDLE, 893, 24, 24), dark)]
    for (x, y), low in ((left, 610), (right, 400)):
        found += [
            (stroke([(x, y), (x - 140, low)], 6), dark),
            (stroke([(x, y), (x + 140, low)], 6), dark),
            (oval(x, y, 16, 16), dark),
        ]
        pan = np.concatenate([oval(x, low, 170, 80, 180, 360), corners((x + 170, low), (x - 170, low))])
        if low > 500:
            for row, many in enumerate((4, 3, 2)):
                for at in range(many):
                    piece = sketch.coin("#aeb4bd", chance.uniform(0.3, 0.6))
                    found += placed(
                        piece, x + (at - (many - 1) / 2) * 74, low + 34 + row * 54, 80, chance.uniform(0, 360)
                    )
        else:
            found += placed(shapes.honey(), x, low + 108, 240)
        found += [(pan, brass), (oval(x, low, 170, 22), dark)]
    found += placed(beasts.mole(), 300, 90, 380)
    found += [
        (stroke([(452, 170), (560, 330)], 22, 6), "#d9dee4"),
        (stroke([(500, 150), (478, 340)], 22, 6), "#aab2bc"),
    ]
    found += [(arc(448, 150, 30, 0, 360, 12), "#8a2f3a"), (arc(508, 136, 30, 0, 360, 12), "#8a2f3a")]
    for _ in range(16):
        x, y, start = chance.uniform(470, 760), chance.uniform(60, 150), chance.uniform(0, 360)
        found.append((arc(x, y, 22, start, start + 100, 7), "#c9ced6"))
    for x, y in ((640, 100), (760, 70), (870, 130), (700, 180)):
        found += placed(sketch.coin("#b8bec8", 0.45), x, y, 84, chance.uniform(0, 360))
    return found


def rail_fever(chance: Random, land: Country) -> Shape:
    """Every line is direct: rails from all sides to one horizon, and an engine that comes on under full steam."""
    far = (MIDDLE, 560.0)
    found: Shape = []
    for at in range(7):
        puff = oval(600 + at * 62, 800 + at * 44, 46 + at * 20, 40 + at * 15)
        found += [(puff, mix("#f3e9dc", land.light.middle, 0.5 - 0.05 * at))]
    found += sketch.floor(chance, mix(land.ground, NIGHT, 0.25), 560, 4)
    for x, wide in ((-420.0, 150.0), (1500.0, 150.0), (60.0, 130.0), (1020.0, 130.0)):
        found += _track((x, 0), far, wide)
    found += _track((MIDDLE, 0), far, 420)
    found += _engine(MIDDLE, 330)
    found += placed(beasts.badger(), 150, 40, 330)
    return [*found, (box(268, 130, 278, 420), "#4d3220"), (corners((278, 420), (400, 380), (278, 330)), "#4ff0a0")]


def _track(near: tuple[float, float], far: tuple[float, float], wide: float) -> Shape:
    found: Shape = []
    for at in range(14, -1, -1):
        share = 1 - 0.78**at
        x, y = sketch.away(near, far, share)
        half, tall = wide * 0.75 * (1 - share), 30 * (1 - share) * (wide / 420 + 0.3)
        found += [
            (box(x - half, y, x + half, y + tall), "#8a5a34"),
            (box(x - half, y + tall * 0.7, x + half, y + tall), "#b07c4c"),
        ]
    for side in (-1, 1):
        rail = corners(
            (near[0] + side * wide * 0.5 - 9, near[1]),
            (near[0] + side * wide * 0.5 + 9, near[1]),
            (far[0] + 1, far[1]),
            (far[0] - 1, far[1]),
        )
        found.append((rail, "#c3cad3"))
    return found


def _engine(x: float, y: float) -> Shape:
    iron, red, brass = "#23302c", "#a3302e", "#d9b04a"
    return [
        (corners((x - 60, y + 480), (x + 60, y + 480), (x + 84, y + 610), (x - 84, y + 610)), iron),
        (oval(x, y + 610, 88, 20), brass),
        (box(x - 210, y + 60, x + 210, y + 130), red),
        (oval(x, y + 300, 208, 208), iron),
        (oval(x, y + 300, 176, 176), "#3c5048"),
        (oval(x, y + 300, 150, 150), "#2d3d37"),
        (arc(x, y + 300, 163, 0, 360, 14), brass),
        *sketch.glow(x, y + 420, 130, "#fff2b0"),
        (oval(x, y + 420, 50, 50), brass),
        (oval(x, y + 420, 38, 38), "#fff6d0"),
        (oval(x - 150, y + 95, 40, 40), "#55606a"),
        (oval(x + 150, y + 95, 40, 40), "#55606a"),
        (oval(x - 150, y + 95, 24, 24), "#8b97a2"),
        (oval(x + 150, y + 95, 24, 24), "#8b97a2"),
        (corners((x - 190, y + 60), (x + 190, y + 60), (x + 250, y - 50), (x - 250, y - 50)), red),
        *((stroke([(x, y + 56), (x + at * 62, y - 48)], 9), "#e6c25a") for at in range(-4, 5)),
    ]
