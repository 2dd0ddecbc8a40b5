"""Backups: whole while a bot writes, and put back so that no log left beside the file undoes them."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from bot.cli.exits import Exit
from data.backup import BackupError, back_up, restore
from data.claim import claimed
from data.errors import StoreCorruptError, StoreLockedError, StoreNewerError
from tests.bot.kept import CHANNEL, Hands, found, keeping

ROOT = Path(__file__).parents[2]
KILLED = """
import asyncio, os, sys
from pathlib import Path
from tests.bot.kept import CHANNEL, Hands, keeping
async def main():
    now = Hands()
    async with keeping(Path(sys.argv[1]), now=now) as (keeper, _):
        for _ in range(int(sys.argv[2])):
            now.on(hours=1)
            await keeper.turns.take_turn(CHANNEL)
        os.kill(os.getpid(), 9)
asyncio.run(main())
"""


async def played(path: Path, turns: int) -> None:
    async with keeping(path, now=Hands()) as (keeper, _):
        await found(keeper)
        for _ in range(turns):
            await keeper.turns.take_turn(CHANNEL)


def killed(path: Path, turns: int) -> int:
    """Let a bot die after some more turns; answers how its process ended."""
    command = [sys.executable, "-c", KILLED, str(path), str(turns)]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=120).returncode


async def turn_of(path: Path) -> int:
    async with keeping(path, now=Hands()) as (_, store):
        row = await store.woods.living(CHANNEL)
        assert row is not None
        return row.turn


async def test_a_backup_beside_the_log_of_a_killed_bot_is_what_is_opened(tmp_path: Path) -> None:
    path, backup = tmp_path / "wood.sqlite3", tmp_path / "backup.sqlite3"
    await played(path, 3)
    assert back_up(path, backup) == backup.stat().st_size
    assert killed(path, turns=4) == -9
    assert path.with_name("wood.sqlite3-wal").stat().st_size
    put_back = restore(backup, path)
    assert (put_back.woods, put_back.turns) == (1, 3)
    assert not path.with_name("wood.sqlite3-wal").exists()
    assert await turn_of(path) == 3
    assert backup.is_file()
    assert put_back.before is not None
    assert await turn_of(put_back.before) == 7, "what was there is kept with its log"
    again = restore(backup, path)
    assert again.before is not None
    assert again.before.name == "wood.sqlite3.before-2"


async def test_a_backup_is_taken_while_the_bot_writes(tmp_path: Path) -> None:
    path, backup = tmp_path / "wood.sqlite3", tmp_path / "backup.sqlite3"
    backup.write_text("an older one")
    async with keeping(path, now=Hands()) as (keeper, _):
        await found(keeper)
        await keeper.turns.take_turn(CHANNEL)
        back_up(path, backup)
        await keeper.turns.take_turn(CHANNEL)
    assert restore(backup, tmp_path / "new.sqlite3").before is None
    assert await turn_of(tmp_path / "new.sqlite3") == 1
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []


async def test_what_cannot_be_put_back_changes_nothing(tmp_path: Path) -> None:
    path, backup = tmp_path / "wood.sqlite3", tmp_path / "backup.sqlite3"
    await played(path, 1)
    back_up(path, backup)
    before = path.read_bytes()
    text, foreign, newer, broken = (tmp_path / name for name in ("text", "foreign", "newer", "broken"))
    text.write_text("no database " * 100)
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE x (y)")
    shutil.copy(backup, newer)
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    damaged = bytearray(backup.read_bytes())
    damaged[4096 * 3 : 4096 * 6] = os.urandom(4096 * 3)
    broken.write_bytes(damaged)
    for bad, error in (
        (text, StoreCorruptError),
        (foreign, StoreCorruptError),
        (newer, StoreNewerError),
        (broken, StoreCorruptError),
        (tmp_path / "nothing", BackupError),
        (path, BackupError),
    ):
        with pytest.raises(error):
            restore(bad, path)
    with claimed(path), pytest.raises(StoreLockedError):
        restore(backup, path)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.before-*"))
    with pytest.raises(BackupError, match="the database itself"):
        back_up(path, path)
    with pytest.raises(BackupError, match="no database"):
        back_up(tmp_path / "nothing", backup)


def test_the_command_line_takes_a_backup_and_puts_it_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asyncio.run(played(Path("wood.sqlite3"), 2))
    runner = CliRunner()
    taken = runner.invoke(app, ["backup", "copy.sqlite3"])
    assert taken.exit_code == Exit.OK
    assert "Put it back with `ttw restore copy.sqlite3`" in taken.stdout
    back = runner.invoke(app, ["restore", "copy.sqlite3"])
    assert back.exit_code == Exit.OK
    assert "Put back: 1 woods with 2 turns" in back.stdout
    assert "wood.sqlite3.before-1" in back.stdout
    refused = runner.invoke(app, ["restore", "nothing.sqlite3"])
    assert refused.exit_code == Exit.UNUSABLE
    assert "There is no backup nothing.sqlite3" in refused.stderr
