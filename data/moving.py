"""Copying woods from one database into another: every row that is theirs, in every table there is.

A table that is not known here stops the move before it begins, so that one added later cannot be left behind unnoticed.
"""
# ruff: noqa: S608 - statements are made of names in this module and in the database's own schema

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from data.errors import StoreCorruptError, StoreError, explain
from data.shards import Shards

WOODS: Final = "woods"
OF_A_WOOD: Final = frozenset(
    {
        "alerts",
        "calls",
        "farewells",
        "hearings",
        "interventions",
        "legends",
        "muted",
        "nudges",
        "patrons",
        "posts",
        "prompted",
        "proposals",
        "questions",
        "receipts",
        "reminders",
        "seams",
        "thoughts",
        "traces",
        "turns",
        "visits",
    }
)
"""Tables whose rows are one wood's, by their column ``wood``."""
SHARED: Final = frozenset({"contents", "prompts"})
"""Tables of documents under their digests, which rows of several woods name: those that are named come along."""
LEFT: Final = frozenset({"notes"})
"""Tables of what the program notes about its own file: the next start notes it anew."""
NAMED_BY_KEY: Final[Mapping[str, Mapping[str, str]]] = {
    # A notice's key is the id of a receipt, or below zero that of a nudge; above 10**12 it names no row.
    "posts": {
        "key": "CASE WHEN kind = 'notify' AND key < 0 THEN key - {nudges} "
        "WHEN kind = 'notify' AND key BETWEEN 1 AND 999999999999 THEN key + {receipts} ELSE key END"
    }
}
"""Columns that name a row of another table without saying so to SQLite: what becomes of them when its ids move."""
STRIDE: Final = 100_000_000
"""How far apart the ids of new rows begin in two files that were made together: so they can be joined again with every
id as it was, by which buttons of old messages find what they show."""


class MoveError(StoreError):
    """Woods cannot be moved; the message says what to do. Nothing was changed."""


class Moved(NamedTuple):
    """What a file has been given: living woods, and turns in their logs."""

    woods: int
    turns: int


@dataclass(frozen=True)
class Table:
    """A table, as far as moving needs to know it.

    Attributes:
        name: its name.
        columns: its columns, in order.
        parents: which of them name a row of which other table.
        counted: whether its rows have ids that SQLite counts.
    """

    name: str
    columns: Sequence[str]
    parents: Mapping[str, str] = field(default_factory=dict)
    counted: bool = False


def tables_of(connection: sqlite3.Connection, schema: str = "main") -> dict[str, Table]:
    """Read the tables of a database, by name.

    Raises:
        MoveError: one of them, or a reference, is not known here.
    """
    names = connection.execute(
        f"SELECT name FROM {schema}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    tables = {name: _table(connection, schema, name) for (name,) in names}
    unknown = sorted(tables.keys() - {WOODS} - OF_A_WOOD - SHARED - LEFT)
    unknown += [
        f"{table.name}.{column}"
        for table in tables.values()
        for column, parent in table.parents.items()
        if parent not in SHARED and (column, parent) not in {("wood", WOODS), ("wood", "patrons"), ("key", "patrons")}
    ]
    unknown += [name for name in OF_A_WOOD & tables.keys() if "wood" not in tables[name].columns]
    if unknown:
        raise MoveError(
            f"This program does not know how to move {', '.join(unknown)}. Take the version that wrote the database."
        )
    return tables


def _table(connection: sqlite3.Connection, schema: str, name: str) -> Table:
    info = connection.execute(f"PRAGMA {schema}.table_info({name})").fetchall()
    keys = connection.execute(f"PRAGMA {schema}.foreign_key_list({name})").fetchall()
    counted = any(column == "id" and kind == "INTEGER" and first for _, column, kind, _, _, first in info)
    return Table(name, [row[1] for row in info], {row[3]: row[2] for row in keys}, counted)


def rows_of(files: Iterable[Path]) -> Counter[str]:
    """Count the rows of woods in some databases together, by table."""
    rows: Counter[str] = Counter()
    for file in files:
        with closing(sqlite3.connect(file)) as connection:
            for name in (WOODS, *OF_A_WOOD):
                rows[name] += connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
    return rows


def check_places(sources: Sequence[Path]) -> None:
    """See that no two files have a living wood for the same channel, which one file could not hold.

    Raises:
        MoveError: two have.
    """
    seen: dict[int, Path] = {}
    for source in sources:
        with closing(sqlite3.connect(source)) as connection:
            for (channel,) in connection.execute("SELECT channel_id FROM woods WHERE razed_at IS NULL"):
                if channel in seen:
                    raise MoveError(
                        f"In the channel {channel} a wood lives by {seen[channel]} and another by {source}, and a "
                        "channel has room for one. Leave backups out, or let its keeper raze one of the two."
                    )
                seen[channel] = source


def make_file(part: Path, sources: Sequence[Path], shards: Shards, place: int) -> Moved:
    """Write a new database with all woods of some shards, whole and checked.

    Args:
        part: the file to write; none is there yet.
        sources: the databases that the woods are in, at one version; none of them is changed.
        shards: whose woods.
        place: which of the new files it is, from 0.

    Raises:
        MoveError: a table is not known.
        StoreError: a file cannot be read or written.
    """
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            # Nobody sees the file before it is whole and on the disk, so nothing of it needs to be safe on the way.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            later = _begin(connection, sources[0])
            for source in sources:
                connection.execute("ATTACH ? AS source", (str(source),))
                connection.execute("BEGIN")
                _copy(connection, shards)
                connection.execute("COMMIT")
                connection.execute("DETACH source")
            for statement in later:
                connection.execute(statement)
            connection.execute("UPDATE sqlite_sequence SET seq = seq + ?", (place * STRIDE,))
            _check(connection, part)
            woods = "FROM woods WHERE razed_at IS NULL"
            return Moved(*connection.execute(f"SELECT count(*), coalesce(sum(turn), 0) {woods}").fetchone())
    except sqlite3.Error as error:
        raise explain(error, part) from error


def _begin(connection: sqlite3.Connection, source: Path) -> list[str]:
    """Make the tables as they are in a source; answers what makes their indexes, which come when they are full."""
    connection.execute("ATTACH ? AS source", (str(source),))
    for pragma in ("page_size", "auto_vacuum", "application_id", "user_version"):
        (value,) = connection.execute(f"PRAGMA source.{pragma}").fetchone()
        connection.execute(f"PRAGMA main.{pragma} = {value}")
    made = "SELECT sql FROM source.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND type"
    for (statement,) in connection.execute(f"{made} = 'table'").fetchall():
        connection.execute(statement)
    later = [statement for (statement,) in connection.execute(f"{made} <> 'table'").fetchall()]
    counting = "SELECT name, 0 FROM main.sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
    connection.execute(f"INSERT INTO main.sqlite_sequence (name, seq) {counting}")
    connection.execute("DETACH source")
    return later


def _copy(connection: sqlite3.Connection, shards: Shards) -> None:
    """Copy what belongs to the woods of some shards from the attached source."""
    tables = tables_of(connection, "source")
    woods = f"SELECT id FROM source.woods WHERE {shards.condition}"
    ours = dict.fromkeys(OF_A_WOOD, f"wood IN ({woods})") | {WOODS: shards.condition}
    shifts = {name: _shift(connection, name, ours[name]) for name, table in tables.items() if table.counted}
    for name, table in tables.items():
        if name in ours:
            values = [_value(table, column, shifts) for column in table.columns]
            connection.execute(
                f"INSERT INTO main.{name} ({', '.join(table.columns)}) "
                f"SELECT {', '.join(values)} FROM source.{name} WHERE {ours[name]}"
            )
        elif name in SHARED:
            named = " UNION ".join(
                f"SELECT {column} FROM source.{other} WHERE {ours[other]}"
                for other, reading in tables.items()
                for column, parent in reading.parents.items()
                if parent == name and other in ours
            )
            connection.execute(
                f"INSERT OR IGNORE INTO main.{name} SELECT * FROM source.{name} WHERE digest IN ({named})"
            )
    for name, shift in shifts.items():
        # Ids that were given once are not given again, also where their rows are gone.
        connection.execute(
            "UPDATE main.sqlite_sequence SET seq = max(seq, coalesce((SELECT seq FROM source.sqlite_sequence "
            "WHERE name = main.sqlite_sequence.name), 0) + ?) WHERE name = ?",
            (shift, name),
        )


def _shift(connection: sqlite3.Connection, name: str, ours: str) -> int:
    """How far the ids of a table's rows must move: not at all, unless the file holds one of them already."""
    taken = f"SELECT EXISTS (SELECT 1 FROM source.{name} WHERE {ours} AND id IN (SELECT id FROM main.{name}))"
    if not connection.execute(taken).fetchone()[0]:
        return 0
    highest: int = connection.execute(f"SELECT max(id) FROM main.{name}").fetchone()[0]
    return highest


def _value(table: Table, column: str, shifts: Mapping[str, int]) -> str:
    """What a row's column becomes, in SQL."""
    if column == "id" and table.counted:
        return f"id + {shifts[table.name]}"
    if column == "wood" and table.name != WOODS:
        return f"wood + {shifts[WOODS]}"
    return NAMED_BY_KEY.get(table.name, {}).get(column, column).format_map(shifts)


def _check(connection: sqlite3.Connection, part: Path) -> None:
    """See that a new file is sound.

    Raises:
        StoreCorruptError: it is not.
    """
    (fault,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    if fault != "ok" or loose:
        raise StoreCorruptError(
            f"{part} would not be sound ({fault if fault != 'ok' else f'{len(loose)} loose rows'}). Take the sources "
            "from a backup; nothing was changed."
        )
