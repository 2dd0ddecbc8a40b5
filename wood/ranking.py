"""Who stands where: patrons on the board, creatures at the year's end."""

from dataclasses import replace
from typing import Final

from wood.chance import draw
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.names import CREATURES, PEBBLES, escrow, patron_account
from wood.world import Prophecy, World

FAME_PEBBLES: Final = 5
"""What one point of fame counts in a patron's standing, in pebbles."""
PROPHECY_PEBBLES: Final = 20
"""What a whole point of prophecy counts."""


def standing(world: World | Draft, key: str) -> int:
    """A patron's standing in pebbles: purse, what is offered or lent, fame, and what prophecies were worth."""
    held = world.ledger.held if isinstance(world, Draft) else world.held
    account = patron_account(key)
    lent = sum(loan.owed for loan in world.loans if loan.lender == account)
    purse = held(account, PEBBLES) + held(escrow(account), PEBBLES)
    patron = world.patrons[key]
    return purse + lent + FAME_PEBBLES * patron.fame + PROPHECY_PEBBLES * patron.prophecy.score // 1000


def ranking(world: World | Draft) -> tuple[str, ...]:
    """Keys of the patrons who are present, best first; ties go to the one who joined first."""
    present = [key for key, patron in world.patrons.items() if patron.present]
    return tuple(sorted(present, key=lambda key: (-standing(world, key), int(key.removeprefix("p")))))


def end_year(draft: Draft, year: int) -> None:
    """Tell who was richest over the year and which patron leads, and begin the counts anew."""
    mean = {creature: draft.wealth[creature] // draft.rules.year for creature in CREATURES}
    winner = min(CREATURES, key=lambda who: (-draft.wealth[who], draw(draft.seed, draft.now, "winner", who)))
    patrons = ranking(draft)
    draft.tell(
        EventKind.YEAR,
        winner,
        year=year,
        winner=winner,
        standing={creature.value: mean[creature] for creature in CREATURES},
        patron=patrons[0] if patrons else "",
    )
    draft.wealth = dict.fromkeys(CREATURES, 0)
    for key, patron in draft.patrons.items():
        draft.patrons[key] = replace(patron, fame=0, prophecy=Prophecy())
    draft.callers = {}
