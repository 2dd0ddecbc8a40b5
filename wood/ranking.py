"""Who stands where among the patrons."""

from typing import Final

from wood.draft import Draft
from wood.names import PEBBLES, escrow, patron_account
from wood.world import World

FAME_PEBBLES: Final = 2
"""What one point of fame counts in a patron's standing, in pebbles."""
PROPHECY_PEBBLES: Final = 8
"""What a whole point of prophecy counts."""


def pebbles(world: World | Draft, key: str) -> int:
    """A patron's pebbles wherever they stand: in the purse, offered, lent, or at stake.

    What is lent or at stake counts as it was put there, so that nobody can read from what everybody sees that there is
    a secret, nor how it goes.
    """
    held = world.ledger.held if isinstance(world, Draft) else world.held
    account = patron_account(key)
    lent = sum(max(0, loan.lent) for loan in world.loans if loan.lender == account)
    purse = held(account, PEBBLES) + held(escrow(account), PEBBLES)
    staked = sum(position.margin for position in world.positions if position.patron == key)
    staked += sum(wager.stake for wager in world.wagers if wager.patron == key)
    staked += sum(corner.budget for corner in world.corners if corner.patron == key)
    return purse + lent + staked


def standing(world: World | Draft, key: str) -> int:
    """A patron's standing in pebbles: those that it has, its fame, and what its prophecies were worth."""
    patron = world.patrons[key]
    earned = FAME_PEBBLES * patron.fame + PROPHECY_PEBBLES * patron.prophecy.score // 1000
    return pebbles(world, key) + earned


def ranking(world: World | Draft) -> tuple[str, ...]:
    """Keys of the patrons who are present, best first; ties go to the one who joined first."""
    present = [key for key, patron in world.patrons.items() if patron.present]
    return tuple(sorted(present, key=lambda key: (-standing(world, key), int(key.removeprefix("p")))))
