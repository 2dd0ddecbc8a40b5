"""What a wood's next turn begins with, read in one go.

Its world and its last turns are left as they are stored: making sense of them is most of the work, and whoever computes
the turn can do it.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from data.database import Database
from data.readers import LIVING, PATRONS, PENDING, StoredWorld, entry_row, patron_row, wood_row
from data.rows import Entry, PatronRow, WoodRow
from data.turns import LATELY, TOLD
from wood.world import World


@dataclass(frozen=True)
class Opening:
    """A wood before its next turn.

    Attributes:
        wood: its row.
        stored: its world.
        pending: what waits for the turn.
        patrons: who plays.
        lately: its last turns, oldest first, for :func:`data.readers.turn_row` of any process.
        told: the legends told, with their turns, newest first.
        last_extra: the turn of the last post about a legend; None before the first.
        hears: whether what was said in one of its turns is still measured.
    """

    wood: WoodRow
    stored: StoredWorld
    pending: tuple[Entry, ...]
    patrons: tuple[PatronRow, ...]
    lately: Sequence[Mapping[str, Any]]
    told: Sequence[tuple[int, str]]
    last_extra: int | None
    hears: bool

    @cached_property
    def world(self) -> World:
        """The world, once somebody here asks for it.

        Raises:
            StoreOutdatedError: it is not understood by this program.
        """
        return self.stored.read()


class Openings:
    """The woods as they stand before their next turns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, channel_id: int, lately: int) -> Opening | None:
        """The living wood of a channel that is not paused; None where there is none.

        Args:
            channel_id: the channel.
            lately: how many of the last turns the next one looks back on.

        Raises:
            StoreOutdatedError: something in its row, or what waits, is not understood by this program.
        """

        def look(connection: sqlite3.Connection) -> Opening | None:
            row = connection.execute(LIVING, (channel_id,)).fetchone()
            if row is None or row["next_turn"] is None:
                return None
            wood = (row["id"],)
            pending = connection.execute(PENDING, wood).fetchall()
            patrons = connection.execute(PATRONS, wood).fetchall()
            told = connection.execute(TOLD, wood).fetchall()
            (extra, hears) = connection.execute(
                "SELECT (SELECT max(key) FROM posts WHERE wood = ?1 AND kind = 'extra'), "
                "EXISTS (SELECT 1 FROM hearings WHERE wood = ?1)",
                wood,
            ).fetchone()
            return Opening(
                wood=wood_row(row),
                stored=StoredWorld(row["schema"], row["world"], row["version"]),
                pending=tuple(entry_row(each) for each in pending),
                patrons=tuple(patron_row(each) for each in patrons),
                lately=[dict(each) for each in connection.execute(LATELY, (*wood, lately)).fetchall()[::-1]],
                told=[(each["turn"], each["legend"]) for each in told],
                last_extra=extra,
                hears=bool(hears),
            )

        return await self._database.read(look)
