"""Ready patterns of shocks, from which a patron without a file makes up a legend: the figures, without words."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from data import folders
from wood.names import FIREWOOD, Good

_FILE: Final = ("content", "patterns.toml")
_PURSES: Final = ("money", "credit")
"""Kinds of shock that act on no good."""


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    tables: dict[str, Any] = tomllib.loads(folders.root().joinpath(*_FILE).read_text(encoding="utf-8"))
    return tables


def patterns() -> tuple[str, ...]:
    """The names of all patterns, as the file has them."""
    return tuple(_tables())


def keys_of(pattern: str) -> tuple[str, ...]:
    """The keys of what creatures hear in a pattern, in order.

    Raises:
        KeyError: there is no such pattern.
    """
    return tuple(dict.fromkeys(shock["says"] for shock in _tables()[pattern]["shocks"] if "says" in shock))


def figures_of(pattern: str, good: Good) -> dict[str, Any]:
    """A pattern's figures for one good, as the file of a legend has them.

    Raises:
        KeyError: there is no such pattern.
    """
    table = _tables()[pattern]
    shocks = [_aimed(shock, good) for shock in table["shocks"]]
    return {"good": good.value, "direction": table["direction"], "shocks": shocks}


def _aimed(shock: Mapping[str, Any], good: Good) -> dict[str, Any]:
    aimed = {key: value for key, value in shock.items() if key != "firewood"}
    if good is FIREWOOD and "firewood" in shock:
        aimed["strength"] = shock["firewood"]
    return aimed if shock["kind"] in _PURSES else {**aimed, "good": good.value}
