"""Intervals, tests and what they could have found, over seeds; the same for the same figures, on any machine.

Seeds are the unit: what one wood shows in its turns hangs together, woods of different seeds do not. Draws come from a
generator with a seed of its own, and the draws for so many seeds are always the same ones, so that what is compared on
the same seeds is drawn on the same seeds.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from math import comb, inf, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple, TypeVar

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
_CELLS: Final = 5_000_000
"""Numbers of one matrix of draws, so that many seeds take time and no more memory."""
_BLOCK: Final = 32
"""Tests that are done together at most."""

S = TypeVar("S")
M = TypeVar("M")

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
    drawn = _drawn(_resamples, DRAWS, len(sample))
    means = np.sort(np.concatenate([sample[places].mean(axis=1) for places in drawn]))
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


def paired_p(samples: Sequence[Sequence[float]], draws: int = DRAWS) -> list[float]:
    """How often each mean of differences would be as far from 0 if each could as well have the other sign.

    The two-sided test of R. A. Fisher, "The Design of Experiments" (1935), section 21: exact where there are no more
    than ``draws`` patterns of signs, else over so many drawn ones, of which what was seen counts as one (B. Phipson and
    G. K. Smyth, "Permutation P-values Should Never Be Zero", Statistical Applications in Genetics and Molecular Biology
    9, 2010). 1 where all differences are 0.

    Args:
        samples: a test each: differences, one a seed, at least one.
        draws: patterns of signs that are looked at, at most.
    """

    def work(block: Sequence[Sequence[float]]) -> Floats:
        columns = np.asarray(block, dtype=np.float64).T
        size = len(columns)
        found = np.abs(np.concatenate([signs @ columns for signs in _drawn(_signs, draws, size)]))
        seen = np.abs(columns.sum(axis=0)) - _SAME * np.abs(columns).sum(axis=0)
        return _share(found >= seen, of_all=_are_few(size, draws))

    return _in_blocks(samples, len, work)


def unpaired_p(samples: Sequence[tuple[Sequence[float], Sequence[float]]], draws: int = DRAWS) -> list[float]:
    """How often two groups would differ as much in their means if their labels were dealt anew.

    Two-sided, over ``draws`` deals, by Welch's statistic, so that it also holds where only the spread differs (A.
    Janssen, "Studentized permutation tests for non-i.i.d. hypotheses", Statistics & Probability Letters 36, 1997).
    1 where all figures are the same.

    Args:
        samples: a test each: the figures of one group and of the other, one a seed, at least two of each.
        draws: deals of the labels.
    """

    def work(block: Sequence[tuple[Sequence[float], Sequence[float]]]) -> Floats:
        columns = np.asarray([[*ours, *theirs] for ours, theirs in block], dtype=np.float64).T
        apart = columns - columns.mean(axis=0)
        most = np.abs(apart).max(axis=0)
        same = most <= _SAME * np.abs(columns).max(axis=0)
        scaled = np.where(same, 0, apart / np.where(same, 1, most))
        ours = len(block[0][0])
        own = (np.arange(len(columns)) < ours).astype(np.float64)[np.newaxis]
        seen = _welch(own, scaled, ours)[0] * (1 - _SAME)
        dealt = _drawn(_deals, draws, len(columns), ours)
        return _share(np.concatenate([_welch(deals, scaled, ours) >= seen for deals in dealt]))

    return _in_blocks(samples, lambda sample: (len(sample[0]), len(sample[1])), work)


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


def holm(values: Sequence[float]) -> list[float]:
    """P values corrected for how many there are, so that a family errs at most as often as one test may.

    After S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6
    (1979).
    """
    found = [1.0] * len(values)
    most = 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=lambda place: values[place])):
        most = max(most, min(1.0, (len(values) - rank) * values[place]))
        found[place] = most
    return found


def _are_few(size: int, draws: int) -> bool:
    """Whether there are no more patterns of signs than are looked at, so that all of them are."""
    return size < draws.bit_length()


def _moves(sample: Floats) -> bool:
    """Whether the figures differ by more than the last digits of their arithmetic."""
    return float(np.ptp(sample)) > _SAME * float(np.abs(sample).max())


def _in_blocks(samples: Sequence[S], shape: Callable[[S], Hashable], work: Callable[[list[S]], Floats]) -> list[float]:
    """Do tests of the same shape together, some at a time, since they are made of the same draws."""
    places: dict[Hashable, list[int]] = {}
    for place, sample in enumerate(samples):
        places.setdefault(shape(sample), []).append(place)
    found = [1.0] * len(samples)
    for alike in places.values():
        for first in range(0, len(alike), _BLOCK):
            block = alike[first : first + _BLOCK]
            for place, value in zip(block, work([samples[each] for each in block]), strict=True):
                found[place] = float(value)
    return found


def _share(as_far: NDArray[np.bool_], *, of_all: bool = False) -> Floats:
    """The share of relabellings that are as far as what was seen, column by column.

    What was seen is one of all relabellings; where only some were drawn, it counts as one more of them.
    """
    more = 0 if of_all else 1
    counted: Floats = np.count_nonzero(as_far, axis=0).astype(np.float64)
    return (more + counted) / (more + len(as_far))


def _welch(deals: Floats, columns: Floats, ours: int) -> Floats:
    """Welch's statistic, without its sign, of each deal and each column of figures between -1 and 1.

    0 where no mean differs, infinite where nothing but the means does.
    """
    theirs = len(columns) - ours
    total, squares = columns.sum(axis=0), (columns**2).sum(axis=0)
    sums, squared = deals @ columns, deals @ columns**2
    one, other = sums / ours, (total - sums) / theirs
    spread = np.maximum(squared - ours * one**2, 0) / (ours * (ours - 1))
    spread += np.maximum(squares - squared - theirs * other**2, 0) / (theirs * (theirs - 1))
    apart = np.abs(one - other)
    found = np.divide(apart, np.sqrt(spread), out=np.full_like(apart, inf), where=spread > _SAME**2)
    return np.where(apart <= _SAME, 0, found).astype(np.float64)


def _drawn(make: Callable[..., Iterator[M]], draws: int, size: int, *more: int) -> Iterable[M]:
    """Draws as matrices, one a row: kept where all fit into one, else made anew, one after the other.

    The draws are the same ones, however many stand in a matrix.
    """
    if draws * size <= _CELLS:
        return _kept(make, draws, size, *more)
    return make(draws, size, *more)


@lru_cache(maxsize=_MATRICES)
def _kept(make: Callable[..., Iterator[M]], *told: int) -> tuple[M, ...]:
    return tuple(make(*told))


def _rows(draws: int, size: int) -> Iterator[int]:
    """How many draws stand in each matrix."""
    most = max(1, _CELLS // size)
    for first in range(0, draws, most):
        yield min(most, draws - first)


def _resamples(draws: int, size: int) -> Iterator[NDArray[np.int64]]:
    """Places of the seeds that each draw takes, with replacement."""
    dice = np.random.default_rng((SEED, size))
    for rows in _rows(draws, size):
        yield dice.integers(0, size, (rows, size))


def _signs(draws: int, size: int) -> Iterator[Floats]:
    """Patterns of signs: all there are, or so many drawn ones."""
    if _are_few(size, draws):
        yield np.asarray(list(product((1.0, -1.0), repeat=size)))
        return
    dice = np.random.default_rng((SEED, size, 1))
    for rows in _rows(draws, size):
        yield dice.integers(0, 2, (rows, size)).astype(np.float64) * 2 - 1


def _deals(draws: int, size: int, ours: int) -> Iterator[Floats]:
    """Which of all seeds each deal gives to the first group: 1 for those."""
    dice = np.random.default_rng((SEED, size, ours))
    for rows in _rows(draws, size):
        yield (dice.random((rows, size)).argsort(axis=1) < ours).astype(np.float64)
