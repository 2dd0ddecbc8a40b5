"""Reads what creatures of one language answer to players' questions where no model does (``asking.toml``)."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources.abc import Traversable
from typing import Annotated, Final

from pydantic import Field, TypeAdapter

from data import folders
from data.content import default_rules
from data.language_schema import MAX_TITLE, Part, Saying, Word
from data.reading import ContentError, read
from wood.asked import MAX_ANSWER, PLACES, Hint, SmallTalk, Topic
from wood.hearsay import fold, words_of
from wood.names import GOODS, Creature, Good
from wood.orders import MAX_PRICE
from wood.tongue import Tongue, phrase, places

FILE: Final = "asking.toml"

_Lines = dict[Topic, Annotated[tuple[Annotated[Saying, Field(min_length=1)], ...], Field(max_length=40)]]


class AskingFile(Part):
    """The whole of ``asking.toml``."""

    hints: dict[Hint, Annotated[tuple[Word, ...], Field(max_length=100)]]
    shared: _Lines
    creatures: dict[Creature, _Lines] = Field(default_factory=dict)


_ASKING: Final = TypeAdapter(AskingFile)


def small_talk(language: str) -> SmallTalk:
    """What creatures of a language answer, read once; that of English where the program has not got the language.

    Raises:
        ContentError: the file is missing or cannot be used.
    """
    known = language if language in folders.languages() else folders.ENGLISH
    # Every place is hashable, though its protocol does not say so.
    return _read_once(folders.root(), known)  # type: ignore[arg-type]


@cache
def _read_once(root: Traversable, language: str) -> SmallTalk:
    return read_small_talk(root, f"{folders.LANGUAGES}/{language}", default_rules(language).tongue)


def read_small_talk(root: Traversable, folder: str, tongue: Tongue) -> SmallTalk:
    """Read and check the file of one language.

    Args:
        root: the folder that holds all content.
        folder: the language's, below it ("languages/en").
        tongue: the language, with which the lines must agree.

    Raises:
        ContentError: the file is missing or cannot be used.
    """
    name = f"{folder}/{FILE}"
    told = read(root, name, _ASKING)
    problems = [
        *((f"hints.{hint}", "is missing; add the words that point at it") for hint in Hint if hint not in told.hints),
        *((f"shared.{topic}", "is missing; add a line") for topic in Topic if not told.shared.get(topic)),
        *_of_hints(told.hints, tongue),
        *_of_lines("shared", told.shared, tongue),
    ]
    for creature, lines in told.creatures.items():
        problems += _of_lines(f"creatures.{creature}", lines, tongue)
    if problems:
        raise ContentError(name, problems)
    hints = {hint: frozenset(map(fold, words)) for hint, words in told.hints.items()}
    return SmallTalk(hints, told.shared, told.creatures)


def _of_hints(hints: Mapping[Hint, tuple[str, ...]], tongue: Tongue) -> Iterator[tuple[str, str]]:
    for hint, words in hints.items():
        for at, word in enumerate(words):
            if tongue.spaced and words_of(word) != (fold(word),):
                yield f"hints.{hint}.{at}", f"{word!r} is not one word; write letters only, without blanks and marks"


def _of_lines(field: str, lines: _Lines, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """What is wrong with the lines as they are said, each told once."""
    for topic, templates in lines.items():
        for at, template in enumerate(templates):
            for good in GOODS if "good" in PLACES[topic] else (None,):
                if problem := _of_line(template, topic, good, tongue):
                    yield f"{field}.{topic}.{at}", problem
                    break


def _of_line(template: str, topic: Topic, good: Good | None, tongue: Tongue) -> str:
    """What is wrong with one line about one good; "" for nothing."""
    noun = tongue.goods.get(good) if good else None
    agreeing = tongue.agreement.get(noun.agrees, {}) if noun else {}
    if strange := sorted(places(template) - PLACES[topic] - agreeing.keys()):
        may = ", ".join(f"{{{name}}}" for name in sorted(PLACES[topic])) or "none"
        return (
            f"has no use for {{{strange[0]}}}; its places are {may}, and with {{good}} those of voices.toml [agreement]"
        )
    who = max((*tongue.names.values(), ""), key=len)
    said = phrase(tongue, template, good, {"price": MAX_PRICE, "who": who, "title": (who * MAX_TITLE)[:MAX_TITLE]})
    if len(said) > MAX_ANSWER:
        return f"has {len(said)} characters when it is said; write at most {MAX_ANSWER}"
    letters = re.compile(f"(?:[{tongue.letters}]|[0-9])*")
    if not letters.fullmatch(said):
        wrong = next(character for character in said if not letters.fullmatch(character))
        return f"holds {wrong!r}, which is not among the letters of tongue.toml; write it otherwise or add it there"
    return ""
