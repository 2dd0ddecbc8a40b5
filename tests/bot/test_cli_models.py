"""The laboratory's commands with a model that answers over the network: set up by the settings, measured, kept."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.cli.exits import Exit
from data.traces import TraceFormat, trace_from
from inference.council import Council
from inference.recorded import RecordedMind
from tests.bot.console import own_folder, printed, ttw, words
from tests.bot.models import configured, failing, parrot, replying, saying, sensible, served
from tests.inference.model_server import ModelServer
from wood.names import CREATURES
from wood.trace import Trace

__all__ = ["configured", "own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")

Configure = Callable[[ModelServer], None]
RUN = ("simulate", "--turns", "4", "--seed", "3", "--mind", "openai")
SWEEP = ("evaluate", "--seeds", "2", "--minds", "openai", "--turns", "15", "--out", "kept")


def rows_of(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        return [*pq.read_table(path).to_pylist()]
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def replayed(traces: list[Trace], turns: int, seed: int) -> list[str]:
    """The hashes of a wood whose creatures say again what they said in these calls."""
    from bot.lab.scenario import Scenario
    from bot.lab.simulate import play
    from data.content import default_rules

    rules = default_rules()
    council = Council(dict.fromkeys(CREATURES, RecordedMind.from_traces(traces)), rules)
    played = asyncio.run(play(rules, Scenario(turns, {}), seed, council))
    return [turn.hash for turn in played.turns]


# simulate


def test_a_model_of_the_settings_plays_one_wood(configured: Configure, tmp_path: Path) -> None:
    with served(replying(sensible)) as server:
        configured(server)
        shown = printed(*RUN, "--out", "run")
    assert set(server.keys) == {"Bearer sk-of-a-test"}
    assert len(server.asked) == 20
    assert shown["mind"] == "openai"
    calls = shown["calls"]
    assert (calls["calls"], calls["valid"], calls["unread"], calls["role_violations"]) == (20, 1, 0, 0)
    assert (calls["tokens_in"], calls["tokens_out"]) == (700, 90)
    assert calls["orders_a_call"] > 1
    rows = rows_of(tmp_path / "run/traces.jsonl")
    assert [row["turn"] for row in rows] == [turn for turn in (1, 2, 3, 4) for _ in CREATURES]
    assert all(row["system"] and row["user"] and row["engine"] == "openai" for row in rows)
    assert replayed([trace_from(row) for row in rows], 4, 3)[-1] == shown["final_hash"]
    assert printed("replay", "run/wood.jsonl")["agrees"]


def test_prompts_are_written_for_a_model_though_nothing_is_kept(configured: Configure) -> None:
    with served(replying(sensible)) as server:
        configured(server)
        shown = ttw(*RUN)
    assert shown.exit_code == Exit.OK
    assert all(body["messages"][-1]["content"].startswith("Turn ") for body in server.asked)
    assert "valid replies" in shown.stdout
    assert "tokens out, a call" in shown.stdout
    assert "valid replies" not in ttw("simulate", "--turns", "1").stdout


def test_a_models_twin_is_asked_of_the_same_server(configured: Configure) -> None:
    with served(replying(sensible)) as server:
        configured(server)
        shown = printed(*RUN, "--legend", "great-frost@2", "--twin")
    assert len(server.asked) == 40
    assert shown["twin"]


def test_what_a_parrot_says_is_counted_and_not_said(configured: Configure, tmp_path: Path) -> None:
    with served(replying(parrot)) as server:
        configured(server)
        shown = printed(*RUN, "--out", "run")
    assert shown["calls"]["silenced_by_reason"] == {"gossip-example": 20}
    assert (shown["calls"]["silenced"], shown["calls"]["parroted"]) == (1, 1)
    assert shown["calls"]["dropped_by_reason"] == {}
    rows = rows_of(tmp_path / "run/traces.jsonl")
    assert {(row["gossip"], *row["drops"]) for row in rows} == {("", "thought-example", "gossip-example")}


def test_a_deadline_can_be_given_or_is_that_of_the_settings(
    configured: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(saying("{}", seconds=20)) as server:
        configured(server)
        monkeypatch.setenv("TTW_DEADLINE", "1")
        for more in ((), ("--deadline", "0.5")):
            shown = printed("simulate", "--turns", "1", "--mind", "openai", *more)
            assert shown["calls"]["unread_by_reason"] == {"late": 5}


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, "Set TTW_OPENAI__URL"),
        ({"OPENAI__URL": "http://127.0.0.1:9/v1"}, "Set TTW_OPENAI__MODEL"),
        ({"OPENAI__URL": "127.0.0.1:9"}, "TTW_OPENAI__URL is no address"),
        ({"OPENAI__TEMPERATURE": "hot"}, "TTW_OPENAI__TEMPERATURE"),
    ],
)
@pytest.mark.parametrize("command", [RUN, ("evaluate", "--seeds", "1", "--minds", "openai")], ids=["simulate", "sweep"])
def test_the_variable_that_is_missing_or_wrong_is_named(
    command: tuple[str, ...], settings: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"TTW_{name}", value)
    shown = ttw(*command, "--out", "out")
    assert shown.exit_code == Exit.USAGE
    assert says in words(shown.stderr)
    assert shown.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_answer_ends_it_and_says_what_says_more(
    configured: Configure, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.lab.engines.PATIENCE", 0.2)
    with served(failing(500)) as server:
        configured(server)
    shown = ttw(*RUN, "--out", "out")
    assert shown.exit_code == Exit.UNUSABLE
    assert "cannot be reached" in shown.stderr
    assert "ttw minds check" in shown.stderr
    assert "sk-of-a-test" not in shown.output
    assert list(tmp_path.iterdir()) == []


# evaluate


@pytest.mark.parametrize("form", list(TraceFormat))
def test_a_sweep_keeps_what_a_model_said(form: TraceFormat, configured: Configure, tmp_path: Path) -> None:
    with served(replying(sensible)) as server:
        configured(server)
        result = ttw(*SWEEP, "--format", form.value, "--json")
    assert result.exit_code in (Exit.OK, Exit.FAILED)
    found = json.loads(result.stdout)["minds"]["openai"]
    assert found["calls"]["calls"] == 150
    assert found["calls"]["silenced_by_reason"] == {}
    assert found["replies"] == {"rows": len(server.asked), "file": f"kept/openai.{form.value}"}
    rows = rows_of(tmp_path / f"kept/openai.{form.value}")
    assert [row["wood"] for row in rows[:75]] == ["seed-0"] * 75
    assert {row["engine"] for row in rows} == {"openai"}
    asked = sorted(json.dumps(body["messages"]) for body in server.asked)
    kept = sorted(
        json.dumps([{"role": "system", "content": row["system"]}, {"role": "user", "content": row["user"]}])
        for row in rows
    )
    assert kept == asked


def test_a_sweep_shows_what_was_not_said(configured: Configure) -> None:
    with served(replying(parrot)) as server:
        configured(server)
        shown = ttw(*SWEEP)
    table = [line.replace("│", "").split() for line in shown.stdout.splitlines()]
    assert ["gossip", "silenced", "100", "%"] in table
    assert ["gossip", "silenced,", "by", "reason", "gossip-example", "150"] in table
    assert ["thoughts", "taken", "from", "the", "prompt", "100", "%"] in table


# traces


@pytest.mark.parametrize("form", list(TraceFormat))
def test_what_was_kept_can_be_summed_up(form: TraceFormat, configured: Configure, tmp_path: Path) -> None:
    with served(replying(sensible)) as server:
        configured(server)
        swept = json.loads(ttw(*SWEEP, "--format", form.value, "--json").stdout)["minds"]["openai"]
        played = printed(*RUN, "--out", "run")
    kept = f"kept/openai.{form.value}"
    shown = printed("traces", "stats", kept)["minds"]
    assert list(shown) == ["openai"]
    assert shown["openai"]["calls"] == swept["replies"]["rows"]
    assert (shown["openai"]["valid"], shown["openai"]["tokens_in"], shown["openai"]["tokens_out"]) == (1, 700, 90)
    assert not {"efficiency", "never_trade", "role_violations"} & set(shown["openai"])
    one = printed("traces", "stats", "run/traces.jsonl")["minds"]["openai"]
    assert one == {name: played["calls"][name] for name in one}
    both = printed("traces", "stats", kept, "run/traces.jsonl")["minds"]["openai"]
    assert both["calls"] == shown["openai"]["calls"] + one["calls"]
    table = ttw("traces", "stats", kept).stdout
    assert "tokens out, a call" in table
    assert "allocative efficiency" not in table


@pytest.mark.parametrize(("name", "text"), [("a.jsonl", "{}\n"), ("b.jsonl", "no JSON"), ("c.parquet", "no Parquet")])
def test_a_file_that_is_no_export_is_told(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    shown = ttw("traces", "stats", name)
    assert shown.exit_code == Exit.UNUSABLE
    assert name in shown.stderr
    assert "ttw traces export" in shown.stderr
    assert ttw("traces", "stats", "missing.jsonl").exit_code == Exit.USAGE
