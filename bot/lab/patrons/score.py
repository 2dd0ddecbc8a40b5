"""What each way to play is worth: how often it wins, how it ranks, what it has, and what the Magistrate makes of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from bot.lab.patrons.intervals import Mean, mean_of
from bot.lab.patrons.play import Lived


@dataclass(frozen=True, slots=True)
class Score:
    """One strategy under one mind.

    Attributes:
        name: the strategy.
        years: that it played.
        won: share of them that it won; a tie is shared.
        rank: among four.
        purse: the quartiles of the pebbles at the year's end.
        fined: pebbles a year.
        cases: files opened on it, a year.
        convicted: share of years with a conviction.
        exiled: share of years with an exile.
        peak: the most heat, in the mean.
        verdicts: by what they said, a year.
        brought: pebbles a year by act of its file.
        made: moves a year by kind.
        refused: moves refused a year, by kind and code.
    """

    name: str
    years: int
    won: Mean
    rank: Mean
    purse: tuple[float, float, float]
    fined: float
    cases: float
    convicted: float
    exiled: float
    peak: float
    verdicts: Mapping[str, float]
    brought: Mapping[str, float]
    made: Mapping[str, float]
    refused: Mapping[str, float]

    def to_json(self) -> dict[str, Any]:
        """The score as a plain JSON object."""
        return {
            "strategy": self.name,
            "years": self.years,
            "won": _rounded(self.won),
            "rank": _rounded(self.rank),
            "purse": [round(each, 1) for each in self.purse],
            "fined": round(self.fined, 2),
            "cases": round(self.cases, 3),
            "convicted": round(self.convicted, 3),
            "exiled": round(self.exiled, 3),
            "peak": round(self.peak, 2),
            **{
                name: {key: round(each, 2) for key, each in getattr(self, name).items()}
                for name in ("verdicts", "brought", "made", "refused")
            },
        }


def scores(lived: Sequence[Lived]) -> list[Score]:
    """The strategies by their rank, best first; those who only helped are left out."""
    by_name: dict[str, list[Lived]] = {}
    for one in lived:
        if one.rank:
            by_name.setdefault(one.name, []).append(one)
    return sorted(
        (_score(name, each) for name, each in by_name.items()), key=lambda score: (score.rank.value, score.name)
    )


def _score(name: str, lived: Sequence[Lived]) -> Score:
    years = len(lived)

    def a_year(counts: Sequence[Counter[str]]) -> dict[str, float]:
        total: Counter[str] = Counter()
        for each in counts:
            for key, count in each.items():
                total[key] += count
        return {key: count / years for key, count in sorted(total.items()) if count}

    purses = [one.purse for one in lived]
    low, middle, high = quantiles(purses, n=4, method="inclusive") if years > 1 else purses * 3
    return Score(
        name=name,
        years=years,
        won=mean_of((one.seed, one.won) for one in lived),
        rank=mean_of((one.seed, one.rank) for one in lived),
        purse=(low, middle, high),
        fined=sum(one.fined for one in lived) / years,
        cases=sum(one.cases for one in lived) / years,
        convicted=sum(one.convicted for one in lived) / years,
        exiled=sum(one.exiled for one in lived) / years,
        peak=sum(one.peak for one in lived) / years,
        verdicts=a_year([one.verdicts for one in lived]),
        brought=a_year([one.brought for one in lived]),
        made=a_year([one.made for one in lived]),
        refused=a_year([one.refused for one in lived]),
    )


def _rounded(mean: Mean) -> list[float]:
    return [round(each, 4) for each in mean]
