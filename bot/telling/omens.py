"""What the omens say: the signs of what is to come, as far as they are public."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.telling.catalog import Words
from bot.telling.events import event_line
from bot.telling.phrases import public
from wood.chronicle import Turn
from wood.rules import Rules

_OMEN: Final = "omen"


def omen_lines(words: Words, rules: Rules, names: Mapping[str, str], turns: Sequence[Turn]) -> tuple[str, ...]:
    """The signs that were seen in some turns, a sentence each, oldest first, each once."""
    seen = (event for _, event in public(turns) if event.kind == _OMEN)
    lines = (event_line(words, event, rules, names) for event in seen)
    return tuple(dict.fromkeys(line for line in lines if line))
