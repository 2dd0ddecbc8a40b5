"""Players go first at the file, and turns that share a commit stay each whole."""

import asyncio
import os
import signal
import sqlite3
import sys
import threading
import time
from pathlib import Path

from data.errors import StoreConflictError, StoreError
from data.lanes import PATIENCE, Lane, LaneLock, background, lane
from data.sharing import TOGETHER
from data.statements import Block, Statements
from data.store import Store
from tests.data.founded import CHANNEL, dump, found, played, put_in, seen
from tests.data.fragile import before_each, fragile
from wood.moves import Join

ROOT = Path(__file__).parents[2]


async def test_the_lock_goes_to_players_first_but_not_for_ever() -> None:
    lock, order = LaneLock(), list[Lane]()

    async def work(who: Lane) -> None:
        async with lock.holding(who):
            order.append(who)
            await asyncio.sleep(0)

    async with lock.holding(Lane.BACKGROUND):
        waiting = [asyncio.create_task(work(Lane.BACKGROUND)) for _ in range(2)]
        await asyncio.sleep(0)
        waiting += [asyncio.create_task(work(Lane.PLAYERS)) for _ in range(PATIENCE + 5)]
        gone = asyncio.create_task(work(Lane.PLAYERS))
        await asyncio.sleep(0)
        gone.cancel()
        assert lock.wanted
    await asyncio.gather(*waiting)
    first = order.index(Lane.BACKGROUND)
    assert first == PATIENCE
    assert order[first + 1 :] == [Lane.PLAYERS] * 5 + [Lane.BACKGROUND]
    async with asyncio.timeout(5), lock.holding():
        assert not lock.wanted


async def test_a_lock_that_is_handed_to_one_who_gives_up_in_the_same_moment_goes_on_to_the_next() -> None:
    lock = LaneLock()

    async def work() -> None:
        async with lock.holding():
            await asyncio.sleep(0)

    async with lock.holding():
        late, next_ = asyncio.create_task(work()), asyncio.create_task(work())
        await asyncio.sleep(0)
    late.cancel()
    await asyncio.wait_for(next_, 5)
    assert late.cancelled() or await asyncio.gather(late, return_exceptions=True)
    async with asyncio.timeout(5), lock.holding():
        pass


async def test_what_is_begun_in_the_background_stays_there_and_nothing_else_does() -> None:
    async def mine() -> Lane:
        await asyncio.sleep(0)
        return lane()

    with background():
        task = asyncio.create_task(mine())
    assert lane() is Lane.PLAYERS
    assert await task is Lane.BACKGROUND


async def test_a_player_reads_while_a_turn_reads(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        await found(store)
        held, go_on = asyncio.Event(), asyncio.Event()

        async def turn() -> None:
            async with store.database.reading() as connection:
                await connection.execute_fetchall("SELECT 1 FROM woods")
                held.set()
                await go_on.wait()

        with background():
            reading = asyncio.create_task(turn())
        await held.wait()
        async with asyncio.timeout(20):
            assert (await seen(store)).wood.channel_id == CHANNEL
            assert [post.wood for post in await store.posts.of_wood(1)] == [1]
        go_on.set()
        await reading


async def test_a_player_writes_before_turns_that_wait_for_their_commit(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        order: list[str] = []
        waits, pause = threading.Event(), threading.Event()

        async def turn(connection: Statements) -> int:
            await connection.execute("SELECT 1")
            order.append("turn")
            # The second turn of the first commit is being written when the player comes.
            if len(order) == 2:
                waits.set()
                ends = time.monotonic() + 20
                while not store.database._writing.wanted and time.monotonic() < ends:
                    pause.wait(0.001)
            return len(order)

        async def player(connection: Statements) -> None:
            order.append("player")

        async def press() -> None:
            await asyncio.to_thread(waits.wait, 20)
            await store.database.write(player)

        pressing = asyncio.create_task(press())
        numbers = await asyncio.gather(*(store.database.together(turn) for _ in range(10)))
        await pressing
        assert order == ["turn", "turn", "player", *["turn"] * 8]
        assert sorted(numbers) == [1, 2, *range(4, 12)]


async def test_turns_that_share_a_commit_stand_or_fall_each_for_itself(
    tmp_path: Path,
) -> None:
    commits = 0

    def count(sql: str) -> None:
        nonlocal commits
        commits += sql == "COMMIT"

    path = tmp_path / "wood.sqlite3"
    with fragile():
        opened = await Store.open(path)
    async with opened as store:
        for place in range(6):
            await found(store, CHANNEL + place)
        await put_in(store, Join("p1"))
        turns = [played(await seen(store, CHANNEL + place)) for place in range(6)]
        await store.turns.commit(turns[3])  # so that its second try fails
        with before_each(count):
            ends = await asyncio.gather(*map(store.turns.commit, turns), return_exceptions=True)
        assert commits == 1
        assert [type(end) for end in ends] == [type(None)] * 3 + [StoreConflictError] + [type(None)] * 2
        assert [(await seen(store, CHANNEL + place)).wood.turn for place in range(6)] == [1] * 6
        assert [len(await store.turns.recent(place, 5)) for place in range(1, 7)] == [1] * 6
        assert [len([each async for each in store.turns.traces(place)]) for place in range(1, 7)] == [5] * 6
        order: list[int] = []

        def noting(number: int) -> Block[None]:
            async def note(connection: Statements) -> None:
                order.append(number)

            return note

        await asyncio.gather(*(store.database.together(noting(each), soon=each > 2) for each in range(1, 5)))
        assert order == [3, 4, 1, 2]
        commits = 0
        many = [store.database.together(_nothing) for _ in range(2 * TOGETHER)]
        with before_each(count):
            await asyncio.gather(*many)
        assert commits == 2


async def _nothing(connection: Statements) -> None:
    await connection.execute("SELECT 1")


async def test_what_ends_the_whole_commit_is_told_to_all_who_share_it_and_to_nobody_after(
    tmp_path: Path,
) -> None:
    path = tmp_path / "wood.sqlite3"

    def full(sql: str) -> None:
        if sql == "COMMIT":
            raise sqlite3.OperationalError("disk I/O error")

    with fragile():
        opened = await Store.open(path)
    async with opened as store:
        for place in range(3):
            await found(store, CHANNEL + place)
        before = dump(path)
        turns = [played(await seen(store, CHANNEL + place)) for place in range(3)]
        with before_each(full):
            ends = await asyncio.gather(*map(store.turns.commit, turns), return_exceptions=True)
        assert [type(end) for end in ends] == [StoreError] * 3
        assert dump(path) == before
        await asyncio.gather(*map(store.turns.commit, turns))
        assert [(await seen(store, CHANNEL + place)).wood.turn for place in range(3)] == [1] * 3


VICTIM = """
import asyncio, sys, time
sys.path.insert(0, {root!r})
from data.store import Store
from tests.data.founded import *

async def main():
    store = await Store.open({path!r})
    for place in range(4):
        await found(store, CHANNEL + place)
    one, *others = [played(await seen(store, CHANNEL + place)) for place in range(4)]
    await store.turns.commit(one)
    print("one", flush=True)

    async def hang(connection):
        print("ready", flush=True)
        time.sleep(60)

    await asyncio.gather(*map(store.turns.commit, others), store.database.together(hang))

asyncio.run(main())
"""


async def test_a_process_killed_within_a_shared_commit_leaves_every_wood_whole(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", VICTIM.format(root=str(ROOT), path=str(path)), stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    assert [await process.stdout.readline() for _ in range(2)] == [b"one\n", b"ready\n"]
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    async with await Store.open(path) as store:
        # What was answered stands, and of the three that were written and not committed there is nothing.
        assert [(await seen(store, CHANNEL + place)).wood.turn for place in range(4)] == [1, 0, 0, 0]
        assert [len(await store.turns.recent(place, 5)) for place in range(1, 5)] == [1, 0, 0, 0]
        await asyncio.gather(*[store.turns.commit(played(await seen(store, CHANNEL + place))) for place in range(4)])
        assert [(await seen(store, CHANNEL + place)).wood.turn for place in range(4)] == [2, 1, 1, 1]
