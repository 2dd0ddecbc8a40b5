"""Where the content lies, and which languages have a folder there."""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from data.reading import ContentError

LANGUAGES: Final = "languages"
"""The folder that holds one folder a language."""
ENGLISH: Final = "en"
"""The language that is always there, and that every word is written in first."""

_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
"""A language's tag by BCP 47, as Discord writes its locales: language, script, region."""


@cache
def root() -> Traversable:
    """The folder that holds ``content/`` and ``languages/``: the one that comes with the project, installed or not."""
    return files("data")


def languages(place: Traversable | None = None) -> tuple[str, ...]:
    """The tags of the languages that have a folder, sorted.

    Args:
        place: the folder that holds ``content/`` and ``languages/``; None is :func:`root`.

    Raises:
        ContentError: a folder's name is no language's tag.
    """
    folder = (root() if place is None else place) / LANGUAGES
    tags = sorted(entry.name for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else []
    for tag in tags:
        if not _TAG.fullmatch(tag):
            advice = 'is no language\'s tag; name the folder as Discord does, like "en", "ja" or "pt-BR"'
            raise ContentError(f"{LANGUAGES}/{tag}", [("", advice)])
    return tuple(tags)
