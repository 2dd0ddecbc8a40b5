"""The picture of a year: one country in its four seasons, a good on its way through them, and the title in letters."""

from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Final

import numpy as np

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import scenery, shapes, style
from bot.telling.charts.banner import HEIGHT, put, sky
from bot.telling.charts.series import YearSeries
from bot.telling.charts.shapes import Patch, Points, mix
from bot.telling.charts.texts import card
from bot.telling.phrases import way
from wood.names import SEASONS, Season

_TITLE: Final = "#fff6e0"
_TRAIL: Final = 13
_LOW, _HIGH = 0.6, 0.9
"""Between which shares of the picture's height the trail goes."""


def draw_year(words: Words, series: YearSeries) -> ChartCard:
    """Draw a year's picture, 1,200 by 400 pixels; the same year gives the same bytes."""
    title = words("chart-year-title", year=series.year)
    good = words(f"good-{series.good}")
    rose = series.course[-1] >= series.course[0]
    alt = words("chart-year-alt", title=title, way=way(1 if rose else -1), good=good)
    return card(f"year-{series.year}.png", _draw(series, title), [alt])


def _draw(series: YearSeries, title: str) -> bytes:
    chance = Random(f"year {series.year} {series.good} {series.course[-1]}")
    light = chance.choice([light for light in scenery.LIGHTS if not light.moon])
    land = scenery.country(chance, SEASONS[0], light, HEIGHT)
    figure = style.new_figure(HEIGHT)
    plot = figure.add_axes((0, 0, 1, 1))
    plot.set_axis_off()
    plot.set_xlim(0, style.WIDTH)
    plot.set_ylim(0, HEIGHT)
    sky(plot, land, chance)
    far, middle, near, bank = land.hills
    edges = [style.WIDTH * at / len(SEASONS) for at in range(len(SEASONS) + 1)]
    for hill, many, high in ((far, 110, 44), (middle, 80, 72), (near, 46, 112)):
        for season, (left, right) in zip(SEASONS, pairwise(edges), strict=True):
            there = replace(land, season=season)
            wood = scenery.trees(chance, there, hill, style.WIDTH, many=many, size=high, withered=False)
            put(plot, _within(wood, left, right))
        for season, (left, right) in zip(SEASONS, pairwise(edges), strict=True):
            put(plot, [(_strip(hill, left, right), _ground(land, hill, season))])
    put(plot, _trail(series, chance))
    put(plot, [(bank.outline(style.WIDTH), bank.colour)])
    room = style.WIDTH - 2 * 40
    size = next((size for size in (84.0, 76.0, 68.0, 56.0) if style.width(title, size, "bold") <= room), 44.0)
    style.write(figure, 40, 46, style.fit(title, size, room, "bold"), size, _TITLE, va="center", weight="bold")
    return style.to_png(figure)


def _within(patches: list[Patch], left: float, right: float) -> list[Patch]:
    return [(points, colour) for points, colour in patches if left <= float(points[:, 0].mean()) < right]


def _strip(hill: scenery.Hill, left: float, right: float) -> Points:
    """The part of a hill that lies in one season, with a hair's breadth over it so that no gap shows."""
    xs = np.linspace(left, right + 0.7, 60)
    ys = [hill.top(float(x)) for x in xs]
    return np.concatenate([np.column_stack([xs, ys]), shapes.corners((right + 0.7, 0), (left, 0))])


def _ground(land: scenery.Country, hill: scenery.Hill, season: Season) -> str:
    ground = replace(land, season=season).ground
    return mix(mix(ground, land.light.low, hill.air), land.light.middle, hill.air * 0.3)


def _trail(series: YearSeries, chance: Random) -> list[Patch]:
    """The good along its price's own course over the year."""
    good = shapes.GOODS[series.good]()
    low, high = min(series.course), max(series.course)
    patches: list[Patch] = []
    for at in range(_TRAIL):
        share = at / (_TRAIL - 1)
        value = series.course[round(share * (len(series.course) - 1))]
        up = (value - low) / (high - low) if high > low else 0.5
        x, y = style.WIDTH * (0.05 + 0.9 * share), HEIGHT * (_LOW + (_HIGH - _LOW) * up)
        patches += shapes.placed(good, x, y, 58, chance.uniform(-14, 14))
    return patches
