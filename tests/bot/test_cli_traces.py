"""The export of traces: from a real database to lines and to Parquet, and what it says where that cannot be."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from tests.bot.console import own_folder, printed, ttw, words
from tests.bot.kept import CHANNEL, found, keeping

__all__ = ["own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A bot's database with three turns of one wood."""

    async def play() -> None:
        async with keeping(path) as (keeper, _):
            await found(keeper)
            for _ in range(3):
                await keeper.turns.take_turn(CHANNEL)

    path = tmp_path / "wood.sqlite3"
    asyncio.run(play())
    return path


def test_traces_are_exported_as_lines(database: Path, tmp_path: Path) -> None:
    shown = printed("traces", "export", "--database", str(database), "--out", "calls.jsonl")
    assert shown == {"rows": 15, "file": "calls.jsonl"}
    rows = [json.loads(line) for line in (tmp_path / "calls.jsonl").read_text("utf-8").splitlines()]
    assert [row["turn"] for row in rows] == [1] * 5 + [2] * 5 + [3] * 5
    named = {"turn", "creature", "system", "user", "response", "thought", "orders", "gossip"}
    assert all(named <= set(row) for row in rows)


def test_traces_are_exported_as_parquet(database: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    assert "15 calls" in ttw("traces", "export", "--database", str(database), "--format", "parquet").stdout
    table = pq.read_table(tmp_path / "traces.parquet")
    assert table.num_rows == 15
    assert {"turn", "engine", "latency", "valid", "why"} <= set(table.column_names)


def test_traces_of_one_wood_and_of_the_settings_database(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTW_DATABASE", str(database))
    assert printed("traces", "export", "--wood", str(CHANNEL)) == {"rows": 15, "file": "traces.jsonl"}
    shown = ttw("traces", "export", "--wood", "5")
    assert shown.exit_code == Exit.USAGE
    assert str(CHANNEL) in shown.stderr


def test_more_traces_than_one_batch_arrive_in_order(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.stored.BATCH", 4)
    ttw("traces", "export", "--database", str(database))
    rows = [json.loads(line) for line in (tmp_path / "traces.jsonl").read_text("utf-8").splitlines()]
    assert len({(row["turn"], row["creature"]) for row in rows}) == len(rows) == 15


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--database", "missing.sqlite3"), Exit.UNUSABLE, "no database at missing.sqlite3"),
        (("--database", ".env.txt"), Exit.DAMAGED, "damaged or is no SQLite database"),
        (("--database", "wood.sqlite3", "--out", "calls.csv"), Exit.USAGE, ".jsonl or .parquet"),
        (("--database", "wood.sqlite3", "--out", "no/such/calls.jsonl"), Exit.UNUSABLE, "no/such"),
        (("wood.sqlite3",), Exit.USAGE, "unexpected extra argument"),
        (("--database", "wood.sqlite3", "--format", "csv"), Exit.USAGE, "parquet"),
    ],
)
def test_what_cannot_be_exported_is_told(
    database: Path, tmp_path: Path, arguments: tuple[str, ...], code: Exit, says: str
) -> None:
    (tmp_path / ".env.txt").write_text("no database at all, but long enough to look at" * 50, "utf-8")
    before = {path.name for path in tmp_path.iterdir()}
    shown = ttw("traces", "export", *arguments)
    assert shown.exit_code == code
    assert says in words(shown.stderr)
    assert shown.stdout == ""
    assert {path.name for path in tmp_path.iterdir()} <= before


def test_an_export_leaves_the_database_as_it_was(database: Path) -> None:
    def content() -> list[str]:
        with closing(sqlite3.connect(database)) as connection:
            return list(connection.iterdump())

    before = content()
    assert ttw("traces", "export", "--database", str(database)).exit_code == Exit.OK
    assert content() == before
