"""What the files of one language may say, field by field: the words that go with the figures of the content."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from wood.names import Creature, Season
from wood.situations import Situation
from wood.tongue import ExampleWords, Noun, Thoughts


class Part(BaseModel):
    """A part of a content file: unknown fields are refused, types are not guessed ("3" is not 3)."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _harmless(text: object) -> object:
    """Refuse what Discord may read; other types are left for pydantic to refuse."""
    if isinstance(text, str) and ("@" in text or "<" in text):
        message = "write it without @ and <, which Discord may read as a mention"
        raise ValueError(message)
    return text


def _one_line(text: object) -> object:
    """Join lines that were wrapped for reading."""
    return " ".join(text.split()) if isinstance(text, str) else text


LINE: Final = (BeforeValidator(_one_line), BeforeValidator(_harmless))
"""Marks text of one paragraph: line breaks and indentation in the file count as single spaces."""

Name = Annotated[str, Field(min_length=1, max_length=20), *LINE]
Heard = Annotated[str, Field(min_length=1, max_length=120), *LINE]
Word = Annotated[str, Field(min_length=1, max_length=40), *LINE]
Plural = Literal["zero", "one", "two", "few", "many", "other"]
Piece = Annotated[str, Field(max_length=40), BeforeValidator(_harmless)]
"""A piece of a sentence, with its blanks as they are."""
Saying = Annotated[str, Field(max_length=200), *LINE]


MAX_TITLE: Final = 40
"""Characters of a legend's title."""
Counted = Annotated[str, Field(min_length=1, max_length=40), *LINE]


class GoodWords(Part):
    """One table of ``goods.toml``.

    Attributes:
        name: within a sentence.
        title: at the head of a line; left out, it is the name with a capital.
        number: the plural category that the bare name is of, with which verbs agree.
        forms: so many units, by plural category; ``{count}`` is the number.
        agrees: the table of agreement in ``voices.toml`` that goes with the name; "" for none.
    """

    name: Name
    title: Name | None = None
    number: Plural = "other"
    forms: dict[Plural, Counted]
    agrees: Piece = ""

    @property
    def head(self) -> str:
        """The name as it stands at the head of a line."""
        return self.title or self.name[:1].upper() + self.name[1:]

    def noun(self) -> Noun:
        """Turn the table into a noun."""
        return Noun(self.name, self.agrees)


class CreatureWords(Part):
    """One table of ``creatures.toml``."""

    name: Name
    animal: Name
    temper: Annotated[str, Field(min_length=1, max_length=160), *LINE]


SeasonsFile = dict[Season, Name]
"""The whole of ``seasons.toml``."""


class HistoryWords(Part):
    """The ``[history]`` of a legend."""

    episode: Annotated[str, Field(min_length=1, max_length=80), *LINE]
    years: Name
    account: Annotated[str, Field(min_length=1, max_length=900), *LINE]
    figures: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=140), *LINE], ...], Field(min_length=1, max_length=6)
    ]
    sources: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=160), *LINE], ...], Field(min_length=1, max_length=5)
    ]


class ShockWords(Part):
    """A file of ``shocks/``: a plain shock's words. ``says`` has what creatures hear, by the keys of its shocks.

    ``signs`` are what is seen before a boon or a bane falls, the earlier first.
    """

    title: Annotated[str, Field(min_length=1, max_length=MAX_TITLE), *LINE]
    tale: Annotated[str, Field(min_length=1, max_length=700), *LINE]
    omen: Annotated[str, Field(min_length=1, max_length=160), *LINE]
    says: dict[str, Heard] = {}
    signs: Annotated[tuple[Heard, ...], Field(max_length=2)] = ()


class LegendWords(ShockWords):
    """A file of ``legends/``."""

    history: HistoryWords


class SpeakersPart(Part):
    """The ``[speakers]`` of ``tongue.toml``."""

    patron: Name
    traveller: Name
    bank: Name


class TongueFile(Part):
    """The whole of ``tongue.toml``."""

    spaced: Annotated[bool, Field(strict=True)]
    letters: Annotated[str, Field(min_length=1, max_length=400)]
    instruction: Saying
    dearer: Annotated[tuple[Word, ...], Field(min_length=1, max_length=300)]
    cheaper: Annotated[tuple[Word, ...], Field(min_length=1, max_length=300)]
    praise: Annotated[tuple[Word, ...], Field(min_length=1, max_length=300)]
    blame: Annotated[tuple[Word, ...], Field(min_length=1, max_length=300)]
    denials: Annotated[tuple[Word, ...], Field(max_length=100)]
    aliases: Annotated[tuple[Name, ...], Field(min_length=1, max_length=200)]
    subjects: dict[str, Annotated[tuple[Word, ...], Field(min_length=1, max_length=40)]]
    speakers: SpeakersPart


Lines = dict[Situation, Annotated[tuple[Saying, ...], Field(max_length=60)]]
"""Lines by situation; a list may be empty, and a situation may be missing."""


class ThoughtsPart(Part):
    """The ``[thoughts]`` of ``voices.toml``."""

    short: Saying
    item: Saying
    joint: Piece
    poor: Saying
    content: Saying
    contrarian: Saying
    dearer: Saying
    cheaper: Saying

    def thoughts(self) -> Thoughts:
        """Turn the table into thoughts."""
        return Thoughts(**self.model_dump())


class ExamplePart(Part):
    """One table of ``examples`` in ``voices.toml``."""

    thought: Annotated[str, Field(min_length=1, max_length=80), *LINE]
    gossip: Annotated[str, Field(min_length=1, max_length=80), *LINE]

    def words(self) -> ExampleWords:
        """Turn the table into an example's words."""
        return ExampleWords(self.thought, self.gossip)


class VoicesFile(Part):
    """The whole of ``voices.toml``."""

    agreement: dict[str, dict[str, Piece]] = {}
    shared: Lines = {}
    creatures: dict[Creature, Lines] = {}
    thoughts: ThoughtsPart
    examples: dict[Creature, ExamplePart]
