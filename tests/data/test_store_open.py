"""Opening the file: migrations from every version, and files that cannot be used."""

import asyncio
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.database import Database
from data.errors import StoreCorruptError, StoreError, StoreLockedError, StoreNewerError
from data.migrating import APPLICATION_ID, MIGRATIONS, read_migrations, statements
from data.rows import PostKind, PostState
from data.store import Store
from tests.data.founded import dump, found, founding, put_in, take
from wood.moves import Join

NEWEST = len(read_migrations(MIGRATIONS))


def schema(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql NOTNULL")}


def pragma(path: Path, name: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def of_version(tmp_path: Path, version: int) -> Path:
    """The folder of the migrations up to one version, as an older program had it."""
    folder = tmp_path / f"migrations-{version}"
    folder.mkdir()
    for file in sorted(MIGRATIONS.glob("*.sql"))[:version]:
        shutil.copy(file, folder)
    return folder


async def test_a_new_file_has_every_table_and_the_settings_that_keep_it(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Database.open(path) as database, database.writing() as connection:
        for name, value in (("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("secure_delete", 1)):
            (row,) = await connection.execute_fetchall(f"PRAGMA {name}")
            assert row[0] == value, name
    assert pragma(path, "user_version") == NEWEST
    assert pragma(path, "application_id") == APPLICATION_ID
    assert {"woods", "contents", "patrons", "interventions", "turns", "legends", "prompts", "traces", "posts"} <= {
        match[1] for sql in schema(path) if (match := re.match(r'CREATE TABLE "?(\w+)', sql))
    }


@pytest.mark.parametrize("version", range(1, NEWEST))
async def test_every_older_version_becomes_the_newest_and_keeps_what_it_holds(tmp_path: Path, version: int) -> None:
    old, new = tmp_path / "old.sqlite3", tmp_path / "new.sqlite3"
    async with await Database.open(old, migrations=of_version(tmp_path, version)) as database:
        wood = founding()
        async with database.writing() as connection:
            await connection.execute("INSERT INTO contents VALUES (?, ?)", (wood.content, wood.document))
            await connection.execute(
                "INSERT INTO woods (channel_id, guild_id, seed, pace, zone, report_hour, founded_at, turn, world, "
                "founded_hash, founding, content) VALUES (5, 6, 7, 60, 'UTC', 8, 0, 0, '{}', 'x', ?, ?)",
                (wood.content, wood.content),
            )
    assert pragma(old, "user_version") == version
    async with await Store.open(old) as store:
        (row,) = await store.woods.all()
        assert (row.channel_id, row.guild_id, row.seed, row.pace) == (5, 6, 7, 60)
        assert row.unreported
        assert (row.extras, row.pinned) == (True, False)
    async with await Store.open(new):
        pass
    assert pragma(old, "user_version") == NEWEST
    assert schema(old) == schema(new)


async def test_what_was_reported_by_local_days_is_reported_up_to_their_ends(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Database.open(path, migrations=of_version(tmp_path, 7)) as database:
        wood = founding()
        async with database.writing() as connection:
            await connection.execute("INSERT INTO contents VALUES (?, ?)", (wood.content, wood.document))
            for channel, zone in enumerate(("Asia/Tokyo", "America/New_York", "Atlantis/Lost"), 1):
                await connection.execute(
                    "INSERT INTO woods (channel_id, guild_id, seed, pace, zone, report_hour, founded_at, turn, world, "
                    "founded_hash, founding, content, reported) "
                    "VALUES (?, 6, 7, 60, ?, 8, 0, 0, '{}', 'x', ?, ?, '2026-08-01')",
                    (channel, zone, wood.content, wood.content),
                )
            await connection.execute(
                "INSERT INTO posts (wood, kind, day, state, nonce, next_try) "
                "VALUES (1, 'board', '', 'delivered', 'n', 1), (1, 'report', '2026-08-01', 'sending', 'm', 2)"
            )
    async with await Store.open(path) as store:
        rows = await store.woods.all()
        assert [row.reported_until for row in rows] == [
            datetime(2026, 8, 1, 15, tzinfo=UTC),
            datetime(2026, 8, 2, 4, tzinfo=UTC),
            datetime(2026, 8, 2, tzinfo=UTC),
        ]
        board, report = await store.posts.of_wood(1)
        assert (board.kind, board.key, board.since, board.nonce) == (PostKind.BOARD, 0, None, "n")
        assert (report.since, report.until) == (datetime(2026, 7, 31, 15, tzinfo=UTC), rows[0].reported_until)
        assert (report.state, report.nonce) == (PostState.SENDING, "m")


async def test_a_migration_that_fails_leaves_the_version_before(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        await found(store)
    folder = of_version(tmp_path, NEWEST)
    (folder / f"{NEWEST + 1:04d}_broken.sql").write_text("CREATE TABLE extra (x);\nINSERT INTO nowhere VALUES (1);\n")
    before = schema(path), dump(path)
    with pytest.raises(StoreError):
        await Database.open(path, migrations=folder)
    assert (schema(path), dump(path)) == before
    assert pragma(path, "user_version") == NEWEST


async def test_two_programs_that_open_a_new_file_at_once_both_get_it(tmp_path: Path) -> None:
    stores = await asyncio.gather(*(Store.open(tmp_path / "wood.sqlite3") for _ in range(4)))
    await found(stores[0])
    assert [len(await store.woods.all()) for store in stores] == [1, 1, 1, 1]
    for store in stores:
        await store.close()


async def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreNewerError, match=rf"version {NEWEST + 1}.*newer"):
        await Store.open(path)
    assert path.read_bytes() == before


async def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
        connection.commit()
    with pytest.raises(StoreCorruptError, match="another program"):
        await Store.open(path)
    assert schema(path) == {"CREATE TABLE theirs (x)"}


async def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.sqlite3"
    path.write_text("Dear wood, " * 500)
    with pytest.raises(StoreCorruptError, match=r"letter\.sqlite3 is damaged.*backup"):
        await Store.open(path)
    assert path.read_text() == "Dear wood, " * 500


async def test_damage_in_the_middle_of_the_file_is_found_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path) as store:
        await found(store)
        await take(store, 5)
    damaged = bytearray(path.read_bytes())
    page = 4096
    for start in range(2 * page, len(damaged), 3 * page):
        damaged[start : start + 64] = b"\xff" * 64
    path.write_bytes(damaged)
    with pytest.raises(StoreCorruptError, match="damaged"):
        await Store.open(path)
    assert path.read_bytes() == damaged


async def test_a_locked_database_says_so_and_works_again_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "wood.sqlite3"
    async with await Store.open(path, busy_timeout=0.01) as store:
        await found(store)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreLockedError, match="held by another program"):
                await put_in(store, Join("p1"))
            assert len(await store.woods.all()) == 1  # reading goes on
            with pytest.raises(StoreLockedError):
                await Store.open(path, busy_timeout=0.01)
            other.execute("ROLLBACK")
        await put_in(store, Join("p1"))


async def test_a_missing_folder_and_a_folder_in_the_files_place_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere" / "wood.sqlite3", tmp_path):
        with pytest.raises(StoreError, match="cannot be opened"):
            await Store.open(path)


def test_migrations_out_of_order_are_refused(tmp_path: Path) -> None:
    (tmp_path / "0001_a.sql").write_text("CREATE TABLE a (x);")
    (tmp_path / "0003_c.sql").write_text("CREATE TABLE c (x);")
    with pytest.raises(StoreError, match=r"0003_c\.sql is out of order; expected number 0002"):
        read_migrations(tmp_path)


def test_a_script_is_split_at_statements_not_at_semicolons() -> None:
    script = "-- one; two\nCREATE TABLE a (x TEXT DEFAULT ';');\nINSERT INTO a VALUES (1);\n-- end\n"
    assert [sql.strip().splitlines()[-1] for sql in statements(script)] == [
        "CREATE TABLE a (x TEXT DEFAULT ';');",
        "INSERT INTO a VALUES (1);",
    ]
    with pytest.raises(StoreError, match="unfinished"):
        list(statements("CREATE TABLE a (x)"))
