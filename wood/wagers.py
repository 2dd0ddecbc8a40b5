"""Wagers on words: pebbles staked on a claim at the odds of its chance, or on what the words do to a price.

A wager on the *truth* of a claim is won when the claim comes true. A wager on the *effect* of words is won when they
move their good as far as its bar, measured against the twin in which they were not said (:mod:`wood.twin`): the
insider's bet, since the one who speaks also makes it come true. The twin is no part of a turn, so what it found enters
the wood as an input (:class:`wood.moves.measured.Measured`). The odds are fair ones less the Bourse's edge, so the
expected gain of knowing no more than habit does is a small loss.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from wood.bourse import EFFECT, TRUTH, won_at
from wood.chance import draw
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.heat import record
from wood.ledger import off_the_record
from wood.names import BOURSE, MARGIN, PEBBLES, Act, patron_account
from wood.odds import by_habit
from wood.prophecy import PER_MILLE, comes_true
from wood.world import Claim, Wager

PAIRS: Final = 12
"""Pairs of courses that the chance of an effect is found from."""
SPAN: Final = 5
"""Turns that an effect is followed for, that in which the words are heard included."""
PATIENCE: Final = 3
"""Turns after it is due that a wager waits for its measurement."""
WON_HEAT: Final = (2, 4)
"""Heat of a wager won on an effect: the first, and one more for every so many pebbles."""


Pair = Callable[[Wager, int], tuple[Draft, Draft]]
"""Opens a turn twice by the same dice: with the words of a wager, and without."""


def find_chances(draft: Draft, pair: Pair, go_on: Callable[[Draft], None]) -> None:
    """Give this turn's wagers their chances, as soon as the claims have theirs; those that can have none are returned.

    Args:
        draft: an open turn in which everything has been said and claims have been weighed.
        pair: opens the same turn with and without the words of a wager, by given dice.
        go_on: plays a draft's open turn to its end under habit alone and opens the next.
    """
    for wager in [wager for wager in draft.wagers if wager.chance is None]:
        chance = _of_claim(draft, wager) if wager.on == TRUTH else _of_effect(draft, wager, pair, go_on)
        if chance is None:
            give_back(draft, wager)
            continue
        known = replace(wager, chance=chance)
        draft.wagers[draft.wagers.index(wager)] = known
        draft.tell(
            EventKind.WAGERED,
            wager.patron,
            to=wager.patron,
            on=wager.on,
            good=wager.good,
            leaning=wager.leaning,
            stake=wager.stake,
            chance=chance,
            pays=won_at(wager.stake, chance),
        )


def _of_claim(draft: Draft, wager: Wager) -> int | None:
    """The chance of the claim that a wager is on; None for an echo, which counts for nothing."""
    made = _claim_of(draft, wager)
    return None if made is None or made.echo else made.chance


def _claim_of(draft: Draft, wager: Wager) -> Claim | None:
    for made in draft.claims:
        if (made.speaker, made.good, made.leaning, made.due) == (wager.patron, wager.good, wager.leaning, wager.due):
            return made
    return None


def _of_effect(draft: Draft, wager: Wager, pair: Pair, go_on: Callable[[Draft], None]) -> int:
    """How often the words reach their bar in pairs of courses under habit, with them and without, by the same dice."""
    reached = 0
    with off_the_record():
        for number in range(PAIRS):
            told, twin = pair(wager, draw(draft.seed, draft.now, "effect", str(number)))
            courses = zip(by_habit(told, SPAN, go_on), by_habit(twin, SPAN, go_on), strict=True)
            moves = [
                (one.references[wager.good] - other.references[wager.good]) * 10_000 // other.references[wager.good]
                for one, other in courses
            ]
            reached += max(move * wager.leaning for move in moves) >= wager.bar
    return (2 * reached + 1) * PER_MILLE // (2 * PAIRS + 2)


def settle(draft: Draft) -> None:
    """At the turn's end: settle the wagers on claims that fall due, and return what nothing was found out about."""
    for wager in tuple(draft.wagers):
        if wager.on == TRUTH and wager.due <= draft.now:
            _end(draft, wager, won=comes_true(claim_of(wager), draft.references[wager.good]))
        elif wager.due + PATIENCE <= draft.now:
            give_back(draft, wager)


def claim_of(wager: Wager) -> Claim:
    """The claim that a wager is on, as far as its judgement needs it."""
    return Claim(wager.patron, wager.good, wager.leaning, wager.price, wager.due, ())


def measured(draft: Draft, wager: Wager, effect: int, *, seen: bool) -> None:
    """Settle a wager on an effect by what the twin found: hundredths of a per cent, and whether chance explains it."""
    _end(draft, wager, won=seen and effect * wager.leaning >= wager.bar)


def _end(draft: Draft, wager: Wager, *, won: bool) -> None:
    account = patron_account(wager.patron)
    draft.wagers.remove(wager)
    gain = won_at(wager.stake, wager.chance or PER_MILLE) - wager.stake if won else -wager.stake
    if won:
        draft.ledger.move(MARGIN, account, PEBBLES, wager.stake, "stake returned")
        draft.ledger.move(BOURSE, account, PEBBLES, gain, "won from the bourse")
        base, each = WON_HEAT
        heat = base + gain // each if wager.on == EFFECT else 0
        record(draft, wager.patron, Act.WON, good=wager.good, pebbles=gain, heat=heat)
    else:
        draft.ledger.move(MARGIN, BOURSE, PEBBLES, wager.stake, "lost to the bourse")
        record(draft, wager.patron, Act.LOSS, good=wager.good, pebbles=gain)
    _tell(draft, wager, pebbles=gain, won=won)


def give_back(draft: Draft, wager: Wager) -> None:
    """Return the stake of a wager that nobody can judge."""
    draft.wagers.remove(wager)
    draft.ledger.move(MARGIN, patron_account(wager.patron), PEBBLES, wager.stake, "stake returned")
    _tell(draft, wager, pebbles=0, won=None)


def give_all_back(draft: Draft, wagers: Iterable[Wager]) -> None:
    """Return the stakes of wagers that will not be judged any more."""
    for wager in tuple(wagers):
        give_back(draft, wager)


def _tell(draft: Draft, wager: Wager, *, pebbles: int, won: bool | None) -> None:
    draft.tell(
        EventKind.WAGER,
        wager.patron,
        to=wager.patron,
        on=wager.on,
        good=wager.good,
        leaning=wager.leaning,
        won=won,
        pebbles=pebbles,
    )
