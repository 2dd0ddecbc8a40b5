"""A household: what a creature lacks, can spare and finds worth how much, and what its beliefs make of that."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wood.woods import RULES
from wood.household import (
    BELIEVED,
    DUMP_PERCENT,
    GOOD_MEAL,
    NO_BELIEFS,
    NO_WANTS,
    STALL_KEEP,
    STALL_PERCENT,
    cheapness,
    habit,
    lacks,
    meal,
    spare,
    worth,
)
from wood.names import CENTS, CREATURES, FOODS, GOODS, PEBBLES, Creature, Good, Side
from wood.orders import Order

PIP = Creature.PIP
USUAL: Mapping[Good, int] = {good: RULES.goods[good].start for good in GOODS}
BARE: Mapping[str, int] = {PEBBLES: 40}
"""A purse, and nothing to eat or to burn."""
FED: Mapping[str, int] = {PEBBLES: 40, "acorns": 1, "berries": 1, "mushrooms": 1, "honey": 1, "firewood": 2}
"""All that tonight asks for, and nothing beyond."""
STOCKS = st.fixed_dictionaries({good.value: st.integers(0, 12) for good in GOODS})
WANTS = st.dictionaries(st.sampled_from(GOODS), st.integers(-3, 3).filter(bool))


def lacking(
    store: Mapping[str, int], wants: Mapping[Good, int] = NO_WANTS, creature: Creature = PIP
) -> dict[Good, int]:
    return lacks(RULES, cheapness(USUAL, USUAL), store, creature, 2, 1, wants)


def orders(
    store: Mapping[str, int], wants: Mapping[Good, int] = NO_WANTS, favour: int = 0, creature: Creature = PIP
) -> dict[Good, Order]:
    placed = habit(RULES, USUAL, cheapness(USUAL, USUAL), store, creature, 2, frozenset(), wants, favour)
    assert len({order.good for order in placed}) == len(placed)
    return {order.good: order for order in placed}


def test_foods_are_chosen_by_their_price_beside_the_usual_one() -> None:
    """Not by what they cost: honey at its usual price is no dearer than acorns at theirs."""
    dear = {**USUAL, Good.ACORNS: 2 * USUAL[Good.ACORNS], Good.HONEY: USUAL[Good.HONEY] // 2}
    beside = cheapness(USUAL, dear)
    assert next(iter(beside)) is Good.HONEY
    assert list(beside)[-1] is Good.ACORNS
    assert beside[Good.ACORNS] == 2000
    assert beside[Good.BERRIES] == 1000
    assert cheapness(dear, dear) == dict.fromkeys(FOODS, 1000)
    assert meal(beside, {food.value: 1 for food in FOODS})[0] is Good.HONEY


def test_what_is_believed_to_get_dearer_is_lacked_more() -> None:
    assert lacking(FED) == {}
    assert lacking(FED, {Good.HONEY: 2}) == {Good.HONEY: 2}
    usual = lacking(BARE)
    assert lacking(BARE, {Good.FIREWOOD: 1}) == {**usual, Good.FIREWOOD: usual[Good.FIREWOOD] + 1}
    assert lacking(FED, {Good.BERRIES: 3}) == {}, "its own good it never lacks"


def test_what_is_believed_to_get_cheaper_can_wait_while_others_make_a_good_meal() -> None:
    usual = lacking(BARE)
    assert Good.HONEY in usual
    assert Good.HONEY not in lacking(BARE, {Good.HONEY: -1})
    two = {PEBBLES: 40, "berries": 1}
    only_two = lacking(two, {Good.HONEY: -1, Good.MUSHROOMS: -1, Good.ACORNS: -1})
    assert len(only_two.keys() & set(FOODS)) == GOOD_MEAL - 1, "a good meal is not put off"


def test_tonights_logs_do_not_wait_but_a_last_one_does() -> None:
    cheap = {Good.FIREWOOD: -2}
    assert lacking({**FED, "firewood": 0}, cheap) == {Good.FIREWOOD: 2}
    assert lacking({**FED, "firewood": 1}, cheap) == {}


@given(STOCKS, WANTS, st.sampled_from(CREATURES))
def test_whatever_is_believed_a_good_meal_is_fetched_and_the_own_good_is_not(
    stock: dict[str, int], wants: dict[Good, int], creature: Creature
) -> None:
    short = lacking(stock, wants, creature)
    makes = RULES.creatures[creature].makes
    assert makes not in short
    assert all(units > 0 for units in short.values())
    foods = {food for food in FOODS if stock[food] > 0 or food in short}
    assert len(foods) >= GOOD_MEAL


@given(STOCKS, WANTS, st.integers(0, 4), st.sampled_from(CREATURES))
def test_spare_is_never_more_than_there_is_and_less_of_what_will_be_dear(
    stock: dict[str, int], wants: dict[Good, int], firewood: int, creature: Creature
) -> None:
    plain, keen = (spare(RULES, stock, creature, firewood, each) for each in (NO_WANTS, wants))
    for good in GOODS:
        assert 0 <= keen.get(good, 0) <= stock[good]
        change = keen.get(good, 0) - plain.get(good, 0)
        assert change * wants.get(good, 0) <= 0
    for good, units in wants.items():
        if plain.get(good, 0) > units > 0:
            assert plain[good] - keen.get(good, 0) == units


def test_a_firm_belief_is_worth_a_part_of_the_good() -> None:
    for store in ({**FED, PEBBLES: 80}, {**BARE, PEBBLES: 80}):
        values = []
        for held in (-100, -50, 0, 50, 100):
            beliefs = {good.value: held for good in GOODS} if held else NO_BELIEFS
            values.append(worth(RULES, USUAL, USUAL, store, PIP, 2, 2, beliefs))
        for good in GOODS:
            series = [each[good] for each in values]
            assert series == sorted(series)
            assert series[0] < series[-1]
            for end, sign in ((series[0], -1), (series[-1], 1)):
                assert abs(end - series[2] * (1 + sign / BELIEVED)) <= 2


def test_what_is_usual_weighs_more_than_what_is_asked_now() -> None:
    dear = {good: 2 * price for good, price in USUAL.items()}
    for good in GOODS:
        usual = worth(RULES, USUAL, USUAL, FED, PIP, 2, 2)[good]
        asked = worth(RULES, USUAL, dear, FED, PIP, 2, 2)[good]
        both = worth(RULES, dear, dear, FED, PIP, 2, 2)[good]
        assert usual <= asked < both
        assert asked - usual < both - asked


def test_a_stall_holds_back_what_will_be_dear_and_dumps_what_will_be_cheap() -> None:
    store = {**FED, "berries": 6}
    plain = orders(store)[Good.BERRIES]
    assert (plain.side, plain.qty) == (Side.SELL, 6 - STALL_KEEP)
    assert plain.price == USUAL[Good.BERRIES] * STALL_PERCENT // (100 * CENTS)
    held = orders(store, {Good.BERRIES: 2})[Good.BERRIES]
    assert (held.price, held.qty) == (plain.price, plain.qty - 2)
    assert Good.BERRIES not in orders(store, {Good.BERRIES: plain.qty})
    dumped = orders(store, {Good.BERRIES: -1})[Good.BERRIES]
    assert (dumped.price, dumped.qty) == (USUAL[Good.BERRIES] * DUMP_PERCENT // (100 * CENTS), plain.qty)
    assert dumped.price < USUAL[Good.BERRIES] // CENTS


def test_what_will_be_cheap_is_sold_out_of_the_larder_but_for_tonights_need() -> None:
    store = {**FED, "honey": 4, "firewood": 3}
    assert Good.HONEY not in orders(store)
    dumped = orders(store, {Good.HONEY: -2, Good.FIREWOOD: -2})
    assert (dumped[Good.HONEY].side, dumped[Good.HONEY].qty) == (Side.SELL, 2)
    assert (dumped[Good.FIREWOOD].side, dumped[Good.FIREWOOD].qty) == (Side.SELL, 1)
    assert dumped[Good.HONEY].price == USUAL[Good.HONEY] * DUMP_PERCENT // (100 * CENTS)
    assert orders({**FED, "honey": 1}, {Good.HONEY: -2}) == orders({**FED, "honey": 1})


def test_an_errand_fetches_what_will_be_dear() -> None:
    bid = orders(FED, {Good.HONEY: 2})[Good.HONEY]
    assert (bid.side, bid.qty) == (Side.BUY, 2)


@pytest.mark.parametrize("favour", [-1, 1])
def test_the_shunned_ask_a_pebble_less_and_bid_one_more_and_the_praised_the_other_way(favour: int) -> None:
    store = {**BARE, "berries": 6}
    plain, changed = orders(store), orders(store, favour=favour)
    assert plain.keys() == changed.keys()
    for good, order in plain.items():
        step = favour if order.side is Side.SELL else -favour
        assert changed[good].price == order.price + step
        assert changed[good].qty == order.qty
