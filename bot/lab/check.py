"""Tries a mind with five real prompts, and measures what comes back; :mod:`bot.lab.advice` says what to change."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.lab.calls import Calls
from bot.lab.engines import Awake, EngineError
from bot.lab.scenario import reference
from data.content import default_rules
from inference.council import Council, CouncilResult
from inference.protocol import Engine, Mind
from wood.founding import found_world
from wood.names import CREATURES, Creature
from wood.observe import View, observe
from wood.rules import Rules
from wood.turn import close_turn, open_turn

SEED: Final = 7
TURN: Final = 7
"""The reference run's turn whose prompts are tried first: there is news, a drought, and a queue before Oona's oak."""
LEAST_PATIENCE: Final = 120.0
"""Seconds that a mind has here at least, however short its deadline: how late it would be is worth knowing."""
_FIGURES: Final = (
    *("valid", "repaired", "unread_by_reason", "repairs", "dropped_by_reason", "role_violations", "orders_a_call"),
    *("tokens_in", "tokens_out", "cached", "latency"),
)
"""Figures of calls that can be told without a market."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one mind.

    Attributes:
        name: the mind.
        problem: why it could not be asked at all; "" when it was.
        ready_after: seconds until it was ready to answer; None when it never was.
        first: how long its first five prompts took, together, seconds.
        turn: how long the next five took: what a turn takes; None when they were not asked.
        deadline: seconds that a turn has by the settings.
        calls: what the last five calls were worth.
        whys: why replies could not be read, in the engine's words, each once.
        silent: whether it is one that never answers, which is no fault of it.
    """

    name: str
    problem: str = ""
    ready_after: float | None = None
    first: float | None = None
    turn: float | None = None
    deadline: float = 0.0
    calls: Calls = field(default_factory=Calls)
    whys: tuple[str, ...] = ()
    silent: bool = False

    @property
    def in_time(self) -> bool:
        """Whether a turn fits into the deadline."""
        return self.turn is not None and self.turn <= self.deadline

    @property
    def works(self) -> bool:
        """Whether all five prompts were answered, in time, with something that can be read; or it is to be silent."""
        return self.silent or (self.calls.calls == len(CREATURES) and not self.calls.unread and self.in_time)

    def to_json(self) -> dict[str, Any]:
        """The figures as one plain JSON object, without the advice."""
        return {
            "works": self.works,
            "problem": self.problem,
            "ready_after": _short(self.ready_after),
            "first_five": _short(self.first),
            "five": _short(self.turn),
            "deadline": self.deadline,
            "answered": self.calls.calls - self.calls.unread.total(),
            "why_not": list(self.whys),
            "calls": {name: figure for name, figure in self.calls.to_json().items() if name in _FIGURES},
        }


def _short(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


async def check(
    mind: Mind, deadline: float, *, wait: float, tell: Callable[[str], object] = lambda words: None
) -> Checked:
    """Try one mind, twice with five prompts; the first five also load whatever is loaded when first used.

    Args:
        mind: which; it is closed.
        deadline: seconds that a turn has by the settings.
        wait: seconds that its engine may stay away without being built.
        tell: is given words about what is waited for.
    """
    rules = default_rules()
    council = Council(dict.fromkeys(CREATURES, mind), rules, deadline=max(deadline, LEAST_PATIENCE))
    awake = Awake(council, patience=wait, tell=tell)
    began = time.monotonic()
    try:
        try:
            await awake.wake()
        except EngineError as error:
            return Checked(mind.name, str(error), deadline=deadline)
        ready_after = time.monotonic() - began if isinstance(mind, Engine) else 0.0
        took: list[float] = []
        results: list[CouncilResult] = []
        for views in prompts(rules):
            tell(f"{mind.name}: asking")
            asked = time.monotonic()
            results.append(await council.decide("check", SEED, views))
            took.append(time.monotonic() - asked)
            if all(trace.response is None for trace in results[-1].traces):
                break  # what does not answer at all will not do so a second later
    finally:
        await council.close()
    if not results[-1].traces:
        return Checked(mind.name, ready_after=ready_after, deadline=deadline, silent=True)
    calls = Calls()
    for trace in results[-1].traces:
        calls.read(trace)
    calls.orders = sum(len(decision.orders) for decision in results[-1].decisions.values() if decision)
    whys = tuple(dict.fromkeys(trace.why for trace in results[-1].traces if trace.why))
    turn = took[1] if len(took) > 1 else None
    return Checked(mind.name, "", ready_after, took[0], turn, deadline, calls, whys)


def prompts(rules: Rules) -> Iterator[Mapping[Creature, View]]:
    """The views of two turns of the reference run, played by habit alone."""
    scenario = reference()
    world = found_world(rules, SEED)
    for number in range(1, TURN + 2):
        morning = open_turn(rules, world, scenario.at(number))
        if number >= TURN:
            yield observe(rules, morning.world)
        world, _ = close_turn(rules, morning, {})
