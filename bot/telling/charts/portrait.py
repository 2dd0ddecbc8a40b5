"""The portrait of a legend: the card that patrons hold and keep. The same legend gives the same bytes."""

from math import hypot
from random import Random
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts import fonts, scenery, shapes, style
from bot.telling.charts.faces import CardSeries
from bot.telling.charts.frames import FRAMES, back, framed, plaque
from bot.telling.charts.motifs import Motif, motif_of
from bot.telling.charts.shapes import Shape
from bot.telling.charts.sketch import HIGH, WIDE, glow
from bot.telling.charts.texts import card

HEIGHT: Final = 1680
_LEFT: Final = (style.WIDTH - WIDE) // 2
_LOW: Final = 420
"""Where the scene's lower left corner lies on the card."""
_TITLE: Final = "#fff6e0"
_SIZES: Final = (96.0, 88.0, 80.0, 72.0, 64.0, 56.0, 48.0)
_ROOM: Final = 960


def draw_portrait(words: Words, series: CardSeries) -> ChartCard:
    """Draw a legend's card, 1,200 by 1,680 pixels."""
    alt = words(
        "card-alt", title=series.title, good=words(f"good-{series.good}"), rarity=words(f"rarity-{series.rarity}")
    )
    return card(f"{series.slug}.png", style.to_png(portrait(series)), [alt])


def portrait(series: CardSeries) -> Figure:
    """The card as a figure."""
    figure = style.new_figure(HEIGHT)
    whole = _plot(figure, (0, 0, style.WIDTH, HEIGHT))
    put(whole, framed(FRAMES[series.rarity]))
    scene = _plot(figure, (_LEFT, _LOW, _LEFT + WIDE, _LOW + HIGH))
    chance = Random(f"card {series.slug}")
    motif = motif_of(series, chance)
    land = scenery.country(chance, motif.season, scenery.LIGHTS[motif.light], HIGH)
    _country(scene, land, motif, chance)
    put(scene, motif.paint(chance, land))
    over = _plot(figure, (0, 0, style.WIDTH, HEIGHT))
    put(over, plaque(FRAMES[series.rarity]))
    _title(figure, series)
    return figure


def reverse() -> Figure:
    """The back of every card."""
    figure = style.new_figure(HEIGHT)
    put(_plot(figure, (0, 0, style.WIDTH, HEIGHT)), back())
    return figure


def _plot(figure: Figure, edges: tuple[int, int, int, int]) -> Axes:
    left, low, right, high = edges
    plot = figure.add_axes((left / style.WIDTH, low / HEIGHT, (right - left) / style.WIDTH, (high - low) / HEIGHT))
    plot.set_axis_off()
    plot.set_xlim(0, right - left)
    plot.set_ylim(0, high - low)
    return plot


def _country(plot: Axes, land: scenery.Country, motif: Motif, chance: Random) -> None:
    """Sky and hills, with the light in one of the upper corners."""
    light = land.light
    ramp = LinearSegmentedColormap.from_list("sky", [light.low, light.low, light.middle, light.top])
    plot.imshow(
        np.linspace(0, 1, HIGH)[:, None],
        cmap=ramp,
        extent=(0, WIDE, HIGH * 0.28, HIGH),
        origin="lower",
        aspect="auto",
        interpolation="bilinear",
    )
    plot.set_xlim(0, WIDE)
    plot.set_ylim(0, HIGH)
    x, y, radius = (0.2 if chance.random() < 0.5 else 0.8) * WIDE, 0.82 * HIGH, 74.0
    stars: Shape = []
    for _ in range(90 if light.moon else 0):
        right, up, size = chance.uniform(0, WIDE), chance.uniform(0.45, 1) * HIGH, chance.uniform(1.2, 3.2)
        if hypot(right - x, up - y) > 1.5 * radius:
            stars.append((shapes.oval(right, up, size, size), "#ffffffcc"))
    put(plot, stars)
    if motif.shine:
        put(plot, glow(x, y, radius * 2.4, light.shine))
        disc = shapes.crescent(radius) if light.moon else shapes.oval(0, 0, radius, radius)
        put(plot, [(np.add(disc, (x, y)), light.shine)])
    for hill, many, high in zip(land.hills, (24, 18, 10), (90, 140, 200), strict=False):
        put(plot, scenery.trees(chance, land, hill, WIDE, many=many, size=high, withered=motif.withered))
        put(plot, [(hill.outline(WIDE), hill.colour)])


def put(plot: Axes, patches: Shape) -> None:
    """Draw patches, back to front."""
    polygons, colours = [points for points, _ in patches], [colour for _, colour in patches]
    plot.add_collection(PolyCollection(polygons, facecolors=colours, linewidths=0), autolim=False)


def _title(figure: Figure, series: CardSeries) -> None:
    """The title in one line or two, and below it the years of the true episode."""
    title = fonts.drawable(series.title)  # in somebody's own legend there may be letters that no font has
    lines, size = next(
        ((lines, size) for size in _SIZES if (lines := _lines(title, size)) is not None),
        ([style.fit(title, _SIZES[-1], _ROOM, "bold")], _SIZES[-1]),
    )
    middle = 268 if series.years else 240
    for at, line in enumerate(lines):
        y = middle + (len(lines) - 1 - 2 * at) * size * 0.58
        style.write(figure, style.WIDTH / 2, y, line, size, _TITLE, ha="center", va="center", weight="bold")
    if series.years:
        colour = FRAMES[series.rarity].accent
        style.write(
            figure,
            style.WIDTH / 2,
            132,
            style.fit(fonts.drawable(series.years), 50, 520),
            50,
            colour,
            ha="center",
            va="center",
        )


def _lines(title: str, size: float) -> list[str] | None:
    """The title as it fits at a size: whole, or halved where its halves are most alike; None where it does not fit."""
    if style.width(title, size, "bold") <= _ROOM:
        return [title]
    parts = title.split(" ")
    halves = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
    widths = [max(style.width(half, size, "bold") for half in pair) for pair in halves]
    if not widths or min(widths) > _ROOM:
        return None
    return list(halves[widths.index(min(widths))])
