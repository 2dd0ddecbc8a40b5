"""Woods that another version of the program wrote: said, paused with the reason, and left as they are."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import said_of
from bot.telling.cards import WoodCard
from bot.telling.catalog import words_in
from data.errors import StoreOutdatedError
from tests.bot.kept import CHANNEL, USER, Hands, found, keeping
from tests.refusing import refusing


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(statement)


def why(card: WoodCard) -> str:
    """What the wood's keeper is told."""
    return card.problem.say(words_in("en"))


def world(path: Path) -> str:
    with closing(sqlite3.connect(path)) as file:
        return str(file.execute("SELECT world FROM woods").fetchone()[0])


async def test_a_world_that_is_not_understood_rests_and_says_why(tmp_path: Path, now: Hands) -> None:
    path = tmp_path / "wood.sqlite3"
    async with keeping(path, now=now) as (keeper, _):
        await found(keeper)
        await keeper.turns.take_turn(CHANNEL)
        change(path, "UPDATE woods SET world = json_set(world, '$.turn', 'one'), version = '0.0.7'")
        kept = world(path)
        now.on(hours=1)
        assert await keeper.turns.take_turn(CHANNEL, due=now.at) is None
        card = await keeper.queries.wood(CHANNEL)
        assert card.paused
        assert "version 0.0.7" in why(card)
        assert "turn" in why(card)
        assert "Run the version that wrote it" in why(card)
        assert await keeper.turns.take_turn(CHANNEL, due=now.on(hours=1)) is None
        assert not await keeper.turns.owe_report(CHANNEL)
        assert world(path) == kept
        with refusing(r"0\.0\.7"):
            await keeper.queries.board(CHANNEL)
        with refusing(r"0\.0\.7"):
            await keeper.patrons.join(CHANNEL, USER, "Ann")
        assert not (await keeper.admin.resume(CHANNEL)).paused
        assert await keeper.turns.take_turn(CHANNEL) is None
        assert (await keeper.queries.wood(CHANNEL)).paused


async def test_turns_and_moves_that_are_not_understood_are_told(tmp_path: Path, now: Hands) -> None:
    path = tmp_path / "wood.sqlite3"
    async with keeping(path, now=now) as (keeper, store):
        await found(keeper)
        await keeper.turns.take_turn(CHANNEL)
        change(path, "UPDATE turns SET record = '{}'")
        (row,) = await store.woods.all()
        with pytest.raises(StoreOutdatedError, match="The stored turn 1 ") as error:
            await store.turns.between(row.id, now.at - timedelta(days=1), now.at + timedelta(days=1))
        assert said_of(words_in("en"), error.value) == str(error.value)
        change(path, "UPDATE turns SET decisions = '[]'")
        with pytest.raises(StoreOutdatedError, match="decided in turn 1 "):
            await keeper.admin.export(CHANNEL)
        await keeper.patrons.join(CHANNEL, USER, "Ann")
        change(path, 'UPDATE interventions SET action = \'{"kind": "fly"}\'')
        assert await keeper.turns.take_turn(CHANNEL) is None
        assert "The stored move 1 " in why(await keeper.queries.wood(CHANNEL))


async def test_content_that_is_not_understood_lets_the_wood_rest(tmp_path: Path, now: Hands) -> None:
    path = tmp_path / "wood.sqlite3"
    async with keeping(path, now=now) as (keeper, _):
        await found(keeper)
        change(path, "INSERT INTO contents VALUES ('0123456789abcdef', '{}')")
        change(path, "UPDATE woods SET content = '0123456789abcdef', world = json_set(world, '$.deck[0]', 'lost-tale')")
        assert await keeper.turns.take_turn(CHANNEL) is None
        card = await keeper.queries.wood(CHANNEL)
        assert card.paused
        assert "0123456789ab" in why(card)
