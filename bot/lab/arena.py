"""The arena: minds sit together in one wood, change seats, and are rated by what their creatures gain.

A seat is not as good as another, and a seed is not. So it is played as duplicate bridge is: every seed's wood is played
once for each mind of the field, and each time everybody moves on by one seat, so that in the end each mind has sat in
every seat of that very wood once (a cyclic Latin square; of more minds than seats, five sit at a time, of fewer, some
in two seats, all of them equally often). Who sits beside whom is drawn by the seed. Then minds are compared by what
they made of the same seat of the same seed.

What a seat made is its creature's own gains from trade over the run (:func:`bot.lab.gains.surplus`), less what the same
creature gains in the same wood where all five are silent. Wealth would not do: a creature that starves is rich.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.keeping.minds import Minds
from bot.lab.across import WOODS
from bot.lab.engines import Awake
from bot.lab.scenario import Scenario
from bot.lab.simulate import play
from bot.lab.standings import ANCHORS, Contest, rate
from bot.lab.workers import cores, spread
from data.content import default_rules
from inference import silent
from inference.answering import InstantMind
from inference.council import DEADLINE, Council
from inference.protocol import Mind
from inference.roster import Engines, build
from wood.chance import shuffled
from wood.names import CREATURES

_log = logging.getLogger(__name__)

Gained = tuple[int, ...]
"""What each creature of a wood gained by trade over a run, in their canonical order, in pebbles' worth."""
_SILENCE: Final = (silent.NAME,) * len(CREATURES)


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits where in one wood: minds by name, in the canonical order of the creatures."""

    seed: int
    seats: tuple[str, ...]


def field_of(minds: Iterable[str]) -> list[str]:
    """The minds that are rated: those named, each once, and the anchors."""
    return list(dict.fromkeys((*minds, *ANCHORS)))


def seatings(minds: Sequence[str], seed: int) -> list[Table]:
    """One seed's tables: each mind sits in every seat at one of them, and who sits beside whom is drawn."""
    order = shuffled(minds, seed, 0, "arena")
    places = range(len(CREATURES))
    return [Table(seed, tuple(order[(turn + place) % len(order)] for place in places)) for turn in range(len(order))]


def tables_of(minds: Sequence[str], seeds: Iterable[int]) -> list[Table]:
    """All tables of an arena: each seed's seatings, and before them its wood under silence."""
    return [table for seed in seeds for table in (Table(seed, _SILENCE), *seatings(minds, seed))]


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
    models = {name for name, mind in made.items() if not isinstance(mind, InstantMind)}
    tables = tables_of(names, seeds)
    found: dict[Table, Gained] = {}

    def take(table: Table, gained: Gained) -> None:
        found[table] = gained
        after_run()

    by_rules = [table for table in tables if models.isdisjoint(table.seats)]
    with closing(spread(partial(_by_rules, scenario=scenario), by_rules, workers or cores())) as results:
        for table, gained in results:
            take(table, gained)
    if models:
        thinking = [table for table in tables if table not in found]
        asyncio.run(_think(made, thinking, scenario, woods, deadline, take, tell))
    turns = scenario.turns * len(tables)
    return rate(names, [duplicates(names, seed, found, scenario.turns) for seed in seeds], turns)


def duplicates(names: Sequence[str], seed: int, found: Mapping[Table, Gained], turns: int) -> list[dict[str, float]]:
    """What the minds made of each seat of one seed's wood: by mind, a turn, less what silence gains there."""
    usual = found[Table(seed, _SILENCE)]
    made: list[dict[str, float]] = [{} for _ in CREATURES]
    for table in seatings(names, seed):
        for place, mind in enumerate(table.seats):
            made[place][mind] = (found[table][place] - usual[place]) / turns
    return made


def _by_rules(table: Table, scenario: Scenario) -> Gained:
    return asyncio.run(_gained(_council(build(table.seats), table, render=False), table, scenario))


def _council(minds: Mapping[str, Mind], table: Table, *, render: bool = True, deadline: float = DEADLINE) -> Council:
    seated = {who: minds[name] for who, name in zip(CREATURES, table.seats, strict=True)}
    return Council(seated, default_rules(), render=render, deadline=deadline)


async def _gained(minds: Minds, table: Table, scenario: Scenario) -> Gained:
    played = await play(default_rules(), scenario, table.seed, minds, keep_traces=False)
    return tuple(played.calls.surplus[who] for who in CREATURES)


async def _think(
    minds: Mapping[str, Mind],
    tables: Sequence[Table],
    scenario: Scenario,
    woods: int,
    deadline: float,
    take: Callable[[Table, Gained], object],
    tell: Callable[[str], object],
) -> None:
    """Play the woods in which models sit, so many at once that their calls come in big batches."""
    room = asyncio.Semaphore(woods)

    def awake(table: Table, *, woken: bool) -> Awake:
        return Awake(_council(minds, table, deadline=deadline), woken=woken, tell=tell)

    async def one(table: Table) -> None:
        async with room:
            take(table, await _gained(awake(table, woken=True), table, scenario))

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
