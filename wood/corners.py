"""Corners: an agent whom a patron sends to buy up a good, to hold it, and to sell it again.

Pebbles and goods of a corner lie in the good's warehouse, and the agent trades from there under nobody's name.
It buys above the reference for some turns, so that the price rises; then it holds and parts only with what is paid for
dearly, which a dearth does; then it has to sell into the market that it has made dear, which is where corners lose.
What breaks one before that is the wood's own harvest: a price that stays under the one it began at while it still buys.

After F. Allen, L. Litov and J. Mei, "Large Investors, Price Manipulation, and Limits to Arbitrage: An Anatomy of Market
Corners", Review of Finance 10 (2006), 645-693.
"""

from dataclasses import replace
from typing import Final

from wood.calendar import turns_left
from wood.chance import below
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.heat import record
from wood.names import AGENT, BUY, CENTS, MINT, PEBBLES, ROT, SELL, Act, Good, patron_account, warehouse
from wood.orders import MAX_PRICE, MAX_QTY, Order
from wood.shocks import decrees, in_force
from wood.stakes import Corner
from wood.world import World

BUYING: Final = 4
"""Turns in which an agent buys."""
HOLDING: Final = 8
"""Turns after these in which it holds at most."""
SELLING: Final = 3
"""Turns over which it sells up."""
REST: Final = 1
"""Turns at a year's end by which everything is sold."""
BID_PERCENT: Final = 125
BID_MOST: Final = 140
"""What it bids, per cent of the reference, and of the one it began at at most: it does not outbid itself for ever."""
DEAR_PERCENT: Final = 140
DEAR_LEAST: Final = 88
DEAR_PART: Final = 2
"""What it asks while it holds: of the reference it began at, of the present one at least, and for which part of all."""
ASK_PERCENT: Final = 70
LAST_PERCENT: Final = 50
"""What it asks when it sells up, per cent of the reference, and in the last turn of that, to be rid of it."""
BROKEN_TURNS: Final = 2
BROKEN_PERCENT: Final = 60
"""Turns in which a broken corner must sell, and what it asks."""
UNDER_TURNS: Final = 3
"""Turns running under its first price that break a corner while it buys."""


def corner_in(draft: Draft | World, good: Good) -> Corner | None:
    """The corner that stands in a good."""
    return next((corner for corner in draft.corners if corner.good is good), None)


def corner_of(draft: Draft | World, key: str) -> Corner | None:
    """The corner that a patron has."""
    return next((corner for corner in draft.corners if corner.patron == key), None)


def begin(draft: Draft, key: str, good: Good, budget: int) -> Corner:
    """Send out an agent whose budget lies in the warehouse; it sells up before the year ends."""
    left = turns_left(draft.rules, draft.now) - SELLING - REST
    until = draft.now + max(0, min(BUYING - 1 + HOLDING, left))
    buys = min(draft.now + BUYING - 1, until)
    begun = Corner(key, good, budget, draft.now, buys, until, draft.references[good])
    draft.corners.append(begun)
    return begun


def sells(corner: Corner, now: int) -> bool:
    """Whether a corner sells up in a turn."""
    return bool(corner.broken) or now > corner.until


def last_turn(corner: Corner) -> int:
    """The turn after which a corner is over whatever it holds."""
    return corner.broken + BROKEN_TURNS if corner.broken else corner.until + SELLING


def order_of(draft: Draft, corner: Corner) -> Order | None:
    """What the agent wants of the open turn's market."""
    good, account = corner.good, warehouse(corner.good)
    reference = draft.references[good]
    if draft.now <= corner.buys:
        bid = min(reference * BID_PERCENT, corner.price * BID_MOST)
        price = min(MAX_PRICE, -(-bid // (100 * CENTS)))
        share = -(-draft.purse(account) // (corner.buys - draft.now + 1))
        units = min(MAX_QTY, share // price)
        return Order(BUY, good, price, units) if units else None
    if corner.broken:
        ask, part = reference * BROKEN_PERCENT, 1
    elif sells(corner, draft.now):
        part = last_turn(corner) - draft.now + 1
        ask = reference * (ASK_PERCENT if part > 1 else LAST_PERCENT)
    else:
        ask, part = max(corner.price * DEAR_PERCENT, reference * DEAR_LEAST), DEAR_PART
    units = -(-draft.ledger.held(account, good) // part)
    return Order(SELL, good, min(MAX_PRICE, max(1, ask // (100 * CENTS))), units) if units else None


def sell_up(draft: Draft, corner: Corner) -> None:
    """Let an agent sell from the open turn on."""
    before = draft.now - 1
    _change(draft, corner, replace(corner, buys=min(corner.buys, before), until=before))


def break_corner(draft: Draft, corner: Corner) -> None:
    """Break a corner up: what it holds must be sold, cheap and soon. One that is broken already stays as it is."""
    if corner.broken:
        return
    _change(draft, corner, replace(corner, buys=min(corner.buys, draft.now - 1), broken=draft.now))
    draft.tell(EventKind.CORNER_BROKEN, good=corner.good)


def break_up(draft: Draft, key: str) -> None:
    """Break the corner of a patron who goes, if there is one."""
    if (corner := corner_of(draft, key)) is not None:
        break_corner(draft, corner)


def tend(draft: Draft) -> None:
    """At the day's end: let rot what lies too long, break what the wood's own supply defeats, pay out what is over."""
    for good in [corner.good for corner in draft.corners]:
        _spoil(draft, good)
        corner = _watched(draft, good)
        if _over(draft, corner):
            _wind_up(draft, corner)


def _change(draft: Draft, corner: Corner, changed: Corner) -> Corner:
    draft.corners[draft.corners.index(corner)] = changed
    return changed


def _spoil(draft: Draft, good: Good) -> None:
    """Rot a share of what lies over a larder in a warehouse, as it does with creatures; nobody is told."""
    rule = draft.rules.goods[good]
    over = draft.ledger.held(warehouse(good), good) - rule.larder
    if over <= 0 or not rule.rot[0]:
        return
    whole, part = divmod(over * rule.rot[0], rule.rot[1])
    broken = part and below(rule.rot[1], draft.dice, draft.now, "rot", AGENT, good) < part
    draft.ledger.move(warehouse(good), ROT, good, whole + 1 if broken else whole, "rotted")


def _watched(draft: Draft, good: Good) -> Corner:
    """Count the turns that a price stands under the one its corner began at, and break the corner that is defeated."""
    corner = next(corner for corner in draft.corners if corner.good is good)
    if draft.now > corner.buys:
        return corner
    under = corner.under + 1 if draft.references[good] < corner.price else 0
    corner = _change(draft, corner, replace(corner, under=under))
    pushed = any(
        percent < 0 for which, percent in decrees(in_force(draft.rules, draft, draft.now)) if which is corner.good
    )
    if under >= UNDER_TURNS or pushed:
        break_corner(draft, corner)
    return next(corner for corner in draft.corners if corner.good is good)


def _over(draft: Draft, corner: Corner) -> bool:
    if draft.now >= last_turn(corner) or not turns_left(draft.rules, draft.now):
        return True
    return draft.now >= corner.buys and not draft.ledger.held(warehouse(corner.good), corner.good)


def _wind_up(draft: Draft, corner: Corner) -> None:
    """Pay what is left of a corner to its patron, to the Mint if that is gone; what found no buyer rots."""
    account, patron = warehouse(corner.good), draft.patrons[corner.patron]
    left = draft.purse(account)
    target = patron_account(patron.key) if patron.present else MINT
    draft.corners.remove(corner)
    draft.ledger.move(account, target, PEBBLES, left, "uncornered")
    draft.ledger.move(account, ROT, corner.good, draft.ledger.held(account, corner.good), "unsold")
    record(draft, patron.key, Act.SOLD, good=corner.good, pebbles=left - corner.budget)
    draft.tell(EventKind.CORNER_SOLD, patron.key, to=patron.key, good=corner.good, pebbles=left, budget=corner.budget)
