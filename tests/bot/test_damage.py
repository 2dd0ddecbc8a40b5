"""A bit that flipped in one wood's row stops that wood, with words for its keeper, and no other one."""

import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.telling.cards import WoodCard
from bot.telling.catalog import words_in
from data.errors import StoreDamagedError, StoreError
from data.forms import restored
from data.rows import PostKind
from data.upcasts import Kind, schema_of
from tests.bot.kept import CHANNEL, Hands, found, keeping
from tests.refusing import refusing

OTHER = CHANNEL + 1


def execute(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA ignore_check_constraints = ON")
        file.execute(statement, values)


def text(path: Path, query: str) -> bytes:
    with closing(sqlite3.connect(path)) as file:
        file.text_factory = bytes
        return bytes(file.execute(query).fetchone()[0])


def flipped(whole: bytes, dice: random.Random) -> bytes:
    place, bit = dice.randrange(len(whole)), dice.randrange(8)
    return whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]


def means(kind: Kind, whole: bytes) -> object:
    """What a stored document is read as; None where it cannot be."""
    try:
        text = whole.decode("utf-8", "replace") if kind is Kind.WORLD else whole
        return restored(kind, schema_of(kind), text)
    except ValueError:
        return None


def why(card: WoodCard) -> str:
    return card.problem.say(words_in("en"))


@pytest.mark.parametrize(
    ("kind", "table", "value", "of"),
    [(Kind.WORLD, "woods", "CAST(? AS TEXT)", "id"), (Kind.RECORD, "turns", "?", "number = 3 AND wood")],
)
async def test_any_flipped_bit_of_the_world_or_its_last_turn_lets_the_wood_rest(
    tmp_path: Path, now: Hands, kind: Kind, table: str, value: str, of: str
) -> None:
    path, dice = tmp_path / "wood.sqlite3", random.Random(4)
    async with keeping(path, now=now) as (keeper, _):
        await found(keeper)
        await found(keeper, OTHER)
        for _turn in range(3):
            now.on(hours=1)
            assert await keeper.turns.take_turn(CHANNEL, due=now())
            assert await keeper.turns.take_turn(OTHER, due=now())
        whole = text(path, f"SELECT {kind} FROM {table} WHERE {of} = 1")
        tried = 0
        while tried < 25:
            changed = flipped(whole, dice)
            if means(kind, changed) == means(kind, whole):  # the name of a field that is as it is when left out
                continue
            tried += 1
            execute(path, f"UPDATE {table} SET {kind} = {value} WHERE {of} = 1", changed)
            assert await keeper.turns.take_turn(CHANNEL) is None
            card = await keeper.queries.wood(CHANNEL)
            assert card.paused
            assert "damaged" in why(card)
            execute(path, f"UPDATE {table} SET {kind} = {value} WHERE {of} = 1", whole)
            await keeper.admin.resume(CHANNEL)
        now.on(hours=1)
        assert await keeper.turns.take_turn(OTHER, due=now())
        assert await keeper.turns.take_turn(CHANNEL)


async def test_a_wood_whose_own_row_is_damaged_is_left_out_and_says_so(
    tmp_path: Path, now: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "wood.sqlite3"
    async with keeping(path, now=now) as (keeper, _):
        await found(keeper)
        await found(keeper, OTHER)
    execute(path, "UPDATE woods SET next_turn = next_turn + ? WHERE channel_id = ?", 2**61, CHANNEL)
    # A name of a zone that is none, and no text either, does no harm: the day is that of UTC.
    execute(path, "UPDATE woods SET zone = CAST(x'55d443' AS TEXT) WHERE channel_id = ?", OTHER)
    async with keeping(path, now=now) as (keeper, store):
        clock = Clock(keeper, now=now)
        await clock.start()
        try:
            assert clock.due(OTHER) is not None
            assert clock.due(CHANNEL) is None
        finally:
            await clock.close()
        assert sum("the stored wood 1 is damaged" in record.message for record in caplog.records) == 1
        assert await keeper.turns.take_turn(CHANNEL, due=now()) is None
        with refusing("is damaged in the database"):
            await keeper.admin.settings(CHANNEL)
        with pytest.raises(StoreDamagedError):
            await keeper.queries.wood(CHANNEL)
        now.on(hours=1)
        assert await keeper.turns.take_turn(OTHER, due=now())
        assert await keeper.turns.owe_report(OTHER) in (True, False)
        assert [row.wood for row in await store.vitals.due(now() + timedelta(hours=2))] == [2]


async def test_a_damaged_post_keeps_nothing_else_back(tmp_path: Path, now: Hands) -> None:
    path = tmp_path / "wood.sqlite3"
    async with keeping(path, now=now) as (keeper, store):
        await found(keeper)
        await found(keeper, OTHER)
        execute(path, "UPDATE posts SET kind = 'bo\u2603rd' WHERE wood = 1")
        assert [(post.wood, post.kind) for post in await store.posts.due(now())] == [(2, PostKind.BOARD)]
    # A rule of the table that one row breaks is told at the start, and does not keep the bot from the others.
    async with keeping(path, now=now) as (keeper, _):
        now.on(hours=1)
        assert await keeper.turns.take_turn(OTHER, due=now())


async def test_damaged_pages_are_another_matter(tmp_path: Path, now: Hands) -> None:
    path = tmp_path / "wood.sqlite3"
    async with keeping(path, now=now) as (keeper, _):
        await found(keeper)
        await keeper.turns.take_turn(CHANNEL)
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    with pytest.raises(StoreError, match="is damaged"):
        async with keeping(path, now=now):
            raise AssertionError
