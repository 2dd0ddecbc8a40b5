"""The gate: silent where nothing has changed, loud where something has, and never a division by nothing."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from bot.lab.paper.gate import GateError, gate
from bot.lab.paper.runs import Run, read_runs

GATES = 200
KEPT = Path(__file__).parents[2] / "docs" / "results"


@pytest.fixture(scope="module")
def runs() -> list[Run]:
    """A hundred seeds of two minds, as they are in the docs."""
    return [run for run in read_runs(KEPT) if run.scenario == "reference" and run.mind in ("instinct", "silent")]


def seeds(runs: Sequence[Run], chosen: Sequence[int]) -> list[Run]:
    """The runs of some seeds, numbered anew in their order."""
    numbers = {seed: number for number, seed in enumerate(chosen)}
    return [replace(run, seed=numbers[run.seed]) for run in runs if run.seed in numbers]


def halves(runs: Sequence[Run], dice: Random) -> tuple[list[Run], list[Run]]:
    """Two halves of the seeds, each numbered from 0: the same mind twice, whose luck differs."""
    shuffled = dice.sample(range(100), 100)
    return seeds(runs, shuffled[:50]), seeds(runs, shuffled[50:])


def shifted(runs: Sequence[Run], mind: str, measure: str, by: float) -> list[Run]:
    return [
        replace(run, values={**run.values, measure: value + by})
        if run.mind == mind and (value := run.values[measure]) is not None
        else run
        for run in runs
    ]


def elsewhere(runs: Sequence[Run]) -> list[Run]:
    """The same on seeds of their own."""
    return [replace(run, seed=run.seed + 1_000) for run in runs]


@pytest.mark.slow
@pytest.mark.parametrize("paired", [True, False])
def test_of_two_hundred_gates_of_a_mind_against_itself_at_most_one_in_twenty_fires(
    runs: list[Run], paired: bool
) -> None:
    dice = Random(9)
    fired = 0
    for _ in range(GATES):
        before, after = halves(runs, dice)
        found = gate(before, after if paired else elsewhere(after))
        assert {shift.paired for shift in found.shifts} == {paired}
        fired += bool(found.moved)
    assert fired / GATES <= 0.05


def test_the_same_runs_have_not_moved(runs: list[Run]) -> None:
    found = gate(runs, runs)
    assert not found.moved
    assert found.left_out == 0
    assert len(found.shifts) > 20
    assert {shift.p for shift in found.shifts} == {1}


@pytest.mark.parametrize("paired", [True, False])
def test_a_mind_that_was_swapped_is_found(runs: list[Run], paired: bool) -> None:
    before = [run for run in runs if run.mind == "instinct"]
    after = [replace(run, mind="instinct") for run in runs if run.mind == "silent"]
    found = gate(before, after if paired else elsewhere(after))
    moved = {shift.measure.key: shift for shift in found.moved}
    assert moved["judgement"].worse is True
    assert moved["by_minds"].worse is True
    assert moved["by_minds"].change < -50


@pytest.mark.parametrize("paired", [True, False])
def test_a_change_of_one_figure_is_found_and_named(runs: list[Run], paired: bool) -> None:
    before, after = halves(runs, Random(2))
    after = after if paired else elsewhere(after)
    still = gate(before, after)
    assert not still.moved
    least = next(s.detectable for s in still.shifts if (s.mind, s.measure.key) == ("silent", "mood"))
    (moved,) = gate(before, shifted(after, "silent", "mood", -2 * least)).moved
    assert (moved.mind, moved.measure.key, moved.worse) == ("silent", "mood", True)
    (moved,) = gate(before, shifted(after, "silent", "mood", 2 * least)).moved
    assert moved.worse is False


def test_a_change_that_is_as_small_as_noise_is_none(runs: list[Run]) -> None:
    before, after = halves(runs, Random(2))
    assert not gate(before, shifted(after, "silent", "mood", 0.01)).moved


@pytest.mark.parametrize("paired", [True, False])
def test_what_never_differs_fires_only_if_it_changes(runs: list[Run], paired: bool) -> None:
    def of(value: float | None) -> list[Run]:
        return [replace(run, values={"valid": value, "tokens_out": 0.0}) for run in runs if run.mind == "instinct"]

    before, same = of(100.0), of(100.0)
    found = gate(before, same if paired else elsewhere(same))
    assert [(shift.measure.key, shift.p, shift.detectable) for shift in found.shifts] == [
        ("valid", 1, 0),
        ("tokens_out", 1, 0),
    ]
    other = of(99.0)
    (moved,) = gate(before, other if paired else elsewhere(other)).moved
    assert (moved.measure.key, moved.worse) == ("valid", True)
    gone = of(None)
    assert [shift.measure.key for shift in gate(before, gone if paired else elsewhere(gone)).shifts] == ["tokens_out"]


def test_only_seeds_in_common_are_compared_where_there_are_some(runs: list[Run]) -> None:
    half = [run for run in runs if run.seed < 50]
    more = [*shifted([run for run in runs if run.seed >= 50], "silent", "mood", 50), *half]
    found = gate(half, more)
    assert not found.moved
    assert {shift.seeds for shift in found.shifts} == {(50, 50)}


def test_what_too_few_seeds_show_is_left_out(runs: list[Run]) -> None:
    rare = [replace(run, values={**run.values, "valid": run.values["valid"] if run.seed < 4 else None}) for run in runs]
    assert gate(rare, rare).left_out == 1


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (range(100), range(4), "With so few seeds"),
        (range(1), range(1), "With so few seeds"),
    ],
)
def test_a_gate_that_could_never_fire_is_refused(runs: list[Run], before: range, after: range, says: str) -> None:
    with pytest.raises(GateError, match=says):
        gate([run for run in runs if run.seed in before], [run for run in runs if run.seed in after])


def test_what_cannot_be_compared_is_told(runs: list[Run]) -> None:
    with pytest.raises(GateError, match="other minds or scenarios"):
        gate(runs, [replace(run, scenario="plain") for run in runs])
    with pytest.raises(GateError, match="15 and 60 turns"):
        gate(runs, [replace(run, turns=15) for run in runs])
