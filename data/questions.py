"""What players ask creatures: one question a player, wood and day, and what creatures may tell of their thoughts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from data.database import Database
from data.errors import StoreConflictError
from data.rows import from_ms, to_ms
from data.statements import Statements
from wood.names import Creature

KEPT: Final = timedelta(days=2)
"""How long a question is kept: a day, and what time zones may add to it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A player's question of one day.

    Attributes:
        wood: the wood's id.
        key: the player's key there.
        day: the wood's local date.
        at: when it was put.
        creature: who is asked.
        question: the words.
        pondered: whether a model may think about it: there are so many of those a day and wood.
        answer: what the creature said; None while it is being thought about.
    """

    wood: int
    key: str
    day: date
    at: datetime
    creature: Creature
    question: str
    pondered: bool = False
    answer: str | None = None


class Questions:
    """The questions put in all woods."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, asked: Asked, *, hold: timedelta, most: int) -> tuple[Asked, bool]:
        """Put a question, if the player has none of that day.

        Args:
            asked: the question; whether a model may think about it is found here.
            hold: how long an answer may take; one that has none by then was lost with its process, and is put anew.
            most: how many questions of a wood and day a model may think about.

        Returns:
            The question that stands, and whether it is this one.

        Raises:
            StoreConflictError: the player was forgotten just now.
        """
        day = asked.day.isoformat()
        async with self._database.writing() as connection:
            standing = await _standing(connection, asked.wood, asked.key, asked.day)
            if standing is not None and (standing.answer is not None or standing.at > asked.at - hold):
                return standing, False
            (counted,) = await connection.execute_fetchall(
                "SELECT count(*) FROM questions WHERE wood = ? AND day = ? AND pondered AND key <> ?",
                (asked.wood, day, asked.key),
            )
            put = replace(asked, pondered=counted[0] < most, answer=None)
            cursor = await connection.execute(
                "INSERT OR REPLACE INTO questions (wood, key, day, at, creature, question, pondered) "
                "SELECT wood, key, ?, ?, ?, ?, ? FROM patrons WHERE wood = ? AND key = ? AND user_id IS NOT NULL",
                (day, to_ms(put.at), put.creature, put.question, put.pondered, put.wood, put.key),
            )
            if cursor.rowcount != 1:
                raise StoreConflictError("a player was forgotten while asking")
        return put, True

    async def answer(self, asked: Asked, said: str) -> None:
        """Keep the answer to a question; nothing where the player was forgotten meanwhile."""
        async with self._database.writing() as connection:
            await connection.execute(
                "UPDATE questions SET answer = ? WHERE wood = ? AND key = ? AND day = ? AND at = ?",
                (said, asked.wood, asked.key, asked.day.isoformat(), to_ms(asked.at)),
            )

    async def take_back(self, asked: Asked) -> None:
        """Let go of a question that found no answer, so that it does not count."""
        async with self._database.writing() as connection:
            await connection.execute(
                "DELETE FROM questions WHERE wood = ? AND key = ? AND day = ? AND at = ? AND answer IS NULL",
                (asked.wood, asked.key, asked.day.isoformat(), to_ms(asked.at)),
            )

    async def purge(self, now: datetime) -> None:
        """Erase the questions of days that are over."""
        async with self._database.writing() as connection:
            await connection.execute("DELETE FROM questions WHERE at < ?", (to_ms(now - KEPT),))

    async def thought(self, wood: int, turn: int, creature: Creature) -> str:
        """What a creature may tell of what it thought in a turn, the wood's last; "" for nothing."""
        rows = await self._database.rows(
            "SELECT thought FROM thoughts WHERE wood = ? AND turn = ? AND creature = ?", (wood, turn, creature)
        )
        return next((row["thought"] for row in rows), "")


async def keep_thoughts(connection: Statements, wood: int, turn: int, thoughts: Mapping[Creature, str]) -> None:
    """Keep what creatures may tell of their thoughts of a turn, in place of those before."""
    await connection.execute("DELETE FROM thoughts WHERE wood = ?", (wood,))
    rows = [(wood, creature, turn, thought) for creature, thought in thoughts.items()]
    await connection.executemany("INSERT INTO thoughts (wood, creature, turn, thought) VALUES (?, ?, ?, ?)", rows)


async def _standing(connection: Statements, wood: int, key: str, day: date) -> Asked | None:
    rows = await connection.execute_fetchall(
        "SELECT at, creature, question, pondered, answer FROM questions WHERE wood = ? AND key = ? AND day = ?",
        (wood, key, day.isoformat()),
    )
    for row in rows:
        at, who = from_ms(row["at"]), Creature(row["creature"])
        return Asked(wood, key, day, at, who, row["question"], bool(row["pondered"]), row["answer"])
    return None
