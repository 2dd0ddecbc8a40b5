"""The one transaction a turn, and the log before it: whole or not at all, once and only once."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from data.database import Database
from data.errors import StoreConflictError, StoreError, WoodTakenError
from data.farewells import recognised
from data.lately import Lately
from data.receipts import Receipt, State
from data.rows import Farewell, FarewellRow, PatronRow, PostKind, PostState
from data.store import Store
from tests.data.founded import CHANNEL, NOON, decisions, dump, found, played, put_in, seen, take, traces
from tests.data.fragile import before_each, fragile
from wood.chronicle import EventKind
from wood.chronicle import dump as dump_of
from wood.moves import CastRumor, DrawLegend, Join, Leave, TellLegend
from wood.names import Good

ROOT = Path(__file__).parents[2]
RUMOR = CastRumor("p1", Good.FIREWOOD, "the frost comes early", 1)


class Crash(Exception):
    """The process dies here."""


@contextmanager
def crashing(at: int) -> Iterator[list[str]]:
    """Raise before the statement with the number ``at`` (from 0) of any connection; tells what was run."""
    ran: list[str] = []

    def tell(sql: str) -> None:
        if len(ran) == at:
            raise Crash
        ran.append(sql)

    with before_each(tell):
        yield ran


async def test_a_crash_before_any_statement_of_a_turn_leaves_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    with fragile():
        opened = await Store.open(path)
    async with opened as store:
        await found(store)
        await take(store)
        await put_in(store, Join("p1"), RUMOR, TellLegend("run-on-oonas-hoard"))
        commit = played(await seen(store))
        before = dump(path)
        statement = 0
        while True:
            with crashing(statement) as ran:
                try:
                    await store.turns.commit(commit)
                except Crash:
                    assert dump(path) == before, f"after {ran[-1] if ran else 'nothing'}"
                    statement += 1
                    continue
            break
        assert statement >= 10
        assert any("woods" in sql for sql in ran)
        after = await seen(store)
        assert (after.wood.turn, after.pending) == (2, ())
        assert dump_of(after.world).decode() == commit.kept.world
        assert dump(path) != before


async def test_a_turn_cancelled_anywhere_is_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        await found(store)
        await put_in(store, Join("p1"))
        before = dump(path)
        commit = played(await seen(store))
        for hops in range(200):
            task = asyncio.create_task(store.turns.commit(commit))
            for _ in range(hops):
                await asyncio.sleep(0)
            task.cancel()
            (outcome,) = await asyncio.gather(task, return_exceptions=True)
            taken = (await seen(store)).wood.turn
            assert taken in (0, 1)
            if taken:
                break
            assert dump(path) == before
            assert isinstance(outcome, asyncio.CancelledError)
        else:
            await store.turns.commit(commit)
        assert (await seen(store)).pending == ()
        with pytest.raises(StoreConflictError):
            await store.turns.commit(commit)


async def test_a_turn_writes_everything_it_changes(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        await put_in(store, Join("p1"), RUMOR)
        commit = played(await seen(store))
        await store.turns.commit(commit)
        after = await seen(store)
        assert (after.wood.turn, dump_of(after.world).decode(), after.pending) == (1, commit.kept.world, ())
        assert after.wood.next_turn == commit.outlook(wood).next_turn
        (row,) = await store.turns.recent(wood.id, 5)
        assert (row.turn, row.taken_at, row.content) == (commit.turn, NOON, wood.content)
        log = await store.journal.log(wood.id)
        assert log.turns[0].interventions == (Join("p1"), RUMOR)
        assert log.turns[0].decisions == decisions()
        (board,) = await store.posts.of_wood(wood.id)
        assert (board.kind, board.state) == (PostKind.BOARD, PostState.OWED)
        kept = [trace async for trace in store.turns.traces(wood.id)]
        assert [replace(trace, wood="") for trace in kept] == list(traces(1))


async def test_a_turn_out_of_its_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        wood = await found(store)
        first = played(await seen(store))
        await store.turns.commit(first)
        before = dump(path)
        with pytest.raises(StoreConflictError, match="turn 1 was taken already"):
            await store.turns.commit(first)
        ahead = replace(first, turn=replace(first.turn, number=3))
        with pytest.raises(StoreConflictError, match="turn 3"):
            await store.turns.commit(ahead)
        assert dump(path) == before
        second = played(await seen(store))
        await store.woods.raze(wood.id, NOON)
        with pytest.raises(StoreConflictError):
            await store.turns.commit(second)


async def test_an_intervention_is_applied_once_even_if_a_turn_claims_it_twice(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        await found(store)
        await put_in(store, Join("p1"))
        await take(store)
        before = dump(path)
        with pytest.raises(StoreConflictError, match="intervention 1 was applied already"):
            await store.turns.commit(replace(played(await seen(store)), applied=(1,)))
        assert dump(path) == before


async def test_what_comes_while_a_turn_is_made_waits_for_the_next(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        await found(store)
        await put_in(store, Join("p1"))
        commit = played(await seen(store))
        await put_in(store, RUMOR)
        await store.turns.commit(commit)
        assert [entry.action for entry in (await seen(store)).pending] == [RUMOR]
        await take(store)
        assert (await seen(store)).pending == ()


async def test_a_wood_that_was_paused_meanwhile_stays_paused(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        commit = played(await seen(store))
        await store.woods.change(wood.id, NOON, next_turn=None)
        await store.turns.commit(commit)
        row = await store.woods.living(CHANNEL)
        assert row is not None
        assert (row.turn, row.next_turn) == (1, None)


async def test_interventions_are_numbered_without_gaps_and_decided_on_what_was_seen(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        await found(store)
        old = await seen(store)
        await put_in(store, Join("p1"), RUMOR)
        await take(store)
        await put_in(store, DrawLegend("p1"))
        assert [entry.number for entry in (await seen(store)).pending] == [3]
        for stale in (old, replace(await seen(store), pending=())):
            with pytest.raises(StoreConflictError):
                await store.journal.append(stale, Join("p2"), NOON)
        assert len((await seen(store)).pending) == 1


async def test_of_two_stores_on_one_file_only_one_takes_the_turn_and_none_loses_an_input(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as one, await Store.open(path) as other:
        await found(one)
        with pytest.raises(WoodTakenError):
            await found(other)
        views = await seen(one), await seen(other)
        outcomes = await asyncio.gather(
            one.journal.append(views[0], Join("p1"), NOON),
            other.journal.append(views[1], Join("p2"), NOON),
            return_exceptions=True,
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Entry", "StoreConflictError"]
        commits = played(await seen(one)), played(await seen(other))
        ends = await asyncio.gather(
            one.turns.commit(commits[0]), other.turns.commit(commits[1]), return_exceptions=True
        )
        assert [type(end) for end in ends].count(StoreConflictError) == 1
        assert (await seen(one)).wood.turn == 1


VICTIM = """
import asyncio, sys
sys.path.insert(0, {root!r})
from data.store import Store
from tests.data.founded import *
from wood.moves import Join

async def main():
    store = await Store.open({path!r})
    await found(store)
    await take(store, 2)
    await put_in(store, Join("p1"))
    commit = played(await seen(store))
    async with store.database.writing() as connection:  # a turn that never gets to its commit
        await connection.execute("UPDATE woods SET turn = 99, world = 'half'")
        await connection.execute("UPDATE interventions SET applied_turn = 99")
        print("ready", flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_a_process_killed_in_the_middle_of_a_turn_leaves_the_turn_before_and_what_was_promised(
    tmp_path: Path,
) -> None:
    path = tmp_path / "wood.sqlite3"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", VICTIM.format(root=str(ROOT), path=str(path)), stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    async with await Store.open(path) as store:
        snapshot = await seen(store)
        assert snapshot.wood.turn == 2
        assert [entry.action for entry in snapshot.pending] == [Join("p1")]
        (turn,) = await take(store)
        assert EventKind.JOINED in {event.kind for event in turn.events}
        assert (await seen(store)).pending == ()


async def test_a_restart_goes_on_byte_for_byte_as_if_there_had_been_none(tmp_path: Path) -> None:
    hashes = []
    for restarts in (False, True):
        path = tmp_path / f"{restarts}.sqlite3"
        store = await Store.open(path)
        await found(store)
        await put_in(store, Join("p1"), RUMOR, TellLegend("run-on-oonas-hoard"))
        turns = []
        for _ in range(8):
            turns += await take(store)
            if restarts:
                await store.close()
                store = await Store.open(path)
        hashes.append([turn.hash for turn in turns])
        await store.close()
    assert hashes[0] == hashes[1]
    assert len(set(hashes[0])) == 8


async def test_turns_are_found_by_number_and_by_time(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        assert await store.turns.taken_at(wood.id) is None
        await take(store, 6)

        def numbers(rows: list[Any]) -> list[int]:
            return [row.turn.number for row in rows]

        hour = timedelta(hours=1)
        assert numbers(await store.turns.recent(wood.id, 4)) == [3, 4, 5, 6]
        assert numbers(await store.turns.recent(wood.id, 2, before=NOON + 3 * hour)) == [2, 3]
        assert numbers(await store.turns.between(wood.id, NOON + hour, NOON + 3 * hour)) == [2, 3]
        assert await store.turns.taken_at(wood.id) == NOON + 5 * hour


async def test_told_legends_are_listed_newest_first(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        await put_in(store, TellLegend("run-on-oonas-hoard"))
        await take(store)
        await put_in(store, TellLegend("great-frost"))
        await take(store)
        assert await store.turns.told(wood.id) == [(2, "great-frost"), (1, "run-on-oonas-hoard")]


async def test_repeated_system_prompts_are_stored_once_and_pages_lose_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        wood = await found(store)
        other = await found(store, 2002)
        with patch("data.calls._TURNS", 2):
            for number in range(1, 5):
                await store.turns.commit(played(await seen(store), calls=traces(number)))
            await store.turns.commit(played(await seen(store, 2002)))
            kept = [(trace.turn, trace.creature) async for trace in store.turns.traces(wood.id)]
            assert kept == [(trace.turn, trace.creature) for number in range(1, 5) for trace in traces(number)]
            span = [trace.turn async for trace in store.turns.traces(first=2, last=3)]
            assert span == [2] * 5 + [3] * 5
            assert {trace.wood async for trace in store.turns.traces()} == {str(wood.id), str(other.id)}
    assert [row[0] for row in dump(path)].count("prompts") == 1


async def lately(store: Store, count: int = 1, heard: int = 0) -> Lately:
    found = await store.recent.snapshot(CHANNEL, count, heard=heard)
    assert found is not None
    assert found[0] == await store.woods.snapshot(CHANNEL)
    return found[1]


async def test_whether_minds_were_silent_is_read_from_the_last_turn_alone(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        await found(store)
        silent = tuple(replace(trace, response=None, why="asleep: loading") for trace in traces(1))
        await store.turns.commit(played(await seen(store), calls=silent))
        assert (await lately(store)).silent == {"asleep"}
        assert (await lately(store)).silent == {"asleep"}
        await take(store)
        assert (await lately(store)).silent == frozenset()


async def test_one_look_shows_what_single_ones_show(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        assert await store.recent.snapshot(CHANNEL, 2) is None
        wood = await found(store)
        assert await lately(store, 2, heard=2) == Lately([], [], frozenset())
        await take(store, 3)
        heard = Receipt(2, 0, "p1", None, Good.HONEY, 1, "the bees sleep", {}, State.OPEN)
        await store.receipts.keep(wood.id, [heard], [], [], 1, NOON)
        both = await lately(store, 2, heard=2)
        assert both.rows == await store.turns.recent(wood.id, 2)
        assert [turn.number for turn in both.turns] == [2, 3]
        assert both.receipts == await store.receipts.of_turns(wood.id, 2, 2) != []
        assert (await lately(store, 2)).receipts == []
        assert (await lately(store, 2, heard=1)).receipts == []


async def test_a_forgotten_player_is_nowhere_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    name, user = "Quillabelle", 424242424242424242
    async with await Store.open(path) as store:
        await found(store)
        await store.journal.append(await seen(store), Join("p1"), NOON, patron=PatronRow("p1", user, name))
        await store.woods.raze((await seen(store)).wood.id, NOON)
        await found(store)
        await store.journal.append(await seen(store), Join("p1"), NOON, patron=PatronRow("p1", user, name))
        await store.journal.rename((await seen(store)).wood.id, "p1", name + "!")
        await take(store, 2)
        assert name.encode() in b"".join(file.read_bytes() for file in tmp_path.iterdir())
        left = Farewell(pebbles=93, breath=2, turn=2, until=60)
        await store.journal.append(await seen(store), Leave("p1"), NOON, forget=user, farewell=left)
        # Not in the write-ahead log either, and not in the free pages.
        content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert name.encode() not in content
        assert user.to_bytes(8, "big") not in content
        (row,) = (await seen(store)).farewells
        assert recognised([row], user) == FarewellRow(row.secret, row.digest, left)
        assert recognised([row], user + 1) is None
        await take(store)
        await store.journal.rename((await seen(store)).wood.id, "p1", name)
        assert (await seen(store)).patrons == (PatronRow("p1", None, None),)
    assert not [row for row in dump(path) if name in str(row) or str(user) in str(row)]


async def test_a_player_is_forgotten_even_if_the_log_cannot_be_emptied_just_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def failing() -> None:
        raise StoreError("disk I/O error")

    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        await found(store)
        await store.journal.append(await seen(store), Join("p1"), NOON, patron=PatronRow("p1", 42, "Quillabelle"))
        monkeypatch.setattr(store.database, "checkpoint", failing)
        entry = await store.journal.append(await seen(store), Leave("p1"), NOON, forget=42)
        assert (await seen(store)).pending[-1] == entry
        assert (await seen(store)).patrons == (PatronRow("p1", None, None),)
    assert "disk I/O error" in caplog.text


async def test_razed_woods_wait_a_while_and_are_gone_with_all_that_is_theirs(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        wood = await found(store)
        await put_in(store, Join("p1"))
        await take(store, 2)
        await store.woods.raze(wood.id, NOON)
        with pytest.raises(StoreConflictError):
            await store.woods.raze(wood.id, NOON)
        assert await store.woods.living(CHANNEL) is None
        assert await store.woods.razed(CHANNEL, NOON + timedelta(seconds=1)) is None
        assert await store.woods.purge(NOON) == 0
        await store.woods.restore(wood.id, NOON, None)
        assert (await seen(store)).wood.turn == 2
        await store.woods.raze(wood.id, NOON)
        newer = await found(store)
        with pytest.raises(WoodTakenError):
            await store.woods.restore(wood.id, NOON, None)
        assert await store.woods.purge(NOON + timedelta(seconds=1)) == 1
        assert await store.woods.by_id(wood.id) is None
        assert await store.woods.living(CHANNEL) == newer
    left = {row[0] for row in dump(path)}
    assert left == {"contents", "woods", "posts", "sqlite_sequence"}


async def test_a_block_that_raises_writes_nothing_and_sqlite_errors_speak_plainly(tmp_path: Path) -> None:
    async with await Database.open(tmp_path / "wood.sqlite3") as database:
        with pytest.raises(Crash):  # noqa: PT012
            async with database.writing() as connection:
                await connection.execute("INSERT INTO contents VALUES ('a', '{}')")
                raise Crash
        with pytest.raises(StoreError, match="said no"):
            async with database.writing() as connection:
                await connection.execute("INSERT INTO nowhere VALUES (1)")
        with pytest.raises(StoreError, match="cannot be written"):
            async with database.reading() as connection:
                await connection.execute("INSERT INTO contents VALUES ('a', '{}')")
        async with database.reading() as connection:
            assert list(await connection.execute_fetchall("SELECT * FROM contents")) == []
