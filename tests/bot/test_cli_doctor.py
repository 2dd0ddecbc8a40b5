"""`ttw status` and `ttw doctor`: what they say of a database from outside, without changing it."""

import asyncio
import gzip
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from bot.telling.notice import Notice
from data.backup import back_up
from data.claim import claimed
from data.doctor import Level, examine
from data.packing import pack, unpack
from data.store import Store
from tests.bot.console import own_folder, printed, ttw
from tests.bot.kept import CHANNEL, Hands, found, keeping, rumor
from tests.bot.kept import USER as PATRON

__all__ = ["own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")
WOOD = Path("wood.sqlite3")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two woods, one of which has played some turns with a patron's rumor in them."""
    path = tmp_path_factory.mktemp("kept") / "wood.sqlite3"

    async def play() -> None:
        now = Hands(datetime.now(UTC) - timedelta(hours=4))
        async with keeping(path, now=now) as (keeper, _):
            await found(keeper)
            await found(keeper, CHANNEL + 1)
            await keeper.patrons.join(CHANNEL, PATRON, "Ann")
            for _turn in range(3):
                now.on(hours=1)
                await keeper.turns.take_turn(CHANNEL, due=now())
                await rumor(keeper)
            await keeper.admin.pause(CHANNEL + 1, Notice("problem-locked"))

    asyncio.run(play())
    return path


@pytest.fixture
def wood(kept: Path) -> Path:
    """A copy of it in the folder of the test."""
    shutil.copy(kept, WOOD)
    return WOOD


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            file.execute(statement)


def wrong(path: Path, *, deep: bool = False) -> str:
    """What is wrong, all in one text."""
    findings = asyncio.run(examine(path, deep=deep))
    return "\n".join(f"{each.what} {each.do}" for each in findings if each.level is Level.WRONG)


def files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path().iterdir()}


def test_status_lists_the_woods_and_changes_nothing(wood: Path) -> None:
    before = files()
    told = printed("status")
    assert files() == before
    assert not told["alive"]
    runs, rests = told["woods"]
    assert (runs["channel_id"], runs["turn"], runs["minds"], runs["owed"]) == (CHANNEL, 3, ["instinct"], 1)
    assert (rests["next_turn"], rests["owed"]) == (None, 0)
    assert "This thread is locked." in rests["problem"]
    shown = ttw("status")
    assert shown.exit_code == Exit.OK
    assert "No bot is running" in shown.stdout
    assert "running" in shown.stdout
    assert "paused: This thread is locked." in " ".join(shown.stdout.split())
    assert "late" in shown.stdout or "in " in shown.stdout


async def test_status_reads_beside_a_running_bot(tmp_path: Path, now: Hands) -> None:
    path = tmp_path / "wood.sqlite3"
    with claimed(path):
        async with keeping(path, now=now) as (keeper, _):
            await found(keeper)
            assert len(printed("status", "--database", str(path))["woods"]) == 1
            findings = await examine(path)
            assert all(each.level is Level.WELL for each in findings)
            assert "A bot runs on it." in [each.what for each in findings]
            now.on(hours=1)
            assert await keeper.turns.take_turn(CHANNEL, due=now())


@pytest.mark.parametrize("command", ["status", "doctor"])
def test_a_database_of_another_version_is_told(wood: Path, command: str) -> None:
    execute(wood, "PRAGMA user_version = 9999")
    if command == "doctor":
        assert "knows only up to" in wrong(wood)
    else:
        assert ttw("status").exit_code == Exit.UNUSABLE


def test_a_sound_database_is_well_and_stays_as_it_is(wood: Path) -> None:
    before = files()
    assert printed("doctor", str(wood), "--deep")["well"] is True
    assert files() == before
    shown = ttw("doctor", str(wood))
    assert shown.exit_code == Exit.OK
    assert "Read 2 woods with 3 turns" in shown.stdout
    assert "All is well." in shown.stdout


def test_an_older_database_is_well_and_said_to_be_older() -> None:
    old = Path(__file__).parents[1] / "fixtures"
    for path in sorted(old.glob("v*/*.sqlite3.gz")):
        WOOD.write_bytes(gzip.decompress(path.read_bytes()))
        told = printed("doctor", str(WOOD))
        assert told["well"], told
        assert any("brings it to" in each["do"] for each in told["findings"])


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda path: path.unlink(), "There is no file"),
        (lambda path: path.write_bytes(b"no database" * 100), "no SQLite database"),
        (lambda path: execute(path, "PRAGMA application_id = 7"), "of another program"),
        (lambda path: execute(path, "UPDATE posts SET kind = 'bosrd'"), "breaks a rule of its table"),
        (lambda path: execute(path, "UPDATE woods SET zone = CAST(x'55d443' AS TEXT)"), "no UTF-8"),
        (lambda path: execute(path, "PRAGMA foreign_keys = OFF", "DELETE FROM prompts"), "belong to nothing"),
        (lambda path: execute(path, "UPDATE woods SET next_turn = 1 << 61"), "the stored wood 1 is damaged"),
        (lambda path: execute(path, "UPDATE turns SET decisions = '{' WHERE number = 2"), "the stored decisions 2"),
        (lambda path: execute(path, "DELETE FROM turns WHERE number = 2"), "2 of them are stored"),
        (lambda path: path.with_name("second.sqlite3").hardlink_to(path), "hard links"),
    ],
)
def test_what_is_wrong_is_named(wood: Path, spoil: Callable[[Path], object], says: str) -> None:
    spoil(wood)
    assert says in wrong(wood)
    assert ttw("doctor", str(wood)).exit_code == Exit.FAILED


def test_damaged_pages_are_named(wood: Path) -> None:
    with wood.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    assert "damaged" in wrong(wood)


def test_a_bit_that_leaves_a_value_like_any_other_is_found_by_playing_again(wood: Path) -> None:
    """The second of three records: no later turn is sealed over it, and it is read without a fault."""
    with closing(sqlite3.connect(wood)) as file:
        (packed,) = file.execute("SELECT record FROM turns WHERE number = 2").fetchone()
    record = unpack(packed)
    place = record.index('"firewood_need":') + len('"firewood_need":')
    changed = f"{record[:place]}{(int(record[place]) + 1) % 10}{record[place + 1 :]}"
    with closing(sqlite3.connect(wood)) as file, file:
        file.execute("UPDATE turns SET record = ? WHERE number = 2", (pack(changed),))
    assert not wrong(wood)
    assert "the record of turn 2 is not what was played" in wrong(wood, deep=True)


def test_flipped_bits_in_what_patrons_put_in_are_found(wood: Path) -> None:
    dice = random.Random(9)
    with closing(sqlite3.connect(wood)) as file:
        (action,) = file.execute("SELECT action FROM interventions WHERE number = 2").fetchone()
    place = dice.randrange(len(action))
    changed = (action[:place] + chr(ord(action[place]) ^ 1) + action[place + 1 :]).replace("'", "''")
    execute(wood, f"UPDATE interventions SET action = '{changed}' WHERE number = 2")
    assert "Wood 1 in channel" in wrong(wood, deep=True)


def test_a_log_left_behind_by_another_file_is_found(wood: Path, tmp_path: Path) -> None:
    async def leave() -> None:
        async with await Store.open(wood) as store:
            await store.notes.write("a", "x" * 50_000)
            shutil.copy(f"{wood}-wal", "kept-wal")

    asyncio.run(leave())
    Path("kept-wal").rename(f"{wood}-wal")
    assert not wrong(wood)
    told = printed("doctor", str(wood))
    assert any("killed" in each["what"] for each in told["findings"])
    # The same log beside a file of another program's making: sound alone, damaged together.
    other = Path("other.sqlite3")
    with closing(sqlite3.connect(other)) as file, file:
        file.execute("CREATE TABLE a (b)")
        file.execute("PRAGMA journal_mode = WAL")
    shutil.copy(other, wood)
    assert "belongs to another one" in wrong(wood) or "of another program" in wrong(wood)


def test_a_backup_can_be_looked_at(wood: Path) -> None:
    back_up(wood, Path("backup.sqlite3"))
    assert printed("doctor", "backup.sqlite3")["well"] is True
