"""Measures that take more than one run of each seed: whole plain years, and the same seeds under the silent mind."""

from collections import Counter
from collections.abc import Sequence
from math import inf, sqrt
from statistics import mean, stdev
from typing import Final

from bot.lab.judgement import Judgement
from bot.lab.liveliness import Row
from inference import contrarian, random_, silent
from wood.chronicle import EventKind, Turn
from wood.names import CREATURES, Creature

MOST_YEARS_WON: Final = 0.4
FOILS: Final = frozenset({random_.NAME, contrarian.NAME})
"""Minds that are not meant to do well: chance, and the foil of the crowd."""
_STUDENT: Final = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
"""Standard errors to either side of a mean within which 95 % lie, by the degrees of freedom from 1 on (Student, "The
Probable Error of a Mean", Biometrika 6, 1908; the figures are those of every table of the t distribution)."""
_NORMAL: Final = 1.95996
"""The same with endless degrees of freedom."""


def winners(turns: Sequence[Turn]) -> tuple[Creature, ...]:
    """Who was richest in each year that ended within some turns, by the mean over the year."""
    return tuple(
        Creature((event.data or {})["winner"])
        for turn in turns
        for event in turn.events
        if event.kind is EventKind.YEAR
    )


def richest_of_years(won: Sequence[Creature]) -> Row:
    """The row of who was richest in years after the first; ``won`` has one winner a year, of all runs, at least one."""
    wins = Counter(won)
    share = max(wins.values()) / len(won)
    listed = ", ".join(f"{who} {wins[who]}" for who in sorted(CREATURES, key=lambda who: -wins[who]) if wins[who])
    return Row(
        "who ends richest, later years",
        f"from the second on no creature in more than {100 * MOST_YEARS_WON:.0f} % of years",
        share,
        share <= MOST_YEARS_WON,
        f"{100 * share:.0f} % ({listed})",
    )


def judgement_row(judged: Sequence[Judgement], name: str) -> Row:
    """The row of what a mind's own decisions won of what habit leaves to be won.

    The figure is a ratio of sums over all turns of all seeds, so no single turn in which little was to be won weighs
    much. Its interval is that of a ratio estimator (W. G. Cochran, "Sampling Techniques", 1977, section 6.4).

    Args:
        judged: the judgement of each seed, at least one.
        name: the mind's; foils and silence are not held to it, and nobody is by one seed alone.
    """
    total = sum(judged, Judgement())
    score = total.score or 0.0
    held = name not in FOILS | {silent.NAME} and len(judged) > 1
    low, high = _ratio_interval([each.won for each in judged], [each.left for each in judged])
    around = f"{100 * low:+.1f} to {100 * high:+.1f}" if len(judged) > 1 else "one seed has no interval"
    alone, beside = (100 * (total.share(gained) or 0.0) for gained in (total.alone, total.beside))
    return Row(
        "judgement",
        "the interval of what decisions win over habit lies above zero" if held else "shown only",
        score,
        low > 0 or not held,
        f"{100 * score:+.1f} % ({around}); alone {alone:+.1f} %, beside others {beside:+.1f} %",
    )


def errors(degrees: int) -> float:
    """Standard errors to either side of a mean within which 95 % lie.

    Beyond the table it is the first term of Fisher's expansion (Abramowitz and Stegun, "Handbook of Mathematical
    Functions", 1964, 26.7.5), which is right to the third place there.

    Args:
        degrees: degrees of freedom, at least one.
    """
    if degrees <= len(_STUDENT):
        return _STUDENT[degrees - 1]
    return _NORMAL + (_NORMAL**3 + _NORMAL) / (4 * degrees)


def _ratio_interval(above: Sequence[float], below: Sequence[float]) -> tuple[float, float]:
    """Between what a ratio of two sums lies with 95 %, by how both differ from seed to seed; both endless for one."""
    seeds, whole = len(above), sum(below)
    if seeds < 2 or not whole:
        return -inf, inf
    ratio = sum(above) / whole
    rest = stdev(one - ratio * other for one, other in zip(above, below, strict=True))
    around = errors(seeds - 1) * rest * sqrt(seeds) / abs(whole)
    return ratio - around, ratio + around


def gain_over_silence(mind: Sequence[float], silent: Sequence[float], name: str) -> Row:
    """The row of what a mind adds to the gains from trade that habit alone makes.

    Args:
        mind: its allocative efficiency (0 to 1), a seed each.
        silent: that of the silent mind, over the same seeds.
        name: the mind's; foils are not held to it.
    """
    gains = [100 * (ours - theirs) for ours, theirs in zip(mind, silent, strict=True)]
    middle = mean(gains)
    around = errors(len(gains) - 1) * stdev(gains) / sqrt(len(gains)) if len(gains) > 1 else inf
    low, high = middle - around, middle + around
    held = name not in FOILS
    return Row(
        "gain over a silent mind",
        "the interval of its efficiency's gain lies above zero" if held else "shown only",
        middle / 100,
        low > 0 or not held,
        f"{middle:+.1f} points ({low:+.1f} to {high:+.1f})",
    )
