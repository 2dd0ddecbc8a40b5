"""What a study found: a line for each measure of each mind in each scenario."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from bot.lab.paper.measures import MEASURES, Measure
from bot.lab.paper.runs import Run, values_of
from bot.lab.paper.statistics import ALPHA, Interval, detectable, draws_for, holm, interval, least_p, paired_p


@dataclass(frozen=True, slots=True)
class Contrast:
    """A mind beside the baseline, over the seeds that both show.

    Attributes:
        seeds: how many.
        difference: of the means.
        interval: of the difference; None for fewer than two seeds.
        p: of no difference; None for fewer than two seeds.
        p_holm: the same, corrected for all contrasts of the study.
        detectable: the least difference that so many seeds find in 80 of 100 studies; None for so few that no
            difference is found.
    """

    seeds: int
    difference: float
    interval: Interval | None
    p: float | None
    p_holm: float | None
    detectable: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of one mind in one scenario.

    Attributes:
        scenario: the setting's name.
        measure: what is measured.
        mind: whose.
        seeds: how many show it.
        mean: over them.
        interval: of the mean; None for fewer than two seeds.
        contrast: beside the baseline; None for the baseline itself, and where no seed shows both.
    """

    scenario: str
    measure: Measure
    mind: str
    seeds: int
    mean: float
    interval: Interval | None
    contrast: Contrast | None

    def to_json(self) -> dict[str, Any]:
        """The line as a plain JSON object."""
        shown: dict[str, Any] = {
            "scenario": self.scenario,
            "measure": self.measure.key,
            "mind": self.mind,
            "seeds": self.seeds,
            "mean": self.mean,
            "interval": self.interval,
        }
        if beside := self.contrast:
            shown["contrast"] = {
                "seeds": beside.seeds,
                "difference": beside.difference,
                "interval": beside.interval,
                "p": beside.p,
                "p_holm": beside.p_holm,
                "detectable": beside.detectable,
            }
        return shown


def lines_of(runs: Sequence[Run], baseline: str) -> tuple[Line, ...]:
    """Sum a study up: by scenario and mind in the order of the runs, by measure in that of the tables.

    What no run of a mind shows has no line. The baseline need not be among the minds.
    """
    scenarios, minds = (_each(names) for names in ([run.scenario for run in runs], [run.mind for run in runs]))
    places = [(scenario, measure, mind) for scenario in scenarios for measure in MEASURES.values() for mind in minds]
    values = {
        (scenario, measure.key, mind): values_of(runs, scenario, mind, measure.key)
        for scenario, measure, mind in places
    }
    apart = {
        (scenario, measure.key, mind): _differences(ours, values[scenario, measure.key, baseline])
        for scenario, measure, mind in places
        if mind != baseline and (ours := values[scenario, measure.key, mind])
    }
    tested = {place: each for place, each in apart.items() if len(each) > 1}
    p = paired_p(list(tested.values()), draws_for(len(tested)))
    tests = dict(zip(tested, zip(p, holm(p), strict=True), strict=True))
    return tuple(
        Line(
            scenario,
            measure,
            mind,
            len(own),
            fmean(own),
            interval(own),
            _contrast(apart.get((scenario, measure.key, mind)), tests.get((scenario, measure.key, mind))),
        )
        for scenario, measure, mind in places
        if (own := list(values[scenario, measure.key, mind].values()))
    )


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _differences(ours: Mapping[int, float], theirs: Mapping[int, float]) -> list[float]:
    """By how much the one is more than the other, of the seeds that both have."""
    return [ours[seed] - theirs[seed] for seed in sorted(ours.keys() & theirs.keys())]


def _contrast(differences: Sequence[float] | None, test: tuple[float, float] | None) -> Contrast | None:
    if not differences:
        return None
    middle, many = fmean(differences), len(differences)
    if test is None:
        return Contrast(many, middle, None, None, None, None)
    least = detectable(differences) if least_p(many) <= ALPHA else None
    return Contrast(many, middle, interval(differences), *test, least)
