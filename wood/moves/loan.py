"""Loans: a patron offers pebbles, the creature answers, and what falls due is collected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from wood.belief import remember
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.hearsay import feel
from wood.memory import Deed, Memory
from wood.moves.base import spender
from wood.names import CREATURES, MINT, PEBBLES, Creature, escrow, patron_account
from wood.orders import Decision
from wood.refusal import Refusal, RefusalCode
from wood.world import Loan, Offer

LOAN_TURNS_MOST: Final = 30
OFFERS_MOST: Final = 2
GRUDGE: Final = -10
"""The feeling below which a creature refuses a patron outright."""
DEFAULT_MOOD: Final = 500
DEFAULT_TRUST: Final = 5
DEFAULT_WEIGHT: Final = 30
"""What a memory of a default weighs."""


@dataclass(frozen=True, slots=True)
class OfferLoan:
    """A patron offers a creature ``amount`` pebbles, to be paid back with ``interest`` after ``turns`` turns."""

    patron: str
    to: Creature
    amount: int
    interest: int
    turns: int
    kind: Literal["loan"] = "loan"

    def admit(self, draft: Draft) -> None:
        """Put the pebbles in escrow until the creature has answered.

        Raises:
            Refusal: the purse is too small, the terms are out of bounds, or the creature takes nothing now.
        """
        patron = spender(draft, self.patron)
        account = patron_account(patron.key)
        if self.amount < 1 or self.amount > draft.purse(account):
            raise Refusal(RefusalCode.LEND_PURSE, purse=draft.purse(account))
        if not 0 <= self.interest <= self.amount:
            raise Refusal(RefusalCode.INTEREST, amount=self.amount)
        if not 1 <= self.turns <= LOAN_TURNS_MOST:
            raise Refusal(RefusalCode.LOAN_TURNS, most=LOAN_TURNS_MOST)
        if draft.feelings[self.to].get(patron.key, 0) < GRUDGE:
            raise Refusal(RefusalCode.GRUDGE, creature=self.to)
        if sum(offer.to is self.to for offer in draft.offers) >= OFFERS_MOST:
            raise Refusal(RefusalCode.LOAN_OFFERS, creature=self.to)
        draft.ledger.move(account, escrow(account), PEBBLES, self.amount, "loan offered")
        draft.offered += 1
        draft.offers.append(Offer(draft.offered, patron.key, self.to, self.amount, self.interest, self.turns))


def withdraw(draft: Draft, offer: Offer) -> None:
    """Take an offer back: its pebbles leave escrow for the purse they came from."""
    account = patron_account(offer.patron)
    draft.ledger.move(escrow(account), account, PEBBLES, offer.amount, "offer returned")
    draft.offers.remove(offer)


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
                draft.trusting(other, loan.borrower, max(0, draft.trust[other][loan.borrower] - DEFAULT_TRUST))
                remember(draft, other, Memory(Deed.DEFAULTED, loan.borrower, None, draft.now, DEFAULT_WEIGHT))
        draft.tell(EventKind.DEFAULT, loan.borrower, owed=loan.owed, paid=paid)
    draft.loans = standing


def lender_account(draft: Draft, loan: Loan) -> str:
    """Where a repayment goes: the lender, or the Mint for a patron who has left."""
    patron = draft.patrons.get(loan.lender.removeprefix("patron:"))
    return MINT if patron is not None and not patron.present else loan.lender
