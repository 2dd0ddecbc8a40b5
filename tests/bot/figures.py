"""What tests of charts measure: the texts of a drawn figure and their colours, and turns made for a chart."""

import struct
from collections.abc import Iterator, Mapping, Sequence

from matplotlib.figure import Figure
from matplotlib.text import Text

from bot.telling.cards import ChartCard
from tests.bot.turns import STARTS, make_turn
from wood.chronicle import Event, EventKind, Turn
from wood.names import Creature, Good


def texts(figure: Figure) -> Iterator[tuple[Text, tuple[float, float, float, float]]]:
    """All visible texts of a drawn figure with their boxes in pixels."""
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_visible() and text.get_text().strip():
            box = text.get_window_extent()
            if box.width > 0:
                yield text, (box.x0, box.y0, box.x1, box.y1)


def size(card: ChartCard) -> tuple[int, int]:
    assert card.png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", card.png[16:24])


def rumor(speaker: str, about: Good | Creature | None, leaning: int) -> Event:
    return Event(EventKind.RUMOR, speaker, {"about": about, "text": "they say so", "leaning": leaning})


def run_of(good: Good, percents: Sequence[int], events: Mapping[int, Sequence[Event]] | None = None) -> list[Turn]:
    """Turns from turn 1 in which one good stands at these per cent of its start, all others at theirs."""
    return [
        make_turn(number, {**STARTS, good: STARTS[good] * percent // 100}, (events or {}).get(number, ()))
        for number, percent in enumerate(percents, 1)
    ]


def colours(figure: Figure) -> dict[str, str]:
    return {text.get_text(): str(text.get_color()) for text, _ in texts(figure)}
