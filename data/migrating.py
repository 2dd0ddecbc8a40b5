"""Bringing a database file to the newest version, by numbered migrations."""

import asyncio
import logging
import re
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiosqlite

from data.errors import StoreCorruptError, StoreError, StoreNewerError

log = logging.getLogger(__name__)

MIGRATIONS: Final = Path(__file__).parent / "migrations"
APPLICATION_ID: Final = 0x54545731
"""Marks the file as ours ("TTW1"), so that a migration never touches somebody else's database."""


async def _pragma(connection: aiosqlite.Connection, name: str) -> int:
    rows = list(await connection.execute_fetchall(f"PRAGMA {name}"))
    return int(rows[0][0])


async def migrate(connection: aiosqlite.Connection, path: Path, migrations: dict[int, str]) -> None:
    """Bring the file from its version to the newest in one transaction, or leave it as it was."""
    newest = max(migrations, default=0)
    await connection.create_function("local_midnight", 3, local_midnight, deterministic=True)
    await connection.execute("BEGIN IMMEDIATE")
    try:
        version = await _pragma(connection, "user_version")
        application = await _pragma(connection, "application_id")
        tables = await connection.execute_fetchall("SELECT count(*) FROM sqlite_schema")
        if application != APPLICATION_ID and (application or version or next(iter(tables))[0]):
            raise StoreCorruptError(
                f"{path} is a SQLite database, but of another program. Choose another file for the wood's database."
            )
        if version > newest:
            raise StoreNewerError(path, version, newest)
        for number in range(version + 1, newest + 1):
            for statement in statements(migrations[number]):
                await connection.execute(statement)
            log.info("database %s: migrated to version %d", path, number)
        await connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        await connection.execute(f"PRAGMA user_version = {newest}")
        await connection.commit()
    except BaseException:
        await asyncio.shield(connection.rollback())
        raise


def local_midnight(day: str, later: int, zone: str) -> int:
    """Tell a migration when a local day (ISO), or one so many days later, begins: milliseconds since 1970.

    A zone that this machine does not know counts as UTC.
    """
    try:
        there = ZoneInfo(zone)
    except ZoneInfoNotFoundError:
        there = ZoneInfo("UTC")
    begins = date.fromisoformat(day) + timedelta(days=later)
    return int(datetime(begins.year, begins.month, begins.day, tzinfo=there).timestamp()) * 1000


def read_migrations(folder: Path) -> dict[int, str]:
    """Read ``0001_name.sql``, ``0002_…`` of a folder: version -> SQL.

    Raises:
        StoreError: a number is missing or stands twice.
    """
    found: dict[int, str] = {}
    for file in sorted(folder.glob("*.sql")):
        match = re.match(r"(\d{4})_", file.name)
        if match is None or int(match[1]) != len(found) + 1:
            raise StoreError(f"The migration {file.name} is out of order; expected number {len(found) + 1:04d}.")
        found[len(found) + 1] = file.read_text("utf-8")
    return found


def statements(script: str) -> Iterator[str]:
    """Split an SQL script: ``executescript`` would commit the transaction that a migration runs in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if re.sub(r"--[^\n]*", "", statement).strip():
        raise StoreError(f"A migration ends in an unfinished statement: {statement.strip()[:80]}")
