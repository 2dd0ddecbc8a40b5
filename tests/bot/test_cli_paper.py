"""``ttw paper``: what it writes, what it prints, and how its gate ends."""

import csv
import json
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from bot.lab.paper.page import MANIFEST, PAGE
from bot.lab.paper.runs import RUNS
from tests.bot.console import own_folder, printed, ttw, words

__all__ = ["own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")

SMALL = ("paper", "--minds", "instinct,silent", "--scenario", "plain", "--turns", "2")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
def test_the_same_command_writes_the_same_files_however_many_work_on_it(tmp_path: Path) -> None:
    for out, *more in (
        ("one", "--workers", "1"),
        ("two", "--workers", "2", "--resume", "kept"),
        ("on", "--resume", "kept"),
    ):
        shown = ttw(*SMALL, "--seeds", "2", "--out", out, *more)
        assert shown.exit_code == Exit.OK, shown.output
        assert "9 files written" in shown.stdout
    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "on")
    made = json.loads((tmp_path / "one" / MANIFEST).read_text("utf-8"))
    assert made["command"] == "ttw paper --minds instinct,silent --seeds 2 --scenario plain --turns 2 --baseline silent"
    assert f"```sh\n{made['command']}\n```" in (tmp_path / "one" / PAGE).read_text("utf-8")


def test_the_table_for_people_and_for_programs() -> None:
    shown = ttw(*SMALL, "--seeds", "2", "--workers", "1")
    assert shown.exit_code == Exit.OK
    assert "Scenario plain" in shown.stdout
    assert "allocative efficiency (%)" in shown.stdout
    found = printed(*SMALL, "--seeds", "2", "--workers", "1", "--baseline", "instinct")
    assert found["command"].endswith("--baseline instinct")
    beside = [line for line in found["lines"] if "contrast" in line]
    assert {line["mind"] for line in beside} == {"silent"}
    assert {line["contrast"]["seeds"] for line in beside} == {2}


@pytest.mark.slow
def test_a_gate_plays_what_was_kept_and_passes_where_nothing_changed(tmp_path: Path) -> None:
    assert ttw(*SMALL, "--seeds", "12", "--first-seed", "5", "--workers", "1", "--out", "kept").exit_code == Exit.OK
    shown = ttw("paper", "--gate", "kept", "--workers", "1")
    assert shown.exit_code == Exit.OK, shown.output
    assert "moved by more than noise" in shown.stdout
    assert shown.stdout.count("instinct") > 5


@pytest.mark.slow
def test_a_gate_says_what_moved(tmp_path: Path) -> None:
    assert ttw(*SMALL, "--seeds", "12", "--workers", "1", "--out", "kept").exit_code == Exit.OK
    rows = list(csv.DictReader((tmp_path / "kept" / RUNS).open(encoding="utf-8", newline="")))
    with (tmp_path / "then.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows({**row, "mood": float(row["mood"]) + 3 + 0.1 * int(row["seed"])} for row in rows)
    shown = ttw("paper", "--gate", "then.csv", "--minds", "instinct", "--workers", "1")
    assert shown.exit_code == Exit.FAILED
    assert "What moved" in shown.stdout
    assert "worse" in shown.stdout
    found = printed("paper", "--gate", "then.csv", "--workers", "1", code=Exit.FAILED)
    assert found["moved"] == 2
    assert {shift["measure"] for shift in found["shifts"] if shift["moved"]} == {"mood"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--minds", "gpt"), ["no mind called 'gpt'"]),
        (("--minds", " , "), ["at least one mind"]),
        (("--baseline", "random"), ["'random' is not among the minds"]),
        (("--scenario", "nonsense"), ["'nonsense'", "plain, reference, lively"]),
        (("--turns", "0"), ["from 1 to"]),
        (("--gate", "nowhere"), ["no runs.csv", "ttw paper --out"]),
        (("--ray", "auto", "--workers", "2"), ["--workers"]),
        (("--seeds", "0"), ["--seeds"]),
    ],
)
def test_what_cannot_be_used_is_told(arguments: tuple[str, ...], says: list[str], tmp_path: Path) -> None:
    shown = ttw("paper", "--minds", "instinct,silent", "--turns", "15", "--seeds", "1", "--out", "out", *arguments)
    assert shown.exit_code == Exit.USAGE, shown.output
    assert all(each in words(shown.stderr) for each in says), shown.stderr
    assert not (tmp_path / "out" / RUNS).exists()


def test_a_gate_of_too_few_seeds_is_refused_at_once(tmp_path: Path) -> None:
    names = "scenario,mind,seed,turns,hash,mood"
    rows = "".join(f"plain,silent,{seed},1000,ab,50\n" for seed in range(4))
    (tmp_path / "few.csv").write_text(f"{names}\n{rows}", "utf-8")
    shown = ttw("paper", "--gate", "few.csv", "--out", "out")
    assert shown.exit_code == Exit.USAGE
    assert "With so few seeds" in words(shown.stderr)
    assert not (tmp_path / "out").exists(), "it is told before anything is played"


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_played(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    shown = ttw(*SMALL, "--out", "taken/out")
    assert shown.exit_code == Exit.UNUSABLE
    assert "taken" in shown.stderr
