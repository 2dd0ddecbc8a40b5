"""What a language brings to the rules: how a line is read in it, how it is written, and what to say without a model.

All of it comes from the files of one language. The fixed names of goods and creatures (``Good``, ``Creature``) are keys
and stay the same in all of them; nothing here is a word of any language.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from wood.names import Creature, Good
from wood.situations import Situation

PLAIN: Final = "A-Za-z0-9 ,.;:!?'()%+-"
"""The letters of a tongue that names none, as in a regular expression's brackets."""
UNKNOWN: Final = "…"
NO_WORDS: Final[Mapping[str, object]] = MappingProxyType({})

_PLACE: Final = re.compile(r"\{(\w+)\}")
_SENTENCE: Final = re.compile(r"[.!?] [^\W\d_]")


@dataclass(frozen=True, slots=True)
class Noun:
    """What a good is called.

    Attributes:
        name: as shown.
        agrees: the table of :attr:`Tongue.agreement` that goes with ``name``; "" for none.
    """

    name: str
    agrees: str = ""


Voice = Mapping[Situation, tuple[str, ...]]
"""Lines by the situation that they are for; see :func:`phrase` for their form."""


@dataclass(frozen=True, slots=True)
class Thoughts:
    """What rule-based minds think, for :func:`fill`; an empty one is no thought.

    Attributes:
        short: when something is lacking; ``{wanted}`` and ``{pebbles}``.
        item: one of the things wanted; ``{units}`` and ``{good}``.
        joint: what stands between two of them.
        poor: in a low mood.
        content: else; ``{units}`` and ``{good}``, the own product.
        contrarian: what the contrarian mind always thinks.
        dearer: of one who believes that something gets dearer; ``{good}``.
        cheaper: that it gets cheaper; ``{good}``.
    """

    short: str = ""
    item: str = ""
    joint: str = ""
    poor: str = ""
    content: str = ""
    contrarian: str = ""
    dearer: str = ""
    cheaper: str = ""


@dataclass(frozen=True, slots=True)
class ExampleWords:
    """What a creature thinks and says in the worked example that models are shown; no line for any real turn.

    Attributes:
        thought: why it orders as it does there.
        gossip: a line in its own voice about something that cannot be now.
    """

    thought: str = ""
    gossip: str = ""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language, as the rules and the minds need it. The one without arguments reads nothing and says nothing.

    Attributes:
        letters: characters that minds may use in thoughts and gossip, as in a regular expression's brackets.
        spaced: whether blanks set words apart; where not, words are found wherever they stand in a line.
        instruction: a line that models are told, such as in which language to write; "" for none.
        dearer: words that say a price rises, folded as :func:`wood.hearsay.fold` does.
        cheaper: words that say a price falls, folded.
        praise: words that speak well of a creature, folded.
        blame: words that speak ill of one, folded.
        denials: words that turn the next word of praise or blame around, folded; only where blanks set words apart.
        subjects: the good or creature that a noun means; the nouns folded.
        aliases: woodland names of patrons.
        patron: what creatures call a patron; ``{alias}`` is its name.
        traveller: what they call a speaker whom nobody knows.
        bank: what they call a lender that is nobody.
        goods: what each good is called.
        agreement: words that agree with a good's name, by the name of the table and then by place in a line.
        names: what each creature is called.
        sayings: what any creature may say when rules speak for it.
        voices: what each creature says in its own way then, beside that.
        thoughts: what rule-based minds think.
        examples: each creature's words in the example of its prompt; none in tongues from before there were any.
    """

    letters: str = PLAIN
    spaced: bool = True
    instruction: str = ""
    dearer: frozenset[str] = frozenset()
    cheaper: frozenset[str] = frozenset()
    praise: frozenset[str] = frozenset()
    blame: frozenset[str] = frozenset()
    denials: frozenset[str] = frozenset()
    subjects: Mapping[str, Good | Creature] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    patron: str = "{alias}"
    traveller: str = UNKNOWN
    bank: str = UNKNOWN
    goods: Mapping[Good, Noun] = field(default_factory=dict)
    agreement: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: Mapping[Creature, str] = field(default_factory=dict)
    sayings: Voice = field(default_factory=dict)
    voices: Mapping[Creature, Voice] = field(default_factory=dict)
    thoughts: Thoughts = Thoughts()
    examples: Mapping[Creature, ExampleWords] = field(default_factory=dict)


@lru_cache(maxsize=4096)
def places(template: str) -> frozenset[str]:
    """The names in braces that a template has places for."""
    return frozenset(_PLACE.findall(template))


def fill(template: str, words: Mapping[str, object]) -> str:
    """Put words into their places.

    A place without a word is left as it is. Nothing but a name is read in braces, since a stored wood's templates may
    be a stranger's.
    """
    return _PLACE.sub(lambda place: str(words.get(place[1], place[0])), template)


def good_name(tongue: Tongue, good: Good) -> str:
    """What a good is called; its key in a tongue that has no name for it."""
    noun = tongue.goods.get(good)
    return noun.name if noun else good.value


def phrase(tongue: Tongue, line: str, good: Good | None, words: Mapping[str, object] = NO_WORDS) -> str:
    """Say a line, with what agrees with its good's name, and a capital at the start of each sentence.

    Args:
        tongue: the language.
        line: the template.
        good: what ``{good}`` names, with the places of its table of agreement; None for a line about none.
        words: what stands in the other places.
    """
    named: dict[str, object] = {}
    if good is not None:
        noun = tongue.goods.get(good)
        named = {**(tongue.agreement.get(noun.agrees, {}) if noun else {}), "good": good_name(tongue, good)}
    said = fill(line, {**named, **words})
    said = _SENTENCE.sub(lambda match: match[0].upper(), said)
    return said[:1].upper() + said[1:]
