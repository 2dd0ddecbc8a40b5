"""Taking turns: while commands come in, when the bot is killed, when things fail."""

import asyncio
import os
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.keeper import Keeper
from data.content import default_rules
from data.errors import StoreError, StoreLockedError
from data.store import Store
from inference.answering import AnsweringMind
from inference.council import Council
from tests.bot.kept import CHANNEL, GUILD, NOON, USER, Hands, SlowMinds, found, keeping, rows, rumor
from tests.inference.test_corpus import CASES
from tests.refusing import refusing
from wood.chronicle import EventKind
from wood.ledger import audit
from wood.moves import CastRumor, TellLegend
from wood.moves.base import BREATH_MAX
from wood.names import CREATURES, Good

ROOT = Path(__file__).parents[2]
HOUR = timedelta(hours=1)


async def test_commands_work_while_the_minds_think_and_wait_for_the_next_turn(tmp_path: Path, now: Hands) -> None:
    minds = SlowMinds()
    async with keeping(tmp_path / "wood.sqlite3", minds=minds, now=now) as (keeper, store):
        await found(keeper)
        await keeper.patrons.join(CHANNEL, USER, "Ann")
        turning = asyncio.create_task(keeper.turns.take_turn(CHANNEL))
        await minds.asked.wait()
        assert (await rumor(keeper)).patron.breath == BREATH_MAX - 1
        await keeper.admin.settings(CHANNEL, pace=600)
        second = asyncio.create_task(keeper.turns.take_turn(CHANNEL, due=now.at))
        await keeper.queries.board(CHANNEL)
        assert len(minds.calls) == 1  # never two turns of one wood at once
        minds.go_on.set()
        first = await turning
        assert first is not None
        assert EventKind.JOINED in {event.kind for event in first.events}
        assert EventKind.RUMOR not in {event.kind for event in first.events}
        assert await second is None  # not due any more
        assert (await keeper.queries.wood(CHANNEL)).next_turn == NOON + timedelta(minutes=10)
        (entry,) = (await rows(store))[2]
        assert isinstance(entry.action, CastRumor)
        after = await keeper.turns.take_turn(CHANNEL)
        assert after is not None
        assert EventKind.RUMOR in {event.kind for event in after.events}
        assert all(str(number) not in wood for wood, _ in minds.calls for number in (CHANNEL, GUILD))


async def test_a_wood_takes_one_turn_at_a_time(tmp_path: Path) -> None:
    minds = SlowMinds()
    async with keeping(tmp_path / "wood.sqlite3", minds=minds) as (keeper, _):
        await found(keeper)
        turning = [asyncio.create_task(keeper.turns.take_turn(CHANNEL)) for _ in range(3)]
        await minds.asked.wait()
        for _ in range(5):
            await keeper.queries.board(CHANNEL)
        assert len(minds.calls) == 1
        minds.go_on.set()
        assert [turn.number for turn in await asyncio.gather(*turning) if turn] == [1, 2, 3]
        assert len(minds.calls) == 3


async def test_a_wood_razed_while_its_minds_think_takes_no_turn(tmp_path: Path) -> None:
    minds = SlowMinds()
    async with keeping(tmp_path / "wood.sqlite3", minds=minds) as (keeper, store):
        await found(keeper)
        turning = asyncio.create_task(keeper.turns.take_turn(CHANNEL))
        await minds.asked.wait()
        await keeper.admin.raze(CHANNEL)
        minds.go_on.set()
        assert await turning is None
        await keeper.admin.restore(CHANNEL)
        assert (await rows(store))[0].turn == 0


async def test_missed_turns_become_one_and_the_beat_is_kept(kept: tuple[Keeper, Store], now: Hands) -> None:
    keeper, _ = kept
    assert await keeper.turns.take_turn(CHANNEL, due=now.at) is None
    now.on(hours=7, minutes=20)
    turn = await keeper.turns.take_turn(CHANNEL, due=now.at)
    assert turn is not None
    assert turn.number == 1
    assert (await keeper.queries.wood(CHANNEL)).next_turn == NOON + 8 * HOUR
    assert await keeper.turns.take_turn(CHANNEL, due=now.at) is None


async def test_an_intervention_overtaken_by_a_turn_is_refused_there_and_blocks_nobody(
    kept: tuple[Keeper, Store],
) -> None:
    keeper, store = kept
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    snapshot = await store.woods.snapshot(CHANNEL)
    assert snapshot is not None
    for action in (TellLegend("no-such-legend"), CastRumor("p9", Good.HONEY, "nobody said so", 0)):
        snapshot = await store.woods.snapshot(CHANNEL)
        assert snapshot is not None
        await store.journal.append(snapshot, action, NOON)
    assert (await rumor(keeper)).patron.breath == BREATH_MAX - 1
    turn = await keeper.turns.take_turn(CHANNEL)
    assert turn is not None
    refused = [event for event in turn.events if event.kind is EventKind.REFUSED]
    assert len(refused) == 2
    assert all(event.to for event in refused)
    assert (await rows(store))[2] == ()


async def test_a_locked_database_is_told_in_a_players_words_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with keeping(path, busy_timeout=0.01) as (keeper, store):
        await found(keeper)
        await keeper.patrons.join(CHANNEL, USER, "Ann")
        before = await rows(store)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with refusing("Try again in a minute") as refused:
                await rumor(keeper)
            assert refused.value.code == "store"
            with pytest.raises(StoreLockedError):
                await keeper.turns.take_turn(CHANNEL)
            assert (await keeper.patrons.purse(CHANNEL, USER)).breath == BREATH_MAX
            other.execute("ROLLBACK")
        assert await rows(store) == before
        await rumor(keeper)
        assert await keeper.turns.take_turn(CHANNEL)


async def test_after_the_store_is_closed_nothing_is_taken_for_done(tmp_path: Path) -> None:
    async with keeping(tmp_path / "wood.sqlite3") as (keeper, store):
        await found(keeper)
        await store.close()
        with pytest.raises(StoreError, match="closed already"):
            await keeper.turns.take_turn(CHANNEL)


VICTIM = """
import asyncio, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from tests.bot.kept import *
from wood.names import Good

async def main():
    minds = SlowMinds()
    async with keeping(Path({path!r}), minds=minds) as (keeper, store):
        await found(keeper)
        await keeper.patrons.join(CHANNEL, USER, "Ann")
        await keeper.patrons.cast_rumor(CHANNEL, USER, about=Good.HONEY, text="so it is said", leaning=1, to=None)
        turning = asyncio.create_task(keeper.turns.take_turn(CHANNEL))
        await minds.asked.wait()
        print("ready", flush=True)
        await turning

asyncio.run(main())
"""


async def test_a_bot_killed_between_answer_and_turn_keeps_its_promises(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", VICTIM.format(root=str(ROOT), path=str(path)), stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    async with keeping(path) as (keeper, store):
        assert (await keeper.patrons.purse(CHANNEL, USER)).breath == BREATH_MAX - 1
        assert len((await rows(store))[2]) == 2
        turn = await keeper.turns.take_turn(CHANNEL)
        assert turn is not None
        assert turn.number == 1
        assert [event.kind for event in turn.events].count(EventKind.RUMOR) == 1
        assert (await rows(store))[2] == ()


async def test_no_reply_however_odd_holds_up_a_wood(tmp_path: Path) -> None:
    """Whatever a model writes is read, recorded in a real file, and the next turn comes."""
    texts = [case["reply"] for case in CASES if "reply" in case]
    texts += [
        '{"thought":"\\ud83e","gossip":"\\udd76"}',
        "\ud83e",
        "\x00",
        '{"orders":[{"price":1e999}]}',
        "9" * 20_000,
    ]
    left = iter(texts)
    hostile = AnsweringMind("hostile", lambda view, seed: next(left, ""))
    minds = Council(dict.fromkeys(CREATURES, hostile), default_rules())
    async with keeping(tmp_path / "wood.sqlite3", minds=minds) as (keeper, store):
        await found(keeper)
        for number in range(1, 1 + -(-len(texts) // len(CREATURES))):
            turn = await keeper.turns.take_turn(CHANNEL)
            assert turn is not None
            assert turn.number == number
        wood, world, *_ = await rows(store)
        audit(world.accounts)
        assert [trace async for trace in store.turns.traces(wood.id)]
    assert next(left, None) is None
