"""The interventions that turns took in, read for a span of turns."""

import sqlite3
from collections.abc import Iterable

import aiosqlite

from data.rows import entry_row
from wood.moves import Intervention


async def applied_in(connection: aiosqlite.Connection, wood: int, first: int, last: int) -> list[sqlite3.Row]:
    """The rows of all that a wood's turns took in, from one turn to another, in their order."""
    return list(
        await connection.execute_fetchall(
            "SELECT applied_turn, number, at, action, schema FROM interventions "
            "WHERE wood = ? AND applied_turn BETWEEN ? AND ? ORDER BY number",
            (wood, first, last),
        )
    )


def by_turn(rows: Iterable[sqlite3.Row]) -> dict[int, tuple[Intervention, ...]]:
    """Read such rows: what each turn took in, by its number; turns that took in nothing are left out.

    Raises:
        StoreOutdatedError: one of them is not understood.
    """
    found: dict[int, list[Intervention]] = {}
    for each in rows:
        found.setdefault(each["applied_turn"], []).append(entry_row(each).action)
    return {turn: tuple(actions) for turn, actions in found.items()}
