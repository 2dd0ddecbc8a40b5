"""Motifs of hard years: a frost and a dust."""

from random import Random

import numpy as np

from bot.telling.charts import beasts, shapes, sketch
from bot.telling.charts.scenery import Country
from bot.telling.charts.shapes import Shape, corners, mix, oval, placed
from bot.telling.charts.sketch import HIGH, MIDDLE, NIGHT, WIDE, stroke

_ICE = "#dff1ff"
_BOUGHS = (
    ((40, 560), (125, 765), (310, 890), 62),
    ((120, 725), (140, 890), (90, 1070), 40),
    ((210, 820), (340, 790), (450, 845), 30),
)
"""Branches at the right of the split oak: where they begin, bend and end from its middle, and how thick they are."""


def crystal() -> Shape:
    """A snow crystal of six arms."""
    arm: Shape = [(stroke([(0, 0), (0, 0.25), (0, 0.5)], 0.035), _ICE)]
    for y, reach in ((0.18, 0.1), (0.3, 0.13), (0.4, 0.08)):
        arm += [
            (stroke([(0, y), (side * reach / 2, y + reach / 2), (side * reach, y + reach)], 0.026), _ICE)
            for side in (-1, 1)
        ]
    return [patch for at in range(6) for patch in placed(arm, 0, 0, 1, at * 60)] + [(oval(0, 0, 0.06, 0.06), _ICE)]


def great_frost(chance: Random, land: Country) -> Shape:
    """The oak splits along its grain, the sky is one crystal, and a seed acorn lies in the ice."""
    found = [*sketch.glow(MIDDLE, 780, 420, "#9fd0ff")]
    found += [(points, f"{colour}58") for points, colour in placed(crystal(), MIDDLE, 800, 700, 8)]
    found += sketch.floor(chance, "#dfeaf5", 330, 16)
    bark, rime = "#4a3a44", "#e6f2fc"
    for side in (-1, 1):
        for start, bend, end, wide in _BOUGHS:
            line = [(MIDDLE + side * x, y) for x, y in (start, bend, end)]
            found += [(stroke(line, wide, 10), bark)]
            found += [(stroke([(x, y + wide * 0.2) for x, y in line[1:]], wide * 0.3, 6), rime)]
    found += [
        (corners((400, 210), (450, 420), (430, 620), (470, 760), (536, 800), (516, 600), (530, 420), (500, 210)), bark),
        (
            corners((690, 210), (640, 420), (660, 620), (620, 760), (552, 800), (566, 600), (552, 420), (580, 210)),
            mix(bark, NIGHT, 0.25),
        ),
        (sketch.crack(chance, (540, 215), (544, 860), 70), _ICE),
        (sketch.crack(chance, (536, 215), (544, 760), 26), "#7fb6e6"),
    ]
    found += sketch.floor(chance, "#f4f9ff", 250, 22)
    block = corners((120, 90), (360, 60), (420, 270), (330, 360), (150, 340), (90, 220))
    found += [
        *placed(shapes.acorn(), 250, 206, 210, -16),
        (block, "#bfe4ff90"),
        (corners((150, 340), (90, 220), (120, 90), (170, 230)), "#ffffffa0"),
    ]
    found += [(stroke([(200, 330), (330, 270)], 8), "#ffffffc0"), (stroke([(300, 120), (380, 230)], 8), "#ffffffc0")]
    found += placed(beasts.tortoise(), 800, 96, 270)
    found += [(oval(800, 250, 110, 26), "#f4f9ff"), (oval(760, 262, 60, 18), "#ffffff")]
    for at in range(19):
        x, long = at * 60 + chance.uniform(-14, 14), chance.uniform(60, 230)
        found += [
            (corners((x - 24, HIGH), (x + 24, HIGH), (x, HIGH - long)), "#c9e6fb"),
            (corners((x - 8, HIGH), (x + 8, HIGH), (x, HIGH - long * 0.8)), "#ffffff"),
        ]
    return [*found, *sketch.flakes(chance, 120, "#ffffffd0")]


def dust_summer(chance: Random, land: Country) -> Shape:
    """The ground gets up and walks; a mouse finds her way home by the fence."""
    found = sketch.floor(chance, "#8a6238", 360, 8)
    for level, colour, size in (
        (760, "#5a3c22", 250),
        (690, "#6d4a2a", 220),
        (600, "#80592f", 190),
        (520, "#966a3a", 160),
    ):
        body = np.array([(0, 380), (WIDE, 380), (WIDE, level - 130), (0, level + 120)], dtype=np.float64)
        found.append((body, colour))
        for at in range(9):
            x = -30 + at * 145 + chance.uniform(-30, 30)
            found.append(
                (
                    oval(
                        x,
                        level + 110 - at * 26 + chance.uniform(-16, 16),
                        size * chance.uniform(0.55, 0.8),
                        size * 0.55,
                    ),
                    colour,
                )
            )
    found += [
        (stroke([(x, y), (x + 120, y + 14), (x + 260, y - 6)], 7, 2), "#d9b98a70")
        for x, y in ((60, 640), (420, 560), (700, 620), (240, 480), (620, 460))
    ]
    found += sketch.floor(chance, "#9c6f3c", 330, 14)
    for x, y, long in ((80, 60, 260), (420, 30, 320), (760, 90, 240), (300, 200, 260), (680, 230, 300)):
        found.append((stroke([(x, y), (x + long * 0.4, y + 18), (x + long, y + 4)], 12, 3), "#805728"))
        found.append((sketch.crack(chance, (x + long * 0.4, y + 18), (x + long * 0.55, y - 70), 9), "#805728"))
    twig = "#4a3222"
    for dx, dy in ((-110, 190), (-40, 260), (50, 250), (120, 180), (-160, 90), (160, 100)):
        found.append((stroke([(230, 120), (230 + dx * 0.4, 120 + dy * 0.6), (230 + dx, 120 + dy)], 18, 5), twig))
    dry = shapes.tinted(shapes.berry(), "#8a6a4a", 0.5)
    found += [*placed(dry, 190, 392, 84), *placed(dry, 350, 310, 70, 30), *placed(dry, 84, 318, 64, -20)]
    found += placed(shapes.fence("#5a4026", 8), 470, 110, 190, 2)
    found += placed(beasts.mouse("#a08a7c"), 800, 60, 400)
    scarf = [
        (stroke([(700, 270), (800, 250), (900, 272)], 44), "#b4453a"),
        (stroke([(720, 262), (620, 300), (540, 282), (470, 320)], 42, 26), "#9c3a30"),
    ]
    return [*found, *scarf, *sketch.flakes(chance, 170, "#e6c89a90", 6)]
