"""What a creature may be asked by a player, and what the lines of a language that answer it may name.

Nothing of a turn depends on it: an answer is talk, moves no price and is in no log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from wood.names import Creature, Name


class Topic(Name):
    """What an answer is about, as rules find it in the question and in what the creature may tell."""

    # Prices.
    RISES = "rises"  # it believes that a good gets dearer
    FALLS = "falls"  # … cheaper
    ROSE = "rose"  # the price rose last turn, and it makes nothing more of it
    FELL = "fell"
    STEADY = "steady"
    # What it has and lacks.
    LACKS = "lacks"
    LACKS_NOTHING = "lacks-nothing"
    MAKES = "makes"  # of its own product
    # Others.
    FRIEND = "friend"
    FOE = "foe"
    EVEN = "even"  # of one toward whom it feels nothing much
    NOBODY = "nobody"  # it feels nothing much toward anybody
    LIKES_YOU = "likes-you"
    MINDS_YOU = "minds-you"  # it bears the one who asks a grudge
    HARDLY_KNOWS_YOU = "hardly-knows-you"
    # The day.
    COLD = "cold"  # hearths burn wood
    MILD = "mild"
    LEGEND = "legend"
    MERRY = "merry"
    FAIR = "fair"
    GLUM = "glum"
    # Talk.
    HELLO = "hello"
    UNSURE = "unsure"  # whatever else is asked


class Hint(Name):
    """What a word of a question points at; goods and creatures are found by the tongue's own nouns."""

    PRICE = "price"
    NEED = "need"
    TRUST = "trust"
    ME = "me"
    WEATHER = "weather"
    LEGEND = "legend"
    MOOD = "mood"
    HELLO = "hello"


_GOOD: Final = frozenset({"good"})
_PRICED: Final = frozenset({"good", "price"})
_WHO: Final = frozenset({"who"})

PLACES: Final[Mapping[Topic, frozenset[str]]] = MappingProxyType(
    dict.fromkeys(Topic, frozenset[str]())
    | dict.fromkeys((Topic.RISES, Topic.FALLS, Topic.ROSE, Topic.FELL, Topic.STEADY), _PRICED)
    | dict.fromkeys((Topic.LACKS, Topic.MAKES), _GOOD)
    | dict.fromkeys((Topic.FRIEND, Topic.FOE, Topic.EVEN), _WHO)
    | {Topic.LEGEND: frozenset({"title"})}
)
"""Names in braces that the lines of a topic may have, beside what agrees with the good."""

MAX_QUESTION: Final = 200
"""Characters of a question."""
MAX_ANSWER: Final = 200
"""Characters of an answer, whoever gives it."""


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """What a language answers where no model does. The one without arguments has nothing to say.

    Attributes:
        hints: words of a question by what they point at, folded as :func:`wood.hearsay.fold` does.
        shared: lines of any creature by topic, in the form of :func:`wood.tongue.phrase`.
        creatures: each one's own, said beside those.
    """

    hints: Mapping[Hint, frozenset[str]] = field(default_factory=dict)
    shared: Mapping[Topic, tuple[str, ...]] = field(default_factory=dict)
    creatures: Mapping[Creature, Mapping[Topic, tuple[str, ...]]] = field(default_factory=dict)
