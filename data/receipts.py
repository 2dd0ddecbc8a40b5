"""What came of rumors and whispers: the receipts, and what they are measured from."""

import asyncio
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from data.database import Database
from data.errors import Stored
from data.forms import Decisions, restored
from data.inputs import applied_in, by_turn, put_in
from data.posts import owe
from data.readers import world_of
from data.rows import PostKind
from data.statements import Statements
from data.understanding import understanding
from data.upcasts import Kind
from wood.chronicle import Turn
from wood.moves import Intervention, Measured
from wood.names import Creature, Good
from wood.twin import Band, Did, Reaction, telling, topic
from wood.version import RULES
from wood.world import World


class State(StrEnum):
    """How far a receipt is. ``crowded``: too much was said in its turn; ``lost``: its twin could not be played."""

    OPEN = "open"
    DONE = "done"
    CROWDED = "crowded"
    LOST = "lost"

    @property
    def measured(self) -> bool:
        """Whether there is, or will be, something to tell."""
        return self in (State.OPEN, State.DONE)


NO_BAND: Final = Band((), ())


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of one rumor or whisper.

    Attributes:
        turn: the turn in which it was heard.
        place: where it stands among all that was heard in that turn.
        speaker: the key of the patron who said it, "" for a traveller.
        to: who alone heard it; None for a rumor. A whisper's receipt is its speaker's alone.
        about: the good or creature.
        leaning: 1 or -1.
        text: the words, as they were heard.
        believed: points of belief, 0 to 100, of each who heard it.
        state: how far it is.
        through: the last turn that it is measured for, 0 before any.
        others: how many more said the very same in that turn; what follows is what all of them did together.
        effects: by turn, how far the price (of a creature: its wealth) is from its twin's, hundredths of a per cent.
        band: what it does by other dice.
        gain: of a creature, by how much it is richer than in its twin by now, hundredths of a pebble.
        did: what those did who heard it.
        held: creatures whose decisions were held fixed in the twin, because their minds cannot be asked anew.
        voice: the speaker's part of the effect that is told, without its sign.
        id: its key in the store; 0 before it is there.
    """

    turn: int
    place: int
    speaker: str
    to: Creature | None
    about: Good | Creature
    leaning: int
    text: str
    believed: Mapping[Creature, int]
    state: State
    through: int = 0
    others: int = 0
    effects: tuple[int, ...] = ()
    band: Band = NO_BAND
    gain: int = 0
    did: tuple[Reaction, ...] = ()
    held: tuple[Creature, ...] = ()
    voice: int = 0
    id: int = 0

    @property
    def effect(self) -> int:
        """The effect that is told, hundredths of a per cent; 0 where chance explains what there is."""
        at = telling(self.about, self.effects, self.band)
        return 0 if at is None else self.effects[at]


@dataclass(frozen=True, slots=True)
class Hearing:
    """A turn in which something was heard, while its receipts are measured, and the stored world before it."""

    turn: int
    schema: int
    text: str

    def world(self) -> World:
        """Read the world.

        Raises:
            StoreOutdatedError: it is not understood.
        """
        return world_of(self.schema, self.text, place=self.turn - 1)


@dataclass(frozen=True, slots=True)
class PlayedTurn:
    """A turn as it was played: its content by digest, whether by these rules, its inputs, decisions and record."""

    turn: Turn
    content: str
    ours: bool
    actions: tuple[Intervention, ...]
    decisions: Decisions


async def keep_hearing(connection: Statements, wood: int) -> None:
    """Keep the world before the turn that is being committed, in its transaction and before the world is replaced."""
    await connection.execute(
        "INSERT INTO hearings (wood, turn, schema, world) SELECT id, turn + 1, schema, world FROM woods WHERE id = ?",
        (wood,),
    )


def heard_in(connection: sqlite3.Connection, wood: int, first: int, last: int) -> list[Receipt]:
    """Read the receipts of what was heard in some turns, whispers among them, oldest first."""
    rows = connection.execute(
        "SELECT * FROM receipts WHERE wood = ? AND turn BETWEEN ? AND ? ORDER BY turn, place", (wood, first, last)
    )
    return [_receipt(row) for row in rows]


class Receipts:
    """The receipts of all woods."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def hearings(self, wood: int) -> list[Hearing]:
        """The turns of a wood whose receipts are still measured, oldest first."""
        query = "SELECT turn, schema, world FROM hearings WHERE wood = ? ORDER BY turn"
        rows = await self._database.rows(query, (wood,))
        return [Hearing(row["turn"], row["schema"], row["world"]) for row in rows]

    async def played(self, wood: int, first: int, last: int) -> list[PlayedTurn]:
        """Turns with all that they were played from, oldest first.

        Raises:
            StoreOutdatedError: something in them is not understood.
        """
        span = (wood, first, last)
        async with self._database.reading() as connection:
            applied = await applied_in(connection, *span)
            turns = await connection.execute_fetchall(
                "SELECT number, record, schema, content, rules, decisions, decisions_schema FROM turns "
                "WHERE wood = ? AND number BETWEEN ? AND ? ORDER BY number",
                span,
            )
        return await asyncio.to_thread(_played, list(turns), applied)

    async def of_turns(self, wood: int, first: int, last: int) -> list[Receipt]:
        """The receipts of what was heard in some turns, whispers among them, oldest first."""
        return await self._database.read(lambda connection: heard_in(connection, wood, first, last))

    async def get(self, wood: int, key: int) -> Receipt | None:
        """One receipt of a wood."""
        query = "SELECT * FROM receipts WHERE wood = ? AND id = ?"
        row = await self._database.read(lambda connection: connection.execute(query, (wood, key)).fetchone())
        return None if row is None else _receipt(row)

    async def voices(self, wood: int, since_turn: int) -> dict[str, int]:
        """What the public words of each patron moved from a turn on, greatest first: hundredths of a per cent, summed.

        Whispers are in none of it, and neither is what chance explains.
        """
        query = (
            "SELECT speaker, sum(voice) AS voice FROM receipts WHERE wood = ? AND turn >= ? AND speaker <> '' "
            "AND whispered IS NULL GROUP BY speaker HAVING sum(voice) > 0 ORDER BY voice DESC, speaker"
        )
        since = (wood, since_turn)
        rows = await self._database.rows(query, since)
        return {row["speaker"]: row["voice"] for row in rows}

    async def keep(
        self,
        wood: int,
        found: Iterable[Receipt],
        done: Iterable[int],
        settled: Iterable[Measured],
        told_at: int,
        now: datetime,
    ) -> None:
        """Write what was found, and owe what follows: the board anew, and a word to those who asked for one.

        Args:
            wood: whose.
            found: the receipts as they stand now.
            done: the hearings that are measured to their end.
            settled: what was found out for wagers: inputs of the wood's next turn.
            told_at: how many turns after it was heard a patron is told of a receipt.
            now: the time.
        """
        kept = list(found)

        async def write(connection: Statements) -> None:
            await connection.executemany(_WRITE, [_values(wood, each) for each in kept])
            for action in settled:
                await put_in(connection, wood, action, now)
            await connection.executemany("DELETE FROM hearings WHERE wood = ? AND turn = ?", [(wood, t) for t in done])
            if kept:
                await owe(connection, wood, PostKind.BOARD, now)
            asked = {
                row["key"]: row["notify"]
                for row in await connection.execute_fetchall(
                    "SELECT key, notify FROM patrons WHERE wood = ? AND notify IN ('channel', 'direct')", (wood,)
                )
            }
            told: dict[tuple[int, str], int] = {}
            for each in kept:
                how = asked.get(each.speaker)
                if how is None or (how == "channel" and each.to is not None):  # a whisper is nobody else's business
                    continue
                if each.state.measured and each.through == each.turn + told_at:
                    told.setdefault((each.turn, each.speaker), each.place)
            for (turn, _), place in told.items():
                for row in await connection.execute_fetchall(
                    "SELECT id FROM receipts WHERE wood = ? AND turn = ? AND place = ?", (wood, turn, place)
                ):
                    await owe(connection, wood, PostKind.NOTIFY, now, row["id"])

        await self._database.together(write)


_COLUMNS: Final = (
    "wood",
    "turn",
    "place",
    "speaker",
    "whispered",
    "about",
    "leaning",
    "text",
    "believed",
    "state",
    "through",
    "others",
    "effects",
    "low",
    "high",
    "gain",
    "did",
    "held",
    "voice",
)
_FOUND: Final = _COLUMNS[9:]
"""What changes while a receipt is measured."""
_WRITE: Final = (
    f"INSERT INTO receipts ({', '.join(_COLUMNS)}) VALUES (:{', :'.join(_COLUMNS)}) "  # noqa: S608 - constants
    f"ON CONFLICT (wood, turn, place) DO UPDATE SET {', '.join(f'{each} = excluded.{each}' for each in _FOUND)}"
)


def _values(wood: int, receipt: Receipt) -> dict[str, Any]:
    lists = {
        "believed": {who.value: points for who, points in receipt.believed.items()},
        "effects": receipt.effects,
        "low": receipt.band.low,
        "high": receipt.band.high,
        "did": [(each.creature.value, each.did.value, each.units) for each in receipt.did],
        "held": [each.value for each in receipt.held],
    }
    plain = ("turn", "place", "speaker", "leaning", "text", "through", "others", "gain", "voice")
    return {
        "wood": wood,
        "whispered": receipt.to and receipt.to.value,
        "about": receipt.about.value,
        "state": receipt.state.value,
        **{name: getattr(receipt, name) for name in plain},
        **{name: json.dumps(value) for name, value in lists.items()},
    }


def _receipt(row: sqlite3.Row) -> Receipt:
    return Receipt(
        turn=row["turn"],
        place=row["place"],
        speaker=row["speaker"],
        to=row["whispered"] and Creature(row["whispered"]),
        about=topic(row["about"]),
        leaning=row["leaning"],
        text=row["text"],
        believed={Creature(who): points for who, points in json.loads(row["believed"]).items()},
        state=State(row["state"]),
        through=row["through"],
        others=row["others"],
        effects=tuple(json.loads(row["effects"])),
        band=Band(tuple(json.loads(row["low"])), tuple(json.loads(row["high"]))),
        gain=row["gain"],
        did=tuple(Reaction(Creature(who), Did(did), units) for who, did, units in json.loads(row["did"])),
        held=tuple(Creature(who) for who in json.loads(row["held"])),
        voice=row["voice"],
        id=row["id"],
    )


def _played(turns: Sequence[sqlite3.Row], applied: Sequence[sqlite3.Row]) -> list[PlayedTurn]:
    actions = by_turn(applied)
    return [_turn(row, actions.get(row["number"], ())) for row in turns]


def _turn(row: sqlite3.Row, actions: tuple[Intervention, ...]) -> PlayedTurn:
    with understanding(Stored.TURN, place=row["number"]):
        turn: Turn = restored(Kind.RECORD, row["schema"], row["record"])
    with understanding(Stored.DECISIONS, place=row["number"]):
        decisions: Decisions = restored(Kind.DECISIONS, row["decisions_schema"], row["decisions"])
    return PlayedTurn(turn, row["content"], row["rules"] == RULES, actions, decisions)
