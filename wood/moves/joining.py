"""Joining a wood as a patron, and leaving it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from wood.bourse import EACH, Why, close_all, of_patron, room
from wood.chance import shuffled
from wood.chronicle import EventKind
from wood.corners import break_up
from wood.draft import Draft
from wood.moves.base import BREATH_MAX, patron_of
from wood.moves.legend import LEGEND_BREATH
from wood.names import BOURSE, MINT, PEBBLES, patron_account
from wood.offers import withdraw
from wood.refusal import Refusal, RefusalCode
from wood.wagers import give_all_back
from wood.world import Patron

JOIN_PEBBLES: Final = 100

_KEY: Final = re.compile(r"p[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Join:
    """A patron joins; the Mint fills a purse.

    One who was here before and comes back within the year brings the ``pebbles`` and the ``breath`` that were left, so
    that nobody fills a purse by leaving; and ``heat``, a frozen purse, exile and convictions, so that nobody escapes.
    """

    patron: str
    pebbles: int = JOIN_PEBBLES
    breath: int = BREATH_MAX
    heat: int = 0
    blocked: int = 0
    exiled: int = 0
    convicted: int = 0
    kind: Literal["join"] = "join"

    def admit(self, draft: Draft) -> None:
        """Open a purse under the next alias.

        Raises:
            Refusal: the key is none, or somebody has it, or more is brought than anybody gets.
        """
        if not _KEY.fullmatch(self.patron):
            raise Refusal(RefusalCode.PATRON_KEY, key=self.patron[:20])
        if self.patron in draft.patrons:
            raise Refusal(RefusalCode.JOINED)
        if not (0 <= self.pebbles <= JOIN_PEBBLES and 0 <= self.breath <= BREATH_MAX):
            raise Refusal(RefusalCode.WELCOME, pebbles=JOIN_PEBBLES, breath=BREATH_MAX)
        if min(self.heat, self.blocked, self.exiled, self.convicted) < 0:
            raise Refusal(RefusalCode.WELCOME, pebbles=JOIN_PEBBLES, breath=BREATH_MAX)
        alias = alias_of(draft.rules.tongue.aliases, draft.seed, self.patron)
        draft.patrons[self.patron] = Patron(
            self.patron,
            alias,
            self.breath,
            heat=self.heat,
            peak=self.heat,
            blocked=self.blocked,
            exiled=self.exiled,
            convicted=self.convicted,
        )
        draft.ledger.move(MINT, patron_account(self.patron), PEBBLES, self.pebbles, "joining")
        draft.ledger.move(MINT, BOURSE, PEBBLES, EACH, "reserve")
        draft.tell(EventKind.JOINED, self.patron, alias=alias)


@dataclass(frozen=True, slots=True)
class Leave:
    """A patron leaves and is forgotten: its purse returns to the Mint, its deeds stay under the alias."""

    patron: str
    kind: Literal["leave"] = "leave"

    def admit(self, draft: Draft) -> None:
        """Take back what the patron has in the wood.

        Raises:
            Refusal: there is no such patron.
        """
        patron = patron_of(draft, self.patron)
        account = patron_account(patron.key)
        for offer in [offer for offer in draft.offers if offer.patron == patron.key]:
            withdraw(draft, offer)
        give_all_back(draft, [wager for wager in draft.wagers if wager.patron == patron.key])
        close_all(draft, of_patron(draft, patron.key), Why.LEFT)
        break_up(draft, patron.key)
        draft.ledger.move(BOURSE, MINT, PEBBLES, max(0, min(EACH, room(draft))), "reserve returned")
        draft.ledger.move(account, MINT, PEBBLES, draft.purse(account), "leaving")
        if draft.pool is not None and draft.pool.owner == patron.key:
            draft.pool = None
            draft.tell(EventKind.GATHERING, breath=0, needed=LEGEND_BREATH)
        draft.deck.extend(patron.hand)
        draft.patrons[patron.key] = replace(draft.patrons[patron.key], present=False, hand=(), breath=0, left=draft.now)
        draft.tell(EventKind.LEFT, patron.key)


def alias_of(aliases: Sequence[str], seed: int, key: str) -> str:
    """The woodland name under which creatures know the patron ``p1``, ``p2``, …; unique within a wood.

    Args:
        aliases: the names there are; without any, a patron is known by its key.
        seed: the wood's.
        key: the patron's.
    """
    if not aliases:
        return key
    number = int(key.removeprefix("p")) - 1
    names = shuffled(aliases, seed, 0, "alias")
    lap, place = divmod(number, len(names))
    return names[place] if lap == 0 else f"{names[place]} {lap + 1}"
