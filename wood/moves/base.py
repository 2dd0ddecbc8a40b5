"""What all moves share: the form of an input, finding a patron, breath, and what a move costs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol, runtime_checkable

from wood.draft import Draft
from wood.names import FINES, PEBBLES, patron_account
from wood.refusal import Refusal, RefusalCode
from wood.world import Patron, World

BREATH_MAX: Final = 5
DEMAND_TURNS: Final = 3
"""Turns, the present one included, in which others' use of a move makes it dearer."""
DEARER_PERCENT: Final = 25
"""By how much of its price each such use does."""
SLIP_PERCENT: Final = 50
"""By how much more than the price shown a move may cost when its turn comes, if its patron says nothing else."""


class Move(Protocol):
    """An input of a wood: frozen data, told apart by ``kind`` in the log, that knows how it is admitted."""

    @property
    def kind(self) -> str:
        """The word by which the log tells kinds of input apart."""
        ...

    def admit(self, draft: Draft) -> None:
        """Check the move against the rules and put it into the draft.

        Raises:
            Refusal: the rules do not allow it; the draft is as it was.
        """
        ...


@dataclass(frozen=True, slots=True)
class Quote:
    """What a move would cost and bring, as far as can be said before it is made; all in pebbles but breath and heat.

    Attributes:
        cost: what is paid at once and never comes back.
        limit: the most that this may be when the turn comes that resolves the move.
        held: what is put at risk, and may come back.
        breath: breath.
        heat: heat at once.
        later: heat that it may bring later, at most.
        worst: the most that can be lost, cost included.
        best: the most that can be won, None where nobody can say.
        facts: figures and names of the move's own, for its words.
    """

    cost: int = 0
    limit: int = 0
    held: int = 0
    breath: int = 0
    heat: int = 0
    later: int = 0
    worst: int = 0
    best: int | None = None
    facts: Mapping[str, int | str] | None = None


@runtime_checkable
class Quoted(Move, Protocol):
    """A move that patrons compete for, and that says what it would cost before it is made."""

    @property
    def patron(self) -> str | None:
        """Whose it is."""
        ...

    def quote(self, draft: Draft) -> Quote:
        """What it would cost and bring in this draft; nothing is changed.

        Raises:
            Refusal: the rules would not allow it.
        """
        ...


def patron_of(world: World | Draft, key: str) -> Patron:
    """Find a patron who is present.

    Raises:
        Refusal: there is none with this key.
    """
    patron = world.patrons.get(key)
    if patron is None or not patron.present:
        raise Refusal(RefusalCode.NO_PATRON)
    return patron


def actor(draft: Draft, key: str) -> Patron:
    """Find a patron who is present and may act.

    Raises:
        Refusal: there is none with this key, or the Magistrate has exiled it.
    """
    patron = patron_of(draft, key)
    if patron.exiled >= draft.now:
        raise Refusal(RefusalCode.EXILED, turns=patron.exiled - draft.now + 1)
    return patron


def spender(draft: Draft, key: str) -> Patron:
    """Find a patron who may act and whose purse is open.

    Raises:
        Refusal: see :func:`actor`; or the Magistrate has frozen its purse.
    """
    patron = actor(draft, key)
    if patron.blocked >= draft.now:
        raise Refusal(RefusalCode.FROZEN, turns=patron.blocked - draft.now + 1)
    return patron


def price_of(draft: Draft, kind: str, base: int) -> int:
    """What a move costs now: its price, and a quarter of it more for each use of the same move in the last turns."""
    return base + (base * DEARER_PERCENT * len(lately(draft, kind)) + 99) // 100


def lately(draft: Draft, kind: str) -> tuple[int, ...]:
    """The turns of late in which a kind of move was made, one each time."""
    return tuple(turn for turn in draft.uses.get(kind, ()) if turn > draft.now - DEMAND_TURNS)


def used(draft: Draft, kind: str) -> None:
    """Note that a kind of move was made."""
    draft.uses[kind] = (*lately(draft, kind), draft.now)
    draft.uses = dict(sorted(draft.uses.items()))


def limit_of(cost: int) -> int:
    """The most that a move may cost by default when its turn comes."""
    return cost + (cost * SLIP_PERCENT + 99) // 100


def affordable(draft: Draft, key: str, cost: int, limit: int | None = None, held: int = 0) -> None:
    """Check that a purse holds a price and what is put at risk with it.

    Raises:
        Refusal: it is dearer than the patron would pay, or the purse is too small.
    """
    if limit is not None and cost > limit:
        raise Refusal(RefusalCode.DEARER, cost=cost, limit=limit)
    purse = draft.purse(patron_account(key))
    if purse < cost + held:
        raise Refusal(RefusalCode.PURSE, cost=cost + held, purse=purse)


def pay(draft: Draft, key: str, kind: str, cost: int, target: str = FINES) -> None:
    """Take the price of a move that was checked (:func:`affordable`), and note its use."""
    draft.ledger.move(patron_account(key), target, PEBBLES, cost, kind)
    used(draft, kind)


def spend_breath(draft: Draft, patron: Patron, breath: int) -> None:
    """Take breath from a patron.

    Raises:
        Refusal: the patron has too little.
    """
    if patron.breath < breath:
        raise Refusal(RefusalCode.BREATH, needed=breath, breath=patron.breath, most=BREATH_MAX)
    draft.patrons[patron.key] = replace(patron, breath=patron.breath - breath)


def breathe(draft: Draft) -> None:
    """At the turn's end every patron draws breath."""
    for key, patron in draft.patrons.items():
        if patron.present and patron.breath < BREATH_MAX:
            draft.patrons[key] = replace(patron, breath=patron.breath + 1)
