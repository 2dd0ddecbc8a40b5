"""A year's turning points: what moved prices most and why, legends, verdicts, ruin, and the coldest night."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import log
from typing import Final

from bot.telling.catalog import Words
from bot.telling.events import event_line
from bot.telling.phrases import capital, does, legend_of, percent, price, public, who
from bot.telling.year import YearCard
from wood.chronicle import Event, EventKind, Turn
from wood.names import CREATURES, GOODS, Creature, Good
from wood.rules import Legend

WITHIN: Final = 5
"""Turns within which a price moves at once, and a legend shows what it does."""
_WEIGHTS: Final = {"exiled": 88, "frozen": 78, "fined": 70, "acquitted": 34}
_EVENTS: Final = {EventKind.RUINED: 72, EventKind.CORNER_BROKEN: 64, EventKind.DEFAULT: 44}
_COLD: Final = 52
_HUNGRY: Final = 40
_HUNGRY_LEAST: Final = 3
"""Empty tables in a year from which on they are worth telling."""
_LEAD: Final = 38
_LEGEND, _SHOCK = 42, 30
_MOVE: Final = 92
_FASHION: Final = 18


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """Something that a year is remembered by: when, how much it matters, and one sentence in plain text."""

    turn: Turn
    weight: int
    line: str


def turning_points(words: Words, card: YearCard) -> list[TurningPoint]:
    """All turning points of a year, the weightiest first.

    Args:
        words: the language.
        card: the year.
    """
    moves = [move for sign in (1, -1) if (move := _greatest(card, sign)) is not None]
    causes = {id(move): _cause(card, move) for move in moves}
    told = {cause.subject for cause in causes.values() if cause is not None and cause.kind is not EventKind.RUMOR}
    found = [
        *(_moved(words, card, move, causes[id(move)]) for move in moves),
        *_legends(words, card, told),
        *_lines(words, card),
        *_cold(words, card),
        *_hungry(words, card),
        *_lead(words, card),
    ]
    return sorted(found, key=lambda point: (-point.weight, point.turn.number))


# Prices


@dataclass(frozen=True, slots=True)
class _Move:
    """A good's price from the end of one turn to that of another; both are places among the year's turns."""

    good: Good
    first: int
    last: int
    before: int
    after: int


def _greatest(card: YearCard, sign: int) -> _Move | None:
    """The greatest move of any price within a few turns, up (1) or down (-1), the shortest of equals."""
    best, most = None, 0.0
    for good in GOODS:
        course = [turn.references[good] for turn in card.turns]
        for last in range(1, len(course)):
            for first in range(last - 1, max(-1, last - WITHIN - 1), -1):
                stride = sign * log(course[last] / course[first])
                if stride > most + 1e-9:
                    best, most = _Move(good, first, last, course[first], course[last]), stride
    return best


def _cause(card: YearCard, move: _Move) -> Event | None:
    """What struck a good while it moved: a legend or a shock that goes its way, else a patron's rumor that did."""
    sign = 1 if move.after > move.before else -1
    during = card.turns[move.first + 1 : move.last + 1]
    decrees = [event.data or {} for _, event in public(during, EventKind.DECREE)]
    decreed = any(
        data["good"] == move.good and sign * (int(data["after"]) - int(data["before"])) > 0 for data in decrees
    )
    for _, event in public(during, EventKind.LEGEND, EventKind.SHOCK):
        legend = legend_of(card.rules, event)
        if legend is not None and move.good in _goods(legend) and (decreed or legend.direction == sign):
            return event
    for _, event in public(during, EventKind.RUMOR):
        data = event.data or {}
        if event.subject and data.get("about") == move.good and int(data.get("leaning") or 0) == sign:
            return event
    return None


def _goods(legend: Legend) -> set[Good]:
    return {legend.good, *(shock.good for shock in legend.shocks if shock.good is not None)}


def _moved(words: Words, card: YearCard, move: _Move, cause: Event | None) -> TurningPoint:
    change = percent(move.before, move.after)
    kind, name = "none", ""
    if cause is not None and cause.kind is EventKind.RUMOR:
        kind, name = "rumor", who(words, card.rules, card.names, cause.subject)
    elif cause is not None and (legend := legend_of(card.rules, cause)) is not None:
        kind, name = "legend", legend.title
    line = words(
        "saga-move",
        moves=does(words, move.good, change),
        turns=move.last - move.first,
        before=price(words, move.before),
        after=price(words, move.after),
        cause=kind,
        name=name,
    )
    return TurningPoint(card.turns[move.last], _MOVE, capital(line))


# Legends, the court, purses and hearths


def _legends(words: Words, card: YearCard, told: Collection[str]) -> Iterator[TurningPoint]:
    places = {turn.number: at for at, turn in enumerate(card.turns)}
    for turn, event in public(card.turns, EventKind.LEGEND):
        legend = legend_of(card.rules, event)
        if legend is None or event.subject in told:
            continue
        at = places[turn.number]
        after = card.turns[min(at + WITHIN - 1, len(card.turns) - 1)].references[legend.good]
        change = percent(card.turns[max(0, at - 1)].references[legend.good], after)
        moves = does(words, legend.good, change)
        tellers = [who(words, card.rules, card.names, str(key)) for key in (event.data or {}).get("patrons") or ()]
        if tellers:
            line = words(
                "saga-legend",
                tellers=words.listed(tellers),
                count=len(tellers),
                title=legend.title,
                moves=moves,
                turns=WITHIN,
            )
        else:
            line = words("saga-shock", title=legend.title, moves=moves, turns=WITHIN)
        weight = _LEGEND if legend.history else _SHOCK
        yield TurningPoint(turn, weight + min(36, abs(change) // 2), line)


def _lines(words: Words, card: YearCard) -> Iterator[TurningPoint]:
    """What the sentences of events tell as they are."""
    for turn, event in public(card.turns, EventKind.VERDICT, EventKind.FASHION, *_EVENTS):
        line = event_line(words, event, card.rules, card.names)
        if line is None:
            continue
        if event.kind is EventKind.VERDICT:
            weight = _WEIGHTS.get(str((event.data or {}).get("verdict")), _WEIGHTS["fined"])
        else:
            weight = _EVENTS.get(event.kind, _FASHION)
        yield TurningPoint(turn, weight, line)


def _cold(words: Words, card: YearCard) -> Iterator[TurningPoint]:
    """The night in which most hearths went cold, if in one of them more than one did."""
    nights = Counter(turn.number for turn, _ in public(card.turns, EventKind.COLD))
    if not nights:
        return
    number, hearths = max(nights.items(), key=lambda night: (night[1], -night[0]))
    if hearths > 1:
        turn = next(turn for turn in card.turns if turn.number == number)
        yield TurningPoint(turn, _COLD, words("saga-cold", hearths=hearths, nights=len(nights)))


def _hungry(words: Words, card: YearCard) -> Iterator[TurningPoint]:
    """Who most often had nothing at all to eat, told where it began."""
    empty = [
        (turn, event.subject)
        for turn, event in public(card.turns, EventKind.HUNGER)
        if not int((event.data or {}).get("kinds") or 0)
    ]
    times = Counter(subject for _, subject in empty).most_common(2)
    if not times or times[0][1] < _HUNGRY_LEAST or (times[0][1] == times[-1][1] and len(times) > 1):
        return
    (hungriest, meals), *_ = times
    first = next(turn for turn, subject in empty if subject == hungriest)
    name = who(words, card.rules, card.names, hungriest)
    yield TurningPoint(first, _HUNGRY, words("saga-hungry", name=name, meals=meals))


def _lead(words: Words, card: YearCard) -> Iterator[TurningPoint]:
    """When the creature that is richest at the end became it, if it was not all year."""
    richest = [_richest(turn) for turn in card.turns]
    at = max((at for at in range(1, len(richest)) if richest[at] is not richest[at - 1]), default=0)
    if 0 < at <= len(richest) - WITHIN:
        name, other = (who(words, card.rules, card.names, richest[each]) for each in (at, at - 1))
        yield TurningPoint(card.turns[at], _LEAD, words("saga-lead", name=name, other=other))


def _richest(turn: Turn) -> Creature:
    return max(CREATURES, key=lambda creature: turn.wealth[creature])
