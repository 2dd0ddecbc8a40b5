"""The log of a wood: every intervention, numbered, from the moment it was promised; and who plays."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from data import farewells, manners
from data.database import Database
from data.errors import StoreConflictError, Stored, StoreError
from data.forms import action_form, restored
from data.inputs import applied_in, by_turn, put_in
from data.log import Log, LoggedTurn
from data.nudges import forget_player
from data.posts import owe
from data.proposals import State, change_state, forget_author
from data.rows import Entry, Farewell, Notify, PatronRow, PostKind, Snapshot, WoodRow
from data.statements import Statements
from data.understanding import understanding
from data.upcasts import Kind
from wood.moves import Intervention, Join
from wood.world import World

log = logging.getLogger(__name__)

_BATCH: Final = 500
"""Turns read, and made of their JSON, at a time: the reader is free and the event loop is served in between."""


class Journal:
    """The interventions and the patrons of all woods."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(
        self,
        snapshot: Snapshot,
        action: Intervention,
        now: datetime,
        *,
        patron: PatronRow | None = None,
        forget: int | None = None,
        farewell: Farewell | None = None,
        accepting: int | None = None,
    ) -> Entry:
        """Append an intervention that was decided upon in the light of ``snapshot``; durable when it returns.

        Args:
            snapshot: what was seen.
            action: the intervention.
            now: when.
            patron: who joins with it, or is given a key by it, if any. With a joining, what was kept of an earlier
                farewell goes.
            forget: a user id to blank, here and in woods razed in the same channel; the board is owed anew.
            farewell: what the one who is forgotten had, to be kept for a while.
            accepting: the number of a proposed legend that is accepted by it.

        Raises:
            StoreConflictError: something has been put in, or a turn taken, since the snapshot; or the legend is not
                proposed any more.
        """
        wood = snapshot.wood

        async def write(connection: Statements) -> Entry:
            rows = await connection.execute_fetchall(
                "SELECT turn, (SELECT coalesce(max(number), 0) FROM interventions WHERE wood = woods.id AND "
                "applied_turn IS NULL) AS last_pending FROM woods WHERE id = ? AND razed_at IS NULL",
                (wood.id,),
            )
            row = next(iter(rows), None)
            seen = (wood.turn, snapshot.pending[-1].number if snapshot.pending else 0)
            if row is None or (row["turn"], row["last_pending"]) != seen:
                raise StoreConflictError("the wood has moved on")
            entry = Entry(await put_in(connection, wood.id, action, now), now, action)
            if patron is not None:
                # Who has made a call has a key already, and joins under that.
                await connection.execute(
                    "INSERT INTO patrons (wood, key, user_id, name) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (wood, key) DO UPDATE SET name = excluded.name WHERE user_id = excluded.user_id",
                    (wood.id, patron.key, patron.user_id, patron.name),
                )
                if patron.user_id is not None and isinstance(action, Join):
                    await farewells.drop_known(connection, wood.id, patron.user_id)
            if accepting is not None:
                await change_state(connection, wood.id, accepting, State.PROPOSED, State.ACCEPTED, now)
            if forget is not None:
                await _blank(connection, wood, forget, now)
                if farewell is not None:
                    await farewells.keep(connection, wood.id, forget, farewell)
            return entry

        entry = await self._database.write(write)
        if forget is not None:
            await self._erased()
        return entry

    async def last(self, wood: int) -> int:
        """The number of the last intervention; 0 before the first."""
        (row,) = await self._database.rows("SELECT coalesce(max(number), 0) FROM interventions WHERE wood = ?", (wood,))
        last: int = row[0]
        return last

    async def holds(self, wood: int, since: int, action: Intervention) -> bool:
        """Whether the very same intervention was put in after the one with the number ``since``."""
        rows = await self._database.rows(
            "SELECT 1 FROM interventions WHERE wood = ? AND number > ? AND action = ?",
            (wood, since, action_form().dump_json(action).decode()),
        )
        return bool(list(rows))

    async def forget(self, wood: WoodRow, user_id: int, now: datetime) -> None:
        """Blank a user id that has a key and has never joined, here and in woods razed in the same channel."""
        async with self._database.writing() as connection:
            await _blank(connection, wood, user_id, now)
        await self._erased()

    async def _erased(self) -> None:
        """Leave nothing of a player who was forgotten in the write-ahead log."""
        try:
            await self._database.checkpoint()
        except StoreError:
            # The player is forgotten all the same; the next start empties the write-ahead log too.
            log.exception("the write-ahead log could not be emptied after a player was forgotten")

    async def rename(self, wood: int, key: str, name: str) -> None:
        """Note that a patron who is not forgotten goes by another name now."""

        async def write(connection: Statements) -> None:
            await connection.execute(
                "UPDATE patrons SET name = ? WHERE wood = ? AND key = ? AND user_id IS NOT NULL", (name, wood, key)
            )

        await self._database.write(write)

    async def take_up(self, channel_id: int, user_id: int, name: str) -> None:
        """Note the name of a player whom a channel's living wood knows, where it is another one; else nothing."""
        found = await self._database.rows(
            "SELECT patrons.wood, patrons.key FROM patrons JOIN woods ON woods.id = patrons.wood "
            "WHERE woods.channel_id = ? AND woods.razed_at IS NULL AND patrons.user_id = ? "
            "AND patrons.name IS NOT ?",
            (channel_id, user_id, name),
        )
        for row in found:
            await self.rename(row["wood"], row["key"], name)

    async def notify(self, wood: int, key: str, how: Notify) -> None:
        """Note whether and where a patron who is not forgotten wishes to be told what came of a rumor."""
        async with self._database.writing() as connection:
            await connection.execute(
                "UPDATE patrons SET notify = ? WHERE wood = ? AND key = ? AND user_id IS NOT NULL", (how, wood, key)
            )

    async def log(self, wood: int) -> Log:
        """The whole log of a wood up to its last turn, ready to be written to a file.

        Raises:
            KeyError: there is no such wood.
            StoreOutdatedError: something in it is not understood.
        """
        async with self._database.reading() as connection:
            woods = await connection.execute_fetchall(
                "SELECT seed, founding, founded_hash, rules, hashes, turn, version, free_text FROM woods WHERE id = ?",
                (wood,),
            )
            row = next(iter(woods), None)
            if row is None:
                raise KeyError(wood)
            contents = await connection.execute_fetchall(
                "SELECT digest, document FROM contents WHERE digest IN (SELECT content FROM turns WHERE wood = ? "
                "UNION SELECT founding FROM woods WHERE id = ?) ORDER BY digest",
                (wood, wood),
            )
            patrons = await connection.execute_fetchall(
                "SELECT key, user_id FROM patrons WHERE wood = ? AND user_id IS NOT NULL ORDER BY key", (wood,)
            )
            marks = await manners.muted_in(connection, wood)
            seams = await connection.execute_fetchall("SELECT turn, schema, world FROM seams WHERE wood = ?", (wood,))
        documents = {each["digest"]: json.loads(each["document"]) for each in contents}
        with understanding(Stored.SEAM, row["version"]):
            worlds = {each["turn"]: restored(Kind.WORLD, each["schema"], each["world"]) for each in seams}
        logged: list[LoggedTurn] = []
        for first in range(1, row["turn"] + 1, _BATCH):
            span = (wood, first, min(first + _BATCH - 1, row["turn"]))
            async with self._database.reading() as connection:
                applied = await applied_in(connection, *span)
                turns = await connection.execute_fetchall(
                    "SELECT number, content, decisions, decisions_schema, rules, hashes, hash FROM turns "
                    "WHERE wood = ? AND number BETWEEN ? AND ? ORDER BY number",
                    span,
                )
            logged += await asyncio.to_thread(_logged, list(turns), applied, worlds)
        return Log(
            seed=row["seed"],
            founding=row["founded_hash"],
            content=row["founding"],
            contents=documents,
            turns=tuple(logged),
            length=len(logged),
            rules=row["rules"],
            hashes=row["hashes"],
            muted=tuple(each["key"] for each in patrons if any(mark.fits(each["user_id"]) for mark in marks)),
            free_text=bool(row["free_text"]),
        )


async def _blank(connection: Statements, wood: WoodRow, user_id: int, now: datetime) -> None:
    await forget_author(connection, wood.channel_id, user_id)
    await connection.execute(
        "UPDATE patrons SET user_id = NULL, name = NULL, notify = 'off', reach = 'direct' "
        "WHERE user_id = ? AND wood IN (SELECT id FROM woods WHERE channel_id = ?)",
        (user_id, wood.channel_id),
    )
    await forget_player(connection, wood.channel_id)
    # The board may still say the name, and while the wood rests no turn would owe it anew.
    await owe(connection, wood.id, PostKind.BOARD, now)


def _logged(
    turns: Iterable[sqlite3.Row], applied: Iterable[sqlite3.Row], worlds: Mapping[int, World]
) -> list[LoggedTurn]:
    actions = by_turn(applied)
    return [_turn(turn, actions, worlds.get(turn["number"] - 1)) for turn in turns]


def _turn(row: sqlite3.Row, actions: Mapping[int, tuple[Intervention, ...]], world: World | None) -> LoggedTurn:
    number = row["number"]
    with understanding(Stored.DECISIONS, place=number):
        decided = restored(Kind.DECISIONS, row["decisions_schema"], row["decisions"])
    return LoggedTurn(
        number=number,
        content=row["content"],
        interventions=actions.get(number, ()),
        decisions=decided,
        hash=row["hash"],
        rules=row["rules"],
        hashes=row["hashes"],
        world=world,
    )
