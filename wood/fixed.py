"""Natural logarithm and exponential to whole numbers, so that prices move alike on every machine.

Logarithms are in millionths ("micro"). Floating-point ``exp`` and ``log`` may differ in the last bit between C
libraries, and a hash would show it. So integers have the last word: a float decides only where its whole part is beyond
doubt, far more than any library's error from the next whole number. That is nearly everywhere, and ten times faster.
"""

from math import exp, floor, log
from typing import Final

MICRO: Final = 1_000_000
_ONE: Final = 10**12
_LN2: Final = 693_147_180_560  # ln 2 in units of 1 / _ONE
_DOUBT: Final = 0.001
"""How near to a whole number a float must lie to be doubted."""
_FLOATS_BELOW: Final = 1e7
"""Up to here a float is off by less than a millionth, and the integers below by less than a third of the doubt."""


def _beyond_doubt(guess: float) -> bool:
    """Whether every C library agrees about the whole part of this result, and with the integers below."""
    return 0 <= guess < _FLOATS_BELOW and _DOUBT < guess - floor(guess) < 1 - _DOUBT


def ln_ratio(a: int, b: int) -> int:
    """Logarithm of ``a / b`` in micro, antisymmetric in its arguments.

    Raises:
        ValueError: an argument is not positive.
    """
    if a <= 0 or b <= 0:
        message = f"a logarithm needs positive numbers, got {a} and {b}"
        raise ValueError(message)
    if a < b:
        return -ln_ratio(b, a)
    guess = log(a / b) * MICRO
    return floor(guess) if _beyond_doubt(guess) else exact_ln_ratio(a, b)


def exact_ln_ratio(a: int, b: int) -> int:
    """Logarithm of ``a / b`` in micro, for ``a >= b > 0``, in integers alone.

    Uses ln(a/b) = 2 artanh((a-b)/(a+b)) after halving the ratio into [1, 2).
    """
    halvings = 0
    while a >= 2 * b:
        b *= 2
        halvings += 1
    z = (a - b) * _ONE // (a + b)
    square = z * z // _ONE
    total, power, odd = 0, z, 1
    while power:
        total += power // odd
        power = power * square // _ONE
        odd += 2
    return (2 * total + halvings * _LN2) * MICRO // _ONE


def scale(value: int, micro: int) -> int:
    """Multiply ``value`` by exp(micro / 10^6), rounded half up; up and back down are mirror images."""
    guess = value * exp(micro / MICRO) + 0.5
    return floor(guess) if _beyond_doubt(guess) else exact_scale(value, micro)


def exact_scale(value: int, micro: int) -> int:
    """What :func:`scale` answers, in integers alone."""
    if micro >= 0:
        return (2 * value * _exp(micro) + _ONE) // (2 * _ONE)
    divisor = _exp(-micro)
    return (2 * value * _ONE + divisor) // (2 * divisor)


def _exp(micro: int) -> int:
    """Exponential of a non-negative number of micro, in units of 1 / _ONE, by its Taylor series."""
    x = micro * (_ONE // MICRO)
    total, term, n = 0, _ONE, 1
    while term:
        total += term
        term = term * x // (_ONE * n)
        n += 1
    return total
