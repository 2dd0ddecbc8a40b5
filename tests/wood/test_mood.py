"""Moods: what a day deserves, and how moods follow it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.wood.woods import RULES, SEED, SILENT, TRIAL, at_usual_prices, holding, quiet, quiet_rules, stocked, wood
from wood.almanac import usual_prices
from wood.draft import Draft
from wood.mood import COLD, FLOOR, LOG, MEALS, MISFORTUNE, MOST, PRIDE, REGARD, SHARE, SPOILED, UNSOLD, deserved, lift
from wood.names import FOODS, Creature, Good
from wood.turn import step
from wood.world import Lately, World

OONA, BRAMBLE, FENN, MOSSBACK, PIP = Creature
FIRST_NEED = RULES.seasons[0].firewood[0]
USUAL = usual_prices(RULES, SEED, 1)


def hungry(world: World) -> World:
    return holding(world, PIP, **{food.value: 0 for food in FOODS})


def one_food(world: World) -> World:
    return holding(hungry(world), PIP, honey=1)


def two_foods(world: World) -> World:
    return holding(one_food(world), PIP, acorns=1)


def feast(world: World) -> World:
    return world


@pytest.mark.parametrize(("table", "kinds"), [(hungry, 0), (one_food, 1), (two_foods, 2), (feast, 3)])
@pytest.mark.parametrize("missing", range(FIRST_NEED + 1))
@pytest.mark.parametrize("before", [FLOOR, 5000, MOST])
def test_mood_moves_a_part_of_the_way_to_what_the_day_deserved(
    table: Callable[[World], World], kinds: int, missing: int, before: int
) -> None:
    world = holding(table(stocked(at_usual_prices(wood()), 5, 10)), PIP, firewood=FIRST_NEED - missing)
    world = replace(world, moods={**world.moods, PIP: before})
    after, _ = quiet(world)
    day = MEALS[kinds] - (COLD + LOG * missing if missing else 0)
    assert after.moods[PIP] == max(FLOOR, before + (day - before) // SHARE)


def test_the_worst_of_days_never_end_a_mood_and_plenty_brings_it_back() -> None:
    world = stocked(wood(), 0, 0)
    rules = quiet_rules()
    for _ in range(20):
        world = stocked(world, 0, 0)
        world, turn = step(rules, world, SILENT, [TRIAL])
        assert min(turn.moods.values()) >= FLOOR
    assert set(world.moods.values()) == {FLOOR}
    moods = []
    for _ in range(5):
        world, turn = step(rules, stocked(world, 5, 40), SILENT, [TRIAL])
        moods.append(turn.moods[PIP])
    assert moods == sorted(moods)
    assert moods[-1] > 6000


def test_what_a_turn_deserves_follows_the_table_of_meals() -> None:
    assert list(MEALS) == sorted(MEALS)
    assert FLOOR < MEALS[0] < MEALS[-1] < MOST


def day(lately: Lately, **changes: object) -> int:
    """What a day like this deserves of Pip, in a wood where nothing else is out of the ordinary."""
    draft = Draft(RULES, replace(at_usual_prices(wood()), **changes))  # type: ignore[arg-type]
    draft.lately[PIP] = lately
    return deserved(draft, PIP)


PLAIN = Lately(0, 2, {}, 0, {})


def test_rot_and_a_stall_that_sells_nothing_spoil_a_day_up_to_a_point() -> None:
    usual = day(PLAIN)
    assert usual == MEALS[2]
    assert usual - day(replace(PLAIN, spoiled={Good.BERRIES: 1, Good.ACORNS: 1})) == 2 * SPOILED
    assert usual - day(replace(PLAIN, unsold=2)) == 2 * UNSOLD
    assert usual - day(replace(PLAIN, spoiled={Good.BERRIES: 99}, unsold=99)) == MISFORTUNE


@pytest.mark.parametrize(("percent", "share"), [(100, 0), (125, 50), (75, -50), (150, 100), (400, 100), (30, -100)])
def test_a_maker_is_proud_of_a_high_price_and_minds_a_low_one(percent: int, share: int) -> None:
    other = day(PLAIN, references={**USUAL, Good.HONEY: 3 * USUAL[Good.HONEY]})
    assert other == day(PLAIN), "it is proud of its own alone"
    changed = day(PLAIN, references={**USUAL, Good.BERRIES: USUAL[Good.BERRIES] * percent // 100})
    assert changed - day(PLAIN) == PRIDE * share // 100


def test_what_the_others_believe_of_it_lifts_it_or_weighs_it_down() -> None:
    for points in (40, -40):
        believed = {who: {PIP.value: points} if who is not PIP else {} for who in Creature}
        assert day(PLAIN, beliefs=believed) - day(PLAIN) == REGARD * points
    assert day(PLAIN, beliefs={**wood().beliefs, PIP: {PIP.value: 100}}) == day(PLAIN), "its own belief does not count"


def test_a_mood_stays_within_its_bounds_whatever_the_day() -> None:
    draft = Draft(RULES, wood())
    for points, kinds in ((100, 3), (-100, 0)):
        draft.beliefs = {who: {PIP.value: points} if who is not PIP else {} for who in Creature}
        draft.lately[PIP] = Lately(0 if kinds else 9, kinds, {}, 0, {})
        for _ in range(30):
            lift(draft)
            assert FLOOR <= draft.moods[PIP] <= MOST
        assert abs(draft.moods[PIP] - min(MOST, max(FLOOR, deserved(draft, PIP)))) < SHARE
