"""The parts of a turn that no one decides: harvest, hearth and table, rot and the bowl."""

from dataclasses import replace

import pytest

from tests.wood.woods import RULES, holding, play, quiet, stocked, told, wood
from wood.almanac import year_of
from wood.bourse import RESERVE
from wood.bowl import BOWL_SHARES, PEBBLES_STEADY, STEADYING
from wood.chronicle import EventKind
from wood.founding import START_OTHER, START_OWN, START_PEBBLES, found_world
from wood.household import TREAT
from wood.names import BOWL, CENTS, CREATURES, FOODS, GOODS, HARVEST, MINT, PEBBLES, Creature, Good, Season
from wood.turn import open_turn

PIP = Creature.PIP
FIRST_NEED = RULES.seasons[0].firewood[0]

BOWL_ABOVE = BOWL_SHARES[0][0]


def test_a_wood_begins_as_the_rules_say() -> None:
    world = found_world(RULES, 7)
    for creature in CREATURES:
        assert world.held(creature, PEBBLES) == START_PEBBLES
        for good in GOODS:
            own = RULES.creatures[creature].makes is good
            assert world.held(creature, good) == (START_OWN if own else START_OTHER[good])
    assert world.held(MINT, PEBBLES) == -5 * START_PEBBLES - RESERVE
    assert world.references == {good: RULES.goods[good].start for good in GOODS}
    assert sorted(world.deck) == list(RULES.deck)
    assert (world.turn, world.chain, world.ready) == (0, "", 1)
    for creature in CREATURES:
        nothing = (world.beliefs[creature], world.echoes[creature], world.memories[creature])
        assert nothing == ({}, {}, ())
    assert (world.claims, world.calls, world.callers) == ((), (), {})


# Harvest.


def test_a_harvest_stops_when_the_own_store_is_full() -> None:
    for creature in CREATURES:
        makes = RULES.creatures[creature].makes
        for stock in (0, RULES.goods[makes].capacity - 1, RULES.goods[makes].capacity, RULES.goods[makes].capacity + 5):
            opened = open_turn(RULES, holding(wood(), creature, **{makes.value: stock})).world
            grown = opened.held(creature, makes) - stock
            assert 0 <= grown <= max(0, RULES.goods[makes].capacity - stock)


def test_a_harvest_follows_the_weather_and_a_broken_unit_is_drawn() -> None:
    """Over a season the mean harvest is what its rule, the season's sky and the year say, with no store full."""
    for seed in range(6):
        world, grown = wood(seed), []
        sky = 0
        for turn in range(1, 16):
            morning = open_turn(RULES, replace(stocked(world, 0, 40), turn=turn - 1))
            for event in told(morning.events, EventKind.WEATHER):
                assert event.data is not None
                sky = event.data["weather"]["berries"]
            grown.append(morning.world.held(PIP, Good.BERRIES))
        exact = (RULES.creatures[PIP].harvest + CENTS * sky) * year_of(RULES, seed, 1).yields[Good.BERRIES] // 100
        assert set(grown) <= {exact // CENTS, -(-exact // CENTS)}
        assert abs(sum(grown) * CENTS - 15 * exact) <= 15 * CENTS // 2


def test_the_weather_lasts_a_season_and_differs_between_goods_and_seeds() -> None:
    skies = set()
    for seed in range(8):
        (event,) = told(open_turn(RULES, wood(seed)).events, EventKind.WEATHER)
        assert event.subject == Season.AUTUMN
        assert event.data is not None
        skies.add(tuple(event.data["weather"].values()))
    assert len(skies) > 5


# Hearth and table.


def test_a_meal_is_at_most_one_of_each_food_and_three_kinds() -> None:
    world, turn = quiet(stocked(wood(), 5, 10))
    for creature in CREATURES:
        eaten = {food: 5 - world.held(creature, food) for food in FOODS}
        assert set(eaten.values()) <= {0, 1}
        assert sum(eaten.values()) == turn.kinds[creature] == TREAT
    assert not told(turn.events, EventKind.HUNGER)


def test_the_foods_cheapest_beside_their_usual_price_are_eaten() -> None:
    world = stocked(wood(), 5, 10)
    world = replace(world, references={**world.references, Good.ACORNS: 3 * world.references[Good.ACORNS]})
    after, _ = quiet(world)
    assert {after.held(PIP, food) for food in FOODS if food is not Good.ACORNS} == {4}
    assert after.held(PIP, Good.ACORNS) == 5


@pytest.mark.parametrize(("foods", "kinds"), [((), 0), (("honey",), 1), (("honey", "acorns"), 2)])
def test_what_is_missing_is_missing(foods: tuple[str, ...], kinds: int) -> None:
    world = holding(stocked(wood(), 5, 10), PIP, **{food.value: int(food in foods) for food in FOODS})
    after, turn = quiet(world)
    assert turn.kinds[PIP] == kinds
    assert [after.held(PIP, food) for food in FOODS] == [0, 0, 0, 0]
    hungry = [(event.subject, event.data) for event in told(turn.events, EventKind.HUNGER)]
    assert hungry == ([("pip", {"kinds": kinds})] if kinds < 2 else [])


def test_hearths_burn_what_the_season_asks_for() -> None:
    stocks = dict(zip(CREATURES, (5, FIRST_NEED, 0, 5, 5), strict=True))
    world = stocked(wood(), 5, 10)
    for creature, logs in stocks.items():
        world = holding(world, creature, firewood=logs)
    after, turn = quiet(world)
    for creature, logs in stocks.items():
        assert after.held(creature, Good.FIREWOOD) == max(0, logs - FIRST_NEED)
    cold = [(event.subject, event.data) for event in told(turn.events, EventKind.COLD)]
    assert cold == [("fenn", {"missing": FIRST_NEED})]
    assert (turn.firewood_need, turn.firewood_supply) == (5 * FIRST_NEED, sum(stocks.values()))


# Rot.


def test_only_what_lies_over_the_larder_rots_and_only_what_rots() -> None:
    spoiled: dict[Good, list[int]] = {good: [] for good in GOODS}
    for seed in range(30):
        after, turn = quiet(stocked(wood(seed), 16, 10))
        for event in told(turn.events, EventKind.SPOIL):
            assert event.data is not None
            spoiled[event.data["good"]].append(event.data["units"])
        assert after.held(HARVEST, PEBBLES) == 0
    for good in GOODS:
        rule = RULES.goods[good]
        if rule.rot[0] == 0:
            assert not spoiled[good]
            continue
        # 16 less the one that was eaten: at most one more or less by the draw.
        low = (15 - rule.larder) * rule.rot[0] // rule.rot[1]
        assert set(spoiled[good]) <= {low, low + 1, low + 2}
        assert spoiled[good]


def test_a_larder_that_is_not_full_keeps_everything() -> None:
    least = min(rule.larder for rule in RULES.goods.values())
    _, turn = quiet(stocked(wood(), least, 10))
    assert not told(turn.events, EventKind.SPOIL)


# The commons bowl.


def test_the_bowl_takes_from_full_purses_and_shares_equally() -> None:
    poor = 15
    world = holding(stocked(wood(), 5, poor), PIP, pebbles=BOWL_ABOVE + 101)
    after, turn = quiet(world)
    purse = BOWL_ABOVE + 101
    given = sum((purse - above) // part for above, part in BOWL_SHARES)
    share = given // 5
    assert turn.flows["bowl/pebbles"] == given
    assert after.held(PIP, PEBBLES) == BOWL_ABOVE + 101 - given + share
    assert {after.held(creature, PEBBLES) for creature in CREATURES if creature is not PIP} == {poor + share}
    assert after.held(BOWL, PEBBLES) == given % 5, "what cannot be shared waits in the bowl"


def test_the_bowl_leaves_ordinary_purses_alone() -> None:
    after, turn = quiet(stocked(wood(), 5, BOWL_ABOVE))
    assert "bowl/pebbles" not in turn.flows
    assert {after.held(creature, PEBBLES) for creature in CREATURES} == {BOWL_ABOVE}


def test_the_bowl_gives_a_tithe_where_pebbles_are_too_many_and_gets_alms_where_they_are_too_few() -> None:
    least, most = PEBBLES_STEADY
    for purse in (most, 2 * most):
        _, turn = quiet(stocked(wood(), 5, purse // 5 * 2))
        assert turn.flows["tithe/pebbles"] == -(-(purse // 5 * 2 * 5 - most) // STEADYING)
        assert "alms/pebbles" not in turn.flows
    after, turn = quiet(stocked(wood(), 5, least // 5 - 3))
    assert turn.flows["alms/pebbles"] == 3
    assert "tithe/pebbles" not in turn.flows
    assert after.held(BOWL, PEBBLES) == 3


# The record.


def test_the_record_says_how_the_turn_ended() -> None:
    world, turns = play(wood(), 3)
    last = turns[-1]
    assert (last.number, last.season, last.day) == (3, Season.AUTUMN, 3)
    assert last.references == world.references
    assert last.moods == world.moods
    assert last.trades == world.tape
    assert world.yesterday == turns[-2].references
    assert list(last.flows) == sorted(last.flows)
    assert last.kinds.keys() == set(CREATURES)
