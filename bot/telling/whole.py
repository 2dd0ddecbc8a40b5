"""Whether the catalogs of a language are whole: every file, every key, and no place for a fact that nobody tells.

English is the measure: another language has the same files and keys. Only of the wordings of a headline, of which one
is drawn, it may have as many as it likes.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources.abc import Traversable
from typing import Final

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from data.reading import ContentError

ENDING: Final = ".ftl"
NAMES: Final = "goods.toml"
"""Under which file's name the messages stand that are made of a language's tables (``creatures.toml`` among them)."""
DRAWN: Final = "headline.ftl"
"""The file that holds numbered wordings."""

_NUMBERED: Final = re.compile(r"-\d+$")

_DEEPEST: Final = 4
"""Through how many references a fact is followed."""

Problem = tuple[str, str]
"""(key, what to do)."""


@cache
def parsed(text: str) -> ast.Resource:
    """A Fluent file's messages, read once."""
    return FluentParser().parse(text)


def fluent_files(root: Traversable, folder: str) -> dict[str, str]:
    """The Fluent files of a language: name -> text, by name.

    Args:
        root: the folder that holds all content.
        folder: the language's, below it ("languages/en").

    Raises:
        ContentError: one cannot be read.
    """
    found: dict[str, str] = {}
    for file in sorted(root.joinpath(*folder.split("/")).iterdir(), key=lambda file: file.name):
        if file.name.endswith(ENDING):
            try:
                found[file.name] = file.read_text("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                advice = f"cannot be read as UTF-8 text ({error}); restore it, fix its permissions or save it anew"
                raise ContentError(f"{folder}/{file.name}", [("", advice)]) from error
    return found


def check(folder: str, texts: Mapping[str, str], source: Mapping[str, str]) -> None:
    """Check the catalogs of a language against those of English.

    Args:
        folder: the language's ("languages/ja").
        texts: file -> text.
        source: the same of English.

    Raises:
        ContentError: a file or key is missing or one too many, cannot be read as Fluent, or has a place for a fact that
            it is not told.
    """
    for name in source:
        if name not in texts:
            raise ContentError(f"{folder}/{name}", [("", "is missing; copy the one of English and write it anew")])
    told = _told(source)
    for name, text in texts.items():
        if name not in source:
            advice = f"a language's catalogs are {', '.join(source)}; remove it or correct its name"
            raise ContentError(f"{folder}/{name}", [("", advice)])
        mine, theirs = _keys(name, text), _keys(name, source[name])
        if problems := [*_unread(text), *_unlike(mine, theirs), *_untold(name, text, told)]:
            raise ContentError(f"{folder}/{name}", problems)


def _unread(text: str) -> Iterator[Problem]:
    for entry in parsed(text).body:
        if isinstance(entry, ast.Junk):
            start = entry.annotations[0].span.start if entry.annotations and entry.annotations[0].span else 0
            why = entry.annotations[0].message if entry.annotations else "no message"
            yield f"line {text.count(chr(10), 0, start) + 1}", f"cannot be read as Fluent ({why}); correct it"


def _messages(name: str, text: str) -> Iterator[tuple[str, ast.Message]]:
    """The messages of a file by key; the wordings of one family have one key."""
    for entry in parsed(text).body:
        if isinstance(entry, ast.Message):
            yield _NUMBERED.sub("-1", entry.id.name) if name == DRAWN else entry.id.name, entry


def _keys(name: str, text: str) -> dict[str, None]:
    """All that can be said, in the file's order."""
    said: dict[str, None] = {}
    for key, message in _messages(name, text):
        said |= dict.fromkeys([key] if message.value else [])
        said |= dict.fromkeys(f"{key}.{attribute.id.name}" for attribute in message.attributes)
    return said


def _unlike(mine: Mapping[str, None], theirs: Mapping[str, None]) -> Iterator[Problem]:
    yield from ((key, "is missing; add it") for key in theirs if key not in mine)
    yield from ((key, "is no key of English; remove it or correct its spelling") for key in mine if key not in theirs)


class _Facts(Visitor):
    """Collects the names behind ``$``, and the messages that are referred to."""

    def __init__(self, message: ast.Message) -> None:
        self.found: set[str] = set()
        self.others: set[str] = set()
        self.visit(message)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the visitor's name for it
        self.found.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - the visitor's name for it
        self.others.add(node.id.name)


def _told(source: Mapping[str, str]) -> dict[str, set[str]]:
    """The facts that a key is told, as far as English uses them, in itself or in what it refers to."""
    told: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for key, message in (each for name, text in source.items() for each in _messages(name, text)):
        facts = _Facts(message)
        told.setdefault(key, set()).update(facts.found)
        others.setdefault(key, set()).update(facts.others)
    for _ in range(_DEEPEST):
        for key, parts in others.items():
            told[key].update(*(told.get(part, set()) for part in parts))
    return told


def _untold(name: str, text: str, told: Mapping[str, set[str]]) -> Iterator[Problem]:
    for key, message in _messages(name, text):
        if key in told and (strange := sorted(_Facts(message).found - told[key])):
            known = ", ".join(f"${fact}" for fact in sorted(told[key])) or "none"
            yield message.id.name, f"is not told ${strange[0]}; its facts are: {known}"
