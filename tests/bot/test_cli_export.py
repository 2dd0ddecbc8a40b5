"""``ttw export``: a wood's log for `ttw replay`, also beside the bot that runs on the file."""

import asyncio
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from data.claim import claimed
from data.store import Store
from tests.bot.console import own_folder, printed, ttw, words
from tests.data.founded import CHANNEL, found, take

__all__ = ["own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.fixture
def database() -> Path:
    async def make(path: Path) -> None:
        async with await Store.open(path) as store:
            await found(store)
            await take(store, 3)

    path = Path("wood.sqlite3")
    asyncio.run(make(path))
    return path


def test_a_log_is_written_that_replays(database: Path) -> None:
    with claimed(database):
        shown = printed("export", str(CHANNEL), "--database", str(database))
    assert shown == {"turns": 3, "file": f"wood-{CHANNEL}.jsonl"}
    replayed = printed("replay", shown["file"])
    assert (replayed["verdict"], replayed["recomputed"]) == ("agrees", 3)
    said = ttw("export", str(CHANNEL), "--out", "log.jsonl.gz")
    assert said.stdout == "3 turns written to log.jsonl.gz.\n"
    assert Path("log.jsonl.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert printed("replay", "log.jsonl.gz")["agrees"]


def test_what_cannot_be_exported_is_told(database: Path) -> None:
    ended = ttw("export", "5", "--database", str(database))
    assert ended.exit_code == Exit.USAGE
    assert f"No wood lives in channel 5 of this database. Channels with a wood: {CHANNEL}" in words(ended.stderr)
    assert ttw("export", "5", "--database", "none.sqlite3").exit_code == Exit.UNUSABLE
    assert not Path("none.sqlite3").exists()
