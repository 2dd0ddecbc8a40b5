"""How much of what a market day could have given it gave: allocative efficiency.

Values and costs are the creatures' own: what one more unit is worth to a creature, or one fewer, by the same rule that
its view and its prompt state (:func:`wood.household.worth`). Asked for every size of store, it gives each creature a
falling schedule of values for the units it might buy, and of costs for those it might sell.

The best possible exchange of a good is found as in the laboratory: values sorted downward against costs sorted upward,
a unit moving as long as its value to the buyer exceeds its cost to the seller. Purses are not a constraint in it (what
is in a purse already moves every worth), goods are taken one at a time, and nobody may buy what it makes. What was
realised is the same sum over the units that changed hands, whoever's hand placed the order: it measures the market
under a mind, habit included. Pebbles only change sides in it.

After D. K. Gode and S. Sunder, "Allocative Efficiency of Markets with Zero-Intelligence Traders: Market as a Partial
Substitute for Individual Rationality", Journal of Political Economy 101 (1993), 119-137.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from wood.household import worth
from wood.names import CREATURES, GOODS, PEBBLES, Creature, Good, Hand
from wood.observe import View
from wood.orders import Trade
from wood.rules import Rules

OUTSIDE: Final = frozenset({Hand.DECREE, Hand.STRANGER, Hand.AGENT})
"""Hands that no mind moves: a good in whose trades one had a part is left out of both sums for that turn."""


class Gains(NamedTuple):
    """Gains from trade in pebbles' worth: what was realised, and the most that could have been."""

    realised: int
    possible: int


class Worths:
    """What a unit is worth to each creature of one turn, at any size of its store; asked once each."""

    def __init__(self, rules: Rules, views: Mapping[Creature, View]) -> None:
        self._rules = rules
        self.views = views
        self._known: dict[tuple[Creature, Good, int], int] = {}
        for creature, view in views.items():
            self._known |= {(creature, good, view.store[good]): view.worth[good] for good in GOODS}

    def __call__(self, creature: Creature, good: Good, held: int) -> int:
        """The worth of one more unit of ``good`` to a creature that holds ``held`` of it, in pebbles."""
        key = creature, good, held
        if key not in self._known:
            view = self.views[creature]
            store: dict[str, int] = dict(view.store.items())
            store |= {PEBBLES: view.purse, good: held}
            needs = view.firewood_need, view.firewood_next
            worths = worth(self._rules, view.starts, view.references, store, creature, *needs, view.beliefs)
            self._known[key] = worths[good]
        return self._known[key]

    def of(self, creature: Creature, good: Good, units: int) -> int:
        """What units that a creature gets beside its store are worth to it, or below zero, those that it gives away."""
        held = self.views[creature].store[good]
        if units < 0:
            return -sum(self(creature, good, each) for each in range(held + units, held))
        return sum(self(creature, good, each) for each in range(held, held + units))


def gains(worths: Worths, trades: Sequence[Trade]) -> Gains:
    """Measure one market day.

    Args:
        worths: of what the creatures saw that turn, stores included: those that the market opened with.
        trades: what was traded on it.
    """
    goods = among_themselves(trades)
    return Gains(realised(worths, trades, goods), possible(worths, goods))


def among_themselves(trades: Iterable[Trade]) -> tuple[Good, ...]:
    """The goods in whose trades nobody had a part but minds and habits."""
    moved = {trade.good for trade in trades if not OUTSIDE.isdisjoint((trade.buyer_hand, trade.seller_hand))}
    return tuple(good for good in GOODS if good not in moved)


def realised(worths: Worths, trades: Iterable[Trade], goods: Collection[Good] = GOODS) -> int:
    """What trades of some goods gained, all sides together."""
    moved = _moved(trade for trade in trades if trade.good in goods)
    return sum(worths.of(creature, good, units) for (creature, good), units in moved.items())


def surplus(worths: Worths, trades: Sequence[Trade]) -> dict[Creature, int]:
    """What each creature itself gained by trade, with whomever: what it got less what it gave, pebbles included."""
    gained = dict.fromkeys(worths.views, 0)
    for (creature, good), units in _moved(trades).items():
        gained[creature] += worths.of(creature, good, units)
    for trade in trades:
        paid = trade.price * trade.qty
        for who, pebbles in ((trade.buyer, -paid), (trade.seller, paid)):
            if who in CREATURES:
                gained[Creature(who)] += pebbles
    return gained


def _moved(trades: Iterable[Trade]) -> Counter[tuple[Creature, Good]]:
    """Units of each good that each creature got, or below zero, gave away."""
    moved: Counter[tuple[Creature, Good]] = Counter()
    for trade in trades:
        for who, units in ((trade.buyer, trade.qty), (trade.seller, -trade.qty)):
            if who in CREATURES:
                moved[Creature(who), trade.good] += units
    return moved


def possible(worths: Worths, goods: Iterable[Good] = GOODS) -> int:
    """The most that exchange of some goods could gain, whatever is in the purses."""
    return sum(_possible(worths, good) for good in goods)


def _possible(worths: Worths, good: Good) -> int:
    """Move units one by one from where they are worth least to where they are worth most, while that gains anything."""
    stock = {creature: view.store[good] for creature, view in worths.views.items()}
    buyers = [creature for creature, view in worths.views.items() if view.makes is not good]
    total = 0
    while sellers := [creature for creature, held in stock.items() if held]:
        value, buyer = max((worths(each, good, stock[each]), each) for each in buyers)
        cost, seller = min((worths(each, good, stock[each] - 1), each) for each in sellers)
        if value <= cost:
            break
        total += value - cost
        stock[buyer] += 1
        stock[seller] -= 1
    return total
