"""Prophecy: claims about prices and daily calls, their chances, and what time makes of them.

A claim's chance is how likely it is to come true for one who knows no more than habit does (:mod:`wood.odds`).

A claim that comes true scores 1 - chance, one that does not scores -chance. That is a bet against the wood at fair
odds: whoever holds the outcome for q likely expects q - chance, so it pays to speak just where one knows better, the
certain pays nothing, and knowing no more than habit does is worth zero. Only the first to make a claim in public is
scored for it while it stands. After B. de Finetti, "La prévision: ses lois logiques, ses sources subjectives" (1937),
for probabilities as fair betting odds; and A. H. Murphy, "A New Vector Partition of the Probability Score", Journal of
Applied Meteorology 12 (1973), for calibration.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from wood.belief import remember
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.hearsay import feel, trust_in
from wood.memory import Deed, Memory
from wood.names import CREATURES, GOODS, Creature, Good
from wood.world import Call, Claim, Hearsay, Prophecy

Prices = Mapping[Good, int]

JUDGED_AFTER: Final = 5
CLAIM_PERCENT: Final = 5
PER_MILLE: Final = 1000
TRUST_EACH: Final = 14
"""Points of trust for a whole point of score."""
TRUTH_CREATURE: Final = (2, -3)
BOLD: Final = 400
"""A claim that comes true against a chance of at most this, per mille, is remembered."""
LIE_PERCENT: Final = 5
"""How far a price must have gone the other way for a claim to be remembered as a lie, per cent."""


def claim(draft: Draft, line: Hearsay) -> None:
    """Note a line that claims something about a price, so that time can judge it."""
    if not (line.leaning and line.about in GOODS and line.hearers and line.origin):
        return
    good = Good(line.about)
    echo = any(
        known.good is good
        and known.leaning == line.leaning
        and (known.hearers == CREATURES or known.speaker == line.origin)
        for known in draft.claims
        if known.speaker in draft.patrons and not known.echo
    )
    due = draft.now + JUDGED_AFTER
    draft.claims.append(Claim(line.origin, good, line.leaning, draft.references[good], due, line.hearers, None, echo))


def comes_true(claimed: Claim, price: int) -> bool:
    """Whether a claim is true at a price: it moved its way by at least 5 %."""
    return (price - claimed.price) * claimed.leaning * 100 >= claimed.price * CLAIM_PERCENT


def lied(claimed: Claim, price: int) -> bool:
    """Whether a claim was a lie, at a price: it moved the other way."""
    return (price - claimed.price) * claimed.leaning * 100 <= -claimed.price * LIE_PERCENT


def greatest_move(before: Prices, after: Prices) -> tuple[Good, int]:
    """The good whose price moved most in per cent, and which way; of equal moves the first in canonical order."""
    good = max(GOODS, key=lambda each: abs(after[each] - before[each]) * 1_000_000 // before[each])
    return good, 1 if after[good] >= before[good] else -1


def comes_right(call: Call, prices: Prices) -> bool:
    """Whether a daily call is right at these prices."""
    return greatest_move(call.before, prices) == (call.good, call.leaning)


def judge(draft: Draft) -> None:
    """Judge the claims and calls that fall due.

    Hearers' trust in a patron follows the score of its claims; in a creature it goes up or down by what it said alone.
    The verdict on a whisper is told to the one who whispered alone: nobody else knows that there was one.
    """
    for made in draft.claims:
        if made.due <= draft.now:
            _judge_claim(draft, made)
    for call in draft.calls:
        if call.due <= draft.now:
            _judge_call(draft, call)
    draft.claims = [made for made in draft.claims if made.due > draft.now]
    draft.calls = [call for call in draft.calls if call.due > draft.now]


def _judge_claim(draft: Draft, made: Claim) -> None:
    price = draft.references[made.good]
    true = comes_true(made, price)
    patron = draft.patrons.get(made.speaker)
    score = 0
    if patron is None:
        gain = TRUTH_CREATURE[0 if true else 1]
    else:
        if not made.echo and made.chance is not None:
            score = score_of(true, made.chance)
            prophecy = judged(patron.prophecy, true, made.chance)
            draft.patrons[patron.key] = replace(patron, prophecy=prophecy)
        gain = -(-score * TRUST_EACH // PER_MILLE) if score > 0 else score * TRUST_EACH // PER_MILLE
    lie = lied(made, price)
    for hearer in made.hearers:
        _conclude(draft, hearer, made, gain, lie=lie, true=true)
    if patron is not None:
        whispered = made.hearers != CREATURES
        draft.tell(
            EventKind.JUDGED,
            made.speaker,
            to=made.speaker if whispered else None,
            true=true,
            good=made.good,
            leaning=made.leaning,
            chance=made.chance,
            score=score,
            echo=made.echo,
        )


def _conclude(draft: Draft, hearer: Creature, made: Claim, gain: int, *, lie: bool, true: bool) -> None:
    """Let one hearer think better or worse of a speaker, and remember a lie, or a truth that nobody expected."""
    before = trust_in(draft.trust[hearer], made.speaker)
    draft.trusting(hearer, made.speaker, min(100, max(0, before + gain)))
    patron = made.speaker in draft.patrons
    if patron and lie:
        feel(draft, hearer, made.speaker, -2)
    if patron and made.hearers != CREATURES:
        return  # what was whispered is in no memory, of which everybody may hear
    if lie:
        remember(draft, hearer, Memory(Deed.LIED, made.speaker, made.good, draft.now, 40 if patron else 20))
    elif true and patron and not made.echo and made.chance is not None and made.chance <= BOLD:
        feel(draft, hearer, made.speaker, 1)
        remember(draft, hearer, Memory(Deed.FORETOLD, made.speaker, made.good, draft.now, 40))


def _judge_call(draft: Draft, call: Call) -> None:
    right = comes_right(call, draft.references)
    chance = PER_MILLE if call.chance is None else call.chance
    known = judged(draft.callers.get(call.caller, Prophecy()), right, chance)
    draft.callers = {**draft.callers, call.caller: known}
    draft.tell(
        EventKind.CALLED,
        call.caller,
        good=call.good,
        leaning=call.leaning,
        right=right,
        chance=chance,
        score=score_of(right, chance),
        streak=known.streak,
    )


def score_of(true: bool, chance: int) -> int:
    """What a claim or call scores, per mille."""
    return PER_MILLE - chance if true else -chance


def judged(before: Prophecy, true: bool, chance: int) -> Prophecy:
    """A record with one more judged claim in it."""
    return Prophecy(
        said=before.said + 1,
        right=before.right + true,
        expected=before.expected + chance,
        score=before.score + score_of(true, chance),
        streak=before.streak + 1 if true else 0,
    )
