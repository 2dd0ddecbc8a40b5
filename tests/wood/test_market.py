"""The call auction of one good: worked examples as tables, and what holds for any orders."""

from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wood.market import Standing, clear
from wood.names import CENTS, Good, Hand, Side
from wood.orders import Auction, Trade

GOOD = Good.HONEY
RANK = {name: place for place, name in enumerate("abcdefgh")}


def bid(trader: str, price: int, qty: int) -> Standing:
    return Standing(trader, Hand.MIND, Side.BUY, GOOD, price, qty)


def ask(trader: str, price: int, qty: int) -> Standing:
    return Standing(trader, Hand.HABIT, Side.SELL, GOOD, price, qty)


class Case(NamedTuple):
    """Orders, the reference in hundredths, and the outcome worked out by hand."""

    orders: Sequence[Standing]
    reference: int
    price: int | None
    volume: int
    unfilled_demand: int
    unfilled_supply: int
    pairs: Sequence[tuple[str, str, int]]


CASES = {
    "nobody": Case([], 500, None, 0, 0, 0, []),
    "only buyers; those at or through the reference wait": Case(
        [bid("a", 5, 2), bid("b", 6, 1), bid("c", 4, 7)], 500, None, 0, 3, 0, []
    ),
    "only sellers; those at or through the reference wait": Case(
        [ask("a", 5, 2), ask("b", 6, 1), ask("c", 4, 7)], 500, None, 0, 0, 9, []
    ),
    "limits that do not cross": Case([bid("a", 4, 3), ask("b", 6, 3)], 500, None, 0, 0, 0, []),
    "limits that meet in one price": Case([bid("a", 6, 2), ask("b", 6, 2)], 500, 6, 2, 0, 0, [("a", "b", 2)]),
    "an interval holds the reference": Case([bid("a", 9, 1), ask("b", 3, 1)], 500, 5, 1, 0, 0, [("a", "b", 1)]),
    "an interval under the reference: its upper end": Case(
        [bid("a", 6, 1), ask("b", 3, 1)], 900, 6, 1, 0, 0, [("a", "b", 1)]
    ),
    "an interval over the reference: its lower end": Case(
        [bid("a", 9, 1), ask("b", 7, 1)], 500, 7, 1, 0, 0, [("a", "b", 1)]
    ),
    "a broken reference: the whole pebble nearest it": Case(
        [bid("a", 9, 1), ask("b", 3, 1)], 649, 6, 1, 0, 0, [("a", "b", 1)]
    ),
    "half a pebble is rounded up": Case([bid("a", 9, 1), ask("b", 3, 1)], 650, 7, 1, 0, 0, [("a", "b", 1)]),
    "a part of a bid": Case([bid("a", 7, 5), ask("b", 4, 2)], 500, 7, 2, 3, 0, [("a", "b", 2)]),
    "a part of an ask": Case([bid("a", 7, 2), ask("b", 4, 5)], 500, 4, 2, 0, 3, [("a", "b", 2)]),
    "what waits on the far side of the reference is not counted": Case(
        [bid("a", 9, 1), bid("b", 4, 3), ask("c", 2, 1), ask("d", 6, 4)], 500, 5, 1, 0, 0, [("a", "c", 1)]
    ),
    "a reference between two prices: through it is through it": Case(
        [bid("a", 5, 2), bid("b", 6, 1), ask("c", 6, 1)], 550, 6, 1, 0, 0, [("b", "c", 1)]
    ),
    "the dearest bids and the cheapest asks go first": Case(
        [bid("a", 6, 1), bid("b", 9, 1), ask("c", 6, 1), ask("d", 4, 1), ask("e", 7, 1)],
        600,
        6,
        2,
        0,
        0,
        [("b", "d", 1), ("a", "c", 1)],
    ),
    "a bid left out is not higher than what is paid": Case(
        [bid("a", 10, 1), bid("b", 8, 1), ask("c", 3, 1)], 500, 8, 1, 1, 0, [("a", "c", 1)]
    ),
    "an ask left out is not lower than what is paid": Case(
        [bid("a", 10, 1), ask("b", 3, 1), ask("c", 4, 1)], 500, 4, 1, 0, 1, [("a", "b", 1)]
    ),
    "a tie of buyers goes to the lower rank": Case(
        [bid("b", 6, 1), bid("a", 6, 1), ask("c", 5, 1)], 500, 6, 1, 1, 0, [("a", "c", 1)]
    ),
    "a tie of sellers goes to the lower rank": Case(
        [bid("c", 6, 1), ask("b", 5, 1), ask("a", 5, 1)], 500, 5, 1, 0, 1, [("c", "a", 1)]
    ),
    "one bid is served by several asks": Case(
        [bid("a", 8, 6), ask("b", 3, 2), ask("c", 5, 3), ask("d", 8, 4)],
        500,
        8,
        6,
        0,
        0,
        [("a", "b", 2), ("a", "c", 3), ("a", "d", 1)],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_worked_examples(case: Case) -> None:
    auction, trades, filled = clear(case.orders, case.reference, RANK)
    demand = sum(order.qty for order in case.orders if order.side is Side.BUY)
    supply = sum(order.qty for order in case.orders if order.side is Side.SELL)
    assert auction == Auction(case.price, case.volume, demand, supply, case.unfilled_demand, case.unfilled_supply)
    assert [(trade.buyer, trade.seller, trade.qty) for trade in trades] == list(case.pairs)
    assert {trade.price for trade in trades} == ({case.price} if case.price is not None else set())
    assert sum(filled) == 2 * case.volume


def test_a_trade_remembers_whose_hand_stood_on_either_side() -> None:
    _, trades, _ = clear([bid("a", 5, 1), ask("b", 5, 1)], 500, RANK)
    assert trades == (Trade(GOOD, "a", "b", 1, 5, Hand.MIND, Hand.HABIT),)
    assert not trades[0].by_minds


def test_the_rank_and_nothing_else_breaks_a_tie() -> None:
    orders = [bid("a", 6, 1), bid("b", 6, 1), bid("c", 6, 1), ask("d", 6, 2)]
    for first, second, third in permutations("abc"):
        rank = {first: 10, second: 20, third: 30, "d": 0}
        _, trades, _ = clear(orders, 600, rank)
        assert {trade.buyer for trade in trades} == {first, second}


@st.composite
def floors(draw: st.DrawFn) -> list[Standing]:
    """Up to eight traders with an order each, close enough to each other to cross often."""
    return [
        draw(st.builds(draw(st.sampled_from([bid, ask])), st.just(name), st.integers(1, 12), st.integers(1, 6)))
        for name in draw(st.lists(st.sampled_from("abcdefgh"), unique=True))
    ]


references = st.integers(CENTS, 1400)


def tradable(orders: Sequence[Standing], price: int) -> int:
    """Units that could change hands at one price."""
    buys = sum(order.qty for order in orders if order.side is Side.BUY and order.price >= price)
    sells = sum(order.qty for order in orders if order.side is Side.SELL and order.price <= price)
    return min(buys, sells)


@given(floors(), references)
def test_the_price_trades_the_most_leaves_nobody_better_out_and_lies_nearest_the_reference(
    orders: list[Standing], reference: int
) -> None:
    auction, _, _ = clear(orders, reference, RANK)
    volumes = {price: tradable(orders, price) for price in range(14)}
    most = max(volumes.values())
    assert auction.volume == most
    if most == 0:
        assert auction.price is None
        return
    assert auction.price is not None
    bids = [(order.price, order.qty) for order in orders if order.side is Side.BUY]
    asks = [(order.price, order.qty) for order in orders if order.side is Side.SELL]
    best = [
        price
        for price, volume in volumes.items()
        if volume == most
        and sum(qty for limit, qty in bids if limit > price) <= most
        and sum(qty for limit, qty in asks if limit < price) <= most
    ]
    assert auction.price in best
    assert abs(auction.price * CENTS - reference) == min(abs(price * CENTS - reference) for price in best)


@given(floors(), references)
def test_every_trade_is_within_both_limits(orders: list[Standing], reference: int) -> None:
    limit = {order.trader: order.price for order in orders}
    side = {order.trader: order.side for order in orders}
    _, trades, _ = clear(orders, reference, RANK)
    for trade in trades:
        assert side[trade.buyer] is Side.BUY
        assert side[trade.seller] is Side.SELL
        assert limit[trade.seller] <= trade.price <= limit[trade.buyer]
        assert trade.qty > 0


@given(floors(), references)
def test_units_bought_are_units_sold_and_what_is_left_is_counted(orders: list[Standing], reference: int) -> None:
    auction, trades, filled = clear(orders, reference, RANK)
    got = {order.trader: units for order, units in zip(orders, filled, strict=True)}
    for order in orders:
        assert 0 <= got[order.trader] <= order.qty
        mine = [trade for trade in trades if order.trader in {trade.buyer, trade.seller}]
        assert sum(trade.qty for trade in mine) == got[order.trader]
    bought = sum(got[order.trader] for order in orders if order.side is Side.BUY)
    sold = sum(got[order.trader] for order in orders if order.side is Side.SELL)
    assert bought == sold == auction.volume == sum(trade.qty for trade in trades)
    left = {order.trader: order.qty - got[order.trader] for order in orders}
    through = [order for order in orders if order.side is Side.BUY and order.price * CENTS >= reference]
    assert auction.unfilled_demand == sum(left[order.trader] for order in through)
    through = [order for order in orders if order.side is Side.SELL and order.price * CENTS <= reference]
    assert auction.unfilled_supply == sum(left[order.trader] for order in through)


@given(floors(), references)
def test_a_better_price_is_served_before_a_worse_one(orders: list[Standing], reference: int) -> None:
    _, _, filled = clear(orders, reference, RANK)
    for served, units in zip(orders, filled, strict=True):
        for order, got in zip(orders, filled, strict=True):
            better = order.price > served.price if order.side is Side.BUY else order.price < served.price
            if units and order.side is served.side and better:
                assert got == order.qty


@given(floors().flatmap(lambda orders: st.tuples(st.just(orders), st.permutations(orders))), references)
def test_the_order_of_the_list_changes_nothing(twins: tuple[list[Standing], list[Standing]], reference: int) -> None:
    results = []
    for orders in twins:
        auction, trades, filled = clear(orders, reference, RANK)
        got = {order.trader: units for order, units in zip(orders, filled, strict=True)}
        results.append((auction, trades, got))
    assert results[0] == results[1]
