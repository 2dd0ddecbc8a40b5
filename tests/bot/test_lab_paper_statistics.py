"""Intervals, tests and what they could have found: against what is known, against counting, and by trying."""

import tracemalloc
from itertools import combinations, product
from math import comb, isclose, sqrt
from statistics import NormalDist, fmean, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lab.paper import statistics
from bot.lab.paper.statistics import (
    ALPHA,
    DRAWS,
    POWER,
    detectable,
    draws_for,
    holm,
    interval,
    least_p,
    paired_p,
    unpaired_p,
)

figures = st.lists(st.integers(-9, 9).map(float), min_size=2, max_size=8)


# Intervals


def test_of_many_normal_figures_the_interval_is_that_of_the_books() -> None:
    sample = np.random.default_rng(1).normal(5, 2, 400).tolist()
    found = interval(sample)
    assert found is not None
    half = NormalDist().inv_cdf(0.975) * stdev(sample) / sqrt(len(sample))
    assert found.low == pytest.approx(fmean(sample) - half, abs=0.03)
    assert found.high == pytest.approx(fmean(sample) + half, abs=0.03)


def test_the_interval_of_skewed_figures_holds_their_mean_as_often_as_it_says() -> None:
    dice = np.random.default_rng(2)
    held = 0
    for _ in range(200):
        found = interval(dice.exponential(1, 40).tolist())
        assert found is not None
        held += found.low <= 1 <= found.high
    assert 0.9 <= held / 200 <= 0.98


def test_the_interval_leans_to_the_longer_tail() -> None:
    sample = [0.0] * 30 + [1.0] * 8 + [9.0, 12.0]
    found = interval(sample)
    assert found is not None
    assert found.high - fmean(sample) > fmean(sample) - found.low


@given(figures, st.integers(-3, 3))
def test_an_interval_holds_its_mean_and_moves_with_the_figures(sample: list[float], by: int) -> None:
    found, moved = interval(sample), interval([each + by for each in sample])
    assert found is not None
    assert moved is not None
    assert found.low - 1e-9 <= fmean(sample) <= found.high + 1e-9
    assert (moved.low, moved.high) == pytest.approx((found.low + by, found.high + by), abs=1e-6)


def test_figures_that_never_differ_are_known_exactly_and_one_alone_not_at_all() -> None:
    assert interval([0.1] * 7) == pytest.approx((0.1, 0.1), abs=1e-15)
    assert interval([0.0] * 7) == (0, 0)
    assert interval([3.0]) is None


# Tests


@given(figures)
def test_the_paired_test_counts_all_patterns_of_signs(differences: list[float]) -> None:
    seen = abs(sum(differences))
    patterns = [
        abs(sum(sign * each for sign, each in zip(signs, differences, strict=True))) >= seen
        for signs in product((1, -1), repeat=len(differences))
    ]
    assert paired_p([differences]) == [sum(patterns) / len(patterns)]


def test_the_paired_test_of_many_is_near_what_counting_would_give() -> None:
    differences = [1.0] * 14 + [-1.0] * 6  # as far as 14 heads of 20, or farther
    exact = sum(comb(20, k) / 2**20 for k in range(21) if abs(k - 10) >= 4)
    found = paired_p([differences, [0.3] * 40, [0.0] * 40])
    assert found[0] == pytest.approx(exact, abs=0.01)
    assert found[1:] == [1 / (1 + DRAWS), 1]


def test_the_unpaired_test_is_near_what_counting_would_give() -> None:
    ours, theirs = [1.0, 2.0, 4.0, 8.0, 3.0], [5.0, 9.0, 7.0, 6.0, 11.0]
    both = ours + theirs
    found = []
    for chosen in combinations(range(10), 5):
        one = [both[place] for place in chosen]
        other = [both[place] for place in range(10) if place not in chosen]
        found.append(abs(fmean(one) - fmean(other)) / sqrt(stdev(one) ** 2 / 5 + stdev(other) ** 2 / 5))
    seen = abs(fmean(ours) - fmean(theirs)) / sqrt(stdev(ours) ** 2 / 5 + stdev(theirs) ** 2 / 5)
    exact = sum(each >= seen - 1e-9 for each in found) / len(found)
    assert unpaired_p([(ours, theirs)]) == pytest.approx([exact], abs=0.01)


@pytest.mark.parametrize("spread", [0.0, 1e-17])
def test_what_never_differs_is_no_change(spread: float) -> None:
    assert unpaired_p([([0.1] * 9, [0.1] * 8 + [0.1 + spread])]) == [1]
    assert paired_p([[0.0, 0.0, 0.0]]) == [1]


def test_groups_that_never_differ_within_and_always_between_are_told_apart() -> None:
    assert unpaired_p([([100.0] * 20, [99.0] * 20)]) == [1 / (1 + DRAWS)]


def test_where_only_the_spread_differs_the_unpaired_test_keeps_to_its_size() -> None:
    dice = np.random.default_rng(3)
    samples = [(dice.normal(0, 1, 40).tolist(), dice.normal(0, 6, 15).tolist()) for _ in range(200)]
    assert fmean(p <= ALPHA for p in unpaired_p(samples)) <= 0.09


def test_tests_done_together_are_those_done_alone() -> None:
    dice = np.random.default_rng(5)
    samples = [dice.normal(0.3, 1, size).tolist() for size in (3, 30, 4, 30, 3, *([20] * 40))]
    assert paired_p(samples) == [paired_p([each])[0] for each in samples]
    groups = [(one, [each + 0.5 for each in one[::-1]]) for one in samples]
    assert unpaired_p(groups) == [unpaired_p([each])[0] for each in groups]


def test_draws_in_parts_are_the_same_draws_and_take_no_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(6)
    one, other = dice.normal(0.4, 1, 30).tolist(), dice.normal(0, 2, 21).tolist()
    whole = interval(one), paired_p([one]), unpaired_p([(one, other)])
    monkeypatch.setattr(statistics, "_CELLS", 20_000)
    assert (interval(one), paired_p([one]), unpaired_p([(one, other)])) == whole
    many = dice.normal(0, 1, 300).tolist()
    tracemalloc.start()
    interval(many)
    paired_p([many])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300 * DRAWS * 8 / 4


def test_the_least_p_value_is_one_that_can_be_had() -> None:
    for many in (2, 5, 12, 13, 40):
        assert paired_p([[1.0] * many]) == [least_p(many)]
    assert unpaired_p([([1.0] * 30, [2.0] * 30)]) == [least_p(30, 30)]
    assert least_p(3, 3) == 1 / 20
    assert least_p(100, draws=draws_for(1_000)) * 1_000 < ALPHA


# Many tests


def test_holm_corrects_as_in_the_paper() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1, 1]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_keeps_the_order_and_never_helps(values: list[float]) -> None:
    found = holm(values)
    assert all(value <= each <= 1 for value, each in zip(values, found, strict=True))
    ranked = sorted(range(len(values)), key=lambda place: values[place])
    assert [found[place] for place in ranked] == sorted(found)
    assert isclose(min(found), min(1, min(values) * len(values)))


# What could have been found


def test_an_effect_of_the_detectable_size_is_found_in_eighty_of_a_hundred_studies() -> None:
    dice = np.random.default_rng(4)
    noise = [dice.normal(0, 1, 30) for _ in range(300)]
    effect = (NormalDist().inv_cdf(1 - ALPHA / 2) + NormalDist().inv_cdf(POWER)) / sqrt(30)
    assert fmean(detectable(each.tolist()) for each in noise) == pytest.approx(effect, rel=0.05)
    found = fmean(p <= ALPHA for p in paired_p([(each + effect).tolist() for each in noise]))
    assert 0.72 <= found <= 0.87


def test_what_is_detectable_falls_with_seeds_and_grows_with_care() -> None:
    sample = [0.0, 1.0, 2.0, 3.0]
    assert detectable(sample * 4) < detectable(sample)
    assert detectable(sample, alpha=0.001) > detectable(sample)
    assert detectable(sample, sample) == pytest.approx(sqrt(2) * detectable(sample))
    assert detectable([5.0] * 9) == 0
