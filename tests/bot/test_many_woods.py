"""Many woods at once: the order in which they are due, how many are worked at, and turns that workers compute."""

import asyncio
import os
import signal
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import Clock
from bot.courtesy import Courtesy
from bot.keeper import Keeper
from bot.keeping.desk import utc_now
from bot.keeping.turnpool import BUSY, TurnPool
from bot.keeping.turns import AT_ONCE
from bot.schedule import Schedule
from bot.telling.charts.pool import ChartPool
from data.errors import Stored, StoreOutdatedError, WoodUnfitError
from data.lanes import Lane, lane
from data.store import Store
from tests.bot.kept import CHANNEL, USER, Hands, council, found, keeping, rumor
from wood.chronicle import Turn
from wood.rules import Rules

AT = datetime(2026, 8, 1, 12, tzinfo=UTC)


def test_a_schedule_gives_each_key_once_at_its_latest_time() -> None:
    schedule: Schedule[str] = Schedule()
    for minute in range(200):
        schedule.put("often", AT + timedelta(minutes=minute))
    schedule.put("late", AT + timedelta(hours=9))
    schedule.put("gone", AT)
    schedule.put("soon", AT + timedelta(minutes=1))
    schedule.drop("gone")
    schedule.drop("gone")
    assert (schedule.next(), schedule.at("often")) == (AT + timedelta(minutes=1), AT + timedelta(minutes=199))
    assert len(schedule._heap) < 150, "times that hold no more are thrown away"
    assert schedule.take(AT, 9) == []
    assert schedule.take(AT + timedelta(hours=5), 1) == [("soon", AT + timedelta(minutes=1))]
    assert schedule.take(AT + timedelta(hours=5), 9) == [("often", AT + timedelta(minutes=199))]
    assert (list(schedule), schedule.at("often")) == (["late"], None)
    schedule.put("late", AT)
    assert schedule.take(AT, 9) == [("late", AT)]
    assert (schedule.next(), list(schedule)) == (None, [])


async def test_woods_that_are_due_at_once_are_worked_at_some_at_a_time_the_first_due_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.clock.AT_ONCE", 3)
    monkeypatch.setattr("bot.clock._BATCH", 4)
    async with keeping(tmp_path / "wood.sqlite3", now=utc_now) as (keeper, store):
        for place in range(10):
            await found(keeper, CHANNEL + place)
        for place, row in enumerate(await store.woods.all()):
            await store.woods.change(row.id, utc_now(), next_turn=utc_now() - timedelta(seconds=90 - place))
        begun: list[int] = []
        at_work = most = 0
        done = asyncio.Event()

        async def turn(channel_id: int, *, due: datetime | None = None) -> None:
            nonlocal at_work, most
            assert lane() is Lane.BACKGROUND
            begun.append(channel_id - CHANNEL)
            at_work += 1
            most = max(most, at_work)
            for _ in range(5):
                await asyncio.sleep(0)
            at_work -= 1
            if len(begun) == 10:
                done.set()

        async def report(channel_id: int) -> bool:
            return False

        monkeypatch.setattr(keeper.turns, "take_turn", turn)
        monkeypatch.setattr(keeper.turns, "owe_report", report)
        clock = Clock(keeper)
        await clock.start()
        await asyncio.wait_for(done.wait(), 20)
        await clock.close()
        assert begun == list(range(10))
        assert most == 3
        assert clock.waiting == 0


async def test_a_turn_is_no_part_of_the_command_that_scheduled_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = ContextVar("used", default="nothing")
    seen: list[str] = []
    done = asyncio.Event()

    async def turn(channel_id: int, *, due: datetime | None = None) -> None:
        seen.append(used.get())
        done.set()

    async with keeping(tmp_path / "wood.sqlite3", now=utc_now) as (keeper, _):
        await found(keeper, pace=3600)
        clock = Clock(keeper)
        await clock.start()
        monkeypatch.setattr(keeper.turns, "take_turn", turn)
        card = await keeper.queries.wood(CHANNEL)
        token = used.set("a command")
        clock.follow(replace(card, next_turn=utc_now()))
        used.reset(token)
        await asyncio.wait_for(done.wait(), 20)
        await clock.close()
    assert seen == ["nothing"]


async def _year(path: Path, pool: TurnPool) -> list[Turn]:
    """Some turns in which something is said, computed as a pool does."""
    now = Hands()
    async with await Store.open(path) as store:
        charts = ChartPool(0)
        keeper = Keeper(store, council(), charts, now=now, pool=pool)
        await found(keeper)
        await keeper.patrons.join(CHANNEL, USER, "Ana")
        turns = []
        for number in range(4):
            if number == 1:
                await rumor(keeper)
            now.on(hours=1)
            turns.append(await keeper.turns.take_turn(CHANNEL))
        receipts = await store.receipts.of_turns(1, 1, 9)
        assert [receipt.through for receipt in receipts] == [4]
        traces = [trace async for trace in store.turns.traces(1)]
        assert len(traces) == 20
        await charts.close()
    return [turn for turn in turns if turn is not None]


async def test_turns_that_workers_compute_are_the_same_and_a_worker_that_dies_costs_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    here = await _year(tmp_path / "here.sqlite3", TurnPool(0))
    monkeypatch.setattr("bot.keeping.turnpool.BUSY", 1)
    pool = TurnPool(1)
    assert await _year(tmp_path / "away.sqlite3", pool) == here
    pid = await pool.work([], _pid)
    assert pid != os.getpid()
    with pytest.raises(WoodUnfitError) as raised:
        await pool.work([], _outdated)
    assert (raised.value.what, raised.value.kind, raised.value.ours) == (Stored.CONTENT, "goods", ("honey",))
    os.kill(pid, signal.SIGKILL)
    assert await pool.work([], _pid) == os.getpid()
    assert "a worker that computes turns died" in caplog.text
    assert await pool.work([], _pid) not in {pid, os.getpid()}, "the next one gets a new worker"
    await pool.close()
    await pool.close()


async def test_workers_that_cannot_start_are_not_tried_at_every_turn(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.keeping.turnpool.BUSY", 1)
    monkeypatch.setattr("bot.keeping.turnpool._settle_in", _ends)
    pool = TurnPool(1)
    assert [await pool.work([], _pid) for _ in range(3)] == [os.getpid()] * 3
    assert caplog.text.count("No worker that computes turns can be started") == 1
    monkeypatch.undo()
    monkeypatch.setattr("bot.keeping.turnpool.BUSY", 1)
    monkeypatch.setattr(pool, "_rests_until", 0.0)
    assert await pool.work([], _pid) != os.getpid()
    await pool.close()


def _ends() -> None:
    os._exit(1)


def _pid(rules: Any) -> int:
    return os.getpid()


def _outdated(rules: Sequence[Rules]) -> None:
    raise WoodUnfitError("goods", ["gold"], ["honey"])


async def test_few_turns_are_computed_here(tmp_path: Path) -> None:
    assert BUSY < AT_ONCE, "else no worker would ever be started"
    pool = TurnPool(1)
    assert await pool.work([], _pid) == os.getpid()
    assert pool._executor is None
    with pytest.raises(StoreOutdatedError):
        await pool.work([], _outdated)


async def test_what_can_wait_waits_for_a_late_loop_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    real = asyncio.sleep

    async def look(seconds: float) -> None:
        nonlocal looks
        looks += 1
        await real(0)

    monkeypatch.setattr("bot.courtesy.asyncio.sleep", look)
    monkeypatch.setattr("bot.courtesy.LATE", float("inf"))
    await Courtesy(0.02).wait()
    assert looks == 1
    monkeypatch.setattr("bot.courtesy.LATE", -1.0)
    await Courtesy(0.02).wait()
    assert looks > 2
