"""The Bourse: cash-settled futures on reference prices, and what it can owe.

A position is on what the reference will be in the turn in which it falls due, and is worth what its price has moved
since it was opened, three times over. Until then its price is the one that the Bourse expects (:func:`expected`): it
knows that prices drift home to what is usual, and what a legend that is told has still decreed, so nobody can earn by
waiting for that. It pays no more than its reserve: whatever could fall due (:func:`promised`) is covered by what it
holds before a position is opened or a wager taken, so by no sequence of moves can it be asked for more.

Futures, marking to market, a maintenance margin and forced closing: after the rules of futures exchanges, J. C. Hull,
"Options, Futures, and Other Derivatives" (2017), chapter 2.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from wood.calendar import turns_left
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.drift import bounded
from wood.fixed import MICRO, ln_ratio, scale
from wood.heat import TALKED_TURNS, record, talked_of
from wood.names import BOURSE, CREATURES, MARGIN, MINT, PEBBLES, Act, Good, Name, patron_account
from wood.prophecy import JUDGED_AFTER
from wood.shocks import in_force
from wood.stakes import Position, Wager
from wood.world import World

RESERVE: Final = 400
"""Pebbles that the Mint puts behind the Bourse at every year's beginning."""
EACH: Final = 60
"""And as many more for every patron who joins."""
LEVER: Final = 3
"""How many times over a position gains and loses what its price moves."""
MOST_GAIN: Final = 1
"""A position is closed when it has gained so many times its stake."""
MAINTENANCE: Final = 35
"""Per cent of its stake below which what is left of a position's margin is called for more."""
TERM: Final = 8
"""Turns after which a position falls due."""
SPREAD: Final = 2
"""Per cent that a quote lies on the other side of the price expected."""
CROWD: Final = 1
"""Per cent more for each position that stands on the same side of the same good."""
TALK: Final = 4
"""Per cent more for each of up to two public claims of the last turn that point to the same side."""
HOMEWARD: Final = 3
"""Per cent of its way to the usual that a price is expected to go in a turn."""
TRUTH: Final = "truth"
EFFECT: Final = "effect"
"""What a wager on words may be on."""
WAGER_MOST: Final = 2
"""Times its stake that a wager wins at most."""
EDGE: Final = 90
"""Per cent of the fair odds that the Bourse pays."""
TALKED_HEAT: Final = 5
"""Heat of a position on a good that its patron has just talked about."""
STRUCK_HEAT: Final = 2
"""Heat of a profit by a legend that was told just after the position was opened, besides."""
BOOK_HEAT: Final = 2
"""Heat of words about a good in which their patron has a position."""
PROFIT_HEAT: Final = 3
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


def expected(draft: Draft, good: Good, due: int, *, settled: bool = False) -> int:
    """The price that the Bourse expects at the end of a turn, hundredths: homeward, and by what is still decreed.

    Args:
        draft: an open turn.
        good: of what.
        due: the turn.
        settled: whether the open turn has moved its prices already.
    """
    first = draft.now + settled
    turns = due - first + 1
    reference = draft.references[good]
    if turns <= 0:
        return reference
    left = MICRO
    for _ in range(turns):
        left = left * (100 - HOMEWARD) // 100
    price = scale(reference, ln_ratio(draft.usual[good], reference) * (MICRO - left) // MICRO)
    for shock, age in in_force(draft.rules, draft, draft.now):
        if shock.good is good:
            for percent in shock.decree[age + settled : age + settled + turns]:
                price = bounded((price * (100 + percent) + 50) // 100)
    return bounded(price)


def due_of(draft: Draft) -> int:
    """The turn in which a position that is opened now falls due: none outlives its year."""
    return draft.now + min(TERM, turns_left(draft.rules, draft.now))


def quote_of(draft: Draft, good: Good, side: int) -> int:
    """The price at which a position is opened, hundredths: the worse the more stand on its side."""
    crowd = sum(position.good is good and position.side == side for position in draft.positions)
    talk = sum(
        line.kind == "rumor" and line.about == good and line.leaning == side and not line.hops for line in draft.hearsay
    )
    percent = SPREAD + CROWD * crowd + TALK * min(2, talk)
    return bounded((expected(draft, good, due_of(draft)) * (100 + side * percent) + 50) // 100)


def price_for(draft: Draft, position: Position, *, settled: bool = False) -> int:
    """The present price of a position, hundredths."""
    return expected(draft, position.good, position.due, settled=settled)


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


def close(draft: Draft, position: Position, why: Why, *, settled: bool = False) -> int:
    """Close a position at its present price, pay out what is due, and write it into the file.

    Returns:
        What it won, negative what it lost.
    """
    price = price_for(draft, position, settled=settled)
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


def book_heat(draft: Draft, key: str, good: Good) -> int:
    """Heat of words about a good in which their patron has a position."""
    return BOOK_HEAT if any(position.good is good for position in of_patron(draft, key)) else 0


def _foreknown(draft: Draft, position: Position) -> bool:
    """Whether it was opened just before others said, or told, what it then gained by: as if somebody had known."""
    return _struck(draft, position) or any(
        made.good is position.good
        and made.leaning == position.side
        and made.hearers == CREATURES
        and made.speaker in draft.patrons
        and 0 <= made.due - JUDGED_AFTER - position.opened <= 1
        for made in draft.claims
    )


def _struck(draft: Draft, position: Position) -> bool:
    """Whether a legend about its good was told soon after it was opened, and of late."""
    if draft.told is None or draft.told[0] not in draft.rules.legends:
        return False
    slug, turn = draft.told
    about = draft.rules.legends[slug].good is position.good
    return about and turn - TALKED_TURNS <= position.opened <= turn and draft.now - turn <= TALKED_TURNS


def _suspect(draft: Draft, position: Position, won: int) -> None:
    if won <= 0:
        record(draft, position.patron, Act.LOSS, good=position.good, pebbles=won)
    elif talked_of(draft, position.patron, position.good) or _foreknown(draft, position):
        heat = heat_of(won) + (STRUCK_HEAT if _struck(draft, position) else 0)
        record(draft, position.patron, Act.PROFIT, good=position.good, pebbles=won, heat=heat)
    else:
        record(draft, position.patron, Act.GAIN, good=position.good, pebbles=won)


def mark(draft: Draft) -> None:
    """At the turn's end: value every position, call for margin, and close what must be closed."""
    for position in tuple(draft.positions):
        gained = gain_of(position, price_for(draft, position, settled=True))
        equity = position.margin + gained
        if equity <= 0:
            close(draft, position, Why.SPENT, settled=True)
        elif gained >= most(position):
            close(draft, position, Why.GAINED, settled=True)
        elif position.due <= draft.now:
            close(draft, position, Why.DUE, settled=True)
        elif equity * 100 >= position.stake * MAINTENANCE:
            if position.called:
                amend(draft, position, replace(position, called=0))
        elif position.called:
            close(draft, position, Why.CALLED, settled=True)
        else:
            amend(draft, position, replace(position, called=draft.now))
            draft.tell(
                EventKind.MARGIN_CALL,
                position.patron,
                to=position.patron,
                good=position.good,
                side=position.side,
                equity=equity,
                needed=-(-position.stake * MAINTENANCE // 100) - equity,
            )


def amend(draft: Draft, position: Position, changed: Position) -> None:
    """Put a changed position in the place of what it was."""
    draft.positions[draft.positions.index(position)] = changed


def close_all(draft: Draft, positions: Iterable[Position], why: Why, *, settled: bool = False) -> None:
    """Close positions that nobody asked to be closed."""
    for position in tuple(positions):
        close(draft, position, why, settled=settled)


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
