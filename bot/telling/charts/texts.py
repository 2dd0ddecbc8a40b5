"""The words that go with a chart: its titles, alt text for those who cannot see it, and the alt text's short form."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words
from bot.telling.charts.pins import Pin, response
from bot.telling.charts.series import Timeline
from bot.telling.phrases import moved, way
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
    return turns_between(words, timeline.turns[0], timeline.turns[-1])


def turns_between(words: Words, first: int, last: int) -> str:
    """Some turns: ``"turn 7"``, ``"turns 7 to 12"``."""
    return words("span-one", turn=last) if first == last else words("span-many", first=first, last=last)


def pinned(words: Words, pins: Sequence[Pin], line: Mapping[int, float] | None = None) -> list[str]:
    """A sentence for what is pinned, if anything is, each with what the line did after it where that is shaded."""
    told = [
        words("chart-pinned-felt", pin=label, turn=pin.turn, moved=moved(words, round(100 * response(line, pin.turn))))
        if pin.felt and line
        else words("chart-pinned-one", pin=label, turn=pin.turn)
        for pin in sorted(pins, key=lambda pin: pin.turn)
        for label in [pin_label(words, pin, pin.name)]
    ]
    return [words("chart-pinned", pins=words.listed(told))] if told else []


def pin_label(words: Words, pin: Pin, name: str) -> str:
    """What a pin says: a legend's title, or who said what: ``"Ada: “dearer”"``."""
    return words(f"chart-pin-{pin.kind}", name=name, leaning=way(pin.leaning))
