"""Fair orders: for each good what a creature could sensibly ask for now, at a limit halfway between price and worth.

A limit there leaves half of the gain to whoever takes the other side, so that one creature's purchase meets another's
sale, and neither buys above what a unit is worth to it nor sells below. Prompts state them beside the prices: whoever
cannot reckon can copy, and whoever can knows where to begin.
"""

from wood.names import CENTS, GOODS, Good, Side
from wood.observe import View
from wood.orders import MAX_ORDERS, MAX_PRICE, MAX_QTY, Order


def fair_orders(view: View) -> dict[Good, Order]:
    """The fair order in each good, in the order of goods; none where a trade would do it no good.

    It sells what it can spare and will not lack next turn, and buys what it lacks this turn, the best bargain first, as
    far as its purse and the number of orders go.
    """
    found: dict[Good, Order] = {}
    for good, units in view.spare.items():
        kept = good in view.lacks or (good is not view.makes and good in view.lacks_next)
        if units > 0 and not kept and view.worth[good] * CENTS <= view.references[good]:
            price = halfway(Side.SELL, view.references[good], view.worth[good])
            found[good] = Order(Side.SELL, good, price, min(units, MAX_QTY))
    purse = view.purse
    for good in sorted(view.lacks, key=lambda each: view.references[each] / view.worth[each]):
        price = halfway(Side.BUY, view.references[good], view.worth[good])
        qty = min(view.lacks[good], purse // price, MAX_QTY)
        if view.worth[good] * CENTS >= view.references[good] and qty > 0 and good is not view.makes:
            found[good] = Order(Side.BUY, good, price, qty)
            purse -= price * qty
    placed = list(found)[:MAX_ORDERS]
    return {good: found[good] for good in GOODS if good in placed}


def halfway(side: Side, reference: int, worth: int) -> int:
    """A limit price (whole pebbles) halfway between the reference price (hundredths) and worth (whole pebbles).

    A purchase rounds up, but not above worth; a sale rounds down, but not below it.
    """
    twice = reference + worth * CENTS
    price = min(worth, -(-twice // (2 * CENTS))) if side is Side.BUY else max(worth, twice // (2 * CENTS))
    return max(1, min(price, MAX_PRICE))
