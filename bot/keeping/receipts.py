"""What came of rumors and whispers: measured after each turn, off the event loop, and told to whom it concerns."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from bot.keeping.desk import Desk
from bot.keeping.library import Edition
from bot.keeping.locks import Locks
from bot.keeping.measuring import DriftError, Recall, asking, heard, measure, outcome
from bot.keeping.minds import Minds, portable
from bot.keeping.turnpool import TurnPool
from bot.refusals import KeeperCode, KeeperError
from bot.telling.cards import NoticeCard, ReceiptCard
from bot.telling.naming import shown_names
from data.errors import StoreOutdatedError
from data.receipts import Hearing, PlayedTurn, Receipt, State
from data.rows import Notify, Snapshot, WoodRow
from inference.council import InstantCouncil
from wood.moves import Measured
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
        pool: where it is computed.
    """

    def __init__(self, desk: Desk, minds: Minds, pool: TurnPool) -> None:
        self._desk = desk
        self._minds = minds
        self._pool = pool
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

    async def one(self, channel_id: int, user_id: int, number: int) -> ReceiptCard:
        """A receipt by its key in the store; that of a whisper is its owner's alone.

        Raises:
            KeeperError: there is none for this player.
        """
        stored = await self._desk.snapshot(channel_id)
        receipt = await self._desk.store.receipts.get(stored.wood.id, number)
        if receipt is None or (receipt.to is not None and receipt.speaker != stored.key(user_id)):
            raise KeeperError(KeeperCode.NO_RECEIPT)
        return await self._card(stored, receipt)

    async def own(self, channel_id: int, user_id: int, turn: int) -> list[ReceiptCard] | None:
        """The receipts of what a player said that was heard in a turn, whispers among them; None before that turn."""
        stored = await self._desk.snapshot(channel_id)
        if turn > stored.wood.turn:
            return None
        key = stored.key(user_id)
        found = await self._desk.store.receipts.of_turns(stored.wood.id, turn, turn)
        return [await self._card(stored, each) for each in found if key and each.speaker == key]

    async def notice(self, channel_id: int, number: int) -> NoticeCard | None:
        """What a patron is to be told of a receipt; None where the patron wishes it no more, or is forgotten."""
        stored = await self._desk.snapshot(channel_id)
        receipt = await self._desk.store.receipts.get(stored.wood.id, number)
        if receipt is None:
            return None
        for patron in stored.patrons:
            wished = patron.notify is Notify.DIRECT or (patron.notify is Notify.CHANNEL and receipt.to is None)
            if patron.key == receipt.speaker and patron.user_id is not None and wished:
                return NoticeCard(await self._card(stored, receipt), patron.user_id, patron.notify)
        return None

    async def undeliverable(self, channel_id: int, card: NoticeCard) -> None:
        """Note that a player takes no direct message: nothing more is sent, and the purse says so."""
        row = await self._desk.row(channel_id)
        await self._desk.store.journal.notify(row.id, card.card.receipt.speaker, Notify.REFUSED)

    async def _card(self, stored: Snapshot, receipt: Receipt) -> ReceiptCard:
        rules = (await self._desk.library.of(stored)).rules
        return ReceiptCard(rules, receipt, shown_names(stored.patrons, stored.world, rules))

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
        settled: list[Measured] = []
        for each in hearings:
            span = [turn for turn in played if 0 <= turn.turn.number - each.turn < SPAN]
            stands = [one for one in known if one.turn == each.turn]
            measured = await self._hear(row, each, span, stands)
            found += measured
            settled += [one for one in (outcome(each, span[0].turn.events) for each in measured if span) if one]
            if len(span) in (0, SPAN):
                done.append(each.turn)
        if found or done:
            await store.keep(row.id, found, done, settled, TOLD_AT, self._desk.now())
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
        key = row.id, hearing.turn
        minds = portable(self._minds)
        job = partial(_measure, minds or self._minds, row, hearing, span, stands, self._recalled.get(key, Recall()))
        try:
            editions = [await self._edition(turn) for turn in span]
            away = (
                self._pool.work(editions, job) if minds else asyncio.to_thread(job, [each.rules for each in editions])
            )
            found, self._recalled[key] = await away
        except (DriftError, StoreOutdatedError) as error:
            log.warning("wood %d, turn %d: what was said cannot be measured: %s", row.id, hearing.turn, error)
            return [replace(one, state=State.LOST) for one in stands if one.state is State.OPEN]
        return found

    async def _edition(self, played: PlayedTurn) -> Edition:
        if not played.ours:
            raise DriftError(f"turn {played.turn.number} was played by other rules")
        return await self._desk.library.edition(played.content)


def _measure(
    minds: Minds | InstantCouncil,
    row: WoodRow,
    hearing: Hearing,
    span: Sequence[PlayedTurn],
    stands: Sequence[Receipt],
    recall: Recall,
    rules: Sequence[Rules],
) -> tuple[list[Receipt], Recall]:
    """Measure one hearing, in any process; the second is what it was given, and what was played now."""
    again = asking(minds, str(row.id), row.seed)
    return measure(again, rules, hearing.world, span, stands, recall), recall
