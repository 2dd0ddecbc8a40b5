"""The calendar: seasons, the weather, the firewood they ask for, and what happens at a year's end."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.wood.woods import MINDS, RULES, SILENT, play, told, wood
from wood.calendar import date_of
from wood.chronicle import EventKind
from wood.moves import TellLegend
from wood.names import CREATURES, GOODS, SEASONS, Creature, Season
from wood.ranking import FAME_PEBBLES, ranking, standing
from wood.turn import step
from wood.world import Loan

YEAR = RULES.year


def test_a_year_is_four_seasons_of_fifteen_turns() -> None:
    assert [season.season for season in RULES.seasons] == list(SEASONS)
    assert [len(season.firewood) for season in RULES.seasons] == [15] * 4
    assert YEAR == 60


@pytest.mark.parametrize(
    ("turn", "year", "season", "day"),
    [
        (1, 1, Season.AUTUMN, 1),
        (15, 1, Season.AUTUMN, 15),
        (16, 1, Season.WINTER, 1),
        (45, 1, Season.SPRING, 15),
        (46, 1, Season.SUMMER, 1),
        (60, 1, Season.SUMMER, 15),
        (61, 2, Season.AUTUMN, 1),
        (6001, 101, Season.AUTUMN, 1),
    ],
)
def test_where_a_turn_lies(turn: int, year: int, season: Season, day: int) -> None:
    date = date_of(RULES, turn)
    assert (date.year, date.season.season, date.day) == (year, season, day)
    assert date.firewood == date.season.firewood[day - 1]
    assert date.days == 15


def test_a_wood_before_its_first_turn_stands_at_the_first_day() -> None:
    assert date_of(RULES, 0) == date_of(RULES, 1)


def test_the_need_climbs_in_autumn_falls_in_spring_and_is_none_in_summer() -> None:
    need = {rule.season: rule.firewood for rule in RULES.seasons}
    thirds = {season: [sum(logs[place : place + 5]) for place in (0, 5, 10)] for season, logs in need.items()}
    assert thirds[Season.AUTUMN] == sorted(thirds[Season.AUTUMN])
    assert thirds[Season.AUTUMN][0] < thirds[Season.AUTUMN][2]
    assert thirds[Season.SPRING] == sorted(thirds[Season.SPRING], reverse=True)
    assert need[Season.SUMMER] == (0,) * 15
    assert sum(need[Season.WINTER]) > sum(need[Season.SPRING]) > 0


def test_the_weather_is_told_with_the_season_and_drawn_by_seed_and_year() -> None:
    _, turns = play(wood(), 2 * YEAR)
    weather = [
        (turn.number, event.subject, event.data) for turn in turns for event in told(turn.events, EventKind.WEATHER)
    ]
    assert [(number, season) for number, season, _ in weather] == [
        (1 + 15 * place, SEASONS[place % 4]) for place in range(8)
    ]
    skies = [tuple(data["weather"].items()) for _, _, data in weather if data]
    assert all(units in {-1, 0, 1} for sky in skies for _, units in sky)
    assert all([good for good, _ in sky] == list(GOODS) for sky in skies)
    assert skies[:4] != skies[4:]
    _, (other,) = play(wood(8), 1)
    assert told(other.events, EventKind.WEATHER)[0].data != weather[0][2]


def test_a_years_end_names_who_was_richest_over_the_year() -> None:
    world, turns = play(wood(), 2 * YEAR, MINDS["random"])
    for year, days in ((1, turns[:YEAR]), (2, turns[YEAR:])):
        (event,) = [event for turn in days for event in told(turn.events, EventKind.YEAR)]
        assert event in days[-1].events
        assert event.data is not None
        sums = {creature: sum(turn.wealth[creature] for turn in days) for creature in CREATURES}
        assert event.data["year"] == year
        assert event.data["standing"] == {creature: sums[creature] // YEAR for creature in CREATURES}
        assert event.data["winner"] == event.subject
        assert sums[event.data["winner"]] == max(sums.values())
    assert set(world.wealth.values()) == {0}


def test_wealth_counts_pebbles_and_goods_at_the_reference() -> None:
    _, (turn,) = play(wood(), 1, MINDS["instinct"])
    for creature in CREATURES:
        goods = sum(turn.stores[creature][good] * turn.references[good] for good in GOODS)
        assert turn.wealth[creature] == turn.purses[creature] * 100 + goods


def test_a_tie_at_the_years_end_is_drawn() -> None:
    winners = set()
    for seed in range(12):
        equal = replace(
            wood(seed),
            turn=YEAR - 1,
            wealth={who: 10**9 - wealth for who, wealth in _wealth_of_the_last_turn(seed).items()},
        )
        _, turn = step(RULES, equal, SILENT)
        winners |= {event.subject for event in told(turn.events, EventKind.YEAR)}
    assert len(winners) > 1


def _wealth_of_the_last_turn(seed: int) -> dict[Creature, int]:
    _, turn = step(RULES, replace(wood(seed), turn=YEAR - 1), SILENT)
    return {who: turn.wealth[who] for who in CREATURES}


def test_patrons_are_ranked_by_purse_loans_and_fame_and_fame_begins_anew() -> None:
    world = wood(patrons=4)
    fame = {"p1": 0, "p2": 3, "p3": 3, "p4": 0}
    patrons = {key: replace(patron, fame=fame[key]) for key, patron in world.patrons.items()}
    world = replace(world, turn=YEAR - 1, patrons=patrons, loans=(Loan("patron:p4", CREATURES[0], 19, 10**6, lent=16),))
    assert [standing(world, key) - standing(world, "p1") for key in patrons] == [
        0,
        3 * FAME_PEBBLES,
        3 * FAME_PEBBLES,
        16,
    ]
    assert ranking(world) == ("p4", "p2", "p3", "p1")
    world, turn = step(RULES, world, SILENT)
    (event,) = told(turn.events, EventKind.YEAR)
    assert event.data is not None
    assert event.data["patron"] == "p4"
    assert {patron.fame for patron in world.patrons.values()} == {0}


def test_who_has_left_is_not_ranked() -> None:
    world = wood(patrons=2)
    world = replace(world, patrons={**world.patrons, "p1": replace(world.patrons["p1"], present=False)})
    assert ranking(world) == ("p2",)


def test_a_wood_without_patrons_has_no_leader() -> None:
    _, turn = step(RULES, replace(wood(), turn=YEAR - 1), SILENT)
    (event,) = told(turn.events, EventKind.YEAR)
    assert event.data is not None
    assert event.data["patron"] == ""


def test_legends_run_on_over_the_years_end() -> None:
    world = replace(wood(), turn=YEAR - 2)
    _, turns = play(world, 4, None, {YEAR - 1: [TellLegend("run-on-oonas-hoard")]})
    steps = [len(told(turn.events, EventKind.DECREE)) for turn in turns]
    decree = next(shock.decree for shock in RULES.legends["run-on-oonas-hoard"].shocks if shock.decree)
    assert steps == [1] * len(decree) + [0] * (4 - len(decree))
    assert [turn.year for turn in turns] == [1, 1, 2, 2]


def test_the_records_count_on() -> None:
    _, turns = play(wood(), YEAR + 2)
    assert [turn.number for turn in turns] == list(range(1, YEAR + 3))
    for before, after in pairwise(turns):
        assert (after.year, SEASONS.index(after.season), after.day) > (
            before.year,
            SEASONS.index(before.season),
            before.day,
        )
