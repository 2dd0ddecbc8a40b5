"""Whose words a wood's keeper does not want."""

import sqlite3
from typing import Final

from data.database import Database
from data.fingerprints import Fingerprint
from data.statements import Statements

_MUTED: Final = "SELECT secret, digest FROM muted WHERE wood = ?"


async def muted_in(connection: Statements, wood: int) -> tuple[Fingerprint, ...]:
    """The fingerprints of those who are muted in a wood."""
    return tuple(map(_mark, await connection.execute_fetchall(_MUTED, (wood,))))


def _mark(row: sqlite3.Row) -> Fingerprint:
    return Fingerprint(row["secret"], row["digest"])


class Manners:
    """The table of the muted, who are known by fingerprints alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def muted(self, wood: int) -> tuple[Fingerprint, ...]:
        """The fingerprints of those who are muted in a wood."""
        return tuple(map(_mark, await self._database.rows(_MUTED, (wood,))))

    async def mute(self, wood: int, user_id: int) -> None:
        """Mute a user who is not muted yet."""
        mark = Fingerprint.of(user_id)
        async with self._database.writing() as connection:
            await connection.execute("INSERT INTO muted VALUES (?, ?, ?)", (wood, mark.secret, mark.digest))

    async def unmute(self, wood: int, mark: Fingerprint) -> None:
        """Take a fingerprint away."""
        async with self._database.writing() as connection:
            await connection.execute("DELETE FROM muted WHERE wood = ? AND secret = ?", (wood, mark.secret))
