"""Money: where pebbles come from and go, how fast they change hands, and whether they keep their worth."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Any, Final

from bot.lab.liveliness import Row
from bot.lab.scenario import Scenario
from bot.lab.tides import Tide
from wood.chronicle import Turn
from wood.moves import BuyCorner, Intervention, Join, OfferBribe, OfferLoan, OpenPosition
from wood.names import CREATURES, GOODS
from wood.rules import Rules

STEADY: Final = 0.25
"""By what part of the first year's prices and purses may differ in the last one."""
POURERS: Final = ("p1", "p2", "p3")
"""Patrons who put all that they have into the wood, year after year."""
_POUR_EVERY: Final = 5
"""Turns between two things that each of them does."""


@dataclass(frozen=True, slots=True)
class Books:
    """A year's money.

    Attributes:
        minted: pebbles that came from the Mint, by reason.
        burned: pebbles that went into a sink or back to the Mint, by reason.
        traded: pebbles paid at the market.
        purses: pebbles of all creatures together, the mean of the year.
        level: mean price beside the first prices, 1 for as dear.
    """

    minted: Mapping[str, float]
    burned: Mapping[str, float]
    traded: float
    purses: float
    level: float

    @property
    def velocity(self) -> float:
        """How often a pebble changes hands in the year."""
        return self.traded / max(1.0, self.purses)

    def to_json(self) -> dict[str, Any]:
        """The figures as a plain JSON object."""
        return {
            "minted": {reason: round(pebbles, 2) for reason, pebbles in self.minted.items()},
            "burned": {reason: round(pebbles, 2) for reason, pebbles in self.burned.items()},
            "traded": round(self.traded, 2),
            "purses": round(self.purses, 2),
            "level": round(self.level, 4),
            "velocity": round(self.velocity, 4),
        }


def books(rules: Rules, turns: Sequence[Turn], tides: Sequence[Tide]) -> tuple[Books, ...]:
    """Keep the books of each whole year of a run; the first year's where it is shorter than one."""
    kept = []
    for first in range(0, max(1, len(turns) - rules.year + 1), rules.year):
        year = turns[first : first + rules.year]
        minted, burned = Counter[str](), Counter[str]()
        for each in tides[first : first + rules.year]:
            minted += each.minted
            burned += each.burned
        kept.append(
            Books(
                minted,
                burned,
                float(sum(trade.qty * trade.price for turn in year for trade in turn.trades)),
                float(mean(sum(turn.purses.values()) for turn in year)),
                mean(turn.references[good] / rules.goods[good].start for turn in year for good in GOODS),
            )
        )
    return tuple(kept)


def average(runs: Sequence[Books]) -> Books:
    """The mean of some years."""

    def each(flows: Sequence[Mapping[str, float]]) -> dict[str, float]:
        reasons = sorted({reason for flow in flows for reason in flow})
        return {reason: sum(flow.get(reason, 0) for flow in flows) / len(flows) for reason in reasons}

    return Books(
        each([run.minted for run in runs]),
        each([run.burned for run in runs]),
        mean(run.traded for run in runs),
        mean(run.purses for run in runs),
        mean(run.level for run in runs),
    )


def worth_rows(runs: Sequence[Sequence[Books]], name: str) -> list[Row]:
    """Whether money keeps its worth: prices and purses of the last year beside those of the first, median over runs.

    Args:
        runs: the years of each run, at least two.
        name: what is put into these woods, in words.
    """
    years = len(runs[0])
    aim = f"year {years} within {100 * STEADY:.0f} % of year 1"
    rows = []
    for what, first, last in (
        ("prices", [run[0].level for run in runs], [run[-1].level for run in runs]),
        ("purses", [run[0].purses for run in runs], [run[-1].purses for run in runs]),
    ):
        change = median(last) / median(first) - 1
        found = f"{100 * change:+.0f} % ({median(first):.4g} to {median(last):.4g})"
        rows.append(Row(f"money, {name}: {what}", aim, change, abs(change) <= STEADY, found))
    return rows


def pouring(rules: Rules, years: int) -> Scenario:
    """Patrons who spend all that they have on the wood: bribes, loans, corners and positions.

    The rules refuse what a purse no longer pays for, so that a year's purse is poured in early and again in the next.
    """
    by_turn: dict[int, tuple[Intervention, ...]] = {1: tuple(map(Join, POURERS))}
    for turn in range(2, years * rules.year + 1):
        place, rest = divmod(turn, _POUR_EVERY)
        if rest < len(POURERS):
            by_turn[turn] = tuple(_poured(POURERS[rest], place + rest))
    return Scenario(years * rules.year, by_turn)


def _poured(key: str, place: int) -> Iterable[Intervention]:
    good, creature = GOODS[place % len(GOODS)], CREATURES[place % len(CREATURES)]
    yield OfferBribe(key, creature, "dump" if place % 2 else "withhold")
    yield BuyCorner(key, good)
    yield OfferLoan(key, creature, 20, 2, 8)
    yield OpenPosition(key, good, 1, 20)
