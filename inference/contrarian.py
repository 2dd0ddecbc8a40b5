"""The contrarian mind: hoards what the others dump, and sells into their frenzies."""

from typing import Final

from inference.dealing import perverse
from inference.gossip import gossip
from inference.writing import reply
from wood.names import CENTS, GOODS, Good, Side
from wood.observe import View
from wood.orders import MAX_ORDERS, MAX_PRICE, Order

NAME: Final = "contrarian"
MOVED: Final = 2
"""Per cent by which a price must have moved, or be away from its start by ten times that, to be a fashion."""
PROUD: Final = 100
"""Per cent of the usual price under which it does not sell its own product into a fall."""
HOARD: Final = 5
"""Units of one good beyond which even it has enough."""
UNHURRIED: Final = 90
"""Per cent of the reference that it bids for what it needs and everybody wants."""
EAGER: Final = 85
"""Per cent of the reference that it asks when it sells into a frenzy."""


def answer(view: View, seed: int) -> str:
    """Buy what is cheap and falling with a third of the purse, sell what is dear and rising, doubt all talk."""
    fashion = {good: _fashion(view, good) for good in GOODS}
    orders: list[Order] = []
    purse = view.purse // 2
    for good in sorted(GOODS, key=lambda one: (fashion[one], one)):
        if fashion[good] <= -MOVED and good is not view.makes and view.references[good] <= view.starts[good]:
            price = -(-view.references[good] // CENTS)
            qty = min(3, purse // price, HOARD - view.store[good])
            if qty > 0:
                orders.append(_order(Side.BUY, good, price, qty))
                purse -= price * qty
    for good in sorted(view.lacks, key=lambda one: (-fashion[one], one)):
        if fashion[good] >= MOVED:
            price = min(view.worth[good], view.references[good] * UNHURRIED // (100 * CENTS))
            orders.append(_order(Side.BUY, good, price, view.lacks[good]))
    for good in sorted(GOODS, key=lambda one: (-fashion[one], one)):
        spare = view.store[good] - (1 if good in view.lacks_next or good is view.makes else 0)
        if fashion[good] >= MOVED and spare > 0 and good not in view.lacks:
            price = view.references[good] * EAGER // (100 * CENTS)
            orders.append(_order(Side.SELL, good, price, min(4, spare)))
    own = view.store[view.makes] - 1
    if fashion[view.makes] <= -MOVED and own > 0:
        orders.append(_order(Side.SELL, view.makes, view.starts[view.makes] * PROUD // (100 * CENTS), min(4, own)))
    answers = {offer.number: perverse(view, offer) for offer in view.offers}
    said = gossip(view, seed, contrary=True)
    return reply(view.tongue.thoughts.contrarian, orders[:MAX_ORDERS], said, answers)


def _fashion(view: View, good: Good) -> int:
    """How much in fashion a good is: its last move and a tenth of its distance from the start price, per cent."""
    away = 100 * (view.references[good] - view.starts[good]) // view.starts[good]
    return view.moves[good] + away // 10


def _order(side: Side, good: Good, price: int, qty: int) -> Order:
    return Order(side, good, min(MAX_PRICE, max(1, price)), qty)
