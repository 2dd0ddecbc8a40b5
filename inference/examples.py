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

from inference.fair import halfway
from inference.writing import limit
from wood.names import CENTS, Creature, Good, Side
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


@dataclass(frozen=True, slots=True)
class Row:
    """One good of an example: price and worth (whole pebbles), what the creature has and lacks of it and orders."""

    good: Good
    price: int
    have: int
    needs: int
    worth: int
    order: Order | None = None


def _sells(good: Good, price: int, have: int, worth: int, qty: int) -> Row:
    return Row(good, price, have, 0, worth, Order(Side.SELL, good, halfway(Side.SELL, price * CENTS, worth), qty))


def _buys(good: Good, price: int, worth: int, qty: int) -> Row:
    return Row(good, price, 0, 2 * qty, worth, Order(Side.BUY, good, halfway(Side.BUY, price * CENTS, worth), qty))


ROWS: Final[Mapping[Creature, tuple[Row, ...]]] = MappingProxyType(
    {
        Creature.OONA: (
            _sells(Good.HONEY, 4, 5, 2, 4),
            Row(Good.ACORNS, 2, 2, 0, 2),
            _buys(Good.BERRIES, 9, 12, 1),
            _buys(Good.FIREWOOD, 11, 17, 2),
        ),
        Creature.BRAMBLE: (
            _sells(Good.FIREWOOD, 3, 7, 1, 5),
            _buys(Good.BERRIES, 15, 18, 1),
            Row(Good.MUSHROOMS, 3, 2, 0, 2),
            _buys(Good.HONEY, 12, 20, 1),
        ),
        Creature.FENN: (
            _sells(Good.MUSHROOMS, 3, 7, 2, 6),
            Row(Good.BERRIES, 2, 2, 0, 2),
            _buys(Good.HONEY, 18, 21, 1),
            _buys(Good.FIREWOOD, 10, 14, 2),
        ),
        Creature.MOSSBACK: (
            _sells(Good.ACORNS, 2, 6, 1, 5),
            _buys(Good.MUSHROOMS, 12, 19, 1),
            Row(Good.HONEY, 11, 2, 0, 9),
            _buys(Good.FIREWOOD, 13, 16, 1),
        ),
        Creature.PIP: (
            _sells(Good.BERRIES, 2, 8, 2, 7),
            _buys(Good.ACORNS, 10, 16, 1),
            Row(Good.MUSHROOMS, 3, 2, 0, 2),
            _buys(Good.FIREWOOD, 16, 18, 1),
        ),
    }
)
"""Each creature's own product, cheap, two goods that it lacks, dear, and one to leave alone, with what it orders."""


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
        return Example(words.thought, _orders(creature), words.gossip)
    quiet = tongue.voices.get(creature, {}).get(Situation.QUIET, ())
    return Example(tongue.thoughts.poor, _orders(creature), quiet[0] if quiet else "")


def _orders(creature: Creature) -> tuple[Order, ...]:
    return tuple(row.order for row in ROWS[creature] if row.order)


_SAID: Final = tuple({order.good.value: limit(order) for order in _orders(creature)} for creature in ROWS)
