"""Motifs of goods that are bought up, held or snatched: two corners, a squeeze, and a scramble."""

from random import Random

from bot.telling.charts import beasts, shapes, sketch
from bot.telling.charts.scenery import Country
from bot.telling.charts.shapes import Shape, corners, mix, oval, placed
from bot.telling.charts.sketch import MIDDLE, NIGHT, arc, box, stroke

_SILVER = "#ccd6e2"


def mushroom_corner(chance: Random, land: Country) -> Shape:
    """Every mushroom there is, two stoats on top, and the cart that goes round by night."""
    found = [*sketch.glow(MIDDLE, 900, 420, "#cfe8d8"), *sketch.floor(chance, mix(land.ground, NIGHT, 0.55), 260)]
    found += sketch.pile(chance, shapes.mushroom(), MIDDLE, 150, 178, 6, 14)
    found += [*placed(beasts.stoat(), 440, 770, 280), *placed(beasts.stoat("#8f5f38"), 630, 760, 280)]
    wood = "#7a4d2c"
    found += placed(shapes.mushroom(), 760, 240, 130, 20) + placed(shapes.mushroom(), 850, 262, 140, -12)
    found += placed(shapes.mushroom(), 940, 236, 130, 8)
    found += [*sketch.plank(690, 120, 1010, 220, wood), (stroke([(700, 150), (560, 70)], 18), wood)]
    for x in (770, 940):
        found += [(arc(x, 100, 66, 0, 360, 18), "#3a2416"), (oval(x, 100, 16, 16), "#3a2416")]
        found += [
            (stroke([(x, 100), (x + dx, 100 + dy)], 10), "#4d3220") for dx, dy in ((60, 0), (-60, 0), (0, 60), (0, -60))
        ]
    for x, y, size, turn in ((90, 90, 140, 16), (220, 60, 120, -20), (330, 80, 130, 10), (470, 40, 110, -8)):
        found += placed(shapes.mushroom(), x, y, size, turn)
    return found


def silver_sap(chance: Random, land: Country) -> Shape:
    """Three brothers on their hill of silver honey, under a drop that everybody saw fall."""
    jar = sketch.silvered(shapes.honey())
    found = [*sketch.rays(MIDDLE, 930, 900, f"{_SILVER}18", 16), *sketch.glow(MIDDLE, 930, 330, _SILVER)]
    drop = [
        (oval(MIDDLE, 900, 96, 96), _SILVER),
        (corners((MIDDLE - 86, 940), (MIDDLE + 86, 940), (MIDDLE, 1110)), _SILVER),
    ]
    found += [*drop, (oval(MIDDLE - 30, 900, 24, 42), "#ffffff"), (oval(MIDDLE + 34, 862, 40, 26), "#aab8c8")]
    found += sketch.floor(chance, mix(land.ground, NIGHT, 0.5), 250)
    found += placed(beasts.bear("#5a3c28"), 250, 430, 330) + placed(beasts.bear("#6e4a30"), 830, 430, 330)
    found += sketch.pile(chance, jar, MIDDLE, 90, 200, 5, 4)
    found += placed(beasts.bear("#835a3a"), MIDDLE, 600, 290)
    for x in (60, 1020):
        found += placed(jar, x, 170, 180) + placed(jar, x + (90 if x < MIDDLE else -90), 90, 190)
    spark = [
        (corners((-0.5, 0), (0, 0.09), (0.5, 0), (0, -0.09)), "#ffffff"),
        (corners((0, -0.5), (0.09, 0), (0, 0.5), (-0.09, 0)), "#ffffff"),
    ]
    for x, y, size in (
        (300, 330, 70),
        (640, 480, 60),
        (760, 260, 80),
        (470, 230, 56),
        (180, 180, 60),
        (960, 230, 60),
        (540, 700, 40),
    ):
        found += placed(spark, x, y, size, 12)
    return found


def badger_squeeze(chance: Random, land: Country) -> Shape:
    """A badger between two walls of mushrooms that nobody will sell him, and the mice who hold them."""
    found = [*sketch.rays(MIDDLE, 420, 1000, "#fff3b018", 12), *sketch.floor(chance, mix(land.ground, NIGHT, 0.3), 260)]
    for side in (-1, 1):
        for row in range(6):
            for at in range(3):
                x = MIDDLE + side * (232 + at * 140 - row * 8)
                found += placed(shapes.mushroom(), x, 190 + row * 118, 172, side * 8 + chance.uniform(-7, 7))
        for at, x in enumerate((220, 350, 480)):
            found += placed(beasts.mouse(("#9c8f8c", "#b39a86", "#857b80")[at]), MIDDLE + side * x, 826 - at * 6, 190)
    found += placed(beasts.badger(), MIDDLE, 96, 560)
    for side in (-1, 1):
        found += placed([(oval(0, 0, 0.5, 0.34), "#55555f")], MIDDLE + side * 168, 336, 120, side * 30)
        found += [(oval(MIDDLE + side * x, y, 13, 19), "#9fd8ff") for x, y in ((196, 640), (230, 570), (170, 700))]
    found += [(stroke([(430, 700), (480, 760), (520, 740), (575, 900), (610, 870), (660, 1050)], 20), "#4ff0a0")]
    found += [(corners((620, 1030), (704, 1018), (682, 1112)), "#4ff0a0")]
    for x, turn in ((100, -20), (960, 24), (300, 10), (800, -12)):
        found += placed(shapes.mushroom(), x, 70, 140, turn)
    return found


def scramble(chance: Random, land: Country) -> Shape:
    """Bare shelves behind; before them, on all the leaves of the wood, one mouse with one eye open."""
    wood = "#8a5f38"
    found: Shape = [(box(130, 420, 950, 1060), "#3a2a20")]
    for x in (110, 920):
        found += sketch.plank(x, 300, x + 50, 1080, wood)
    for y in (560, 730, 900):
        found += sketch.plank(110, y, 970, y + 34, wood)
    found += sketch.plank(80, 1050, 1000, 1110, mix(wood, NIGHT, 0.2))
    found += placed(shapes.leaf("#c9772b"), 300, 620, 70, 70) + placed(shapes.leaf("#b8452b"), 690, 950, 60, 110)
    found += [(stroke([(640, 940), (820, 1060)], 3), "#d9cfc0"), (stroke([(900, 940), (820, 1060)], 3), "#d9cfc0")]
    slate = [(box(640, 770, 900, 944), "#6d4428"), (box(656, 786, 884, 928), "#2f3a3f")]
    found += [
        *slate,
        (stroke([(740, 812), (736, 902)], 14), "#f3ead8"),
        (stroke([(800, 812), (806, 902)], 14), "#f3ead8"),
    ]
    web = [(arc(130, 1050, radius, -90, 0, 3), "#cfc6ba90") for radius in (40, 75, 110)]
    found += [*web, (stroke([(130, 1050), (210, 970)], 3), "#cfc6ba90")]
    found += sketch.floor(chance, mix(land.ground, NIGHT, 0.3), 300)
    bundle = _bundle(chance)
    for row, many in enumerate((6, 5, 4, 3)):
        for at in range(many):
            found += placed(bundle, MIDDLE + (at - (many - 1) / 2) * 190, 70 + row * 122, 210, chance.uniform(-7, 7))
    sleeper = beasts.mouse()
    found += placed(sleeper, MIDDLE, 510, 340)
    lid = [(oval(MIDDLE - 31, 755, 13, 15), "#9c8f8c"), (arc(MIDDLE - 31, 756, 11, 190, 350, 5), "#14141c")]
    return [*found, *lid, *sketch.scattered(chance, shapes.leaf("#d9772b"), 10, (20, 20, 1060, 130), (44, 80))]


def _bundle(chance: Random) -> Shape:
    """Dry leaves tied with a string."""
    colours = ("#d9772b", "#b8452b", "#e6ac3d", "#a3642f")
    found: Shape = []
    for at in range(22):
        leaf = shapes.leaf(colours[at % 4])
        found += placed(leaf, chance.uniform(-0.36, 0.36), chance.uniform(-0.18, 0.18), 0.36, chance.uniform(0, 360))
    return [
        *found,
        (box(-0.52, -0.03, 0.52, 0.03), "#f3e6bc"),
        (box(-0.03, -0.34, 0.03, 0.34), "#f3e6bc"),
        (oval(0, 0, 0.07, 0.07), "#d9c48a"),
    ]
