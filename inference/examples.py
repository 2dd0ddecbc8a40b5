"""The worked example that each creature is shown: a turn of long ago in its own place, and a reply to it.

It is the same in every turn of every wood of one language, so that an engine's prefix cache holds it. Its figures are
of no language and lie far from what goods cost when a wood is founded: a good of its own that is cheap, others that are
dear. Weak models repeat examples, so no two creatures' are alike, and whoever reads replies can tell one by its orders
(:func:`is_example`), and its lines by :func:`example_of`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from inference.writing import limit
from wood.names import Creature, Good, Side
from wood.observe import View
from wood.orders import Order
from wood.situations import Situation
from wood.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Example:
    """One creature's worked example in one language.

    Attributes:
        thought: what it thinks there.
        orders: what it orders there.
        gossip: what it says there.
    """

    thought: str
    orders: tuple[Order, ...]
    gossip: str


def _orders(*orders: tuple[Side, Good, int, int]) -> tuple[Order, ...]:
    return tuple(Order(*order) for order in orders)


ORDERS: Final[Mapping[Creature, tuple[Order, ...]]] = MappingProxyType(
    {
        Creature.OONA: _orders(
            (Side.SELL, Good.HONEY, 3, 4), (Side.BUY, Good.BERRIES, 11, 1), (Side.BUY, Good.FIREWOOD, 14, 2)
        ),
        Creature.BRAMBLE: _orders(
            (Side.SELL, Good.FIREWOOD, 2, 5), (Side.BUY, Good.BERRIES, 17, 1), (Side.BUY, Good.HONEY, 16, 1)
        ),
        Creature.FENN: _orders(
            (Side.SELL, Good.MUSHROOMS, 2, 6), (Side.BUY, Good.HONEY, 19, 1), (Side.BUY, Good.FIREWOOD, 12, 2)
        ),
        Creature.MOSSBACK: _orders(
            (Side.SELL, Good.ACORNS, 1, 5), (Side.BUY, Good.MUSHROOMS, 15, 1), (Side.BUY, Good.FIREWOOD, 13, 1)
        ),
        Creature.PIP: _orders(
            (Side.SELL, Good.BERRIES, 2, 7), (Side.BUY, Good.ACORNS, 12, 1), (Side.BUY, Good.FIREWOOD, 18, 1)
        ),
    }
)
"""What each creature orders in its example: its own product, cheap, and two goods that it lacks, dear."""


BEFORE: Final = (
    ("buy", "firewood", 6, 2),
    ("sell", "acorns", 4, 3),
)
"""Side, good, price and quantity of the orders in the one example that all creatures once were shown."""


def is_example(orders: object) -> bool:
    """Whether the orders of a reply, as it has them, are those of an example: of any creature, now or before."""
    if isinstance(orders, list):
        return orders == [dict(zip(("side", "good", "price", "qty"), order, strict=True)) for order in BEFORE]
    return isinstance(orders, dict) and orders in _SAID


def example_of(view: View) -> Example:
    """The example that the creature of a view is shown, in its wood's language."""
    return example(view.creature, view.tongue)


def example(creature: Creature, tongue: Tongue) -> Example:
    """The example of a creature; a tongue from before there were such words has what it says on a quiet day."""
    words = tongue.examples.get(creature)
    if words is not None:
        return Example(words.thought, ORDERS[creature], words.gossip)
    quiet = tongue.voices.get(creature, {}).get(Situation.QUIET, ())
    return Example(tongue.thoughts.poor, ORDERS[creature], quiet[0] if quiet else "")


_SAID: Final = tuple({order.good.value: limit(order) for order in ORDERS[creature]} for creature in ORDERS)
