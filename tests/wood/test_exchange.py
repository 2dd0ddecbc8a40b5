"""The market day: what stands, what is cut, by which hand, and what habit does where a mind said nothing."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wood.laws import watched_ledger
from tests.wood.woods import (
    MINDS,
    RULES,
    SILENT,
    TRIAL,
    decide,
    deciding,
    holding,
    play,
    stocked,
    with_legend,
    wood,
)
from wood.belief import wants
from wood.chronicle import Turn, dump
from wood.exchange import COLLAR, FAVOUR, FRIENDLY, standing_orders
from wood.household import NO_WANTS, cheapness, habit, lacks
from wood.names import CENTS, CREATURES, FOODS, GOODS, PEBBLES, Creature, Good, Hand, Side
from wood.orders import MAX_ORDERS, MAX_PRICE, MAX_QTY, Decision, Order
from wood.rules import Layer, Rules, Shock, ShockKind
from wood.turn import close_turn, open_turn, step
from wood.world import World

OONA, BRAMBLE, FENN, MOSSBACK, PIP = CREATURES
START = RULES.goods[Good.HONEY].start // CENTS


def buy(good: Good, price: int, qty: int = 1) -> Order:
    return Order(Side.BUY, good, price, qty)


def sell(good: Good, price: int, qty: int = 1) -> Order:
    return Order(Side.SELL, good, price, qty)


def pips(*orders: Order, world: World | None = None) -> Turn:
    """The turn in which Pip places these orders in a wood where nobody lacks anything."""
    return step(RULES, world or stocked(wood(), 4, 60), deciding(PIP, *orders))[1]


def slips(turn: Turn) -> list[tuple[str, int]]:
    assert {slip.creature for slip in turn.slips} <= {PIP}
    return [(slip.reason, slip.order.qty) for slip in turn.slips]


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        (buy(Good.BERRIES, 5), "own-product"),
        (buy(Good.HONEY, 0), "out-of-range"),
        (buy(Good.HONEY, -3), "out-of-range"),
        (buy(Good.HONEY, MAX_PRICE + 1), "out-of-range"),
        (buy(Good.HONEY, 5, 0), "out-of-range"),
        (buy(Good.HONEY, 5, -1), "out-of-range"),
        (sell(Good.HONEY, 5, MAX_QTY + 1), "out-of-range"),
        (buy(Good.HONEY, 10**30, 10**30), "out-of-range"),
        (sell(Good.HONEY, COLLAR * START + 1, 2), "outside-the-collar"),
        (buy(Good.HONEY, 1, 2), "outside-the-collar"),
    ],
)
def test_what_cannot_stand_at_all(order: Order, reason: str) -> None:
    assert slips(pips(order)) == [(reason, order.qty)]


def test_the_collar_binds_what_is_too_dear_to_sell_and_too_cheap_to_buy() -> None:
    assert slips(pips(sell(Good.HONEY, COLLAR * START))) == []
    assert slips(pips(buy(Good.HONEY, 2))) == []
    assert slips(pips(buy(Good.HONEY, COLLAR * START + 1))) == []
    assert slips(pips(sell(Good.HONEY, 1))) == []


def test_habit_speaks_where_a_mind_asked_the_impossible() -> None:
    possible, impossible = (pips(sell(Good.BERRIES, COLLAR * 5 + more)) for more in (0, 1))
    assert possible.auctions[Good.BERRIES].supply == 1
    assert impossible.auctions[Good.BERRIES].supply > 1, "no stall of berries"


def test_what_is_not_covered_is_cut() -> None:
    world = holding(stocked(wood(), 4, 60), PIP, pebbles=17)
    assert slips(pips(buy(Good.HONEY, 5, 4), world=world)) == [("not-covered", 1)]
    assert slips(pips(buy(Good.HONEY, 5, 2), buy(Good.ACORNS, 4, 2), world=world)) == [("not-covered", 1)]
    assert slips(pips(sell(Good.HONEY, 5, 6), world=world)) == [("not-covered", 2)]
    broke = holding(world, PIP, pebbles=0, honey=0)
    assert slips(pips(buy(Good.ACORNS, 5, 2), sell(Good.HONEY, 5, 1), world=broke)) == [
        ("not-covered", 2),
        ("not-covered", 1),
    ]


def test_nobody_stands_on_both_sides_of_one_good() -> None:
    assert slips(pips(buy(Good.HONEY, 9), sell(Good.HONEY, 5))) == [("one-order-a-good", 1)]
    assert slips(pips(sell(Good.HONEY, 5), buy(Good.HONEY, 9))) == [("one-order-a-good", 1)]


def test_an_order_that_did_not_stand_leaves_room_for_another_in_its_good() -> None:
    assert slips(pips(buy(Good.HONEY, 0), sell(Good.HONEY, 5))) == [("out-of-range", 1)]


def test_only_the_first_orders_count() -> None:
    orders = [buy(Good.HONEY, 0)] * MAX_ORDERS + [sell(Good.HONEY, 5)] * 3
    assert slips(pips(*orders)) == [("out-of-range", 1)] * MAX_ORDERS + [("too-many-orders", 1)] * 3


def test_each_trade_remembers_mind_and_habit() -> None:
    hungry = holding(stocked(wood(), 4, 60), FENN, honey=0)
    hungry = holding(hungry, OONA, honey=6)
    _, turn = step(RULES, hungry, deciding(OONA, sell(Good.HONEY, 2, 3)))
    hands = {(trade.buyer, trade.seller): (trade.buyer_hand, trade.seller_hand) for trade in turn.trades}
    assert hands["fenn", "oona"] == (Hand.HABIT, Hand.MIND)
    decisions = {OONA: Decision(orders=(sell(Good.HONEY, 2),)), FENN: Decision(orders=(buy(Good.HONEY, 9),))}
    _, turn = step(RULES, hungry, decisions)
    assert [trade.by_minds for trade in turn.trades if trade.good is Good.HONEY] == [True]


def test_escrow_is_paid_out_or_returned_to_the_last_unit() -> None:
    world = holding(stocked(wood(), 0, 60), OONA, honey=6)
    with watched_ledger() as postings:
        step(RULES, world, deciding(PIP, buy(Good.HONEY, MAX_PRICE // 2, 1)))
    for creature in CREATURES:
        for asset in (PEBBLES, *GOODS):
            into = sum(p.amount for p in postings if p.target == f"escrow:{creature}" and p.asset == asset)
            out = sum(p.amount for p in postings if p.source == f"escrow:{creature}" and p.asset == asset)
            assert into == out
    assert any(posting.reason == "paid" and posting.source == "escrow:pip" for posting in postings)


def test_a_dear_bid_pays_the_uniform_price_and_keeps_the_rest() -> None:
    world = holding(stocked(wood(), 0, 60), OONA, honey=6)
    _, turn = step(RULES, world, deciding(PIP, buy(Good.HONEY, 30)))
    honey = [trade for trade in turn.trades if trade.good is Good.HONEY]
    assert {trade.price for trade in honey} == {turn.auctions[Good.HONEY].price}
    assert [trade.price < 30 for trade in honey if trade.buyer == "pip"] == [True]


def test_trading_together_makes_friends_up_to_a_point() -> None:
    world = stocked(wood(), 4, 60)
    decisions = {OONA: Decision(orders=(sell(Good.HONEY, 1),)), PIP: Decision(orders=(buy(Good.HONEY, 9),))}
    for feeling in (0, FRIENDLY - 1, FRIENDLY, FRIENDLY + 3):
        start = replace(world, turn=1, feelings={**world.feelings, PIP: {"oona": feeling}})
        after, _ = step(RULES, start, decisions)
        assert after.feelings[PIP]["oona"] == max(feeling, min(FRIENDLY, feeling + 1))


def served(liked: int, seed: int, *, sellers: bool) -> str:
    """Who trades when Oona and Fenn, of whom all others think so differently, name one price and one can be served."""
    world = stocked(wood(seed), 1, 60)
    feelings: dict[Creature, dict[str, int]] = {who: {} for who in CREATURES}
    if liked:
        for who in (BRAMBLE, MOSSBACK, PIP):
            feelings[who] = {OONA: liked, FENN: -liked}
    world = replace(world, feelings=feelings)
    many, one = (sell, buy) if sellers else (buy, sell)
    world = holding(holding(holding(world, OONA, acorns=2), FENN, acorns=2), MOSSBACK, acorns=2)
    decisions: dict[Creature, Decision | None] = {}
    decisions |= dict.fromkeys((OONA, FENN), Decision(orders=(many(Good.ACORNS, 4),)))
    decisions[PIP if sellers else MOSSBACK] = Decision(orders=(one(Good.ACORNS, 4),))
    if sellers:
        world = holding(world, MOSSBACK, acorns=0)
    _, turn = step(quiet_harvest(), world, decisions, [TRIAL])
    (served_first,) = [trade.seller if sellers else trade.buyer for trade in turn.trades if trade.good is Good.ACORNS]
    return served_first


def quiet_harvest() -> Rules:
    """Rules under which no acorns grow, so that nobody but who is meant to sells any."""
    return with_legend(Shock(ShockKind.SUPPLY, Layer.SETTLEMENT, Good.ACORNS, turns=9, strength=-100))


@pytest.mark.parametrize("sellers", [True, False], ids=["sellers", "buyers"])
def test_of_equal_prices_who_is_liked_is_served_first(sellers: bool) -> None:
    assert {served(0, seed, sellers=sellers) for seed in range(12)} == {OONA, FENN}, (
        "a draw, where nobody is liked more"
    )
    assert {served(20, seed, sellers=sellers) for seed in range(12)} == {OONA}
    assert {served(-20, seed, sellers=sellers) for seed in range(12)} == {FENN}


def test_liking_gives_no_way_past_a_better_price() -> None:
    feelings: dict[Creature, dict[str, int]] = {who: {} if who is FENN else {FENN: -20} for who in CREATURES}
    world = replace(stocked(wood(), 1, 60), feelings=feelings)
    decisions = {OONA: Decision(orders=(buy(Good.ACORNS, 4),)), FENN: Decision(orders=(buy(Good.ACORNS, 5),))}
    decisions[MOSSBACK] = Decision(orders=(sell(Good.ACORNS, 4),))
    _, turn = step(quiet_harvest(), world, decisions, [TRIAL])
    assert [trade.buyer for trade in turn.trades if trade.good is Good.ACORNS] == [FENN]


def orders_of(
    world: World, decisions: Mapping[Creature, Decision | None] = SILENT
) -> dict[Creature, dict[Good, Order]]:
    """The orders that stand, by creature and good."""
    stand = standing_orders(RULES, world, decisions)
    return {who: {order.good: order for _, order in placed} for who, placed in stand.items()}


@pytest.mark.parametrize("favour", [-1, 1])
def test_whom_the_others_shun_asks_less_and_bids_more_and_whom_they_praise_the_other_way(favour: int) -> None:
    world = holding(stocked(wood(), 0, 60), PIP, berries=6)

    def regarded(points: int) -> World:
        return replace(world, beliefs={who: {PIP.value: points} if who is not PIP else {} for who in CREATURES})

    plain, nearly = orders_of(world), orders_of(regarded(favour * (FAVOUR - 1)))
    assert plain == nearly
    changed = orders_of(regarded(favour * FAVOUR))
    assert {who: orders for who, orders in plain.items() if who is not PIP} == {
        who: orders for who, orders in changed.items() if who is not PIP
    }
    for good, order in plain[PIP].items():
        assert changed[PIP][good].price == order.price + (favour if order.side is Side.SELL else -favour)


def test_what_is_believed_changes_the_orders_of_habit_and_a_minds_orders_stand_as_they_are() -> None:
    world = stocked(wood(), 2, 60)
    keen = replace(world, beliefs={**world.beliefs, FENN: {"honey": 100}})
    plain, changed = orders_of(world), orders_of(keen)
    assert Good.HONEY not in plain[FENN]
    assert (changed[FENN][Good.HONEY].side, changed[FENN][Good.HONEY].qty) == (
        Side.BUY,
        wants({"honey": 100})[Good.HONEY],
    )
    spoken = {FENN: Decision(orders=(sell(Good.HONEY, 6),))}
    assert orders_of(keen, spoken)[FENN][Good.HONEY] == sell(Good.HONEY, 6)


def test_orders_that_would_stand_are_those_that_stand_and_nothing_is_traded() -> None:
    world, _ = play(wood(), 8, MINDS["instinct"])
    morning = open_turn(RULES, world)
    decisions = decide(MINDS["instinct"], morning)
    before = dump(morning)
    stand = standing_orders(RULES, morning.world, decisions)
    assert dump(morning) == before
    _, turn = close_turn(RULES, morning, decisions)
    placed = {(who, order.good, order.side): (hand, order) for who, many in stand.items() for hand, order in many}
    for good, auction in turn.auctions.items():
        for side, figure in ((Side.BUY, auction.demand), (Side.SELL, auction.supply)):
            units = sum(order.qty for _, order in placed.values() if (order.good, order.side) == (good, side))
            assert units >= figure
    for trade in turn.trades:
        sides = ((trade.buyer, Side.BUY, trade.buyer_hand), (trade.seller, Side.SELL, trade.seller_hand))
        for who, side, hand in sides:
            stood = placed[Creature(who), trade.good, side]
            assert stood[0] is hand
            assert stood[1].qty >= trade.qty


def test_a_day_is_remembered_by_what_found_no_buyer_and_no_seller() -> None:
    world = holding(stocked(wood(), 2, 60), OONA, honey=RULES.goods[Good.HONEY].capacity)
    world = holding(world, PIP, mushrooms=0)
    decisions: dict[Creature, Decision | None] = {
        OONA: Decision(orders=(sell(Good.HONEY, 8, 4),)),
        PIP: Decision(orders=(buy(Good.MUSHROOMS, 9, 3),)),
        FENN: Decision(orders=(sell(Good.MUSHROOMS, 29, 1),)),
    }
    after, turn = step(RULES, world, decisions)
    assert not [trade for trade in turn.trades if trade.good in {Good.HONEY, Good.MUSHROOMS}]
    assert (after.lately[OONA].unsold, after.lately[FENN].unsold) == (4, 1)
    assert after.lately[PIP].unserved == {Good.MUSHROOMS: 3}
    low = {**decisions, PIP: Decision(orders=(buy(Good.MUSHROOMS, 5, 3),))}
    assert step(RULES, world, low)[0].lately[PIP].unserved == {}, "a bid under the reference waits for a bargain"


def test_a_run_takes_the_good_out_of_the_minds_hands() -> None:
    rules = with_legend(Shock(ShockKind.RUN, Layer.SETTLEMENT, Good.HONEY, creature=OONA, strength=50))
    world = holding(stocked(wood(), 0, 60), OONA, honey=6)
    _, turn = step(rules, world, deciding(OONA, sell(Good.HONEY, MAX_PRICE, 6)), [TRIAL])
    assert turn.auctions[Good.HONEY].supply == 3
    assert {trade.seller_hand for trade in turn.trades if trade.good is Good.HONEY} == {Hand.DECREE}


# Habit.


def held_by(world: World, **units: int) -> World:
    """Pip with just these units and nothing else."""
    return holding(world, PIP, **{asset: units.get(asset, 0) for asset in (PEBBLES, *GOODS)})


def habits(
    spoken: frozenset[Good] = frozenset(),
    need: int = 2,
    wants: Mapping[Good, int] = NO_WANTS,
    favour: int = 0,
    **units: int,
) -> list[Order]:
    """Pip's orders of habit at the usual prices, with just these units in its store."""
    world = held_by(wood(), **units)
    foods = cheapness(USUAL, world.references)
    return habit(RULES, world.references, foods, world.accounts[PIP], PIP, need, spoken, wants, favour)


USUAL = {good: RULES.goods[good].start for good in GOODS}


def test_an_errand_bids_the_reference_for_what_is_missing() -> None:
    references = wood().references
    orders = [order for order in habits(pebbles=40, berries=1) if order.side is Side.BUY]
    assert (orders[0].good, orders[0].qty) == (Good.FIREWOOD, 2)
    assert {order.good for order in orders[1:]} == set(FOODS) - {Good.BERRIES}
    for order in orders:
        assert order.price == -(-references[order.good] // CENTS)


def test_a_stall_asks_less_than_the_reference_for_what_is_over() -> None:
    (stall,) = [
        order for order in habits(berries=4, acorns=1, honey=1, mushrooms=1, firewood=9) if order.side is Side.SELL
    ]
    assert stall.good is Good.BERRIES
    assert 0 < stall.qty < 4
    assert stall.price * CENTS < wood().references[Good.BERRIES]


def test_habit_is_silent_where_a_mind_spoke_or_nothing_is_needed() -> None:
    assert habits(frozenset(GOODS), pebbles=40, berries=9) == []
    assert habits(berries=1, acorns=1, honey=1, mushrooms=1, firewood=2) == []


STOCKS = st.tuples(*[st.integers(0, 12)] * len(GOODS))
BELIEFS = st.dictionaries(st.sampled_from(GOODS).map(str), st.integers(-100, 100).filter(bool))


@given(STOCKS, st.integers(0, 80), st.integers(0, 4), st.sampled_from(CREATURES))
def test_habit_never_buys_its_own_nor_sells_another_nor_its_own_hearths_wood(
    stock: tuple[int, ...], purse: int, firewood: int, creature: Creature
) -> None:
    world = holding(wood(), creature, pebbles=purse, **dict(zip(GOODS, stock, strict=True)))
    makes = RULES.creatures[creature].makes
    foods, store = cheapness(USUAL, world.references), world.accounts.get(creature, {})
    orders = habit(RULES, world.references, foods, store, creature, firewood, frozenset())
    assert len({order.good for order in orders}) == len(orders)
    for order in orders:
        assert (order.side is Side.SELL) is (order.good is makes)
        assert order.qty > 0
        assert 1 <= order.price <= MAX_PRICE
        if order.side is Side.SELL:
            kept = world.held(creature, makes) - order.qty
            assert kept >= (firewood if makes is Good.FIREWOOD else 1)
    missing = lacks(RULES, foods, store, creature, firewood, 1)
    assert {order.good: order.qty for order in orders if order.side is Side.BUY} == missing
    assert makes not in missing
    assert sum(good is not Good.FIREWOOD for good in missing) <= 3


@given(STOCKS, st.integers(0, 4), st.sampled_from(CREATURES), BELIEFS, st.integers(-1, 1))
def test_whatever_is_believed_habit_buys_no_own_good_and_sells_what_it_has_and_can_spare(
    stock: tuple[int, ...], firewood: int, creature: Creature, beliefs: dict[str, int], favour: int
) -> None:
    world = holding(wood(), creature, pebbles=40, **dict(zip(GOODS, stock, strict=True)))
    makes, store, keen = RULES.creatures[creature].makes, world.accounts[creature], wants(beliefs)
    orders = habit(
        RULES,
        world.references,
        cheapness(USUAL, world.references),
        store,
        creature,
        firewood,
        frozenset(),
        keen,
        favour,
    )
    assert len({order.good for order in orders}) == len(orders)
    for order in orders:
        assert order.qty > 0
        assert 1 <= order.price <= MAX_PRICE
        if order.side is Side.BUY:
            assert order.good is not makes
            continue
        kept = firewood if order.good is Good.FIREWOOD else 1
        assert world.held(creature, order.good) - order.qty >= kept
        assert order.good is makes or keen[order.good] < 0


def test_habit_alone_keeps_a_wood_alive() -> None:
    world = wood()
    trades = []
    for _ in range(15):
        world, turn = step(RULES, world, SILENT)
        trades.append(len(turn.trades))
        assert not any(trade.by_minds for trade in turn.trades)
        assert not turn.slips, "habit is no decision and leaves no slip"
    assert sum(trades) > 15
