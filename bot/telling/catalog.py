"""Catalogs: all that is said to players, by key, in the languages that have a folder.

A catalog is a folder of Fluent files, ``data/languages/<language>/*.ftl``. Fluent (https://projectfluent.org) keeps
plural and number agreement in the catalog, where a translator can see it, and its library knows every language's plural
rules and figures; code hands over a key and facts and never joins parts of sentences.
"""

import logging
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from fluent.runtime import FluentBundle, FluentResource

from wood.rules import Rules

log = logging.getLogger(__name__)

Fact = int | str | Decimal
"""What a sentence is told with: a figure, or a word that needs no further agreement."""

SOURCE: Final = "en"
"""The language that every sentence is written in first, and that answers where another lacks one."""


class UnknownKeyError(KeyError):
    """No catalog holds such a key; it is misspelled, or its sentence was never written."""


class Words:
    """What is said, in one language: call it with a key and the facts of its sentence.

    Args:
        language: the language's code, such as ``"en"`` or ``"pt-BR"``.
        resources: the texts of its Fluent files.
        fallback: answers where this language has no sentence.
    """

    def __init__(self, language: str, resources: Iterable[str], fallback: "Words | None" = None) -> None:
        self.language = language
        # Isolation marks around each fact would count as characters and show as boxes in charts.
        self._bundle = FluentBundle([language], use_isolating=False)
        for resource in resources:
            self._bundle.add_resource(FluentResource(resource))
        self._fallback = fallback

    def __call__(self, key: str, /, **facts: Fact) -> str:
        """Say one sentence.

        Args:
            key: a message's name, with ``.name`` behind it for one of its attributes.
            facts: its placeholders; integers are grouped as the language does.

        Raises:
            UnknownKeyError: there is no such key.
        """
        name, _, attribute = key.partition(".")
        pattern = None
        if self._bundle.has_message(name):
            message = self._bundle.get_message(name)
            pattern = message.attributes.get(attribute) if attribute else message.value
        if pattern is None:
            if self._fallback is None:
                raise UnknownKeyError(key)
            return self._fallback(key, **facts)
        said, errors = self._bundle.format_pattern(pattern, facts)
        for error in errors:
            log.error("the %s words of %r are wrong: %s", self.language, key, error)
        return str(said)

    def listed(self, parts: Sequence[str]) -> str:
        """Parts as a list: ``"a"``, ``"a and b"``, ``"a, b and c"``."""
        if len(parts) < 2:
            return "".join(parts)
        *before, last = parts
        head = before[0]
        for part in before[1:]:
            head = self("list-middle", head=head, next=part)
        return self("list-end", head=head, last=last)

    def wordings(self, family: str) -> tuple[str, ...]:
        """The keys of several wordings of one thing, ``<family>-1``, ``<family>-2``, …, of which one is drawn.

        A language has as many as it likes; where it has none, they are those of its fallback.

        Raises:
            UnknownKeyError: there is none at all.
        """
        number = 1
        while self._bundle.has_message(f"{family}-{number}"):
            number += 1
        if number > 1:
            return tuple(f"{family}-{each}" for each in range(1, number))
        if self._fallback is None:
            raise UnknownKeyError(f"{family}-1")
        return self._fallback.wordings(family)

    def has(self, key: str) -> bool:
        """Whether there is a sentence of this key."""
        name, _, attribute = key.partition(".")
        if not self._bundle.has_message(name):
            return self._fallback is not None and self._fallback.has(key)
        message = self._bundle.get_message(name)
        return (attribute in message.attributes) if attribute else message.value is not None


def root() -> Traversable:
    """The folder that holds one folder a language."""
    return files("data") / "languages"


def resources(folder: Traversable) -> dict[str, str]:
    """The Fluent files of a language's folder: name -> text, by name."""
    return {
        file.name: file.read_text("utf-8")
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".ftl")
    }


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a folder, by code."""
    return tuple(sorted(folder.name for folder in root().iterdir() if folder.is_dir() and resources(folder)))


@cache
def words_in(language: str) -> Words:
    """The words of a language that has a folder.

    Raises:
        KeyError: it has none.
    """
    if language not in languages():
        raise KeyError(language)
    fallback = None if language == SOURCE else words_in(SOURCE)
    return Words(language, resources(root() / language).values(), fallback)


def nearest(locale: str) -> str:
    """The language to speak with somebody whose Discord speaks ``locale`` (``"en-GB"``, ``"ja"``, …)."""
    known = languages()
    if locale in known:
        return locale
    return next((language for language in known if language == locale.partition("-")[0]), SOURCE)


def words_for(locale: object) -> Words:
    """The words for a locale of Discord's, or for English where there is none."""
    return words_in(nearest(str(locale or SOURCE)))


def words_of_wood(rules: Rules) -> Words:
    """The words of a wood's own language, in which its board, reports and charts are written."""
    return words_for(rules.language)
