"""The board's one story: what the last turn brought that matters most, in words that a newcomer has.

Everything that may be told is found with a weight, and the weightiest is told. Like headlines, a story claims only what
the record says. Pure; what patrons and models wrote comes out plain and is escaped where it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.telling.cards import BoardCard
from bot.telling.catalog import Words
from bot.telling.phrases import percent
from bot.telling.stories import Found, Teller
from wood.hearsay import subject
from wood.names import CREATURES, GOODS, Creature, Good

_BARS: Final = "▁▂▃▅▇"
_COURSE: Final = 8
_STALE: Final = (50, 35, 20, 10)
"""Per cent that a story loses where its kind was told one, two, … turns ago."""


@dataclass(frozen=True, slots=True)
class Story:
    """What a turn is told by. Plain text.

    Attributes:
        kind: what sort of story it is; one that was told a turn ago is worth less.
        weight: how much it matters; of several the greatest is told.
        title: one line without a full stop.
        line: a sentence or two that say why; "" where the title says it all.
        quoted: the words of a creature that stand in the line, so that they need not be told again.
    """

    kind: str
    weight: int
    title: str
    line: str = ""
    quoted: str = ""


def tell(words: Words, card: BoardCard) -> Story | None:
    """The story of a board's last turn; None before the first."""
    if card.turn is None:
        return None
    turns = [*(turn for turn in card.recent if turn.number < card.turn.number), card.turn]
    told: list[str] = []
    for at in range(max(0, len(turns) - 1 - len(_STALE)), len(turns)):
        stories = Teller(words, card, turns[: at + 1]).stories()
        best = max(stories, key=lambda story: _fresh(story, told))
        told.append(best.kind)
    return Story(best.kind, best.weight, *best.words())


def _fresh(story: Found, told: Sequence[str]) -> int:
    """A story's weight, less where the turns before were told by the same kind; of several the latest counts."""
    ago = next((ago for ago, kind in enumerate(reversed(told)) if kind == story.kind), len(_STALE))
    return story.weight * (100 - _STALE[ago]) if ago < len(_STALE) else story.weight * 100


def hottest(card: BoardCard) -> tuple[Good, int]:
    """The good that moved most in the last turn, and by how many per cent."""
    moves = {good: percent(card.world.yesterday[good], card.world.references[good]) for good in GOODS}
    good = max(GOODS, key=lambda each: abs(moves[each]))
    return good, moves[good]


def sparkline(course: Sequence[int]) -> str:
    """A price's last eight stands as small bars, the least the lowest: ``"▁▂▃▅▇▇"``; "" for fewer than two."""
    shown = course[-_COURSE:]
    if len(shown) < 2:
        return ""
    low, high = min(shown), max(shown)
    if low == high:
        return _BARS[len(_BARS) // 2] * len(shown)
    return "".join(_BARS[(each - low) * (len(_BARS) - 1) // (high - low)] for each in shown)


def best_lines(card: BoardCard, most: int, told: str = "") -> list[tuple[Creature, str]]:
    """The best of what creatures said, in their order: lines that name somebody, then those about the hottest good.

    Args:
        card: the board.
        most: how many lines at most.
        told: a line that stands in the story already.
    """
    good, _ = hottest(card)
    names = [name.casefold() for name in card.names.values()]
    kept: dict[str, tuple[int, Creature]] = {}
    for creature, line in card.quotes:
        about = subject(card.rules.tongue, line)
        named = about in CREATURES or any(name in line.casefold() for name in names)
        worth = 4 * named + 2 * (about is good) + (about is not None)
        if line and line != told and line not in kept:
            kept[line] = worth, creature
    best = sorted(kept, key=lambda line: -kept[line][0])[:most]
    return [(creature, line) for line, (_, creature) in kept.items() if line in best]
