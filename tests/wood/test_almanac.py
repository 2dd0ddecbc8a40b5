"""The almanac: how years differ, and the boon and the bane of each with the signs before them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.wood.woods import RULES, SILENT, calm, play, told, wood
from wood.almanac import (
    FASHIONS,
    FIRST_FASHIONS,
    SETTLING_IN,
    SIGNS_BEFORE,
    THAWS,
    WINTERS,
    YIELDS,
    Year,
    hearth,
    usual_prices,
    year_of,
)
from wood.calendar import date_of
from wood.chronicle import EventKind
from wood.names import CREATURES, GOODS, Season
from wood.observe import observe
from wood.rules import Lot
from wood.turn import close_turn, open_turn
from wood.world import World

SEEDS = range(40)
YEARS = range(1, 6)
LOTS = {slug: legend for slug, legend in RULES.legends.items() if legend.lot}


def years() -> Iterator[tuple[int, int, Year]]:
    return ((seed, number, year_of(RULES, seed, number)) for seed in SEEDS for number in YEARS)


def test_years_differ_and_are_the_same_when_asked_again() -> None:
    assert len({repr(year) for _, _, year in years()}) == len(SEEDS) * len(YEARS)
    seed, number, year = next(years())
    assert year_of(RULES, seed, number) == year


def test_every_year_is_drawn_from_what_the_almanac_knows() -> None:
    seen: Counter[object] = Counter()
    for _, number, year in years():
        assert sorted(year.fashion.values()) == sorted(FASHIONS if number > 1 else FIRST_FASHIONS)
        assert list(year.fashion) == list(year.yields) == list(GOODS)
        assert set(year.yields.values()) <= set(YIELDS)
        seen.update([("winter", year.winter), ("thaw", year.thaw)])
        seen.update(("yield", percent) for percent in year.yields.values())
        seen.update(("fashion", number > 1, good, percent) for good, percent in year.fashion.items())
    drawn: set[object] = {("winter", each) for each in WINTERS} | {("thaw", each) for each in THAWS}
    drawn |= {("yield", each) for each in YIELDS}
    for later, tastes in ((False, FIRST_FASHIONS), (True, FASHIONS)):
        drawn |= {("fashion", later, good, each) for good in GOODS for each in tastes}
    assert set(seen) == drawn


def test_a_first_years_fashions_are_the_milder_ones() -> None:
    assert len(FIRST_FASHIONS) == len(FASHIONS) == len(GOODS)
    assert min(FASHIONS) < min(FIRST_FASHIONS) < 100 < max(FIRST_FASHIONS) < max(FASHIONS)


def test_usual_prices_follow_the_fashion_of_their_year() -> None:
    starts = {good: RULES.goods[good].start for good in GOODS}
    for number in (1, 2, 3):
        fashion = year_of(RULES, 7, number).fashion
        first = (number - 1) * RULES.year + 1
        for turn in (first, first + RULES.year - 1):
            assert usual_prices(RULES, 7, turn) == {good: starts[good] * fashion[good] // 100 for good in GOODS}


# The boon and the bane.


def season_of(turn: int) -> tuple[Season, int, int]:
    date = date_of(RULES, turn)
    return date.season.season, date.day, date.days


def test_each_year_has_one_boon_and_one_bane_in_their_seasons_apart_from_each_other() -> None:
    fallen: Counter[str] = Counter()
    for _, number, year in years():
        lots = [LOTS[slug].lot for slug in year.falls.values()]
        assert len(lots) == len(set(lots))
        assert number == 1 or set(lots) == set(Lot)
        fallen.update(year.falls.values())
        for turn, slug in year.falls.items():
            assert max(SIGNS_BEFORE) < turn <= RULES.year
            assert season_of(turn)[0] in LOTS[slug].seasons
            assert number > 1 or turn > SETTLING_IN
        if len(year.falls) == 2:
            one, other = year.falls
            assert abs(one - other) > max(SIGNS_BEFORE)
    assert set(fallen) == set(LOTS), "each of them falls some time"


def test_the_almanac_is_of_plain_shocks_with_signs_and_nothing_of_it_is_in_the_deck() -> None:
    assert {legend.lot for legend in LOTS.values()} == set(Lot)
    for slug, legend in LOTS.items():
        assert slug not in RULES.deck
        assert len(legend.signs) == len(SIGNS_BEFORE)
        assert legend.seasons


def about(seed: int, number: int, turn: int, before: int = 6, after: int = 1) -> tuple[World, int]:
    """A wood some turns before a turn of a year, and how many turns to play to get past it."""
    first = (number - 1) * RULES.year + turn
    return replace(wood(seed), turn=first - 1 - before), before + 1 + after


@pytest.mark.parametrize("number", [1, 2])
def test_signs_are_seen_before_and_then_it_falls(number: int) -> None:
    checked = 0
    for seed in range(4):
        for turn, slug in year_of(RULES, seed, number).falls.items():
            world, turns = about(seed, number, turn)
            seen: list[tuple[int, int]] = []
            fell: list[int] = []
            for _ in range(turns):
                morning = open_turn(RULES, world)
                to_go = (number - 1) * RULES.year + turn - morning.world.turn - 1
                views = observe(RULES, morning.world)
                for event in told(morning.events, EventKind.OMEN):
                    if event.subject == slug:
                        assert event.data is not None
                        seen.append((to_go, event.data["sign"]))
                        sign = LOTS[slug].signs[event.data["sign"]]
                        for who in CREATURES:
                            (line,) = [line for line in views[who].heard if line.text == sign]
                            assert (line.speaker, line.kind, line.leaning, line.about) == ("", "news", 0, None)
                fell += [to_go for event in told(morning.events, EventKind.LEGEND) if event.subject == slug]
                world, _ = close_turn(RULES, morning, SILENT)
            assert seen == [(ahead, sign) for sign, ahead in enumerate(SIGNS_BEFORE)]
            assert fell == [0]
            checked += 1
    assert checked > 3


def test_nothing_falls_in_a_wood_that_settles_in_nor_where_the_content_has_no_lots() -> None:
    for seed in range(3):
        _, turns = play(wood(seed), SETTLING_IN - max(SIGNS_BEFORE))
        assert not [event for turn in turns for event in told(turn.events, EventKind.OMEN)]
        assert not [event for turn in turns for event in told(turn.events, EventKind.LEGEND)]
    assert all(not year_of(calm(), seed, number).falls for seed, number, _ in years())


# The hearth.


def hearths(seed: int, number: int, season: Season) -> list[tuple[int, int]]:
    """What a hearth asks for in each turn of a season, and what the calendar does."""
    first = (number - 1) * RULES.year + 1
    turns = [turn for turn in range(first, first + RULES.year) if season_of(turn)[0] is season]
    return [(hearth(RULES, seed, turn), date_of(RULES, turn).firewood) for turn in turns]


def test_a_hard_winter_burns_more_and_a_mild_one_less() -> None:
    for seed, number, year in years():
        burned = hearths(seed, number, Season.WINTER)
        logs = sum(usual for _, usual in burned)
        assert sum(asked for asked, _ in burned) == logs * year.winter // 200
        assert all(abs(200 * asked - usual * year.winter) < 200 for asked, usual in burned)


def test_a_late_spring_burns_longer_and_an_early_one_shorter() -> None:
    for seed, number, year in years():
        burned = hearths(seed, number, Season.SPRING)
        change = sum(asked for asked, _ in burned) - sum(usual for _, usual in burned)
        assert (change > 0) == (year.thaw > 0)
        assert (change < 0) == (year.thaw < 0)
        assert abs(change) == abs(year.thaw)
        assert all(asked in {0, 1} for asked, _ in burned)


def test_autumn_and_summer_burn_what_the_calendar_says() -> None:
    for seed, number, _ in years():
        for season in (Season.AUTUMN, Season.SUMMER):
            assert all(asked == usual for asked, usual in hearths(seed, number, season))
