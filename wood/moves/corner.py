"""Corners: sending out an agent who buys up a good, and calling it to sell."""

from dataclasses import dataclass
from typing import Final, Literal

from wood.calendar import turns_left
from wood.chronicle import EventKind
from wood.corners import BUYING, REST, SELLING, begin, corner_in, corner_of, sell_up, sells
from wood.draft import Draft
from wood.heat import record
from wood.moves.base import Quote, actor, affordable, limit_of, pay, price_of, spender
from wood.names import CENTS, PEBBLES, Act, Good, patron_account, warehouse
from wood.refusal import Refusal, RefusalCode
from wood.stakes import Corner

FEE: Final = 5
BUDGETS: Final = (30, 90)
"""The fewest and the most pebbles that an agent is sent out with."""
BUDGET: Final = 55
"""As many as it is usually sent out with."""
HEAT: Final = 6


@dataclass(frozen=True, slots=True)
class BuyCorner:
    """A patron sends out an agent with ``budget`` pebbles to buy up ``good``.

    ``limit`` is the most that its fee may be, None for any.
    """

    patron: str
    good: Good
    budget: int = BUDGET
    limit: int | None = None
    kind: Literal["corner"] = "corner"

    def quote(self, draft: Draft) -> Quote:
        """Its fee, the budget at risk, and how many units that would buy at the price of the day (``units``).

        Raises:
            Refusal: see :meth:`admit`.
        """
        patron = spender(draft, self.patron)
        least, most = BUDGETS
        if not least <= self.budget <= most:
            raise Refusal(RefusalCode.BUDGET, least=least, most=most)
        if (mine := corner_of(draft, patron.key)) is not None:
            raise Refusal(RefusalCode.CORNER_OWN, good=mine.good)
        if corner_in(draft, self.good) is not None:
            raise Refusal(RefusalCode.CORNER_TAKEN, good=self.good)
        left = turns_left(draft.rules, draft.now)
        if left < BUYING + SELLING + REST:
            raise Refusal(RefusalCode.CORNER_LATE, turns=left)
        cost = price_of(draft, self.kind, FEE)
        affordable(draft, patron.key, cost, self.limit, self.budget)
        return Quote(
            cost=cost,
            limit=self.limit or limit_of(cost),
            held=self.budget,
            heat=HEAT,
            worst=cost + self.budget,
            facts={
                "reference": draft.references[self.good],
                "units": self.budget * CENTS // draft.references[self.good],
                "buying": BUYING,
                "selling": SELLING,
            },
        )

    def admit(self, draft: Draft) -> None:
        """Send the agent out: it buys in the open turn already.

        Raises:
            Refusal: purse, budget or fee do not allow it, a corner in the good or of the patron stands, or the year
                has too few turns left.
        """
        quoted = self.quote(draft)
        draft.ledger.move(patron_account(self.patron), warehouse(self.good), PEBBLES, self.budget, "cornering")
        pay(draft, self.patron, self.kind, quoted.cost)
        begin(draft, self.patron, self.good, self.budget)
        record(draft, self.patron, Act.CORNER, good=self.good, pebbles=-quoted.cost, heat=quoted.heat)
        draft.tell(EventKind.CORNERED, self.patron, to=self.patron, good=self.good, budget=self.budget)


@dataclass(frozen=True, slots=True)
class SellCorner:
    """A patron calls an agent to sell up from the open turn on."""

    patron: str
    good: Good
    kind: Literal["sell-corner"] = "sell-corner"

    def quote(self, draft: Draft) -> Quote:
        """What the agent holds (``units``, ``pebbles``), and what that is worth at the price of the day (``worth``).

        Raises:
            Refusal: see :meth:`admit`.
        """
        corner = self._standing(draft)
        account = warehouse(corner.good)
        units, pebbles = draft.ledger.held(account, corner.good), draft.purse(account)
        worth = pebbles + units * draft.references[corner.good] // CENTS
        return Quote(
            worst=units * draft.references[corner.good] // CENTS,
            best=0,
            facts={"units": units, "pebbles": pebbles, "worth": worth, "budget": corner.budget, "selling": SELLING},
        )

    def admit(self, draft: Draft) -> None:
        """Let it sell.

        Raises:
            Refusal: the patron has no corner in the good, or it is being sold already.
        """
        sell_up(draft, self._standing(draft))

    def _standing(self, draft: Draft) -> Corner:
        patron = actor(draft, self.patron)
        corner = corner_of(draft, patron.key)
        if corner is None or corner.good is not self.good:
            raise Refusal(RefusalCode.NO_CORNER, good=self.good)
        if sells(corner, draft.now):
            raise Refusal(RefusalCode.CORNER_SELLS, good=self.good)
        return corner
