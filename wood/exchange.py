"""The market day: orders are collected, backed by escrow, cleared good by good, and paid for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from struct import Struct
from typing import Final

from wood.belief import liking, regard, wants
from wood.corners import order_of
from wood.draft import Draft
from wood.hearsay import feel
from wood.household import cheapness, firewood_need, habit
from wood.market import Standing, clear
from wood.names import (
    AGENT,
    BUY,
    CENTS,
    CREATURES,
    FIREWOOD,
    GOODS,
    HABIT,
    MIND,
    MINT,
    PEBBLES,
    SELL,
    STRANGER,
    Creature,
    Good,
    Hand,
    Side,
    escrow,
    warehouse,
)
from wood.orders import MAX_ORDERS, MAX_PRICE, MAX_QTY, Auction, Decision, Order, Slip, SlipReason, Trade
from wood.pacts import dumped, terms
from wood.rules import MarketRule, Rules
from wood.shocks import Acting, consume, forced_sales, in_force, market_rules, strangers
from wood.world import World

TABLE_PERCENT: Final = 125
"""What strangers bid for their own table, per cent of the reference."""
CORNER_PERCENT: Final = 140
UNLOAD_PERCENT: Final = 50
COLLAR: Final = 5
"""The price collar: an ask above this many times the reference, or a bid below that part of it, is no order.

Such a price keeps nobody but its own creature from trading, so the good counts as one of which nothing was said.
"""
LIKING: Final = 8_000
"""What one point of the others' liking weighs against a draw below 65,536, where prices are equal."""
FAVOUR: Final = 20
"""What the others must believe of a creature in the mean to shun or to praise it."""
LOGS_AHEAD: Final = 1
"""Logs that an errand of habit fetches beyond tonight's, while they are not dear."""
DEAR_PERCENT: Final = 105
"""Per cent of its usual price above which firewood is dear."""
FRIENDLY: Final = 5
"""Trading together makes friends up to this feeling."""
TRADERS: Final = (*CREATURES, STRANGER)
_NOISE: Final = Struct(f">{len(TRADERS)}H")
_WAREHOUSES: Final = {good: warehouse(good) for good in GOODS}
_ESCROWS: Final = {account: escrow(account) for account in (*TRADERS, *_WAREHOUSES.values())}
_LAST: Final = 1 << 40
"""A place behind everybody's in a tie: an agent is served last."""


@dataclass(frozen=True, slots=True)
class MarketDay:
    """What the market made of a turn's orders.

    ``unserved`` is what each creature bid for at or through the reference and did not get, by good; ``unsold`` the
    units of its own good that found no buyer.
    """

    auctions: dict[Good, Auction]
    trades: tuple[Trade, ...]
    slips: tuple[Slip, ...]
    unserved: Mapping[Creature, Mapping[Good, int]]
    unsold: Mapping[Creature, int]


class _Floor:
    """The orders that stand, and the slips of those that do not."""

    def __init__(self, draft: Draft, acting: Acting) -> None:
        self.rules = draft.rules
        self.ledger = draft.ledger
        self.references = draft.references
        self.changed = {good: market_rules(acting, good) for good in GOODS} if acting else {}
        self.standing: dict[Good, list[Standing]] = {good: [] for good in GOODS}
        self.slips: list[Slip] = []

    def place(self, trader: str, hand: Hand, order: Order) -> tuple[int, SlipReason | None]:
        """Put backed units of an order on the floor: how many stand, and why the rest does not (None if all do)."""
        good, side, price, qty = order.good, order.side, order.price, order.qty
        why: SlipReason | None = None
        if self.changed and (changed := self.changed.get(good)):
            price, qty, why = _ruled(changed, self.rules.goods[good].start, order)
        account = _WAREHOUSES[good] if trader == AGENT else trader
        asset, each = (PEBBLES, price) if side is BUY else (good, 1)
        backed = self.ledger.set_aside(account, _ESCROWS[account], asset, each, qty, "escrow")
        if backed < qty:
            qty, why = backed, SlipReason.NOT_COVERED
        if qty > 0:
            self.standing[good].append(Standing(trader, hand, side, good, price, qty))
        return qty, why

    def mind(self, creature: Creature, orders: Iterable[Order], taken: Mapping[Good, SlipReason]) -> set[Good]:
        """Place a mind's orders, but in the goods that are not its to decide; answers those in which one stands."""
        makes = self.rules.creatures[creature].makes
        spoken: set[Good] = set()
        for place, order in enumerate(orders):
            side, good, price, qty = order.side, order.good, order.price, order.qty
            stands = 0
            why: SlipReason | None
            if place >= MAX_ORDERS:
                why = SlipReason.TOO_MANY
            elif not (1 <= price <= MAX_PRICE and 1 <= qty <= MAX_QTY):
                why = SlipReason.OUT_OF_RANGE
            elif side is BUY and good is makes:
                why = SlipReason.OWN_PRODUCT
            elif outside_the_collar(side, price * CENTS, self.references[good]):
                why = SlipReason.COLLAR
            elif good in taken:
                why = taken[good]
            elif good in spoken:
                why = SlipReason.ONE_A_GOOD
            else:
                stands, why = self.place(creature, MIND, order)
            if stands:
                spoken.add(good)
            if why:
                cut = Order(side, good, price, qty - stands) if stands else order
                self.slips.append(Slip(creature, cut, why))
        return spoken


def outside_the_collar(side: Side, price: int, reference: int) -> bool:
    """Whether an order's price is none (see :data:`COLLAR`); both figures in hundredths of a pebble."""
    return price > COLLAR * reference if side is SELL else price * COLLAR < reference


def _ruled(changed: Mapping[MarketRule, int], start: int, order: Order) -> tuple[int, int, SlipReason | None]:
    """Bend an order to the changed rules of its market: its price, the units that may stand, and why not all may."""
    price, qty, buys = order.price, order.qty, order.side is BUY
    if MarketRule.HALT in changed:
        return price, 0, SlipReason.HALTED
    if (limit := changed.get(MarketRule.FLOOR)) is not None:
        floor = max(1, -(-start * limit // (100 * CENTS)))
        if price < floor and buys:
            return price, 0, SlipReason.UNDER_FLOOR
        price = max(price, floor)
    if (limit := changed.get(MarketRule.CEILING)) is not None:
        ceiling = max(1, start * limit // (100 * CENTS))
        if price > ceiling and not buys:
            return price, 0, SlipReason.OVER_CEILING
        price = min(price, ceiling)
    if buys and (ration := changed.get(MarketRule.RATION)) is not None and qty > ration:
        return price, max(0, ration), SlipReason.RATIONED
    return price, qty, None


def standing_orders(
    rules: Rules, world: World, decisions: Mapping[Creature, Decision | None]
) -> dict[Creature, tuple[tuple[Hand, Order], ...]]:
    """The orders that would stand at the market of an open turn, by creature, and by which hand; nothing is traded."""
    draft = Draft(rules, world)
    need = firewood_need(rules, draft, draft.now)
    floor = _gather(draft, decisions, need, in_force(rules, draft, draft.now))
    stand: dict[Creature, list[tuple[Hand, Order]]] = {creature: [] for creature in CREATURES}
    for orders in floor.standing.values():
        for order in orders:
            placed = Order(order.side, order.good, order.price, order.qty)
            stand[Creature(order.trader)].append((order.hand, placed))
    return {creature: tuple(orders) for creature, orders in stand.items()}


def precedence(rules: Rules, world: World) -> dict[Good, dict[str, int]]:
    """Who is served first at the market of an open turn where prices are equal: by good, the lowest number."""
    draft = Draft(rules, world)
    handicaps = _handicaps(draft)
    return {good: _ranks(draft, good, handicaps) for good in GOODS}


def _gather(draft: Draft, decisions: Mapping[Creature, Decision | None], need: int, acting: Acting) -> _Floor:
    """Place the creatures' orders: what is forced or promised, then what minds decide, then what habit fills in."""
    floor = _Floor(draft, acting)
    foods = cheapness(draft.usual, draft.references)
    dear = draft.references[FIREWOOD] * 100 > DEAR_PERCENT * draft.usual[FIREWOOD]
    logs = need if dear else need + LOGS_AHEAD
    for creature in CREATURES:
        taken: dict[Good, SlipReason] = {}
        store = draft.ledger.on(creature)
        for good, share in forced_sales(acting, creature).items() if acting else ():
            units = store.get(good, 0) * share // 100
            if units and floor.place(creature, Hand.DECREE, Order(SELL, good, 1, units))[0]:
                taken[good] = SlipReason.FORCED
        promised = terms(draft, creature) if draft.pacts else None
        if promised and (promised.dumps or promised.withholds) and promised.good not in taken:
            taken[promised.good] = SlipReason.BRIBED
            if promised.dumps:
                floor.place(creature, Hand.BRIBE, dumped(draft, promised.good, store.get(promised.good, 0)))
        decision = decisions.get(creature)
        spoken = set(taken)
        if decision and decision.orders:
            meant: Iterable[Order] = map(promised.lifted, decision.orders) if promised else decision.orders
            spoken |= floor.mind(creature, meant, taken)
        keen, favour = wants(draft.beliefs[creature]), _favour(draft, creature)
        for order in habit(draft.rules, draft.references, foods, store, creature, logs, spoken, keen, favour):
            floor.place(creature, HABIT, promised.lifted(order) if promised else order)
    return floor


def trade(draft: Draft, decisions: Mapping[Creature, Decision | None], need: int) -> MarketDay:
    """Hold the market of the open turn, in which every hearth will ask for ``need`` logs."""
    acting = in_force(draft.rules, draft, draft.now)
    floor = _gather(draft, decisions, need, acting)
    handicaps = _handicaps(draft)
    tables = {good: _invite(draft, floor, good, acting) for good in GOODS} if acting else {}
    for corner in draft.corners:
        if wanted := order_of(draft, corner):
            floor.place(AGENT, Hand.AGENT, wanted)
    auctions: dict[Good, Auction] = {}
    trades: list[Trade] = []
    left: dict[Good, list[tuple[Standing, int]]] = {}
    for good in GOODS:
        orders, reference = floor.standing[good], draft.references[good]
        auctions[good], made, filled = clear(orders, reference, _ranks(draft, good, handicaps))
        left[good] = [(order, order.qty - units) for order, units in zip(orders, filled, strict=True)]
        for matched in made:
            _pay(draft, matched)
        trades += made
        if tables:
            consume(draft, good, tables[good])
    for account in (*TRADERS, *(_WAREHOUSES[corner.good] for corner in draft.corners)):
        draft.ledger.move_all(_ESCROWS[account], account, "escrow returned")
    unserved, unsold = _left(draft, left)
    return MarketDay(auctions, tuple(trades), tuple(floor.slips), unserved, unsold)


def _favour(draft: Draft, creature: Creature) -> int:
    """Whether the others shun a creature (-1), praise it (1) or neither (0)."""
    held = regard(draft, creature)
    return (held >= FAVOUR) - (held <= -FAVOUR)


def _handicaps(draft: Draft) -> list[int]:
    """What is added to each trader's drawn number: the less the more it is liked, and never the same twice."""
    liked = [*(liking(draft, creature) for creature in CREATURES), 0]
    return [place - LIKING * points * len(TRADERS) for place, points in enumerate(liked)]


def _ranks(draft: Draft, good: Good, handicaps: Sequence[int]) -> dict[str, int]:
    """Drawn numbers that break ties between traders, all different, the lower for those who are liked."""
    key = f"{draft.dice}/{draft.now}/tie/" + good
    noise = _NOISE.unpack(blake2b(key.encode(), digest_size=_NOISE.size).digest())
    traders = len(TRADERS)
    ranks = {TRADERS[place]: noise[place] * traders + handicap for place, handicap in enumerate(handicaps)}
    ranks[AGENT] = _LAST
    return ranks


def _left(
    draft: Draft, left: Mapping[Good, Sequence[tuple[Standing, int]]]
) -> tuple[dict[Creature, dict[Good, int]], dict[Creature, int]]:
    """What each creature bid for at or through the reference and did not get, and what of its own it did not sell."""
    unserved: dict[Creature, dict[Good, int]] = {creature: {} for creature in CREATURES}
    unsold = dict.fromkeys(CREATURES, 0)
    for good, orders in left.items():
        for order, units in orders:
            if not units or not isinstance(order.trader, Creature):
                continue
            if order.side is SELL:
                if draft.rules.creatures[order.trader].makes is good:
                    unsold[order.trader] += units
            elif order.price * CENTS >= draft.references[good]:
                unserved[order.trader][good] = units
    return unserved, unsold


def _invite(draft: Draft, floor: _Floor, good: Good, acting: Acting) -> int:
    """Let strangers bid or unload; answers the units they mean to eat."""
    wanted, cornered, unloads = strangers(acting, good)
    reference = draft.references[good]
    units = wanted + cornered
    if units:
        percent = CORNER_PERCENT if cornered else TABLE_PERCENT
        price = min(MAX_PRICE, -(-reference * percent // (100 * CENTS)))
        draft.ledger.move(MINT, STRANGER, PEBBLES, price * units, "stranger comes")
        floor.place(STRANGER, Hand.STRANGER, Order(BUY, good, price, units))
    elif unloads and (stock := draft.ledger.held(STRANGER, good)):
        price = min(MAX_PRICE, max(1, reference * UNLOAD_PERCENT // (100 * CENTS)))
        floor.place(STRANGER, Hand.STRANGER, Order(SELL, good, price, stock))
    return wanted


def _pay(draft: Draft, made: Trade) -> None:
    buyer, seller, good, qty = made.buyer, made.seller, made.good, made.qty
    payer = _WAREHOUSES[good] if buyer == AGENT else buyer
    payee = _WAREHOUSES[good] if seller == AGENT else seller
    draft.ledger.move(_ESCROWS[payer], payee, PEBBLES, made.price * qty, "paid")
    draft.ledger.move(_ESCROWS[payee], payer, good, qty, "delivered")
    if isinstance(buyer, Creature) and isinstance(seller, Creature):
        for one, other in ((buyer, seller), (seller, buyer)):
            if draft.feelings[one].get(other, 0) < FRIENDLY:
                feel(draft, one, other, 1)
