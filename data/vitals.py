"""How the woods of a database do, without reading their worlds: what is due, what is owed, how much there is."""

import json
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from data.database import Database
from data.errors import Stored, StoreDamagedError
from data.packing import unpack
from data.rows import from_ms, to_ms
from data.understanding import understanding

_OPEN: Final = "state IN ('owed', 'sending')"
SAMPLE: Final = 50
"""Rows of a table from whose mean its size is reckoned."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """A wood whose turn is due, or lies further ahead than its pace.

    Attributes:
        wood: its key.
        turn: turns completed.
        next_turn: when the next is due.
        pace: seconds between turns.
        dozing: whether they come seldom.
    """

    wood: int
    turn: int
    next_turn: datetime
    pace: int
    dozing: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How one wood does.

    Attributes:
        wood: its key.
        channel_id: the channel it lives in.
        pace: seconds between turns.
        turn: turns completed.
        taken_at: when the last one was taken; None before the first.
        next_turn: when the next is due; None while it is paused.
        dozing: whether turns come seldom.
        owed: posts that are owed.
        problem: why one of them did not arrive, or why the wood rests, as a notice is kept; "" where all did.
        minds: the minds that were asked in the last turn.
        unanswered: why some of them gave no answer then, each once.
        latency: seconds that the slowest of them took.
    """

    wood: int
    channel_id: int
    pace: int
    turn: int
    taken_at: datetime | None
    next_turn: datetime | None
    dozing: bool
    owed: int
    problem: str
    minds: tuple[str, ...]
    unanswered: tuple[str, ...]
    latency: float


STANDINGS: Final = f"""
    SELECT id, channel_id, pace, turn, next_turn, dozing,
        (SELECT taken_at FROM turns WHERE wood = woods.id AND number = woods.turn) AS taken_at,
        (SELECT count(*) FROM posts WHERE wood = woods.id AND {_OPEN}) AS owed,
        (SELECT problem FROM posts WHERE id IN (SELECT max(id) FROM posts WHERE wood = woods.id GROUP BY kind)
            AND problem <> '' ORDER BY kind = 'pin', next_try DESC LIMIT 1) AS problem,
        (SELECT packed FROM calls WHERE wood = woods.id AND turn = woods.turn) AS packed,
        (SELECT silent FROM calls WHERE wood = woods.id AND turn = woods.turn) AS silent
    FROM woods WHERE razed_at IS NULL
"""  # noqa: S608 - made of constants
"""Every living wood's :class:`Standing`."""


def standing_of(row: sqlite3.Row) -> Standing:
    """Read a row of :data:`STANDINGS`.

    Raises:
        StoreDamagedError: it holds what was never written.
    """
    fields: dict[str, Any] = {key: row[key] for key in ("channel_id", "pace", "turn", "owed")}
    with understanding(Stored.WOOD, place=row["id"]):
        fields |= {key: None if row[key] is None else from_ms(row[key]) for key in ("taken_at", "next_turn")}
    calls: list[dict[str, Any]] = []
    with suppress(ValueError):  # damaged calls are the doctor's matter; the wood goes on
        calls = json.loads(unpack(row["packed"])) if row["packed"] else []
    return Standing(
        wood=row["id"],
        dozing=bool(row["dozing"]),
        problem=row["problem"] or "",
        minds=tuple(sorted({str(call["engine"]) for call in calls})),
        unanswered=tuple(sorted((row["silent"] or "").split())),
        latency=max((float(call["latency"]) for call in calls), default=0.0),
        **fields,
    )


class Vitals:
    """What the heartbeat and keepers look at."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime) -> list[DueRow]:
        """The woods of our servers whose turn is due, and those whose turn lies further ahead than their pace."""
        rows = await self._database.rows(
            "SELECT id, turn, next_turn, pace, dozing FROM our_woods WHERE razed_at IS NULL "
            "AND next_turn IS NOT NULL AND (next_turn <= :now OR next_turn > :now + pace * 1000)",
            {"now": to_ms(now)},
        )
        found = []
        for row in rows:
            with suppress(StoreDamagedError):  # it rests, and was named at the start
                with understanding(Stored.WOOD, place=row["id"]):
                    due = from_ms(row["next_turn"])
                found.append(DueRow(row["id"], row["turn"], due, row["pace"], bool(row["dozing"])))
        return found

    async def owed(self) -> tuple[int, tuple[int, datetime] | None]:
        """How many posts are owed, and the one that may be tried first: its key, and from when on."""
        wanted = f"{_OPEN} AND (woods.razed_at IS NULL OR posts.kind IN ('board', 'removal'))"
        async with self._database.reading() as connection:
            (counted,) = await connection.execute_fetchall(f"SELECT count(*) FROM posts WHERE {_OPEN}")  # noqa: S608
            first = await connection.execute_fetchall(
                "SELECT posts.id, posts.next_try FROM posts JOIN our_woods AS woods ON woods.id = posts.wood "  # noqa: S608
                f"WHERE {wanted} ORDER BY posts.next_try LIMIT 1"
            )
        with suppress(StoreDamagedError), understanding(Stored.WOOD):
            return counted[0], next(((row["id"], from_ms(row["next_try"])) for row in first), None)
        return counted[0], None

    async def standing(self, channel_id: int) -> Standing | None:
        """How the wood of a channel does; None where none lives."""
        rows = await self._database.rows(f"{STANDINGS} AND channel_id = ?", (channel_id,))
        return next((standing_of(row) for row in rows), None)

    async def size(self, wood: int) -> int:
        """About how many bytes a wood takes, reckoned from its world and from the last rows of what grows with it."""
        size = 0
        async with self._database.reading() as connection:
            for table, order, columns in _GROWING:
                lengths = " + ".join(f"coalesce(length({column}), 0)" for column in columns)
                last = f"SELECT {lengths} AS bytes FROM {table} WHERE wood = ? ORDER BY {order} DESC LIMIT {SAMPLE}"  # noqa: S608
                (row,) = await connection.execute_fetchall(
                    f"SELECT (SELECT count(*) FROM {table} WHERE wood = ?) * (SELECT avg(bytes) FROM ({last}))",  # noqa: S608
                    (wood, wood),
                )
                size += int(row[0] or 0)
            rows = await connection.execute_fetchall("SELECT length(world) FROM woods WHERE id = ?", (wood,))
        return size + sum(int(row[0]) for row in rows)


_GROWING: Final = (
    ("turns", "number", ("record", "decisions")),
    ("calls", "turn", ("packed",)),
    ("traces", "turn", ("user", "response", "thought", "orders", "gossip")),
    ("interventions", "number", ("action",)),
)
"""Tables that grow with a wood, what orders them, and the columns that take the room."""
