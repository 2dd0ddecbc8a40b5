"""Intervals, tests and what they could have found, over seeds; the same for the same figures, on any machine.

Seeds are the unit: what one wood shows in its turns hangs together, woods of different seeds do not. Draws come from a
generator with a seed of its own, and the draws for so many seeds are always the same ones, so that what is compared on
the same seeds is drawn on the same seeds.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from math import comb, inf, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

DRAWS: Final = 9_999
"""How often seeds are drawn anew, and how many relabellings a test looks at, at the least."""
CONFIDENCE: Final = 0.95
ALPHA: Final = 0.05
"""How often a family of tests may find something where there is nothing."""
POWER: Final = 0.8
"""How often an effect of the least size that counts as detectable is found."""
SEED: Final = 1_000
"""Of the draws."""
_NORMAL: Final = NormalDist()
_SAME: Final = 1e-9
"""Parts of a statistic by which two that are the same in exact arithmetic may differ."""
_MATRICES: Final = 8

Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """Between what the true mean lies, for all but 5 of 100 sets of seeds."""

    low: float
    high: float


def interval(values: Sequence[float]) -> Interval | None:
    """The 95 % interval of a mean by the bootstrap, bias-corrected and accelerated (BCa); None for fewer than two.

    After B. Efron, "Better Bootstrap Confidence Intervals", Journal of the American Statistical Association 82 (1987),
    and B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), section 14.3; the acceleration is the
    jackknife's. For differences on common seeds it is the paired bootstrap: a seed is drawn with both its figures.

    Args:
        values: one a seed.
    """
    if len(values) < 2:
        return None
    sample = np.asarray(values, dtype=np.float64)
    middle = sample.mean()
    apart = sample - middle
    if not _moves(sample):
        return Interval(float(middle), float(middle))
    means = np.sort(sample[_resamples(len(sample))].mean(axis=1))
    slack = _SAME * float(np.abs(apart).max())
    below = np.count_nonzero(means < middle - slack) + np.count_nonzero(np.abs(means - middle) <= slack) / 2
    bias = _NORMAL.inv_cdf(min(max(below / len(means), 0.5 / len(means)), 1 - 0.5 / len(means)))
    acceleration = float((apart**3).sum() / (6 * (apart**2).sum() ** 1.5))
    ends = []
    for share in ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2):
        reached = bias + _NORMAL.inv_cdf(share)
        ends.append(_NORMAL.cdf(bias + reached / (1 - acceleration * reached)))
    low, high = np.quantile(means, ends)
    return Interval(float(low), float(high))


def paired_p(differences: Sequence[float], draws: int = DRAWS) -> float:
    """How often the mean of differences would be as far from 0 if each could as well have the other sign.

    The two-sided test of R. A. Fisher, "The Design of Experiments" (1935), section 21: exact where there are no more
    than ``draws`` patterns of signs, else over so many drawn ones, of which what was seen counts as one (B. Phipson and
    G. K. Smyth, "Permutation P-values Should Never Be Zero", Statistical Applications in Genetics and Molecular Biology
    9, 2010). 1 where all are 0.

    Args:
        differences: one a seed, at least one.
        draws: patterns of signs that are looked at, at most.
    """
    sample = np.asarray(differences, dtype=np.float64)
    seen = abs(float(sample.sum()))
    as_far = _as_far(np.abs(_signs(len(sample), draws) @ sample), seen, float(np.abs(sample).sum()))
    if _are_few(len(sample), draws):
        return float(as_far / 2 ** len(sample))
    return (1 + as_far) / (1 + draws)


def unpaired_p(ours: Sequence[float], theirs: Sequence[float], draws: int = DRAWS) -> float:
    """How often two groups would differ as much in their means if their labels were dealt anew.

    Two-sided, over ``draws`` deals, by Welch's statistic, so that it also holds where only the spread differs (A.
    Janssen, "Studentized permutation tests for non-i.i.d. hypotheses", Statistics & Probability Letters 36, 1997).
    1 where all figures are the same.

    Args:
        ours: one a seed, at least two.
        theirs: one a seed, of other seeds, at least two.
        draws: deals of the labels.
    """
    both = np.asarray([*ours, *theirs], dtype=np.float64)
    if not _moves(both):
        return 1.0
    scaled = (both - both.mean()) / float(np.abs(both - both.mean()).max())
    own = np.zeros((1, len(both)), dtype=np.float64)
    own[0, : len(ours)] = 1
    seen = float(_welch(own, scaled, len(ours))[0])
    return (1 + _as_far(_welch(_deals(len(both), len(ours), draws), scaled, len(ours)), seen, 1)) / (1 + draws)


def least_p(ours: int, theirs: int | None = None, draws: int = DRAWS) -> float:
    """The least p value that a test over so many seeds can give; of paired ones without ``theirs``."""
    if theirs is None:
        return 2 / 2**ours if _are_few(ours, draws) else 1 / (1 + draws)
    return max(1 / comb(ours + theirs, ours), 1 / (1 + draws))


def draws_for(tests: int) -> int:
    """Relabellings that a family of so many tests takes, for its correction to leave room to find anything."""
    return max(DRAWS, 100 * tests)


def detectable(ours: Sequence[float], theirs: Sequence[float] | None = None, alpha: float = ALPHA) -> float:
    """The least difference of means that a two-sided test finds in 80 of 100 studies of this size.

    Multiples of the standard error by the normal distribution, after H. S. Bloom, "Minimum Detectable Effects",
    Evaluation Review 19 (1995).

    Args:
        ours: paired differences, or the figures of one group; at least two.
        theirs: those of the other group; at least two.
        alpha: the size of the test.
    """
    groups = [ours] if theirs is None else [ours, theirs]
    error = sqrt(sum(float(np.var(each, ddof=1)) / len(each) for each in groups))
    return (_NORMAL.inv_cdf(1 - alpha / 2) + _NORMAL.inv_cdf(POWER)) * error


def holm(values: Sequence[float | None]) -> list[float | None]:
    """P values corrected for how many there are, so that a family errs at most as often as one test may.

    After S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6
    (1979). What is None is no test, and stays None.
    """
    tests = sorted((value, place) for place, value in enumerate(values) if value is not None)
    found: list[float | None] = [None] * len(values)
    most = 0.0
    for rank, (value, place) in enumerate(tests):
        most = max(most, min(1.0, (len(tests) - rank) * value))
        found[place] = most
    return found


def _are_few(size: int, draws: int) -> bool:
    """Whether there are no more patterns of signs than are looked at, so that all of them are."""
    return size < draws.bit_length()


def _moves(sample: Floats) -> bool:
    """Whether the figures differ by more than the last digits of their arithmetic."""
    return float(np.ptp(sample)) > _SAME * float(np.abs(sample).max())


def _as_far(found: Floats, seen: float, scale: float) -> int:
    """How many statistics are no less than what was seen, or the same but for rounding."""
    return int(np.count_nonzero(found >= (seen - _SAME * scale if seen != inf else inf)))


def _welch(deals: Floats, values: Floats, ours: int) -> Floats:
    """Welch's statistic of each deal, without its sign: 0 where no mean differs, infinite where only means do."""
    theirs = len(values) - ours
    total, squares = values.sum(), (values**2).sum()
    sums, squared = deals @ values, deals @ values**2
    one, other = sums / ours, (total - sums) / theirs
    spread = np.maximum(squared - ours * one**2, 0) / (ours * (ours - 1))
    spread = spread + np.maximum(squares - squared - theirs * other**2, 0) / (theirs * (theirs - 1))
    apart = np.where(np.abs(one - other) <= _SAME, 0, np.abs(one - other))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(apart == 0, 0, apart / np.where(spread <= _SAME**2, 0, np.sqrt(spread))).astype(np.float64)


@lru_cache(maxsize=_MATRICES)
def _resamples(size: int) -> NDArray[np.int64]:
    """Places of the seeds that each draw takes, with replacement."""
    return np.random.default_rng((SEED, size)).integers(0, size, (DRAWS, size))


@lru_cache(maxsize=_MATRICES)
def _signs(size: int, draws: int) -> Floats:
    """Patterns of signs: all there are, or so many drawn ones."""
    if _are_few(size, draws):
        return np.asarray(list(product((1.0, -1.0), repeat=size)))
    return np.random.default_rng((SEED, size, 1)).integers(0, 2, (draws, size)).astype(np.float64) * 2 - 1


@lru_cache(maxsize=_MATRICES)
def _deals(size: int, ours: int, draws: int) -> Floats:
    """Which of all seeds each deal gives to the first group: 1 for those."""
    order = np.random.default_rng((SEED, size, ours)).random((draws, size)).argsort(axis=1)
    return (order < ours).astype(np.float64)
