"""The uniform-price call auction of one good."""

from collections.abc import Mapping, Sequence

from wood.names import CENTS, Side
from wood.orders import Auction, Standing, Trade


def clear(
    orders: Sequence[Standing], reference: int, rank: Mapping[str, int]
) -> tuple[Auction, tuple[Trade, ...], tuple[int, ...]]:
    """Clear one good's standing orders at one price.

    The price is the one at which most units trade; where several do, the whole pebble nearest the reference.
    Orders are served by price, then by the seeded ``rank`` of their trader, never by their place in the list.

    Args:
        orders: backed orders in one good; no trader on both sides, at most one order a trader and side and price.
        reference: the reference price in hundredths of a pebble.
        rank: a drawn number for every trader; breaks ties.

    Returns:
        The auction's outcome, its trades (matched pairs), and the units filled of each order, in the order given.
    """
    places = range(len(orders))
    buys = sorted(
        (i for i in places if orders[i].side is Side.BUY), key=lambda i: (-orders[i].price, rank[orders[i].trader])
    )
    sells = sorted(
        (i for i in places if orders[i].side is Side.SELL), key=lambda i: (orders[i].price, rank[orders[i].trader])
    )
    filled = [0] * len(orders)
    pairs: list[tuple[int, int, int]] = []
    b = s = 0
    floor = ceiling = 0
    while b < len(buys) and s < len(sells):
        buy, sell = orders[buys[b]], orders[sells[s]]
        if buy.price < sell.price:
            break
        units = min(buy.qty - filled[buys[b]], sell.qty - filled[sells[s]])
        pairs.append((buys[b], sells[s], units))
        floor, ceiling = sell.price, buy.price
        filled[buys[b]] += units
        filled[sells[s]] += units
        if filled[buys[b]] == buy.qty:
            b += 1
        if filled[sells[s]] == sell.qty:
            s += 1
    price = min(max((reference + CENTS // 2) // CENTS, floor), ceiling) if pairs else None
    demand = sum(orders[i].qty for i in buys)
    supply = sum(orders[i].qty for i in sells)
    trades = tuple(
        Trade(
            orders[i].good,
            orders[i].trader,
            orders[j].trader,
            units,
            price,
            orders[i].hand,
            orders[j].hand,
        )
        for i, j, units in pairs
        if price is not None
    )
    auction = Auction(
        price=price,
        volume=sum(units for _, _, units in pairs),
        demand=demand,
        supply=supply,
        unfilled_demand=sum(orders[i].qty - filled[i] for i in buys if orders[i].price * CENTS >= reference),
        unfilled_supply=sum(orders[i].qty - filled[i] for i in sells if orders[i].price * CENTS <= reference),
    )
    return auction, trades, tuple(filled)
