"""Recomputing a wood from its log: the proof that the stored inputs are the wood's whole history."""

import logging
from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from data.content import ContentError
from data.editions import rules_of
from data.log import Log, LoggedTurn, founding_hash
from data.upcasts import HASHES
from wood.chronicle import Turn, digest_of
from wood.founding import found_world
from wood.rules import Rules
from wood.turn import step
from wood.version import RULES
from wood.world import World

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """The three ways in which a replay can end."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    OTHER_RULES = "other-rules"


class Why(StrEnum):
    """Why turns cannot be recomputed by this program, although nothing is wrong with their lines."""

    RULES = "rules"
    HASHES = "hashes"
    CONTENT = "content"
    INPUTS = "inputs"
    NO_WORLD = "no-world"


class Stretch(NamedTuple):
    """Turns that were not recomputed.

    Attributes:
        first: the first of them; 0 is the founding.
        last: the last of them.
        rules: the version of the rules they were played by.
        hashes: the form of their hashes.
        why: what this program lacks for them. ``no-world``: they follow turns of another kind, and the log does not
            hold the world that they went on from.
    """

    first: int
    last: int
    rules: int
    hashes: int
    why: Why


class Verdict(NamedTuple):
    """What a replay found.

    Attributes:
        outcome: what it comes to. ``other-rules``: some turns were played by rules, hashes or content that this program
            has not; all that it could check of the log agrees.
        turns: turns the log says it has.
        first_difference: the first turn that differs; 0 when it is the founding itself, None when none does.
        recomputed: turns played again whose hash was found again.
        others: the turns that could not be; of those, what was checked are the lines (each as it was written, in its
            place, and on content that the log holds whole).
    """

    outcome: Outcome
    turns: int
    first_difference: int | None = None
    recomputed: int = 0
    others: tuple[Stretch, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether every turn was recomputed and every hash found again."""
        return self.outcome is Outcome.AGREES

    def to_json(self) -> dict[str, Any]:
        """The verdict as plain values, with the rules and hashes of this program."""
        return {
            "verdict": self.outcome.value,
            "agrees": self.agrees,
            "turns": self.turns,
            "first_difference": self.first_difference,
            "recomputed": self.recomputed,
            "rules": RULES,
            "hashes": HASHES,
            "others": [{**each._asdict(), "why": each.why.value} for each in self.others],
        }


def replay(history: Log, see: Callable[[Turn], None] | None = None) -> Verdict:
    """Play a log again from its seed and compare every hash; stops at the first that differs.

    Turns that this program cannot play are passed by: their lines are checked, and the replay goes on from the next
    world that the log holds.

    Args:
        history: the log.
        see: is shown every turn that was recomputed.
    """
    walk = _Walk(history, see)
    difference = walk.first_difference()
    outcome = Outcome.OTHER_RULES if walk.others else Outcome.AGREES
    if difference is not None:
        outcome = Outcome.DISAGREES
    return Verdict(outcome, history.length, difference, walk.recomputed, tuple(walk.others))


class _Walk:
    """A way through a log, turn by turn."""

    def __init__(self, history: Log, see: Callable[[Turn], None] | None) -> None:
        self._history = history
        self._see = see
        self._held = {digest for digest, document in history.contents.items() if digest_of(document) == digest}
        self._rules: dict[str, Rules] = {}
        for digest in sorted(self._held):
            try:
                self._rules[digest] = rules_of(history.contents[digest])
            except ContentError as error:
                log.warning("content %s cannot be used: %s", digest[:12], error)
        self._world: World | None = None
        self._hash = ""
        self.recomputed = 0
        self.others: list[Stretch] = []

    def first_difference(self) -> int | None:
        """Walk to the end, or to the first turn that differs."""
        if not self._found():
            return 0
        for logged in self._history.turns:
            if not self._sound(logged) or not self._take(logged):
                return logged.number
            self._hash = logged.hash
        stands = len(self._history.turns)
        return stands + 1 if stands < self._history.length else None

    def _found(self) -> bool:
        history = self._history
        if history.content not in self._held:
            return False
        why = self._lacking(history.rules, history.hashes, history.content)
        if why is not None:
            self._pass_by(0, history.rules, history.hashes, why)
            return True
        self._world = found_world(self._rules[history.content], history.seed)
        return founding_hash(self._world) == history.founding

    def _lacking(self, rules: int, hashes: int, content: str) -> Why | None:
        """What this program lacks to recompute a turn, if anything."""
        if rules != RULES:
            return Why.RULES
        if hashes != HASHES:
            return Why.HASHES
        return None if content in self._rules else Why.CONTENT

    def _sound(self, logged: LoggedTurn) -> bool:
        """Whether a line is as it was written, in its place, on content that the log holds."""
        if logged.damage or logged.content not in self._held:
            log.warning("turn %d: %s", logged.number, logged.damage or "it ran on content that the log does not hold")
            return False
        return True

    def _take(self, logged: LoggedTurn) -> bool:
        """Go one turn on; says whether nothing differs."""
        if logged.world is not None and not self._go_on_from(logged.world):
            log.warning("turn %d: it goes on from a world that is not the one before it", logged.number)
            return False
        why = self._lacking(logged.rules, logged.hashes, logged.content)
        if why is None and logged.foreign:
            why = Why.INPUTS
        if why is None and self._world is None:
            why = Why.NO_WORLD
        if why is not None or self._world is None:
            self._pass_by(logged.number, logged.rules, logged.hashes, why or Why.NO_WORLD)
            return True
        return self._play(self._world, logged)

    def _go_on_from(self, world: World) -> bool:
        """Take up the world at a seam; says whether it is the one that the turn before it left."""
        same = world.chain == self._hash and (self._world is None or world == self._world)
        self._world = world
        return same

    def _play(self, world: World, logged: LoggedTurn) -> bool:
        """Play a turn again; says whether its hash is found again."""
        try:
            self._world, turn = step(self._rules[logged.content], world, logged.decisions, logged.interventions)
        except Exception:  # a forged log may hold what no reader of replies ever lets through
            log.warning("turn %d cannot be played", logged.number, exc_info=True)
            return False
        if self._see is not None:
            self._see(turn)
        agrees = turn.hash == logged.hash
        self.recomputed += agrees
        return agrees

    def _pass_by(self, number: int, rules: int, hashes: int, why: Why) -> None:
        self._world = None
        last = self.others[-1] if self.others else None
        if last is not None and last[1:] == (number - 1, rules, hashes, why):
            self.others[-1] = last._replace(last=number)
        else:
            self.others.append(Stretch(number, number, rules, hashes, why))
