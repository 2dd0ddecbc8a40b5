"""The heartbeat: written by a bot that lives, missed when it does not."""

import asyncio
import os
from pathlib import Path

import pytest

from bot import health


async def test_a_living_bot_is_found_alive_and_leaves_no_pulse_behind(tmp_path: Path) -> None:
    database = tmp_path / "wood.sqlite"
    beating = asyncio.create_task(health.beating(database, lambda: "connected"))
    while not health.pulse_file(database).exists():
        await asyncio.sleep(0.001)
    found = health.check(database)
    assert found.alive
    assert "connected" in found.message
    beating.cancel()
    with pytest.raises(asyncio.CancelledError):
        await beating
    assert not health.pulse_file(database).exists()
    assert not health.check(database).alive


def test_a_bot_that_hangs_or_was_killed_is_found_out(tmp_path: Path) -> None:
    database = tmp_path / "wood.sqlite"
    health.beat(database, "connected")
    os.utime(health.pulse_file(database), (1_000_000, 1_000_000))
    assert health.check(database, now=1_000_000 + health.STALE).alive
    late = health.check(database, now=1_000_001 + health.STALE)
    assert not late.alive
    assert "61 seconds" in late.message


def test_without_a_bot_it_says_how_to_start_one(tmp_path: Path) -> None:
    found = health.check(tmp_path / "wood.sqlite")
    assert not found.alive
    assert "ttw run" in found.message


async def test_a_disk_that_cannot_be_written_is_logged_once_and_does_not_end_the_bot(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "BEAT", 0.001)
    beats = 0

    def state() -> str:
        nonlocal beats
        beats += 1
        return "connected"

    beating = asyncio.create_task(health.beating(tmp_path / "missing" / "wood.sqlite", state))
    while beats < 3:
        await asyncio.sleep(0.001)
    assert not beating.done()
    beating.cancel()
    with pytest.raises(asyncio.CancelledError):
        await beating
    assert len(caplog.records) == 1
