"""Days of a simulated wood, written down: reports, gossip, and patrons who keep them company."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from bot.lab.diary import days
from bot.lab.lively import NAMES, lively
from bot.lab.scenario import Scenario, Without
from bot.lab.simulate import Played, play
from data.content import default_rules
from data.log import read_log
from data.replay import replay
from inference.council import Council
from inference.roster import seat
from tests.bot.console import own_folder, printed, ttw, words
from wood.chronicle import EventKind
from wood.moves import CastLegend, CastRumor, Join

__all__ = ["own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")

RULES = default_rules()


async def played(scenario: Scenario, seed: int = 3, mind: str = "silent") -> Played:
    return await play(RULES, scenario, seed, Council(seat(mind), RULES, render=False), keep_traces=False)


async def test_the_days_are_the_run_in_its_order() -> None:
    run = await played(lively(RULES, 20, 3))
    found = list(days(run, 8))
    assert [day.number for day in found] == [1, 2, 3]
    assert [len(day.turns) for day in found] == [8, 8, 4]
    assert tuple(turn for day in found for turn in day.turns) == run.turns
    assert [day.world.chain for day in found] == [day.turns[-1].hash for day in found]
    assert found[-1].world == run.world


async def test_company_joins_talks_and_tells_legends_that_are_not_refused() -> None:
    scenario = lively(RULES, 120, 3)
    assert scenario == lively(RULES, 120, 3) != lively(RULES, 120, 4)
    run = await played(scenario)
    refused = [event for turn in run.turns for event in turn.events if event.kind is EventKind.REFUSED]
    assert refused == []
    legends = [(turn.number, event) for turn in run.turns for event in turn.events if event.kind is EventKind.LEGEND]
    told = [turn for turn, event in legends if (event.data or {}).get("patrons")]
    assert len(told) >= 6
    assert all(later - earlier >= 8 for earlier, later in pairwise(told))
    by = Counter(
        (type(act).__name__, act.patron)
        for acts in scenario.interventions.values()
        for act in acts
        if isinstance(act, Join | CastRumor | CastLegend)
    )
    assert all(by["Join", key] == 1 and by["CastRumor", key] >= 5 and by["CastLegend", key] for key in NAMES)
    rumors = [act for acts in scenario.interventions.values() for act in acts if isinstance(act, CastRumor)]
    assert {act.leaning for act in rumors} == {1, -1}
    assert any(act.to for act in rumors)
    assert scenario.first(Without.LEGEND) is not None


def test_scenarios_go_beside_each_other() -> None:
    one = Scenario(9, {2: (Join("p1"),), 5: (Join("p2"),)}, reference=True)
    other = Scenario(9, {5: (Join("p3"),), 3: (Join("p4"),)})
    both = one.beside(other)
    assert (both.turns, both.reference) == (9, True)
    assert dict(both.interventions) == {2: (Join("p1"),), 3: (Join("p4"),), 5: (Join("p3"), Join("p2"))}


def test_days_are_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTW_PACE", "10800")
    shown = printed("simulate", "--days", "3", "--seed", "3", "--lively", "--out", "diary")
    assert shown["turns"] == 24
    folder = tmp_path / "diary"
    assert {path.name for path in folder.iterdir()} == {
        *("day-001.md", "day-002.md", "day-003.md", "gossip.txt", "repetition.json", "wood.jsonl"),
    }
    assert "Ada" in (folder / "day-003.md").read_text("utf-8")
    lines = [line.split("\t") for line in (folder / "gossip.txt").read_text("utf-8").splitlines()]
    assert len(lines) == shown["reading"]["lines"] > 10
    assert [int(turn) for turn, _, _ in lines] == sorted(int(turn) for turn, _, _ in lines)
    assert json.loads((folder / "repetition.json").read_text("utf-8")) == shown["reading"]
    assert sum(shown["reading"]["headlines"].values()) == 3
    assert replay(read_log(folder / "wood.jsonl")).agrees
    again = ttw("simulate", "--days", "3", "--seed", "3", "--lively", "--out", "again")
    assert "names somebody" in again.stdout
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_charts_of_days_are_drawn_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTW_PACE", "43200")
    assert ttw("simulate", "--days", "1", "--charts", "--out", "diary").exit_code == Exit.OK
    pictures = sorted(path.name for path in (tmp_path / "diary").glob("*.png"))
    report = (tmp_path / "diary/day-001.md").read_text("utf-8")
    assert pictures
    assert all(f"]({name})" in report for name in pictures)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--days", "2"), "--out"),
        (("--days", "2", "--turns", "3", "--out", "x"), "--turns"),
        (("--charts", "--out", "x"), "--days"),
    ],
)
def test_what_days_do_not_go_with_is_told(arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    shown = ttw("simulate", *arguments)
    assert shown.exit_code == Exit.USAGE
    assert says in words(shown.stderr)
    assert list(tmp_path.iterdir()) == []
