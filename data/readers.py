"""How rows of the tables become the frozen types of :mod:`data.rows`."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from data.errors import Stored
from data.forms import restored
from data.rows import Entry, Notify, PatronRow, PostKind, PostRow, PostState, TurnRow, WoodRow, from_ms
from data.understanding import understanding
from data.upcasts import Kind
from wood.chronicle import Turn
from wood.world import World

WOOD_COLUMNS: Final = (
    "id, channel_id, guild_id, seed, pace, zone, report_hour, founded_at, next_turn, turn, founding, content, "
    "board_message_id, reported_until, razed_at, extras, pinned, pressed_at, dozes, dozing, free_text"
)
_WOOD: Final = tuple(WOOD_COLUMNS.split(", "))
LIVING: Final = (
    f"SELECT {WOOD_COLUMNS}, world, schema, version FROM our_woods WHERE razed_at IS NULL AND channel_id = ?"  # noqa: S608 - made of constants
)
"""The living wood of a channel, for :func:`wood_row`, with its world, for :class:`StoredWorld`."""
PENDING: Final = (
    "SELECT number, at, action, schema FROM interventions WHERE wood = ? AND applied_turn IS NULL ORDER BY number"
)
"""What waits for a wood's next turn, for :func:`entry_row`."""
PATRONS: Final = "SELECT key, user_id, name, notify, reach FROM patrons WHERE wood = ? ORDER BY key"
"""Who plays in a wood, for :func:`patron_row`."""
POST_COLUMNS: Final = (
    "posts.id, posts.wood, woods.channel_id, posts.kind, posts.key, posts.since, posts.news_at, posts.revision, "
    "posts.anew, posts.state, posts.nonce, posts.attempts, posts.next_try, posts.problem, posts.message_id, "
    "posts.sent_at"
)
_POST: Final = tuple(column.rpartition(".")[2] for column in POST_COLUMNS.split(", "))


@dataclass(frozen=True, slots=True)
class StoredWorld:
    """A world as it is stored: its schema, its text, and the version of the program that wrote it."""

    schema: int
    text: str
    version: str

    def read(self) -> World:
        """Make sense of it.

        Raises:
            StoreOutdatedError: it is not understood by this program.
        """
        return world_of(self.schema, self.text, writer=self.version)


def world_of(schema: int, text: str, *, writer: str = "", place: object = "") -> World:
    """Read a world.

    Args:
        schema: its form.
        text: the world, as it was stored.
        writer: the version of the program that wrote it, where that is known.
        place: where it stands, for words about damage.

    Raises:
        StoreOutdatedError: it is not understood by this program.
    """
    with understanding(Stored.WORLD, writer, place):
        world: World = restored(Kind.WORLD, schema, text)
    return world


def _maybe(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)


def wood_row(row: sqlite3.Row) -> WoodRow:
    """Read the columns :data:`WOOD_COLUMNS`, which the row begins with.

    Raises:
        StoreDamagedError: they hold what was never written.
    """
    fields: dict[str, Any] = dict(zip(_WOOD, row, strict=False))  # what else was asked for stands behind these
    with understanding(Stored.WOOD, place=row["id"]):
        fields |= {key: from_ms(fields[key]) for key in ("founded_at", "reported_until", "pressed_at")}
        fields |= {key: _maybe(fields[key]) for key in ("next_turn", "razed_at")}
    fields |= {key: bool(fields[key]) for key in ("extras", "pinned", "dozes", "dozing", "free_text")}
    return WoodRow(**fields)


def patron_row(row: sqlite3.Row) -> PatronRow:
    """Read the columns ``key, user_id, name, notify, reach``.

    Raises:
        StoreDamagedError: they hold what was never written.
    """
    with understanding(Stored.PATRON, place=row["key"]):
        return PatronRow(row["key"], row["user_id"], row["name"], Notify(row["notify"]), Notify(row["reach"]))


def post_row(row: sqlite3.Row) -> PostRow:
    """Read the columns :data:`POST_COLUMNS`, which the row begins with.

    Raises:
        ValueError: they hold what was never written; so do OverflowError and TypeError say.
    """
    fields: dict[str, Any] = dict(zip(_POST, row, strict=False))
    fields |= {"kind": PostKind(row["kind"]), "state": PostState(row["state"])}
    fields |= {key: _maybe(row[key]) for key in ("since", "sent_at")}
    fields |= {key: from_ms(row[key]) for key in ("news_at", "next_try")}
    return PostRow(**fields)


def entry_row(row: sqlite3.Row) -> Entry:
    """Read the columns ``number, at, action, schema``.

    Raises:
        StoreOutdatedError: it is not understood.
    """
    with understanding(Stored.MOVE, place=row["number"]):
        return Entry(row["number"], from_ms(row["at"]), restored(Kind.INTERVENTION, row["schema"], row["action"]))


def turn_row(row: sqlite3.Row | Mapping[str, Any]) -> TurnRow:
    """Read the columns ``number, taken_at, record, schema, content, hashes``.

    Raises:
        StoreOutdatedError: it is not understood.
    """
    with understanding(Stored.TURN, place=row["number"]):
        return TurnRow(from_ms(row["taken_at"]), _record(row["schema"], row["record"]), row["content"], row["hashes"])


@lru_cache(maxsize=1024)
def _record(schema: int, record: bytes | str) -> Turn:
    """Read a turn's record; the last ones of a wood are looked at by everybody there, again and again."""
    turn: Turn = restored(Kind.RECORD, schema, record)
    return turn
