"""The Bourse: cash-settled positions on reference prices, and what it can owe.

A position is worth what its price has moved since it was opened, three times over. The Bourse quotes prices forward: it
knows that prices drift home to what is usual, and what a legend that is told has still decreed. It pays no more than
its reserve: whatever could fall due (:func:`promised`) is covered by what it holds before a position is opened or a
wager taken, so by no sequence of moves can it be asked for more.

Marking to market with variation margin, a maintenance margin and forced closing: after the rules of futures exchanges,
J. C. Hull, "Options, Futures, and Other Derivatives" (2017), chapter 2.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from wood.chronicle import EventKind
from wood.draft import Draft
from wood.drift import bounded
from wood.fixed import ln_ratio, scale
from wood.heat import record, talked_of
from wood.names import BOURSE, MARGIN, MINT, PEBBLES, Act, Good, Name, patron_account
from wood.shocks import in_force
from wood.world import Position, Wager, World

RESERVE: Final = 400
"""Pebbles that the Mint puts behind the Bourse at every year's beginning."""
EACH: Final = 60
"""And as many more for every patron who joins."""
LEVER: Final = 3
"""How many times over a position gains and loses what its price moves."""
MOST_GAIN: Final = 2
"""A position is closed when it has gained so many times its stake."""
MAINTENANCE: Final = 35
"""Per cent of its stake below which what is left of a position's margin is called for more."""
TERM: Final = 12
"""Turns after which a position falls due."""
SPREAD: Final = 2
"""Per cent that a quote lies on the other side of the price expected."""
CROWD: Final = 1
"""Per cent more for each position that stands on the same side of the same good."""
HOMEWARD: Final = 25
"""Per cent of its way to the usual that a price is expected to go."""
WAGER_MOST: Final = 4
"""Times its stake that a wager wins at most."""
EDGE: Final = 95
"""Per cent of the fair odds that the Bourse pays."""
PROFIT_HEAT: Final = 2
PROFIT_EACH: Final = 4
"""A suspicious profit gives so much heat, and one more for every so many pebbles."""
SHORT_FEELING: Final = -4
"""What the one whose crop was shorted feels once it is known."""


class Why(Name):
    """Why a position was closed."""

    ASKED = "asked"
    GAINED = "gained"
    CALLED = "called"  # its margin was called for, and nothing came
    SPENT = "spent"  # its margin was gone
    DUE = "due"
    YEAR = "year"
    LEFT = "left"
    EXILED = "exiled"


def expected(draft: Draft, good: Good) -> int:
    """The price that the Bourse reckons with, hundredths: homeward, and by what is told and still decreed."""
    reference = draft.references[good]
    price = scale(reference, ln_ratio(draft.usual[good], reference) * HOMEWARD // 100)
    for shock, age in in_force(draft.rules, draft, draft.now):
        if shock.good is good:
            for percent in shock.decree[age:]:
                price = bounded((price * (100 + percent) + 50) // 100)
    return bounded(price)


def quote_of(draft: Draft, good: Good, side: int) -> int:
    """The price at which a position is opened, hundredths: the worse the more stand on its side."""
    crowd = sum(position.good is good and position.side == side for position in draft.positions)
    percent = SPREAD + CROWD * crowd
    return bounded((expected(draft, good) * (100 + side * percent) + 50) // 100)


def gain_of(position: Position, price: int) -> int:
    """What a position has gained at a price, pebbles; between all of its margin lost and the most that it can gain."""
    moved = position.stake * LEVER * position.side * (price - position.entry)
    # Toward zero for gains, away from it for losses: what is broken stays with the Bourse.
    return max(-position.margin, min(MOST_GAIN * position.stake, moved // position.entry))


def most(position: Position) -> int:
    """The most that the Bourse can owe on a position beyond its margin."""
    return MOST_GAIN * position.stake


def promised(draft: Draft | World) -> int:
    """What the Bourse would have to pay if everything that stands were won."""
    return sum(map(most, draft.positions)) + sum(map(owed_on, draft.wagers))


def owed_on(wager: Wager) -> int:
    """The most that the Bourse can owe on a wager beyond its stake."""
    return wager.stake * WAGER_MOST if wager.chance is None else won_at(wager.stake, wager.chance) - wager.stake


def won_at(stake: int, chance: int) -> int:
    """What a wager pays that comes true, its stake included, at the odds of its chance (per mille)."""
    fair = stake * 1000 * EDGE // (100 * max(1, chance))
    return max(stake, min(stake * (1 + WAGER_MOST), fair))


def room(draft: Draft) -> int:
    """Pebbles of the Bourse that nothing yet is promised of."""
    return draft.purse(BOURSE) - promised(draft)


def close(draft: Draft, position: Position, why: Why, price: int | None = None) -> int:
    """Close a position at the reference price, pay out what is due, and write it into the file.

    Returns:
        What it won, negative what it lost.
    """
    price = draft.references[position.good] if price is None else price
    won = gain_of(position, price)
    account = patron_account(position.patron)
    draft.positions.remove(position)
    draft.ledger.move(MARGIN, account, PEBBLES, position.margin + min(0, won), "margin returned")
    draft.ledger.move(MARGIN, BOURSE, PEBBLES, max(0, -won), "lost to the bourse")
    draft.ledger.move(BOURSE, account, PEBBLES, max(0, won), "won from the bourse")
    _suspect(draft, position, won)
    draft.tell(
        EventKind.CLOSED,
        position.patron,
        to=position.patron,
        good=position.good,
        side=position.side,
        pebbles=won,
        price=price,
        why=why.value,
    )
    return won


def heat_of(won: int) -> int:
    """What a profit soon after own words on the same good gives."""
    return PROFIT_HEAT + won // PROFIT_EACH if won > 0 else 0


def _suspect(draft: Draft, position: Position, won: int) -> None:
    if won <= 0:
        record(draft, position.patron, Act.LOSS, good=position.good, pebbles=won)
    elif talked_of(draft, position.patron, position.good):
        record(draft, position.patron, Act.PROFIT, good=position.good, pebbles=won, heat=heat_of(won))
    else:
        record(draft, position.patron, Act.GAIN, good=position.good, pebbles=won)


def mark(draft: Draft) -> None:
    """At the turn's end: value every position, call for margin, and close what must be closed."""
    for position in tuple(draft.positions):
        gained = gain_of(position, draft.references[position.good])
        equity = position.margin + gained
        if equity <= 0:
            close(draft, position, Why.SPENT)
        elif gained >= most(position):
            close(draft, position, Why.GAINED)
        elif position.due <= draft.now:
            close(draft, position, Why.DUE)
        elif equity * 100 >= position.stake * MAINTENANCE:
            if position.called:
                _change(draft, position, replace(position, called=0))
        elif position.called:
            close(draft, position, Why.CALLED)
        else:
            _change(draft, position, replace(position, called=draft.now))
            draft.tell(
                EventKind.MARGIN_CALL,
                position.patron,
                to=position.patron,
                good=position.good,
                side=position.side,
                equity=equity,
                needed=position.stake * MAINTENANCE // 100 + 1 - equity,
            )


def _change(draft: Draft, position: Position, changed: Position) -> None:
    draft.positions[draft.positions.index(position)] = changed


def close_all(draft: Draft, positions: Iterable[Position], why: Why) -> None:
    """Close positions that nobody asked to be closed."""
    for position in tuple(positions):
        close(draft, position, why)


def of_patron(draft: Draft | World, key: str) -> tuple[Position, ...]:
    """A patron's positions, oldest first."""
    return tuple(position for position in draft.positions if position.patron == key)


def refill(draft: Draft) -> None:
    """At a year's beginning: the Mint makes the reserve what it should be, or takes back what is above it."""
    present = sum(patron.present for patron in draft.patrons.values())
    should = RESERVE + EACH * present
    held = draft.purse(BOURSE)
    draft.ledger.move(MINT, BOURSE, PEBBLES, max(0, should - held), "reserve")
    draft.ledger.move(BOURSE, MINT, PEBBLES, max(0, held - should), "reserve returned")
