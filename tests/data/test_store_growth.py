"""A store that has grown: long days and long logs are read without holding anybody up."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from data import calls, journal, turns, woods
from data.readers import turn_row
from data.store import Store
from tests.data.founded import NOON, dump, found, played, seen, take

LONG = 1_203


def prolong(path: Path, count: int) -> None:
    """Repeat the last turn until there are ``count``, ten seconds apart, as a wood of the fastest pace has them."""
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(
            "WITH RECURSIVE more (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM more WHERE n < ?) "
            "INSERT INTO turns (wood, number, taken_at, record, decisions, content, hash) "
            "SELECT wood, n, taken_at + 10000 * (n - 1), record, decisions, content, hash "
            "FROM turns, more WHERE number = 1",
            (count,),
        )
        file.execute("UPDATE woods SET turn = ?", (count,))


def watched(made: list[str], make: Callable[..., Any]) -> Callable[..., Any]:
    """Note in which thread a function runs."""

    def making(*args: Any) -> Any:
        made.append(threading.current_thread().name)
        return make(*args)

    return making


async def test_a_day_of_a_thousand_turns_is_read_whole_and_away_from_the_loop(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        wood = await found(store)
        assert not await store.turns.any_between(wood.id, NOON, NOON + timedelta(days=1))
        await take(store)
        prolong(path, LONG)
        made: list[str] = []
        with patch.object(turns, "turn_row", watched(made, turn_row)):
            assert await store.turns.any_between(wood.id, NOON, NOON + timedelta(days=1))
            assert await store.turns.taken_at(wood.id) == NOON + timedelta(seconds=10 * (LONG - 1))
            assert made == []  # whether there are any is asked without reading one
            day = await store.turns.between(wood.id, NOON, NOON + timedelta(days=1))
            hour = await store.turns.between(wood.id, NOON + timedelta(hours=1), NOON + timedelta(hours=2))
        assert len(day) == LONG
        assert [row.taken_at for row in day] == sorted(row.taken_at for row in day)
        assert len(hour) == 360
        assert hour[0].taken_at == NOON + timedelta(hours=1)
        assert len(made) == LONG + 360
        assert threading.current_thread().name not in made


async def test_a_long_log_is_read_in_parts_and_away_from_the_loop(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        wood = await found(store)
        await take(store)
        prolong(path, LONG)
        made: list[str] = []
        with patch.object(journal, "_turn", watched(made, journal._turn)):
            log = await store.journal.log(wood.id)
        assert [turn.number for turn in log.turns] == list(range(1, LONG + 1))
        assert log.length == LONG
        assert threading.current_thread().name not in made


async def test_old_calls_are_let_go_a_batch_at_a_time(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        await take(store, 4)
        assert await store.turns.prune_traces(wood.id, 0) == 0
        with patch.object(calls, "PAGE", 1):
            assert [await store.turns.prune_traces(wood.id, 2) for _ in range(3)] == [1, 1, 0]
        assert {trace.turn async for trace in store.turns.traces(wood.id)} == {3, 4}


async def test_a_razed_wood_goes_in_parts_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        kept, razed = await found(store, 1), await found(store, 2)
        for channel in (1, 2):
            await store.turns.commit(played(await seen(store, channel)))
        for _ in range(4):
            await store.turns.commit(played(await seen(store, 2)))
        await store.woods.raze(razed.id, NOON)
        with patch.object(woods, "_BATCH", 2):
            assert await store.woods.purge(NOON) == 0
            assert await store.woods.purge(NOON + timedelta(seconds=1)) == 1
        rows = dump(path)
    assert {row[1] for row in rows if row[0] == "turns"} == {kept.id}
    assert {row[2] for row in rows if row[0] == "calls"} == {kept.id}
    assert sum(row[0] == "prompts" for row in rows) == 1


async def test_a_log_that_is_being_read_is_emptied_later(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path, busy_timeout=0.05) as store:
        await found(store)
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM woods").fetchone()
            await store.notes.write("name", "Ann, who was forgotten")
            await store.database.checkpoint()
            assert path.with_name("wood.sqlite3-wal").stat().st_size > 0
        await store.database.settle()
        assert path.with_name("wood.sqlite3-wal").stat().st_size == 0
