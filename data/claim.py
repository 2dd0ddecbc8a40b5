"""The claim of one running bot to a database file: a lock beside it, which the system drops when the process ends.

SQLite itself lets two bots share a file, and both would take its woods' turns. Tools that only read need no claim.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from data.errors import StoreLockedError

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


log = logging.getLogger(__name__)


def hold(file: int) -> bool:
    """Take the lock of an open file if nobody has it, and say whether; where no locks are known, nobody has it."""
    try:
        _lock(file)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        log.warning("a lock cannot be taken: %s", error)
    return True


@contextmanager
def claimed(database: Path, *, moving: bool = False) -> Iterator[None]:
    """Hold the lock of a database file for a block; makes its folder where there is none.

    The lock is a file of the database's name and ``.lock``, beside the file itself and not beside a link to it, as
    SQLite's own files are. It stays when the block ends: removing it could take it from under another bot that has
    just opened it.

    Args:
        database: the file, which need not be there.
        moving: whether it is to go on with moving woods out of it or into it, which keeps everybody else out.

    Raises:
        StoreLockedError: another bot holds it, or could hold it under another name, or woods are being moved.
        OSError: the lock's file cannot be made.
    """
    database = database.resolve()
    database.parent.mkdir(parents=True, exist_ok=True)
    _refuse_names(database)
    file = os.open(database.with_name(database.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _lock(file)
        except (BlockingIOError, PermissionError) as error:
            raise StoreLockedError(
                f"Another bot runs on the database {database}. Stop it first, or give this one a file of its own."
            ) from error
        except OSError as error:
            # Some network file systems know no locks; that must not keep the only bot from its wood.
            log.warning("Whether another bot uses %s cannot be told: %s", database, error)
        if not moving:
            _refuse_half_moved(database)
        yield
    finally:
        os.close(file)  # drops the lock


def is_claimed(database: Path) -> bool:
    """Whether a bot holds the lock of a database file just now; nothing is made where there is no lock."""
    database = database.resolve()
    try:
        file = os.open(database.with_name(database.name + ".lock"), os.O_RDWR)
    except OSError:
        return False
    try:
        _lock(file)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


def moving_mark(database: Path) -> Path:
    """Name the file beside a database that says, while it stands, where the plan lies by which woods are moved."""
    return database.with_name(f"{database.name}.moving")


def _refuse_half_moved(database: Path) -> None:
    """Refuse a file while woods are moved out of it or into it, until the plan of that is done with.

    Raises:
        StoreLockedError: they are.
    """
    with suppress(FileNotFoundError):
        plan = database.parent / moving_mark(database).read_text("utf-8")
        if plan.exists():
            raise StoreLockedError(
                f"Woods are on their way out of or into {database}: a move was cut off. Run the same `ttw reshard` "
                "again, which brings it to its end; nothing is lost."
            )


def _refuse_names(database: Path) -> None:
    """Refuse a file that has several names: each would have a lock, and a write-ahead log, of its own.

    Raises:
        StoreLockedError: it has.
    """
    with suppress(FileNotFoundError):
        if (names := database.stat().st_nlink) > 1:
            raise StoreLockedError(
                f"The database {database} has {names} names (hard links), and SQLite would lose what is written under "
                "another of them. Copy it to a file of its own, or use a symbolic link."
            )
