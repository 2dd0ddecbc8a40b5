"""The almanac: how one year differs from the next, drawn for each from the wood's seed.

Harvests, the hardness of the winter and the coming of spring are drawn, and one boon and one bane among the plain
shocks of the content. Signs of these two are seen a few turns before: an edge for whoever reads with care.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from wood.calendar import date_of
from wood.chance import below, shuffled
from wood.names import GOODS, Good, Season
from wood.rules import Lot, Rules

FASHIONS: Final = (68, 84, 100, 122, 148)
"""Per cent of its usual price that goods are worth in a year, each to one of them."""
FIRST_FASHIONS: Final = (80, 90, 100, 110, 120)
"""The same for a wood's first year, whose prices all begin at the usual ones."""
YIELDS: Final = (80, 95, 105, 120)
"""Per cent of its usual harvest that a good may yield in a year."""
WINTERS: Final = (175, 200, 200, 225)
"""Hundredths of a log that a hearth burns in a turn of winter, in place of its usual two hundred."""
THAWS: Final = (-2, 0, 0, 3)
"""Turns by which spring's last fires burn longer than usual."""
SIGNS_BEFORE: Final = (4, 2)
"""Turns before a boon or a bane in which its signs are seen."""
SETTLING_IN: Final = 15
"""Turns of a wood's first year in which neither falls: its creatures are new to each other."""


@dataclass(frozen=True, slots=True)
class Year:
    """What is drawn for one year.

    Attributes:
        fashion: per cent of its usual price that a good is worth to everybody in this year.
        yields: per cent of the usual harvest, by good.
        winter: hundredths of a log that a hearth burns in a turn of winter.
        thaw: turns by which spring's fires burn longer, negative if they go out early.
        falls: the boon and the bane by the turn of the year (from 1) in which they fall: slugs.
    """

    fashion: Mapping[Good, int]
    yields: Mapping[Good, int]
    winter: int
    thaw: int
    falls: Mapping[int, str]


@lru_cache(maxsize=64)
def year_of(rules: Rules, seed: int, year: int) -> Year:
    """What the almanac says of a year, from 1."""
    lots = tuple((slug, legend.lot, legend.seasons) for slug, legend in rules.legends.items() if legend.lot)
    return _year(lots, tuple((season.season, len(season.firewood)) for season in rules.seasons), seed, year)


@lru_cache(maxsize=256)
def _year(
    lots: tuple[tuple[str, Lot | None, tuple[Season, ...]], ...],
    seasons: tuple[tuple[Season, int], ...],
    seed: int,
    year: int,
) -> Year:
    falls: dict[int, str] = {}
    for lot in Lot:
        places = [
            (turn, slug)
            for slug, kind, when in lots
            if kind is lot
            for turn in _turns(when, seasons)
            if (year > 1 or turn > SETTLING_IN) and all(abs(turn - other) > max(SIGNS_BEFORE) for other in falls)
        ]
        if places:
            # Which one is drawn first, so that one with a long season is not the likelier for it.
            slugs = sorted({slug for _, slug in places})
            slug = slugs[below(len(slugs), seed, year, "lot", lot)]
            turns = [turn for turn, each in places if each == slug]
            falls[turns[below(len(turns), seed, year, "falls", lot)]] = slug
    tastes = shuffled(FASHIONS if year > 1 else FIRST_FASHIONS, seed, year, "fashion")
    return Year(
        dict(zip(GOODS, tastes, strict=True)),
        {good: YIELDS[below(len(YIELDS), seed, year, "yield", good)] for good in GOODS},
        WINTERS[below(len(WINTERS), seed, year, "winter")],
        THAWS[below(len(THAWS), seed, year, "thaw")],
        falls,
    )


def usual_prices(rules: Rules, seed: int, turn: int) -> Mapping[Good, int]:
    """What each good usually costs in the year of a turn, hundredths of a pebble: where drift is at home."""
    return _usual(rules, seed, date_of(rules, turn).year)


@lru_cache(maxsize=64)
def _usual(rules: Rules, seed: int, year: int) -> Mapping[Good, int]:
    fashion = year_of(rules, seed, year).fashion
    return {good: rules.goods[good].start * fashion[good] // 100 for good in GOODS}


def _turns(when: tuple[Season, ...], seasons: tuple[tuple[Season, int], ...]) -> list[int]:
    """The turns of a year, from 1, in some of its seasons; none so early or late that signs or effects leave it."""
    found: list[int] = []
    first = 1
    for season, length in seasons:
        if season in when:
            found += range(first + 2, first + length - 2)
        first += length
    return [turn for turn in found if turn > max(SIGNS_BEFORE)]


def hearth(rules: Rules, seed: int, turn: int) -> int:
    """Logs that one hearth asks for in a turn, before any legend's say: the calendar's, as this year bends it."""
    date = date_of(rules, turn)
    year = year_of(rules, seed, date.year)
    if date.season.season is Season.WINTER:
        usual = date.firewood * year.winter // 2
        return usual * date.day // 100 - usual * (date.day - 1) // 100
    if date.season.season is Season.SPRING and year.thaw:
        day = date.day - year.thaw
        if day < 1:
            return 1
        return date.season.firewood[day - 1] if day <= date.days else 0
    return date.firewood
