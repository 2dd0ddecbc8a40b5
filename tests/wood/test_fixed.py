"""Logarithms in integers: against floating point, and the symmetry that prices rest on."""

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wood.fixed import MICRO, ln_ratio, scale

positive = st.integers(1, 10**9)


@given(positive, positive)
def test_a_logarithm_is_right_to_the_millionth(a: int, b: int) -> None:
    assert abs(ln_ratio(a, b) - log(a / b) * MICRO) <= 1.001


@given(positive, positive)
def test_a_logarithm_is_antisymmetric(a: int, b: int) -> None:
    assert ln_ratio(a, b) == -ln_ratio(b, a)
    assert ln_ratio(a, a) == 0


@given(positive, positive, positive)
def test_logarithms_add_up_along_a_chain(a: int, b: int, c: int) -> None:
    assert abs(ln_ratio(a, b) + ln_ratio(b, c) - ln_ratio(a, c)) <= 2


@pytest.mark.parametrize(("a", "b"), [(0, 1), (1, 0), (-1, 1), (1, -1)])
def test_a_logarithm_needs_positive_numbers(a: int, b: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        ln_ratio(a, b)


@given(st.integers(1, 10**6), st.integers(-3 * MICRO, 3 * MICRO))
def test_scaling_is_right_to_the_rounding(value: int, micro: int) -> None:
    exact = value * exp(micro / MICRO)
    assert abs(scale(value, micro) - exact) <= 0.5 + exact * 1e-9


@given(st.integers(100, 10**5), st.integers(0, MICRO))
def test_up_and_back_down_is_where_it_began(value: int, micro: int) -> None:
    """The rounding of the way up is the only loss, and the way down makes it smaller."""
    assert scale(scale(value, micro), -micro) == value


@given(st.integers(1, 10**6))
def test_no_move_moves_nothing(value: int) -> None:
    assert scale(value, 0) == value


@pytest.mark.parametrize(
    ("value", "micro", "result"),
    [(100, 693_147, 200), (200, -693_147, 100), (1, 405_465, 1), (1, 405_466, 2), (3, -693_148, 1), (3, -693_147, 2)],
    ids=["ln 2", "-ln 2", "just under ln 1.5", "just over ln 1.5", "just under a half", "just over a half"],
)
def test_scaling_by_hand(value: int, micro: int, result: int) -> None:
    assert scale(value, micro) == result
