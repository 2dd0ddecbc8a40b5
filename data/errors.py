"""What can go wrong between the wood and its file, each with words for the one who must mend it."""

import sqlite3
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path


class StoreError(Exception):
    """The database cannot be used; the message says what to do. Nothing was written."""


class StoreLockedError(StoreError):
    """Another program holds the database."""


class StoreCorruptError(StoreError):
    """The file is damaged, or no SQLite database, or not a wood's."""


class StoreNewerError(StoreError):
    """The database was written by a newer version of the program: its version is above the newest that is known."""

    def __init__(self, path: Path, version: int, newest: int) -> None:
        super().__init__(
            f"The database {path} has version {version}, but this program knows only up to {newest}. Install the "
            "version of the program that wrote it, or a newer one; nothing was changed."
        )


class Stored(StrEnum):
    """What is stored of a wood."""

    WORLD = "world"
    SEAM = "seam"
    MOVE = "move"
    TURN = "turn"
    DECISIONS = "decisions"
    CONTENT = "content"
    WOOD = "wood"
    PATRON = "patron"
    CALL = "call"


class StoreOutdatedError(StoreError):
    """What is stored of a wood is not understood by this version of the program; it stays as it is.

    Attributes:
        what: which part of it.
        place: its number or digest, where there are several; else empty.
        why: what is not understood, technically.
        version: the version of the program that wrote it; empty where that is not known.
    """

    def __init__(self, what: Stored, why: str, version: str = "", place: str = "") -> None:
        writer = f"version {version}" if version else "another version"
        named = f"{what} {place}" if place else what
        super().__init__(
            f"the stored {named} was written by {writer} of the program, which this one cannot read ({why})"
        )
        self.what = what
        self.place = place
        self.why = why
        self.version = version

    def __reduce__(self) -> tuple[object, ...]:
        """Let a process that computes turns tell this one of it, whatever a kind of it is made from."""
        return _again, (type(self), self.args, dict(self.__dict__))


def _again(kind: type[StoreOutdatedError], args: tuple[object, ...], told: dict[str, object]) -> StoreOutdatedError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(told)
    return error


class StoreDamagedError(StoreOutdatedError):
    """What is stored of a wood is not what was written: the file was changed, or its disk failed; it stays as it is."""

    def __init__(self, what: Stored, why: str, version: str = "", place: str = "") -> None:
        super().__init__(what, why, version, place)
        named = f"{what} {place}" if place else what
        advice = "check the disk, look closer with `ttw doctor`, and put back a backup that is whole"
        self.args = (f"the stored {named} is damaged ({why}); {advice}",)


class WoodUnfitError(StoreOutdatedError):
    """A wood's own content has other goods or creatures than this version of the program; it cannot go on.

    Attributes:
        kind: "goods" or "creatures".
        theirs: those of the wood.
        ours: those of the program.
    """

    def __init__(self, kind: str, theirs: Sequence[str], ours: Sequence[str]) -> None:
        super().__init__(Stored.CONTENT, f"its {kind} are {', '.join(theirs)}, the program's are {', '.join(ours)}")
        self.args = (f"the wood cannot go on with this version of the program: {self.why}",)
        self.kind = kind
        self.theirs = tuple(theirs)
        self.ours = tuple(ours)


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
