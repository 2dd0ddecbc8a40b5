"""The zero-intelligence mind with a budget constraint.

After D. K. Gode and S. Sunder, "Allocative Efficiency of Markets with Zero-Intelligence Traders", Journal of
Political Economy 101 (1993): bids are uniform below what a unit is worth to the buyer, asks uniform above what it
is worth to the seller; nothing is learned and nothing is heard.
"""

from typing import Final

from inference.writing import reply
from wood.chance import below
from wood.names import CENTS, GOODS, Good, Side
from wood.observe import View
from wood.orders import MAX_ORDERS, MAX_PRICE, Order

NAME: Final = "random"
ASK_PERCENT: Final = 120
"""Asks reach up to so many per cent of the usual price."""


def answer(view: View, seed: int) -> str:
    """Place up to four random orders that never buy above or sell below worth; say nothing; toss for offers."""

    def toss(limit: int, *purpose: str) -> int:
        return below(limit, seed, view.turn, "random", *purpose)

    goods = sorted(GOODS, key=lambda good: toss(1 << 30, "order", good))
    orders: list[Order] = []
    purse = view.purse
    for good in goods[: 1 + toss(MAX_ORDERS, "count")]:
        worth = view.worth[good]
        stock = view.store[good]
        if stock and (good is view.makes or toss(2, "side", good)):
            highest = max(worth, ASK_PERCENT * view.starts[good] // (100 * CENTS))
            price = worth + toss(highest - worth + 1, "ask", good)
            orders.append(_order(Side.SELL, good, price, 1 + toss(stock, "qty", good)))
        elif good is not view.makes:
            price = 1 + toss(worth, "bid", good)
            qty = min(1 + toss(3, "qty", good), purse // price)
            if qty:
                purse -= qty * price
                orders.append(_order(Side.BUY, good, price, qty))
    answers = {offer.number: bool(toss(2, "loan", str(offer.number))) for offer in view.offers}
    return reply("", orders, "", answers)


def _order(side: Side, good: Good, price: int, qty: int) -> Order:
    return Order(side, good, min(MAX_PRICE, price), qty)
