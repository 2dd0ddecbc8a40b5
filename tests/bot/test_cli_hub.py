"""Calls as a data set for the Hub: tables, conversations, sessions, a card that tells of them; no player's words."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from bot.cli.exits import Exit
from bot.lab.card import size_category
from bot.lab.hub import CALLS, CONVERSATIONS, HARNESS, Publishable, write_dataset
from data.traces import COLUMNS, record
from tests.bot.console import own_folder, printed, ttw, words
from tests.bot.kept import CHANNEL, found, keeping
from tests.data.founded import traces
from tests.data.living import LIVING, TURNS, V3, unpack
from wood.names import Creature

__all__ = ["own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")

YEAR = 60


@pytest.fixture
def living(tmp_path: Path) -> Path:
    """A database with a wood that has ended a year, among patrons who talk."""
    return unpack(tmp_path, V3)


def front(folder: Path) -> dict[str, Any]:
    """The front matter of the card."""
    _, matter, _ = (folder / "README.md").read_text("utf-8").split("---\n", 2)
    read: dict[str, Any] = yaml.safe_load(matter)
    return read


def sessions(folder: Path) -> Iterator[list[dict[str, Any]]]:
    for path in sorted((folder / "sessions").glob("*.jsonl")):
        yield [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_what_is_written_is_what_the_card_says(living: Path, tmp_path: Path) -> None:
    shown = printed("traces", "export", "--hub", "set", "--database", str(living), "--license", "cc-by-4.0")
    folder = tmp_path / "set"
    calls, conversations = pq.read_table(folder / CALLS), pq.read_table(folder / CONVERSATIONS)
    assert (shown["rows"], shown["conversations"], shown["sessions"]) == (calls.num_rows, conversations.num_rows, 5)
    assert calls.num_rows == 5 * YEAR, "the year that runs is in it"
    assert calls.column_names == ["session", *COLUMNS, "masked"]

    card = front(folder)
    assert (card["license"], card["size_categories"]) == ("cc-by-4.0", ["n<1K"])
    assert HARNESS in card["tags"]
    files = {each["config_name"]: each["data_files"][0]["path"] for each in card["configs"]}
    assert {name for name, path in files.items() if list(folder.glob(path))} == {"calls", "conversations"}
    for info in card["dataset_info"]:
        path = folder / files[info["config_name"]]
        table = pq.read_table(path)
        assert [each["name"] for each in info["features"]] == table.column_names
        assert info["splits"][0]["num_examples"] == table.num_rows
        assert info["download_size"] == path.stat().st_size
        for feature, column in zip(info["features"], table.schema, strict=True):
            assert feature == {"name": column.name, **dtype(column.type)}
    beside = front(folder / "sessions")
    (kept,) = beside["configs"][0]["data_files"]
    assert len(list((folder / "sessions").glob(kept["path"]))) == shown["sessions"]
    assert (beside["license"], "agent-traces" in beside["tags"]) == ("cc-by-4.0", True)
    text = (folder / "README.md").read_text("utf-8")
    assert f"| `instinct` | {5 * YEAR:,} | 100.0 % |" in text
    assert not [line for line in text.splitlines() if "{" in line and "}" in line and "pattern" not in line]


def dtype(arrow: Any) -> dict[str, Any]:
    """An Arrow type as the library that reads the card names it."""
    inner = getattr(arrow, "value_type", None)
    if inner is None:
        return {"dtype": {"double": "float64"}.get(str(arrow), str(arrow))}
    if hasattr(inner, "fields"):
        return {"list": [{"name": each.name, **dtype(each.type)} for each in inner.fields]}
    return {"list": str(inner)}


def test_conversations_and_sessions_say_what_was_asked_and_answered(living: Path, tmp_path: Path) -> None:
    printed("traces", "export", "--hub", "set", "--database", str(living))
    rows = pq.read_table(tmp_path / "set" / CALLS).to_pylist()
    talks = pq.read_table(tmp_path / "set" / CONVERSATIONS).to_pylist()
    assert [each["messages"] for each in talks] == [
        [
            {"role": role, "content": row[name]}
            for role, name in (("system", "system"), ("user", "user"), ("assistant", "response"))
        ]
        for row in rows
        if row["valid"]
    ]
    for lines in sessions(tmp_path / "set"):
        head, *messages = lines
        assert (head["type"], head["harness"]) == ("session", HARNESS)
        assert {line["type"] for line in messages} == {"message"}
        said = [line["message"] for line in messages]
        asked = [row for row in rows if row["session"] == head["id"]]
        assert [each["content"] for each in said if each["role"] == "user"] == [row["user"] for row in asked]
        answers = [
            (each["content"], each["reasoningContent"], each["model"]) for each in said if each["role"] == "assistant"
        ]
        assert answers == [(row["response"], row["thought"], row["engine"]) for row in asked]
        assert {each["content"] for each in said if each["role"] == "system"} == {row["system"] for row in asked}
        assert [each["role"] for each in said if each["role"] != "system"] == ["user", "assistant"] * len(asked)


def test_no_word_and_no_name_of_a_patron_is_in_it(living: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(living)) as connection:
        actions = [json.loads(action) for (action,) in connection.execute("SELECT action FROM interventions")]
    written = {each["text"] for each in actions if each["kind"] == "rumor" and each["patron"]}
    printed("traces", "export", "--out", "plain.jsonl", "--database", str(living))
    told = {line for line in written if line in (tmp_path / "plain.jsonl").read_text("utf-8")}
    assert len(told) > 5, "no patron's words were in any prompt"
    assert "Patron-" not in (tmp_path / "plain.jsonl").read_text("utf-8")

    shown = printed("traces", "export", "--hub", "set", "--running", "--database", str(living))
    rows = pq.read_table(tmp_path / "set" / CALLS).to_pylist()
    assert max(row["turn"] for row in rows) == TURNS
    everything = "\n".join(
        [
            *(json.dumps(row, ensure_ascii=False) for row in rows),
            *(path.read_text("utf-8") for path in (tmp_path / "set" / "sessions").iterdir()),
        ]
    )
    assert not [line for line in told if (line if len(line.split()) > 2 else f'"{line}"') in everything]
    assert "(a patron's words)" in everything
    assert "the patron Patron-1 " in everything
    assert shown["masked"] == sum(row["masked"] for row in rows) > 0
    assert str(LIVING) not in everything
    assert {row["wood"] for row in rows} == {"wood-1", "wood-2"}


def test_a_running_year_is_left_out_until_it_is_asked_for(tmp_path: Path) -> None:
    async def play() -> None:
        async with keeping(tmp_path / "wood.sqlite3") as (keeper, _):
            await found(keeper)
            await keeper.turns.take_turn(CHANNEL)

    asyncio.run(play())
    export = ("traces", "export", "--hub", "set", "--database", "wood.sqlite3")
    shown = ttw(*export)
    assert (shown.exit_code, "--running" in shown.stderr) == (Exit.UNUSABLE, True)
    assert not (tmp_path / "set").exists()
    assert printed(*export, "--running")["rows"] == 5
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".hub")] == []


def test_files_of_a_sweep_become_a_data_set(tmp_path: Path) -> None:
    for name in ("one", "two"):
        lines = [json.dumps(record(call)) for turn in (1, 2, 61) for call in traces(turn)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    shown = printed("traces", "export", "--hub", "set", "--from", "one.jsonl", "--from", "two.jsonl")
    assert (shown["rows"], shown["woods"], shown["sessions"], shown["masked"]) == (30, 2, 20, 0)
    assert len(list((tmp_path / "set" / "sessions").glob("*.jsonl"))) == 20


def test_files_that_are_called_alike_are_of_different_woods(tmp_path: Path) -> None:
    files = []
    for folder in ("one", "two"):
        path = tmp_path / folder / "random.jsonl"
        path.parent.mkdir()
        path.write_text("".join(json.dumps(record(call)) + "\n" for call in traces(1)), "utf-8")
        files += ["--from", str(path)]
    shown = printed("traces", "export", "--hub", "set", *files)
    assert (shown["rows"], shown["woods"], shown["sessions"]) == (10, 2, 10)
    assert not [path for path in (tmp_path / "set" / "sessions").iterdir() if tmp_path.name in path.name]


def test_calls_of_a_bots_own_woods_are_not_taken_from_a_file_unmasked(living: Path, tmp_path: Path) -> None:
    printed("traces", "export", "--out", "plain.jsonl", "--database", str(living))
    shown = ttw("traces", "export", "--hub", "set", "--from", "plain.jsonl")
    assert (shown.exit_code, "--database" in words(shown.stderr)) == (Exit.UNUSABLE, True)
    assert not (tmp_path / "set").exists()


def test_names_of_models_mean_nothing_in_the_card(tmp_path: Path) -> None:
    engine = "openai:_soft_ `x` | www.example.com <b>"
    calls = [Publishable(replace(call, wood="seed-1", engine=engine)) for call in traces(1)]
    write_dataset(tmp_path / "set", calls, YEAR, "other")
    assert "| `openai:_soft_ x  www.example.com b` | 5 |" in (tmp_path / "set" / "README.md").read_text("utf-8")


def test_every_wood_has_sessions_of_its_own(tmp_path: Path) -> None:
    woods = ["a-3", "a", "A", "a!", "a-2", "a-3!"]
    calls = [Publishable(replace(call, wood=wood)) for wood in woods for call in traces(1, [Creature.PIP])]
    made = write_dataset(tmp_path / "set", calls, YEAR, "other")
    names = [path.name for path in (tmp_path / "set" / "sessions").glob("*.jsonl")]
    assert (len({name.casefold() for name in names}), made.sessions) == (len(woods), len(woods))


def test_an_export_takes_the_place_of_an_earlier_one_and_of_nothing_else(living: Path, tmp_path: Path) -> None:
    export = ("traces", "export", "--hub", "set", "--database", str(living))
    (tmp_path / "set" / ".git").mkdir(parents=True)
    printed(*export)
    (tmp_path / "set" / "sessions" / "old.jsonl").write_text("{}\n")
    printed(*export)
    assert not (tmp_path / "set" / "sessions" / "old.jsonl").exists()
    assert (tmp_path / "set" / ".git").is_dir()
    (tmp_path / "mine" / "data").mkdir(parents=True)
    for page in (
        "My own.",
        f"# My copy of {HARNESS}\n",
        f"---\ntags: [x]\n---\n- {HARNESS}\n",
        f"Notes\n---\n- {HARNESS}\n---\n",
    ):
        (tmp_path / "mine" / "README.md").write_text(page)
        shown = ttw("traces", "export", "--hub", "mine", "--database", str(living))
        assert (shown.exit_code, "README.md, data" in words(shown.stderr)) == (Exit.USAGE, True)
        assert (tmp_path / "mine" / "README.md").read_text() == page


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--out", "calls.jsonl"), Exit.USAGE, "a format of their own"),
        (("--from", "empty.jsonl", "--license", "my own:\n- x"), Exit.USAGE, "no licence"),
        (("--from", "lines.jsonl"), Exit.UNUSABLE, "row 2 is no call"),
        (("--from", "empty.jsonl"), Exit.UNUSABLE, "hold no calls"),
        (("--from", "missing.jsonl"), Exit.UNUSABLE, "missing.jsonl"),
        (("--from", "empty.jsonl", "--running"), Exit.USAGE, "no running year"),
    ],
)
def test_what_cannot_be_written_is_told(tmp_path: Path, arguments: tuple[str, ...], code: Exit, says: str) -> None:
    call = json.dumps(record(traces(1)[0]))
    (tmp_path / "lines.jsonl").write_text(f'{call}\n{{"wood": 1}}\n', "utf-8")
    (tmp_path / "empty.jsonl").write_text("")
    shown = ttw("traces", "export", "--hub", "set", *arguments)
    assert (shown.exit_code, shown.stdout) == (code, "")
    assert says in words(shown.stderr)
    assert not (tmp_path / "set").exists()


def test_options_of_the_hub_need_it() -> None:
    for option in (("--running",), ("--from", "x.jsonl"), ("--license", "other")):
        shown = ttw("traces", "export", *option)
        assert (shown.exit_code, "go with --hub" in words(shown.stderr)) == (Exit.USAGE, True)


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (0, "n<1K"),
        (1_000, "1K<n<10K"),
        (999_999, "100K<n<1M"),
        (10**6, "1M<n<10M"),
        (10**7, "10M<n<100M"),
        (10**9, "1B<n<10B"),
    ],
)
def test_sizes_have_the_names_of_the_hub(rows: int, name: str) -> None:
    assert size_category(rows) == name
