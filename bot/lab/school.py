"""What a pupil learns from, and whether it may take its teacher's seat.

A lesson is a call whose decision was judged (:mod:`bot.lab.judgement`): alone, with habit for all other creatures, so
that what it won is its own. A pupil is seated if nothing that is measured of it is worse than of the bare model by more
than noise (:mod:`bot.lab.paper.gate`), and its judgement is no lower.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import fmean
from typing import Any, Final

from bot.keeping.minds import Minds
from bot.lab.judgement import judge
from bot.lab.paper.gate import FALSE_ALARMS, Compared, gate
from bot.lab.paper.measures import MEASURES
from bot.lab.paper.runs import Run, values_of
from bot.lab.paper.settings import Setting
from bot.lab.paper.statistics import least_p
from bot.lab.replies import Writer
from bot.lab.simulate import log_of, play
from data.content import default_rules
from data.editions import rules_of
from data.log import Log
from wood.founding import found_world
from wood.names import CREATURES
from wood.observe import observe
from wood.trace import Trace
from wood.turn import close_turn, open_turn

JUDGEMENT = "judgement"
"""The measure that a pupil must not lose in."""
FEWEST: Final = next(seeds for seeds in count(2) if least_p(seeds) * len(MEASURES) <= FALSE_ALARMS)
"""Seeds of an examination below which no measure could tell anything."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A call to learn from, and what its decision won over habit: gains from trade in pebbles' worth."""

    trace: Trace
    won: int


class StrayLogError(ValueError):
    """A log does not lead where it says; nothing can be judged by it."""


def teachable(trace: Trace) -> bool:
    """Whether a reply may be copied: it fits its schema, and everything in it could be done."""
    return trace.valid and not trace.drops and bool(trace.user) and trace.response is not None


def graded(log: Log, traces: Iterable[Trace]) -> Iterator[Lesson]:
    """Play a wood again from its log and judge each decision whose call may be copied.

    Args:
        log: the wood's.
        traces: its calls; those that are missing are not judged.

    Raises:
        ContentError: this program cannot use its content.
        StrayLogError: a turn comes out otherwise than it was recorded, as under older rules.
    """
    calls = {(trace.turn, trace.creature): trace for trace in traces if teachable(trace)}
    contents = {digest: rules_of(document) for digest, document in log.contents.items()}
    world = found_world(contents[log.content], log.seed)
    for logged in log.turns:
        rules = contents[logged.content]
        morning = open_turn(rules, world, logged.interventions)
        views = observe(rules, morning.world)
        for creature, decision in logged.decisions.items():
            call = calls.get((logged.number, creature))
            if call is not None and decision is not None:
                yield Lesson(call, judge(rules, morning.world, views, {creature: decision}).alone)
        world, turn = close_turn(rules, morning, logged.decisions)
        if turn.hash != logged.hash:
            raise StrayLogError(f"turn {logged.number} comes out otherwise than its log says")


async def attend(minds: Minds, seed: int, write: Writer | None = None, *, setting: Setting) -> list[Lesson]:
    """Let a teacher play one seed, and judge all that it did."""
    rules = default_rules()
    played = await play(rules, setting.scenario(rules, seed), seed, minds, hand_on=write)
    return list(graded(log_of(played), played.traces))


def best(lessons: Iterable[Lesson], most: int) -> list[Lesson]:
    """The lessons that won most, of each creature its share at most; none that won nothing.

    Args:
        lessons: all there are.
        most: how many are wanted.
    """
    ranked = sorted(
        (lesson for lesson in lessons if lesson.won > 0),
        key=lambda each: (-each.won, each.trace.wood, each.trace.turn, each.trace.creature),
    )
    seats = {creature: [each for each in ranked if each.trace.creature is creature] for creature in CREATURES}
    return [lesson for some in seats.values() for lesson in some[: most // len(CREATURES)]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of a pupil.

    Attributes:
        compared: every measure, of the bare model and of the pupil on the same seeds.
        before: the bare model's judgement, the mean over seeds; None where no seed shows one.
        after: the pupil's.
    """

    compared: Compared
    before: float | None
    after: float | None

    @property
    def worse(self) -> list[str]:
        """The measures in which the pupil is worse by more than noise."""
        return [shift.measure.key for shift in self.compared.moved if shift.worse]

    @property
    def seated(self) -> bool:
        """Whether it may sit."""
        return not self.worse and self.before is not None and self.after is not None and self.after >= self.before

    def to_json(self) -> dict[str, Any]:
        """The verdict as a plain JSON object."""
        shifts = [shift.to_json() for shift in self.compared.shifts]
        found = {"seated": self.seated, "worse": self.worse, "judgement": [self.before, self.after]}
        return {**found, "left_out": self.compared.left_out, "shifts": shifts}


def examine(before: Sequence[Run], after: Sequence[Run]) -> Verdict:
    """Compare a pupil's runs with those of the bare model on the same seeds.

    Raises:
        GateError: they cannot be compared, mostly because there are too few seeds.
    """
    return Verdict(gate(before, after), _judged(before), _judged(after))


def _judged(runs: Sequence[Run]) -> float | None:
    places = {(run.scenario, run.mind) for run in runs}
    values = [value for place in sorted(places) for value in values_of(runs, *place, JUDGEMENT).values()]
    return fmean(values) if values else None
