"""The animals of the portraits: flat figures of height 1 that stand on the origin, seen from the front or the side."""

from typing import Final

import numpy as np

from bot.telling.charts.shapes import Points, Shape, corners, mix, oval
from bot.telling.charts.sketch import NIGHT, box, stroke

_EYE: Final = "#14141c"
_PINK: Final = "#e79a9a"


def _eyes(y: float = 0.72, apart: float = 0.09, size: float = 0.026) -> Shape:
    shape: Shape = []
    for x in (-apart, apart):
        shape += [(oval(x, y, size, size * 1.25), _EYE), (oval(x + 0.008, y + 0.012, 0.008, 0.009), "#ffffff")]
    return shape


def _body(fur: str, belly: str, wide: float = 0.27) -> Shape:
    dark = mix(fur, NIGHT, 0.25)
    return [
        (oval(-wide * 0.55, 0.04, 0.11, 0.055), dark),
        (oval(wide * 0.55, 0.04, 0.11, 0.055), dark),
        (oval(0, 0.28, wide, 0.28), fur),
        (oval(0, 0.25, wide * 0.64, 0.21), belly),
        (oval(-wide * 0.9, 0.32, 0.065, 0.15), dark),
        (oval(wide * 0.9, 0.32, 0.065, 0.15), dark),
    ]


def mouse(fur: str = "#9c8f8c") -> Shape:
    """A mouse: large round ears."""
    dark, light = mix(fur, NIGHT, 0.25), mix(fur, "#ffffff", 0.55)
    tail = stroke([(0.2, 0.08), (0.36, 0.06), (0.44, 0.16), (0.4, 0.28)], 0.045, 0.015)
    shape: Shape = [(tail, _PINK), *_body(fur, light, 0.22)]
    for x in (-0.2, 0.2):
        shape += [(oval(x, 0.86, 0.14, 0.14), dark), (oval(x, 0.86, 0.1, 0.1), _PINK)]
    return [
        *shape,
        (oval(0, 0.68, 0.21, 0.19), fur),
        (oval(0, 0.61, 0.11, 0.09), light),
        *_eyes(),
        (oval(0, 0.635, 0.03, 0.022), _PINK),
    ]


def badger(coat: str = "#55555f") -> Shape:
    """A badger: two stripes through the eyes, and a waistcoat."""
    shape: Shape = [*_body(coat, "#8a2f3a", 0.3), (corners((-0.03, 0.5), (0.03, 0.5), (0, 0.2)), "#f3ead8")]
    for x in (-0.19, 0.19):
        shape += [(oval(x, 0.86, 0.07, 0.07), coat), (oval(x, 0.86, 0.04, 0.04), "#f3f0ea")]
    head = np.concatenate([oval(0, 0.7, 0.23, 0.2, 0, 180), oval(0, 0.7, 0.23, 0.22, 180, 360)])
    shape.append((head, "#f3f0ea"))
    for side in (-1, 1):
        stripe = corners((side * 0.05, 0.89), (side * 0.16, 0.86), (side * 0.15, 0.66), (side * 0.06, 0.54))
        shape.append((stripe, "#26262c"))
    shape += [(oval(-0.1, 0.72, 0.026, 0.03), "#ffffff"), (oval(0.1, 0.72, 0.026, 0.03), "#ffffff")]
    return [*shape, *_eyes(0.72, 0.1, 0.018), (oval(0, 0.53, 0.055, 0.04), _EYE)]


def bear(fur: str = "#6e4a30") -> Shape:
    """A bear: broad, with small round ears."""
    light = mix(fur, "#e8c79a", 0.45)
    shape = _body(fur, light, 0.34)
    for x in (-0.19, 0.19):
        shape += [(oval(x, 0.87, 0.085, 0.085), fur), (oval(x, 0.87, 0.05, 0.05), light)]
    muzzle: Shape = [(oval(0, 0.62, 0.12, 0.09), light), (oval(0, 0.66, 0.045, 0.032), _EYE)]
    return [*shape, (oval(0, 0.7, 0.25, 0.21), fur), *muzzle, *_eyes(0.745, 0.1)]


def squirrel(fur: str = "#b8642f") -> Shape:
    """A squirrel with its tail up."""
    light = mix(fur, "#ffffff", 0.6)
    tail: Shape = [(oval(0.34, 0.44, 0.17, 0.36), mix(fur, NIGHT, 0.18)), (oval(0.42, 0.7, 0.16, 0.18), fur)]
    ears: Shape = [(corners((x - 0.07, 0.82), (x + 0.07, 0.82), (x * 1.3, 1.02)), fur) for x in (-0.12, 0.12)]
    return [
        *tail,
        *_body(fur, light, 0.22),
        *ears,
        (oval(0, 0.7, 0.2, 0.17), fur),
        (oval(0, 0.63, 0.1, 0.08), light),
        *_eyes(),
        (oval(0, 0.66, 0.03, 0.02), _EYE),
    ]


def mole(fur: str = "#423b48") -> Shape:
    """A mole: no ears, a pink nose and large hands."""
    shape: Shape = [*_body(fur, mix(fur, "#ffffff", 0.16), 0.27), (oval(0, 0.68, 0.22, 0.2), fur)]
    for x in (-0.28, 0.28):
        shape.append((oval(x, 0.26, 0.1, 0.075), _PINK))
    for x in (-0.1, 0.1):
        shape += [(oval(x, 0.72, 0.075, 0.075), "#d9c27a"), (oval(x, 0.72, 0.058, 0.058), "#e9f2f4")]
    return [
        *shape,
        (box(-0.03, 0.715, 0.03, 0.73), "#d9c27a"),
        *_eyes(0.72, 0.1, 0.02),
        (oval(0, 0.58, 0.075, 0.055), _PINK),
    ]


def stoat(fur: str = "#a9713d") -> Shape:
    """A stoat in a tall hat."""
    light = "#f4ead8"
    tail = stroke([(0.1, 0.06), (0.34, 0.1), (0.42, 0.3)], 0.09, 0.05)
    shape: Shape = [(tail, fur), (oval(0.42, 0.32, 0.035, 0.06), _EYE), *_body(fur, light, 0.18)]
    for x in (-0.15, 0.15):
        shape.append((oval(x, 0.76, 0.055, 0.055), fur))
    hat: Shape = [
        (oval(0, 0.8, 0.2, 0.035), "#1d1b26"),
        (box(-0.12, 0.8, 0.12, 1.02), "#1d1b26"),
        (box(-0.12, 0.82, 0.12, 0.87), "#8a2f3a"),
    ]
    return [
        *shape,
        (oval(0, 0.66, 0.17, 0.17), fur),
        (oval(0, 0.59, 0.09, 0.08), light),
        *_eyes(0.69, 0.07),
        (oval(0, 0.62, 0.026, 0.02), _EYE),
        *hat,
    ]


def owl(feather: str = "#8a5f3c") -> Shape:
    """An owl with her wings spread a little."""
    dark, light = mix(feather, NIGHT, 0.3), mix(feather, "#f6e3c0", 0.6)
    shape: Shape = [
        (corners((-0.26, 0.9), (-0.1, 0.86), (-0.2, 1.04)), dark),
        (corners((0.26, 0.9), (0.1, 0.86), (0.2, 1.04)), dark),
        (oval(-0.36, 0.36, 0.12, 0.3), dark),
        (oval(0.36, 0.36, 0.12, 0.3), dark),
        (oval(0, 0.42, 0.34, 0.42), feather),
        (oval(0, 0.72, 0.32, 0.25), feather),
        (oval(0, 0.32, 0.22, 0.28), light),
    ]
    for y, xs in ((0.44, (-0.1, 0, 0.1)), (0.34, (-0.15, -0.05, 0.05, 0.15)), (0.24, (-0.1, 0, 0.1))):
        shape += [(corners((x - 0.035, y), (x + 0.035, y), (x, y - 0.06)), feather) for x in xs]
    for x in (-0.13, 0.13):
        shape += [
            (oval(x, 0.74, 0.14, 0.14), light),
            (oval(x, 0.74, 0.095, 0.095), "#f2b632"),
            (oval(x, 0.74, 0.055, 0.06), _EYE),
            (oval(x + 0.02, 0.765, 0.018, 0.018), "#ffffff"),
        ]
    return [*shape, (corners((-0.045, 0.68), (0.045, 0.68), (0, 0.58)), "#e08a2e")]


def bird(body: str, wing: str, breast: str, crest: bool = False) -> Shape:
    """A small bird that sits and looks to the right."""
    tail = corners((-0.28, 0.34), (-0.2, 0.5), (-0.78, 0.16), (-0.74, 0.06))
    shape: Shape = [
        (box(-0.02, -0.02, 0.02, 0.16), "#3a2c26"),
        (box(0.1, -0.02, 0.14, 0.16), "#3a2c26"),
        (tail, wing),
        (oval(0, 0.42, 0.36, 0.3), body),
        (oval(0.12, 0.36, 0.24, 0.22), breast),
        (oval(0.26, 0.72, 0.2, 0.19), body),
    ]
    if crest:
        shape.append((corners((0.1, 0.82), (0.34, 0.88), (0.06, 1.04)), wing))
    wing_shape = np.concatenate([oval(-0.1, 0.46, 0.3, 0.2, 0, 180), corners((-0.4, 0.44), (-0.5, 0.2), (0.1, 0.36))])
    return [
        *shape,
        (wing_shape, wing),
        (corners((0.43, 0.78), (0.43, 0.66), (0.62, 0.71)), "#e0a03a"),
        (oval(0.31, 0.76, 0.035, 0.04), _EYE),
        (oval(0.32, 0.775, 0.011, 0.012), "#ffffff"),
    ]


def finch() -> Shape:
    """A finch."""
    return bird("#7c8fa8", "#3c4656", "#d9785a")


def jay() -> Shape:
    """A jay with its crest."""
    return bird("#c79a7c", "#3f7fd0", "#e6cbb4", crest=True)


def magpie() -> Shape:
    """A magpie."""
    return bird("#22242e", "#2f4f8a", "#f3f3f0")


def flying(body: str, wing: str) -> Shape:
    """A bird on its way to the right, near enough to be somebody."""
    near = corners((-0.1, 0.1), (0.2, 0.1), (-0.1, 0.62), (-0.36, 0.6))
    far = corners((0.0, 0.1), (0.24, 0.12), (0.3, 0.56), (0.1, 0.5))
    return [
        (far, mix(wing, NIGHT, 0.3)),
        (corners((-0.3, 0.04), (-0.3, 0.14), (-0.72, 0.2), (-0.7, 0.06)), wing),
        (oval(0, 0.06, 0.36, 0.17), body),
        (oval(0.32, 0.14, 0.15, 0.13), body),
        (corners((0.44, 0.18), (0.44, 0.09), (0.6, 0.12)), "#e0a03a"),
        (oval(0.36, 0.17, 0.025, 0.028), _EYE),
        (near, wing),
    ]


def cricket(colour: str = "#5f8a3a") -> Shape:
    """A cricket that looks to the right."""
    dark = mix(colour, NIGHT, 0.35)
    lines: list[tuple[Points, str]] = [
        (stroke([(-0.1, 0.24), (-0.42, 0.72), (-0.62, 0.02)], 0.07, 0.03), dark),
        (stroke([(0.1, 0.2), (0.06, 0.0)], 0.04), dark),
        (stroke([(0.3, 0.2), (0.36, 0.0)], 0.04), dark),
        (stroke([(0.5, 0.42), (0.66, 0.72), (0.92, 0.88)], 0.025, 0.012), dark),
        (stroke([(0.5, 0.42), (0.78, 0.6), (1.06, 0.62)], 0.025, 0.012), dark),
    ]
    return [
        *lines[:1],
        (oval(0, 0.28, 0.46, 0.15), colour),
        (oval(-0.1, 0.34, 0.4, 0.1), dark),
        (oval(0.46, 0.36, 0.15, 0.15), colour),
        (oval(0.52, 0.4, 0.035, 0.04), _EYE),
        *lines[1:],
    ]


def tortoise() -> Shape:
    """A tortoise that looks to the right."""
    dome = np.concatenate([oval(0, 0.2, 0.56, 0.6, 0, 180), corners((-0.56, 0.16), (0.56, 0.16))])
    plates: Shape = [
        (oval(x, y, 0.13, 0.12), "#8aa05a") for x, y in ((-0.28, 0.42), (0, 0.56), (0.28, 0.42), (0, 0.32))
    ]
    skin = "#a9a06a"
    return [
        (box(-0.42, 0, -0.24, 0.2), mix(skin, NIGHT, 0.2)),
        (box(0.24, 0, 0.42, 0.2), mix(skin, NIGHT, 0.2)),
        (stroke([(0.44, 0.24), (0.62, 0.34), (0.72, 0.5)], 0.16), skin),
        (oval(0.74, 0.54, 0.14, 0.12), skin),
        (oval(0.79, 0.57, 0.025, 0.03), _EYE),
        (dome, "#5f7340"),
        *plates,
    ]


def onlooker(colour: str, ears: str = "round") -> Shape:
    """Somebody from behind, dark before the light. ``ears`` are round, pointed or none."""
    shape: Shape = [(oval(0, 0.2, 0.3, 0.36), colour), (oval(0, 0.62, 0.21, 0.2), colour)]
    for side in (-1, 1):
        if ears == "round":
            shape.append((oval(side * 0.17, 0.82, 0.1, 0.1), colour))
        elif ears == "pointed":
            shape.append((corners((side * 0.05, 0.76), (side * 0.21, 0.7), (side * 0.19, 0.98)), colour))
    return shape


def crowd(colour: str, many: int) -> list[Shape]:
    """Onlookers of several kinds, in turn."""
    kinds = ("round", "pointed", "none", "pointed", "round")
    return [onlooker(mix(colour, "#ffffff", 0.04 * (at % 3)), kinds[at % len(kinds)]) for at in range(many)]
