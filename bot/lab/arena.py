"""The arena: minds sit together in one wood, change seats, and are rated by how well their creatures do.

Every seed's wood is played once for each mind of the field, and each time everybody moves on by one seat, so that in
the end each mind has sat in every seat of that wood once: a cyclic Latin square, or a part of one where there are more
minds than seats. Where there are fewer, a mind has several seats at a time, all of them equally often. Who sits beside
whom is drawn by the seed.

A seat is not as good as another, and a seed is not. So a mind's outcome is its creature's mean wealth over the run (by
which the wood itself names the richest of a year) as a part of what the same creature has in the same wood when all
five are silent. In each wood every two minds are compared by it, seat by seat; :mod:`bot.lab.ratings` makes ratings of
that.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np

from bot.keeping.minds import Minds
from bot.lab.across import WOODS
from bot.lab.engines import Awake
from bot.lab.ratings import Rating, Wins, ratings
from bot.lab.scenario import Scenario
from bot.lab.simulate import play
from bot.lab.workers import cores, spread
from data.content import default_rules
from inference import instinct, random_, silent
from inference.answering import InstantMind
from inference.council import DEADLINE, Council
from inference.protocol import Mind
from inference.roster import Engines, build
from wood.chance import shuffled
from wood.names import CREATURES

_log = logging.getLogger(__name__)

ANCHOR: Final = random_.NAME
"""The mind whose rating is fixed, so that ratings of different fields can be read side by side."""
ANCHORS: Final = (ANCHOR, instinct.NAME)
"""Minds that sit in every field: chance, and rules of thumb."""
ANCHORED_AT: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits where in one wood: minds by name, in the canonical order of the creatures."""

    seed: int
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one mind did.

    Attributes:
        mind: its name.
        rating: its rating; that of the anchor is fixed.
        won: the share of comparisons that it won, ties half.
        games: comparisons that it had a part in.
        gain: by what part its creatures were wealthier than under silence, the mean over its seats.
    """

    mind: str
    rating: Rating
    won: float
    games: int
    gain: float

    def to_json(self) -> dict[str, Any]:
        """The figures as one plain JSON object."""
        return {
            "rating": round(self.rating.value, 1),
            "low": round(self.rating.low, 1),
            "high": round(self.rating.high, 1),
            "won": round(self.won, 4),
            "games": self.games,
            "gain": round(self.gain, 4),
        }


@dataclass(frozen=True, slots=True)
class Contest:
    """What an arena showed.

    Attributes:
        standings: of all minds, the best first.
        beats: the share of comparisons that a mind won against another, by their names; None where they never met.
        seeds: how many.
        woods: played in all, those of silence included.
    """

    standings: tuple[Standing, ...]
    beats: Mapping[str, Mapping[str, float | None]]
    seeds: int
    woods: int

    def to_json(self) -> dict[str, Any]:
        """The contest as one plain JSON object."""
        return {
            "seeds": self.seeds,
            "woods": self.woods,
            "anchor": {"mind": ANCHOR, "rating": ANCHORED_AT},
            "minds": {each.mind: each.to_json() for each in self.standings},
            "beats": {
                mind: {other: None if share is None else round(share, 4) for other, share in row.items()}
                for mind, row in self.beats.items()
            },
        }


def field_of(minds: Iterable[str]) -> list[str]:
    """The minds that are rated: those named, each once, and the anchors."""
    return list(dict.fromkeys((*minds, *ANCHORS)))


def seatings(minds: Sequence[str], seed: int) -> list[Table]:
    """One seed's tables: each mind sits in every seat at one of them, and who sits beside whom is drawn."""
    order = shuffled(minds, seed, 0, "arena")
    places = range(len(CREATURES))
    return [Table(seed, tuple(order[(turn + place) % len(order)] for place in places)) for turn in range(len(order))]


def compete(
    minds: Iterable[str],
    seeds: Sequence[int],
    scenario: Scenario,
    *,
    engines: Engines | None = None,
    workers: int | None = None,
    woods: int = WOODS,
    deadline: float = DEADLINE,
    after_run: Callable[[], object] = lambda: None,
    tell: Callable[[str], object] = lambda words: None,
) -> Contest:
    """Let minds rotate over the seats of every seed's wood, and rate them.

    Args:
        minds: their names; the anchors join them.
        seeds: at least one, each once.
        scenario: how long each wood is played, and what is told in it.
        engines: what the minds that are models are told.
        workers: processes for woods of rule-based minds; None for one a core, 1 plays in this process.
        woods: woods that models think for at once.
        deadline: seconds in which a model must have answered a turn.
        after_run: is called after every wood, in this process.
        tell: is given words about an engine that is waited for.

    Raises:
        UnknownMindError: a mind that does not exist.
        UnusableMindError: a mind that lacks an option or a library.
        EngineError: an engine does not come up.
        ValueError: no seeds.
    """
    names = field_of(minds)
    made = build(names, engines)
    tables = [table for seed in seeds for table in (_silence(seed), *seatings(names, seed))]
    models = {name for name, mind in made.items() if not isinstance(mind, InstantMind)}
    by_rules = [table for table in tables if models.isdisjoint(table.seats)]
    wealth: dict[Table, tuple[int, ...]] = {}
    with closing(spread(partial(_by_rules, scenario=scenario), by_rules, workers or cores())) as results:
        for table, found in results:
            wealth[table] = found
            after_run()
    if models:

        def take(table: Table, found: tuple[int, ...]) -> None:
            wealth[table] = found
            after_run()

        thinking = [table for table in tables if table not in wealth]
        asyncio.run(_think(made, thinking, scenario, woods, deadline, take, tell))
    return judge(names, {seed: gains(seed, tables, wealth) for seed in seeds}, len(tables))


def tables_of(minds: Iterable[str], seeds: int) -> int:
    """How many woods an arena of so many seeds plays."""
    return seeds * (1 + len(field_of(minds)))


Seats = Sequence[tuple[str, float]]
"""One wood: each seat's mind, and by what part its creature was wealthier than under silence."""


def gains(seed: int, tables: Iterable[Table], wealth: Mapping[Table, Sequence[int]]) -> list[Seats]:
    """The woods of one seed, each seat beside itself under silence."""
    quiet = wealth[_silence(seed)]
    return [
        [(mind, found / usual - 1) for mind, found, usual in zip(table.seats, wealth[table], quiet, strict=True)]
        for table in tables
        if table.seed == seed and table != _silence(seed)
    ]


def judge(names: Sequence[str], played: Mapping[int, Sequence[Seats]], woods: int) -> Contest:
    """Rate minds by the woods of each seed.

    Args:
        names: the field; the anchor is among them.
        played: the woods, by seed.
        woods: how many were played in all.

    Raises:
        ValueError: no seeds.
    """
    by_seed = [compared(names, each) for _, each in sorted(played.items())]
    rated = ratings(by_seed, names.index(ANCHOR), ANCHORED_AT)
    wins = np.sum(by_seed, axis=0)
    games = wins + wins.T
    seats = [seat for each in played.values() for wood in each for seat in wood]
    standings = [
        Standing(
            name,
            rated[at],
            float(wins[at].sum() / games[at].sum()),
            round(games[at].sum()),
            float(np.mean([gain for mind, gain in seats if mind == name])),
        )
        for at, name in enumerate(names)
    ]
    beats = {
        name: {
            other: float(wins[at, by] / games[at, by]) if games[at, by] else None
            for by, other in enumerate(names)
            if by != at
        }
        for at, name in enumerate(names)
    }
    return Contest(tuple(sorted(standings, key=lambda one: -one.rating.value)), beats, len(played), woods)


def compared(names: Sequence[str], woods: Iterable[Seats]) -> Wins:
    """How often each mind did better than each other in the same wood, seat by seat; a tie is half a win for both."""
    place = {name: at for at, name in enumerate(names)}
    wins = np.zeros((len(names), len(names)))
    for seats in woods:
        for mind, gain in seats:
            for other, theirs in seats:
                if other != mind and gain >= theirs:
                    wins[place[mind], place[other]] += 1.0 if gain > theirs else 0.5
    return wins


def _silence(seed: int) -> Table:
    return Table(seed, (silent.NAME,) * len(CREATURES))


def _by_rules(table: Table, scenario: Scenario) -> tuple[int, ...]:
    return asyncio.run(_wealth(_council(build(table.seats), table, render=False), table, scenario))


def _council(minds: Mapping[str, Mind], table: Table, *, render: bool = True, deadline: float = DEADLINE) -> Council:
    seated = {who: minds[name] for who, name in zip(CREATURES, table.seats, strict=True)}
    return Council(seated, default_rules(), render=render, deadline=deadline)


async def _wealth(minds: Minds, table: Table, scenario: Scenario) -> tuple[int, ...]:
    """Play a wood; answers what each creature had, summed over all turns, hundredths."""
    played = await play(default_rules(), scenario, table.seed, minds, keep_traces=False)
    return tuple(sum(turn.wealth[who] for turn in played.turns) for who in CREATURES)


async def _think(
    minds: Mapping[str, Mind],
    tables: Sequence[Table],
    scenario: Scenario,
    woods: int,
    deadline: float,
    take: Callable[[Table, tuple[int, ...]], object],
    tell: Callable[[str], object],
) -> None:
    """Play the woods in which models sit, so many at once that their calls come in big batches."""
    room = asyncio.Semaphore(woods)

    def awake(table: Table, *, woken: bool) -> Awake:
        return Awake(_council(minds, table, deadline=deadline), woken=woken, tell=tell)

    async def one(table: Table) -> None:
        async with room:
            take(table, await _wealth(awake(table, woken=True), table, scenario))

    tasks: list[asyncio.Task[None]] = []
    try:
        met: set[str] = set()
        for table in tables:
            if not met.issuperset(table.seats):
                await awake(table, woken=False).wake()
                met.update(table.seats)
        tasks = [asyncio.create_task(one(table)) for table in tables]
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for name, mind in minds.items():
            try:
                await mind.close()
            except Exception:  # an engine may fail in any way; the others are closed all the same
                _log.exception("mind %s could not be closed in order", name)
