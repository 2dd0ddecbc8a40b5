"""Debts of creatures: what they were lent, what falls due, arrears, ruin, and what is written off.

A creature that cannot pay on the day keeps a livelihood: from then on its creditor takes half of what its purse holds
above a few pebbles, turn by turn, and is liked the less for it. What is owed too long, or at the year's end, is lost.
"""

from dataclasses import replace
from typing import Final

from wood.belief import remember
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.hearsay import feel
from wood.heat import record
from wood.memory import Deed, Memory
from wood.names import CREATURES, MINT, PEBBLES, Act, Creature
from wood.world import Loan, World

LEFT: Final = 5
"""Pebbles that creditors leave in the purse of one who is in arrears."""
LATE_TURNS: Final = 10
"""Turns in arrears after which the rest is written off."""
TRUSTED: Final = 2
THANKS: Final = 1
"""What a borrower feels toward the lender for being lent to, and for having paid in time."""
PRESSED: Final = -3
DUNNED: Final = -1
"""What it feels for being in arrears, and for each turn in which it has to pay."""
DEFAULT_MOOD: Final = 500
DEFAULT_TRUST: Final = 5
DEFAULT_WEIGHT: Final = 30
"""What a memory weighs of another's default."""
DUNNED_WEIGHT: Final = 60
"""And one of being pressed for a debt: it must outlast what a neighbour's cheap berries are remembered for."""


def lend(draft: Draft, loan: Loan, key: str) -> None:
    """Note a loan of a patron's that was taken; its pebbles are paid by then."""
    draft.loans.append(loan)
    feel(draft, loan.borrower, key, TRUSTED)
    told = {"amount": loan.lent, "owed": loan.owed, "due": loan.due, "lender": key}
    draft.tell(EventKind.LOAN, loan.borrower, to=key, **told)


def collect(draft: Draft) -> None:
    """Collect what falls due, and what is in arrears; of patrons' loans nothing is left at the year's end."""
    standing = []
    ends = draft.now % draft.rules.year == 0
    for loan in draft.loans:
        key = _lender(draft, loan)
        if loan.due > draft.now and not loan.late and not (ends and key):
            standing.append(loan)
        elif key is None:
            _collect_for_the_mint(draft, loan)
        elif rest := _collect(draft, loan, key, ends=ends):
            standing.append(rest)
    draft.loans = standing


def _lender(draft: Draft, loan: Loan) -> str | None:
    """The key of the patron whose loan it is; None for the Mint's, and for that of one who has left."""
    patron = draft.patrons.get(loan.lender.removeprefix("patron:"))
    return patron.key if patron is not None and patron.present else None


def _collect_for_the_mint(draft: Draft, loan: Loan) -> None:
    """Take what there is of a loan that has nobody behind it, and call it done."""
    paid = min(loan.owed, draft.purse(loan.borrower))
    draft.ledger.move(loan.borrower, MINT, PEBBLES, paid, "repaid")
    if paid == loan.owed:
        draft.tell(EventKind.REPAID, loan.borrower, amount=paid)
    elif not loan.late:
        _default(draft, loan, paid)


def _collect(draft: Draft, loan: Loan, key: str, *, ends: bool) -> Loan | None:
    """Take what a patron is owed, or a part of it; answers what stays owed."""
    borrower, purse = loan.borrower, draft.purse(loan.borrower)
    in_time = not loan.late and purse >= loan.owed
    paid = loan.owed if in_time else min(loan.owed, (max(0, purse - LEFT) + 1) // 2)
    draft.ledger.move(borrower, loan.lender, PEBBLES, paid, "repaid")
    if loan.late and paid:
        feel(draft, borrower, key, DUNNED)
    if paid == loan.owed:
        if in_time:
            feel(draft, borrower, key, THANKS)
        record(draft, key, Act.REPAID, who=borrower, pebbles=loan.owed - loan.lent)
        draft.tell(EventKind.REPAID, borrower, to=key, amount=paid)
        return None
    rest = replace(loan, owed=loan.owed - paid, lent=loan.lent - paid, late=loan.late or draft.now)
    if not loan.late:
        _default(draft, loan, paid)
        feel(draft, borrower, key, PRESSED)
        remember(draft, borrower, Memory(Deed.DUNNED, key, None, draft.now, DUNNED_WEIGHT))
        if draft.purse(borrower) <= LEFT:
            draft.tell(EventKind.RUINED, borrower, owed=rest.owed)
    if not ends and draft.now < rest.late + LATE_TURNS:
        return rest
    record(draft, key, Act.LOST, who=borrower, pebbles=-rest.lent)
    draft.tell(EventKind.WRITTEN_OFF, borrower, to=key, owed=rest.owed)
    return None


def _default(draft: Draft, loan: Loan, paid: int) -> None:
    """Let everybody see that a creature could not pay: its mood and its name suffer, once."""
    borrower = loan.borrower
    draft.moods[borrower] = max(0, draft.moods[borrower] - DEFAULT_MOOD)
    for other in CREATURES:
        if other is not borrower:
            draft.trusting(other, borrower, max(0, draft.trust[other][borrower] - DEFAULT_TRUST))
            remember(draft, other, Memory(Deed.DEFAULTED, borrower, None, draft.now, DEFAULT_WEIGHT))
    draft.tell(EventKind.DEFAULT, borrower, owed=loan.owed, paid=paid)


def is_late(world: World | Draft, creature: Creature) -> bool:
    """Whether a creature is in arrears, as everybody knows."""
    return any(loan.late and loan.borrower is creature for loan in world.loans)


def is_ruined(world: World, creature: Creature) -> bool:
    """Whether a creature is in arrears and has nothing that its creditors could take."""
    return is_late(world, creature) and world.held(creature, PEBBLES) <= LEFT
