"""The market day: orders are collected, backed by escrow, cleared good by good, and paid for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from wood.draft import Draft
from wood.hearsay import feel
from wood.household import firewood_need, habit
from wood.market import clear
from wood.names import CENTS, CREATURES, GOODS, MINT, PEBBLES, STRANGER, Creature, Good, Hand, Side, escrow
from wood.orders import MAX_ORDERS, MAX_PRICE, MAX_QTY, Auction, Decision, Order, Slip, Standing, Trade
from wood.rules import MarketRule
from wood.shocks import consume, forced_sale, market_rules, strangers

TABLE_PERCENT: Final = 125
"""What strangers bid for their own table, per cent of the reference."""
CORNER_PERCENT: Final = 140
UNLOAD_PERCENT: Final = 50
LOGS_AHEAD: Final = 1
"""Logs that an errand of habit fetches beyond tonight's."""
FRIENDLY: Final = 5
"""Trading together makes friends up to this feeling."""


@dataclass(frozen=True, slots=True)
class MarketDay:
    """What the market made of a turn's orders.

    ``waiting`` is each creature's firewood bid for at or through the reference and not got, in logs.
    """

    auctions: dict[Good, Auction]
    trades: tuple[Trade, ...]
    slips: tuple[Slip, ...]
    waiting: Mapping[Creature, int]


class _Floor:
    """The orders that stand, and the slips of those that do not."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.rules = {good: market_rules(draft.rules, draft, draft.now, good) for good in GOODS}
        self.standing: dict[Good, list[Standing]] = {good: [] for good in GOODS}
        self.slips: list[Slip] = []

    def place(self, trader: str, hand: Hand, order: Order) -> tuple[int, str]:
        """Put backed units of an order on the floor: how many stand, and why the rest does not ("" if all do)."""
        good, side = order.good, order.side
        changed = self.rules[good]
        if MarketRule.HALT in changed:
            return 0, "halted"
        price, qty, why = order.price, order.qty, ""
        start = self.draft.rules.goods[good].start
        if (limit := changed.get(MarketRule.CEILING)) is not None:
            ceiling = max(1, start * limit // (100 * CENTS))
            if price > ceiling and side is Side.SELL:
                return 0, "over the ceiling"
            price = min(price, ceiling)
        if (limit := changed.get(MarketRule.FLOOR)) is not None:
            floor = max(1, -(-start * limit // (100 * CENTS)))
            if price < floor and side is Side.BUY:
                return 0, "under the floor"
            price = max(price, floor)
        if side is Side.BUY and (ration := changed.get(MarketRule.RATION)) is not None and qty > ration:
            qty, why = max(0, ration), "rationed"
        ledger = self.draft.ledger
        backed = ledger.held(trader, PEBBLES) // price if side is Side.BUY else ledger.held(trader, good)
        if backed < qty:
            qty, why = backed, "not covered"
        if qty > 0:
            if side is Side.BUY:
                ledger.move(trader, escrow(trader), PEBBLES, price * qty, "escrow")
            else:
                ledger.move(trader, escrow(trader), good, qty, "escrow")
            self.standing[good].append(Standing(trader, hand, side, good, price, qty))
        return qty, why

    def mind(self, creature: Creature, orders: tuple[Order, ...]) -> set[Good]:
        """Place a mind's orders; answers the goods in which one stands."""
        makes = self.draft.rules.creatures[creature].makes
        spoken: set[Good] = set()
        for place, order in enumerate(orders):
            if place >= MAX_ORDERS:
                stands, why = 0, "too many orders"
            elif not (1 <= order.price <= MAX_PRICE and 1 <= order.qty <= MAX_QTY):
                stands, why = 0, "out of range"
            elif order.side is Side.BUY and order.good is makes:
                stands, why = 0, "own product"
            elif order.good in spoken:
                stands, why = 0, "one order a good"
            else:
                stands, why = self.place(creature, Hand.MIND, order)
            if stands:
                spoken.add(order.good)
            if why:
                self.slips.append(Slip(creature, replace(order, qty=order.qty - stands), why))
        return spoken


def trade(draft: Draft, decisions: Mapping[Creature, Decision | None]) -> MarketDay:
    """Hold the market of the open turn."""
    floor = _Floor(draft)
    held = draft.ledger.held
    need = firewood_need(draft.rules, draft, draft.now)
    for creature in CREATURES:
        spoken = set()
        for good in GOODS:
            share = forced_sale(draft.rules, draft, draft.now, creature, good)
            forced = held(creature, good) * share // 100
            if forced and floor.place(creature, Hand.DECREE, Order(Side.SELL, good, 1, forced))[0]:
                spoken.add(good)
        decision = decisions.get(creature)
        orders = tuple(order for order in decision.orders if order.good not in spoken) if decision else ()
        spoken |= floor.mind(creature, orders)
        for order in habit(draft.rules, draft.references, held, creature, need + LOGS_AHEAD, frozenset(spoken)):
            floor.place(creature, Hand.HABIT, order)
    tables = {good: _invite(draft, floor, good) for good in GOODS}
    auctions: dict[Good, Auction] = {}
    trades: list[Trade] = []
    waiting = dict.fromkeys(CREATURES, 0)
    for good in GOODS:
        orders_of = floor.standing[good]
        auctions[good], made, filled = clear(orders_of, draft.references[good], _ranks(draft, good))
        for trade_ in made:
            _pay(draft, trade_)
        for stood, units in zip(orders_of, filled, strict=True):
            if (
                good is Good.FIREWOOD
                and stood.side is Side.BUY
                and stood.trader != STRANGER
                and stood.price * CENTS >= draft.references[good]
            ):
                waiting[Creature(stood.trader)] = stood.qty - units
        trades.extend(made)
        consume(draft, good, tables[good])
    for trader in (*CREATURES, STRANGER):
        for asset in (PEBBLES, *GOODS):
            draft.ledger.move(escrow(trader), trader, asset, held(escrow(trader), asset), "escrow returned")
    return MarketDay(auctions, tuple(trades), tuple(floor.slips), waiting)


def _ranks(draft: Draft, good: Good) -> dict[str, int]:
    """Drawn numbers that break ties between traders, all different."""
    traders = (*CREATURES, STRANGER)
    noise = blake2b(f"{draft.seed}/{draft.now}/tie/{good}".encode(), digest_size=2 * len(traders)).digest()
    return {
        trader: int.from_bytes(noise[2 * i : 2 * i + 2], "big") * len(traders) + i for i, trader in enumerate(traders)
    }


def _invite(draft: Draft, floor: _Floor, good: Good) -> int:
    """Let strangers bid or unload; answers the units they mean to eat."""
    wanted, cornered, unloads = strangers(draft.rules, draft, draft.now, good)
    reference = draft.references[good]
    units = wanted + cornered
    if units:
        percent = CORNER_PERCENT if cornered else TABLE_PERCENT
        price = min(MAX_PRICE, -(-reference * percent // (100 * CENTS)))
        draft.ledger.move(MINT, STRANGER, PEBBLES, price * units, "stranger comes")
        floor.place(STRANGER, Hand.STRANGER, Order(Side.BUY, good, price, units))
    elif unloads and (stock := draft.ledger.held(STRANGER, good)):
        price = min(MAX_PRICE, max(1, reference * UNLOAD_PERCENT // (100 * CENTS)))
        floor.place(STRANGER, Hand.STRANGER, Order(Side.SELL, good, price, stock))
    return wanted


def _pay(draft: Draft, made: Trade) -> None:
    ledger = draft.ledger
    ledger.move(escrow(made.buyer), made.seller, PEBBLES, made.price * made.qty, "paid")
    ledger.move(escrow(made.seller), made.buyer, made.good, made.qty, "delivered")
    for one, other in ((made.buyer, made.seller), (made.seller, made.buyer)):
        if STRANGER not in {one, other} and draft.feelings[Creature(one)].get(other, 0) < FRIENDLY:
            feel(draft, Creature(one), other, 1)
