"""A turn as a pure function of what is stored: what may be done in a thread, or in a process of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.kept import KeptTurn, kept
from data.readers import StoredWorld, turn_row
from data.rows import Moment, Reminder
from data.seals import check_seal
from inference.asking import may_tell
from inference.council import CouncilResult, InstantCouncil
from wood.chronicle import Turn
from wood.moves import Intervention
from wood.names import Creature, patron_account
from wood.observe import View, observe
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
        stored: the world before the turn.
        actions: what waits for it.
        lately: the last turns as they are stored, oldest first.
    """

    wood: int
    seed: int
    stored: StoredWorld
    actions: tuple[Intervention, ...]
    lately: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A turn before its minds are asked: what they see, and the legend told last before it with its turn."""

    morning: Morning
    views: Mapping[Creature, View]
    told: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Played:
    """A turn that is over.

    Attributes:
        turn: its record.
        kept: its documents.
        traces: the calls to the minds.
        thoughts: what may be told of thoughts.
        told: the legend told last before it, with its turn.
        due: the loans of patrons that fall due in the next.
    """

    turn: Turn
    kept: KeptTurn
    traces: Sequence[Trace]
    thoughts: Mapping[Creature, str]
    told: tuple[str, int] | None
    due: tuple[Moment, ...]


def begin(rules: Rules, job: Job) -> Opened:
    """Open a turn.

    Raises:
        StoreDamagedError: the world is not the one that its last turn left.
        StoreOutdatedError: the world, or one of the last turns, is not understood by this program.
    """
    world = job.stored.read()
    lately = [turn_row(row) for row in job.lately]
    check_seal(world, lately)
    morning = open_turn(rules, world, job.actions)
    return Opened(morning, observe(rules, morning.world, [row.turn for row in lately]), world.told)


def end(rules: Rules, opened: Opened, counsel: CouncilResult) -> Played:
    """Close a turn with what its minds decided."""
    world, turn = close_turn(rules, opened.morning, counsel.decisions)
    aliases = [patron.alias for patron in opened.morning.world.patrons.values()]
    thoughts = {
        who: decision.thought
        for who, decision in counsel.decisions.items()
        if decision is not None and may_tell(decision.thought, opened.views[who], aliases)
    }
    documents = kept(world, turn, dict(counsel.decisions), counsel.traces)
    return Played(turn, documents, counsel.traces, thoughts, opened.told, tuple(loans_due(world)))


def play(rules: Rules, job: Job, minds: InstantCouncil) -> Played:
    """Take a whole turn, with minds that answer at once.

    Raises:
        StoreOutdatedError: as of :func:`begin`.
    """
    opened = begin(rules, job)
    return end(rules, opened, minds.decide_now(str(job.wood), job.seed, opened.views, rules))


def loans_due(world: World) -> Iterator[Moment]:
    """The loans of patrons that fall due in a world's next turn, one moment a lender."""
    lenders = {patron_account(key): key for key in world.patrons}
    owed: dict[str, list[tuple[str, int]]] = {}
    for loan in world.loans:
        if loan.due == world.turn + 1 and loan.lender in lenders:
            owed.setdefault(lenders[loan.lender], []).append((loan.borrower.value, loan.owed))
    for key, loans in owed.items():
        facts: dict[str, int | str] = {"creature": loans[0][0], "pebbles": sum(each for _, each in loans)}
        yield Moment(Reminder.LOAN, world.turn + 1, key, facts if len(loans) == 1 else facts | {"creature": ""})
