"""How minds stand that were compared in the same seats: ratings, shares of comparisons won, and gains over silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any, Final

import numpy as np

from bot.lab.ratings import Rating, Wins, ratings
from inference import instinct, random_

ANCHOR: Final = random_.NAME
"""The mind whose rating is fixed, so that ratings of different fields can be read side by side."""
ANCHORS: Final = (ANCHOR, instinct.NAME)
"""Minds that sit in every field: chance, and rules of thumb."""
ANCHORED_AT: Final = 1000.0

Seat = Mapping[str, float]
"""What each mind made of one seat of one seed's wood: pebbles' worth a turn more than silence gains there."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one mind did.

    Attributes:
        mind: its name.
        rating: its rating; that of the anchor is fixed.
        won: the share of comparisons that it won, ties half.
        games: comparisons that it had a part in.
        gain: what it made of its seats: pebbles' worth a turn more than silence gains there, the mean.
    """

    mind: str
    rating: Rating
    won: float
    games: int
    gain: float

    def to_json(self) -> dict[str, Any]:
        """The figures as one plain JSON object."""
        low, high = (round(each, 1) for each in (self.rating.low, self.rating.high))
        return {
            "rating": round(self.rating.value, 1),
            "band": [low, high],
            "won": round(self.won, 4),
            "games": self.games,
            "gain": round(self.gain, 4),
        }


@dataclass(frozen=True, slots=True)
class Contest:
    """What an arena showed.

    Attributes:
        standings: of all minds, the best first.
        beats: the share of comparisons that each mind won against each other.
        seeds: how many.
        turns: played in all woods together, those of silence included.
    """

    standings: tuple[Standing, ...]
    beats: Mapping[str, Mapping[str, float]]
    seeds: int
    turns: int

    def to_json(self) -> dict[str, Any]:
        """The contest as one plain JSON object."""
        return {
            "seeds": self.seeds,
            "turns": self.turns,
            "anchor": {"mind": ANCHOR, "rating": ANCHORED_AT},
            "minds": {each.mind: each.to_json() for each in self.standings},
            "beats": {
                mind: {other: round(share, 4) for other, share in row.items()} for mind, row in self.beats.items()
            },
        }


def rate(names: Sequence[str], seeds: Sequence[Sequence[Seat]], turns: int) -> Contest:
    """Rate minds by what they made of the seats of each seed.

    Args:
        names: the field; the anchor is among them.
        seeds: the seats of each seed, in each of which every mind has sat.
        turns: how many were played in all.

    Raises:
        ValueError: no seeds.
    """
    by_seed = [compared(names, seats) for seats in seeds]
    rated = ratings(by_seed, names.index(ANCHOR), ANCHORED_AT)
    wins = np.sum(by_seed, axis=0)
    games = wins + wins.T
    standings = [
        Standing(
            name,
            rated[at],
            float(wins[at].sum() / games[at].sum()),
            round(games[at].sum()),
            mean(seat[name] for seats in seeds for seat in seats),
        )
        for at, name in enumerate(names)
    ]
    beats = {
        name: {other: float(wins[at, by] / games[at, by]) for by, other in enumerate(names) if other != name}
        for at, name in enumerate(names)
    }
    return Contest(tuple(sorted(standings, key=lambda one: -one.rating.value)), beats, len(seeds), turns)


def compared(names: Sequence[str], seats: Sequence[Seat]) -> Wins:
    """How often each mind made more of the same seat than each other; a tie is half a win for both."""
    made = np.array([[seat[name] for name in names] for seat in seats])
    mine, theirs = made[:, :, None], made[:, None, :]
    return ((mine > theirs) + (mine == theirs) / 2).sum(axis=0) * (1 - np.eye(len(names)))
