"""The heartbeat seen from outside: fresh or stale by the time the machine has run, whatever its clock says."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import health
from bot.health import STALE, Pulse, Trouble, boot_id, check, pulse_file, write

RUN = 1_000_000.0
"""Seconds that the machine has run."""


def pulse(**changes: Any) -> Pulse:
    told: dict[str, Any] = {"boot": boot_id(), "beat": RUN, "at": datetime.now(UTC), "pid": 7, "state": "connected"}
    return Pulse(**{**told, **changes})


def test_a_fresh_heartbeat_is_alive_and_a_stale_one_is_not(tmp_path: Path) -> None:
    database = tmp_path / "wood.sqlite"
    write(database, pulse())
    assert check(database, now=RUN + STALE).alive
    late = check(database, now=RUN + STALE + 1)
    assert not late.alive
    assert "61 seconds" in late.message


def test_a_clock_that_leaps_makes_nobody_dead_or_alive(tmp_path: Path) -> None:
    database = tmp_path / "wood.sqlite"
    for year in (1970, 2100):
        write(database, pulse(at=datetime(year, 1, 1, tzinfo=UTC)))
        os.utime(pulse_file(database), (1, 1))
        assert check(database, now=RUN + 1).alive
        assert not check(database, now=RUN + STALE + 1).alive


def test_a_machine_that_was_restarted_has_no_bot_of_before(tmp_path: Path) -> None:
    database = tmp_path / "wood.sqlite"
    write(database, pulse(boot="another run of it"))
    assert "restarted" in check(database, now=RUN).message
    write(database, pulse())
    assert "restarted" in check(database, now=5.0).message


def test_what_the_bot_does_not_do_is_said_and_sleeping_minds_are_no_death(tmp_path: Path) -> None:
    database = tmp_path / "wood.sqlite"
    write(database, pulse(asleep="the server cannot be reached"))
    found = check(database, now=RUN)
    assert found.alive
    assert "the minds are asleep: the server cannot be reached" in found.message
    write(database, pulse(troubles=[Trouble(code="turns", message="Woods wait.")]))
    found = check(database, now=RUN)
    assert (found.alive, found.message) == (False, "Woods wait.")
    assert found.pulse is not None


@pytest.mark.parametrize("text", ["", "connected\n", '{"version": 2}', json.dumps({"version": 1, "beat": "soon"})])
def test_a_heartbeat_of_another_form_is_none(tmp_path: Path, text: str) -> None:
    database = tmp_path / "wood.sqlite"
    pulse_file(database).write_text(text)
    found = check(database)
    assert not found.alive
    assert "Restart the bot" in found.message


def test_without_a_bot_it_says_how_to_start_one(tmp_path: Path) -> None:
    found = check(tmp_path / "wood.sqlite")
    assert not found.alive
    assert "ttw run" in found.message


def test_a_link_leads_to_the_same_heartbeat(tmp_path: Path) -> None:
    database = tmp_path / "wood.sqlite"
    database.touch()
    (tmp_path / "link.sqlite").symlink_to(database)
    write(database, pulse())
    assert check(tmp_path / "link.sqlite", now=RUN).alive


def test_the_boot_is_told_where_the_machine_tells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_BOOT", tmp_path / "none")
    assert boot_id() == ""
