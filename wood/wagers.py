"""Wagers on words: pebbles staked on a claim at the odds of its chance, or on what the words do to a price.

A wager on the *truth* of a claim is won when the claim comes true. A wager on the *effect* of words is won when they
move their good as far as its bar, measured against the twin in which they were not said (:mod:`wood.twin`): the
insider's bet, since the one who speaks also makes it come true. The twin is no part of a turn, so what it found enters
the wood as an input (:class:`wood.moves.measured.Measured`). The odds are fair ones less the Bourse's edge, so the
expected gain of knowing no more than habit does is a small loss.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from wood.bourse import EFFECT, TRUTH, won_at
from wood.chance import draw
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.heat import record
from wood.ledger import off_the_record
from wood.names import BOURSE, MARGIN, PEBBLES, Act, Creature, Good, patron_account
from wood.odds import by_habit, share
from wood.prophecy import JUDGED_AFTER, PER_MILLE, Prices, comes_true
from wood.rules import Rules
from wood.stakes import Wager
from wood.world import Claim, World

WORDS_MOST: Final = 4
"""Different words on whose effect pebbles may be staked in one turn."""
PAIRS: Final = 6
"""Pairs of courses that the chance of an effect is found from."""
SPAN: Final = JUDGED_AFTER
"""Turns that an effect is followed for, that in which the words are heard included."""
PATIENCE: Final = 3
"""Turns after it is due that a wager waits for its measurement."""
WON_HEAT: Final = {TRUTH: (1, 8), EFFECT: (2, 4)}
"""Heat of a wager won: the first, and one more for every so many pebbles."""


Reopen = Callable[[Wager], Draft]
"""Opens a turn again without the words of a wager."""


def find_chances(draft: Draft, reopen: Reopen, go_on: Callable[[Draft], None]) -> None:
    """Give this turn's wagers their chances, as soon as the claims have theirs; those that can have none are returned.

    Args:
        draft: an open turn in which everything has been said and claims have been weighed.
        reopen: opens the same turn again.
        go_on: plays a draft's open turn to its end under habit alone and opens the next.
    """
    new = [wager for wager in draft.wagers if wager.chance is None]
    effects = _of_effects(draft, [wager for wager in new if wager.on == EFFECT], reopen, go_on)
    for wager in new:
        chance = _of_claim(draft, wager) if wager.on == TRUTH else effects.get(wager)
        if chance is None:
            give_back(draft, wager)
            continue
        draft.wagers[draft.wagers.index(wager)] = replace(wager, chance=chance)
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


def _of_effects(
    draft: Draft, wagers: Sequence[Wager], reopen: Reopen, go_on: Callable[[Draft], None]
) -> dict[Wager, int]:
    """How often words reach their bar in pairs of courses under habit, with them and without, by the same dice.

    Wagers on the same words share their courses. Of more than :data:`WORDS_MOST` different words in one turn, those
    that are measured are drawn.
    """
    alike: dict[tuple[Good, int, Creature | None, str], list[Wager]] = {}
    for wager in wagers:
        # What is said in public is the same whoever says it; a whisper is one patron's.
        words = (wager.good, wager.leaning, wager.to, wager.patron if wager.to else "")
        alike.setdefault(words, []).append(wager)
    order = sorted(alike, key=lambda words: draw(draft.seed, draft.now, "staked", *map(str, words)))[:WORDS_MOST]
    if not order:
        return {}
    reached = {wager: 0 for words in order for wager in alike[words]}
    with off_the_record():
        as_said = draft.freeze()
        unsaid = {words: reopen(alike[words][0]).freeze() for words in order}
        for number in range(PAIRS):
            dice = draw(draft.seed, draft.now, "effect", str(number))
            told = _course(draft.rules, as_said, dice, go_on)
            for words in order:
                twin = _course(draft.rules, unsaid[words], dice, go_on)
                for wager in alike[words]:
                    moves = [change(one[wager.good], other[wager.good]) for one, other in zip(told, twin, strict=True)]
                    reached[wager] += max(move * wager.leaning for move in moves) >= wager.bar
    return {wager: share(count, PAIRS) for wager, count in reached.items()}


def _course(rules: Rules, world: World, dice: int, go_on: Callable[[Draft], None]) -> list[Prices]:
    draft = Draft(rules, world)
    draft.dice = dice
    return [dict(each.references) for each in by_habit(draft, SPAN, go_on)]


def change(told: int, twin: int) -> int:
    """How far one value is from its twin's, in hundredths of a per cent, rounded; 0 from nothing."""
    if twin <= 0:
        return 0
    size = (abs(told - twin) * 20_000 + twin) // (2 * twin)
    return size if told >= twin else -size


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
        base, each = WON_HEAT[wager.on]
        heat = base + gain // each
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
