"""The calls to the minds as they are kept: a turn's in one packed row, each system prompt once under its digest.

Older versions kept a row a call in the table ``traces``. Those rows are read, and thinned, as they are.
"""

import asyncio
import hashlib
import json
import sqlite3
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from data.database import Database
from data.errors import Stored
from data.packing import pack, unpack
from data.statements import Statements
from data.traces import record, trace_from
from data.understanding import understanding
from data.upcasts import UpcastError
from wood.trace import Trace

PAGE: Final = 500
"""Calls of older versions that are read, or rows deleted, at a time."""
_TURNS: Final = 50
"""Turns whose calls are unpacked at a time."""
_TOLD: Final = ("wood", "turn")
"""What the row says, and the packed calls need not."""


@dataclass(frozen=True, slots=True)
class KeptCalls:
    """The calls of a turn as they are kept.

    Attributes:
        prompts: their system prompts, by digest.
        silent: why minds gave no answer, each reason once, as the calls' ``why`` begins.
        packed: the calls.
    """

    prompts: Mapping[str, str]
    silent: str
    packed: bytes | str


def kept_calls(traces: Sequence[Trace]) -> KeptCalls | None:
    """Make what is kept of the calls of a turn; None of none."""
    if not traces:
        return None
    silent = dict.fromkeys(trace.why.partition(":")[0] for trace in traces if trace.why)
    prompts = {_digest(trace.system): trace.system for trace in traces}
    return KeptCalls(prompts, " ".join(silent), pack(written(traces)))


async def keep(connection: Statements, wood: int, turn: int, calls: KeptCalls) -> None:
    """Keep the calls of a turn, in the transaction that stores the turn."""
    await connection.executemany("INSERT OR IGNORE INTO prompts VALUES (?, ?)", list(calls.prompts.items()))
    await connection.executemany(
        "INSERT OR IGNORE INTO prompted VALUES (?, ?)", [(wood, each) for each in calls.prompts]
    )
    await connection.execute(
        "INSERT INTO calls (wood, turn, silent, packed) VALUES (?, ?, ?, ?)", (wood, turn, calls.silent, calls.packed)
    )


def written(traces: Iterable[Trace]) -> str:
    """The calls of a turn as JSON, as they are packed; system prompts by their digests."""
    calls = [{**record(trace), "system": _digest(trace.system)} for trace in traces]
    told = [{name: value for name, value in call.items() if name not in _TOLD} for call in calls]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=256)
def _digest(system: str) -> str:
    return hashlib.sha256(system.encode()).hexdigest()


async def thin(connection: Statements, wood: int, last: int) -> int:
    """Delete up to a batch of a wood's calls of the turns up to ``last``; answers how many rows they were."""
    deleted = 0
    for table in ("calls", "traces"):
        cursor = await connection.execute(
            f"DELETE FROM {table} WHERE id IN "  # noqa: S608 - constants
            f"(SELECT id FROM {table} WHERE wood = ? AND turn <= ? LIMIT ?)",
            (wood, last, PAGE - deleted),
        )
        deleted += cursor.rowcount
    return deleted


_PLAIN: Final = (
    "SELECT why FROM traces JOIN woods ON woods.id = traces.wood AND woods.turn = traces.turn WHERE woods.id = ?"
)
_PACKED: Final = (
    "SELECT silent FROM calls JOIN woods ON woods.id = calls.wood AND woods.turn = calls.turn WHERE woods.id = ?"
)


def silent_in(connection: sqlite3.Connection, wood: int) -> frozenset[str]:
    """Why minds gave no answer in a wood's last turn, as the calls' ``why`` begins; empty where all did."""
    plain = connection.execute(_PLAIN, (wood,)).fetchall()
    packed = connection.execute(_PACKED, (wood,)).fetchall()
    found = {row["why"].partition(":")[0] for row in plain} - {""}
    return frozenset(found.union(*(row["silent"].split() for row in packed)))


async def drop_prompts(connection: Statements) -> None:
    """Delete the system prompts that no wood's calls name any more."""
    await connection.execute(
        "DELETE FROM prompts WHERE NOT EXISTS (SELECT 1 FROM traces WHERE system = prompts.digest) "
        "AND NOT EXISTS (SELECT 1 FROM prompted WHERE prompted.digest = prompts.digest)"
    )


async def read(database: Database, wood: int | None, first: int, last: int | None) -> AsyncIterator[Trace]:
    """The calls of one wood or of all, in the order they were made, over a span of turns.

    No snapshot is held while a call is looked at, so a slow reader keeps nobody from emptying the write-ahead log.

    Raises:
        StoreOutdatedError: a call is damaged, or a newer program wrote it.
    """
    span = (wood, wood, first, last, last)
    within = "(? IS NULL OR wood = ?) AND turn >= ? AND (? IS NULL OR turn <= ?)"
    query = (
        "SELECT traces.*, prompts.text FROM traces JOIN prompts ON prompts.digest = traces.system "  # noqa: S608
        f"WHERE traces.id > ? AND {within} ORDER BY traces.id LIMIT ?"
    )
    rows: list[sqlite3.Row] | None = None
    while rows is None or len(rows) == PAGE:
        after = rows[-1]["id"] if rows else 0
        rows = list(await database.rows(query, (after, *span, PAGE)))
        for row in rows:
            yield _plain(row)
    prompts: dict[str, str] = {}
    query = f"SELECT id, wood, turn, packed FROM calls WHERE id > ? AND {within} ORDER BY id LIMIT ?"  # noqa: S608
    rows = None
    while rows is None or len(rows) == _TURNS:
        async with database.reading() as connection:
            after = rows[-1]["id"] if rows else 0
            rows = list(await connection.execute_fetchall(query, (after, *span, _TURNS)))
            calls = await asyncio.to_thread(_all_unpacked, rows)
            for digest in {call["system"] for _, call in calls} - prompts.keys():
                for found in await connection.execute_fetchall("SELECT text FROM prompts WHERE digest = ?", (digest,)):
                    prompts[digest] = found["text"]
        for row, call in calls:
            with understanding(Stored.CALL, place=row["turn"]):
                trace = _trace(row, call, prompts)
            yield trace


def _all_unpacked(rows: Sequence[sqlite3.Row]) -> list[tuple[sqlite3.Row, dict[str, Any]]]:
    return [(row, call) for row in rows for call in _unpacked(row)]


def _unpacked(row: sqlite3.Row) -> list[dict[str, Any]]:
    """The calls of a turn as :func:`keep` wrote them."""
    with understanding(Stored.CALL, place=row["turn"]):
        try:
            calls = json.loads(unpack(row["packed"]))
            return [{**call, "system": str(call["system"])} for call in calls]
        except (TypeError, KeyError, RecursionError, json.JSONDecodeError) as error:
            raise UpcastError(f"it has another form: {error}") from error


def _trace(row: sqlite3.Row, call: Mapping[str, Any], prompts: Mapping[str, str]) -> Trace:
    try:
        return trace_from({**call, "wood": str(row["wood"]), "turn": row["turn"], "system": prompts[call["system"]]})
    except (ValueError, TypeError, KeyError) as error:
        raise UpcastError(f"it has another form: {error}") from error


def _plain(row: sqlite3.Row) -> Trace:
    """A call of an older version, which has a row of its own."""
    fields = {name: row[name] for name in row.keys() if name not in ("id", "text")}  # noqa: SIM118 - a Row
    lists = {name: json.loads(row[name]) for name in ("orders", "repairs", "drops")}
    told = {"wood": str(row["wood"]), "system": row["text"], "valid": bool(row["valid"])}
    return trace_from({**fields, **lists, **told})
