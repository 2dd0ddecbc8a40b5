"""The picture of a legend: a country of its own, its good on the way up or down, and its title in letters."""

from collections.abc import Sequence
from math import hypot
from random import Random
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import scenery, shapes, style
from bot.telling.charts.series import BannerSeries
from bot.telling.charts.shapes import Patch, Shape, placed
from bot.telling.charts.texts import card
from bot.telling.phrases import capital, way
from wood.names import SEASONS, Season
from wood.rules import ShockKind

HEIGHT: Final = 400
_SIZES: Final = (84.0, 76.0, 68.0, 62.0, 56.0, 50.0, 44.0, 38.0)
_TITLE: Final = "#fff6e0"
_TRAIL: Final = 9


def draw_banner(words: Words, series: BannerSeries) -> ChartCard:
    """Draw a legend's picture, 1,200 by 400 pixels; the same legend in the same season gives the same bytes."""
    chance = Random(f"{series.good} {series.slug}")
    # A harvest fails from drought, or from frost where the hearths burn more.
    frost = series.withered and ShockKind.DEMAND in series.kinds
    drought = series.withered and not frost
    light = chance.choice([light for light in scenery.LIGHTS if not (drought and light.moon)])
    season = series.season or chance.choice(SEASONS)
    season = Season.WINTER if frost else Season.AUTUMN if drought else season
    land = scenery.country(chance, season, light, HEIGHT)
    picture = _draw(series, land, chance)
    alt = words(
        "chart-banner-alt",
        title=series.title,
        way=way(series.direction),
        good=capital(words(f"good-{series.good}")),
        light="moon" if light.moon else "sun",
    )
    return card(f"{series.slug}.png", picture, [alt])


def _draw(series: BannerSeries, land: scenery.Country, chance: Random) -> bytes:
    figure = style.new_figure(HEIGHT)
    plot = figure.add_axes((0, 0, 1, 1))
    plot.set_axis_off()
    plot.set_xlim(0, style.WIDTH)
    plot.set_ylim(0, HEIGHT)
    sky(plot, land, chance)
    good = shapes.GOODS[series.good]()
    put(plot, scenery.furnish(chance, land, series.kinds, style.WIDTH, HEIGHT))
    far, middle, near, bank = land.hills
    for hill, many, high in ((far, 26, 46), (middle, 20, 76), (near, 12, 120)):
        put(plot, scenery.trees(chance, land, hill, style.WIDTH, many=many, size=high, withered=series.withered))
        put(plot, [(hill.outline(style.WIDTH), hill.colour)])
    put(plot, scenery.settle(chance, land, series.kinds, good, style.WIDTH))
    put(plot, _trail(series, good, chance))
    put(plot, [(bank.outline(style.WIDTH), bank.colour)])
    room = style.WIDTH - 2 * 40
    size = next((size for size in _SIZES if style.width(series.title, size, "bold") <= room), _SIZES[-1])
    style.write(figure, 40, 46, style.fit(series.title, size, room, "bold"), size, _TITLE, va="center", weight="bold")
    return style.to_png(figure)


def sky(plot: Axes, land: scenery.Country, chance: Random) -> None:
    """Paint a country's sky over axes that are as large as the picture, with what shines in it."""
    light = land.light
    ramp = LinearSegmentedColormap.from_list("sky", [light.low, light.low, light.middle, light.top])
    plot.imshow(
        np.linspace(0, 1, HEIGHT)[:, None],
        cmap=ramp,
        extent=(0, style.WIDTH, HEIGHT * 0.3, HEIGHT),
        origin="lower",
        aspect="auto",
        interpolation="bilinear",
    )
    plot.set_xlim(0, style.WIDTH)
    plot.set_ylim(0, HEIGHT)
    x, y = chance.uniform(0.12, 0.9) * style.WIDTH, chance.uniform(0.7, 0.8) * HEIGHT
    radius = chance.uniform(44, 58) if light.moon else chance.uniform(56, 74)
    stars: Shape = []
    for _ in range(70 if light.moon else 0):
        right, up = chance.uniform(0, style.WIDTH), HEIGHT * (1 - 0.5 * chance.random() ** 1.4)
        size = chance.uniform(0.8, 2.4)
        if hypot(right - x, up - y) > 1.4 * radius:
            stars.append((shapes.oval(right, up, size, size), "#ffffff"))
    put(plot, stars, 0.8)
    for share, alpha in ((2.6, 0.07), (1.95, 0.1), (1.4, 0.16)):
        put(plot, [(shapes.oval(x, y, radius * share, radius * share), light.shine)], alpha)
    disc = shapes.crescent(radius) if light.moon else shapes.oval(0, 0, radius, radius)
    put(plot, [(np.add(disc, (x, y)), light.shine)])


def _trail(series: BannerSeries, good: Shape, chance: Random) -> list[Patch]:
    """The good along a bow from the left to the right, up or down, larger towards its end."""
    patches: list[Patch] = []
    for at in range(_TRAIL):
        share = at / (_TRAIL - 1)
        x = style.WIDTH * (0.1 + 0.8 * share) + chance.uniform(-16, 16)
        height = 0.56 + 0.3 * share**1.7 if series.direction > 0 else 0.87 - 0.47 * share**1.9
        y = HEIGHT * height + chance.uniform(-8, 8)
        turn = chance.uniform(-18, 18) if series.direction > 0 else chance.uniform(-150, 150) * share
        patches += placed(good, x, y, 44 + 44 * share, turn)
    return patches


def put(plot: Axes, patches: Sequence[Patch], alpha: float = 1.0) -> None:
    """Set patches into a picture, the first at the back."""
    polygons, colours = [points for points, _ in patches], [colour for _, colour in patches]
    plot.add_collection(PolyCollection(polygons, facecolors=colours, linewidths=0, alpha=alpha), autolim=False)
