"""Lines that the game offers to those who are not to speak in their own words, or have none."""

from collections.abc import Mapping
from typing import Final

from bot.telling.catalog import Words
from bot.telling.phrases import way
from wood.names import Creature, Good

_LINES: Final[Mapping[str, int]] = {"up": 3, "down": 3, "none": 1}
"""How many lines there are that lean one way: dearer or well of somebody, cheaper or ill, neither."""
LEANINGS: Final = (1, -1, 0)


def stock(words: Words, about: Good | Creature, leaning: int) -> tuple[str, ...]:
    """The lines about something that lean one way, in the language of ``words``."""
    name, of = words(_named(about)), "creature" if isinstance(about, Creature) else "good"
    lean = way(leaning)
    return tuple(words(f"stock-{of}-{lean}-{number}", name=name) for number in range(1, _LINES[lean] + 1))


def all_stock(words: Words, about: Good | Creature) -> dict[str, int]:
    """Every line about something, with the way that it leans."""
    return {line: leaning for leaning in LEANINGS for line in stock(words, about, leaning)}


def _named(about: Good | Creature) -> str:
    return f"creature-{about}" if isinstance(about, Creature) else f"good-{about}"
