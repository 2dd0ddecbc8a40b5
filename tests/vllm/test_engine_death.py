"""The engine's process is killed in the middle of a turn: the wood goes on, and loses nothing."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from bot.keeper import Keeper
from bot.telling.catalog import words_in
from bot.telling.charts.pool import ChartPool
from bot.telling.engines import doing
from bot.views.board import render_board
from data.store import Store
from inference.council import Council
from inference.engines.vllm import VllmMind
from tests.bot.kept import CHANNEL, USER, found, rows, rumor
from tests.inference.asking import leap
from tests.vllm.engine import BUILDING, LONG, asking, core_process, council, engine_processes, until
from wood.chronicle import Turn
from wood.ledger import audit

pytestmark = pytest.mark.timeout(1800)


async def killed_in_turn(keeper: Keeper, engine: VllmMind) -> "asyncio.Task[Turn | None]":
    """A turn whose engine was killed as soon as it worked on it."""
    core = core_process()
    turn = asyncio.create_task(keeper.turns.take_turn(CHANNEL))
    await until(lambda: asking(engine) > 0)
    core.kill()
    assert not turn.done()
    return turn


async def board(keeper: Keeper) -> str:
    return str(render_board(await keeper.queries.board(CHANNEL)).to_components())  # type: ignore[no-untyped-call]


async def calls(store: Store, wood: Any, number: int) -> list[str]:
    return [call.why async for call in store.turns.traces(wood.id, first=number, last=number)]


def keeping(store: Store, minds: Council) -> Keeper:
    return Keeper(store, minds, ChartPool(0), asleep=minds.asleep)


async def test_a_turn_with_time_enough_is_asked_again_of_the_next_engine(engine: VllmMind, tmp_path: Path) -> None:
    before = engine.built
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        keeper = keeping(store, council(engine, deadline=LONG))
        await found(keeper)
        first = await keeper.turns.take_turn(CHANNEL)
        assert first is not None
        turn = await (await killed_in_turn(keeper, engine))
        assert turn is not None
        assert turn.number == first.number + 1
        wood, world, pending, _ = await rows(store)
        assert await calls(store, wood, turn.number) == [""] * 5, "all five had their answers from the next engine"
        assert engine.built == before + 1
        assert len([each for each in engine_processes() if "EngineCore" in " ".join(each.cmdline())]) == 1
        audit(world.accounts)
        assert world.turn == turn.number
        assert not pending
        nextly = await keeper.turns.take_turn(CHANNEL)
        assert nextly is not None
        assert await calls(store, wood, nextly.number) == [""] * 5


async def test_a_turn_without_time_goes_without_minds_and_the_wood_lives_on(
    engine: VllmMind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost, nothing is applied twice, commands work, and the board says that the minds are asleep."""
    before = engine.built
    go_on = threading.Event()

    async def pause(seconds: float) -> None:
        """The next engine is built when the test says so: no machine is too fast for what comes before."""
        await until(go_on.is_set, 10 * BUILDING)

    monkeypatch.setattr(engine._supervisor, "_pause", pause)
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        keeper = keeping(store, council(engine, grace=10 * LONG))
        await found(keeper)
        await keeper.patrons.join(CHANNEL, USER, "Ana")
        await rumor(keeper)
        taking = await killed_in_turn(keeper, engine)
        await until(lambda: bool(engine._supervisor._waiting))
        leap(monkeypatch, 2 * LONG)
        turn = await taking
        assert turn is not None
        assert not engine.state.ready, "the turn waited for the next engine past its deadline"
        wood, world, pending, _ = await rows(store)
        whys = [why.partition(":")[0] for why in await calls(store, wood, turn.number)]
        assert set(whys) <= {"dead", ""}
        assert "dead" in whys
        audit(world.accounts)
        assert world.turn == turn.number == 1
        assert not pending, "what players put in was applied with the turn"
        shown = await board(keeper)
        assert "asleep" in shown
        assert "habit" in shown.lower()
        assert doing(words_in("en"), [engine.state]).split(",")[0] in shown
        await rumor(keeper, "honey is dear")
        second = await keeper.turns.take_turn(CHANNEL)
        assert second is not None
        assert {why.partition(":")[0] for why in await calls(store, wood, 2)} == {"asleep"}
        assert not engine.state.ready, "commands and turns waited for the next engine"
        go_on.set()
        assert await engine.ready(BUILDING)
        assert engine.built == before + 1
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        keeper = keeping(store, council(engine))
        third = await keeper.turns.take_turn(CHANNEL)
        assert third is not None
        assert [turn.number, second.number, third.number] == [1, 2, 3]
        assert await calls(store, wood, 3) == [""] * 5
        assert "asleep" not in await board(keeper)
