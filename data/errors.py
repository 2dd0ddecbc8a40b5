"""What can go wrong between the wood and its file, each with words for the one who must mend it."""

import sqlite3
from pathlib import Path


class StoreError(Exception):
    """The database cannot be used; the message says what to do. Nothing was written."""


class StoreLockedError(StoreError):
    """Another program holds the database."""


class StoreCorruptError(StoreError):
    """The file is damaged, or no SQLite database, or not a wood's."""


class StoreNewerError(StoreError):
    """The database was written by a newer version of the program."""


class StoreConflictError(StoreError):
    """Somebody else moved the wood on in between; load it again and decide anew."""


class WoodTakenError(StoreError):
    """A living wood already stands in that channel."""


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """Say in plain words what SQLite's ``error`` about the file ``path`` means and what to do about it."""
    # Extended codes carry the primary one in their low byte.
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreLockedError(
                f"The database {path} is held by another program. Stop the other bot or tool that uses it, "
                "or wait until it is done, and try again."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreCorruptError(
                f"The database {path} is damaged or is no SQLite database. Put a backup in its place, or move it "
                f"away to start with an empty one; `sqlite3 {path} .recover` may save what is left in it."
            )
        case sqlite3.SQLITE_CANTOPEN:
            return StoreError(
                f"The database {path} cannot be opened. Check that its folder exists and that you may write in it."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return StoreError(
                f"The database {path} cannot be written. Give this user the right to write it and its folder."
            )
        case sqlite3.SQLITE_FULL:
            return StoreError(
                f"There is no room left on the disk of {path}. Make room and try again; nothing was lost."
            )
        case sqlite3.SQLITE_IOERR:
            return StoreError(f"The disk under {path} failed ({error}). Check the disk, then start again.")
    return StoreError(f"The database {path} said no: {error}.")
