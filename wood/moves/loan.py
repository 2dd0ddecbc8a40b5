"""A loan: a patron offers a creature pebbles, to be paid back with interest."""

from dataclasses import dataclass
from typing import Final, Literal

from wood.calendar import turns_left
from wood.draft import Draft
from wood.moves.base import Quote, spender
from wood.names import Creature, patron_account
from wood.offers import LOAN_HEAT, approachable, propose
from wood.refusal import Refusal, RefusalCode
from wood.world import Offer

LOAN_TURNS_MOST: Final = 30
INTEREST_PERCENT: Final = 50
"""Per cent of what is lent that its interest may be."""


@dataclass(frozen=True, slots=True)
class OfferLoan:
    """A patron offers a creature ``amount`` pebbles, to be paid back with ``interest`` after ``turns`` turns."""

    patron: str
    to: Creature
    amount: int
    interest: int
    turns: int
    kind: Literal["loan"] = "loan"

    def quote(self, draft: Draft) -> Quote:
        """What would be lent, and what it would bring: what is ``owed`` in the turn ``due``.

        Raises:
            Refusal: see :meth:`admit`.
        """
        patron = spender(draft, self.patron)
        purse = draft.purse(patron_account(patron.key))
        if not 1 <= self.amount <= purse:
            raise Refusal(RefusalCode.LEND_PURSE, purse=purse)
        dearest = self.amount * INTEREST_PERCENT // 100
        if not 0 <= self.interest <= dearest:
            raise Refusal(RefusalCode.INTEREST, amount=dearest)
        if not 1 <= self.turns <= LOAN_TURNS_MOST:
            raise Refusal(RefusalCode.LOAN_TURNS, most=LOAN_TURNS_MOST)
        left = turns_left(draft.rules, draft.now)
        if self.turns > left:
            raise Refusal(RefusalCode.YEAR_ENDS, turns=left)
        approachable(draft, patron.key, self.to)
        return Quote(
            held=self.amount,
            heat=LOAN_HEAT,
            worst=self.amount,
            best=self.interest,
            facts={"owed": self.amount + self.interest, "due": draft.now + self.turns},
        )

    def admit(self, draft: Draft) -> None:
        """Put the pebbles in escrow until the creature has answered.

        Raises:
            Refusal: the purse is too small, the terms are out of bounds, the year ends before the loan is due, or the
                creature takes nothing now.
        """
        self.quote(draft)
        propose(draft, Offer(draft.offered + 1, self.patron, self.to, self.amount, self.interest, self.turns))
