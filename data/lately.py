"""What a wood has just seen, in one look at the store: each look is a way to the reader's thread and back."""

import sqlite3
from dataclasses import dataclass

from data.calls import silent_in
from data.database import Database
from data.readers import turn_row
from data.receipts import Receipt, heard_in
from data.rows import Snapshot, TurnRow
from data.turns import LATELY
from data.woods import WoodRows, rows_of, snapshot_of
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

    async def snapshot(self, channel_id: int, count: int, *, heard: int = 0) -> tuple[Snapshot, Lately] | None:
        """The living wood of a channel, and what it has just seen, at the same moment.

        Args:
            channel_id: the channel.
            count: how many of its last turns are looked at: few, for the reader makes them of their JSON.
            heard: of the words of how many of its last turns the receipts are wanted.

        Raises:
            StoreOutdatedError: something in them is not understood by this program.
        """

        def look(connection: sqlite3.Connection) -> tuple[WoodRows, Lately] | None:
            wood = rows_of(connection, channel_id)
            return None if wood is None else (wood, _lately(connection, wood.wood["id"], count, heard))

        found = await self._database.read(look)
        return (snapshot_of(found[0]), found[1]) if found else None


def _lately(connection: sqlite3.Connection, wood: int, count: int, heard: int) -> Lately:
    rows = [turn_row(row) for row in reversed(connection.execute(LATELY, (wood, count)).fetchall())]
    last = rows[-1].turn.number if rows else 0
    receipts = heard_in(connection, wood, last - heard + 1, last) if heard else []
    return Lately(rows, receipts, silent_in(connection, wood))
