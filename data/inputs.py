"""The table of interventions: what is put into a wood, and what its turns took in."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from data.forms import action_form
from data.readers import entry_row
from data.rows import to_ms
from data.statements import Statements
from data.upcasts import Kind, schema_of
from wood.moves import Intervention


async def put_in(connection: Statements, wood: int, action: Intervention, now: datetime) -> int:
    """Add an intervention for a wood's next turn, in the transaction that is open; answers its number."""
    (row,) = await connection.execute_fetchall(
        "INSERT INTO interventions (wood, number, at, action, schema) "
        "SELECT :wood, coalesce(max(number), 0) + 1, :at, :action, :schema FROM interventions WHERE wood = :wood "
        "RETURNING number",
        {
            "wood": wood,
            "at": to_ms(now),
            "action": action_form().dump_json(action).decode(),
            "schema": schema_of(Kind.INTERVENTION),
        },
    )
    number: int = row["number"]
    return number


async def applied_in(connection: Statements, wood: int, first: int, last: int) -> list[sqlite3.Row]:
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
