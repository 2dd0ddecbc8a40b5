"""Woods moved between files: every row of every table, at any moment in one file, and none is left behind."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from bot.cli.exits import Exit
from data.claim import claimed
from data.database import Database
from data.errors import StoreError, StoreLockedError
from data.log import log_bytes
from data.moving import LEFT, OF_A_WOOD, SHARED, WOODS, MoveError, tables_of
from data.reshard import reshard
from data.shards import Shards
from data.store import Store
from tests.bot.kept import USER, Hands, keeping
from tests.data.founded import dump, founding, take
from tests.data.living import LIVING, PAUSED, RAZED, V3, unpack
from wood.names import Good

ROOT = Path(__file__).parents[2]
FOUR = [Shards.parse(text) for text in ("0/4", "1-2/4", "3/4")]
AWAY = 1_000
"""How far the channels of the second file are from those of the first."""
NOTED = """
INSERT INTO visits VALUES (1, 'p1', 5, 3, 90);
INSERT INTO alerts (wood, key, good, way, price) VALUES (1, 'p2', 'honey', 1, 700), (2, 'p1', 'acorns', -1, 300);
INSERT INTO reminders VALUES (1, 'p1', 'report', 4);
INSERT INTO nudges (wood, key, items) VALUES (1, 'p1', '[]'), (1, 'p2', '[1]');
INSERT INTO proposals (wood, slug, author, state, at, schema, legend) VALUES (1, 'owls', 'p1', 'proposed', 9, 1, '{}');
INSERT INTO questions VALUES (1, 'p1', '2026-08-01', 7, 'oona', 'Will honey get dearer?', 1, NULL);
INSERT INTO posts (wood, kind, key, news_at, state, nonce, next_try)
    SELECT 1, 'notify', -id, 1, 'owed', 'n' || id, 1 FROM nudges;
INSERT INTO posts (wood, kind, key, news_at, state, nonce, next_try)
    SELECT 1, 'notify', max(id), 1, 'sending', 'r', 1 FROM receipts WHERE wood = 1;
INSERT INTO posts (wood, kind, key, news_at, state, nonce, next_try)
    VALUES (1, 'notify', 1000000064000001, 1, 'delivered', 't', 1);
INSERT INTO muted VALUES (1, x'01', x'02');
INSERT INTO notes VALUES ('commands of 1', 'as they were');
"""


def guild_of(shard: int, number: int = 0) -> int:
    """A server's id of one of four shards."""
    return (shard + 4 * (1_000_003 + number)) << 22


async def grown(path: Path, shards: Sequence[int], away: int = 0) -> Path:
    """A file with three woods, one of them razed, and a row in every table; moves wait in the first."""
    aside = path.parent / path.stem
    aside.mkdir()
    unpack(aside, V3).rename(path)
    aside.rmdir()
    async with keeping(path, now=Hands()) as (keeper, _):
        await keeper.turns.take_turn(LIVING)
        await keeper.patrons.cast_rumor(LIVING, USER, about=Good.HONEY, text="the hive is empty", leaning=None, to=None)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(NOTED)
        for wood, shard in enumerate(shards, 1):
            connection.execute(
                "UPDATE woods SET channel_id = channel_id + ?, guild_id = ? WHERE id = ?", (away, guild_of(shard), wood)
            )
        connection.commit()
        for table in OF_A_WOOD:
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0], f"nothing in {table}"
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    """Every row of every wood: with channels for keys of woods, and with what posts name in place of its key."""
    found: list[dict[str, Any]] = []
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        channels = {row["id"]: row["channel_id"] for row in connection.execute("SELECT id, channel_id FROM woods")}
        named = {
            ("receipts", row["id"]): (row["turn"], row["place"]) for row in connection.execute("SELECT * FROM receipts")
        } | {("nudges", row["id"]): (row["key"], row["items"]) for row in connection.execute("SELECT * FROM nudges")}
        for table in (WOODS, *OF_A_WOOD):
            for row in connection.execute(f"SELECT * FROM {table}"):
                told = {"table": table, **dict(row)}
                told.pop("id", None)
                if table != WOODS:
                    told["wood"] = channels[told["wood"]]
                if table == "posts" and told["kind"] == "notify" and told["key"] < 10**12:
                    table_of = "nudges" if told["key"] < 0 else "receipts"
                    told["key"] = named[table_of, abs(told["key"])]
                for column, shared in (("founding", "contents"), ("content", "contents"), ("system", "prompts")):
                    if column in told:
                        query = f"SELECT * FROM {shared} WHERE digest = ?"
                        told[column] = tuple(connection.execute(query, (told[column],)).fetchone())
                found.append(told)
    return found


def alike(found: list[dict[str, Any]]) -> list[str]:
    return sorted(map(repr, found))


async def logs(path: Path) -> dict[int, bytes]:
    """The log of every living wood, by its channel: what `ttw replay` recomputes."""
    async with await Store.open(path) as store:
        return {wood.channel_id: log_bytes(await store.journal.log(wood.id)) for wood in await store.woods.all()}


async def test_every_row_of_every_wood_arrives_where_its_server_belongs(tmp_path: Path) -> None:
    one = await grown(tmp_path / "wood.sqlite3", (0, 1, 3))
    two = await grown(tmp_path / "other.sqlite3", (2, 0, 0), AWAY)
    before, told = rows(one) + rows(two), await logs(one) | await logs(two)
    with closing(sqlite3.connect(one)) as connection:
        ids = connection.execute("SELECT id, wood, turn, place FROM receipts WHERE wood = 1").fetchall()

    done = await asyncio.to_thread(reshard, [one, two], FOUR, tmp_path / "wood.sqlite3")
    files = [new.file for new in done.files]
    assert [file.name for file in files] == ["wood-0-of-4.sqlite3", "wood-1-2-of-4.sqlite3", "wood-3-of-4.sqlite3"]
    assert [new.moved.woods for new in done.files] == [2, 2, 0]
    assert alike([row for file in files for row in rows(file)]) == alike(before)
    for new in done.files:
        for row in rows(new.file):
            assert row["table"] != WOODS or new.shards.owns(row["guild_id"])
    assert not one.exists()
    assert [kept.name for kept in done.kept] == ["wood.sqlite3.before-1", "other.sqlite3.before-1"]
    assert {file.name for file in tmp_path.iterdir() if not file.name.endswith(".lock")} == {
        *(file.name for file in files),
        *(kept.name for kept in done.kept),
    }
    again: dict[int, bytes] = {}
    for file in files:
        again |= await logs(file)
    assert again == told
    with closing(sqlite3.connect(files[0])) as connection:
        query = "SELECT id, wood, turn, place FROM receipts WHERE wood = 1"
        assert connection.execute(query).fetchall() == ids, "what was free keeps its ids"

    # The woods go on in their new files, and what they owe is owed there.
    async with await Store.open(files[1], shards=FOUR[1]) as store:
        assert await store.woods.strangers() == 0
        assert {wood.channel_id for wood in await store.woods.all()} == {PAUSED, LIVING + AWAY}
        assert {post.channel_id for post in await store.posts.due(Hands()())} >= {LIVING + AWAY}
    for file, channel in ((files[0], LIVING), (files[1], LIVING + AWAY)):
        async with keeping(file, now=Hands()) as (keeper, store):
            seen = await store.woods.snapshot(channel)
            assert seen is not None
            assert seen.pending
            turn = await keeper.turns.take_turn(channel)
            assert turn is not None
            assert turn.number == seen.wood.turn + 1


async def test_a_file_may_keep_its_range_while_others_are_split(tmp_path: Path) -> None:
    whole = await grown(tmp_path / "wood.sqlite3", (0, 1, 3))
    before = rows(whole)
    halves = [Shards.parse("0-1/4"), Shards.parse("2-3/4")]
    first = await asyncio.to_thread(reshard, [whole], halves, whole)
    finer = [halves[0], Shards.parse("2/4"), Shards.parse("3/4")]
    second = await asyncio.to_thread(reshard, [new.file for new in first.files], finer, whole)
    assert second.files[0].file == first.files[0].file
    assert alike([row for new in second.files for row in rows(new.file)]) == alike(before)
    assert RAZED in {row.get("channel_id") for row in rows(second.files[2].file)}, (
        "what can be undone for a day comes too"
    )


async def test_no_table_can_be_forgotten(tmp_path: Path) -> None:
    """Who adds a table says here what becomes of it when woods are moved: see `data/moving.py`."""
    path = tmp_path / "wood.sqlite3"
    async with await Database.open(path):
        pass
    with closing(sqlite3.connect(path)) as connection:
        assert set(tables_of(connection)) == {WOODS} | OF_A_WOOD | SHARED | LEFT
        for table in OF_A_WOOD:
            parents = tables_of(connection)[table].parents
            assert parents["wood"] in {WOODS, "patrons"}, table
        connection.execute("CREATE TABLE dreams (wood INTEGER NOT NULL REFERENCES woods (id), dream TEXT)")
        with pytest.raises(MoveError, match=r"how to move dreams\."):
            tables_of(connection)
        connection.execute("DROP TABLE dreams")
        connection.execute("ALTER TABLE visits ADD COLUMN receipt INTEGER REFERENCES receipts (id)")
        with pytest.raises(MoveError, match=r"how to move visits\.receipt\."):
            tables_of(connection)


def held(folder: Path) -> dict[str, list[str]]:
    """What lies in a folder: its files, and every row of those that are databases."""
    files = [file for file in folder.iterdir() if file.suffix != ".lock"]
    return {file.name: sorted(map(repr, dump(file))) if file.stat().st_size else [] for file in files}


@pytest.fixture
async def two(tmp_path: Path) -> Sequence[Path]:
    """Two small files, each with a wood that has taken turns."""
    made = []
    for number, shard in enumerate((1, 3)):
        made.append(tmp_path / f"{'ab'[number]}.sqlite3")
        async with await Store.open(made[-1]) as store:
            await store.woods.found(founding(channel=LIVING))
            await take(store, 2)
        with closing(sqlite3.connect(made[-1])) as connection:
            connection.execute("UPDATE woods SET channel_id = channel_id + ?, guild_id = ?", (number, guild_of(shard)))
            connection.commit()
    return made


def test_what_cannot_be_moved_stays_as_it_is_and_is_said(two: Sequence[Path], tmp_path: Path) -> None:
    base, halves = tmp_path / "wood.sqlite3", [Shards.parse("0-1/4"), Shards.parse("2-3/4")]
    before = held(tmp_path)

    def refused(match: str, files: Sequence[Path] = two, to: Sequence[Shards] = halves) -> None:
        with pytest.raises(StoreError, match=match):
            reshard(files, to, base)
        assert held(tmp_path) == before

    refused("Shard 2 of 4 is in none", to=halves[:1])
    refused("Shard 1 of 4 is in two", to=[*halves, Shards.parse("1/4")])
    refused("of the same number", to=[halves[0], Shards.parse("1/2")])
    refused(r"no database .*c\.sqlite3", files=[*two, tmp_path / "c.sqlite3"])
    with claimed(two[1]):
        refused("Another bot runs")
    in_the_way = tmp_path / "wood-0-1-of-4.sqlite3"
    in_the_way.touch()
    before = held(tmp_path)
    refused("is there already")
    in_the_way.unlink()
    shutil.copy(two[0], tmp_path / "copy.sqlite3")
    before = held(tmp_path)
    refused("In the channel", files=[*two, tmp_path / "copy.sqlite3"])
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as connection:
        connection.execute("PRAGMA user_version = 99")
    refused("has version 99", files=[two[1], tmp_path / "copy.sqlite3"])


def test_the_command_says_where_everything_is(two: Sequence[Path], tmp_path: Path) -> None:
    def invoke(*arguments: str) -> Any:
        return CliRunner().invoke(app, ["reshard", *map(str, two), *arguments])

    assert invoke("--to", "4/4").exit_code == Exit.USAGE
    assert "--to 4/4 is out of bounds" in invoke("--to", "4/4").stderr
    assert "Shard 1 of 2 is in none" in invoke("--to", "0/2").stderr
    moved = invoke("--to", "0-1/4", "--to", "2-3/4")
    assert moved.exit_code == Exit.OK, moved.stderr
    assert "wood-0-1-of-4.sqlite3: 1 woods with 2 turns, for --shards 0-1/4" in moved.stdout
    assert "a.sqlite3.before-1" in moved.stdout
    gone = invoke("--to", "0-1/4", "--to", "2-3/4")
    assert gone.exit_code == Exit.UNUSABLE
    assert ".before-1" in gone.stderr


KILLED = """
import os, sqlite3, sys
from pathlib import Path
from data.reshard import reshard
from data.shards import Shards

AT = {"os.rename", "os.remove", "open", "sqlite3.connect"}
NEW = [Shards.parse("0-1/4"), Shards.parse("2-3/4")]
connect = sqlite3.connect

def moved(at, folder):
    touches, decided = 0, 0

    def touched(event="", arguments=()):
        nonlocal touches, decided
        if event == "" or event in AT:
            touches += 1
            if touches == at:
                os.kill(os.getpid(), 9)
        if event == "os.rename" and str(arguments[1]).endswith(".reshard"):
            decided = touches

    def watched(*arguments, **more):
        connection = connect(*arguments, **more)
        connection.set_progress_handler(touched, 2000)  # also in the middle of what a connection does
        return connection

    sqlite3.connect = watched
    sys.addaudithook(touched)
    reshard([folder / "a.sqlite3", folder / "b.sqlite3"], NEW, folder / "w.sqlite3")
    print(decided, touches, flush=True)

for line in sys.stdin:  # forked, because what it takes to import is long
    at, folder = line.split()
    child = os.fork()
    if not child:
        moved(int(at), Path(folder))
        os._exit(0)
    if os.waitpid(child, 0)[1] == 9:
        print("killed", flush=True)
"""


@contextmanager
def killing() -> Iterator[Callable[[int, Path], str]]:
    """Lend a way to let a move be killed at its n-th touch of a file; answers "killed", or where the plan was made."""
    command = [sys.executable, "-c", KILLED]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        asked, told = process.stdin, process.stdout
        assert asked is not None
        assert told is not None

        def kill(at: int, folder: Path) -> str:
            print(at, folder, file=asked, flush=True)
            return told.readline().strip()

        yield kill
        asked.close()


def living(folder: Path) -> Iterator[int]:
    """The channels of the woods in every file on which a bot would start now."""
    for path in sorted(folder.glob("[!.]*.sqlite3")):
        try:
            with claimed(path), closing(sqlite3.connect(path)) as connection:
                yield from (channel for (channel,) in connection.execute("SELECT channel_id FROM woods"))
        except StoreLockedError:
            continue  # a bot is told to wait for the end of the move


@pytest.mark.slow
def test_killed_at_any_moment_it_is_taken_up_again(two: Sequence[Path], tmp_path: Path) -> None:
    halves = [Shards.parse("0-1/4"), Shards.parse("2-3/4")]
    before = sorted(row for path in two for row in map(repr, dump(path)) if "sqlite_" not in row)
    both = [LIVING, LIVING + 1]

    def copied(number: int) -> Path:
        folder = tmp_path / f"killed-{number}"
        folder.mkdir()
        for path in two:
            shutil.copy(path, folder)
        return folder

    with killing() as kill:
        decided, last = map(int, kill(0, copied(0)).split())
        assert 30 < decided < last - 8, "too little is watched"
        # Every moment since the plan was about to be made, and some of the many before it.
        for at in (*range(1, decided - 2, decided // 8), *range(decided - 2, last + 1)):
            folder = copied(at)
            assert kill(at, folder) == "killed"
            alive = sorted(living(folder))
            assert alive == both if at < decided else set(alive) <= set(both), "lost before the plan"
            assert len(alive) == len(set(alive)), "it lives twice"
            try:
                done = reshard([folder / path.name for path in two], halves, folder / "w.sqlite3")
                files = [new.file for new in done.files]
            except MoveError:  # it was at its end already
                files = [shards.file(folder / "w.sqlite3") for shards in halves]
            after = sorted(row for path in files for row in map(repr, dump(path)) if "sqlite_" not in row)
            assert after == before
            kept = {path.name for path in folder.iterdir() if path.suffix != ".lock"}
            assert kept == {"a.sqlite3.before-1", "b.sqlite3.before-1", *(file.name for file in files)}
