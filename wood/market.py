"""The uniform-price call auction of one good."""

from collections.abc import Mapping, Sequence

from wood.names import BUY, CENTS, Good, Hand, Side
from wood.orders import Auction, Trade


class Standing:
    """An order that stands at the market: backed by escrow, with who placed it and by which hand."""

    __slots__ = ("good", "hand", "price", "qty", "side", "trader")

    def __init__(self, trader: str, hand: Hand, side: Side, good: Good, price: int, qty: int) -> None:
        self.trader = trader
        self.hand = hand
        self.side = side
        self.good = good
        self.price = price
        self.qty = qty


def clear(
    orders: Sequence[Standing], reference: int, rank: Mapping[str, int]
) -> tuple[Auction, tuple[Trade, ...], list[int]]:
    """Clear one good's standing orders at one price.

    The price is one at which most units trade and nobody is left out who bid more or asked less; where several clear,
    it is the whole pebble nearest the reference.
    Orders are served by price, then by the seeded ``rank`` of their trader, never by their place in the list.

    Args:
        orders: backed orders in one good; no trader on both sides, at most one order a trader and side and price.
        reference: the reference price in hundredths of a pebble.
        rank: a drawn number for every trader; breaks ties.

    Returns:
        The auction's outcome, its trades (matched pairs), and the units filled of each order, in the order given.
    """
    bids: list[tuple[int, int, int]] = []
    asks: list[tuple[int, int, int]] = []
    left: list[int] = []
    demand = supply = 0
    for place, order in enumerate(orders):
        qty = order.qty
        left.append(qty)
        if order.side is BUY:
            bids.append((-order.price, rank[order.trader], place))
            demand += qty
        else:
            asks.append((order.price, rank[order.trader], place))
            supply += qty
    bids.sort()
    asks.sort()
    pairs, b, s = _match(orders, bids, asks, left)
    price: int | None = None
    trades: list[Trade] = []
    volume = 0
    if pairs:
        last_buy, last_sell, _ = pairs[-1]
        # Nobody left out may have bid more, or asked less, than what is paid.
        lowest = max(last_sell.price, -bids[b][0] if b < len(bids) else 0)
        highest = min(last_buy.price, asks[s][0] if s < len(asks) else last_buy.price)
        price = min(max((reference + CENTS // 2) // CENTS, lowest), highest)
        for buy, sell, units in pairs:
            trades.append(Trade(buy.good, buy.trader, sell.trader, units, price, buy.hand, sell.hand))
            volume += units
    filled: list[int] = []
    unfilled_demand = unfilled_supply = 0
    for order, rest in zip(orders, left, strict=True):
        filled.append(order.qty - rest)
        if rest:
            limit = order.price * CENTS
            if order.side is BUY:
                if limit >= reference:
                    unfilled_demand += rest
            elif limit <= reference:
                unfilled_supply += rest
    return Auction(price, volume, demand, supply, unfilled_demand, unfilled_supply), tuple(trades), filled


def _match(
    orders: Sequence[Standing],
    bids: Sequence[tuple[int, int, int]],
    asks: Sequence[tuple[int, int, int]],
    left: list[int],
) -> tuple[list[tuple[Standing, Standing, int]], int, int]:
    """Pair the best bid with the best ask as long as they cross, and take their units off what is ``left``.

    Answers the pairs with their units, and how many bids and asks were served in full.
    """
    pairs: list[tuple[Standing, Standing, int]] = []
    b = s = 0
    while b < len(bids) and s < len(asks):
        i, j = bids[b][2], asks[s][2]
        buy, sell = orders[i], orders[j]
        if buy.price < sell.price:
            break
        units = min(left[i], left[j])
        pairs.append((buy, sell, units))
        left[i] -= units
        left[j] -= units
        if not left[i]:
            b += 1
        if not left[j]:
            s += 1
    return pairs, b, s
