"""What is wrong with a database, and what to do about it. Nothing of it is changed: rows are read from a copy.

SQLite finds what is wrong with pages and indexes, but a bit that flipped in a value leaves a value like any other.
So every value is read as the program reads it, and what the hashes of turns seal is compared with them.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from data.checking import IN_A_ROW, log_size
from data.claim import is_claimed
from data.errors import StoreError, explain
from data.examination import examine_wood
from data.looking import looking
from data.migrating import APPLICATION_ID, MIGRATIONS, read_migrations
from data.store import Store

HEADER: Final = b"SQLite format 3\0"
LITTLE_ROOM: Final = 200_000_000
NO_ROOM: Final = 20_000_000
"""Bytes left on a disk that are worth a word, and that are too few."""
_MOST: Final = 10
"""Faults of a kind that are named."""
_BACKUP: Final = "Stop the bot and put back a backup with `ttw restore`."


class Level(StrEnum):
    """How bad a finding is."""

    WELL = "well"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and what to do about it; the latter is empty where nothing is to be done."""

    level: Level
    what: str
    do: str = ""


async def examine(path: Path, *, deep: bool = False) -> list[Finding]:
    """Look at a database from all sides.

    Args:
        path: the file.
        deep: whether every turn is played again.

    Raises:
        OSError: the copy cannot be made.
    """
    place = list(_place(path))
    if any(finding.level is Level.WRONG for finding in place):
        return place
    pages = list(_pages(path))
    if any(finding.level is Level.WRONG for finding in pages):
        return [*place, *pages]
    return [*place, *pages, *_letters(path), *[finding async for finding in _rows(path, deep=deep)]]


def _place(path: Path) -> Iterator[Finding]:
    """The file, its folder and what lies beside it."""
    if not path.is_file():
        yield Finding(Level.WRONG, f"There is no file {path}.", "Name the file that the bot keeps its woods in.")
        return
    if not os.access(path, os.R_OK):
        yield Finding(Level.WRONG, f"{path} cannot be read.", "Give this user the right to read it.")
        return
    real = path.resolve()
    with real.open("rb") as file:
        head = file.read(len(HEADER))
    if not head:
        yield Finding(Level.NOTE, f"{path} is empty.", "The bot begins anew in it.")
    elif head != HEADER:
        yield Finding(Level.WRONG, f"{path} is no SQLite database.", "Name another file, or put back a backup.")
        return
    if not (os.access(real, os.W_OK) and os.access(real.parent, os.W_OK)):
        yield Finding(
            Level.NOTE,
            f"This user may not write {real} or its folder, which a bot must.",
            "Give the bot's user the right to do so.",
        )
    if (names := real.stat().st_nlink) > 1:
        yield Finding(
            Level.WRONG,
            f"{real} has {names} names (hard links).",
            "Copy it to a file of its own: no bot takes it so.",
        )
    free = shutil.disk_usage(real.parent).free
    if free < LITTLE_ROOM:
        level = Level.WRONG if free < NO_ROOM else Level.NOTE
        yield Finding(level, f"Only {free / 1e6:,.0f} MB are left on the disk of {real}.", "Make room.")
    yield from _beside(real)


def _beside(real: Path) -> Iterator[Finding]:
    """Who uses the file, and what was left behind."""
    running = is_claimed(real)
    if running:
        yield Finding(Level.WELL, "A bot runs on it.")
    elif log_size(real):
        yield Finding(
            Level.NOTE,
            f"{real.name}-wal holds what a bot that was killed wrote last, and goes into the file at the next start.",
            "If you have just laid a backup over the file, that would undo it: use `ttw restore` for the backup.",
        )
    for kept in sorted(real.parent.glob(f"{real.name}.rescued-*")):
        yield Finding(
            Level.NOTE,
            f"{kept.name} holds what a bot had when its database was taken from under it.",
            f"Put it back with `ttw restore {kept.name}`, or delete it when all is well.",
        )


def _pages(path: Path) -> Iterator[Finding]:
    """What SQLite itself finds."""
    newest = max(read_migrations(MIGRATIONS))
    try:
        with looking(path) as connection:
            faults = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST})")]
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            orphans = [row[0] for row in connection.execute("PRAGMA foreign_key_check")]
    except sqlite3.Error as error:
        if _sound_alone(path):
            yield _foreign_log(path)
            return
        yield Finding(Level.WRONG, str(explain(error, path)), _BACKUP)
        return
    broken = [fault for fault in faults if fault != "ok" and not IN_A_ROW.match(fault)]
    if broken and _sound_alone(path):
        yield _foreign_log(path)
    elif broken:
        yield Finding(
            Level.WRONG,
            f"Its pages are damaged: {'; '.join(broken)}.",
            f"{_BACKUP} `sqlite3 {path} .recover` may save what is left.",
        )
    elif application != APPLICATION_ID and (application or version or tables):
        yield Finding(Level.WRONG, f"{path} is a SQLite database of another program.", "Name the wood's own file.")
    elif version > newest:
        yield Finding(
            Level.WRONG,
            f"It has version {version}, and this program knows only up to {newest}.",
            "Install the version of the program that wrote it, or a newer one.",
        )
    else:
        yield Finding(Level.WELL, "Every page is sound.")
        if version < newest:
            yield Finding(Level.NOTE, f"It has version {version}.", f"The bot brings it to {newest} at its next start.")
        for table in sorted(set(orphans)):
            count = orphans.count(table)
            yield Finding(Level.WRONG, f"{count} rows of {table} belong to nothing that is there.", _BACKUP)


def _foreign_log(path: Path) -> Finding:
    log = f"{path.resolve().name}-wal"
    return Finding(
        Level.WRONG,
        f"The file is sound by itself, and damaged together with {log}, which belongs to another one.",
        f"Stop the bot, move {log} and the -shm beside it to another folder, and look again.",
    )


def _sound_alone(path: Path) -> bool:
    """Whether the file is sound without the write-ahead log beside it."""
    if not path.resolve().with_name(f"{path.resolve().name}-wal").exists():
        return False
    try:
        with looking(path, alone=True) as connection:
            return str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0]) == "ok"
    except sqlite3.Error:
        return False


class _Text(bytes):
    """A text as it lies in the file."""


def _letters(path: Path) -> Iterator[Finding]:
    """Texts that are none."""
    with looking(path) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        connection.text_factory = _Text
        for table in tables:
            broken = sum(map(_unreadable, connection.execute(f'SELECT * FROM "{table}"')))  # noqa: S608 - own names
            if broken:
                yield Finding(Level.WRONG, f"{broken} rows of {table} hold text that is no UTF-8.", _BACKUP)


def _unreadable(row: sqlite3.Row) -> bool:
    for value in row:
        if isinstance(value, _Text):
            try:
                value.decode()
            except UnicodeDecodeError:
                return True
    return False


def _bytes(path: Path) -> int:
    """Bytes of the file and of the write-ahead log beside it."""
    real = path.resolve()
    log = real.with_name(f"{real.name}-wal")
    return real.stat().st_size + (log.stat().st_size if log.exists() else 0)


async def _rows(path: Path, *, deep: bool) -> AsyncIterator[Finding]:
    """Every row, read as the program reads it, from a copy brought to its own version."""
    size = _bytes(path)
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < 2 * size:
        yield Finding(
            Level.NOTE,
            f"The rows were not looked at: {tempfile.gettempdir()} has no room for a copy of {size / 1e6:,.0f} MB.",
            "Name a folder on a larger disk in TMPDIR, and look again.",
        )
        return
    with tempfile.TemporaryDirectory(prefix="ttw-doctor-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        try:
            with looking(path) as read, closing(sqlite3.connect(copy)) as written:
                read.backup(written)
                # Only where a database can be written does SQLite look at the rules of its tables.
                for (fault,) in written.execute(f"PRAGMA integrity_check({_MOST})").fetchall():
                    if IN_A_ROW.match(fault):
                        yield Finding(Level.WRONG, f"A row breaks a rule of its table: {fault}.", _BACKUP)
            async with await Store.open(copy) as store:
                async for finding in _woods(store, copy, deep=deep):
                    yield finding
        except sqlite3.Error as error:
            yield Finding(Level.WRONG, str(explain(error, path)), _BACKUP)
        except StoreError as error:
            yield Finding(Level.WRONG, f"This program cannot use it: {error}", _BACKUP)


async def _woods(store: Store, copy: Path, *, deep: bool) -> AsyncIterator[Finding]:
    with looking(copy) as connection:
        known = connection.execute("SELECT id, channel_id FROM woods WHERE razed_at IS NULL ORDER BY id").fetchall()
    turns = 0
    for wood, channel in known:
        faults, taken = await examine_wood(store, wood, channel, deep=deep)
        turns += taken
        for fault in faults[:_MOST]:
            yield Finding(Level.WRONG, f"Wood {wood} in channel {channel}: {fault}.", _BACKUP)
        if len(faults) > _MOST:
            yield Finding(Level.WRONG, f"Wood {wood} in channel {channel}: {len(faults) - _MOST} faults more.")
    how = "every turn was played again" if deep else "the last turn's hash was compared; --deep plays all again"
    yield Finding(Level.WELL, f"Read {len(known)} woods with {turns:,} turns; {how}.")
