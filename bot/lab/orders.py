"""Orders that could never trade: what a mind asked for that no market could have given it.

An order counts as hopeless when it did not trade and one of these holds:

* ``own-product``: it would buy what its creature makes (the reply schema leaves no way to say so);
* ``uncovered``: escrow found nothing behind it, not a unit to sell nor pebbles for one;
* ``out-of-reach``: at its limit price nobody could gain by taking the other side. A purchase must offer at least what
  the good is worth to the one creature, of all others, to whom it is worth least, or what a stall asks by habit; a sale
  must not ask more than it is worth to the one to whom it is worth most (its maker, who cannot buy it, apart), or than
  an errand bids by habit. Who holds how much is not asked: a creature cannot know it.
"""

from collections.abc import Mapping
from enum import StrEnum

from wood.chronicle import Turn
from wood.household import STALL_PERCENT
from wood.names import CENTS, Creature, Good, Hand, Side
from wood.observe import View
from wood.orders import Order, Slip, SlipReason


class Hopeless(StrEnum):
    """Why an order could never trade."""

    OWN_PRODUCT = "own-product"
    UNCOVERED = "uncovered"
    OUT_OF_REACH = "out-of-reach"


def hopeless(views: Mapping[Creature, View], turn: Turn, creature: Creature, order: Order) -> Hopeless | None:
    """Say why an order that a mind placed in a turn could never trade; None if it could have, or did."""
    if _traded(turn, creature, order):
        return None
    if order.side is Side.BUY and order.good is views[creature].makes:
        return Hopeless.OWN_PRODUCT
    cut = Slip(creature, order, SlipReason.NOT_COVERED)
    if cut in turn.slips:
        return Hopeless.UNCOVERED
    low, high = reach(views, creature, order.good)
    out = order.price < low if order.side is Side.BUY else order.price > high
    return Hopeless.OUT_OF_REACH if out else None


def reach(views: Mapping[Creature, View], creature: Creature, good: Good) -> tuple[int, int]:
    """The least price at which anybody could gain by selling to a creature, and the highest by buying from it."""
    others = [view for view in views.values() if view.creature is not creature]
    reference = views[creature].references[good]
    stall = max(1, reference * STALL_PERCENT // (100 * CENTS))
    errand = -(-reference // CENTS)
    low = min(stall, *(view.worth[good] for view in others))
    high = max(errand, *(view.worth[good] for view in others if view.makes is not good))
    return low, high


def _traded(turn: Turn, creature: Creature, order: Order) -> bool:
    mine = (creature, Hand.MIND)
    return any(
        trade.good is order.good
        and mine == ((trade.buyer, trade.buyer_hand) if order.side is Side.BUY else (trade.seller, trade.seller_hand))
        for trade in turn.trades
    )
