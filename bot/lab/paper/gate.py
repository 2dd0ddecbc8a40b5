"""A gate: has anything changed beside runs that were kept, by more than seeds differ by themselves?

Every measure of every mind in every scenario that both have is one test: over pairs where the seeds are the same, else
over two groups. Holm's correction holds the whole gate to one false alarm in forty, however many measures it looks at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Final, NamedTuple

from bot.lab.paper.measures import MEASURES, Measure
from bot.lab.paper.runs import Run, values_of
from bot.lab.paper.statistics import detectable, draws_for, holm, least_p, paired_p, unpaired_p
from bot.lab.paper.study import Study

FALSE_ALARMS: Final = 0.025
"""How often a whole gate may fire where nothing has changed: half of one in twenty, so that who counts it over some
hundred gates hardly ever finds more than that."""


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
        return self.p_holm <= FALSE_ALARMS

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


class _Pair(NamedTuple):
    """A measure then and now, by seed: the same seeds in the same order, or no seed in common."""

    scenario: str
    measure: Measure
    mind: str
    then: dict[int, float]
    now: dict[int, float]

    @property
    def paired(self) -> bool:
        return self.then.keys() == self.now.keys()


def gate(before: Sequence[Run], after: Sequence[Run]) -> Compared:
    """Compare runs with those that were kept.

    Where both have seeds in common, only these count; where they have none, all do.

    Raises:
        GateError: they have nothing in common, are of different lengths, or of too few seeds to find anything.
    """
    pairs, able = _comparable(before, after)
    return Compared(tuple(_shifts(able)), len(pairs) - len(able))


def foresee(before: Sequence[Run], study: Study) -> None:
    """See that a study can be compared with kept runs, before it is played: as if it showed what they do.

    Raises:
        GateError: as :func:`gate` does.
    """
    shown = {_place(run): {key: 0.0 for key, value in run.values.items() if value is not None} for run in before}
    after = [
        Run(setting.name, mind, seed, setting.turns, "", values)
        for setting in study.settings
        for mind in study.minds
        if (values := shown.get((setting.name, mind)))
        for seed in study.seeds
    ]
    _comparable(before, after)


def _comparable(before: Sequence[Run], after: Sequence[Run]) -> tuple[list[_Pair], list[_Pair]]:
    """All pairs, and those of them by which a change could be found."""
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
        pair
        for scenario, mind in places
        for measure in MEASURES.values()
        if (pair := _pair(before, after, scenario, mind, measure))
    ]
    able = [pair for pair in pairs if _could_fire(pair, len(pairs))]
    if not able:
        raise GateError(
            "With so few seeds nothing could be found, whatever had changed. Play more seeds that the kept runs have "
            "too (--seeds, --first-seed), or fewer minds and scenarios."
        )
    return pairs, able


def _place(run: Run) -> tuple[str, str]:
    return run.scenario, run.mind


def _pair(before: Sequence[Run], after: Sequence[Run], scenario: str, mind: str, measure: Measure) -> _Pair | None:
    """What is compared; None where there are not two seeds of each."""
    then, now = (values_of(runs, scenario, mind, measure.key) for runs in (before, after))
    if shared := sorted(then.keys() & now.keys()):
        then, now = ({seed: one[seed] for seed in shared} for one in (then, now))
    return _Pair(scenario, measure, mind, then, now) if min(len(then), len(now)) > 1 else None


def _could_fire(pair: _Pair, tests: int) -> bool:
    """Whether so many seeds can give a p value that is small enough for so many tests."""
    other = None if pair.paired else len(pair.now)
    return least_p(len(pair.then), other, draws_for(tests)) * tests <= FALSE_ALARMS


def _shifts(pairs: Sequence[_Pair]) -> Iterator[Shift]:
    """Test every pair; the correction is over all of them."""
    draws, alpha = draws_for(len(pairs)), FALSE_ALARMS / len(pairs)
    figures = [(list(pair.then.values()), list(pair.now.values())) for pair in pairs]
    apart = [[new - old for old, new in zip(*each, strict=False)] for each in figures]
    paired = iter(paired_p([each for each, pair in zip(apart, pairs, strict=True) if pair.paired], draws))
    groups = iter(unpaired_p([each for each, pair in zip(figures, pairs, strict=True) if not pair.paired], draws))
    tests = [next(paired if pair.paired else groups) for pair in pairs]
    for pair, (old, new), differences, p, p_holm in zip(pairs, figures, apart, tests, holm(tests), strict=True):
        least = detectable(differences, alpha=alpha) if pair.paired else detectable(old, new, alpha)
        yield Shift(
            pair.scenario,
            pair.measure,
            pair.mind,
            pair.paired,
            (len(old), len(new)),
            fmean(old),
            fmean(new),
            p,
            p_holm,
            least,
        )
