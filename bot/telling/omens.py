"""What the omens say: the signs of what is to come, as far as they are public, and what a new year is mad about."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.telling.catalog import Words
from bot.telling.events import event_line
from bot.telling.phrases import public
from wood.chronicle import EventKind, Turn
from wood.rules import Rules

_OMENS: Final = frozenset({EventKind.OMEN, EventKind.FASHION})


def omen_lines(words: Words, rules: Rules, names: Mapping[str, str], turns: Sequence[Turn]) -> tuple[str, ...]:
    """The signs and fashions of some turns, a sentence each, oldest first, each once."""
    seen = (event for _, event in public(turns) if event.kind in _OMENS)
    lines = (event_line(words, event, rules, names) for event in seen)
    return tuple(dict.fromkeys(line for line in lines if line))
