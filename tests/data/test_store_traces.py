"""The trace export, read back with the libraries its readers use."""

import json
import sys
from pathlib import Path
from unittest.mock import patch

import pyarrow.parquet as pq
import pytest

from data.traces import COLUMNS, TraceFormat, read_traces, record, write_traces
from tests.data.founded import traces
from wood.names import Creature
from wood.trace import Trace

AWKWARD = Trace("3", 9, Creature.PIP, "", "„q“\n", None, "", (), "", "late", why="late", drops=("price", "price"))


def test_both_formats_hold_the_same_rows(tmp_path: Path) -> None:
    rows = [*traces(1), *traces(2), AWKWARD]
    with patch("data.traces._BATCH", 4):
        assert write_traces(tmp_path / "t.jsonl", rows) == len(rows)
        assert write_traces(tmp_path / "t.parquet", rows) == len(rows)
        assert list(read_traces(tmp_path / "t.jsonl")) == list(read_traces(tmp_path / "t.parquet")) == rows
    lines = [json.loads(line) for line in (tmp_path / "t.jsonl").read_text("utf-8").splitlines()]
    assert lines == pq.read_table(tmp_path / "t.parquet").to_pylist() == [record(row) for row in rows]
    assert list(lines[0]) == pq.read_schema(tmp_path / "t.parquet").names == list(COLUMNS)
    assert lines[0]["orders"] == [{"side": "buy", "good": "acorns", "price": 4, "qty": 1}]
    assert lines[-1]["response"] is None


def test_the_columns_that_readers_rely_on_are_there() -> None:
    wanted = "turn creature system user response thought orders gossip engine tokens_in tokens_out latency valid why"
    assert set(wanted.split()) <= set(COLUMNS)


@pytest.mark.parametrize("form", TraceFormat)
def test_an_export_of_nothing_is_a_readable_file(tmp_path: Path, form: TraceFormat) -> None:
    path = tmp_path / "empty"
    assert write_traces(path, [], form) == 0
    assert path.exists()
    if form is TraceFormat.PARQUET:
        assert pq.read_table(path).num_rows == 0


def test_an_unknown_ending_is_refused_and_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.jsonl or \.parquet"):
        write_traces(tmp_path / "t.csv", traces(1))
    path = tmp_path / "t.jsonl"
    path.write_text("old")

    def failing() -> "list[Trace]":
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_traces(path, (row for _ in range(1) for row in failing()))
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["t.jsonl"]


def test_parquet_without_its_library_says_how_to_get_it(tmp_path: Path) -> None:
    with (
        patch.dict(sys.modules, {"pyarrow": None, "pyarrow.parquet": None}),
        pytest.raises(ModuleNotFoundError, match=r"thousand-token-wood\[traces\]"),
    ):
        write_traces(tmp_path / "t.parquet", traces(1))
