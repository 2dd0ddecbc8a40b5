"""The log of a wood: every intervention, numbered, from the moment it was promised; and who plays."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from data.database import Database
from data.errors import StoreConflictError, StoreError
from data.forms import action_form, decisions_form
from data.log import Log, LoggedTurn
from data.posts import owe
from data.rows import Entry, PatronRow, PostKind, Snapshot, entry_row, to_ms, understanding
from wood.moves import Intervention

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
    ) -> Entry:
        """Append an intervention that was decided upon in the light of ``snapshot``; durable when it returns.

        Args:
            snapshot: what was seen.
            action: the intervention.
            now: when.
            patron: the patron who joins with it, if any.
            forget: a user id to blank, here and in woods razed in the same channel; the board is owed anew.

        Raises:
            StoreConflictError: something has been put in, or a turn taken, since the snapshot.
        """
        wood = snapshot.wood
        async with self._database.writing() as connection:
            rows = await connection.execute_fetchall(
                "SELECT turn, (SELECT coalesce(max(number), 0) FROM interventions WHERE wood = woods.id AND "
                "applied_turn IS NULL) AS last_pending, (SELECT coalesce(max(number), 0) FROM interventions "
                "WHERE wood = woods.id) AS last FROM woods WHERE id = ? AND razed_at IS NULL",
                (wood.id,),
            )
            row = next(iter(rows), None)
            seen = (wood.turn, snapshot.pending[-1].number if snapshot.pending else 0)
            if row is None or (row["turn"], row["last_pending"]) != seen:
                raise StoreConflictError("the wood has moved on")
            entry = Entry(row["last"] + 1, now, action)
            await connection.execute(
                "INSERT INTO interventions (wood, number, at, action) VALUES (?, ?, ?, ?)",
                (wood.id, entry.number, to_ms(now), action_form().dump_json(action).decode()),
            )
            if patron is not None:
                await connection.execute(
                    "INSERT INTO patrons VALUES (?, ?, ?, ?)", (wood.id, patron.key, patron.user_id, patron.name)
                )
            if forget is not None:
                await connection.execute(
                    "UPDATE patrons SET user_id = NULL, name = NULL "
                    "WHERE user_id = ? AND wood IN (SELECT id FROM woods WHERE channel_id = ?)",
                    (forget, wood.channel_id),
                )
                # The board may still say the name, and while the wood rests no turn would owe it anew.
                await owe(connection, wood.id, PostKind.BOARD, None, now)
        if forget is not None:
            try:
                await self._database.checkpoint()
            except StoreError:
                # The player is forgotten all the same; the next start empties the write-ahead log too.
                log.exception("the write-ahead log could not be emptied after a player was forgotten")
        return entry

    async def rename(self, wood: int, key: str, name: str) -> None:
        """Note that a patron who is not forgotten goes by another name now."""
        async with self._database.writing() as connection:
            await connection.execute(
                "UPDATE patrons SET name = ? WHERE wood = ? AND key = ? AND user_id IS NOT NULL", (name, wood, key)
            )

    async def log(self, wood: int) -> Log:
        """The whole log of a wood up to its last turn, ready to be written to a file.

        Raises:
            KeyError: there is no such wood.
            StoreOutdatedError: something in it is not understood.
        """
        async with self._database.reading() as connection:
            woods = await connection.execute_fetchall(
                "SELECT seed, founding, founded_hash, turn FROM woods WHERE id = ?", (wood,)
            )
            row = next(iter(woods), None)
            if row is None:
                raise KeyError(wood)
            contents = await connection.execute_fetchall(
                "SELECT digest, document FROM contents WHERE digest IN (SELECT content FROM turns WHERE wood = ? "
                "UNION SELECT founding FROM woods WHERE id = ?) ORDER BY digest",
                (wood, wood),
            )
        documents = {each["digest"]: json.loads(each["document"]) for each in contents}
        logged: list[LoggedTurn] = []
        for first in range(1, row["turn"] + 1, _BATCH):
            span = (wood, first, min(first + _BATCH - 1, row["turn"]))
            async with self._database.reading() as connection:
                applied = await connection.execute_fetchall(
                    "SELECT applied_turn, number, at, action FROM interventions "
                    "WHERE wood = ? AND applied_turn BETWEEN ? AND ? ORDER BY number",
                    span,
                )
                turns = await connection.execute_fetchall(
                    "SELECT number, content, decisions, hash FROM turns "
                    "WHERE wood = ? AND number BETWEEN ? AND ? ORDER BY number",
                    span,
                )
            logged += await asyncio.to_thread(_logged, list(turns), list(applied))
        return Log(row["seed"], row["founded_hash"], row["founding"], documents, tuple(logged), len(logged))


def _logged(turns: Iterable[sqlite3.Row], applied: Iterable[sqlite3.Row]) -> list[LoggedTurn]:
    actions: dict[int, list[Intervention]] = {}
    for each in applied:
        actions.setdefault(each["applied_turn"], []).append(entry_row(each).action)
    return [_turn(turn, actions) for turn in turns]


def _turn(row: sqlite3.Row, actions: Mapping[int, Sequence[Intervention]]) -> LoggedTurn:
    number = row["number"]
    with understanding(f"What the minds decided in turn {number}"):
        decided = decisions_form().validate_json(row["decisions"])
    return LoggedTurn(number, row["content"], tuple(actions.get(number, ())), decided, row["hash"])
