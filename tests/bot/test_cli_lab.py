"""The laboratory's commands: what they print for people and for programs, and how they end."""

import json
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from bot.cli.tables import sparkline
from bot.lab.liveliness import MEASURES
from inference.roster import known
from tests.bot.console import own_folder, printed, ttw, words

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
        assert set(mind) == {"seeds", "targets", "calls"}
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

    met = {"instinct": evaluate.Found([Row("mood: [floor]", "never under 10", 12.5, True, "12.5")], Calls())}
    monkeypatch.setattr(evaluate, "sweep", lambda *args, **kwargs: met)
    assert printed("evaluate")["minds"]["instinct"]["targets"][0]["value"] == 12.5
    shown = ttw("evaluate")
    assert shown.exit_code == Exit.OK
    assert "instinct, 100 seeds" in shown.stdout


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
    ],
)
def test_what_an_evaluation_cannot_use_is_told(arguments: tuple[str, ...], says: list[str]) -> None:
    shown = ttw("evaluate", *arguments)
    assert shown.exit_code == Exit.USAGE
    assert shown.stdout == ""
    assert all(each in words(shown.stderr) for each in says)


# replay


def test_a_true_log_agrees(log: bytes, tmp_path: Path) -> None:
    (tmp_path / "wood.jsonl").write_bytes(log)
    assert printed("replay", "wood.jsonl") == {"turns": 15, "agrees": True, "first_difference": None}
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
    assert shown == {"turns": 15, "agrees": False, "first_difference": turn}
    told = ttw("replay", "wood.jsonl")
    assert told.exit_code == Exit.FAILED
    assert f"Turn {turn} of 15 disagrees" in told.stdout


@pytest.mark.parametrize("share", [0, 0.0004, 0.01, 0.3, 0.7, 0.9999])
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
    assert shown == {"turns": 15, "agrees": False, "first_difference": 10}


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
