"""The ranking: prophets, callers, voices and purses, each by its own measure. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.telling.cards import RankRow
from bot.telling.titles import last_counted, titles_in
from wood.ranking import pebbles
from wood.world import Prophecy, World

M = TypeVar("M", int, float)


@dataclass(frozen=True, slots=True)
class ProphetRow:
    """What somebody's claims, or daily calls, of the year were worth; ``name`` as shown, "" where it is unknown."""

    rank: int
    name: str
    record: Prophecy


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """By how many per cent, in all, somebody's words moved prices this year; ``name`` as shown."""

    rank: int
    name: str
    moved: float


@dataclass(frozen=True, slots=True)
class RankingCard:
    """The lists, each with its best first; who has nothing to show in one is not in it.

    Attributes:
        prophets: by the score of their claims.
        callers: by the score of their daily calls, patrons or not.
        voices: by what their words moved.
        purses: by pebbles, wherever they stand.
    """

    prophets: Sequence[ProphetRow]
    callers: Sequence[ProphetRow]
    voices: Sequence[VoiceRow]
    purses: Sequence[RankRow]


def ranking_card(world: World, names: Mapping[str, str], voices: Mapping[str, float]) -> RankingCard:
    """The ranking after a turn.

    Args:
        world: the wood after it.
        names: what patrons and callers are called, by key.
        voices: by how many per cent, in all, the words of each moved prices.
    """
    present = {key: patron for key, patron in world.patrons.items() if patron.present}
    prophets = {key: patron.prophecy for key, patron in present.items() if patron.prophecy.said}
    callers = {key: record for key, record in world.callers.items() if record.said and key in names}
    moved = {key: by for key, by in voices.items() if by > 0 and key in present}
    purses = {key: pebbles(world, key) for key in present}
    year = last_counted(world)
    return RankingCard(
        tuple(ProphetRow(place, names[key], prophets[key]) for place, key in _placed(prophets, _score)),
        tuple(ProphetRow(place, names[key], callers[key]) for place, key in _placed(callers, _score)),
        tuple(VoiceRow(place, names[key], moved[key]) for place, key in _placed(moved, float)),
        tuple(
            RankRow(
                place,
                names[key],
                purses[key],
                present[key].fame,
                present[key].alias,
                titles_in(present[key], year),
                present[key].career.wins,
            )
            for place, key in _placed(purses, int)
        ),
    )


def _score(record: Prophecy) -> int:
    return record.score


T = TypeVar("T")


def _placed(measured: Mapping[str, T], by: Callable[[T], M]) -> list[tuple[int, str]]:
    """Keys with their places, the best first; of equals the one who came first, on the same place."""
    keys = sorted(measured, key=lambda key: (-by(measured[key]), int(key.removeprefix("p"))))
    places: list[tuple[int, str]] = []
    for number, key in enumerate(keys, 1):
        tied = places and by(measured[places[-1][1]]) == by(measured[key])
        places.append((places[-1][0] if tied else number, key))
    return places
