"""What struck a wood and when, as charts pin it: legends, their later parts, shocks of the calendar, public rumors."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.telling.catalog import Words
from bot.telling.phrases import legend_of, public, who
from wood.chronicle import Event, EventKind, Turn
from wood.names import CREATURES
from wood.rules import Legend, Rules

AFTER: Final = 5
"""For how many turns after a pin the course counts as its response."""
MOST: Final = 4


class PinKind(StrEnum):
    """What is pinned, as the catalogs call it (``chart-pin-<kind>``).

    A word is a rumor about a creature, a verdict one that found a patron guilty.
    """

    LEGEND = "legend"
    LATER = "later"
    SHOCK = "shock"
    RUMOR = "rumor"
    WORD = "word"
    VERDICT = "verdict"


_TALK: Final = (PinKind.RUMOR, PinKind.WORD)


@dataclass(frozen=True, slots=True)
class Pin:
    """Something that struck in a turn.

    Attributes:
        turn: when.
        kind: what it is.
        name: a legend's or shock's title without its article, a rumor's speaker as shown.
        about: the goods or creatures that it concerns; none for a rumor about the wood at large.
        leaning: which way a rumor points, 1 dearer or well of, -1 cheaper or ill of; 0 for all else.
        felt: whether it concerns the subject of the chart that shows it, so that what the line did after it is shown.
    """

    turn: int
    kind: PinKind
    name: str
    about: frozenset[str] = frozenset()
    leaning: int = 0
    felt: bool = False


_WORTH: Final = {PinKind.LEGEND: 1.0, PinKind.SHOCK: 0.5}
"""What a pin is worth beside its response, so that a legend is named even where it failed to move anything."""


def pins(words: Words, rules: Rules, turns: Sequence[Turn], names: Mapping[str, str]) -> list[Pin]:
    """All that may be pinned in these turns, oldest first.

    Args:
        words: those of the wood's language.
        rules: the content.
        turns: the turns shown.
        names: patron key -> name as shown.
    """
    told = {(turn.number, event.subject) for turn, event in public(turns, EventKind.LEGEND)}
    found = []
    for turn, event in public(turns, EventKind.LEGEND, EventKind.SHOCK, EventKind.RUMOR):
        if event.kind is EventKind.RUMOR:
            found.append(_rumor(words, rules, names, turn.number, event))
        elif event.kind is EventKind.LEGEND:
            found.append(_legend(words, rules, turn.number, event))
        elif (turn.number, event.subject) not in told and (good := (event.data or {}).get("good")):
            legend = legend_of(rules, event)
            found.append(Pin(turn.number, PinKind.LATER, _title(words, legend), frozenset({str(good)})))
    return list(dict.fromkeys(found))


def _rumor(words: Words, rules: Rules, names: Mapping[str, str], turn: int, event: Event) -> Pin:
    data = event.data or {}
    about = frozenset({str(data["about"])}) if data.get("about") else frozenset[str]()
    kind = PinKind.RUMOR if about.isdisjoint(CREATURES) else PinKind.WORD
    return Pin(turn, kind, who(words, rules, names, event.subject), about, int(data.get("leaning") or 0))


def _legend(words: Words, rules: Rules, turn: int, event: Event) -> Pin:
    legend = legend_of(rules, event)
    if legend is None:
        good = (event.data or {}).get("good")
        return Pin(turn, PinKind.LEGEND, _title(words, None), frozenset({str(good)} if good else ()))
    goods = {legend.good, *(shock.good for shock in legend.shocks if shock.good is not None)}
    kind = PinKind.LEGEND if legend.in_deck else PinKind.SHOCK
    return Pin(turn, kind, _title(words, legend), frozenset(good.value for good in goods))


def _title(words: Words, legend: Legend | None) -> str:
    """A legend's title without the article, which a chart has no room for."""
    if legend is None:
        return words("chart-legend")
    article, _, rest = legend.title.partition(" ")
    return rest if rest and article.lower() in words("chart-articles").split() else legend.title


def strongest(found: Iterable[Pin], subject: Collection[str], line: Mapping[int, float], since: int = 0) -> list[Pin]:
    """The pins worth naming in a chart of one subject, at most :data:`MOST`, the strongest first.

    What does not concern the subject is left out, but for one legend. Nobody is named twice for the same: of a
    speaker's rumors, and of a legend's parts, the strongest stays.

    Args:
        found: what may be pinned.
        subject: the goods and creatures that the chart is about.
        line: turn -> its value.
        since: the first turn of those that the chart is about; of what struck before, only legends that concern
            the subject are named.
    """
    weighed = []
    for pin in found:
        felt, lately, legend = not pin.about.isdisjoint(subject), pin.turn >= since, pin.kind is PinKind.LEGEND
        if pin.turn in line and ((felt and legend) or (lately and (felt or legend))):
            worth = _WORTH.get(pin.kind, 0.0) + abs(response(line, pin.turn)) + lately if felt else 0.0
            weighed.append((worth, replace(pin, felt=felt and lately), felt))
    weighed.sort(key=lambda each: (-each[0], -each[1].turn))
    kept: dict[tuple[bool, str] | None, Pin] = {}
    for _, pin, felt in weighed:
        kept.setdefault((pin.kind in _TALK, pin.name) if felt else None, pin)
    return list(kept.values())[:MOST]


def before(line: Mapping[int, float], turn: int) -> float:
    """The value that stood when something struck in a turn: the turn before's, if it is shown."""
    return line.get(turn - 1, line[turn])


def response(line: Mapping[int, float], turn: int) -> float:
    """By what part of itself a line's value changed at most over the turns after something struck, signed."""
    base = before(line, turn)
    if base <= 0:
        return 0.0
    return max((line[at] / base - 1 for at in range(turn, turn + AFTER + 1) if at in line), key=abs)
