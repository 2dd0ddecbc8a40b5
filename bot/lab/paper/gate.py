"""A gate: has anything changed beside runs that were kept, by more than seeds differ by themselves?

Every measure of every mind in every scenario that both have is one test: over pairs where the seeds are the same, else
over two groups. Holm's correction holds the whole gate to one false alarm in twenty, however many measures it looks at.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from bot.lab.paper.measures import MEASURES, Measure
from bot.lab.paper.runs import Run, values_of
from bot.lab.paper.statistics import ALPHA, detectable, draws_for, holm, least_p, paired_p, unpaired_p


class GateError(ValueError):
    """Two sets of runs cannot be compared; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One measure of one mind in one scenario, then and now.

    Attributes:
        scenario: the setting's name.
        measure: what is measured.
        mind: whose.
        paired: whether it is compared on the same seeds.
        seeds: how many show it then, and now.
        before: its mean then.
        after: its mean now.
        p: of no change.
        p_holm: the same, corrected for all that the gate looks at.
        detectable: the least change that is found in 80 of 100 gates like this one, corrected likewise.
    """

    scenario: str
    measure: Measure
    mind: str
    paired: bool
    seeds: tuple[int, int]
    before: float
    after: float
    p: float
    p_holm: float
    detectable: float

    @property
    def moved(self) -> bool:
        """Whether it changed by more than noise."""
        return self.p_holm <= ALPHA

    @property
    def change(self) -> float:
        """By how much the mean is more now than then."""
        return self.after - self.before

    @property
    def worse(self) -> bool | None:
        """Whether the change is for the worse; None where neither way is."""
        return None if not self.measure.better or not self.change else self.change * self.measure.better < 0

    def to_json(self) -> dict[str, Any]:
        """The shift as a plain JSON object."""
        return {
            "scenario": self.scenario,
            "measure": self.measure.key,
            "mind": self.mind,
            "paired": self.paired,
            "seeds": self.seeds,
            "before": self.before,
            "after": self.after,
            "change": self.change,
            "p": self.p,
            "p_holm": self.p_holm,
            "detectable": self.detectable,
            "moved": self.moved,
            "worse": self.worse,
        }


@dataclass(frozen=True, slots=True)
class Compared:
    """What a gate looked at.

    Attributes:
        shifts: every test.
        left_out: how many more there would be if they had more seeds: no change could be found by them.
    """

    shifts: tuple[Shift, ...]
    left_out: int

    @property
    def moved(self) -> tuple[Shift, ...]:
        """What changed by more than noise; the gate is open if there is nothing."""
        return tuple(shift for shift in self.shifts if shift.moved)


def gate(before: Sequence[Run], after: Sequence[Run]) -> Compared:
    """Compare runs with those that were kept.

    Where both have seeds in common, only these count; where they have none, all do.

    Raises:
        GateError: they have nothing in common, are of different lengths, or of too few seeds to find anything.
    """
    kept = {_place(run) for run in before}
    places = [place for place in dict.fromkeys(map(_place, after)) if place in kept]
    if not places:
        raise GateError("The kept runs are of other minds or scenarios. Play one of those that their file names.")
    for scenario, mind in places:
        lengths = {run.turns for run in (*before, *after) if _place(run) == (scenario, mind)}
        if len(lengths) > 1:
            raise GateError(
                f"Runs of {mind} in {scenario} take {' and '.join(map(str, sorted(lengths)))} turns. Play as many "
                "turns as the kept runs have (--turns)."
            )
    pairs = [
        (scenario, measure, mind, *seen)
        for scenario, mind in places
        for measure in MEASURES.values()
        if (seen := _seen(before, after, scenario, mind, measure))
    ]
    able = [pair for pair in pairs if _could_fire(*pair[3:], tests=len(pairs))]
    if not able:
        raise GateError(
            "With so few seeds nothing could be found, whatever had changed. Play more seeds that the kept runs have "
            "too (--seeds, --first-seed), or fewer minds and scenarios."
        )
    found = [_shift(*pair, tests=len(able)) for pair in able]
    corrected = holm([shift.p for shift in found])
    return Compared(
        tuple(replace(shift, p_holm=p) for shift, p in zip(found, corrected, strict=True) if p is not None),
        len(pairs) - len(able),
    )


def _place(run: Run) -> tuple[str, str]:
    return run.scenario, run.mind


def _seen(
    before: Sequence[Run], after: Sequence[Run], scenario: str, mind: str, measure: Measure
) -> tuple[dict[int, float], dict[int, float]] | None:
    """A measure then and now, by seed; None where there are not two seeds of each."""
    then, now = (values_of(runs, scenario, mind, measure.key) for runs in (before, after))
    if shared := then.keys() & now.keys():
        then, now = ({seed: one[seed] for seed in sorted(shared)} for one in (then, now))
    return (then, now) if min(len(then), len(now)) > 1 else None


def _could_fire(then: dict[int, float], now: dict[int, float], *, tests: int) -> bool:
    """Whether so many seeds can give a p value that is small enough for so many tests."""
    other = None if then.keys() == now.keys() else len(now)
    return least_p(len(then), other, draws_for(tests)) * tests <= ALPHA


def _shift(
    scenario: str, measure: Measure, mind: str, then: dict[int, float], now: dict[int, float], *, tests: int
) -> Shift:
    paired = then.keys() == now.keys()
    draws, alpha = draws_for(tests), ALPHA / tests
    old, new = list(then.values()), list(now.values())
    if paired:
        differences = [now[seed] - value for seed, value in then.items()]
        p, least = paired_p(differences, draws), detectable(differences, alpha=alpha)
    else:
        p, least = unpaired_p(old, new, draws), detectable(old, new, alpha)
    return Shift(scenario, measure, mind, paired, (len(old), len(new)), fmean(old), fmean(new), p, p, least)
