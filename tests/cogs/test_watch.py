"""The heartbeat seen from inside: the bot's work is judged, by the time that passed and not by the clock."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from bot import watch as watching
from bot.client import WoodBot
from bot.health import Pulse, check, pulse_file, write
from bot.run import gone
from bot.watch import LATE, ROUND, STORE, Watch, beating
from data.backup import restore
from data.errors import StoreError
from data.identity import Loss, check_rescued
from data.vitals import DueRow
from inference.protocol import Doing, Stage, State
from tests.cogs.grove import Grove


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds by which the time that has passed is ahead; its first item is to be changed."""
    ahead, real = [0.0], monotonic
    monkeypatch.setattr(watching, "monotonic", lambda: real() + ahead[0])
    return ahead


def execute(grove: Grove, statement: str) -> None:
    with closing(sqlite3.connect(grove.settings.database)) as file, file:
        file.execute(statement)


def codes(pulse: Pulse) -> list[str]:
    return [trouble.code for trouble in pulse.troubles]


async def test_a_bot_at_work_is_well(grove: Grove) -> None:
    watch = Watch(grove.bot)
    pulse = await watch.look()
    assert (pulse.state, pulse.troubles, pulse.late, pulse.owed) == ("connected", (), 0, 0)
    await watch.close()


async def test_a_due_turn_that_is_not_taken_is_seen_and_a_leap_of_the_clock_is_none(
    grove: Grove, later: list[float]
) -> None:
    watch = Watch(grove.bot)
    await grove.bot.clock.close()
    # Due for a year by a clock that has just leapt: it has been seen waiting for no time at all.
    execute(grove, "UPDATE woods SET next_turn = 0")
    pulse = await watch.look()
    assert (pulse.late, codes(pulse)) == (1, [])
    patience = LATE + 2 * grove.settings.deadline
    later[0] = patience + 1
    pulse = await watch.look()
    assert "turns" in codes(pulse)
    assert "wood 1" in pulse.troubles[0].message
    # Due in a year, by a clock that was ahead and is put right, is due now; once it is taken all is well.
    execute(grove, "UPDATE woods SET next_turn = next_turn + 4000000000000")
    assert (await watch.look()).late == 1
    await grove.turns()
    pulse = await watch.look()
    assert pulse.late == 0
    assert "turns" not in codes(pulse)
    # A wood that rests owes no turn.
    execute(grove, "UPDATE woods SET next_turn = NULL")
    assert (await watch.look()).late == 0
    await watch.close()


async def test_a_herald_that_does_not_go_round_is_seen(grove: Grove, later: list[float]) -> None:
    watch = Watch(grove.bot)
    await grove.bot.herald.close()
    later[0] = ROUND - 30
    assert codes(await watch.look()) == []
    later[0] = ROUND + 70
    assert codes(await watch.look()) == ["herald"]
    await watch.close()


async def test_a_store_that_does_not_answer_is_seen(
    grove: Grove, later: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(grove.bot)
    assert codes(await watch.look()) == []
    asked = asyncio.Event()

    async def stuck(*_: object) -> list[DueRow]:
        asked.set()
        await asyncio.Event().wait()
        return []

    monkeypatch.setattr(watching, "PROBE", 0.01)
    monkeypatch.setattr(grove.bot.store.vitals, "due", stuck)
    assert codes(await watch.look()) == []
    await asyncio.wait_for(asked.wait(), 10)
    later[0] = STORE + 5
    assert "store" in codes(await watch.look())
    await watch.close()


async def test_minds_that_sleep_are_named_and_are_no_trouble(grove: Grove, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(grove.bot)
    assert (await watch.look()).asleep == ""
    monkeypatch.setattr(grove.bot.council, "asleep", lambda: (State(Stage.DEAD, Doing.UNREACHABLE),))
    pulse = await watch.look()
    assert (pulse.asleep, pulse.troubles) == ("the server cannot be reached", ())
    await watch.close()


@pytest.mark.parametrize("loss", list(Loss))
async def test_a_file_that_is_taken_away_is_noticed_and_what_it_held_is_kept(
    bare: Grove, loss: Loss, caplog: pytest.LogCaptureFixture
) -> None:
    path = bare.settings.database
    await bare.found()
    await bare.turns(2)
    watch = Watch(bare.bot)
    assert not (await watch.look()).troubles
    if loss is Loss.LOG_DELETED:
        path.with_name(f"{path.name}-wal").unlink()
    else:
        path.unlink()
    if loss is Loss.REPLACED:
        path.write_bytes(b"another file")
    # What is put in before anybody notices is acknowledged, so it must not be lost.
    await bare.marguerite.slash(bare.channel, "patron join")
    with caplog.at_level(logging.CRITICAL):
        pulse = await watch.look()
        assert codes(pulse) == ["file"]
        assert watch.lost.is_set()
        assert loss in pulse.troubles[0].message
        await watch.look()
    assert [record.levelname for record in caplog.records] == ["CRITICAL"]
    await watch.close()
    old = bare.bot
    await old.close()
    assert old.rescued is not None
    assert str(old.rescued) in str(gone(old))
    if loss is Loss.DELETED:
        with pytest.raises(StoreError, match="rescued-1"):
            check_rescued(path)
    found = restore(old.rescued, path)
    check_rescued(path)
    assert (found.woods, found.turns) == (1, 2)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT count(*) FROM interventions").fetchone() == (1,)


async def test_the_heartbeat_outlives_a_disk_that_cannot_be_written_and_is_taken_away_at_the_end(
    bare: Grove, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watching, "BEAT", 0.001)
    written: list[Pulse] = []

    def broken(database: Path, pulse: Pulse) -> None:
        written.append(pulse)
        if len(written) < 3:
            raise OSError(28, "no room")
        write(database, pulse)

    monkeypatch.setattr(watching, "write", broken)
    bot: WoodBot = bare.bot
    beats = asyncio.create_task(beating(Watch(bot), bot))
    while len(written) < 5:
        await asyncio.sleep(0.001)
    assert check(bare.settings.database).alive
    beats.cancel()
    await asyncio.gather(beats, return_exceptions=True)
    assert not pulse_file(bare.settings.database).exists()
    assert sum("cannot be written" in record.message for record in caplog.records) == 1
