"""A creature's household: what its hearth and table need, what it lacks, what things are worth to it, its habit."""

from collections.abc import Callable, Mapping
from typing import Final

from wood.draft import Draft, firewood_on
from wood.names import CENTS, FOODS, GOODS, PEBBLES, Creature, Good, Side
from wood.orders import MAX_PRICE, Order
from wood.rules import Rules
from wood.shocks import firewood_percent
from wood.world import World

GOOD_MEAL: Final = 2
TREAT: Final = 3
STALL_KEEP: Final = 1
STALL_MOST: Final = 10
STALL_PERCENT: Final = 90
ERRAND_KINDS: Final = 3
USUAL_PURSE: Final = 40

Held = Callable[[str, str], int]


def firewood_need(rules: Rules, world: World | Draft, now: int) -> int:
    """Logs that each hearth asks for on a turn, rounded half up."""
    return (firewood_on(rules, now) * firewood_percent(rules, world, now) + 50) // 100


def cheapness(rules: Rules, references: Mapping[Good, int], good: Good) -> int:
    """A good's present price beside its usual one, per mille: what creatures choose their food by."""
    return references[good] * 1000 // rules.goods[good].start


def lacks(
    rules: Rules, references: Mapping[Good, int], held: Held, creature: Creature, firewood: int, meals: int
) -> dict[Good, int]:
    """Units a creature is short of: ``firewood`` logs, and ``meals`` units of each of the three cheapest other foods.

    Its own product it never lacks.
    """
    makes = rules.creatures[creature].makes
    wanted = [food for food in FOODS if food is not makes and held(creature, food) < meals]
    wanted.sort(key=lambda food: cheapness(rules, references, food))
    short = {food: meals - held(creature, food) for food in wanted[:ERRAND_KINDS]}
    missing = firewood - held(creature, Good.FIREWOOD)
    if missing > 0 and makes is not Good.FIREWOOD:
        short[Good.FIREWOOD] = missing
    return short


def spare(rules: Rules, held: Held, creature: Creature, firewood: int) -> dict[Good, int]:
    """Units a creature can sell and still eat two turns' meals and burn ``firewood`` logs."""
    makes = rules.creatures[creature].makes
    return {
        good: units
        for good in GOODS
        if (units := held(creature, good) - (firewood if good is Good.FIREWOOD else 1 if good is makes else 2)) > 0
    }


def worth(
    rules: Rules, references: Mapping[Good, int], held: Held, creature: Creature, firewood: int, firewood_next: int
) -> dict[Good, int]:
    """What one more unit of each good is worth to a creature, in whole pebbles: a reservation price of its own.

    It is anchored at the good's usual price (three parts) and its present one (one part). Dearest is what makes a
    good meal out of a poor one, then the log that is missing tonight, then the treat, then what tomorrow asks for;
    what lies in store is worth less the more there is of it. A full purse pays up to a third more, an empty one
    up to a third less.
    """
    now = lacks(rules, references, held, creature, firewood, 1)
    soon = lacks(rules, references, held, creature, firewood + firewood_next, 2)
    meager = sum(held(creature, food) > 0 for food in FOODS) < GOOD_MEAL
    purse = held(creature, PEBBLES)
    lean = 60 + 40 * min(purse, 2 * USUAL_PURSE) // USUAL_PURSE
    values: dict[Good, int] = {}
    for good in GOODS:
        base = (7 * rules.goods[good].start + references[good]) // 8
        if good in now:
            percent = 130 if good is Good.FIREWOOD else 200 if meager else 130
        elif good in soon:
            percent = 115
        else:
            percent = max(50, 105 - 10 * held(creature, good))
        values[good] = min(MAX_PRICE, max(1, (base * percent * lean + 500_000) // (CENTS * 10_000)))
    return values


def habit(
    rules: Rules,
    references: Mapping[Good, int],
    held: Held,
    creature: Creature,
    firewood: int,
    spoken: frozenset[Good],
) -> list[Order]:
    """Orders of habit in the goods of which a mind said nothing: a stall of the own good, and errands.

    A stall asks about 90 % of the reference, rounded down; an errand bids the reference, rounded up, so that
    both stand at or through it.
    """
    makes = rules.creatures[creature].makes
    orders = []
    surplus = min(STALL_MOST, held(creature, makes) - STALL_KEEP)
    if makes is Good.FIREWOOD:
        surplus = min(surplus, held(creature, makes) - firewood)
    if makes not in spoken and surplus > 0:
        price = max(1, references[makes] * STALL_PERCENT // (100 * CENTS))
        orders.append(Order(Side.SELL, makes, min(price, MAX_PRICE), surplus))
    wanted = lacks(rules, references, held, creature, firewood, 1)
    for good in sorted(wanted, key=lambda food: (food is not Good.FIREWOOD, references[food])):
        if good not in spoken:
            price = min(MAX_PRICE, -(-references[good] // CENTS))
            orders.append(Order(Side.BUY, good, price, wanted[good]))
    return orders


def meal(rules: Rules, references: Mapping[Good, int], held: Held, creature: Creature) -> list[Good]:
    """Foods a creature eats: up to three kinds, those first that are cheapest beside their usual price."""
    larder = sorted(
        (food for food in FOODS if held(creature, food) > 0),
        key=lambda food: (cheapness(rules, references, food), -held(creature, food)),
    )
    return larder[:TREAT]
