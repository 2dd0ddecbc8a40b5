"""The laboratory's commands: what they print for people and for programs, and how they end."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.cli.exits import Exit
from bot.cli.tables import sparkline
from bot.lab.liveliness import MEASURES
from bot.lab.replies import file_names
from data.log import read_log, write_log
from data.upcasts import HASHES
from inference.roster import known
from tests.bot.console import own_folder, printed, ttw, words
from wood.version import RULES

__all__ = ["own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The log of a reference run."""
    folder = tmp_path_factory.mktemp("run")
    assert ttw("simulate", "--reference", "--seed", "7", "--out", str(folder)).exit_code == Exit.OK
    return (folder / "wood.jsonl").read_bytes()


# simulate


def test_the_reference_run_ends_in_its_table() -> None:
    shown = ttw("simulate", "--reference", "--seed", "7")
    assert shown.exit_code == Exit.OK
    assert shown.stderr == ""  # no bar where there is no terminal
    table = shown.stdout[shown.stdout.index("Liveliness") :]
    places = [table.index(measure.name.split(" (")[0]) for measure in MEASURES]
    assert places == sorted(places)
    assert "75 of 75" in table
    assert table.rstrip().endswith("┘")
    assert ttw("simulate", "--reference", "--seed", "7").stdout == shown.stdout


def test_a_simulation_for_programs() -> None:
    shown = printed("simulate", "--turns", "3", "--seed", "5", "--mind", "random")
    assert (shown["seed"], shown["mind"], shown["turns"]) == (5, "random", 3)
    assert "twin" not in shown
    twin = printed("simulate", "--turns", "3", "--legend", "great-frost@2", "--twin")["twin"]
    assert set(twin) == set(shown["prices"])


def test_a_simulation_for_people() -> None:
    shown = ttw("simulate", "--turns", "4", "--rumor", "honey: [bold]scarce[/bold]@2", "--shock", "drought@3", "--twin")
    assert shown.exit_code == Exit.OK
    assert "[bold]scarce[/bold]" in shown.stdout
    assert "turn   3  A Drought comes over the wood." in shown.stdout
    assert "Last hash: " in shown.stdout
    assert "RAD" in shown.stdout
    assert "Liveliness" not in shown.stdout


def test_a_twin_leaves_out_what_is_named() -> None:
    run = ("simulate", "--turns", "6", "--rumor", "firewood: the frost comes early@2", "--legend", "great-frost@4")
    twins = {each: printed(*run, "--twin", "--without", each)["twin"] for each in ("legend", "rumors", "all")}
    assert printed(*run, "--twin")["twin"] == twins["legend"]
    assert len({json.dumps(twin) for twin in twins.values()}) == 3
    assert "What the rumors did" in ttw(*run, "--twin", "--without", "rumors").stdout


def test_only_what_is_kept_is_written(tmp_path: Path) -> None:
    ttw("simulate", "--turns", "2")
    assert list(tmp_path.iterdir()) == []
    shown = ttw("simulate", "--turns", "2", "--out", "here/out")
    assert "wood.jsonl" in shown.stdout
    assert len(list((tmp_path / "here/out").iterdir())) == 6


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--mind", "gpt"), ["no mind called 'gpt'", *known()]),
        (("--legend", "nope@3"), ["no legend called 'nope'", "great-frost"]),
        (("--shock", "nope@3"), ["no shock called 'nope'", "drought"]),
        (("--rumor", "gold: dear@3"), ["'gold'", "honey", "oona"]),
        (("--rumor", "honey: <@123> says so@3"), ["mentions"]),
        (("--turns", "0"), ["from 1 to"]),
        (("--reference", "--turns", "3"), ["15 turns"]),
        (("--twin",), ["something to leave out"]),
        (("--twin", "--without", "rumors", "--legend", "great-frost@3"), ["spread a rumor"]),
        (("--without", "all", "--legend", "great-frost@3"), ["--twin"]),
        (("--seed", "-1"), ["--seed"]),
    ],
)
def test_what_a_simulation_cannot_use_is_told(arguments: tuple[str, ...], says: list[str], tmp_path: Path) -> None:
    shown = ttw("simulate", "--out", "out", *arguments)
    assert shown.exit_code == Exit.USAGE
    assert shown.stdout == ""
    for each in says:
        assert each in words(shown.stderr)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    shown = ttw("simulate", "--turns", "1", "--out", "taken/out")
    assert shown.exit_code == Exit.UNUSABLE
    assert "taken" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_course_is_drawn_from_its_lowest_to_its_highest() -> None:
    assert sparkline([1, 8]) == "▁█"
    assert sparkline([5, 5, 5]) == "▁▁▁"
    assert sparkline([0, 7, 14]) == "▁▄█"


# evaluate


def test_an_evaluation_has_one_row_a_measure_and_mind() -> None:
    asked = ("evaluate", "--seeds", "1", "--minds", "random, instinct,random", "--workers", "1", "--first-seed", "3")
    result = ttw(*asked, "--json")
    shown = json.loads(result.stdout)
    assert list(shown) == ["minds"]
    assert list(shown["minds"]) == ["random", "instinct"]
    for mind in shown["minds"].values():
        assert set(mind) == {"seeds", "targets", "calls", "money"}
        assert mind["seeds"] == 1
        assert (mind["calls"]["calls"], mind["calls"]["role_violations"]) == (300, 0)
        assert mind["calls"]["valid"] == mind["calls"]["valid_whole"] == 1
        assert 0 < mind["calls"]["efficiency"] < 1
        assert [row["measure"] for row in mind["targets"]] == [measure.name for measure in MEASURES]
        assert all(set(row) == {"measure", "target", "value", "met"} for row in mind["targets"])
    met = all(row["met"] for mind in shown["minds"].values() for row in mind["targets"])
    # One run has one winner, which is more than half of the runs.
    assert not met
    assert result.exit_code == Exit.FAILED


def test_an_evaluation_is_well_when_all_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.lab import evaluate
    from bot.lab.calls import Calls
    from bot.lab.liveliness import Row
    from bot.lab.money import Books

    row = Row("mood: [floor]", "never under 10", 12.5, True, "12.5")
    books = Books({"alms": 2}, {"tithe": 3, "toll": 1}, 600, 200, 1.0)
    met = {"instinct": evaluate.Found([row], Calls(), books)}
    monkeypatch.setattr(evaluate, "sweep", lambda *args, **kwargs: met)
    assert printed("evaluate")["minds"]["instinct"]["targets"][0]["value"] == 12.5
    shown = ttw("evaluate")
    assert shown.exit_code == Exit.OK
    assert "instinct, 100 seeds" in shown.stdout
    lines = [line.replace("│", "").split() for line in shown.stdout.splitlines()]
    for line in (["minted", "2.0"], ["burned", "4.0"], ["by", "reason", "tithe", "3.0"], ["velocity", "3.0"]):
        assert line in lines


def test_an_evaluation_shows_calls_and_twins_to_people() -> None:
    asked = ("evaluate", "--seeds", "1", "--minds", "instinct,random", "--workers", "1", "--turns", "15", "--twin")
    shown = ttw(*asked).stdout
    for words_ in ("orders that could never trade", "allocative efficiency", "out-of-reach", "tokens in, a call"):
        assert words_ in shown
    assert "instinct: what the telling did" in shown
    twin = json.loads(ttw(*asked, "--json").stdout)["minds"]["random"]["twin"]
    assert twin["honey"]["decreed"] == pytest.approx(-0.5, abs=0.05)
    assert twin["acorns"]["decreed"] == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--minds", "instinct,gpt"), ["'gpt'", *known()]),
        (("--minds", "openai"), ["'openai' cannot be used", "TTW_OPENAI__URL"]),
        (("--turns", "14"), ["15 turns"]),
        (("--minds", " , "), ["at least one mind"]),
        (("--seeds", "0"), ["--seeds"]),
        (("--format", "parquet"), ["--out"]),
    ],
)
def test_what_an_evaluation_cannot_use_is_told(arguments: tuple[str, ...], says: list[str]) -> None:
    shown = ttw("evaluate", *arguments)
    assert shown.exit_code == Exit.USAGE
    assert shown.stdout == ""
    assert all(each in words(shown.stderr) for each in says)


def test_an_evaluation_keeps_every_reply(tmp_path: Path) -> None:
    asked = ("evaluate", "--seeds", "2", "--first-seed", "6", "--minds", "instinct,random", "--turns", "15")
    shown = json.loads(ttw(*asked, "--workers", "2", "--out", "kept", "--json").stdout)
    assert shown["minds"]["random"]["replies"] == {"rows": 230, "file": "kept/random.jsonl"}
    assert {path.name for path in (tmp_path / "kept").iterdir()} == {"instinct.jsonl", "random.jsonl"}
    simulated = b""
    for seed in ("6", "7"):
        ttw("simulate", "--reference", "--seed", seed, "--out", seed)
        simulated += (tmp_path / seed / "traces.jsonl").read_bytes()
    lines = (tmp_path / "kept/instinct.jsonl").read_bytes().splitlines(keepends=True)
    assert b"".join(line for line in lines if b"-plain" not in line) == simulated
    twins = ttw(*asked, "--workers", "1", "--out", "twins", "--twin")
    assert "380 calls written to twins/random.jsonl." in twins.stdout
    rows = [json.loads(line) for line in (tmp_path / "twins/random.jsonl").read_text("utf-8").splitlines()]
    assert list(dict.fromkeys(row["wood"] for row in rows)) == [
        f"seed-{seed}{which}" for seed in (6, 7) for which in ("", "-twin", "-plain")
    ]


def test_an_evaluation_keeps_replies_as_parquet(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    asked = ("evaluate", "--seeds", "1", "--minds", "instinct", "--turns", "15", "--out", "kept")
    ttw(*asked)
    ttw(*asked, "--format", "parquet")
    lines = (tmp_path / "kept/instinct.jsonl").read_text("utf-8").splitlines()
    assert pq.read_table(tmp_path / "kept/instinct.parquet").to_pylist() == [json.loads(line) for line in lines]


def test_what_replies_lack_is_told_before_anything_is_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.lab.across.spread", lambda *_: pytest.fail("it was played"))
    (tmp_path / "taken").write_text("a file", "utf-8")
    shown = ttw("evaluate", "--minds", "instinct", "--out", "taken/kept")
    assert (shown.exit_code, "taken" in shown.stderr) == (Exit.UNUSABLE, True)
    for name in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    shown = ttw("evaluate", "--minds", "instinct", "--out", "kept", "--format", "parquet")
    assert (shown.exit_code, "thousand-token-wood[traces]" in shown.stderr) == (Exit.UNUSABLE, True)
    assert list((tmp_path / "kept").iterdir()) == []


def test_minds_of_like_names_have_files_of_their_own() -> None:
    names = file_names(["openai:org/model", "openai:org-model", "OpenAI:Org.Model", "openai:ORG/model", ":/"])
    assert list(names.values()) == [
        *("openai-org-model", "openai-org-model-2", "OpenAI-Org.Model", "openai-ORG-model-3", "mind"),
    ]


# replay


def test_a_true_log_agrees(log: bytes, tmp_path: Path) -> None:
    (tmp_path / "wood.jsonl").write_bytes(log)
    assert printed("replay", "wood.jsonl") == {
        "verdict": "agrees",
        "agrees": True,
        "turns": 15,
        "first_difference": None,
        "recomputed": 15,
        "rules": RULES,
        "hashes": HASHES,
        "others": [],
    }
    assert "Every hash of 15 turns agrees." in ttw("replay", "wood.jsonl").stdout


def changed(log: bytes, place: int) -> bytes:
    return log[:place] + bytes([log[place] ^ 1]) + log[place + 1 :]


@pytest.mark.parametrize("turn", [1, 2, 7, 15])
@pytest.mark.parametrize("share", [0, 0.35, 0.99])
def test_one_changed_byte_is_laid_to_its_turn(log: bytes, turn: int, share: float, tmp_path: Path) -> None:
    lines = log.splitlines(keepends=True)
    place = sum(map(len, lines[:turn])) + int(share * len(lines[turn]))
    (tmp_path / "wood.jsonl").write_bytes(changed(log, place))
    shown = printed("replay", "wood.jsonl", code=Exit.FAILED)
    assert (shown["verdict"], shown["turns"], shown["first_difference"]) == ("disagrees", 15, turn)
    told = ttw("replay", "wood.jsonl")
    assert told.exit_code == Exit.FAILED
    assert f"Turn {turn} of 15 disagrees" in told.stdout


@pytest.mark.parametrize("share", [0, 0.0003, 0.01, 0.3, 0.7, 0.9999])
def test_a_change_in_the_head_is_laid_to_the_founding(log: bytes, share: float, tmp_path: Path) -> None:
    place = int(share * log.index(b"\n"))
    (tmp_path / "wood.jsonl").write_bytes(changed(log, place))
    shown = printed("replay", "wood.jsonl", code=Exit.FAILED)
    assert shown["agrees"] is False
    assert shown["first_difference"] in (0, 1)  # 1: what a turn's line is chained to
    assert shown["turns"] == 15


def test_a_log_that_lost_its_end_differs_there(log: bytes, tmp_path: Path) -> None:
    (tmp_path / "wood.jsonl").write_bytes(b"".join(log.splitlines(keepends=True)[:10]))
    shown = printed("replay", "wood.jsonl", code=Exit.FAILED)
    assert (shown["verdict"], shown["turns"], shown["first_difference"]) == ("disagrees", 15, 10)


@pytest.mark.parametrize("content", [b"", b"a letter to Oona\n", b'{"format":"other"}\n', b"\x1f\x8b\x08no gzip", None])
def test_what_is_no_log_is_told(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "letter.jsonl"
    if content is not None:
        path.write_bytes(content)
    shown = ttw("replay", str(path), "--json")
    assert shown.exit_code == Exit.UNUSABLE
    assert shown.stdout == ""
    assert "letter.jsonl" in shown.stderr
    assert "Traceback" not in shown.stderr


def other(log: bytes, tmp_path: Path, turns: range, **changes: Any) -> Path:
    """The log as a program would have written it that played some of its turns otherwise."""
    source, path = tmp_path / "true.jsonl", tmp_path / "other.jsonl"
    source.write_bytes(log)
    played = read_log(source)
    founded = {"rules": changes["rules"]} if 0 in turns and "rules" in changes else {}
    changed = [replace(turn, **changes) if turn.number in turns else turn for turn in played.turns]
    write_log(path, replace(played, turns=changed, **founded))
    return path


@pytest.mark.parametrize(
    ("turns", "changes", "others", "says"),
    [
        (
            range(16),
            {"rules": 99},
            [{"first": 0, "last": 15, "rules": 99, "hashes": HASHES, "why": "rules"}],
            f"turns 1 to 15 cannot be recomputed: played by rules 99, and this program plays by rules {RULES}.",
        ),
        (
            range(15, 16),
            {"hashes": 99},
            [{"first": 15, "last": 15, "rules": RULES, "hashes": 99, "why": "hashes"}],
            f"Turn 15 cannot be recomputed: the hash has form 99, and this program makes form {HASHES}.",
        ),
    ],
)
def test_turns_of_another_program_are_named(
    log: bytes, tmp_path: Path, turns: range, changes: dict[str, int], others: list[dict[str, Any]], says: str
) -> None:
    path = other(log, tmp_path, turns, **changes)
    shown = printed("replay", str(path), code=Exit.OTHER_RULES)
    assert (shown["verdict"], shown["agrees"], shown["first_difference"]) == ("other-rules", False, None)
    assert (shown["recomputed"], shown["others"]) == (15 - len(range(max(1, turns.start), 16)), others)
    told = ttw("replay", str(path))
    assert told.exit_code == Exit.OTHER_RULES
    assert says in words(told.stdout)
    assert "each line is as it was written" in words(told.stdout)
    assert f"agrees: {shown['recomputed']} of 15." in words(told.stdout)
