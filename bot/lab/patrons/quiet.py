"""Patrons who harm nobody: one who does nothing, one who lends, one who talks without end, one by chance."""

from typing import Final

from bot.lab.patrons.plays import CASH, say, take
from bot.lab.patrons.sight import Sight
from wood.chronicle import EventKind
from wood.moves import (
    CastLegend,
    ClosePosition,
    Denounce,
    DrawLegend,
    Foresight,
    Intervention,
    OfferBribe,
    OfferLoan,
    OfferPact,
)
from wood.moves.bribe import BRIBE
from wood.moves.legend import LEGEND_BREATH
from wood.names import CREATURES, GOODS, Creature

LOAN: Final = 20
INTEREST: Final = 5
TURNS: Final = 8
LOANS_MOST: Final = 3
POOR: Final = 30
"""Pebbles in a purse up to which a creature is asked."""
PATIENCE: Final = 4
"""Turns before one who declined is asked again."""
_ACTS_ONE_IN: Final = 2


def idle(sight: Sight) -> tuple[Intervention, ...]:
    """Do nothing."""
    return ()


def lender(sight: Sight) -> tuple[Intervention, ...]:
    """Lend a little at a fair rate to those who have least, owe it nothing and have not just declined."""
    if len(sight.loans) >= LOANS_MOST or sight.left <= TURNS:
        return ()
    busy = {loan.borrower for loan in sight.loans}
    busy |= {Creature(told.event.subject) for told in sight.heard(EventKind.DECLINED, PATIENCE)}
    poor = [who for who in CREATURES if who not in busy and sight.purses[who] <= POOR]
    asked = sorted(poor, key=lambda who: sight.purses[who])[: min(LOANS_MOST - len(sight.loans), sight.purse // LOAN)]
    return tuple(OfferLoan(sight.key, to, LOAN, INTEREST, TURNS) for to in asked)


def grinder(sight: Sight) -> tuple[Intervention, ...]:
    """Say something every turn: that what moved most goes on."""
    if not sight.me.breath:
        return ()
    good = max(GOODS, key=lambda each: abs(sight.move(each, 1)))
    return (say(sight, good, 1 if sight.move(good, 1) >= 0 else -1),)


def chance(sight: Sight) -> tuple[Intervention, ...]:
    """Do anything at all, in every second turn."""
    if sight.draw(_ACTS_ONE_IN, "act"):
        return ()
    good, side = GOODS[sight.draw(len(GOODS), "good")], 1 if sight.draw(2, "side") else -1
    whom = CREATURES[sight.draw(len(CREATURES), "whom")]
    other = CREATURES[sight.draw(len(CREATURES), "other")]
    rivals = sight.rivals or (sight.key,)
    rival = rivals[sight.draw(len(rivals), "rival")]
    spare, breath, key = sight.purse - CASH, sight.me.breath, sight.key
    ways: tuple[tuple[bool, tuple[Intervention, ...]], ...] = (
        (True, take(sight, good, side, 10 + sight.draw(31, "stake"))),
        (True, tuple(ClosePosition(key, each.good) for each in sight.positions[:1])),
        (breath > 0, (say(sight, good, side),)),
        (breath > 0 and spare >= 0, (say(sight, good, side, whom),)),
        (True, _tell(sight)),
        (spare >= LOAN, (OfferLoan(key, whom, 15, 1 + sight.draw(7, "interest"), TURNS),)),
        (spare >= LOAN, (Foresight(key, "shock", None, LOAN),)),
        (spare >= BRIBE, (OfferBribe(key, whom, "withhold" if side > 0 else "dump", BRIBE),)),
        (spare >= LOAN and whom is not other, (OfferPact(key, whom, other, LOAN),)),
        (spare >= LOAN and rival != key, (Denounce(key, rival, LOAN),)),
    )
    may, moves = ways[sight.draw(len(ways), "what")]
    return moves if may else ()


def _tell(sight: Sight) -> tuple[Intervention, ...]:
    if not sight.me.hand:
        return (DrawLegend(sight.key),) if sight.me.breath else ()
    if sight.gathering or sight.me.breath < LEGEND_BREATH:
        return ()
    return (CastLegend(sight.key, sight.me.hand[0], LEGEND_BREATH),)
