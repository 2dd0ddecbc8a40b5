"""The saga of a year as text: blocks for its post, and pages on which all of it is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.telling.catalog import Words
from bot.telling.phrases import when, who
from bot.telling.secrets import Secret, all_secrets, tally
from bot.telling.showing import best_quote
from bot.telling.taming import bounded, clean, escape, whole_lines
from bot.telling.titles import titles_listed
from bot.telling.turning import turning_points
from bot.telling.year import CountedRow, YearCard
from wood.names import CENTS

_POINTS: Final = 7
_POINTS_WHOLE: Final = 24
"""Turning points in the post, and in the whole saga."""
_TOLD: Final = 3
_TOLD_WHOLE: Final = 14
"""Secrets of one patron in the post, and in the whole saga."""
_PATRONS: Final = 8
_TELLERS: Final = 5
"""Patrons in the post's table, and those whose secrets it tells."""
_LINE: Final = 210
"""Characters of one line."""
_BLOCKS: Final = {"turning": 1_250, "patrons": 620, "secrets": 1_150}
"""Characters of each block of the post."""
PAGE: Final = 2_000
"""Characters of a page."""
_MEDALS: Final = {1: "🥇", 2: "🥈", 3: "🥉"}
_CREATURES: Final = ("🥇", "🥈", "🥉")


@dataclass(frozen=True, slots=True)
class SagaBlocks:
    """The parts of a year's post in Discord's Markdown; "" for those that the year has nothing for."""

    head: str
    creatures: str
    turning: str
    patrons: str
    secrets: str


def blocks(words: Words, card: YearCard) -> SagaBlocks:
    """What the post at a year's end tells, bounded; what is left out is in :func:`pages`."""
    bound = {
        "turning": list(_turning(words, card, _POINTS)),
        "patrons": list(_patrons(words, card, _PATRONS)),
        "secrets": list(_secrets(words, card, _TELLERS, _TOLD)),
    }
    shown = {name: "\n".join(whole_lines(words, lines, _BLOCKS[name])) for name, lines in bound.items()}
    creatures = "\n".join([*_creatures(words, card), *_quote(words, card)])
    return SagaBlocks(head="\n".join(_head(words, card)), creatures=creatures, **shown)


def pages(words: Words, card: YearCard) -> list[str]:
    """The whole saga on pages of whole lines, one at least."""
    parts = [
        [*_head(words, card), *_creatures(words, card)],
        [*_turning(words, card, _POINTS_WHOLE), *_quote(words, card)],
        list(_patrons(words, card, len(card.counted))),
        list(_secrets(words, card, len(card.counted), _TOLD_WHOLE)),
    ]
    filled = [""]
    for line in (line for part in parts for line in part):
        if filled[-1] and len(filled[-1]) + 1 + len(line) > PAGE:
            filled.append("")
        filled[-1] = f"{filled[-1]}\n{line}".lstrip("\n")
    return filled


def _head(words: Words, card: YearCard) -> Iterator[str]:
    yield words("saga-head", year=card.year)
    richest, mean = card.standing[0]
    winner = card.rules.creatures[richest].name
    yield words("year-richest", winner=winner, pebbles=_pebbles(mean))
    if card.patron:
        yield words("year-patron", patron=escape(who(words, card.rules, card.names, card.patron)))
    else:
        yield words("year-nobody")


def _creatures(words: Words, card: YearCard) -> Iterator[str]:
    yield words("saga-creatures")
    for place, (creature, mean) in enumerate(card.standing):
        rule = card.rules.creatures[creature]
        mark = _CREATURES[place] if place < len(_CREATURES) else "▫️"
        yield words("year-place", mark=mark, emoji=rule.emoji, name=rule.name, pebbles=_pebbles(mean))


def _quote(words: Words, card: YearCard) -> Iterator[str]:
    """The year's best line."""
    if (quote := best_quote(card.turns)) is not None:
        creature, said = quote
        speaker = card.rules.creatures[creature].name
        yield "> " + words("report-quote", text=escape(bounded(clean(said), _LINE)), speaker=speaker)


def _turning(words: Words, card: YearCard, most: int) -> Iterator[str]:
    """The weightiest turning points, in their order."""
    points = turning_points(words, card)[:most]
    if points:
        yield words("saga-turning")
    for point in sorted(points, key=lambda point: point.turn.number):
        date = when(words, card.rules, point.turn)
        yield words("saga-point", date=date, line=escape(bounded(point.line, _LINE)))


def _patrons(words: Words, card: YearCard, most: int) -> Iterator[str]:
    rows = card.counted
    if rows:
        yield words("saga-patrons")
    for row in rows[:most]:
        yield _patron(words, card, row)
        if row.titles:
            yield f"-# {titles_listed(words, row.titles)}"
    if len(rows) > most:
        yield "-# " + words("ranking-more", count=len(rows) - most)


def _patron(words: Words, card: YearCard, row: CountedRow) -> str:
    return words(
        "saga-patron",
        place=_MEDALS.get(row.rank, f"{row.rank}\\."),
        name=_name(words, card, row.key),
        pebbles=row.pebbles,
        more="yes" if row.standing != row.pebbles else "no",
        standing=row.standing,
    )


def _secrets(words: Words, card: YearCard, patrons: int, most: int) -> Iterator[str]:
    """What each patron had kept to itself: those with the strongest deeds first."""
    all_found, deeds = all_secrets(words, card), card.secrets
    told = [(row.key, all_found[row.key]) for row in card.counted if row.key in all_found]
    told.sort(key=lambda each: -sum(secret.weight for secret in each[1][:most]))
    if told:
        yield words("saga-secrets")
    for key, found in told[:patrons]:
        yield words("saga-name", name=_name(words, card, key))
        yield from _deeds(words, card, found[:most])
        if len(found) > most and (all_ := tally(words, deeds[key])):
            yield "-# " + words("saga-tally", tally=all_)


def _deeds(words: Words, card: YearCard, found: Sequence[Secret]) -> Iterator[str]:
    turns = {turn.number: turn for turn in card.turns}
    for secret in sorted(found, key=lambda secret: secret.turn):
        date = when(words, card.rules, turns[secret.turn])
        yield words("saga-secret", date=date, line=escape(bounded(secret.line, _LINE)))


def _name(words: Words, card: YearCard, key: str) -> str:
    return escape(who(words, card.rules, card.names, key))


def _pebbles(hundredths: int) -> int:
    """Hundredths as whole pebbles, rounded."""
    return (hundredths + CENTS // 2) // CENTS
