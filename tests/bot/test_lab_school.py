"""What a pupil learns from is what won something; and it sits only where nothing is worse than before."""

import asyncio
import os
import runpy
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.lab.paper.gate import GateError
from bot.lab.paper.measures import MEASURES
from bot.lab.paper.runs import Run
from bot.lab.scenario import reference
from bot.lab.school import FEWEST, Lesson, StrayLogError, best, examine, graded
from bot.lab.simulate import Played, log_of, play
from data.content import default_rules
from inference.council import Council
from inference.roster import seat
from tests.data.living import V3, unpack
from wood.names import CREATURES, Creature
from wood.trace import Trace

RECIPE = Path(__file__).parents[2] / "deploy" / "pupil.py"
RULES = default_rules()
SEEDS = 12


@pytest.fixture(scope="module")
def played() -> Played:
    """A reference run of creatures with ordinary sense, judged while it was played."""
    return asyncio.run(play(RULES, reference(), 7, Council(seat("instinct"), RULES), judged=True))


def lesson(won: int, creature: Creature = Creature.PIP, turn: int = 1) -> Lesson:
    return Lesson(Trace("w", turn, creature, "s", "u", "{}", "", (), "", "test", valid=True), won)


def test_every_decision_of_a_log_is_judged_as_it_was_when_it_was_played(played: Played) -> None:
    lessons = list(graded(log_of(played), played.traces))
    assert [each.trace for each in lessons] == [trace for trace in played.traces if not trace.drops]
    assert played.judgement is not None
    assert sum(each.won for each in lessons) == played.judgement.alone != 0


def test_calls_that_may_not_be_copied_are_no_lessons(played: Played) -> None:
    first, second, third, fourth, *_ = played.traces
    spoiled = [replace(first, valid=False), replace(second, drops=("price",)), replace(third, user=""), fourth]
    assert [each.trace for each in graded(log_of(played), spoiled)] == [fourth]


def test_a_log_that_does_not_lead_where_it_says_teaches_nothing(played: Played) -> None:
    log = log_of(played)
    other = replace(log, turns=(replace(log.turns[0], hash="0" * 64), *log.turns[1:]))
    with pytest.raises(StrayLogError, match="turn 1 "):
        list(graded(other, played.traces))


def test_the_best_are_chosen_of_each_creature() -> None:
    some = [lesson(won, creature, turn) for creature in CREATURES for turn, won in enumerate((3, 9, 0, -2, 5), 1)]
    chosen = best(some, 11)
    assert [each.trace.creature for each in chosen] == [creature for creature in CREATURES for _ in range(2)]
    assert {each.won for each in chosen} == {9, 5}
    assert len(best(some, 1000)) == 3 * len(CREATURES), "what won nothing was taken"
    assert len(best(some[5:], 11)) == 2 * (len(CREATURES) - 1), "others took the share of one without lessons"


def runs(judgement: float, valid: float = 100.0, seeds: int = SEEDS) -> list[Run]:
    """Runs that differ a little by seed."""
    plain = dict.fromkeys(MEASURES, 1.0)
    return [
        Run("reference", "vllm", seed, 15, "h", {**plain, "judgement": judgement + seed / 10, "valid": valid})
        for seed in range(seeds)
    ]


def test_a_pupil_that_is_no_worse_is_seated() -> None:
    for after in (20.0, 5.0):
        verdict = examine(runs(5.0), runs(after))
        assert (verdict.seated, verdict.worse) == (True, [])
        assert verdict.to_json()["judgement"] == [verdict.before, verdict.after]


def test_a_pupil_in_whose_woods_more_happens_is_no_worse_for_longer_prompts() -> None:
    after = [replace(run, values={**run.values, "tokens_in": 2.0}) for run in runs(20.0)]
    verdict = examine(runs(5.0), after)
    assert "tokens_in" in {shift.measure.key for shift in verdict.compared.moved}
    assert verdict.seated


@pytest.mark.parametrize(
    ("after", "worse"),
    [
        (runs(-10.0), ["judgement"]),
        (runs(20.0, valid=80.0), ["valid"]),
        ([*runs(5.0)[:-1], replace(runs(5.0)[-1], values={**runs(5.0)[-1].values, "judgement": -9.0})], []),
    ],
)
def test_a_pupil_that_is_worse_or_judges_less_well_is_not(after: list[Run], worse: list[str]) -> None:
    verdict = examine(runs(5.0), after)
    assert not verdict.seated
    assert verdict.worse == worse


def test_too_few_seeds_are_told() -> None:
    for seeds in (2, FEWEST - 1):
        with pytest.raises(GateError, match="so few seeds"):
            examine(runs(5.0, seeds=seeds), runs(20.0, seeds=seeds))
    assert examine(runs(5.0, seeds=FEWEST), runs(20.0, seeds=FEWEST)).seated


# The recipe, as far as it goes without a model


def test_the_recipe_refuses_what_it_could_not_examine_before_it_plays(tmp_path: Path) -> None:
    for option, says in (
        (("--exam", str(FEWEST - 1)), f"{FEWEST} or more"),
        (("--scenario", "plain,reference"), "join several by +"),
    ):
        done = subprocess.run(
            [sys.executable, str(RECIPE), "--out", str(tmp_path / "pupil"), *option],
            env={**os.environ, "PYTHONPATH": str(RECIPE.parents[1])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, says in " ".join(done.stderr.split())) == (2, True), done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "pupil").exists()


def test_woods_that_this_program_cannot_read_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from_database = runpy.run_path(str(RECIPE))["from_database"]
    path = unpack(tmp_path, V3)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE contents SET document = json_set(document, '$.schema', 999)")
    assert asyncio.run(from_database(path)) == []
    assert "left out: a wood of other rules" in capsys.readouterr().out
