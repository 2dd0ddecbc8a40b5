"""Positions at the Bourse: opening one, long or short, putting more margin behind it, and closing it."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from wood.bourse import (
    MAINTENANCE,
    MOST_GAIN,
    TALKED_HEAT,
    Why,
    amend,
    close,
    due_of,
    gain_of,
    heat_of,
    of_patron,
    price_for,
    quote_of,
    room,
)
from wood.calendar import turns_left
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.heat import record, talked_of
from wood.moves.base import Quote, actor, affordable, limit_of, pay, price_of, spender
from wood.names import MARGIN, PEBBLES, Act, Good, patron_account
from wood.refusal import Refusal, RefusalCode
from wood.stakes import Position

FEE: Final = 2
STAKES: Final = (10, 60)
"""The least and the most that a position may be opened with."""
POSITIONS_MOST: Final = 3


@dataclass(frozen=True, slots=True)
class OpenPosition:
    """A patron goes long (``side`` 1) or short (-1) in a good with ``stake`` pebbles.

    ``limit`` is the most that its fee may be, None for any.
    """

    patron: str
    good: Good
    side: int
    stake: int
    limit: int | None = None
    kind: Literal["position"] = "position"

    def quote(self, draft: Draft) -> Quote:
        """Its fee, what stands at risk, and the price it would be opened at (``entry``).

        Raises:
            Refusal: see :meth:`admit`.
        """
        patron = spender(draft, self.patron)
        if self.side not in {-1, 1}:
            raise Refusal(RefusalCode.LEANING)
        least, most = STAKES
        if not least <= self.stake <= most:
            raise Refusal(RefusalCode.STAKE, least=least, most=most)
        held = of_patron(draft, patron.key)
        if any(position.good is self.good for position in held):
            raise Refusal(RefusalCode.POSITION_STANDS, good=self.good)
        if len(held) >= POSITIONS_MOST:
            raise Refusal(RefusalCode.POSITIONS, most=POSITIONS_MOST)
        if turns_left(draft.rules, draft.now) < 1:
            raise Refusal(RefusalCode.YEAR_ENDS, turns=0)
        cost = price_of(draft, self.kind, FEE)
        affordable(draft, patron.key, cost, self.limit, self.stake)
        if room(draft) < MOST_GAIN * self.stake:
            raise Refusal(RefusalCode.BOURSE_FULL, most=max(0, room(draft) // MOST_GAIN))
        hot = talked_of(draft, patron.key, self.good)
        return Quote(
            cost=cost,
            limit=self.limit or limit_of(cost),
            held=self.stake,
            heat=TALKED_HEAT if hot else 0,
            later=heat_of(MOST_GAIN * self.stake),
            worst=cost + self.stake,
            best=MOST_GAIN * self.stake - cost,
            facts={
                "entry": quote_of(draft, self.good, self.side),
                "reference": draft.references[self.good],
                "call": MAINTENANCE,
                "turns": due_of(draft) - draft.now,
            },
        )

    def admit(self, draft: Draft) -> None:
        """Open it at the Bourse's quote.

        Raises:
            Refusal: purse, stake or fee do not allow it, a position in the good stands, or the Bourse has no room.
        """
        quoted = self.quote(draft)
        account = patron_account(self.patron)
        entry = quote_of(draft, self.good, self.side)
        draft.ledger.move(account, MARGIN, PEBBLES, self.stake, "margin")
        pay(draft, self.patron, self.kind, quoted.cost)
        opened = Position(self.patron, self.good, self.side, self.stake, self.stake, entry, draft.now, due_of(draft))
        draft.positions.append(opened)
        act = Act.LONG if self.side > 0 else Act.SHORT
        record(draft, self.patron, act, good=self.good, pebbles=-quoted.cost, heat=quoted.heat)
        draft.tell(
            EventKind.OPENED,
            self.patron,
            to=self.patron,
            side=self.side,
            good=self.good,
            stake=self.stake,
            fee=quoted.cost,
            entry=entry,
        )


@dataclass(frozen=True, slots=True)
class AddMargin:
    """A patron puts more pebbles behind a position."""

    patron: str
    good: Good
    pebbles: int
    kind: Literal["margin"] = "margin"

    def quote(self, draft: Draft) -> Quote:
        """What would be put at risk.

        Raises:
            Refusal: see :meth:`admit`.
        """
        spender(draft, self.patron)
        position = position_of(draft, self.patron, self.good)
        most = position.stake
        if not 1 <= self.pebbles <= most:
            raise Refusal(RefusalCode.STAKE, least=1, most=most)
        affordable(draft, self.patron, 0, held=self.pebbles)
        return Quote(held=self.pebbles, worst=self.pebbles, best=0)

    def admit(self, draft: Draft) -> None:
        """Move them behind it.

        Raises:
            Refusal: there is no such position, or the purse is too small.
        """
        self.quote(draft)
        position = position_of(draft, self.patron, self.good)
        draft.ledger.move(patron_account(self.patron), MARGIN, PEBBLES, self.pebbles, "margin")
        amend(draft, position, replace(position, margin=position.margin + self.pebbles))


@dataclass(frozen=True, slots=True)
class ClosePosition:
    """A patron closes a position at the price that everybody sees."""

    patron: str
    good: Good
    kind: Literal["close"] = "close"

    def quote(self, draft: Draft) -> Quote:
        """What it would bring (``gain``) at the present price, and the heat of that.

        Raises:
            Refusal: see :meth:`admit`.
        """
        actor(draft, self.patron)
        position = position_of(draft, self.patron, self.good)
        won = gain_of(position, price_for(draft, position))
        hot = talked_of(draft, self.patron, self.good)
        return Quote(heat=heat_of(won) if hot else 0, worst=max(0, -won), best=max(0, won), facts={"gain": won})

    def admit(self, draft: Draft) -> None:
        """Close it.

        Raises:
            Refusal: there is no such position.
        """
        actor(draft, self.patron)
        close(draft, position_of(draft, self.patron, self.good), Why.ASKED)


def position_of(draft: Draft, key: str, good: Good) -> Position:
    """Find a patron's position in a good.

    Raises:
        Refusal: there is none.
    """
    for position in draft.positions:
        if position.patron == key and position.good is good:
            return position
    raise Refusal(RefusalCode.NO_POSITION, good=good)
