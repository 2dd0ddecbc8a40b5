"""The woods themselves: founded, changed, razed, restored, and seen as one snapshot."""

import json
import logging
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypedDict, Unpack

from data import farewells
from data.calls import drop_prompts
from data.database import Database
from data.errors import StoreConflictError, StoreDamagedError, WoodTakenError
from data.log import founding_hash
from data.posts import owe, owe_pin
from data.program import program_version
from data.readers import LIVING, PATRONS, PENDING, WOOD_COLUMNS, StoredWorld, entry_row, patron_row, wood_row
from data.rows import Founding, PostKind, Snapshot, WoodRow, to_ms
from data.statements import Statements
from data.upcasts import HASHES, Kind, schema_of
from wood.chronicle import dump
from wood.version import RULES

log = logging.getLogger(__name__)

_LIVING: Final = f"SELECT {WOOD_COLUMNS} FROM our_woods WHERE razed_at IS NULL"  # noqa: S608 - made of constants

_LONG: Final = (("calls", "id"), ("traces", "id"), ("turns", "number"), ("interventions", "number"))
"""Tables that grow with every turn, and what tells the rows of one wood apart."""
_BATCH: Final = 500
"""Rows deleted in one transaction."""


class Changes(TypedDict, total=False):
    """What can be changed of a wood's settings; ``next_turn`` None pauses it."""

    pace: int
    zone: str
    report_hour: int
    next_turn: datetime | None
    extras: bool
    pinned: bool
    dozes: bool
    free_text: bool


async def keep_content(connection: Statements, digest: str, document: str) -> None:
    """Keep a content document under its digest, once."""
    await connection.execute("INSERT OR IGNORE INTO contents VALUES (?, ?)", (digest, document))


@dataclass(frozen=True, slots=True)
class WoodRows:
    """All rows of a snapshot, of which nothing is made yet: its world is the most work."""

    wood: sqlite3.Row
    pending: list[sqlite3.Row]
    patrons: list[sqlite3.Row]
    farewells: list[sqlite3.Row]


def rows_of(connection: sqlite3.Connection, channel_id: int) -> WoodRows | None:
    """The living wood of a channel."""
    row: sqlite3.Row | None = connection.execute(LIVING, (channel_id,)).fetchone()
    if row is None:
        return None
    return WoodRows(
        row, *(connection.execute(query, (row["id"],)).fetchall() for query in (PENDING, PATRONS, farewells.READ))
    )


def snapshot_of(rows: WoodRows) -> Snapshot:
    """Make sense of them.

    Raises:
        StoreOutdatedError: the world, or what waits, is not understood by this program.
    """
    return Snapshot(
        wood_row(rows.wood),
        StoredWorld(rows.wood["schema"], rows.wood["world"], rows.wood["version"]).read(),
        tuple(entry_row(each) for each in rows.pending),
        tuple(patron_row(each) for each in rows.patrons),
        tuple(farewells.farewell_row(each) for each in rows.farewells),
    )


class Woods:
    """The table of woods."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def found(self, founding: Founding) -> WoodRow:
        """Keep a new wood, and owe its channel the board.

        Raises:
            WoodTakenError: a living wood stands in the channel.
        """
        values = {
            "channel_id": founding.channel_id,
            "guild_id": founding.guild_id,
            "seed": founding.seed,
            "pace": founding.pace,
            "zone": founding.zone,
            "report_hour": founding.report_hour,
            "founded_at": to_ms(founding.founded_at),
            "next_turn": to_ms(founding.next_turn),
            "turn": founding.world.turn,
            "world": dump(founding.world).decode(),
            "schema": schema_of(Kind.WORLD),
            "version": program_version(),
            "rules": RULES,
            "hashes": HASHES,
            "founded_hash": founding_hash(founding.world),
            "founding": founding.content,
            "content": founding.content,
            "reported_until": to_ms(founding.founded_at),
            "pressed_at": to_ms(founding.founded_at),
        }
        async with self._database.writing() as connection:
            await keep_content(connection, founding.content, founding.document)
            living = await connection.execute_fetchall(
                "SELECT 1 FROM woods WHERE razed_at IS NULL AND channel_id = ?", (founding.channel_id,)
            )
            if list(living):
                raise WoodTakenError(f"a wood already lives in channel {founding.channel_id}")
            rows = await connection.execute_fetchall(
                f"INSERT INTO woods ({', '.join(values)}) VALUES (:{', :'.join(values)}) RETURNING {WOOD_COLUMNS}",  # noqa: S608
                values,
            )
            (wood,) = (wood_row(row) for row in rows)
            await owe(connection, wood.id, PostKind.BOARD, founding.founded_at)
        return wood

    async def living(self, channel_id: int) -> WoodRow | None:
        """The living wood of a channel."""
        query = f"{_LIVING} AND channel_id = ?"
        row = await self._database.read(lambda connection: connection.execute(query, (channel_id,)).fetchone())
        return None if row is None else wood_row(row)

    async def by_id(self, wood: int) -> WoodRow | None:
        """A wood by its own key, living or razed."""
        query = f"SELECT {WOOD_COLUMNS} FROM woods WHERE id = ?"  # noqa: S608 - made of constants
        row = await self._database.read(lambda connection: connection.execute(query, (wood,)).fetchone())
        return None if row is None else wood_row(row)

    async def all(self) -> list[WoodRow]:
        """Every living wood of our servers, oldest first; those with damaged rows rest and are named in the log."""
        rows = await self._database.rows(f"{_LIVING} ORDER BY id")
        woods = []
        for row in rows:
            try:
                woods.append(wood_row(row))
            except StoreDamagedError as error:
                log.error("channel %s: %s", row["channel_id"], error)
        return woods

    async def strangers(self) -> int:
        """How many living woods of this file belong to servers of other shards; they take no turn here."""
        (row,) = await self._database.rows(
            "SELECT (SELECT count(*) FROM woods WHERE razed_at IS NULL)"
            " - (SELECT count(*) FROM our_woods WHERE razed_at IS NULL)"
        )
        strangers: int = row[0]
        return strangers

    async def snapshot(self, channel_id: int) -> Snapshot | None:
        """The living wood of a channel with its world, what waits for its next turn, and its patrons.

        Raises:
            StoreOutdatedError: its world, or what waits, is not understood by this program.
        """
        found = await self._database.read(lambda connection: rows_of(connection, channel_id))
        return snapshot_of(found) if found else None

    async def change(self, wood: int, now: datetime, **changes: Unpack[Changes]) -> None:
        """Change a living wood's settings (all that are given), and owe its board anew.

        Raises:
            StoreConflictError: the wood is gone.
        """
        columns: dict[str, Any] = dict(changes)
        if isinstance(due := columns.get("next_turn"), datetime):
            columns["next_turn"] = to_ms(due)
        sets = ", ".join(f"{column} = ?" for column in columns)
        async with self._database.writing() as connection:
            cursor = await connection.execute(
                f"UPDATE woods SET {sets} WHERE id = ? AND razed_at IS NULL",  # noqa: S608 - names of a TypedDict
                (*columns.values(), wood),
            )
            if cursor.rowcount != 1:
                raise StoreConflictError("the wood is gone")
            await owe(connection, wood, PostKind.BOARD, now)
            if "pinned" in changes:
                await owe_pin(connection, wood, now)

    async def pressed(self, wood: int, now: datetime) -> None:
        """Note that somebody has pressed something in a living wood."""

        async def write(connection: Statements) -> None:
            await connection.execute("UPDATE woods SET pressed_at = ? WHERE id = ?", (to_ms(now), wood))

        await self._database.write(write)

    async def wake(self, wood: int, now: datetime, next_turn: datetime) -> None:
        """Wake a wood that dozes because somebody has pressed something, and owe its board.

        Args:
            wood: which.
            now: the time.
            next_turn: when its next turn is due at the latest; one that rests takes none all the same.
        """

        async def write(connection: Statements) -> None:
            cursor = await connection.execute(
                "UPDATE woods SET pressed_at = ?, dozing = 0, next_turn = min(next_turn, ?) WHERE id = ? AND dozing",
                (to_ms(now), to_ms(next_turn), wood),
            )
            if cursor.rowcount == 1:
                await owe(connection, wood, PostKind.BOARD, now)

        await self._database.write(write)

    async def raze(self, wood: int, now: datetime) -> None:
        """Take a wood out of play, and owe its board the news; its rows stay until :meth:`purge`.

        Raises:
            StoreConflictError: it was razed already.
        """
        async with self._database.writing() as connection:
            cursor = await connection.execute(
                "UPDATE woods SET razed_at = ? WHERE id = ? AND razed_at IS NULL", (to_ms(now), wood)
            )
            if cursor.rowcount != 1:
                raise StoreConflictError("the wood is gone")
            await owe(connection, wood, PostKind.BOARD, now)

    async def razed(self, channel_id: int, since: datetime) -> WoodRow | None:
        """The wood that was razed in a channel last, if not before ``since``."""
        rows = await self._database.rows(
            f"SELECT {WOOD_COLUMNS} FROM woods WHERE channel_id = ? AND razed_at >= ? "  # noqa: S608
            "ORDER BY razed_at DESC, id DESC LIMIT 1",
            (channel_id, to_ms(since)),
        )
        return next((wood_row(row) for row in rows), None)

    async def restore(self, wood: int, now: datetime, next_turn: datetime | None) -> None:
        """Bring a razed wood back, and owe its board.

        Raises:
            WoodTakenError: another wood lives in its channel now.
            StoreConflictError: it is gone.
        """
        due = None if next_turn is None else to_ms(next_turn)
        async with self._database.writing() as connection:
            try:
                cursor = await connection.execute(
                    "UPDATE woods SET razed_at = NULL, next_turn = ?, pressed_at = ?, dozing = 0 "
                    "WHERE id = ? AND razed_at IS NOT NULL",
                    (due, to_ms(now), wood),
                )
            except sqlite3.IntegrityError as error:
                raise WoodTakenError("another wood lives in that channel now") from error
            if cursor.rowcount != 1:
                raise StoreConflictError("the wood is gone")
            await owe(connection, wood, PostKind.BOARD, now)

    async def purge(self, before: datetime) -> int:
        """Delete the woods razed before a time, with all that is theirs; answers how many.

        A part at a time, so that nothing else waits long to be written.
        """
        purged = 0
        while (wood := await self._razed_before(before)) is not None:
            for table, key in _LONG:
                while await self._shrink(table, key, wood, before) == _BATCH:
                    pass
            async with self._database.writing() as connection:
                cursor = await connection.execute(
                    "DELETE FROM woods WHERE id = ? AND razed_at < ?", (wood, to_ms(before))
                )
                purged += cursor.rowcount
        if purged:
            async with self._database.writing() as connection:
                await drop_prompts(connection)
                await connection.execute(
                    "DELETE FROM contents WHERE digest NOT IN (SELECT founding FROM woods UNION SELECT content "
                    "FROM woods) AND NOT EXISTS (SELECT 1 FROM turns WHERE content = contents.digest)"
                )
        return purged

    async def _razed_before(self, before: datetime) -> int | None:
        rows = await self._database.rows(
            "SELECT id FROM woods WHERE razed_at < ? ORDER BY id LIMIT 1", (to_ms(before),)
        )
        return next((row["id"] for row in rows), None)

    async def _shrink(self, table: str, key: str, wood: int, before: datetime) -> int:
        """Delete a batch of what a razed wood has in a table; answers how many rows."""
        async with self._database.writing() as connection:
            cursor = await connection.execute(
                f"DELETE FROM {table} WHERE wood = ? AND {key} IN (SELECT {key} FROM {table} "  # noqa: S608 - constants
                "WHERE wood = (SELECT id FROM woods WHERE id = ? AND razed_at < ?) LIMIT ?)",
                (wood, wood, to_ms(before), _BATCH),
            )
        return cursor.rowcount

    async def content(self, digest: str) -> dict[str, Any]:
        """A content document by its digest.

        Raises:
            KeyError: there is none.
        """
        rows = await self._database.rows("SELECT document FROM contents WHERE digest = ?", (digest,))
        for row in rows:
            document: dict[str, Any] = json.loads(row["document"])
            return document
        raise KeyError(digest)
