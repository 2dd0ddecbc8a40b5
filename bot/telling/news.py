"""What a day may have to tell: the kinds of news, and what those who find them share."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.telling.catalog import Fact, Words
from bot.telling.digest import Digest
from bot.telling.phrases import price, who
from wood.names import Good
from wood.rules import Rules

CRASH: Final = 25
"""Per cent from which a day's move is news whatever else there is."""
LIVELY: Final = 10
"""Per cent from which a day is not called quiet."""


class Family(StrEnum):
    """What a headline may be about; its wordings are numbered from ``headline-<family>-1`` in the catalogs."""

    TURNED = "legend-turned"
    ALONG = "legend-along"
    AGAINST = "legend-against"
    UNMOVED = "legend-unmoved"
    RISE = "rise"
    FALL = "fall"
    CLIMB = "climb"
    SLIDE = "slide"
    PEAK = "peak"
    DIP = "dip"
    HIGH = "record-high"
    LOW = "record-low"
    DEARER = "streak-up"
    CHEAPER = "streak-down"
    SHOCK = "shock"
    SEASON = "season"
    YEAR = "year"
    COLD = "cold"
    HUNGER = "hunger"
    FEAST = "feast"
    PLENTY = "plenty"
    ROT = "rot"
    GAIN = "gain"
    LOSS = "loss"
    LEAD = "lead"
    BROKE = "broke"
    RICH = "rich"
    MERRY = "mood-up"
    GLUM = "mood-down"
    RUMOR = "rumor"
    RIGHT = "right"
    WRONG = "wrong"
    QUARREL = "quarrel"
    FRIENDS = "friends"
    DEFAULT = "default"
    JOINED = "joined"
    PAIR = "pair"
    MOST = "most"
    SPREAD = "spread"
    WIDER = "gap-wider"
    NARROWER = "gap-narrower"
    STILL = "still"
    QUIET = "quiet"
    REST = "rest"


class Desk(StrEnum):
    """Which part of the wood's life news is of, so that a report tells of several."""

    LEGENDS = "legends"
    PRICES = "prices"
    HEARTHS = "hearths"
    LIVES = "lives"
    WORDS = "words"
    MARKET = "market"


_F = Family
_DESKS: Final[Mapping[Desk, frozenset[Family]]] = {
    Desk.LEGENDS: frozenset({_F.TURNED, _F.ALONG, _F.AGAINST, _F.UNMOVED, _F.SHOCK}),
    Desk.PRICES: frozenset(
        {_F.RISE, _F.FALL, _F.CLIMB, _F.SLIDE, _F.PEAK, _F.DIP, _F.HIGH, _F.LOW, _F.DEARER, _F.CHEAPER}
    ),
    Desk.HEARTHS: frozenset({_F.COLD, _F.HUNGER, _F.FEAST, _F.PLENTY, _F.SEASON, _F.YEAR}),
    Desk.LIVES: frozenset(
        {_F.GAIN, _F.LOSS, _F.LEAD, _F.BROKE, _F.RICH, _F.MERRY, _F.GLUM, _F.ROT, _F.WIDER, _F.NARROWER, _F.DEFAULT}
    ),
    Desk.WORDS: frozenset({_F.RUMOR, _F.RIGHT, _F.WRONG, _F.QUARREL, _F.FRIENDS, _F.JOINED}),
    Desk.MARKET: frozenset({_F.PAIR, _F.MOST, _F.SPREAD, _F.STILL, _F.QUIET, _F.REST}),
}
_DESK_OF: Final[Mapping[Family, Desk]] = {family: desk for desk, families in _DESKS.items() for family in families}


@dataclass(frozen=True, slots=True)
class News:
    """One thing that a day has to tell.

    Attributes:
        family: what it is about; which wordings may tell it.
        weight: how much it matters.
        about: its good or creature, or what else it is about: a day tells no two things of one.
        facts: what its words are told with.
    """

    family: Family
    weight: int
    about: str
    facts: Mapping[str, Fact]

    @property
    def desk(self) -> Desk:
        """Which part of the wood's life it is of."""
        return _DESK_OF[self.family]


@dataclass(frozen=True, slots=True)
class Sight:
    """A day as those see it who look for its news.

    Attributes:
        words: the wood's language.
        rules: the content.
        names: patron key -> name as shown.
        day: the day's figures.
    """

    words: Words
    rules: Rules
    names: Mapping[str, str]
    day: Digest

    def who(self, key: str) -> str:
        """The shown name of an account."""
        return who(self.words, self.rules, self.names, key)

    def price(self, hundredths: int) -> str:
        """A price in pebbles."""
        return price(self.words, hundredths)

    def good(self, good: Good) -> dict[str, Fact]:
        """A good, and how verbs agree with it."""
        return {"good": self.words(f"good-{good}"), "number": self.words(f"good-{good}.number")}
