"""A bribe: a patron pays a creature for withholding its own good from the market, or for throwing it there."""

from dataclasses import dataclass
from typing import Final, Literal

from wood.draft import Draft
from wood.moves.base import Quote, affordable, limit_of, price_of, spender, used
from wood.names import Creature
from wood.offers import BRIBE_HEAT, approachable, lasting, propose, unbound
from wood.pacts import Deal
from wood.world import Offer

BRIBE: Final = 40


@dataclass(frozen=True, slots=True)
class OfferBribe:
    """A patron offers a creature pebbles for doing ``what`` with its own good for some turns.

    ``limit`` is the most that it may take, None for any.
    """

    patron: str
    to: Creature
    what: Literal["withhold", "dump"]
    limit: int | None = None
    kind: Literal["bribe"] = "bribe"

    def quote(self, draft: Draft) -> Quote:
        """What it would take, all of which comes back from one who declines, and for how many ``turns`` it holds.

        Raises:
            Refusal: see :meth:`admit`.
        """
        patron = spender(draft, self.patron)
        turns = lasting(draft, Deal(self.what))
        price = price_of(draft, self.kind, BRIBE)
        affordable(draft, patron.key, price, self.limit)
        unbound(draft, patron.key, self.to)
        approachable(draft, patron.key, self.to)
        return Quote(
            held=price,
            limit=self.limit or limit_of(price),
            heat=BRIBE_HEAT,
            worst=price,
            facts={"good": draft.rules.creatures[self.to].makes, "turns": turns, "declined": BRIBE_HEAT // 2},
        )

    def admit(self, draft: Draft) -> None:
        """Put the pebbles in escrow until the creature has answered.

        Raises:
            Refusal: purse or price do not allow it, the creature keeps a promise to the patron already, takes nothing
                now, or the year ends.
        """
        quoted = self.quote(draft)
        turns = lasting(draft, Deal(self.what))
        propose(draft, Offer(draft.offered + 1, self.patron, self.to, quoted.held, 0, turns, self.what))
        used(draft, self.kind)
