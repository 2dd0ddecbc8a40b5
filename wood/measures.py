"""Measures of a wood: inequality, prices against a twin run, velocity. Pure functions of turns' records."""

from collections.abc import Mapping, Sequence
from math import exp, log

from wood.chronicle import Turn
from wood.names import Good


def gini(holdings: Sequence[int]) -> float:
    """Gini coefficient of non-negative holdings, 0 (equal) to (n-1)/n (one holds all); 0 when all is zero.

    G = sum_i sum_j |x_i - x_j| / (2 n^2 mean), computed from ranks.
    """
    total = sum(holdings)
    n = len(holdings)
    if total <= 0:
        return 0.0
    ranked = sum((2 * rank - n - 1) * value for rank, value in enumerate(sorted(holdings), start=1))
    return ranked / (n * total)


def gini_small(holdings: Sequence[int]) -> float:
    """Gini coefficient with the small-sample factor n/(n-1), so that one holder of all gives 1.

    After G. Deltas, "The Small-Sample Bias of the Gini Coefficient", Review of Economics and Statistics 85 (2003).
    """
    n = len(holdings)
    return gini(holdings) * n / (n - 1) if n > 1 else 0.0


def velocity(turn: Turn) -> float:
    """Velocity of money in one turn: pebbles paid at the market over the pebbles that creatures hold."""
    held = sum(turn.purses.values())
    return sum(trade.qty * trade.price for trade in turn.trades) / held if held else 0.0


def amplitude(prices: Sequence[int]) -> float:
    """Price amplitude: (highest - lowest) / first of a series of positive prices.

    After D. Porter and V. Smith, "Stock Market Bubbles in the Laboratory", Applied Mathematical Finance 1 (1994),
    with the first price in the place of the fundamental value.
    """
    return (max(prices) - min(prices)) / prices[0]


def relative_deviation(prices: Sequence[int], twin: Sequence[int]) -> float:
    """Relative deviation (RD) of a price series from its twin without the legend.

    RD = (1/N) sum (P_t - F_t) / |mean F|, with the twin as F: the sign says over- or underpricing. After
    T. Stoeckl, J. Huber and M. Kirchler, "Bubble measures in experimental asset markets", Experimental Economics
    13 (2010).
    """
    mean = sum(twin) / len(twin)
    return sum(p - f for p, f in zip(prices, twin, strict=True)) / (len(prices) * mean)


def relative_absolute_deviation(prices: Sequence[int], twin: Sequence[int]) -> float:
    """Relative absolute deviation (RAD): as :func:`relative_deviation`, with |P_t - F_t|."""
    mean = sum(twin) / len(twin)
    return sum(abs(p - f) for p, f in zip(prices, twin, strict=True)) / (len(prices) * mean)


def geometric_deviation(prices: Sequence[int], twin: Sequence[int]) -> float:
    """Geometric deviation (GD): (prod P_t / F_t)^(1/N) - 1, free of the choice of numeraire.

    After O. Powell, "Numeraire independence and the measurement of mispricing in experimental asset markets",
    Journal of Behavioral and Experimental Finance 9 (2016).
    """
    return exp(sum(log(p / f) for p, f in zip(prices, twin, strict=True)) / len(prices)) - 1


def geometric_absolute_deviation(prices: Sequence[int], twin: Sequence[int]) -> float:
    """Geometric absolute deviation (GAD): exp of the mean |ln P_t / F_t|, less 1. See :func:`geometric_deviation`."""
    return exp(sum(abs(log(p / f)) for p, f in zip(prices, twin, strict=True)) / len(prices)) - 1


def mind_share(turns: Sequence[Turn]) -> float:
    """Share of trades in which a mind's own order stood on both sides; 0 when nothing traded."""
    trades = [trade for turn in turns for trade in turn.trades]
    return sum(trade.by_minds for trade in trades) / len(trades) if trades else 0.0


def prices(turns: Sequence[Turn], start: Mapping[Good, int]) -> dict[Good, list[int]]:
    """Reference prices of each good, hundredths of a pebble: the start, then one figure a turn."""
    return {good: [start[good], *(turn.references[good] for turn in turns)] for good in Good}
