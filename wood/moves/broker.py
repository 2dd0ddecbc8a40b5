"""Brokering: a patron brings two creatures to not undercut each other."""

from dataclasses import dataclass
from typing import Final, Literal

from wood.draft import Draft
from wood.heat import record
from wood.moves.base import Quote, affordable, limit_of, pay, price_of, spender
from wood.names import Act, Creature
from wood.offers import BROKER_HEAT, approachable, lasting, propose, unbound
from wood.pacts import BROKER_PERCENT, Deal
from wood.refusal import Refusal, RefusalCode
from wood.world import Offer

FEE: Final = 15


@dataclass(frozen=True, slots=True)
class OfferPact:
    """A patron asks two creatures to not undercut each other for some turns; both are asked in the same turn.

    ``limit`` is the most that the fee may be, None for any.
    """

    patron: str
    one: Creature
    other: Creature
    limit: int | None = None
    kind: Literal["broker"] = "broker"

    def quote(self, draft: Draft) -> Quote:
        """Its fee, which does not come back, and for how many ``turns`` they would ask at least ``percent``.

        Raises:
            Refusal: see :meth:`admit`.
        """
        patron = spender(draft, self.patron)
        if self.one is self.other:
            raise Refusal(RefusalCode.SAME_CREATURE, creature=self.one)
        turns = lasting(draft, Deal.BROKER)
        cost = price_of(draft, self.kind, FEE)
        affordable(draft, patron.key, cost, self.limit)
        for creature in (self.one, self.other):
            unbound(draft, patron.key, creature)
            approachable(draft, patron.key, creature)
        return Quote(
            cost=cost,
            limit=self.limit or limit_of(cost),
            heat=BROKER_HEAT,
            worst=cost,
            facts={"turns": turns, "percent": BROKER_PERCENT, "declined": BROKER_HEAT // 2},
        )

    def admit(self, draft: Draft) -> None:
        """Pay the fee, and ask both.

        Raises:
            Refusal: purse or price do not allow it, they are one and the same, one of them keeps a promise to the
                patron already or takes nothing now, or the year ends.
        """
        quoted = self.quote(draft)
        turns = lasting(draft, Deal.BROKER)
        pay(draft, self.patron, self.kind, quoted.cost)
        for to, partner in ((self.one, self.other), (self.other, self.one)):
            propose(draft, Offer(draft.offered + 1, self.patron, to, 0, 0, turns, Deal.BROKER, partner))
        good = draft.rules.creatures[self.one].makes
        record(draft, self.patron, Act.BROKER, good=good, who=self.one, pebbles=-quoted.cost, heat=BROKER_HEAT // 2)
