"""A turn as a pure function of what is stored: what may be done in a thread, or in a process of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.readers import turn_row
from data.seals import check_seal
from inference.asking import may_tell
from inference.council import CouncilResult, InstantCouncil
from wood.chronicle import Turn
from wood.moves import Intervention
from wood.names import Creature
from wood.observe import View, observe
from wood.orders import Decision
from wood.rules import Rules
from wood.trace import Trace
from wood.turn import Morning, close_turn, open_turn
from wood.world import World


@dataclass(frozen=True, slots=True)
class Job:
    """What a turn is played from.

    Attributes:
        wood: the wood's id.
        seed: its seed.
        world: the world before the turn.
        actions: what waits for it.
        lately: the last turns as they are stored, oldest first.
    """

    wood: int
    seed: int
    world: World
    actions: tuple[Intervention, ...]
    lately: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A turn before its minds are asked, and what they see."""

    morning: Morning
    views: Mapping[Creature, View]


@dataclass(frozen=True, slots=True)
class Played:
    """A turn that is over: the world that it left, its record, what was decided, and what may be told of thoughts."""

    world: World
    turn: Turn
    decisions: Mapping[Creature, Decision | None]
    traces: Sequence[Trace]
    thoughts: Mapping[Creature, str]


def begin(rules: Rules, job: Job) -> Opened:
    """Open a turn.

    Raises:
        StoreDamagedError: the world is not the one that its last turn left.
        StoreOutdatedError: one of the last turns is not understood by this program.
        StoreDamagedError: the world is not the one that the last of them left.
    """
    lately = [turn_row(row) for row in job.lately]
    check_seal(job.world, lately)
    morning = open_turn(rules, job.world, job.actions)
    return Opened(morning, observe(rules, morning.world, [row.turn for row in lately]))


def end(rules: Rules, opened: Opened, counsel: CouncilResult) -> Played:
    """Close a turn with what its minds decided."""
    world, turn = close_turn(rules, opened.morning, counsel.decisions)
    aliases = [patron.alias for patron in opened.morning.world.patrons.values()]
    thoughts = {
        who: decision.thought
        for who, decision in counsel.decisions.items()
        if decision is not None and may_tell(decision.thought, opened.views[who], aliases)
    }
    return Played(world, turn, dict(counsel.decisions), counsel.traces, thoughts)


def play(rules: Rules, job: Job, minds: InstantCouncil) -> Played:
    """Take a whole turn, with minds that answer at once.

    Raises:
        StoreOutdatedError: as of :func:`begin`.
    """
    opened = begin(rules, job)
    return end(rules, opened, minds.decide_now(str(job.wood), job.seed, opened.views, rules))
