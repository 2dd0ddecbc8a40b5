"""Woods that another version of the program wrote: said, paused with the reason, and left as they are."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.errors import said_of
from bot.keeping.library import edition_of
from bot.telling.cards import WoodCard
from bot.telling.catalog import words_in
from data.content import default_rules
from data.editions import document_of
from data.errors import StoreOutdatedError
from data.replay import replay
from tests.bot.kept import CHANNEL, USER, Hands, found, keeping
from tests.refusing import refusing
from wood.names import Creature, Good
from wood.rules import Rules


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
        with pytest.raises(StoreOutdatedError, match="the stored turn 1 ") as error:
            await store.turns.between(row.id, now.at - timedelta(days=1), now.at + timedelta(days=1))
        assert "The stored turn 1 was written by another version" in (said_of(words_in("en"), error.value) or "")
        change(path, "UPDATE turns SET decisions = '[]'")
        with pytest.raises(StoreOutdatedError, match="the stored decisions 1 "):
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


def other_year(rules: Rules) -> Rules:
    """The same content with a shorter autumn, in which Oona has another name."""
    autumn, *rest = rules.seasons
    oona = replace(rules.creatures[Creature.OONA], name="Olga")
    return replace(
        rules,
        seasons=(replace(autumn, firewood=autumn.firewood[:-1]), *rest),
        creatures={**rules.creatures, Creature.OONA: oona},
        tongue=replace(rules.tongue, names={**rules.tongue.names, Creature.OONA: oona.name}),
    )


def dearer(rules: Rules) -> Rules:
    """The same content with another start price."""
    return replace(rules, goods={**rules.goods, Good.HONEY: replace(rules.goods[Good.HONEY], start=1200)})


@pytest.mark.parametrize(("changed", "own"), [(other_year, True), (dearer, False)])
async def test_a_wood_keeps_its_own_calendar_and_takes_up_other_figures(
    tmp_path: Path, now: Hands, changed: Callable[[Rules], Rules], own: bool
) -> None:
    path = tmp_path / "wood.sqlite3"
    before, after = edition_of(changed(default_rules())), edition_of(default_rules())
    async with keeping(path, now=now, rules=before.rules) as (keeper, _):
        await found(keeper)
        for _ in range(2):
            await keeper.turns.take_turn(CHANNEL)
    async with keeping(path, now=now, rules=after.rules) as (keeper, store):
        for _ in range(2):
            await keeper.turns.take_turn(CHANNEL)
        (row,) = await store.woods.all()
        rules = (await keeper.queries.board(CHANNEL)).rules
        prompts = [call.system + call.user async for call in store.turns.traces(row.id, first=3)]
        log = await store.journal.log(row.id)
    assert row.content == (before if own else after).digest
    assert rules == (before if own else after).rules
    # The minds are spoken to in the words of the wood's own edition.
    assert [any(name in prompt for prompt in prompts) for name in ("Olga", "Oona")] == [own, not own]
    assert [turn.content for turn in log.turns] == [before.digest] * 2 + [row.content] * 2
    assert replay(log).agrees


async def test_a_wood_with_other_goods_rests_once_and_says_what_its_keeper_can_do(
    tmp_path: Path, now: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "wood.sqlite3"
    async with keeping(path, now=now) as (keeper, _):
        await found(keeper)
        await keeper.turns.take_turn(CHANNEL)
    document = json.dumps(document_of(default_rules())).replace('"honey": {', '"nectar": {', 1)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("INSERT INTO contents VALUES ('0123456789abcdef', ?)", (document,))
        file.execute("UPDATE woods SET content = '0123456789abcdef'")
    async with keeping(path, now=now) as (keeper, _):
        clock = Clock(keeper, now=now)
        clock.follow(await keeper.queries.wood(CHANNEL))
        for _ in range(3):
            assert await keeper.turns.take_turn(CHANNEL, due=now.on(hours=1)) is None
        assert clock.due(CHANNEL) is None
        problem = why(await keeper.queries.wood(CHANNEL))
        assert "the wood's goods are acorns, berries, mushrooms, nectar, firewood, and the program's are" in problem
        assert "Run the version that played its last turn, or raze it and found a new one." in problem
        assert sum("cannot go on" in record.message for record in caplog.records) == 1
        for asked in (keeper.queries.board(CHANNEL), keeper.patrons.join(CHANNEL, USER, "Ann")):
            with pytest.raises(StoreOutdatedError) as error:
                await asked
            assert said_of(words_in("en"), error.value) == problem
