"""The words that go with a chart: its titles, alt text for those who cannot see it, and the alt text's short form."""

from collections.abc import Sequence
from typing import Final

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts.series import Timeline
from bot.telling.taming import bounded

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


def shown_turns(words: Words, timeline: Timeline) -> str:
    """Which turns a chart shows: ``"turn 7"``, ``"turns 7 to 12"``."""
    first, last = timeline.turns[0], timeline.turns[-1]
    return words("span-one", turn=last) if first == last else words("span-many", first=first, last=last)


def titled(words: Words, title: str, timeline: Timeline) -> str:
    """A chart's title with the turns that it shows."""
    return words("chart-titled", title=title, turns=shown_turns(words, timeline))


def marked(words: Words, timeline: Timeline) -> list[str]:
    """A sentence for the poles of a chart, if it has any."""
    struck = [words("chart-mark", title=strike.title, turn=strike.turn) for strike in timeline.strikes]
    return [words("chart-marked", marks=words.listed(struck))] if struck else []
