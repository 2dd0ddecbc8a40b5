"""A creature's household: what its hearth and table need, what it lacks, what things are worth to it, its habit."""

from collections.abc import Iterable, Mapping, Set
from typing import Final

from wood.almanac import hearth
from wood.draft import Draft
from wood.names import BUY, CENTS, FIREWOOD, FOODS, GOODS, PEBBLES, SELL, Creature, Good
from wood.orders import MAX_PRICE, Order
from wood.rules import Rules
from wood.shocks import firewood_percent, in_force
from wood.world import World

GOOD_MEAL: Final = 2
TREAT: Final = 3
STALL_KEEP: Final = 1
STALL_MOST: Final = 10
STALL_PERCENT: Final = 90
DUMP_PERCENT: Final = 80
PAYS_PERCENT: Final = 146
"""Per cent of a good's first price that an errand of habit pays at most: what is dearer than that has to wait."""
ERRAND_KINDS: Final = 3
USUAL_PURSE: Final = 40

Store = Mapping[str, int]
"""What a creature holds, by asset; what is missing it has none of."""
Wants = Mapping[Good, int]
"""Units that a creature's beliefs make it want beyond its needs; negative, units it would be rid of."""
NO_WANTS: Final[Wants] = {}
NO_BELIEFS: Final[Mapping[str, int]] = {}
BELIEVED: Final = 4
"""The part of its worth that a good gains or loses by a firm belief."""


def firewood_need(rules: Rules, world: World | Draft, now: int) -> int:
    """Logs that each hearth asks for on a turn, rounded half up."""
    return (hearth(rules, world.seed, now) * firewood_percent(in_force(rules, world, now)) + 50) // 100


def cheapness(usual: Mapping[Good, int], references: Mapping[Good, int]) -> dict[Good, int]:
    """Each food's present price beside its usual one, per mille, cheapest first: what creatures choose food by."""
    beside = {food: references[food] * 1000 // usual[food] for food in FOODS}
    return {food: beside[food] for food in sorted(beside, key=beside.__getitem__)}


def lacks(
    rules: Rules,
    foods: Iterable[Good],
    store: Store,
    creature: Creature,
    firewood: int,
    meals: int,
    wants: Wants = NO_WANTS,
) -> dict[Good, int]:
    """Units a creature is short of: ``firewood`` logs, and ``meals`` units of each of the first three other foods.

    ``foods`` are all of them, those first that it prefers. Its own product it never lacks. What it believes to get
    dearer it lacks more of; what it believes to get cheaper it does without as long as others make a good meal.
    """
    makes = rules.creatures[creature].makes
    held = store.get
    wanted = [food for food in foods if food is not makes and held(food, 0) < meals]
    short = {food: meals - held(food, 0) for food in wanted[:ERRAND_KINDS]}
    missing = firewood - held(FIREWOOD, 0)
    if missing > 0 and makes is not FIREWOOD:
        short[FIREWOOD] = missing
    for good, units in wants.items():
        if good is makes:
            continue
        if units > 0:
            short[good] = short.get(good, 0) + units
        elif good in short and _can_wait(good, short, store):
            del short[good]
    return short


def _can_wait(good: Good, short: Mapping[Good, int], store: Store) -> bool:
    """Whether a creature can put off buying a good: a food beside which there are others enough, or a second log."""
    if good is FIREWOOD:
        return short[good] <= 1
    return sum(store.get(food, 0) > 0 or food in short for food in FOODS if food is not good) >= GOOD_MEAL


def spare(rules: Rules, store: Store, creature: Creature, firewood: int, wants: Wants = NO_WANTS) -> dict[Good, int]:
    """Units a creature can sell and still keep two of each good (one of its own) and ``firewood`` logs.

    It keeps more of what it believes to get dearer, and less of what it believes to get cheaper.
    """
    makes = rules.creatures[creature].makes
    left: dict[Good, int] = {}
    for good in GOODS:
        held = store.get(good, 0)
        kept = firewood if good is FIREWOOD else 1 if good is makes else 2
        units = min(held, held - kept - wants.get(good, 0))
        if units > 0:
            left[good] = units
    return left


def worth(
    rules: Rules,
    usual: Mapping[Good, int],
    references: Mapping[Good, int],
    store: Store,
    creature: Creature,
    firewood: int,
    firewood_next: int,
    beliefs: Mapping[str, int] = NO_BELIEFS,
) -> dict[Good, int]:
    """What one more unit of each good is worth to a creature, in whole pebbles: a reservation price of its own.

    It is anchored at the good's usual price (three parts) and its present one (one part). Dearest is what makes a
    good meal out of a poor one, then the log that is missing tonight, then the treat, then what tomorrow asks for;
    what lies in store is worth less the more there is of it. A full purse pays up to a third more, an empty one
    up to a third less. A firm belief in a rise or a fall is worth up to a quarter.
    """
    foods = cheapness(usual, references)
    now = lacks(rules, foods, store, creature, firewood, 1)
    soon = lacks(rules, foods, store, creature, firewood + firewood_next, 2)
    meager = sum(store.get(food, 0) > 0 for food in FOODS) < GOOD_MEAL
    purse = store.get(PEBBLES, 0)
    lean = 60 + 40 * min(purse, 2 * USUAL_PURSE) // USUAL_PURSE
    values: dict[Good, int] = {}
    for good in GOODS:
        base = (7 * usual[good] + references[good]) // 8
        if good in now:
            percent = 130 if good is FIREWOOD else 200 if meager else 130
        elif good in soon:
            percent = 115
        else:
            percent = max(50, 105 - 10 * store.get(good, 0))
        if held := beliefs.get(good, 0):
            percent += percent * held // (100 * BELIEVED)
        values[good] = min(MAX_PRICE, max(1, (base * percent * lean + 500_000) // (CENTS * 10_000)))
    return values


def habit(
    rules: Rules,
    references: Mapping[Good, int],
    foods: Iterable[Good],
    store: Store,
    creature: Creature,
    firewood: int,
    spoken: Set[Good],
    wants: Wants = NO_WANTS,
    favour: int = 0,
) -> list[Order]:
    """Orders of habit in the goods of which a mind said nothing: a stall of the own good, and errands.

    A stall asks about 90 % of the reference, rounded down; an errand bids the reference, rounded up, unless that is far
    above the usual: so both stand at or through it. Of the ``foods``, it fetches those first that come first. What it
    believes to get dearer it holds back from its stall; what it believes to get cheaper it sells at 80 %, also out of
    its larder. Whom the others shun (``favour`` -1) asks a pebble less and bids one more, whom they praise (1) the
    other way.
    """
    makes = rules.creatures[creature].makes
    orders: list[Order] = []
    stock = store.get(makes, 0)
    surplus = min(STALL_MOST, stock - STALL_KEEP)
    if makes is FIREWOOD:
        surplus = min(surplus, stock - firewood)
    if makes not in spoken and surplus > 0:
        keen = wants.get(makes, 0)
        surplus -= max(0, keen)
        if surplus > 0:
            percent = STALL_PERCENT if keen >= 0 else DUMP_PERCENT
            price = max(1, references[makes] * percent // (100 * CENTS) + favour)
            orders.append(Order(SELL, makes, min(price, MAX_PRICE), surplus))
    wanted = lacks(rules, foods, store, creature, firewood, 1, wants)
    # Firewood first, then the cheapest; no reference is below 0.
    for good in sorted(wanted, key=lambda food: -1 if food is FIREWOOD else references[food]):
        if good not in spoken:
            fair = min(references[good], rules.goods[good].start * PAYS_PERCENT // 100)
            price = min(MAX_PRICE, max(1, -(-fair // CENTS) - favour))
            orders.append(Order(BUY, good, price, wanted[good]))
    for good, units in wants.items():
        extra = store.get(good, 0) - (firewood if good is FIREWOOD else 1)
        if units < 0 < extra and good is not makes and good not in spoken and good not in wanted:
            price = max(1, references[good] * DUMP_PERCENT // (100 * CENTS))
            orders.append(Order(SELL, good, min(price, MAX_PRICE), min(extra, -units)))
    return orders


def meal(foods: Mapping[Good, int], store: Store) -> list[Good]:
    """Foods a creature eats: up to three kinds, the cheapest first (``foods``: see :func:`cheapness`)."""
    larder = [food for food in foods if store.get(food, 0) > 0]
    larder.sort(key=lambda food: (foods[food], -store[food]))
    return larder[:TREAT]
