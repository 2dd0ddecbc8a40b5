"""What is kept of players who were forgotten, so that coming back at once does not fill a purse anew.

A row holds a digest of the player's id, keyed with a secret of its own, and what the player had; neither the id, nor a
name, nor the alias. It goes when the player joins again, and with the last turn of the wood's year.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from typing import Final

from data.fingerprints import Fingerprint
from data.rows import Farewell, FarewellRow
from data.statements import Statements

_COLUMNS: Final = tuple(field.name for field in fields(Farewell))


def recognised(rows: Iterable[FarewellRow], user_id: int) -> FarewellRow | None:
    """The row of a player who comes back, if there is one."""
    return next((row for row in rows if Fingerprint(row.secret, row.digest).fits(user_id)), None)


async def keep(connection: Statements, wood: int, user_id: int, farewell: Farewell) -> None:
    """Keep what a player leaves behind in a wood."""
    mark = Fingerprint.of(user_id)
    places = ", ".join("?" * (3 + len(_COLUMNS)))
    await connection.execute(
        f"INSERT INTO farewells (wood, secret, digest, {', '.join(_COLUMNS)}) VALUES ({places})",  # noqa: S608
        (wood, mark.secret, mark.digest, *(getattr(farewell, name) for name in _COLUMNS)),
    )


READ: Final = f"SELECT secret, digest, {', '.join(_COLUMNS)} FROM farewells WHERE wood = ?"  # noqa: S608
"""All that is kept of those who left a wood."""


def farewell_row(row: sqlite3.Row) -> FarewellRow:
    """Read the columns of :data:`READ`."""
    return FarewellRow(row["secret"], row["digest"], Farewell(*(row[name] for name in _COLUMNS)))


async def drop_known(connection: Statements, wood: int, user_id: int) -> None:
    """Let go of what was kept of a player, who is known again."""
    row = recognised(map(farewell_row, await connection.execute_fetchall(READ, (wood,))), user_id)
    if row is not None:
        await connection.execute("DELETE FROM farewells WHERE wood = ? AND secret = ?", (wood, row.secret))


async def drop_ended(connection: Statements, wood: int, turn: int) -> None:
    """Let go of what was kept until a turn, which has been taken."""
    await connection.execute("DELETE FROM farewells WHERE wood = ? AND until <= ?", (wood, turn))
