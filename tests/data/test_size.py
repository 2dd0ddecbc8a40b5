"""How large a database becomes: linear in turns, a year within its bounds, and a write-ahead log that ends."""

import sqlite3
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from bot.settings import Settings
from data import calls
from data.database import FULL_LOG, LOG_SIZE
from data.store import Store
from tests.data.founded import found, take
from tests.data.lived import YEAR, live, sizes
from tests.data.modelled import NAME

WITH_CALLS, WITHOUT_CALLS = 20_000_000, 8_000_000
"""Bytes of a year at the usual pace, with the calls of the last weeks and without any; docs/hosting.md states them."""
CALLS = ("calls", "prompts", "prompted", "traces")
PASSING = ("hearings", "woods")
"""Tables that hold what is under way, and no history."""
FIRST, HALF, LAST = 8, 32, 56


async def test_a_year_stays_within_its_bounds_and_every_turn_costs_the_same(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    seen: dict[int, dict[str, int]] = {}

    def look(turn: int) -> None:
        if turn in (FIRST, HALF, LAST):
            seen[turn] = sizes(path)

    await live(path, NAME, LAST, 0, after=look)

    def size(turn: int, *, calls: bool) -> int:
        tables = seen[turn].items()
        return sum(size for table, size in tables if table not in PASSING and (table in CALLS) == calls)

    for kept in (True, False):
        first, second = (size(b, calls=kept) - size(a, calls=kept) for a, b in ((FIRST, HALF), (HALF, LAST)))
        assert 0 < second <= 1.2 * first, (kept, seen)
    per_turn = {kept: (size(LAST, calls=kept) - size(FIRST, calls=kept)) / (LAST - FIRST) for kept in (True, False)}
    passing = sum(seen[LAST].get(table, 0) for table in PASSING)
    without = passing + size(LAST, calls=False) + (YEAR - LAST) * per_turn[False]
    assert without < WITHOUT_CALLS
    assert without + size(LAST, calls=True) + Settings.model_fields["traces_kept"].default * per_turn[True] < WITH_CALLS


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
    assert FULL_LOG > LOG_SIZE
