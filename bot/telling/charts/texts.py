"""The words that go with a chart: alt text for those who cannot see it, and its short form."""

from collections.abc import Sequence
from typing import Final

from bot.telling.cards import ChartCard
from bot.telling.words import bounded

MAX_ALT: Final = 1024
"""Discord's limit for the description of a file."""
MAX_BRIEF: Final = 256
"""Discord's limit for the description of a media gallery's item."""


def card(filename: str, png: bytes, sentences: Sequence[str]) -> ChartCard:
    """A chart with its alt texts: as many whole sentences as fit, the most important first."""
    return ChartCard(png, filename, within(sentences, MAX_ALT), within(sentences, MAX_BRIEF))


def within(sentences: Sequence[str], limit: int) -> str:
    """As many whole sentences from the front as fit into ``limit`` characters; the first is cut if it must be."""
    text = bounded(sentences[0], limit)
    for sentence in sentences[1:]:
        if len(text) + 1 + len(sentence) > limit:
            break
        text = f"{text} {sentence}"
    return text
