"""Looking at a database's pages before anything is written to it, and at the log beside it."""

import logging
import re
import sqlite3
from pathlib import Path
from typing import Final

import aiosqlite

from data.errors import explain

log = logging.getLogger(__name__)

IN_A_ROW: Final = re.compile(r"CHECK constraint failed in|NULL value in|NON-?\w+ value in|\w+ value in ")
"""What SQLite says of the values in one row; everything else that it finds is about the file's pages."""


async def check_pages(connection: aiosqlite.Connection, path: Path) -> None:
    """Refuse a damaged file; a row that breaks a rule of its table is only told.

    Raises:
        StoreCorruptError: its pages are damaged.
    """
    found = [str(row[0]) for row in await connection.execute_fetchall("PRAGMA quick_check(20)")]
    for each in found:
        if IN_A_ROW.match(each):
            log.error("The database %s: %s. `ttw doctor %s` says more.", path, each, path)
    faults = [each for each in found if each != "ok" and not IN_A_ROW.match(each)]
    if faults or not found:
        fault = sqlite3.DatabaseError(faults[0] if faults else "empty")
        fault.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise explain(fault, path)


def log_size(path: Path) -> int:
    """Bytes of the write-ahead log beside a file."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size
    except FileNotFoundError:
        return 0
