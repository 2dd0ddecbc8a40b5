"""What came of rumors and whispers: measured after each turn, off the event loop, and told to whom it concerns."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.keeping.desk import Desk
from bot.keeping.locks import Locks
from bot.keeping.measuring import DriftError, Recall, asking, heard, measure
from bot.keeping.minds import Minds
from data.errors import StoreOutdatedError
from data.receipts import Hearing, PlayedTurn, Receipt, State
from data.rows import WoodRow
from wood.rules import Rules
from wood.twin import SPAN

log = logging.getLogger(__name__)

TOLD_AT: Final = 1
"""Turns after those in which they were heard that patrons who asked for it are told what came of their words."""


class Receipts:
    """Measures what was said, and tells what came of it.

    Args:
        desk: what all parts share.
        minds: who decides for the creatures.
    """

    def __init__(self, desk: Desk, minds: Minds) -> None:
        self._desk = desk
        self._minds = minds
        self._locks = Locks()
        self._recalled: dict[tuple[int, int], Recall] = {}

    async def catch_up(self) -> None:
        """Measure what a process that died has left unmeasured, in every living wood."""
        for row in await self._desk.store.woods.all():
            await self.advance(row.channel_id)

    async def advance(self, channel_id: int) -> None:
        """Measure a wood's receipts up to its last turn. Never fails: the turn stands, and the next tries again."""
        async with self._locks.holding(channel_id):
            row = await self._desk.store.woods.living(channel_id)
            if row is None:
                return
            try:
                changed = await self._advance(row)
            except Exception:
                log.exception("channel %d: what was said could not be measured", channel_id)
            else:
                if changed:
                    self._desk.owed(channel_id)

    async def _advance(self, row: WoodRow) -> bool:
        store = self._desk.store.receipts
        hearings = await store.hearings(row.id)
        open_ = {(row.id, each.turn) for each in hearings}
        self._recalled = {key: kept for key, kept in self._recalled.items() if key[0] != row.id or key in open_}
        if not hearings:
            return False
        first, last = hearings[0].turn, min(row.turn, hearings[-1].turn + SPAN - 1)
        known = await store.of_turns(row.id, first, last)
        try:
            played = await store.played(row.id, first, last)
        except StoreOutdatedError as error:
            log.warning("wood %d: what was said since turn %d cannot be measured: %s", row.id, first, error)
            played = []
        found: list[Receipt] = []
        done: list[int] = []
        for each in hearings:
            span = [turn for turn in played if 0 <= turn.turn.number - each.turn < SPAN]
            stands = [one for one in known if one.turn == each.turn]
            found += await self._hear(row, each, span, stands)
            if len(span) in (0, SPAN):
                done.append(each.turn)
        if found or done:
            await store.keep(row.id, found, done, TOLD_AT, self._desk.now())
        return bool(found)

    async def _hear(
        self, row: WoodRow, hearing: Hearing, span: Sequence[PlayedTurn], stands: Sequence[Receipt]
    ) -> list[Receipt]:
        """The receipts of one hearing that are new, or are others now."""
        if not span:
            return [replace(one, state=State.LOST) for one in stands if one.state is State.OPEN]
        new = () if stands else heard(hearing.turn, span[0].turn.events)
        late = [one for one in (*stands, *new) if one.state is State.OPEN and one.through < span[-1].turn.number]
        measured = await self._measured(row, hearing, span, late) if late else []
        return [*(one for one in new if one.state is not State.OPEN), *measured]

    async def _measured(
        self, row: WoodRow, hearing: Hearing, span: Sequence[PlayedTurn], stands: Sequence[Receipt]
    ) -> list[Receipt]:
        """Measure one hearing; where its turns cannot be played again, its receipts say so for good."""
        recall = self._recalled.setdefault((row.id, hearing.turn), Recall())
        again = asking(self._minds, str(row.id), row.seed)
        try:
            rules = [await self._rules(turn) for turn in span]
            return await asyncio.to_thread(measure, again, rules, hearing.world, span, stands, recall)
        except (DriftError, StoreOutdatedError) as error:
            log.warning("wood %d, turn %d: what was said cannot be measured: %s", row.id, hearing.turn, error)
            return [replace(one, state=State.LOST) for one in stands if one.state is State.OPEN]

    async def _rules(self, played: PlayedTurn) -> Rules:
        if not played.ours:
            raise DriftError(f"turn {played.turn.number} was played by other rules")
        return (await self._desk.library.edition(played.content)).rules
