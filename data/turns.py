"""The turns of a wood: written in one transaction each, read by number or by time; and the calls to its minds."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from data import calls, farewells, nudges
from data.database import Database
from data.errors import StoreConflictError
from data.packing import LARGEST, pack
from data.posts import owe
from data.program import program_version
from data.questions import keep_thoughts
from data.readers import WOOD_COLUMNS, turn_row, wood_row
from data.receipts import keep_hearing
from data.rows import Moment, PostKind, Reminder, TurnCommit, TurnRow, WoodRow, from_ms, to_ms
from data.statements import Statements
from data.upcasts import HASHES, Kind, schema_of
from data.woods import keep_content
from wood.chronicle import EventKind
from wood.trace import Trace
from wood.version import RULES

T = TypeVar("T")

COLUMNS: Final = "number, taken_at, record, schema, content, hashes"
"""What :func:`data.readers.turn_row` reads."""
LATELY: Final = f"SELECT {COLUMNS} FROM turns WHERE wood = ? ORDER BY number DESC LIMIT ?"  # noqa: S608 - a constant
"""A wood's last turns, the last first."""
TOLD: Final = "SELECT turn, legend FROM legends WHERE wood = ? ORDER BY turn DESC, legend"
"""The legends (and plain shocks) told in a wood with their turns, newest first."""
_MOMENT: Final = timedelta(milliseconds=1)
"""The least that the store tells apart."""
_FEW: Final = 16
"""Turns that are made of their JSON where they are read: another thread would hold their reader up for longer."""
_BATCH: Final = 100
"""Turns read, and made of their JSON, at a time: the reader is free and the event loop is served in between."""


class Turns:
    """The turns and traces of all woods."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def commit(self, done: TurnCommit) -> None:
        """Write a turn whole: world, inputs applied, decisions, record, traces and the posts now owed.

        Turns that are taken at the same time share a commit; each stands or falls for itself.

        Raises:
            StoreConflictError: the wood does not stand exactly one turn before, is razed, or an intervention was
                applied already; nothing was written.
        """
        turn, wood = done.turn, done.wood

        async def write(connection: Statements) -> None:
            outlook = done.outlook(await _standing(connection, wood, turn.number))
            await keep_content(connection, done.content, done.document)
            await _keep_seam(connection, wood)
            if any(event.kind is EventKind.BELIEF for event in turn.events):
                await keep_hearing(connection, wood)
            await connection.execute(
                "UPDATE woods SET turn = ?, world = ?, schema = ?, version = ?, content = ?, dozing = ?, "
                "next_turn = CASE WHEN next_turn IS NULL THEN NULL ELSE ? END "  # it may have been paused meanwhile
                "WHERE id = ?",
                (
                    turn.number,
                    done.kept.world,
                    schema_of(Kind.WORLD),
                    program_version(),
                    done.content,
                    outlook.dozing,
                    to_ms(outlook.next_turn),
                    wood,
                ),
            )
            for number in done.applied:
                cursor = await connection.execute(
                    "UPDATE interventions SET applied_turn = ? WHERE wood = ? AND number = ? AND applied_turn IS NULL",
                    (turn.number, wood, number),
                )
                if cursor.rowcount != 1:
                    raise StoreConflictError(f"intervention {number} was applied already")
            values = {
                "wood": wood,
                "number": turn.number,
                "taken_at": to_ms(done.taken_at),
                "record": done.kept.record,
                "schema": schema_of(Kind.RECORD),
                "decisions": done.kept.decisions,
                "decisions_schema": schema_of(Kind.DECISIONS),
                "content": done.content,
                "rules": RULES,
                "hashes": HASHES,
                "hash": turn.hash,
            }
            await connection.execute(
                f"INSERT INTO turns ({', '.join(values)}) VALUES (:{', :'.join(values)})",  # noqa: S608 - names above
                values,
            )
            told = [event.subject for event in turn.events if event.kind is EventKind.LEGEND]
            for slug in dict.fromkeys(told):
                await connection.execute("INSERT INTO legends VALUES (?, ?, ?)", (wood, turn.number, slug))
            if done.kept.calls is not None:
                await calls.keep(connection, wood, turn.number, done.kept.calls)
            await keep_thoughts(connection, wood, turn.number, done.thoughts)
            await farewells.drop_ended(connection, wood, turn.number)
            await owe(connection, wood, PostKind.BOARD, done.taken_at)
            moments = list(outlook.moments)
            for kind in outlook.owes:
                if kind is not PostKind.REPORT:
                    await owe(connection, wood, kind, done.taken_at, turn.number)
                elif await _owe_report(connection, wood, done.taken_at + _MOMENT, done.taken_at):
                    moments.append(_call_open(done.taken_at))  # the report is up to the turn, which it tells of too
            await nudges.owe_nudges(connection, wood, done.taken_at, turn.references, moments)
            for key in done.tidings:
                await owe(connection, wood, PostKind.NOTIFY, done.taken_at, key)

        await self._database.together(write)

    async def owe_report(self, wood: int, until: datetime, now: datetime) -> bool:
        """Owe the report of all hours up to a time that no report was owed for; says whether there are any."""
        async with self._database.writing() as connection:
            owed = await _owe_report(connection, wood, until, now)
            if owed:
                await nudges.owe_nudges(connection, wood, now, {}, [_call_open(until)])
        return owed

    async def recent(self, wood: int, count: int, *, before: datetime | None = None) -> list[TurnRow]:
        """The last ``count`` turns (of those taken before a time), oldest first."""
        if count > _FEW:
            return await _read(await self._recent(wood, count, before, list))
        return await self._recent(wood, count, before, lambda rows: [turn_row(row) for row in rows])

    async def _recent(
        self, wood: int, count: int, before: datetime | None, read: Callable[[list[sqlite3.Row]], list[T]]
    ) -> list[T]:
        end = "" if before is None else "AND taken_at < ?"
        values = (wood, count) if before is None else (wood, to_ms(before), count)
        query = f"SELECT {COLUMNS} FROM turns WHERE wood = ? {end} ORDER BY number DESC LIMIT ?"  # noqa: S608
        return await self._database.read(lambda connection: read(connection.execute(query, values).fetchall()[::-1]))

    async def between(self, wood: int, start: datetime, end: datetime) -> list[TurnRow]:
        """The turns taken from ``start`` until before ``end``, oldest first, however many they are."""
        span = (wood, to_ms(start), to_ms(end))
        (ends,) = await self._database.rows(
            "SELECT min(number) AS first, max(number) AS last FROM turns "
            "WHERE wood = ? AND taken_at >= ? AND taken_at < ?",
            span,
        )
        turns: list[TurnRow] = []
        for first in range(ends["first"], ends["last"] + 1, _BATCH) if ends["first"] is not None else ():
            rows = await self._database.rows(
                f"SELECT {COLUMNS} FROM turns WHERE wood = ? AND taken_at >= ? AND taken_at < ? "  # noqa: S608
                "AND number BETWEEN ? AND ? ORDER BY number",
                (*span, first, min(first + _BATCH - 1, ends["last"])),
            )
            turns += await _read(list(rows))
        return turns

    async def numbered(self, wood: int, first: int, last: int) -> list[TurnRow]:
        """The turns from one number to another, oldest first."""
        rows = await self._database.rows(
            f"SELECT {COLUMNS} FROM turns WHERE wood = ? AND number BETWEEN ? AND ? ORDER BY number",  # noqa: S608
            (wood, first, last),
        )
        return await _read(list(rows))

    async def any_between(self, wood: int, start: datetime, end: datetime) -> bool:
        """Whether any turn was taken from ``start`` until before ``end``."""
        rows = await self._database.rows(
            "SELECT 1 FROM turns WHERE wood = ? AND taken_at >= ? AND taken_at < ? LIMIT 1",
            (wood, to_ms(start), to_ms(end)),
        )
        return bool(list(rows))

    async def taken_at(self, wood: int) -> datetime | None:
        """When the last turn was taken; None before the first."""
        rows = await self._database.rows(
            "SELECT taken_at FROM turns WHERE wood = ? ORDER BY number DESC LIMIT 1", (wood,)
        )
        return next((from_ms(row["taken_at"]) for row in rows), None)

    async def put_right(self, wood: int, now: datetime) -> None:
        """Let a wood's time go on from now after a clock that was ahead: what was reported then stays reported.

        The turns taken meanwhile are dated now: those that a report has told just before the next one's hours, the
        others within them, so that each is told once.
        """
        at = to_ms(now)
        async with self._database.writing() as connection:
            rows = await connection.execute_fetchall("SELECT reported_until FROM woods WHERE id = ?", (wood,))
            for row in rows:
                await connection.execute(
                    "UPDATE turns SET taken_at = CASE WHEN taken_at < ? THEN ? ELSE ? END "
                    "WHERE wood = ? AND taken_at >= ?",
                    (row["reported_until"], at - 1, at, wood, at),
                )
            await connection.execute("UPDATE woods SET reported_until = ? WHERE id = ?", (at, wood))

    async def told(self, wood: int) -> list[tuple[int, str]]:
        """The legends (and plain shocks) told in a wood with their turns, newest first."""
        rows = await self._database.rows(TOLD, (wood,))
        return [(row["turn"], row["legend"]) for row in rows]

    async def pack_old(self, wood: int) -> int:
        """Pack up to a batch of a wood's turns that an older version stored as text; answers how many."""
        rows = await self._database.rows(
            "SELECT number, record, decisions FROM turns WHERE wood = ? AND typeof(record) = 'text' "
            "AND length(record) <= ? LIMIT ?",
            (wood, LARGEST // 4, _BATCH),
        )
        packed = await asyncio.to_thread(_packed, wood, list(rows))
        if packed:
            async with self._database.writing() as connection:
                await connection.executemany(
                    "UPDATE turns SET record = ?, decisions = ? WHERE wood = ? AND number = ?", packed
                )
        return len(packed)

    async def prune_traces(self, wood: int, last: int) -> int:
        """Delete up to a batch of a wood's calls of the turns up to ``last``; answers how many rows they were."""
        async with self._database.writing() as connection:
            return await calls.thin(connection, wood, last)

    def traces(self, wood: int | None = None, *, first: int = 1, last: int | None = None) -> AsyncIterator[Trace]:
        """The calls to the minds of one wood or of all, in the order they were made, over a span of turns.

        Raises:
            StoreOutdatedError: a call is damaged, or a newer program wrote it.
        """
        return calls.read(self._database, wood, first, last)


async def _read(rows: Sequence[sqlite3.Row]) -> list[TurnRow]:
    """Make turns of rows in a thread, some at a time."""
    turns: list[TurnRow] = []
    for at in range(0, len(rows), _BATCH):
        turns += await asyncio.to_thread(lambda some: [turn_row(row) for row in some], rows[at : at + _BATCH])
    return turns


def _packed(wood: int, rows: Sequence[sqlite3.Row]) -> list[tuple[bytes | str, bytes | str, int, int]]:
    return [(pack(row["record"]), pack(row["decisions"]), wood, row["number"]) for row in rows]


async def _owe_report(connection: Statements, wood: int, until: datetime, now: datetime) -> bool:
    """Owe the report of the hours up to a time; reports follow one another, so no hour is told twice or left out."""
    rows = await connection.execute_fetchall(
        "SELECT reported_until FROM woods WHERE id = ? AND reported_until < ? AND razed_at IS NULL",
        (wood, to_ms(until)),
    )
    since = next((from_ms(row["reported_until"]) for row in rows), None)
    if since is None:
        return False
    await connection.execute("UPDATE woods SET reported_until = ? WHERE id = ?", (to_ms(until), wood))
    await owe(connection, wood, PostKind.REPORT, now, to_ms(until), since=since)
    return True


def _call_open(until: datetime) -> Moment:
    """The moment of a report: the next daily call is open below it."""
    return Moment(Reminder.CALL, to_ms(until))


async def _standing(connection: Statements, wood: int, number: int) -> WoodRow:
    """The row of a wood that waits for a turn.

    Raises:
        StoreConflictError: the turn was taken already, or the wood is gone.
    """
    query = f"SELECT {WOOD_COLUMNS} FROM woods WHERE id = ? AND turn = ? AND razed_at IS NULL"  # noqa: S608 - constants
    for row in await connection.execute_fetchall(query, (wood, number - 1)):
        return wood_row(row)
    raise StoreConflictError(f"turn {number} was taken already, or its wood is gone")


async def _keep_seam(connection: Statements, wood: int) -> None:
    """Keep the stored world where the coming turn is played by other rules or hashes than the one that left it."""
    await connection.execute(
        "INSERT INTO seams (wood, turn, schema, world) SELECT woods.id, woods.turn, woods.schema, woods.world "
        "FROM woods LEFT JOIN turns ON turns.wood = woods.id AND turns.number = woods.turn WHERE woods.id = ? "
        "AND (coalesce(turns.rules, woods.rules) <> ? OR coalesce(turns.hashes, woods.hashes) <> ?)",
        (wood, RULES, HASHES),
    )
