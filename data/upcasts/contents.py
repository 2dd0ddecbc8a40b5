"""Upcasts of a content document, the :class:`wood.rules.Rules` that a wood runs on, kept by its digest.

Its schema stands in the document itself, under the key ``schema``, so that the digest covers it; a document without
the key is of schema 1. Steps see the document without the key.
"""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any, Final


def with_tongue(document: dict[str, Any]) -> dict[str, Any]:
    """From 1 to 2: rules have a language and a tongue.

    Before, the one language was English, and what is content now stood in the program: the file beside this one is how
    English was then, and stays so.
    """
    english: dict[str, Any] = json.loads((files("data") / "upcasts" / "tongue-1.json").read_text(encoding="utf-8"))
    return {"language": "en", "tongue": english, **document}


def with_regard(document: dict[str, Any]) -> dict[str, Any]:
    """From 2 to 3: a tongue has words that speak well or ill of a creature; before, no line was read so."""
    return {**document, "tongue": {"praise": [], "blame": [], "denials": [], **document["tongue"]}}


def with_situations(document: dict[str, Any]) -> dict[str, Any]:
    """From 3 to 4: voices have lines by situation, some are common to all, and creatures' names are in the tongue.

    The three lists that a voice had are now three situations of the same names; what the contrarian mind said of a good
    that fell or rose are the lines with which anybody talks it up or down.
    """
    tongue = dict(document.get("tongue", {}))
    contrarian = tongue.pop("contrarian", {})
    lies = {"talk-up": contrarian.get("dearer", []), "talk-down": contrarian.get("cheaper", [])}
    names = {who: rule["name"] for who, rule in document.get("creatures", {}).items()}
    return {**document, "tongue": {"sayings": lies if contrarian else {}, "names": names, **tongue}}


def with_rarities(document: dict[str, Any]) -> dict[str, Any]:
    """From 4 to 5: a legend's card has a rarity; before, all looked the same, and plain shocks have no card."""
    legends = {
        slug: {"rarity": "common" if legend.get("history") else None, **legend}
        for slug, legend in document.get("legends", {}).items()
    }
    return {**document, "legends": legends}


def with_authors(document: dict[str, Any]) -> dict[str, Any]:
    """From 5 to 6: a legend may have been made up by a patron; before, all came with the program."""
    legends = document.get("legends", {})
    return {**document, "legends": {slug: {"author": "", **legend} for slug, legend in legends.items()}}


def with_examples(document: dict[str, Any]) -> dict[str, Any]:
    """From 6 to 7: a tongue has each creature's words in the example of its prompt; before, one was shown to all."""
    return {**document, "tongue": {"examples": {}, **document.get("tongue", {})}}


STEPS: Final[tuple[Callable[[dict[str, Any]], dict[str, Any]], ...]] = (
    with_tongue,
    with_regard,
    with_situations,
    with_rarities,
    with_authors,
    with_examples,
)
