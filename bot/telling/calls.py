"""Daily calls in words: what somebody called, how likely it was, and how a day's calls came out. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from bot.telling.catalog import Fact, Words
from bot.telling.phrases import public, who
from bot.telling.taming import MAX_NAME, bounded
from wood.chronicle import Event, EventKind, Turn
from wood.names import Good
from wood.prophecy import PER_MILLE, greatest_move
from wood.rules import Rules
from wood.world import Call, Prophecy

NAMED: Final = 5
"""Those who were right that are named, the longest streaks first."""
STREAK: Final = 2
"""From how many right calls in a row a streak is told."""
POINT: Final = 10
"""Score, per mille, that is one point: a whole claim against all odds is worth a hundred."""
TELLING: Final = 8
"""Claims from which on a record is compared with chance."""
_ODDS: Final = ((80, "long"), (200, "outsider"), (450, "placed"))
"""Up to which chance, per mille, a call is what; of ten calls each has a hundred in the mean."""


@dataclass(frozen=True, slots=True)
class CallCard:
    """A daily call, for the eyes of the one who made it.

    Attributes:
        rules: the content.
        call: what stands; its ``chance`` is None until a turn has taken it in.
        new: whether it was made just now; else it stood already.
        turns: turns until it is judged, 1 or more.
        judged_at: when that is, if the wood keeps its pace; None while it rests.
        record: what the calls of this year were worth.
        member: whether the caller is a patron.
    """

    rules: Rules
    call: Call
    new: bool
    turns: int
    judged_at: datetime | None
    record: Prophecy
    member: bool


def called(words: Words, rules: Rules, good: Good, leaning: int) -> str:
    """What a call says: ``"🍯 honey up"``."""
    return words(
        "call-said", emoji=rules.goods[good].emoji, good=words(f"good-{good}"), way="up" if leaning > 0 else "down"
    )


def odds(words: Words, chance: int) -> str:
    """A call's chance, per mille, in words: ``"a long shot"``."""
    return words(f"call-odds-{next((name for most, name in _ODDS if chance <= most), 'favourite')}")


def points(score: int) -> int:
    """A score, per mille, in whole points, halves away from zero."""
    return (abs(score) + POINT // 2) // POINT * (1 if score >= 0 else -1)


def expected(record: Prophecy) -> Decimal:
    """How many of a record would have come true by their chances alone, in tenths."""
    return Decimal((record.expected * 10 + PER_MILLE // 2) // PER_MILLE) / 10


def record_line(words: Words, record: Prophecy) -> str:
    """What the daily calls of a year were worth."""
    facts: dict[str, Fact] = {"said": record.said, "right": record.right, "chance": expected(record)}
    line = words("call-record", points=signed_points(words, record.score), **facts)
    return words("call-record-streak", record=line, streak=record.streak) if record.streak >= STREAK else line


def verdict(words: Words, record: Prophecy) -> str:
    """How a record of claims compares with chance, in words; "" where it is too short to say."""
    if record.said < TELLING:
        return ""
    # Twice the standard error of so many claims at even odds, which is the most that it can be: per mille of one.
    apart = record.right * 1000 - record.expected
    far = apart * apart > 1_000_000 * record.said
    return words(f"ranking-verdict-{('better' if apart > 0 else 'worse') if far else 'even'}")


def signed_points(words: Words, score: int) -> str:
    """A score, per mille, in points with their sign: ``"+84 points"``."""
    whole = points(score)
    return words("score-points", sign="−" if whole < 0 else "+" if whole else "", points=abs(whole))


def outcome(
    words: Words, rules: Rules, names: Mapping[str, str], turns: Sequence[Turn], history: Sequence[Turn]
) -> tuple[str, ...]:
    """How the calls came out that were judged in some turns: what moved most, and who called it. Plain, unescaped.

    Args:
        words: the wood's language.
        rules: the content.
        names: what callers are called, by key.
        turns: the turns, oldest first.
        history: turns that the one before the first is among, if it is known.
    """
    judged = [event for _, event in public(turns, EventKind.CALLED)]
    if not judged:
        return ()
    right = [event for event in judged if (event.data or {}).get("right")]
    lines = []
    if (most := _moved(turns, history, right)) is not None:
        lines.append(words("call-outcome", call=called(words, rules, *most)))
    if not right:
        return (*lines, words("call-nobody", calls=len(judged)))
    right.sort(key=lambda event: (-_streak(event), int(event.subject.removeprefix("p"))))
    named = [_named(words, rules, names, event) for event in right[:NAMED]]
    if len(right) > NAMED:
        named.append(words("call-more", count=len(right) - NAMED))
    lines.append(words("call-right", right=len(right), calls=len(judged), names=words.listed(named)))
    return tuple(lines)


def _moved(turns: Sequence[Turn], history: Sequence[Turn], right: Sequence[Event]) -> tuple[Good, int] | None:
    """What most of those who were right had called; without any, what moved most over the turns."""
    if right:
        said = [(Good((event.data or {})["good"]), int((event.data or {})["leaning"])) for event in right]
        return max(said, key=said.count)
    before = next((turn for turn in history if turn.number == turns[0].number - 1), None)
    return greatest_move(before.references, turns[-1].references) if before else None


def _streak(event: Event) -> int:
    return int((event.data or {}).get("streak") or 0)


def _named(words: Words, rules: Rules, names: Mapping[str, str], event: Event) -> str:
    name = bounded(who(words, rules, names, event.subject), MAX_NAME)
    streak = _streak(event)
    return words("call-streak", name=name, streak=streak) if streak >= STREAK else name
