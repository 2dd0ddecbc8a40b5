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
from pathlib import Path
from typing import Final

from bot.keeping.minds import Minds
from bot.lab.effort import AT_EASE, Effort
from bot.lab.engines import Awake
from bot.lab.journal import Journal, fingerprint
from bot.lab.scenario import Scenario
from bot.lab.simulate import play
from bot.lab.standings import ANCHORS, Contest, rate
from bot.lab.workers import spread
from data.content import default_rules
from inference import silent
from inference.answering import InstantMind
from inference.council import DEADLINE, Council
from inference.protocol import Mind
from inference.roster import build, known
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
    effort: Effort = AT_EASE,
) -> Contest:
    """Let minds rotate over the seats of every seed's wood, and rate them.

    Args:
        minds: their names; the anchors join them.
        seeds: at least one, each once.
        scenario: how long each wood is played, and what is told in it.
        effort: how it is worked.

    Raises:
        UnknownMindError: a mind that does not exist.
        UnusableMindError: a mind that lacks an option or a library.
        EngineError: an engine does not come up.
        ClusterError: the cluster cannot be used.
        OSError: what woods showed cannot be kept.
        ValueError: no seeds.
    """
    names = field_of(minds)
    made = build(names, effort.engines)
    models = {name for name, mind in made.items() if not isinstance(mind, InstantMind)}
    tables = tables_of(names, seeds)
    kept = _journal(effort.resume, scenario, effort.told) if effort.resume else None
    found: dict[Table, Gained] = {}

    def take(table: Table, gained: Gained) -> None:
        found[table] = gained
        effort.after_run()

    by_rules = [table for table in tables if models.isdisjoint(table.seats)]
    work = partial(_by_rules, scenario=scenario)
    with closing(spread(work, by_rules, effort.workers, kept=kept, ray=effort.ray)) as results:
        for table, gained in results:
            take(table, gained)
    if models:
        thinking = [table for table in tables if table not in found]
        old, missing = kept.recall(thinking) if kept else ([], thinking)
        for table, gained in old:
            take(table, gained)

        def keep(table: Table, gained: Gained) -> None:
            take(table, kept.keep(table, gained) if kept else gained)

        asyncio.run(_think(made, missing, scenario, effort, keep))
    turns = scenario.turns * len(tables)
    return rate(names, [duplicates(names, seed, found, scenario.turns) for seed in seeds], turns)


def _journal(folder: Path, scenario: Scenario, told: object) -> Journal[Table, Gained]:
    """Where the outcomes of tables are kept; of what models are told only a digest is, since it may hold secrets."""
    engine = fingerprint(told)

    def about(table: Table) -> object:
        by_rules = set(known()).issuperset(table.seats)
        return {"table": table, "scenario": scenario, "engine": None if by_rules else engine}

    return Journal(folder, "arena", tuple[int, ...], about)


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
    effort: Effort,
    take: Callable[[Table, Gained], object],
) -> None:
    """Play the woods in which models sit, so many at once that their calls come in big batches."""
    room = asyncio.Semaphore(effort.woods)

    def awake(table: Table, *, woken: bool) -> Awake:
        return Awake(_council(minds, table, deadline=effort.deadline), woken=woken, tell=effort.tell)

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
