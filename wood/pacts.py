"""Pacts: what creatures promised a patron, and what that asks of them on a market day.

A promise is secret: in no public event, and in nobody's view but the creature's own. Others see what it does to the
market, and may make of it what they like.
"""

from dataclasses import dataclass, replace
from typing import Final

from wood.draft import Draft
from wood.names import CENTS, SELL, Creature, Good, Name
from wood.orders import MAX_PRICE, Order
from wood.stakes import Pact
from wood.world import World

BRIBE_TURNS: Final = 4
"""Turns that a bribe holds, from the one after it was taken."""
BROKER_TURNS: Final = 6
"""Turns that two creatures keep to not undercutting each other."""
DUMP_PERCENT: Final = 50
"""Per cent of the reference at which a creature that is bribed to dump its own good offers all of it, each turn."""
BROKER_PERCENT: Final = 110
"""Per cent of the reference that creatures who do not undercut each other ask at least, in whole pebbles: of the usual
price where that is less, so that they bring a price back and a little above, and do not drive it up without end.
"""


class Deal(Name):
    """What a patron may propose to a creature."""

    LOAN = "loan"
    WITHHOLD = "withhold"  # a bribe: sell none of its own good
    DUMP = "dump"  # a bribe: throw its own good on the market
    BROKER = "broker"  # with another: do not undercut each other


@dataclass(frozen=True, slots=True)
class Terms:
    """What a creature's promises ask of it on a market day.

    Attributes:
        good: its own good, the one that they are about.
        withholds: whether it sells none of it.
        dumps: whether it offers all of it, cheap.
        least: whole pebbles under which it asks for none of it, 0 for any price.
    """

    good: Good
    withholds: bool = False
    dumps: bool = False
    least: int = 0

    def lifted(self, order: Order) -> Order:
        """The same order, at the least price that was promised if it asks for less."""
        if order.side is SELL and order.good is self.good and order.price < self.least:
            return replace(order, price=self.least)
        return order


def terms(draft: Draft, creature: Creature) -> Terms | None:
    """What a creature's promises ask of it in the open turn; None where it made none."""
    kept = [pact.what for pact in promises(draft, creature)]
    if not kept:
        return None
    good = draft.rules.creatures[creature].makes
    least = 0
    if Deal.BROKER in kept:
        price = min(draft.references[good], draft.usual[good])
        least = min(MAX_PRICE, (price * BROKER_PERCENT + 50 * CENTS) // (100 * CENTS))
    return Terms(good, Deal.WITHHOLD in kept, Deal.DUMP in kept, least)


def dumped(draft: Draft, good: Good, stock: int) -> Order:
    """How a creature with so much of its own good throws it on the market; of no units where it has none."""
    price = max(1, draft.references[good] * DUMP_PERCENT // (100 * CENTS))
    return Order(SELL, good, min(MAX_PRICE, price), stock)


def promises(world: World | Draft, creature: Creature) -> tuple[Pact, ...]:
    """The pacts that a creature keeps, oldest first."""
    return tuple(pact for pact in world.pacts if creature in (pact.creature, pact.partner))


def lapse(draft: Draft) -> None:
    """After the market: pacts whose last turn it was are done."""
    draft.pacts = [pact for pact in draft.pacts if pact.until > draft.now]
