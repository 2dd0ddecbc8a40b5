"""What struck a wood and when, as charts mark it: legends, their later parts, decrees and rumors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.telling.catalog import Words
from bot.telling.phrases import legend_of, public
from wood.chronicle import Event, EventKind, Turn
from wood.names import GOODS, Good
from wood.rules import Rules


@dataclass(frozen=True, slots=True)
class Strike:
    """A legend told, or (``plain``) a shock of the calendar, in a turn."""

    turn: int
    title: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Something about a good (None: about no good) in a turn."""

    turn: int
    good: Good | None


def strikes(words: Words, rules: Rules, turns: Sequence[Turn]) -> list[Strike]:
    """Legends and shocks told in these turns, oldest first."""
    found: list[Strike] = []
    for turn, event in public(turns, EventKind.LEGEND):
        legend = legend_of(rules, event)
        title = legend.title if legend else words("chart-legend")
        found.append(Strike(turn.number, short(words, title), legend is not None and legend.history is None))
    return found


def short(words: Words, title: str) -> str:
    """A legend's title without the article, which a chart has no room for."""
    article, _, rest = title.partition(" ")
    return rest if rest and article.lower() in words("chart-articles").split() else title


def aftershocks(turns: Sequence[Turn]) -> list[Spot]:
    """Parts of legends that begin in another turn than the one in which a legend was told, one a turn and good."""
    told = {turn.number for turn, _ in public(turns, EventKind.LEGEND)}
    return _unique(
        Spot(turn.number, _good(event)) for turn, event in public(turns, EventKind.SHOCK) if turn.number not in told
    )


def decrees(turns: Sequence[Turn]) -> list[Spot]:
    """Turns in which a good's price began to be set by decree; the turns that go on with it are left out."""
    spots = _unique(Spot(turn.number, _good(event)) for turn, event in public(turns, EventKind.DECREE))
    return [spot for spot in spots if Spot(spot.turn - 1, spot.good) not in spots]


def rumors(turns: Sequence[Turn]) -> list[Spot]:
    """Public rumors, one a turn and good."""
    return _unique(Spot(turn.number, _good(event, "about")) for turn, event in public(turns, EventKind.RUMOR))


def _good(event: Event, key: str = "good") -> Good | None:
    value = (event.data or {}).get(key)
    return Good(value) if value in GOODS else None


def _unique(spots: Iterable[Spot]) -> list[Spot]:
    return list(dict.fromkeys(spots))
