"""When the players whom a wood knows were seen there last."""

from dataclasses import dataclass
from datetime import datetime

from data.database import Database
from data.rows import from_ms, to_ms
from data.statements import Statements


@dataclass(frozen=True, slots=True)
class Visit:
    """When somebody was seen last, with how many turns completed, and what the purse held (None without one)."""

    at: datetime
    turn: int
    purse: int | None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody whom a living wood knows: the wood and its turns completed, the key there, and the last visit."""

    wood: int
    turn: int
    key: str
    last: Visit | None


class Visits:
    """The visits to all woods."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def visitor(self, channel_id: int, user_id: int) -> Visitor | None:
        """Somebody by user id; None where the channel's wood does not know them, or there is none."""
        query = (
            "SELECT woods.id, woods.turn AS now, patrons.key, visits.at, visits.turn, visits.purse FROM woods "
            "JOIN patrons ON patrons.wood = woods.id "
            "LEFT JOIN visits ON visits.wood = patrons.wood AND visits.key = patrons.key "
            "WHERE woods.channel_id = ? AND woods.razed_at IS NULL AND patrons.user_id = ?"
        )
        place = (channel_id, user_id)
        for row in await self._database.rows(query, place):
            last = None if row["at"] is None else Visit(from_ms(row["at"]), row["turn"], row["purse"])
            return Visitor(row["id"], row["now"], row["key"], last)
        return None

    async def note(self, visitor: Visitor, visit: Visit) -> bool:
        """Note a visit in place of the last; False where another came in between, or the player is forgotten."""
        values = (to_ms(visit.at), visit.turn, visit.purse, visitor.wood, visitor.key)

        async def write(connection: Statements) -> bool:
            if visitor.last is None:
                cursor = await connection.execute(
                    "INSERT INTO visits (at, turn, purse, wood, key) SELECT ?, ?, ?, wood, key FROM patrons "
                    "WHERE wood = ? AND key = ? AND user_id IS NOT NULL ON CONFLICT DO NOTHING",
                    values,
                )
            else:
                cursor = await connection.execute(
                    "UPDATE visits SET at = ?, turn = ?, purse = ? WHERE wood = ? AND key = ? AND at = ?",
                    (*values, to_ms(visitor.last.at)),
                )
            return cursor.rowcount == 1

        return await self._database.together(write, soon=True)
