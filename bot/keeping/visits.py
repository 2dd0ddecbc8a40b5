"""What happened while a player was away: told once, with the first private answer after some hours."""

import asyncio
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

from bot.keeping.desk import Desk, Seen
from bot.telling.cards import ReceiptCard
from bot.telling.since import SinceCard
from data.rows import TurnRow
from data.visits import Visit, Visitor
from wood.names import PEBBLES, patron_account

AWAY: Final = timedelta(hours=6)
"""From how long an absence on a player is told what happened …"""
LEAST_TURNS: Final = 2
"""… if there were so many turns."""
NOTED_EVERY: Final = timedelta(minutes=5)
"""How exactly it is kept when a player was seen last."""
_KEPT: Final = 4_096
"""Woods of which it is remembered who was noted there just now."""
READ_MOST: Final = 120
"""The last turns of an absence that are read for what was told and said; prices are those of all of it."""


class Visits:
    """Notes who was there, and knows what each has missed.

    Args:
        desk: what all parts share.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._noted: OrderedDict[int, dict[int, datetime]] = OrderedDict()
        # A turn, a wood that comes or goes, and a player who is forgotten: then the store is asked again.
        desk.on_owed(self._ask_anew)

    async def arrive(self, channel_id: int, user_id: int) -> SinceCard | None:
        """Note that somebody is here; answers what happened since the last visit where that is worth telling.

        It is noted before it is told: who is cut off in between is not told of it again. Of somebody whom the wood
        does not know, nothing is kept.

        Raises:
            StoreError: the store failed; nothing was noted.
            Refusal: the wood is gone or cannot be read.
        """
        noted = self._noted.get(channel_id, {}).get(user_id)
        if noted is not None and abs(self._desk.now() - noted) < NOTED_EVERY:
            return None
        visitor = await self._desk.store.visits.visitor(channel_id, user_id)
        if visitor is None:
            return None
        now, last = self._desk.now(), visitor.last
        if last is not None and abs(now - last.at) < NOTED_EVERY:
            self._keep(channel_id, user_id, last.at)
            return None
        seen = await self._desk.see(channel_id)
        here = Visit(now, seen.stored.wood.turn, _purse(seen, visitor.key))
        away = last is not None and now - last.at >= AWAY and here.turn - last.turn >= LEAST_TURNS
        card = await self._missed(seen, visitor, last, here) if away and last is not None else None
        if not await self._desk.store.visits.note(visitor, here):
            return None
        self._keep(channel_id, user_id, now)
        return card

    def _ask_anew(self, channel_id: int) -> None:
        self._noted.pop(channel_id, None)

    def _keep(self, channel_id: int, user_id: int, at: datetime) -> None:
        """Remember when a visit was noted, so that the next press costs no look at the store."""
        self._noted.setdefault(channel_id, {})[user_id] = at
        while len(self._noted) > _KEPT:
            self._noted.popitem(last=False)

    async def _missed(self, seen: Seen, visitor: Visitor, last: Visit, here: Visit) -> SinceCard:
        wood, store = visitor.wood, self._desk.store
        first = max(last.turn + 1, here.turn - READ_MOST + 1)
        before: list[TurnRow] = await store.turns.numbered(wood, last.turn, last.turn)
        rows, receipts = await asyncio.gather(
            store.turns.numbered(wood, first, here.turn), store.receipts.of_turns(wood, max(1, last.turn), here.turn)
        )
        return SinceCard(
            rules=seen.rules,
            key=visitor.key,
            alias=seen.world.patrons[visitor.key].alias if visitor.key in seen.world.patrons else "",
            since=last.at,
            missed=here.turn - last.turn,
            before=before[0].turn if before else None,
            turns=[row.turn for row in rows],
            receipts=[ReceiptCard(seen.rules, each, seen.names) for each in receipts if each.speaker == visitor.key],
            purse=(last.purse, here.purse),
        )


def _purse(seen: Seen, key: str) -> int | None:
    """What the purse holds, as its owner is shown it; None for who is no patron."""
    return seen.world.held(patron_account(key), PEBBLES) if key in seen.world.patrons else None
