"""What each legend's portrait shows: its season, its light, and who paints what stands before the hills.

A motif goes by the legend's slug. A legend that has none here, such as a patron's own, is composed from its figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from bot.telling.charts import beasts, scenery, shapes, sketch
from bot.telling.charts.faces import CardSeries
from bot.telling.charts.motifs_goods import badger_squeeze, mushroom_corner, scramble, silver_sap
from bot.telling.charts.motifs_paper import acorn_mania, clipped_pebbles, hollow_log, paper_leaf, rail_fever
from bot.telling.charts.motifs_runs import black_moonday, knickerbocker, oonas_hoard, overends_burrow, whispering_nest
from bot.telling.charts.motifs_weather import dust_summer, great_frost
from bot.telling.charts.scenery import LIGHTS, Country
from bot.telling.charts.shapes import Shape, mix, placed
from bot.telling.charts.sketch import HIGH, MIDDLE, NIGHT, WIDE, Painter
from wood.names import SEASONS, Season
from wood.rules import ShockKind


@dataclass(frozen=True, slots=True)
class Motif:
    """A portrait's scene.

    Attributes:
        season: what the trees look like.
        light: which of :data:`bot.telling.charts.scenery.LIGHTS`.
        paint: draws what stands before the hills.
        withered: whether the trees are bare from drought.
        shine: whether sun or moon are in the sky; some motifs fill it themselves.
    """

    season: Season
    light: int
    paint: Painter
    withered: bool = False
    shine: bool = True


MOTIFS: Final[Mapping[str, Motif]] = {
    "great-acorn-mania": Motif(Season.WINTER, 6, acorn_mania, shine=False),
    "hollow-log-trading-company": Motif(Season.AUTUMN, 1, hollow_log),
    "run-on-oonas-hoard": Motif(Season.AUTUMN, 0, oonas_hoard, shine=False),
    "great-frost": Motif(Season.WINTER, 0, great_frost, shine=False),
    "paper-leaf-bank": Motif(Season.SUMMER, 6, paper_leaf),
    "clipped-pebbles": Motif(Season.SUMMER, 7, clipped_pebbles, shine=False),
    "badger-rail-fever": Motif(Season.AUTUMN, 4, rail_fever),
    "fall-of-overends-burrow": Motif(Season.SPRING, 2, overends_burrow),
    "knickerbocker-nest": Motif(Season.AUTUMN, 2, knickerbocker),
    "mushroom-corner": Motif(Season.AUTUMN, 3, mushroom_corner),
    "silver-sap-corner": Motif(Season.WINTER, 0, silver_sap, shine=False),
    "black-moonday": Motif(Season.AUTUMN, 6, black_moonday, shine=False),
    "scramble-for-leaves": Motif(Season.AUTUMN, 5, scramble, shine=False),
    "dust-summer": Motif(Season.SUMMER, 4, dust_summer, withered=True),
    "badger-squeeze": Motif(Season.SPRING, 5, badger_squeeze, shine=False),
    "whispering-nest": Motif(Season.SPRING, 1, whispering_nest),
}


def motif_of(series: CardSeries, chance: Random) -> Motif:
    """A legend's own motif, or one composed from its figures, which ``chance`` varies."""
    own = MOTIFS.get(series.slug)
    return own or _composed(series, chance)


def _composed(series: CardSeries, chance: Random) -> Motif:
    """Its good, large, on the way up or down; below it what its parts put into the country."""
    frost = series.withered and ShockKind.DEMAND in series.kinds
    drought = series.withered and not frost
    lights = [at for at, light in enumerate(LIGHTS) if not (drought and light.moon)]
    season = Season.WINTER if frost else Season.SUMMER if drought else chance.choice(SEASONS)
    good = shapes.GOODS[series.good]()

    def paint(chance: Random, land: Country) -> Shape:
        up = series.direction > 0
        found = scenery.furnish(chance, land, series.kinds, WIDE, HIGH)
        found += [
            *sketch.rays(MIDDLE, 700, 900, "#fff3c018" if up else "#00000018", 16),
            *sketch.glow(MIDDLE, 700, 380, land.light.shine),
        ]
        for at in range(9):
            share = at / 8
            x = WIDE * (0.1 + 0.8 * share)
            y = HIGH * (0.42 + 0.5 * share**1.6 if up else 0.92 - 0.5 * share**1.6)
            found += placed(good, x, y, 70 + 30 * share, chance.uniform(-150, 150) * (0.12 if up else share))
        found += placed(good, MIDDLE, 660, 430, chance.uniform(-14, 14))
        found += scenery.settle(chance, land, series.kinds, good, WIDE)
        found += sketch.floor(chance, mix(land.ground, NIGHT, 0.6), 190)
        for at, somebody in enumerate(beasts.crowd(mix(land.ground, NIGHT, 0.85), 6)):
            found += placed(somebody, 90 + at * 180 + chance.uniform(-50, 50), -20, chance.uniform(150, 230))
        return found

    return Motif(season, chance.choice(lights), paint, withered=drought)
