"""Settlement: what a legend decrees lands as a fact, offers are answered, loans fall due."""

from collections.abc import Mapping

from wood.chronicle import EventKind
from wood.draft import Draft
from wood.drift import bounded
from wood.hearsay import feel
from wood.names import CREATURES, MINT, PEBBLES, Creature, escrow, patron_account
from wood.orders import Decision
from wood.patrons import withdraw
from wood.shocks import decrees, in_force
from wood.world import Loan

DEFAULT_MOOD = 500
DEFAULT_TRUST = 5


def decree(draft: Draft) -> None:
    """Move reference prices as legends decree, never under one pebble nor over the highest limit price."""
    for good, percent in decrees(in_force(draft.rules, draft, draft.now)):
        before = draft.references[good]
        after = bounded((before * (100 + percent) + 50) // 100)
        draft.references[good] = after
        draft.tell(EventKind.DECREE, good=good, percent=percent, before=before, after=after)


def answer(draft: Draft, decisions: Mapping[Creature, Decision | None]) -> None:
    """Settle the turn's offers: a yes pays the loan out of escrow, anything else returns the pebbles."""
    for offer in list(draft.offers):
        decision = decisions.get(offer.to)
        said = {reply.offer: reply.accept for reply in decision.answers} if decision else {}
        if not said.get(offer.number, False):
            withdraw(draft, offer)
            draft.tell(EventKind.DECLINED, offer.to, to=offer.patron, offer=offer.number)
            continue
        lender = patron_account(offer.patron)
        draft.ledger.move(escrow(lender), offer.to, PEBBLES, offer.amount, "lent")
        draft.offers.remove(offer)
        owed, due = offer.amount + offer.interest, draft.now + offer.turns
        draft.loans.append(Loan(lender, offer.to, owed, due))
        feel(draft, offer.to, offer.patron, 2)
        draft.tell(
            EventKind.LOAN, offer.to, to=offer.patron, amount=offer.amount, owed=owed, due=due, lender=offer.patron
        )


def collect(draft: Draft) -> None:
    """Collect the loans that fall due, as far as the purse reaches; what is missing is a default for all to see."""
    standing = []
    for loan in draft.loans:
        if loan.due > draft.now:
            standing.append(loan)
            continue
        paid = min(loan.owed, draft.purse(loan.borrower))
        draft.ledger.move(loan.borrower, lender_account(draft, loan), PEBBLES, paid, "repaid")
        patron = loan.lender.removeprefix("patron:") if loan.lender != MINT else None
        if paid == loan.owed:
            draft.tell(EventKind.REPAID, loan.borrower, to=patron, amount=paid)
            continue
        draft.moods[loan.borrower] = max(0, draft.moods[loan.borrower] - DEFAULT_MOOD)
        for other in CREATURES:
            if other is not loan.borrower:
                before = draft.trust[other][loan.borrower]
                draft.trust[other][loan.borrower] = max(0, before - DEFAULT_TRUST)
        draft.tell(EventKind.DEFAULT, loan.borrower, owed=loan.owed, paid=paid)
    draft.loans = standing


def lender_account(draft: Draft, loan: Loan) -> str:
    """Where a repayment goes: the lender, or the Mint for a patron who has left."""
    patron = draft.patrons.get(loan.lender.removeprefix("patron:"))
    return MINT if patron is not None and not patron.present else loan.lender
