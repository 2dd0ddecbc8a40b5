"""How large a database becomes: linear in turns, a year within its bounds, and a write-ahead log that ends."""

import asyncio
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from bot.settings import Settings
from data import calls, database
from data.database import LOG_SIZE
from data.lanes import background
from data.store import Store
from tests.data.founded import found, take
from tests.data.lived import YEAR, live, sizes
from tests.data.modelled import NAME

WITH_CALLS, WITHOUT_CALLS = 20_000_000, 8_000_000
"""Bytes of a year at the usual pace, with the calls of the last weeks and without any, as docs/hosting.md has them."""
CALLS = ("calls", "prompts", "prompted", "traces")
KEPT: int = Settings.model_fields["traces_kept"].default
"""Turns of which the calls are kept unless a host says otherwise."""
PASSING = ("hearings", "woods")
"""Tables that hold what is under way, and no history."""
FIRST, HALF, LAST = 6, 22, 38


def _sum(sizes: Mapping[str, int], *, calls: bool) -> int:
    """Bytes of the calls to minds, or of all other history."""
    return sum(size for table, size in sizes.items() if table not in PASSING and (table in CALLS) == calls)


async def test_a_year_stays_within_its_bounds_and_every_turn_costs_the_same(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    written: dict[int, dict[str, int]] = {}
    pages: dict[int, dict[str, int]] = {}

    def look(turn: int) -> None:
        if turn in (FIRST, HALF, LAST):
            written[turn], pages[turn] = sizes(path, pages=False), sizes(path)

    await live(path, NAME, LAST, 0, after=look)
    cost: dict[bool, float] = {}
    for calls_ in (True, False):
        early, half, late = (_sum(written[turn], calls=calls_) for turn in (FIRST, HALF, LAST))
        assert 0 < late - half <= 1.2 * (half - early), written
        cost[calls_] = (_sum(pages[LAST], calls=calls_) - _sum(pages[FIRST], calls=calls_)) / (LAST - FIRST)
    without = sum(pages[LAST].values()) - _sum(pages[LAST], calls=True) + (YEAR - LAST) * cost[False]
    assert without < WITHOUT_CALLS
    assert without + _sum(pages[LAST], calls=True) + KEPT * cost[True] < WITH_CALLS


def _log(path: Path) -> int:
    return path.with_name(path.name + "-wal").stat().st_size


async def test_the_log_stays_small_while_a_slow_reader_of_ours_is_at_it(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        await found(store)
        await take(store, 3)
        with patch.object(calls, "_TURNS", 2):
            reading = store.turns.traces()
            assert (await anext(reading)).turn == 1  # and it looks at that one for as long as the test takes
            await take(store, 120)
            assert _log(path) <= LOG_SIZE + LOG_SIZE // 4
            assert len([trace async for trace in reading]) == 123 * 5 - 1


async def test_a_log_that_another_program_kept_from_ending_ends_when_that_is_done(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        await found(store)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM woods").fetchall()
            await take(store, 120)
            grown = _log(path)
            assert grown > LOG_SIZE + LOG_SIZE // 4
            await store.database.settle()  # it waits for nobody
            other.execute("COMMIT")
        await take(store, 2)
        assert _log(path) <= LOG_SIZE


async def test_a_log_that_our_own_readers_kept_from_ending_begins_anew_once_they_stand_back(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        await found(store)
        held, let_go = asyncio.Event(), asyncio.Event()

        async def hold() -> None:
            with background():
                async with store.database.reading() as connection:
                    await connection.execute_fetchall("SELECT count(*) FROM woods")
                    held.set()
                    await let_go.wait()

        holding = asyncio.create_task(hold())
        await held.wait()
        await take(store, 3)
        small = _log(path)
        with patch.object(database, "FULL_LOG", small):
            await store.database.settle()  # it is not that full, so nobody has to stand back
        await take(store)
        grown = _log(path)
        assert grown > small
        with patch.object(database, "FULL_LOG", grown - 1):
            settling = asyncio.create_task(store.database.settle())
            await asyncio.sleep(0.05)
            let_go.set()
            await asyncio.gather(settling, holding)
        await take(store)
        assert _log(path) == grown
