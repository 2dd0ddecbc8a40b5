"""Ratings from pairwise comparisons: the model of Bradley and Terry, on the scale that chess players know.

Each player has a strength, and the chance that one does better than another is its share of their two strengths. The
strengths are those under which the comparisons seen are likeliest, found by the MM algorithm of D. R. Hunter, "MM
algorithms for generalized Bradley-Terry models", Annals of Statistics 32 (2004), 384-406; a tie is half a win for
both. The scale is A. E. Elo's: 400 points are odds of ten to one.

Every two players have :data:`DRAWN` drawn game with each other beside those that they played. So there is a likeliest
set of strengths, of finite ones, even where somebody won all games; among hundreds of games it weighs nothing.

Games of one seed share its weather and luck, so bands come from drawing whole seeds anew (B. Efron and R. J.
Tibshirani, "An Introduction to the Bootstrap", 1993): all players on the same ones, which keeps the comparison paired.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

DRAWN: Final = 1.0
DRAWS: Final = 1000
"""How often the seeds are drawn anew."""
ODDS: Final = 400.0
"""Points that stand for odds of ten to one."""
LOW: Final = 2.5
HIGH: Final = 97.5
"""Percentiles between which a band lies."""
_ROUNDS: Final = 10_000
_STILL: Final = 1e-9
"""Part of a strength that a round of the algorithm moves at most when it has arrived."""

Wins = NDArray[np.float64]
"""How often the player of the row did better than that of the column: a square, its diagonal zero."""


class Rating(NamedTuple):
    """A rating, and between what 95 of 100 of those lie that other seeds would have given."""

    value: float
    low: float
    high: float


def strengths(wins: Wins) -> NDArray[np.float64]:
    """The likeliest strengths, their geometric mean 1.

    Args:
        wins: of one field, shape (players, players), or of many at once, (fields, players, players).

    Returns:
        Shape (players,) or (fields, players).
    """
    players = wins.shape[-1]
    won = wins + DRAWN / 2 * (1 - np.eye(players))
    total = won.sum(axis=-1)
    games = won + np.swapaxes(won, -1, -2)
    found: NDArray[np.float64] = np.ones_like(total)
    for _ in range(_ROUNDS):
        pairs = found[..., :, None] + found[..., None, :]
        better = total / (games / pairs).sum(axis=-1)
        better /= np.exp(np.log(better).mean(axis=-1, keepdims=True))
        moved = np.abs(better / found - 1).max()
        found = better
        if moved < _STILL:
            break
    return found


def ratings(by_seed: Sequence[Wins], anchor: int, at: float, draws: int = DRAWS) -> list[Rating]:
    """Rate players from their games on common seeds.

    Args:
        by_seed: the games of each seed; at least one.
        anchor: the player whose rating is fixed, and so has no band.
        at: what it is fixed at.
        draws: how often the seeds are drawn anew.

    Raises:
        ValueError: no seeds.
    """
    if not by_seed:
        raise ValueError("no seeds to rate by")
    games = np.stack(by_seed)
    dice = np.random.default_rng(len(games))
    counts = dice.multinomial(len(games), np.full(len(games), 1 / len(games)), size=draws).astype(np.float64)
    drawn = _points(strengths(np.tensordot(counts, games, axes=1)), anchor, at)
    middle = _points(strengths(games.sum(axis=0)), anchor, at)
    low, high = np.percentile(drawn, (LOW, HIGH), axis=0)
    return [Rating(*map(float, each)) for each in zip(middle, low, high, strict=True)]


def _points(found: NDArray[np.float64], anchor: int, at: float) -> NDArray[np.float64]:
    points: NDArray[np.float64] = at + ODDS * np.log10(found / found[..., anchor, None])
    return points
