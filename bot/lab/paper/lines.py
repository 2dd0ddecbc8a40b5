"""What a study found: a line for each measure of each mind in each scenario."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from bot.lab.paper.measures import MEASURES, Measure
from bot.lab.paper.runs import Run, values_of
from bot.lab.paper.statistics import Interval, detectable, draws_for, holm, interval, paired_p


@dataclass(frozen=True, slots=True)
class Contrast:
    """A mind beside the baseline, over the seeds that both show.

    Attributes:
        seeds: how many.
        difference: of the means.
        interval: of the difference; None for fewer than two seeds.
        p: of no difference; None for fewer than two seeds.
        p_holm: the same, corrected for all contrasts of the study.
        detectable: the least difference that so many seeds find in 80 of 100 studies; None for fewer than two.
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

    What no run of a mind shows has no line.
    """
    scenarios, minds = (_each(names) for names in ([run.scenario for run in runs], [run.mind for run in runs]))
    places = [(scenario, measure, mind) for scenario in scenarios for measure in MEASURES.values() for mind in minds]
    draws = draws_for(len(scenarios) * len(MEASURES) * (len(minds) - 1))
    lines = [line for place in places if (line := _line(runs, *place, baseline, draws))]
    corrected = holm([line.contrast.p if line.contrast else None for line in lines])
    return tuple(
        replace(line, contrast=replace(line.contrast, p_holm=p)) if line.contrast else line
        for line, p in zip(lines, corrected, strict=True)
    )


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _line(runs: Sequence[Run], scenario: str, measure: Measure, mind: str, baseline: str, draws: int) -> Line | None:
    values = values_of(runs, scenario, mind, measure.key)
    if not values:
        return None
    contrast = None
    if mind != baseline:
        beside = values_of(runs, scenario, baseline, measure.key)
        contrast = _contrast([values[seed] - beside[seed] for seed in values if seed in beside], draws)
    own = list(values.values())
    return Line(scenario, measure, mind, len(own), fmean(own), interval(own), contrast)


def _contrast(differences: Sequence[float], draws: int) -> Contrast | None:
    if not differences:
        return None
    middle, many = fmean(differences), len(differences)
    if many < 2:
        return Contrast(many, middle, None, None, None, None)
    p = paired_p(differences, draws)
    return Contrast(many, middle, interval(differences), p, p, detectable(differences))
