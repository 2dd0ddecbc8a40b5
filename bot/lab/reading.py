"""How a wood reads over many days: how much gossip repeats, names somebody or is wrong, and how headlines vary."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from bot.telling.phrases import public
from wood.chronicle import EventKind, Turn
from wood.names import GOODS, Good

WINDOW: Final = 60
"""Turns within which a line should not come again."""
WRONG: Final = 3
"""Per cent by which a price must have gone the other way for a line to contradict it."""
MOST_REPEATS: Final = 0.05
LEAST_NAMING: Final = 1 / 3
MOST_OF_A_FORM: Final = 3
"""How often one form of headline may stand over thirty reports."""
_SHOWN: Final = 20
_FIGURE: Final = re.compile(r"[+−-]?\d(?:[\d.,]*\d)?")


class Line(NamedTuple):
    """A line of gossip: when and by whom it was said, about what, and which way it points a price."""

    turn: int
    speaker: str
    text: str
    about: str | None
    leaning: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Attributes:
        lines: lines of gossip.
        repeats: of these, those that stood word for word within :data:`WINDOW` turns before.
        naming: those that name a creature or a patron other than the speaker.
        contradicting: those that claim a price the other way than it went in the turn before.
        repeated: the lines that repeated most, with how often they were said again.
        wrong: lines that contradict, the first ones.
        headlines: how often each form of headline stood, the commonest first; see :func:`form_of`.
    """

    lines: int
    repeats: int
    naming: int
    contradicting: int
    repeated: Mapping[str, int]
    wrong: tuple[Line, ...]
    headlines: Mapping[str, int]

    def share(self, number: int) -> float:
        """A number of lines as a share of all."""
        return number / self.lines if self.lines else 0.0

    def to_json(self) -> dict[str, Any]:
        """The figures as one plain JSON object."""
        return {
            "lines": self.lines,
            "repeats": round(self.share(self.repeats), 4),
            "naming": round(self.share(self.naming), 4),
            "contradicting": round(self.share(self.contradicting), 4),
            "most_repeated": dict(self.repeated),
            "contradictions": [line._asdict() for line in self.wrong],
            "headlines": dict(self.headlines),
        }


def read(
    turns: Sequence[Turn], starts: Mapping[Good, int], names: Mapping[str, Sequence[str]], forms: Iterable[str]
) -> Reading:
    """Read the gossip of some turns, from a founding on, and the forms of headlines over them.

    Args:
        turns: from the first turn of the wood.
        starts: the prices before it, hundredths.
        names: what each creature and patron may be called, by key.
        forms: the form of each headline.
    """
    lines = gossip(turns)
    again = repeats(lines)
    wrong = contradictions(lines, turns, starts)
    return Reading(
        lines=len(lines),
        repeats=len(again),
        naming=sum(names_somebody(line, names) for line in lines),
        contradicting=len(wrong),
        repeated=dict(Counter(line.text for line in again).most_common(_SHOWN)),
        wrong=tuple(wrong[:_SHOWN]),
        headlines=dict(Counter(forms).most_common()),
    )


def gossip(turns: Iterable[Turn]) -> list[Line]:
    """All that creatures said aloud, in order."""
    return [
        Line(
            turn.number,
            event.subject,
            str(data["text"]),
            None if data.get("about") is None else str(data["about"]),
            int(data.get("leaning") or 0),
        )
        for turn, event in public(turns, EventKind.GOSSIP)
        if (data := event.data or {}).get("text")
    ]


def repeats(lines: Iterable[Line]) -> list[Line]:
    """The lines that anybody said word for word within :data:`WINDOW` turns before; capitals do not count."""
    last: dict[str, int] = {}
    found = []
    for line in lines:
        words = " ".join(line.text.casefold().split())
        if words in last and line.turn - last[words] <= WINDOW:
            found.append(line)
        last[words] = line.turn
    return found


def names_somebody(line: Line, names: Mapping[str, Sequence[str]]) -> bool:
    """Whether a line names a creature or a patron, other than the one who says it."""
    others = [name for key, called in names.items() if key != line.speaker for name in called if name]
    return bool(others) and _any_of(others).search(line.text) is not None


def contradictions(lines: Iterable[Line], turns: Sequence[Turn], starts: Mapping[Good, int]) -> list[Line]:
    """The lines that say dearer or cheaper of a good whose price went the other way in the turn before they were said.

    That is the move the speaker saw; in the first turn there was none.
    """
    prices = [starts, *(turn.references for turn in turns)]
    found = []
    for line in lines:
        if line.about not in GOODS or not line.leaning or line.turn < 2:
            continue
        good = Good(line.about)
        before, seen = prices[line.turn - 2][good], prices[line.turn - 1][good]
        if line.leaning * (seen - before) * 100 <= -WRONG * before:
            found.append(line)
    return found


def form_of(headline: str, parts: Mapping[str, str]) -> str:
    """A headline without what differs from day to day: figures become ``#``, and ``parts`` what stands for them.

    Args:
        headline: as it was written.
        parts: texts by what takes their place, such as names of goods; of two at one place the longer counts.
    """
    bare = {_FIGURE.sub("#", text).casefold(): sign for text, sign in parts.items() if text}
    plain = _FIGURE.sub("#", headline)
    return _any_of(bare).sub(lambda found: bare[found[0].casefold()], plain) if bare else plain


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
