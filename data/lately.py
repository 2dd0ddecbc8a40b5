"""What a wood has just seen, in one look at the store: each look is a way to the reader's thread and back."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from data.calls import silent_in
from data.database import Database
from data.readers import turn_row
from data.receipts import Receipt, heard_in
from data.rows import TurnRow
from data.turns import LATELY
from wood.chronicle import Turn


@dataclass(frozen=True, slots=True)
class Lately:
    """What a wood has just seen.

    Attributes:
        rows: its last turns, oldest first.
        receipts: what came of what was heard in some of them, whispers among it, oldest first.
        silent: why minds gave no answer in the last turn, as the calls' ``why`` begins; empty where all did.
    """

    rows: list[TurnRow]
    receipts: list[Receipt]
    silent: frozenset[str]

    @property
    def turns(self) -> list[Turn]:
        """The turns themselves."""
        return [row.turn for row in self.rows]


class Recent:
    """What all woods have just seen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def look(self, wood: int, count: int, *, heard: Iterable[int] = ()) -> Lately:
        """Look at the last ``count`` turns: few, for the reader makes them of their JSON.

        Args:
            wood: whose.
            count: how many.
            heard: the turns, one after another, of whose words the receipts are wanted.

        Raises:
            StoreOutdatedError: something in them is not understood.
        """
        span = list(heard)

        def look(connection: sqlite3.Connection) -> Lately:
            rows = connection.execute(LATELY, (wood, count)).fetchall()
            receipts = heard_in(connection, wood, span[0], span[-1]) if span else []
            return Lately([turn_row(row) for row in reversed(rows)], receipts, silent_in(connection, wood))

        return await self._database.read(look)
