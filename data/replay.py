"""Recomputing a wood from its log: the proof that the stored inputs are the wood's whole history."""

import logging
from typing import NamedTuple

from data.content import ContentError, rules_from_document
from data.log import Log, LoggedTurn, founding_hash
from wood.chronicle import digest_of
from wood.founding import found_world
from wood.rules import Rules
from wood.turn import step
from wood.world import World

log = logging.getLogger(__name__)


class Verdict(NamedTuple):
    """What a replay found.

    Attributes:
        turns: turns the log says it has.
        agrees: whether every hash was found again.
        first_difference: the first turn that differs; 0 when it is the founding itself, None when all agree.
    """

    turns: int
    agrees: bool
    first_difference: int | None


def replay(history: Log) -> Verdict:
    """Play a log again from its seed and compare every hash; stops at the first that differs."""
    difference = _first_difference(history)
    return Verdict(history.length, difference is None, difference)


def _first_difference(history: Log) -> int | None:
    contents = {digest: document for digest, document in history.contents.items() if digest_of(document) == digest}
    try:
        known = {digest: rules_from_document(document) for digest, document in contents.items()}
    except ContentError as error:
        log.warning("the log's content cannot be used: %s", error)
        return 0
    if history.content not in known:
        return 0
    world = found_world(known[history.content], history.seed)
    if founding_hash(world) != history.founding:
        return 0
    for logged in history.turns:
        after = _play(known, world, logged)
        if after is None:
            return logged.number
        world = after
    return world.turn + 1 if world.turn < history.length else None


def _play(known: dict[str, Rules], world: World, logged: LoggedTurn) -> World | None:
    """The world after a logged turn, or None where it differs from what was logged."""
    if logged.damage or logged.content not in known:
        log.warning("turn %d: %s", logged.number, logged.damage or "it ran on content that the log does not hold")
        return None
    try:
        after, turn = step(known[logged.content], world, logged.decisions, logged.interventions)
    except Exception:  # a forged log may hold what no reader of replies ever lets through
        log.warning("turn %d cannot be played", logged.number, exc_info=True)
        return None
    return after if turn.hash == logged.hash else None
