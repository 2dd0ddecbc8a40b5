"""Measures against figures worked out by hand."""

from dataclasses import replace
from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wood.woods import RULES, SILENT, wood
from wood.chronicle import Turn
from wood.measures import (
    amplitude,
    geometric_absolute_deviation,
    geometric_deviation,
    gini,
    gini_small,
    mind_share,
    prices,
    relative_absolute_deviation,
    relative_deviation,
    velocity,
)
from wood.names import CREATURES, Good, Hand
from wood.orders import Trade
from wood.turn import step


@pytest.mark.parametrize(
    ("holdings", "value"),
    [
        ([], 0),
        ([0, 0, 0], 0),
        ([7], 0),
        ([4, 4, 4, 4, 4], 0),
        ([0, 0, 0, 0, 10], 4 / 5),
        ([0, 10], 1 / 2),
        ([1, 3], 1 / 4),
        ([1, 2, 3, 4, 5], 4 / 15),
        ([5, 1, 4, 2, 3], 4 / 15),
    ],
)
def test_gini_by_hand(holdings: list[int], value: float) -> None:
    assert gini(holdings) == pytest.approx(value)


@pytest.mark.parametrize(
    ("holdings", "value"),
    [([], 0), ([7], 0), ([0, 0], 0), ([0, 0, 0, 0, 10], 1), ([1, 3], 1 / 2), ([1, 2, 3, 4, 5], 1 / 3)],
)
def test_the_small_sample_form_gives_one_when_one_holds_all(holdings: list[int], value: float) -> None:
    assert gini_small(holdings) == pytest.approx(value)


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=8))
def test_gini_is_the_mean_difference_over_twice_the_mean(holdings: list[int]) -> None:
    n, total = len(holdings), sum(holdings)
    apart = sum(abs(a - b) for a in holdings for b in holdings)
    assert gini(holdings) == pytest.approx(apart / (2 * n * total) if total else 0)
    assert 0 <= gini(holdings) <= gini_small(holdings) <= 1 + 1e-12


PRICES, TWIN = [100, 150, 200], [100, 100, 100]
MIXED = [50, 200, 100]


def test_relative_deviations_by_hand() -> None:
    assert relative_deviation(PRICES, TWIN) == pytest.approx(1 / 2)
    assert relative_absolute_deviation(PRICES, TWIN) == pytest.approx(1 / 2)
    assert relative_deviation(MIXED, TWIN) == pytest.approx(1 / 6)
    assert relative_absolute_deviation(MIXED, TWIN) == pytest.approx(1 / 2)
    assert relative_deviation([50, 150], [100, 300]) == pytest.approx(-1 / 2)


def test_geometric_deviations_by_hand() -> None:
    assert geometric_deviation([100, 400], [100, 100]) == pytest.approx(1)
    assert geometric_deviation(PRICES, TWIN) == pytest.approx(3 ** (1 / 3) - 1)
    assert geometric_deviation([50, 200], [100, 100]) == pytest.approx(0), "half and double cancel out"
    assert geometric_absolute_deviation([50, 200], [100, 100]) == pytest.approx(1)
    assert geometric_absolute_deviation(MIXED, TWIN) == pytest.approx(2 ** (2 / 3) - 1)
    assert geometric_deviation([100, 50], [100, 100]) == pytest.approx(1 / sqrt(2) - 1)


@given(st.lists(st.tuples(st.integers(100, 9900), st.integers(100, 9900)), min_size=1, max_size=20), st.integers(2, 9))
def test_deviations_are_symmetric_and_free_of_the_unit(pairs: list[tuple[int, int]], unit: int) -> None:
    series, twin = [list(side) for side in zip(*pairs, strict=True)]
    assert geometric_absolute_deviation(series, twin) == pytest.approx(geometric_absolute_deviation(twin, series))
    assert log(1 + geometric_deviation(series, twin)) == pytest.approx(-log(1 + geometric_deviation(twin, series)))
    scaled = [unit * price for price in series], [unit * price for price in twin]
    for measure in (relative_deviation, relative_absolute_deviation, geometric_deviation, geometric_absolute_deviation):
        assert measure(*scaled) == pytest.approx(measure(series, twin))
        assert measure(twin, twin) == 0
    assert abs(relative_deviation(series, twin)) <= relative_absolute_deviation(series, twin) + 1e-12
    assert abs(geometric_deviation(series, twin)) <= geometric_absolute_deviation(series, twin) + 1e-12


def test_series_of_different_lengths_are_not_compared() -> None:
    for measure in (relative_deviation, relative_absolute_deviation, geometric_deviation, geometric_absolute_deviation):
        with pytest.raises(ValueError, match="zip"):
            measure([1, 2], [1, 2, 3])


def test_amplitude_by_hand() -> None:
    assert amplitude([400, 800, 200, 400]) == pytest.approx(1.5)
    assert amplitude([400]) == 0


def day(*trades: Trade, purse: int = 40) -> Turn:
    _, turn = step(RULES, wood(), SILENT)
    return replace(turn, trades=trades, purses=dict.fromkeys(CREATURES, purse))


def trade(buyer_hand: Hand, seller_hand: Hand, qty: int = 2, price: int = 5) -> Trade:
    return Trade(Good.HONEY, "pip", "oona", qty, price, buyer_hand, seller_hand)


def test_velocity_is_what_was_paid_over_what_is_held() -> None:
    assert velocity(day(trade(Hand.MIND, Hand.MIND), trade(Hand.HABIT, Hand.MIND, 3, 10))) == pytest.approx(40 / 200)
    assert velocity(day()) == 0
    assert velocity(day(trade(Hand.MIND, Hand.MIND), purse=0)) == 0


def test_the_share_of_minds_counts_trades_with_a_mind_on_both_sides() -> None:
    both, half = trade(Hand.MIND, Hand.MIND), trade(Hand.MIND, Hand.HABIT)
    assert mind_share([day(both, half), day(both), day()]) == pytest.approx(2 / 3)
    assert mind_share([day(trade(Hand.HABIT, Hand.MIND)), day(trade(Hand.DECREE, Hand.STRANGER))]) == 0
    assert mind_share([day()]) == mind_share([]) == 0


def test_prices_begin_with_the_start() -> None:
    turns = [day(), replace(day(), references=dict.fromkeys(Good, 123))]
    start = dict.fromkeys(Good, 77)
    assert prices(turns, start)[Good.HONEY] == [77, turns[0].references[Good.HONEY], 123]
    assert list(prices([], start)) == list(Good)
