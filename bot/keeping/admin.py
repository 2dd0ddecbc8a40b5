"""For those who keep a wood: found, pause, resume, change, export, raze, restore."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.keeping.desk import Desk
from bot.keeping.founding import check_hour, check_pace, check_seed, check_zone
from bot.refusals import KeeperCode, KeeperError
from bot.telling.cards import WoodCard
from bot.telling.notice import NOTHING, Notice
from bot.telling.showing import wood_card
from data.content import ENGLISH
from data.errors import WoodTakenError
from data.log import log_bytes
from data.rows import Founding, PostKind, PostState
from data.woods import Changes
from wood.founding import found_world

UNDO: Final = timedelta(days=1)
"""How long a razed wood can be brought back."""
PURGE_EVERY: Final = timedelta(hours=1)
"""How often razed woods are looked for that can be deleted."""
_ROUND: Final = "purge"
PLAIN_MOST: Final = 4_000_000
"""Bytes of a log up to which it is exported as plain text; a longer one is gzipped."""


class Admin:
    """Keeping a wood."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def found(
        self,
        channel_id: int,
        guild_id: int,
        *,
        pace: int,
        seed: int | None,
        zone: str,
        report_hour: int,
        language: str = ENGLISH,
    ) -> WoodCard:
        """Found a wood in a channel that has none (pace in seconds, 10 to 86,400).

        Raises:
            KeyError: the program has no such language.
        """
        pace, seed, zone, report_hour = check_pace(pace), check_seed(seed), check_zone(zone), check_hour(report_hour)
        edition = self._desk.library.current(language)
        now = self._desk.now()
        founding = Founding(
            channel_id=channel_id,
            guild_id=guild_id,
            seed=seed,
            pace=pace,
            zone=zone,
            report_hour=report_hour,
            founded_at=now,
            next_turn=now + timedelta(seconds=pace),
            world=found_world(edition.rules, seed),
            content=edition.digest,
            document=edition.document,
        )
        async with self._desk.using(channel_id):
            try:
                row = await self._desk.store.woods.found(founding)
            except WoodTakenError:
                raise _taken() from None
        return self._desk.changed(row)

    async def pause(self, channel_id: int, why: Notice = NOTHING) -> WoodCard:
        """Let the wood rest: no turn until it is resumed.

        Args:
            channel_id: the wood.
            why: for a wood whose place in Discord is gone, the reason for its keeper. What is owed there is given up,
                and the settings say the reason until the wood is resumed and its board has arrived.
        """
        async with self._desk.using(channel_id):
            row = await self._desk.row(channel_id)
            if why and row.next_turn is None and await self._desk.problem(row) == why:
                return wood_card(row, why)
            if row.next_turn is not None or why:
                # Owes the board too, which carries the reason; it is owed anew when the wood is resumed.
                await self._desk.store.woods.change(row.id, self._desk.now(), next_turn=None)
            for post in await self._desk.store.posts.of_wood(row.id) if why else ():
                if post.state in (PostState.OWED, PostState.SENDING):
                    await self._desk.store.posts.abandon(post, (why if post.kind is PostKind.BOARD else NOTHING).kept())
            return self._desk.changed(replace(row, next_turn=None), why)

    async def resume(self, channel_id: int) -> WoodCard:
        """Let turns go on; one that would have come meanwhile comes at once."""
        async with self._desk.using(channel_id):
            row = await self._desk.row(channel_id)
            if row.next_turn is None:
                due = await self._desk.due(row)
                await self._desk.store.woods.change(row.id, self._desk.now(), next_turn=due)
                row = replace(row, next_turn=due)
            return self._desk.changed(row)

    async def settings(
        self,
        channel_id: int,
        *,
        pace: int | None = None,
        zone: str | None = None,
        report_hour: int | None = None,
        extras: bool | None = None,
        pinned: bool | None = None,
        dozes: bool | None = None,
        free_text: bool | None = None,
    ) -> WoodCard:
        """Change what is given, leave the rest; with nothing given just show it."""
        async with self._desk.using(channel_id):
            row = await self._desk.row(channel_id)
            changed = replace(
                row,
                pace=row.pace if pace is None else check_pace(pace),
                zone=row.zone if zone is None else check_zone(zone),
                report_hour=row.report_hour if report_hour is None else check_hour(report_hour),
                extras=row.extras if extras is None else extras,
                pinned=row.pinned if pinned is None else pinned,
                dozes=row.dozes if dozes is None else dozes,
                free_text=row.free_text if free_text is None else free_text,
            )
            if changed == row:
                return wood_card(row, await self._desk.problem(row))
            if row.next_turn is not None and changed.pace != row.pace:
                changed = replace(changed, next_turn=await self._desk.due(changed))
            changes: Changes = {
                "pace": changed.pace,
                "zone": changed.zone,
                "report_hour": changed.report_hour,
                "next_turn": changed.next_turn,
                "extras": changed.extras,
                "dozes": changed.dozes,
                "free_text": changed.free_text,
            }
            if changed.pinned != row.pinned:
                changes["pinned"] = changed.pinned
            await self._desk.store.woods.change(row.id, self._desk.now(), **changes)
            return self._desk.changed(changed, await self._desk.problem(row))

    async def export(self, channel_id: int) -> tuple[str, bytes]:
        """The wood's whole log as a file name and bytes that ``ttw replay`` reads; names no player."""
        row = await self._desk.row(channel_id)
        history = await self._desk.store.journal.log(row.id)
        name = f"wood-{history.founding[:8]}-turn-{history.length}.jsonl"
        plain = await asyncio.to_thread(log_bytes, history)
        if len(plain) <= PLAIN_MOST:
            return name, plain
        return f"{name}.gz", await asyncio.to_thread(log_bytes, history, compress=True)

    async def raze(self, channel_id: int) -> WoodCard:
        """Raze the wood; :meth:`restore` brings it back for a day, then it is gone for good."""
        async with self._desk.using(channel_id):
            row = await self._desk.row(channel_id)
            now = self._desk.now()
            await self._desk.store.woods.raze(row.id, now)
            return self._desk.changed(replace(row, razed_at=now))

    async def restore(self, channel_id: int) -> WoodCard:
        """Bring back the wood razed here within the last day."""
        async with self._desk.using(channel_id):
            now = self._desk.now()
            row = await self._desk.store.woods.razed(channel_id, now - UNDO)
            if row is None:
                raise KeeperError(KeeperCode.NOTHING_RAZED)
            due = None if row.next_turn is None else await self._desk.due(row)
            try:
                await self._desk.store.woods.restore(row.id, now, due)
            except WoodTakenError:
                raise _taken() from None
            return self._desk.changed(replace(row, next_turn=due, razed_at=None, dozing=False))

    async def purge(self) -> int:
        """Delete for good the woods razed more than a day ago, and old questions; answers how many woods.

        Asked for every hour. Nothing is deleted unless the last time it was asked for lies about as long ago as it
        should: a clock that is ahead for a while must not take a wood that could still be brought back.
        """
        now, notes = self._desk.now(), self._desk.store.notes
        noted = await notes.read(_ROUND)
        await notes.write(_ROUND, now.isoformat())
        if noted is None or not timedelta() <= now - datetime.fromisoformat(noted) <= 2 * PURGE_EVERY:
            return 0
        await self._desk.store.questions.purge(now)
        purged = await self._desk.store.woods.purge(now - UNDO)
        await self._desk.store.database.settle()
        return purged


def _taken() -> KeeperError:
    return KeeperError(KeeperCode.SECOND_WOOD)
