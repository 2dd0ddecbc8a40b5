"""Catalogs: all that is said to players, by key, in the languages that have a folder.

A catalog is a folder of Fluent files, ``data/languages/<language>/*.ftl``. Fluent (https://projectfluent.org) keeps
plural and number agreement in the catalog, where a translator can see it, and its library knows every language's plural
rules and figures; code hands over a key and facts and never joins parts of sentences.
"""

import logging
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from typing import Final

from fluent.runtime import FluentBundle
from fluent.runtime.resolver import CurrentEnvironment, Pattern, ResolverEnvironment

from bot.telling.figures import Figures
from bot.telling.names import names
from bot.telling.whole import NAMES, check, fluent_files, parsed
from data import folders
from wood.rules import Rules

log = logging.getLogger(__name__)

Fact = int | str | Decimal
"""What a sentence is told with: a figure, or a word that needs no further agreement."""

_KEPT: Final = 4_096
"""Sentences of a language that are remembered: the ones said last. Most of an answer is the same for everybody."""

SOURCE: Final = folders.ENGLISH
"""The language that every sentence is written in first, and that answers where nobody knows a better one."""


class UnknownKeyError(KeyError):
    """No catalog holds such a key; it is misspelled, or its sentence was never written."""


class Words:
    """What is said, in one language: call it with a key and the facts of its sentence.

    Args:
        language: the language's code, such as ``"en"`` or ``"pt-BR"``.
        resources: the texts of its Fluent files.
    """

    def __init__(self, language: str, resources: Iterable[str]) -> None:
        self.language = language
        # Isolation marks around each fact would count as characters and show as boxes in charts.
        self._figures = Figures()
        self._bundle = FluentBundle([language], {"NUMBER": self._figures.number}, use_isolating=False)
        # Typed: 1 and "1" are different facts. Decimals of one value are written alike, whatever zeros they end in.
        self._said = lru_cache(_KEPT, typed=True)(self._say)
        for resource in resources:
            self._bundle.add_resource(parsed(resource))

    def __call__(self, key: str, /, **facts: Fact) -> str:
        """Say one sentence.

        Args:
            key: a message's name, with ``.name`` behind it for one of its attributes.
            facts: its placeholders; integers are grouped as the language does.

        Raises:
            UnknownKeyError: there is no such key.
        """
        said, errors = self._said(key, tuple(facts), *facts.values())
        for error in errors:
            log.error("the %s words of %r are wrong: %s", self.language, key, error)
        return said

    def _say(self, key: str, names: tuple[str, ...], *facts: Fact) -> tuple[str, Sequence[Exception]]:
        pattern = self._pattern(key)
        if pattern is None:
            raise UnknownKeyError(key)
        figures = {name: self._figures.fluent(fact) for name, fact in zip(names, facts, strict=True)}
        # What the bundle's ``format_pattern`` does, which would make new figures of these, to be written anew.
        errors: list[Exception] = []
        try:
            said = pattern(ResolverEnvironment(self._bundle, errors, current=CurrentEnvironment(figures)))
        except ValueError as error:
            return "{???}", [*errors, error]
        return str(said), errors

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

        A language has as many as it likes.

        Raises:
            UnknownKeyError: there is none at all.
        """
        number = 1
        while self._bundle.has_message(f"{family}-{number}"):
            number += 1
        if number == 1:
            raise UnknownKeyError(f"{family}-1")
        return tuple(f"{family}-{each}" for each in range(1, number))

    def has(self, key: str) -> bool:
        """Whether there is a sentence of this key."""
        return self._pattern(key) is not None

    def _pattern(self, key: str) -> Pattern | None:
        name, _, attribute = key.partition(".")
        if not self._bundle.has_message(name):
            return None
        message = self._bundle.get_message(name)
        return message.attributes.get(attribute) if attribute else message.value


def languages() -> tuple[str, ...]:
    """The languages that have a folder, by tag.

    Raises:
        ContentError: a folder's name is no language's tag.
    """
    # Every place is hashable, though its protocol does not say so.
    return _languages(folders.root())  # type: ignore[arg-type]


@cache
def _languages(root: Traversable) -> tuple[str, ...]:
    return folders.languages(root)


def resources(language: str) -> dict[str, str]:
    """The catalogs of a language, by the files that they stand in: its Fluent files, and the names of its tables.

    Raises:
        ContentError: a file cannot be read.
    """
    return _resources(folders.root(), language)


def _resources(root: Traversable, language: str) -> dict[str, str]:
    folder = f"{folders.LANGUAGES}/{language}"
    return fluent_files(root, folder) | {NAMES: names(root, folder)}


def words_in(language: str) -> Words:
    """The words of a language that has a folder, read once.

    Raises:
        KeyError: it has none.
        ContentError: its folder is not whole.
    """
    if language not in languages():
        raise KeyError(language)
    return _words(folders.root(), language)  # type: ignore[arg-type]


@cache
def _words(root: Traversable, language: str) -> Words:
    catalogs = _resources(root, language)
    if language != SOURCE:
        check(f"{folders.LANGUAGES}/{language}", catalogs, _resources(root, SOURCE))
    return Words(language, catalogs.values())


def nearest(locale: object) -> str:
    """The language to speak with somebody whose Discord speaks ``locale``: "en-GB", "ja", …; None says nothing."""
    known, asked = languages(), str(locale or SOURCE)
    if asked in known:
        return asked
    return next((language for language in known if language == asked.partition("-")[0]), SOURCE)


def words_for(locale: object) -> Words:
    """The words for a locale of Discord's, or for English where there is none."""
    return words_in(nearest(locale))


def words_of_wood(rules: Rules) -> Words:
    """The words of a wood's own language, in which its board, reports and charts are written."""
    return words_for(rules.language)
