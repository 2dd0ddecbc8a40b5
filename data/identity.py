"""Whether a database is still the file that was opened, and what is done where it is not.

SQLite keeps writing into a file that was deleted or moved away under it, and says nothing: all of that is gone when the
program ends. So the file's place is looked at while it is used, and what it held is copied to where it can be found.
"""

from enum import StrEnum
from pathlib import Path
from typing import Final

from data.errors import StoreError

_LOG: Final = "-wal"
_KEPT: Final = "rescued"


class Loss(StrEnum):
    """What became of a file under its user."""

    DELETED = "deleted"
    REPLACED = "replaced by another file"
    LOG_DELETED = "deprived of its write-ahead log"


class Identity:
    """What a database's file, and the log beside it, were when they were opened.

    Never opens the file: closing it again would drop the locks that SQLite holds on it in this process.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.resolve()
        self._log = self._file.with_name(self._file.name + _LOG)
        self._opened = _key(self._file)
        # Some file systems make up a number at every look; there nothing can be told.
        self._steady = self._opened is not None and _key(self._file) == self._opened
        self._opened_log = _key(self._log)

    def loss(self) -> Loss | None:
        """What became of the file since it was opened; None while it is where it was."""
        if not self._steady:
            return None
        now, log = _key(self._file), _key(self._log)
        if now != self._opened:
            return Loss.DELETED if now is None else Loss.REPLACED
        if self._opened_log is None:
            self._opened_log = log
        return None if log == self._opened_log else Loss.LOG_DELETED


def rescue_place(database: Path) -> Path:
    """A free name beside a database for what it held when it was lost; makes the folder where that is gone too.

    Raises:
        OSError: the folder cannot be made.
    """
    database = database.resolve()
    database.parent.mkdir(parents=True, exist_ok=True)
    number = 1
    while (place := database.with_name(f"{database.name}.{_KEPT}-{number}")).exists():
        number += 1
    return place


def check_rescued(database: Path) -> None:
    """See that no empty database is begun where what the last one held waits to be put back.

    Raises:
        StoreError: it does; the message says what to do.
    """
    database = database.resolve()
    kept = sorted(database.parent.glob(f"{database.name}.{_KEPT}-*"), key=lambda each: each.stat().st_mtime)
    if kept and not database.exists():
        raise StoreError(
            f"There is no database {database}, but what it held when it was lost is kept as {kept[-1].name}. Put it "
            f"back with `ttw restore {kept[-1]}`, or move that file away to begin with an empty database."
        )


def _key(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
