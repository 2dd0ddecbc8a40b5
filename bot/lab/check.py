"""Tries a mind with real prompts, and measures what comes back; :mod:`bot.lab.advice` says what to change."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from bot.lab.calls import Calls
from bot.lab.engines import Awake, EngineError
from bot.lab.scenario import Scenario, reference
from data.content import default_rules
from inference.council import Council
from inference.protocol import Engine, Mind
from wood.chronicle import Turn
from wood.founding import found_world
from wood.names import CREATURES
from wood.observe import observe
from wood.rules import Rules
from wood.turn import close_turn, open_turn
from wood.world import World

SEED: Final = 7
"""The seed of the wood that the prompts are about, where none is given."""
TURN: Final = 7
"""The reference run's turn whose prompts are tried first: there is news, a drought, and a queue before Oona's oak."""
LEAST_PATIENCE: Final = 120.0
"""Seconds that a mind has here at least, however short its deadline: how late it would be is worth knowing."""
_FIGURES: Final = (
    *("valid", "repaired", "unread_by_reason", "repairs", "dropped_by_reason", "silenced_by_reason", "parroted"),
    *("role_violations", "orders_a_call", "never_trade_by_reason", "tokens_in", "tokens_out", "cached", "latency"),
)
"""Figures of calls that five of them can tell."""


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
        seed: of the wood that the prompts were about.
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
    seed: int = SEED

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
            "seed": self.seed,
            "answered": self.calls.calls - self.calls.unread.total(),
            "why_not": list(self.whys),
            "calls": {name: figure for name, figure in self.calls.to_json().items() if name in _FIGURES},
        }


def _short(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


async def check(
    mind: Mind,
    deadline: float,
    *,
    wait: float,
    seed: int = SEED,
    tell: Callable[[str], object] = lambda words: None,
) -> Checked:
    """Try one mind, twice with five prompts; the first five also load whatever is loaded when first used.

    The prompts are those of two turns of a wood in which something happens. Habit alone plays it up to them.

    Args:
        mind: which; it is closed.
        deadline: seconds that a turn has by the settings.
        wait: seconds that its engine may stay away without being built.
        seed: of the wood; another one gives other prompts, of which no cache holds what a turn tells.
        tell: is given words about what is waited for.
    """
    rules, scenario = default_rules(), reference()
    council = Council(dict.fromkeys(CREATURES, mind), rules, deadline=max(deadline, LEAST_PATIENCE))
    awake = Awake(council, patience=wait, tell=tell)
    began = time.monotonic()
    try:
        try:
            await awake.wake()
        except EngineError as error:
            return Checked(mind.name, str(error), deadline=deadline, seed=seed)
        ready_after = time.monotonic() - began if isinstance(mind, Engine) else 0.0
        world, turns = _before(rules, scenario, seed)
        took: list[float] = []
        for number in (TURN, TURN + 1):
            morning = open_turn(rules, world, scenario.at(number))
            views = observe(rules, morning.world, turns)
            tell(f"{mind.name}: asking")
            asked = time.monotonic()
            result = await council.decide("check", seed, views)
            took.append(time.monotonic() - asked)
            world, turn = close_turn(rules, morning, result.decisions)
            turns.append(turn)
            if all(trace.response is None for trace in result.traces):
                break  # what does not answer at all will not do so a second later
    finally:
        await council.close()
    if not result.traces:
        return Checked(mind.name, ready_after=ready_after, deadline=deadline, silent=True, seed=seed)
    calls = Calls()
    calls.take(rules, views, result, turn)
    whys = tuple(dict.fromkeys(trace.why for trace in result.traces if trace.why))
    return Checked(
        mind.name,
        "",
        ready_after,
        took[0],
        took[1] if len(took) > 1 else None,
        deadline,
        calls,
        whys,
        seed=seed,
    )


def _before(rules: Rules, scenario: Scenario, seed: int) -> tuple[World, list[Turn]]:
    """The wood before the turns that are asked about, and its turns so far."""
    world, turns = found_world(rules, seed), []
    for number in range(1, TURN):
        world, turn = close_turn(rules, open_turn(rules, world, scenario.at(number)), {})
        turns.append(turn)
    return world, turns
