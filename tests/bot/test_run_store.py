"""What is wrong with the database is told before Discord is asked for anything."""

from pathlib import Path

import pytest

from bot.cli.exits import Exit
from data.claim import claimed
from tests.bot.console import own_folder, ttw

__all__ = ["own_folder"]

TOKEN = "a-token-of-nobody"


@pytest.fixture(autouse=True)
def _set(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTW_TOKEN", TOKEN)
    monkeypatch.setenv("TTW_DATABASE", "wood.sqlite3")
    monkeypatch.setattr("bot.client.WoodBot.start", _offline)


async def _offline(*_: object) -> None:
    raise AssertionError("the network was asked first")


def test_a_damaged_file_is_told_offline() -> None:
    path = Path("wood.sqlite3")
    path.write_bytes(b"this is no database" * 100)
    ended = ttw("run")
    assert ended.exit_code == Exit.DAMAGED
    assert "is damaged or is no SQLite database" in ended.stderr
    assert path.read_bytes() == b"this is no database" * 100


def test_a_second_bot_is_told_offline() -> None:
    with claimed(Path("wood.sqlite3")):
        ended = ttw("run")
    assert ended.exit_code == Exit.UNUSABLE
    assert "Another bot runs on the database" in ended.stderr
