"""The rule-based mind: generic heuristics with each creature's temper. It knows nothing of any legend."""

from typing import Final

from inference.dealing import sensible
from inference.gossip import gossip
from inference.voices import contentment, conviction, shortage
from inference.writing import reply
from wood.chance import below
from wood.names import CENTS, GOODS, Good, Side
from wood.observe import View
from wood.orders import MAX_ORDERS, MAX_PRICE, MAX_QTY, Order

NAME: Final = "instinct"
CONVICTION: Final = 12
"""Per cent that a price is expected to move by one who firmly believes that it will."""
ROOM_TO_SPECULATE: Final = 25
"""Pebbles a creature keeps for its needs before it buys on a story."""


def answer(view: View, seed: int) -> str:
    """Decide as instinct would: meet the day's needs, sell what is over, follow or distrust a story.

    Args:
        view: all that the creature knows.
        seed: keys the small unevenness between turns; the same view and seed give the same text.

    Returns:
        The reply as JSON text.
    """
    expected = _expectations(view)
    orders = _errands(view, expected, seed)
    orders += _stalls(view, expected, seed)
    orders += _speculation(view, expected, {order.good for order in orders})
    answers = {offer.number: sensible(view, offer) for offer in view.offers}
    return reply(_thought(view), orders[:MAX_ORDERS], gossip(view, seed), answers)


def _expectations(view: View) -> dict[Good, int]:
    """Expected move of each price in per cent: what the creature believes, lightly, and momentum.

    Belief acts in what is lacking, spare and worth already; here it only leans on the price.
    """
    expected = {}
    for good in GOODS:
        nerves = view.temper.nerves if view.moves[good] < 0 else view.temper.speculation
        believed = view.beliefs.get(good, 0) * CONVICTION // 100
        expected[good] = max(-40, min(40, believed + view.moves[good] * nerves // 200))
    return expected


def _order(side: Side, good: Good, price: int, qty: int) -> Order:
    return Order(side, good, max(1, min(MAX_PRICE, price)), min(MAX_QTY, qty))


def _errands(view: View, expected: dict[Good, int], seed: int) -> list[Order]:
    """Bid for what hearth and table miss, the most pressing first, near the reference and never above worth."""
    orders = []
    purse = view.purse
    pressing = sorted(
        view.lacks,
        key=lambda good: (good is not Good.FIREWOOD, -view.worth[good] * CENTS // view.references[good]),
    )
    for good in pressing:
        eager = 100 + below(12, seed, view.turn, "bid", good) + max(0, expected[good]) // 2
        price = max(1, min(view.worth[good], view.references[good] * eager // (100 * CENTS) + 1))
        wanted = view.lacks[good]
        if good is Good.FIREWOOD:
            wanted = max(wanted, view.lacks_next.get(good, 0) * view.temper.thrift // 100)
        qty = min(wanted, purse // price)
        if qty > 0:
            orders.append(_order(Side.BUY, good, price, qty))
            purse -= price * qty
    return orders[: MAX_ORDERS - 1]


def _stalls(view: View, expected: dict[Good, int], seed: int) -> list[Order]:
    """Ask for what is over: dearer when little is left or a rise is expected, cheap when a fall is feared."""
    orders = []
    for good in sorted(view.spare, key=lambda good: (good is not view.makes, -view.spare[good])):
        if good in view.lacks or (good is not view.makes and view.spare[good] < 2 and expected[good] >= 0):
            continue
        fullness = 100 * view.store[good] // (view.capacity if good is view.makes else 6)
        markup = 98 + (view.temper.thrift - view.temper.generosity) // 10 + expected[good] - fullness // 8
        markup += below(9, seed, view.turn, "ask", good) - 4
        vault = view.capacity * view.temper.thrift // 400 if good is view.makes else 0
        held_back = view.spare[good] * max(0, min(60, expected[good])) // 100
        qty = min(view.spare[good] - held_back, view.store[good] - vault)
        price = max(1, view.references[good] * max(50, markup) // (100 * CENTS))
        if qty > 0:
            orders.append(_order(Side.SELL, good, price, qty))
    return orders[:2]


def _speculation(view: View, expected: dict[Good, int], taken: set[Good]) -> list[Order]:
    """Buy one story that promises more than it costs, with pebbles that are not needed."""
    stories = [good for good in GOODS if expected[good] * view.temper.speculation >= 500 and good is not view.makes]
    stories = [good for good in stories if good not in taken]
    idle = view.purse - ROOM_TO_SPECULATE
    if not stories or idle <= 0:
        return []
    good = max(stories, key=lambda story: expected[story])
    price = view.references[good] * (100 + expected[good] // 2) // (100 * CENTS)
    qty = min(3, idle // max(1, price))
    return [_order(Side.BUY, good, price, qty)] if qty > 0 else []


def _thought(view: View) -> str:
    if view.lacks:
        return shortage(view, view.lacks)
    if view.mood < 40:
        return view.tongue.thoughts.poor
    return conviction(view) or contentment(view)
