"""A founded wood in a real file, and what tests need to move it on without a bot."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data.content import default_rules
from data.editions import document_of
from data.kept import kept
from data.rows import Founding, Outlook, Snapshot, TurnCommit, WoodRow
from data.store import Store
from wood.chronicle import Turn, digest_of
from wood.founding import found_world
from wood.moves import Intervention
from wood.names import Creature, Good, Side
from wood.orders import Decision, Order
from wood.rules import Rules
from wood.trace import Trace
from wood.turn import step

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
CHANNEL = 501_000_000_000_000_007
SEED = 7


def founding(rules: Rules | None = None, channel: int = CHANNEL, seed: int = SEED) -> Founding:
    rules = rules or default_rules()
    document = document_of(rules)
    return Founding(
        channel_id=channel,
        guild_id=1,
        seed=seed,
        pace=3600,
        zone="UTC",
        report_hour=8,
        founded_at=NOON,
        next_turn=NOON + timedelta(hours=1),
        world=found_world(rules, seed),
        content=digest_of(document),
        document=json.dumps(document),
    )


async def found(store: Store, channel: int = CHANNEL) -> WoodRow:
    return await store.woods.found(founding(channel=channel))


async def seen(store: Store, channel: int = CHANNEL) -> Snapshot:
    snapshot = await store.woods.snapshot(channel)
    assert snapshot is not None
    return snapshot


async def put_in(store: Store, *actions: Intervention) -> None:
    for action in actions:
        await store.journal.append(await seen(store), action, NOON)


def decisions() -> dict[Creature, Decision | None]:
    return {Creature.OONA: Decision(thought="hm", gossip="Honey is scarce."), Creature.PIP: None}


def traces(turn: int, creatures: Iterable[Creature] = Creature) -> tuple[Trace, ...]:
    order = Order(Side.BUY, Good.ACORNS, 4, 1)
    return tuple(
        Trace(
            "", turn, who, "You live in a wood.", f"Turn {turn}, {who}.", '{"thought":"h"}', "h", (order,), "", "test"
        )
        for who in creatures
    )


def played(snapshot: Snapshot, at: datetime = NOON, *, calls: Sequence[Trace] | None = None) -> TurnCommit:
    """The commit of the wood's next turn, played as the keeper would."""
    rules = default_rules()
    decided = decisions()
    world, turn = step(rules, snapshot.world, decided, [entry.action for entry in snapshot.pending])
    return TurnCommit(
        wood=snapshot.wood.id,
        turn=turn,
        kept=kept(world, turn, decided, traces(turn.number) if calls is None else calls),
        applied=tuple(entry.number for entry in snapshot.pending),
        content=snapshot.wood.content,
        document="{}",
        taken_at=at,
        outlook=lambda row: Outlook(at + timedelta(hours=1)),
    )


async def take(store: Store, count: int = 1, start: datetime = NOON) -> list[Turn]:
    turns = []
    for number in range(count):
        commit = played(await seen(store), start + timedelta(hours=number))
        await store.turns.commit(commit)
        turns.append(commit.turn)
    return turns


def dump(path: Path) -> list[tuple[object, ...]]:
    """Every row of every table, with its table's name, read by a connection of its own."""
    connection = sqlite3.connect(path)
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return [(table, *row) for table in tables for row in connection.execute(f"SELECT * FROM {table}")]
    finally:
        connection.close()
