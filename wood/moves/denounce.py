"""Denouncing: a patron pays the Magistrate to look at another one."""

from dataclasses import dataclass
from typing import Final, Literal

from wood.calendar import turns_left
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.heat import record
from wood.magistrate import BOUNTY_MOST, WARM, open_case
from wood.moves.base import Quote, affordable, limit_of, pay, price_of, spender
from wood.names import MAGISTRATE, Act
from wood.refusal import Refusal, RefusalCode

FEE: Final = 10
AGAIN: Final = 5
"""Turns after which a patron may denounce the same one anew."""


@dataclass(frozen=True, slots=True)
class Denounce:
    """A patron denounces the patron with the key ``whom``; ``limit`` is the most that it may cost, None for any."""

    patron: str
    whom: str
    limit: int | None = None
    kind: Literal["denounce"] = "denounce"

    def quote(self, draft: Draft) -> Quote:
        """Its price, which comes back with a bounty on a conviction; nothing of how hot the other is.

        Raises:
            Refusal: see :meth:`admit`.
        """
        patron = spender(draft, self.patron)
        if self.whom == self.patron:
            raise Refusal(RefusalCode.DENOUNCE_SELF)
        whom = draft.patrons.get(self.whom)
        if whom is None or not whom.present:
            raise Refusal(RefusalCode.NOBODY)
        if whom.exiled >= draft.now:
            raise Refusal(RefusalCode.EXILED_ALREADY, alias=whom.alias)
        for case in draft.cases:
            if case.patron == self.whom:
                raise Refusal(RefusalCode.CASE_OPEN, alias=whom.alias, turns=case.due - draft.now + 1)
        before = [entry.turn for entry in patron.file if entry.act is Act.DENOUNCED and entry.who == self.whom]
        if before and before[-1] > draft.now - AGAIN:
            raise Refusal(RefusalCode.DENOUNCED_LATELY, alias=whom.alias, turns=before[-1] + AGAIN - draft.now)
        if turns_left(draft.rules, draft.now) < 1:
            raise Refusal(RefusalCode.YEAR_ENDS, turns=0)
        cost = price_of(draft, self.kind, FEE)
        affordable(draft, self.patron, cost, self.limit)
        return Quote(cost=cost, limit=self.limit or limit_of(cost), worst=cost, best=BOUNTY_MOST)

    def admit(self, draft: Draft) -> None:
        """Pay; a file is opened on the other if it is hot enough, and else the fee is lost.

        Raises:
            Refusal: purse or price do not allow it, or the other cannot be denounced now.
        """
        quoted = self.quote(draft)
        pay(draft, self.patron, self.kind, quoted.cost, MAGISTRATE)
        record(draft, self.patron, Act.DENOUNCED, who=self.whom, pebbles=-quoted.cost)
        opened = draft.patrons[self.whom].heat >= WARM
        if opened:
            open_case(draft, self.whom, self.patron)
        draft.tell(EventKind.DENOUNCED, self.patron, to=self.patron, whom=self.whom, opened=opened)
