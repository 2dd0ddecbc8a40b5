"""Extras: a legend strikes in public. When one is worth a post of its own, and what that post is made from. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wood.chronicle import EventKind, Turn
from wood.names import GOODS, Good
from wood.rules import Legend, Rules, Shock

MOST_EVERY: Final = 4
"""A wood has an extra at most every so many turns; what comes sooner is the board's to show."""
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])\s*")
_OPENING: Final = (90, 320)
"""Characters from which a tale's opening is enough, and which it never passes."""


@dataclass(frozen=True, slots=True)
class Strike:
    """A legend that is told in a turn, or comes to a later phase that has words.

    Attributes:
        legend: which; never a plain shock.
        since: the turn in which it was told.
        told: whether that is this very turn.
        phases: those of its shocks that start in this turn and have words.
    """

    legend: Legend
    since: int
    told: bool
    phases: tuple[Shock, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """How a legend's good moved in a turn, in hundredths of a pebble.

    Attributes:
        good: which.
        before: its price when the turn began.
        decreed: what the legend itself made of it; ``before`` where it decreed nothing.
        after: what the creatures made of that in the same turn.
    """

    good: Good
    before: int
    decreed: int
    after: int


@dataclass(frozen=True, slots=True)
class ExtraCard:
    """All that an extra shows.

    Attributes:
        rules: the content.
        strike: the legend, and what of it began.
        turn: in which turn.
        tellers: the keys of those who gave it breath; empty where it told itself.
        moves: what it moved, its own good first.
        names: patron key -> what the patron is called (never a mention).
    """

    rules: Rules
    strike: Strike
    turn: Turn
    tellers: Sequence[str]
    moves: Sequence[Move]
    names: Mapping[str, str]


def strikes(rules: Rules, turn: Turn, told: Iterable[tuple[int, str]]) -> tuple[Strike, ...]:
    """The legends that strike in a turn: those told in it first, then the later phases of older ones.

    Args:
        rules: the content.
        turn: the turn's record.
        told: the legends of all turns, with the turn of each, newest first.
    """
    fresh = dict.fromkeys(event.subject for event in turn.events if event.kind is EventKind.LEGEND)
    since = [*((turn.number, slug) for slug in fresh), *((at, slug) for at, slug in told if at < turn.number)]
    known = [(at, legend) for at, slug in since if (legend := rules.legends.get(slug)) and legend.in_deck]
    found = (Strike(legend, at, at == turn.number, _phases(legend, turn.number - at)) for at, legend in known)
    return tuple(strike for strike in found if strike.told or strike.phases)


def _phases(legend: Legend, age: int) -> tuple[Shock, ...]:
    return tuple(shock for shock in legend.shocks if shock.delay == age and shock.text)


def extra_card(
    rules: Rules, strike: Strike, turn: Turn, eve: Turn | None, began: Turn, names: Mapping[str, str]
) -> ExtraCard:
    """Make the card of an extra.

    Args:
        rules: the content.
        strike: what struck.
        turn: when.
        eve: the turn before it; None before the first.
        began: the turn in which the legend was told.
        names: patron key -> name as shown.
    """
    told = (event for event in began.events if event.kind is EventKind.LEGEND and event.subject == strike.legend.slug)
    tellers = next((event.data["patrons"] for event in told if event.data), ())
    return ExtraCard(rules, strike, turn, tuple(map(str, tellers)), _moves(rules, strike.legend, turn, eve), names)


def _moves(rules: Rules, legend: Legend, turn: Turn, eve: Turn | None) -> tuple[Move, ...]:
    """How the legend's good moved, and every other good of it that was decreed upon."""
    decreed: dict[Good, int] = {}
    for event in turn.events:
        if event.kind is EventKind.DECREE and event.data:
            good = Good(event.data["good"])
            decreed[good] = decreed.get(good, 0) + event.data["after"] - event.data["before"]
    touched = {shock.good for shock in legend.shocks}
    goods = [legend.good, *(good for good in GOODS if good != legend.good and good in decreed and good in touched)]
    before = {good: eve.references[good] if eve else rules.goods[good].start for good in goods}
    return tuple(Move(good, before[good], before[good] + decreed.get(good, 0), turn.references[good]) for good in goods)


def opening(tale: str) -> str:
    """The first sentences of a tale: enough to want the rest, and short enough for a phone."""
    enough, most = _OPENING
    told = ""
    for sentence in _SENTENCE.split(" ".join(tale.split())):
        longer = f"{told} {sentence}".strip()
        if told and len(longer) > most:
            break
        told = longer
        if len(told) >= enough:
            break
    return told if len(told) <= most else told[: most - 1].rstrip() + "…"
