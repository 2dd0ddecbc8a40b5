"""Legends that patrons proposed: drafts of their own, and what waits for a wood's keeper or was decided."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Final

from pydantic import TypeAdapter

from data.database import Database
from data.errors import StoreConflictError, Stored
from data.rows import from_ms, to_ms
from data.statements import Statements
from data.understanding import understanding
from data.upcasts import Kind, schema_of, upcast
from wood.rules import Legend

_CLOSED_KEPT: Final = 20
"""Declined and withdrawn proposals that a wood keeps."""


class State(StrEnum):
    """How far a proposal is. Of a draft nobody knows but its author."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A legend that a patron proposes; ``at`` is when it came into its state, aware."""

    id: int
    state: State
    at: datetime
    legend: Legend

    @property
    def author(self) -> str:
        """The key of the patron who made it up."""
        return self.legend.author


class Proposals:
    """The proposals of all woods."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def draft(self, wood: int, legend: Legend, now: datetime) -> Proposal:
        """Keep a draft in the place of its author's former one.

        Raises:
            StoreConflictError: the slug is taken meanwhile.
        """
        form = _legend_form().dump_json(legend).decode()
        async with self._database.writing() as connection:
            await connection.execute(
                "DELETE FROM proposals WHERE wood = ? AND author = ? AND state = ?", (wood, legend.author, State.DRAFT)
            )
            try:
                cursor = await connection.execute(
                    "INSERT INTO proposals (wood, slug, author, state, at, schema, legend) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (wood, legend.slug, legend.author, State.DRAFT, to_ms(now), schema_of(Kind.CONTENT), form),
                )
            except sqlite3.IntegrityError as error:
                raise StoreConflictError(f"{legend.slug} is taken") from error
            number = cursor.lastrowid or 0
        return Proposal(number, State.DRAFT, now, legend)

    async def move(self, wood: int, number: int, before: State, after: State, now: datetime) -> None:
        """Lead a proposal from one state to another; of those that are closed the oldest go.

        To accept one is an input of its wood: see :meth:`data.journal.Journal.append`.

        Raises:
            StoreConflictError: it is not in that state any more.
        """
        async with self._database.writing() as connection:
            await change_state(connection, wood, number, before, after, now)
            closed = (State.DECLINED, State.WITHDRAWN)
            await connection.execute(
                "DELETE FROM proposals WHERE wood = ? AND state IN (?, ?) AND id NOT IN "
                "(SELECT id FROM proposals WHERE wood = ? AND state IN (?, ?) ORDER BY at DESC, id DESC LIMIT ?)",
                (wood, *closed, wood, *closed, _CLOSED_KEPT),
            )

    async def of_wood(self, wood: int) -> list[Proposal]:
        """All proposals of a wood, drafts among them, the latest first.

        Raises:
            StoreOutdatedError: one is not understood by this program.
        """
        rows = await self._database.rows("SELECT * FROM proposals WHERE wood = ? ORDER BY at DESC, id DESC", (wood,))
        return [_proposal(row) for row in rows]

    async def accepted(self, wood: int, slugs: Iterable[str]) -> list[Legend]:
        """The accepted legends of a wood that have one of these slugs, by slug.

        Raises:
            StoreOutdatedError: one is not understood by this program.
        """
        wanted = sorted(set(slugs))
        rows = await self._database.rows(
            f"SELECT * FROM proposals WHERE wood = ? AND state = ? AND slug IN ({', '.join('?' * len(wanted))}) "  # noqa: S608 - question marks
            "ORDER BY slug",
            (wood, State.ACCEPTED, *wanted),
        )
        return [_proposal(row).legend for row in rows]


async def change_state(
    connection: Statements, wood: int, number: int, before: State, after: State, now: datetime
) -> None:
    """Change a proposal's state within a transaction.

    Raises:
        StoreConflictError: it is not in the state ``before``.
    """
    cursor = await connection.execute(
        "UPDATE proposals SET state = ?, at = ? WHERE id = ? AND wood = ? AND state = ?",
        (after, to_ms(now), number, wood, before),
    )
    if cursor.rowcount != 1:
        raise StoreConflictError(f"proposal {number} is not {before} any more")


async def forget_author(connection: Statements, channel_id: int, user_id: int) -> None:
    """Delete within a transaction what a user proposed in a channel's woods, but for what was accepted there."""
    await connection.execute(
        "DELETE FROM proposals WHERE state <> ? AND EXISTS (SELECT 1 FROM patrons JOIN woods "
        "ON woods.id = patrons.wood WHERE patrons.wood = proposals.wood AND patrons.key = proposals.author "
        "AND user_id = ? AND channel_id = ?)",
        (State.ACCEPTED, user_id, channel_id),
    )


@cache
def _legend_form() -> TypeAdapter[Legend]:
    return TypeAdapter(Legend)


def _proposal(row: sqlite3.Row) -> Proposal:
    with understanding(Stored.CONTENT, place=row["slug"]):
        # A step of content sees a legend where it is: among those of a content document.
        document = {"legends": {row["slug"]: json.loads(row["legend"])}}
        legend = upcast(Kind.CONTENT, row["schema"], document)["legends"][row["slug"]]
        return Proposal(row["id"], State(row["state"]), from_ms(row["at"]), _legend_form().validate_python(legend))
