"""The uniform-price call auction of one good."""

from collections.abc import Mapping, Sequence

from wood.names import BUY, CENTS
from wood.orders import Auction, Standing, Trade


def clear(
    orders: Sequence[Standing], reference: int, rank: Mapping[str, int]
) -> tuple[Auction, tuple[Trade, ...], tuple[int, ...]]:
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
    bids, asks = [], []
    for place, order in enumerate(orders):
        if order.side is BUY:
            bids.append((-order.price, rank[order.trader], place))
        else:
            asks.append((order.price, rank[order.trader], place))
    bids.sort()
    asks.sort()
    left = [order.qty for order in orders]
    pairs: list[tuple[Standing, Standing, int]] = []
    b = s = 0
    while b < len(bids) and s < len(asks):
        i, j = bids[b][-1], asks[s][-1]
        buy, sell = orders[i], orders[j]
        if buy.price < sell.price:
            break
        units = min(left[i], left[j])
        pairs.append((buy, sell, units))
        left[i] -= units
        left[j] -= units
        b += left[i] == 0
        s += left[j] == 0
    price: int | None = None
    trades: list[Trade] = []
    volume = 0
    if pairs:
        last_buy, last_sell, _ = pairs[-1]
        # Nobody left out may have bid more, or asked less, than what is paid.
        lowest = max(last_sell.price, orders[bids[b][-1]].price if b < len(bids) else 0)
        highest = min(last_buy.price, orders[asks[s][-1]].price if s < len(asks) else last_buy.price)
        price = min(max((reference + CENTS // 2) // CENTS, lowest), highest)
        for buy, sell, units in pairs:
            trades.append(Trade(buy.good, buy.trader, sell.trader, units, price, buy.hand, sell.hand))
            volume += units
    demand = supply = unfilled_demand = unfilled_supply = 0
    for *_, i in bids:
        demand += orders[i].qty
        if orders[i].price * CENTS >= reference:
            unfilled_demand += left[i]
    for *_, i in asks:
        supply += orders[i].qty
        if orders[i].price * CENTS <= reference:
            unfilled_supply += left[i]
    auction = Auction(price, volume, demand, supply, unfilled_demand, unfilled_supply)
    return auction, tuple(trades), tuple([order.qty - rest for order, rest in zip(orders, left, strict=True)])
