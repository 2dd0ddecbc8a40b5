"""What patrons and keepers put into a wood from outside: the numbered inputs of its log."""

from dataclasses import dataclass
from typing import Literal

from wood.names import Creature, Good

MAX_RUMOR = 120


@dataclass(frozen=True, slots=True)
class Join:
    """A patron joins; the Mint fills a purse."""

    patron: str
    kind: Literal["join"] = "join"


@dataclass(frozen=True, slots=True)
class Leave:
    """A patron leaves and is forgotten: its purse returns to the Mint, its deeds stay under the alias."""

    patron: str
    kind: Literal["leave"] = "leave"


@dataclass(frozen=True, slots=True)
class CastRumor:
    """One line of hearsay about a good or a creature.

    ``patron`` None is a passing traveller. ``leaning`` is 1 (dearer), -1 (cheaper) or 0 (no claim).
    ``to`` None is public; else it is whispered to one creature.
    """

    patron: str | None
    about: Good | Creature
    text: str
    leaning: int
    to: Creature | None = None
    kind: Literal["rumor"] = "rumor"


@dataclass(frozen=True, slots=True)
class DrawLegend:
    """A patron draws the next card of the seeded deck into the hand."""

    patron: str
    kind: Literal["draw"] = "draw"


@dataclass(frozen=True, slots=True)
class CastLegend:
    """A patron puts ``breath`` into casting a legend.

    ``legend`` is a card of the patron's own hand, or None to help the one that is gathering breath.
    """

    patron: str
    legend: str | None
    breath: int
    kind: Literal["cast"] = "cast"


@dataclass(frozen=True, slots=True)
class OfferLoan:
    """A patron offers a creature ``amount`` pebbles, to be paid back with ``interest`` after ``turns`` turns."""

    patron: str
    to: Creature
    amount: int
    interest: int
    turns: int
    kind: Literal["loan"] = "loan"


@dataclass(frozen=True, slots=True)
class TellLegend:
    """The storyteller tells a legend or a plain shock at once, without breath or rest (simulations, keepers)."""

    legend: str
    kind: Literal["tell"] = "tell"


Intervention = Join | Leave | CastRumor | DrawLegend | CastLegend | OfferLoan | TellLegend


class Refusal(Exception):
    """The rules refuse an intervention; nothing has changed.

    Attributes:
        code: a short stable word ("purse", "breath", "unknown-legend", …).
        message: what is wrong and what to do next, in one or two sentences for the one who caused it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
