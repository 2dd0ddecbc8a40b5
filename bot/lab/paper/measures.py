"""What is measured of a run: one figure each, by name, with its unit, which way is better and where it is from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from statistics import fmean
from types import MappingProxyType
from typing import Final

from bot.lab.sample import fall
from bot.lab.simulate import Played, wealth_gaps
from wood.measures import mind_share, prices
from wood.names import CENTS, Good

_DIGITS: Final = 10
"""Significant digits that are kept, so that a figure is the same after it was written and read."""
_CONT: Final = (
    'R. Cont, "Empirical properties of asset returns: stylized facts and statistical issues", Quantitative Finance 1 '
    "(2001)"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a run.

    Attributes:
        key: its name in files.
        name: its name in tables.
        unit: of the figure; "" for a plain number.
        better: 1 where more is better, -1 where less is, 0 where neither is.
        decimals: digits behind the point in tables.
        words: what it is.
        of: finds it; None where a run does not show it.
        source: where it is from; "" where it is this wood's own.
    """

    key: str
    name: str
    unit: str
    better: int
    decimals: int
    words: str
    of: Callable[[Played], float | None]
    source: str = ""

    @property
    def title(self) -> str:
        """Its name with the unit."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


def measured(played: Played) -> dict[str, float | None]:
    """Every figure of a run by its measure's key, rounded to ten significant digits."""
    found = {key: measure.of(played) for key, measure in MEASURES.items()}
    return {key: None if value is None else float(f"{value:.{_DIGITS}g}") for key, value in found.items()}


def deviation(values: Sequence[float]) -> float:
    """Standard deviation of a whole series (divided by n); there must be a value."""
    middle = fmean(values)
    return sqrt(fmean((each - middle) ** 2 for each in values))


def excess_kurtosis(series: Sequence[Sequence[float]]) -> float | None:
    """Fourth moment less 3 of some series together, each by its own mean and deviation; None where nothing moves.

    0 for normal returns, more where the tails are heavy.
    """
    scaled: list[float] = []
    for values in series:
        if spread := deviation(values):
            middle = fmean(values)
            scaled += ((each - middle) / spread for each in values)
    return fmean(each**4 for each in scaled) - 3 if scaled else None


def autocorrelation(series: Sequence[Sequence[float]]) -> float | None:
    """Correlation of a value with the one before it, the mean over the series that move; None where none does."""
    found = []
    for values in series:
        middle = fmean(values)
        total = sum((each - middle) ** 2 for each in values)
        if total:
            pairs = pairwise(values)
            found.append(sum((one - middle) * (next_ - middle) for one, next_ in pairs) / total)
    return fmean(found) if found else None


def _returns(played: Played) -> list[list[float]]:
    """Log returns of each good's reference price, a turn each."""
    starts = {good: rule.start for good, rule in played.rules.goods.items()}
    return [
        [log(after / before) for before, after in pairwise(course)] for course in prices(played.turns, starts).values()
    ]


def _efficiency(played: Played) -> float | None:
    found = played.calls.efficiency
    return None if found is None else 100 * found


def _judgement(played: Played) -> float | None:
    found = played.judgement.score if played.judgement is not None else None
    return None if found is None else 100 * found


def _trades(played: Played) -> float:
    return fmean(len(turn.trades) for turn in played.turns)


def _by_minds(played: Played) -> float | None:
    return 100 * mind_share(played.turns) if any(turn.trades for turn in played.turns) else None


def _never(played: Played) -> float | None:
    return 100 * played.calls.hopeless_share if played.calls.orders else None


def _honey(played: Played) -> float | None:
    if not played.scenario.reference:
        return None
    before, lowest = fall(played.turns, Good.HONEY)
    return 100 * (before - lowest) / before


def _mood(played: Played) -> float:
    return fmean(mood / CENTS for turn in played.turns for mood in turn.moods.values())


def _valid(played: Played) -> float | None:
    return 100 * played.calls.share(played.calls.valid) if played.calls.calls else None


def _tokens(count: Callable[[Played], int]) -> Callable[[Played], float | None]:
    """Tokens a call; None where the engine counted none."""
    return lambda played: played.calls.share(count(played)) if count(played) else None


def _all() -> Iterator[Measure]:
    yield Measure(
        "efficiency",
        "allocative efficiency",
        "%",
        1,
        1,
        "gains from trade over the most that could have been, habit included",
        _efficiency,
        'D. K. Gode and S. Sunder, "Allocative Efficiency of Markets with Zero-Intelligence Traders", Journal of '
        "Political Economy 101 (1993)",
    )
    yield Measure(
        "judgement",
        "judgement",
        "%",
        1,
        1,
        "gains from trade that decisions win over habit, each alone and as the last of all, as a share of what habit "
        "leaves to be won; 0 for a mind that says nothing",
        _judgement,
        'after L. S. Shapley, "A Value for n-Person Games", Contributions to the Theory of Games II (1953)',
    )
    yield Measure("trades", "trades a turn", "", 1, 2, "trades struck, the mean over turns", _trades)
    yield Measure(
        "by_minds", "trades by minds", "%", 1, 1, "trades with a mind's own order on both sides, of all", _by_minds
    )
    yield Measure(
        "never_trade",
        "offers that never trade",
        "%",
        -1,
        1,
        "orders that nothing backs, or nobody could gain by",
        _never,
    )
    yield Measure(
        "gini",
        "wealth gap at the end",
        "Gini",
        0,
        3,
        "of the five creatures' wealth, 0 for equal and 0.8 where one holds all",
        lambda played: wealth_gaps(played)[-1],
        'C. Gini, "Variabilità e mutabilità" (1912)',
    )
    yield Measure(
        "volatility",
        "price volatility",
        "% a turn",
        0,
        1,
        "standard deviation of log returns of prices, the mean over goods",
        lambda played: 100 * fmean(map(deviation, _returns(played))),
        _CONT,
    )
    yield Measure(
        "kurtosis",
        "excess kurtosis of returns",
        "",
        0,
        2,
        "of log returns, each good's scaled by its own deviation; 0 for normal ones, more for heavy tails",
        lambda played: excess_kurtosis(_returns(played)),
        _CONT,
    )
    yield Measure(
        "autocorrelation",
        "autocorrelation of returns",
        "",
        0,
        3,
        "of a turn's log return with that of the turn before, the mean over goods",
        lambda played: autocorrelation(_returns(played)),
        _CONT,
    )
    yield Measure(
        "clustering",
        "volatility clustering",
        "",
        0,
        3,
        "the same of the returns' size: calm turns follow calm ones",
        lambda played: autocorrelation([list(map(abs, each)) for each in _returns(played)]),
        _CONT,
    )
    yield Measure(
        "honey_fall",
        "fall of honey in the run",
        "%",
        0,
        1,
        "from before the run on it to its lowest within four turns; only where the reference run is told",
        _honey,
    )
    yield Measure("mood", "mood", "of 100", 1, 1, "of all creatures, the mean over turns", _mood)
    yield Measure("valid", "valid replies", "%", 1, 1, "fit the reply's schema as they stand, of all calls", _valid)
    yield Measure(
        "tokens_in",
        "prompt",
        "tokens a call",
        0,
        1,
        "as the engine counts them; the more, the more happens in the wood",
        _tokens(lambda played: played.calls.tokens_in),
    )
    yield Measure(
        "tokens_out",
        "reply",
        "tokens a call",
        -1,
        1,
        "as the engine counts them",
        _tokens(lambda played: played.calls.tokens_out),
    )


MEASURES: Final[Mapping[str, Measure]] = MappingProxyType({measure.key: measure for measure in _all()})
"""All measures by key, in the order of tables."""
