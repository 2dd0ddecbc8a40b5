"""What creatures may talk about when rules speak for them: the situations, what lines may name, what they claim."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from wood.names import Name


class Situation(Name):
    """Something that holds for a creature in a turn and is worth a line."""

    # Prices.
    DEARER = "dearer"  # a good's price rose
    CHEAPER = "cheaper"  # it fell
    HIGH = "high"  # it stands far above the usual
    LOW = "low"  # far below
    TALK_UP = "talk-up"  # a lie: the good is praised to sell it, or against its fall
    TALK_DOWN = "talk-down"  # a lie: it is talked down to buy it, or against its rise
    # The last market.
    BOUGHT = "bought"
    BARGAIN = "bargain"  # bought far below the usual
    OVERPAID = "overpaid"  # far above
    SOLD = "sold"
    SOLD_WELL = "sold-well"
    SOLD_LOW = "sold-low"
    REFUSED = "refused"  # bid, and went without
    UNSOLD = "unsold"  # nobody bought its own good
    # Hearth, table, store.
    COLD = "cold"
    POOR_MEAL = "poor-meal"
    GOOD_MEAL = "good-meal"
    ROT = "rot"
    LACKS = "lacks"  # something is missing for tonight
    # What was said.
    BELIEVES_UP = "believes-up"  # heard that a good gets dearer, and believes it
    BELIEVES_DOWN = "believes-down"
    DOUBTS = "doubts"
    DISPROVED = "disproved"  # the price went against it
    CONFIRMED = "confirmed"  # the price went with it
    SLANDERED = "slandered"  # an ill word about the one who speaks
    FLATTERED = "flattered"
    ILL_OF = "ill-of"  # an ill word about another
    WELL_OF = "well-of"
    # A legend, by its age.
    LEGEND_NEW = "legend-new"
    LEGEND_ON = "legend-on"
    LEGEND_OLD = "legend-old"
    # Memories, by the deed.
    RECALLS_LIED = "recalls-lied"
    RECALLS_FORETOLD = "recalls-foretold"
    RECALLS_ILL = "recalls-ill"
    RECALLS_WELL = "recalls-well"
    RECALLS_DEAR = "recalls-dear"
    RECALLS_KIND = "recalls-kind"
    RECALLS_DEFAULT = "recalls-default"
    RECALLS_DUNNED = "recalls-dunned"
    RECALLS_SHORTED = "recalls-shorted"
    # People.
    FRIEND = "friend"
    FOE = "foe"
    LOAN = "loan"  # a loan is on offer
    DEBT = "debt"
    RUIN = "ruin"  # another cannot pay, and has nothing left to take
    BROKE = "broke"  # it is itself the one
    # Itself and the day.
    RICH = "rich"
    POOR = "poor"
    GLUM = "glum"
    MERRY = "merry"
    AUTUMN = "autumn"
    WINTER = "winter"
    SPRING = "spring"
    SUMMER = "summer"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Form:
    """What the lines of a situation may be.

    Attributes:
        places: names in braces that a line may have, beside what agrees with the good.
        leaning: what a line must say of its good's price: 1 dearer, -1 cheaper, 0 neither.
        deceit: whether the line may say the opposite of what the price did.
    """

    places: frozenset[str] = frozenset()
    leaning: int = 0
    deceit: bool = False


def _form(*places: str, leaning: int = 0, deceit: bool = False) -> Form:
    return Form(frozenset(places), leaning, deceit)


_PLAIN: Final = Form()
_GOOD: Final = _form("good")
_PRICED: Final = _form("good", "price")
_TRADED: Final = _form("who", "good", "price")
_UNITS: Final = _form("good", "units")
_WHO: Final = _form("who")
_WHO_GOOD: Final = _form("who", "good")
_WHO_OTHER: Final = _form("who", "other")
_TITLE: Final = _form("title")

FORMS: Final[Mapping[Situation, Form]] = MappingProxyType(
    dict.fromkeys(Situation, _PLAIN)
    | {
        Situation.DEARER: _form("good", leaning=1),
        Situation.CHEAPER: _form("good", leaning=-1),
        Situation.TALK_UP: _form("good", leaning=1, deceit=True),
        Situation.TALK_DOWN: _form("good", leaning=-1, deceit=True),
        Situation.BELIEVES_UP: _form("who", "good", leaning=1),
        Situation.BELIEVES_DOWN: _form("who", "good", leaning=-1),
    }
    | dict.fromkeys((Situation.HIGH, Situation.LOW), _PRICED)
    | dict.fromkeys(
        (
            Situation.BOUGHT,
            Situation.BARGAIN,
            Situation.OVERPAID,
            Situation.SOLD,
            Situation.SOLD_WELL,
            Situation.SOLD_LOW,
        ),
        _TRADED,
    )
    | dict.fromkeys((Situation.REFUSED, Situation.LACKS), _GOOD)
    | dict.fromkeys((Situation.UNSOLD, Situation.ROT), _UNITS)
    | dict.fromkeys(
        (
            Situation.DOUBTS,
            Situation.DISPROVED,
            Situation.CONFIRMED,
            Situation.RECALLS_LIED,
            Situation.RECALLS_FORETOLD,
            Situation.RECALLS_DEAR,
            Situation.RECALLS_KIND,
            Situation.RECALLS_SHORTED,
        ),
        _WHO_GOOD,
    )
    | dict.fromkeys((Situation.ILL_OF, Situation.WELL_OF), _WHO_OTHER)
    | dict.fromkeys((Situation.LEGEND_NEW, Situation.LEGEND_ON, Situation.LEGEND_OLD), _TITLE)
    | dict.fromkeys(
        (
            Situation.SLANDERED,
            Situation.FLATTERED,
            Situation.RECALLS_ILL,
            Situation.RECALLS_WELL,
            Situation.RECALLS_DEFAULT,
            Situation.RECALLS_DUNNED,
            Situation.FRIEND,
            Situation.FOE,
            Situation.LOAN,
            Situation.DEBT,
            Situation.RUIN,
        ),
        _WHO,
    )
)
"""The form of every situation's lines."""
