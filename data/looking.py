"""Looking at a database from outside, without changing it, whether or not a bot uses it meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from data.errors import StoreCorruptError, StoreDamagedError, StoreError, StoreNewerError, explain
from data.migrating import APPLICATION_ID, MIGRATIONS, read_migrations
from data.vitals import STANDINGS, Standing, standing_of

WAIT: Final = 5.0
"""Seconds to wait for another program's lock."""


@contextmanager
def looking(path: Path, *, alone: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a database for reading; neither it nor what lies beside it is changed.

    Args:
        path: the file.
        alone: leave out the write-ahead log beside it.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    real = path.resolve()
    # Where there is no log nobody writes, and SQLite would make one for reading and leave it there.
    alone = alone or not real.with_name(f"{real.name}-wal").exists()
    connection = sqlite3.connect(f"{real.as_uri()}?{'immutable=1' if alone else 'mode=ro'}", uri=True, timeout=WAIT)
    connection.row_factory = sqlite3.Row
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    try:
        yield connection
    finally:
        connection.close()


def standings(path: Path) -> list[Standing]:
    """How every living wood of a database does, by its own key; those whose rows are damaged are left out.

    Raises:
        StoreCorruptError: it is damaged, or not a wood's.
        StoreNewerError: a newer program wrote it.
        StoreError: it cannot be read, or an older program wrote it.
    """
    newest = max(read_migrations(MIGRATIONS))
    try:
        with looking(path) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if application != APPLICATION_ID:
                raise StoreCorruptError(f"{path} is no database of a wood. Name the file of the bot.")
            if version > newest:
                raise StoreNewerError(path, version, newest)
            if version < newest:
                raise StoreError(
                    f"The database {path} has version {version} and this program {newest}: the bot brings it up to "
                    "date at its next start."
                )
            found = []
            for row in connection.execute(f"{STANDINGS} ORDER BY id"):
                with suppress(StoreDamagedError):
                    found.append(standing_of(row))
            return found
    except sqlite3.Error as error:
        raise explain(error, path) from error
