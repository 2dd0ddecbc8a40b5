"""Backups of a database: taken while the bot runs, and put back so that nothing of what was there undoes them.

SQLite keeps what was written last in a log beside the file (``-wal``). A backup that is laid over the file alone is
undone by that log when the file is opened, silently; so the log goes out of the way with the file that it belongs to.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from data.claim import claimed
from data.errors import StoreCorruptError, StoreError, StoreNewerError, explain
from data.files import replacing
from data.migrating import APPLICATION_ID, MIGRATIONS, read_migrations

_LOGS: Final = ("-wal", "-shm")


class BackupError(StoreError):
    """A backup cannot be taken or put back; the message says what to do. Nothing was changed."""


class Restored(NamedTuple):
    """What was put back: living woods and turns in the backup, and where what was there before lies, if anything."""

    woods: int
    turns: int
    before: Path | None


def back_up(database: Path, target: Path) -> int:
    """Copy a database into one file, whole and checked, while a bot may be writing it; answers its bytes.

    Args:
        database: the bot's database.
        target: the file to write; one that is there is replaced once the copy is whole.

    Raises:
        BackupError: there is no such database, or the target is the database itself.
        StoreError: it cannot be read, or is damaged.
        OSError: the target cannot be written.
    """
    if not database.is_file():
        raise BackupError(f"There is no database {database}. Name the bot's file with --database.")
    if target.exists() and target.samefile(database):
        raise BackupError(f"{target} is the database itself. Name another file for the backup.")
    with replacing(target) as part:
        _copy(database, part)
        _check(part, target)
    return target.stat().st_size


def restore(backup: Path, database: Path) -> Restored:
    """Put a backup in the place of a database that no bot uses; what was there is kept under another name.

    Args:
        backup: the file to put back; it stays as it is.
        database: the file whose place it takes.

    Raises:
        BackupError: there is no such backup, or it is the database itself.
        StoreLockedError: a bot runs on the database.
        StoreNewerError: a newer program wrote the backup.
        StoreCorruptError: the backup is damaged, or not a wood's.
        OSError: the folder cannot be written.
    """
    database = database.resolve()
    if not backup.is_file():
        raise BackupError(f"There is no backup {backup}. Name the file that `ttw backup` wrote.")
    if database.exists() and backup.samefile(database):
        raise BackupError(f"{backup} is the database itself; nothing is to be put back.")
    with claimed(database), _beside(database) as part:
        _copy(backup, part)
        woods, turns = _check(part, backup)
        before = _put_aside(database)
        part.replace(database)
        sync_folder(database.parent)
    return Restored(woods, turns, before)


@contextmanager
def _beside(database: Path) -> Iterator[Path]:
    """Lend a name beside the database for a file that is put in its place or goes again."""
    part = database.with_name(f".{database.name}.restoring")
    part.unlink(missing_ok=True)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """Copy one database into another file, which needs no log beside it afterwards."""
    try:
        # Not read-only: a log that a killed bot left beside the file has to be read too, and that takes its -shm.
        with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
            read.backup(written, pages=1_000)
            written.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise explain(error, source) from error
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _check(copy: Path, shown: Path) -> tuple[int, int]:
    """Living woods and turns of a copy.

    Raises:
        StoreCorruptError: it is damaged, or not a wood's.
        StoreNewerError: a newer program wrote it.
    """
    try:
        with closing(sqlite3.connect(copy)) as connection:
            (fault,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if fault != "ok":
                raise StoreCorruptError(f"{shown} is damaged ({fault}). Take another backup.")
            if application != APPLICATION_ID:
                raise StoreCorruptError(f"{shown} is no database of a wood. Name the file that `ttw backup` wrote.")
            if version > (newest := max(read_migrations(MIGRATIONS))):
                raise StoreNewerError(shown, version, newest)
            (woods,) = connection.execute("SELECT count(*) FROM woods WHERE razed_at IS NULL").fetchone()
            (turns,) = connection.execute("SELECT coalesce(sum(turn), 0) FROM woods WHERE razed_at IS NULL").fetchone()
            return woods, turns
    except sqlite3.Error as error:
        raise explain(error, shown) from error


def _put_aside(database: Path) -> Path | None:
    """Give a database and what lies beside it another name, its logs first: a log alone would go into the next file."""
    aside = unused_name(database)
    moved = False
    for ending in (*_LOGS, ""):
        file = database.with_name(database.name + ending)
        if file.exists():
            file.rename(aside.with_name(aside.name + ending))
            moved = moved or not ending
    return aside if moved else None


def unused_name(database: Path) -> Path:
    """Name a file beside a database for what was there before, that is not there yet and has no log beside it."""
    number = 1
    while any(database.with_name(f"{database.name}.before-{number}{ending}").exists() for ending in ("", *_LOGS)):
        number += 1
    return database.with_name(f"{database.name}.before-{number}")


def sync_folder(folder: Path) -> None:
    """Make the new names last through a power cut, where a folder can be asked for that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
