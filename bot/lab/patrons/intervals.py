"""Means with their intervals, found by drawing seeds anew: the bootstrap.

Years of one seed share its weather and its luck, so whole seeds are drawn, not single years. After B. Efron and R. J.
Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 8 and 13.
"""

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Final, NamedTuple

DRAWS: Final = 1000
_LOW, _HIGH = 0.025, 0.975


class Mean(NamedTuple):
    """A mean, and between what 95 of 100 of those lie that other seeds would have given."""

    value: float
    low: float
    high: float


def mean_of(values: Iterable[tuple[int, float]], draws: int = DRAWS) -> Mean:
    """The mean of some values with its interval.

    Args:
        values: each with the seed that it comes from; at least one.
        draws: how often the seeds are drawn anew.

    Raises:
        ValueError: there are none.
    """
    by_seed: dict[int, list[float]] = {}
    for seed, value in values:
        by_seed.setdefault(seed, []).append(value)
    if not by_seed:
        raise ValueError("no values to take a mean of")
    sums = [(sum(each), len(each)) for _, each in sorted(by_seed.items())]
    value = _mean(sums)
    dice = Random(len(sums))
    means = sorted(_mean(dice.choices(sums, k=len(sums))) for _ in range(draws))
    return Mean(value, means[int(_LOW * draws)], means[min(draws - 1, int(_HIGH * draws))])


def _mean(sums: Sequence[tuple[float, int]]) -> float:
    return sum(each for each, _ in sums) / sum(count for _, count in sums)


def differences(ours: Mapping[int, float], theirs: Mapping[int, float]) -> list[tuple[int, float]]:
    """By how much the one is more than the other, seed by seed, of those that both have."""
    return [(seed, ours[seed] - theirs[seed]) for seed in sorted(ours.keys() & theirs.keys())]
