"""What the engines behind the minds are at, in words: for the board, and for those who keep the bot running."""

from collections.abc import Sequence
from functools import reduce

from bot.telling.catalog import Words
from inference.protocol import State


def doing(words: Words, states: Sequence[State]) -> str:
    """What some engines are at, each once: ``"loading Qwen3-8B, 12 s so far"``; "" where there are none.

    Plain text, in which a model's name is not escaped.
    """
    said = list(dict.fromkeys(words(f"engine-{state.doing}", **state.facts) for state in states))
    return reduce(lambda head, next_: words("engine-several", head=head, next=next_), said) if said else ""
