"""The ranking: prophets, callers, voices and purses, one short list each."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from discord import ui

from bot.telling.calls import STREAK, expected, signed_points, verdict
from bot.telling.cards import RankRow
from bot.telling.catalog import Words
from bot.telling.ranking import ProphetRow, RankingCard, VoiceRow
from bot.telling.taming import MAX_NAME, bounded, escape
from bot.telling.titles import titles_listed
from bot.views.base import CALM, Layout, row, rule, text
from bot.views.patron import JoinButton

_LISTED: Final = 5
_MEDALS: Final = {1: "🥇", 2: "🥈", 3: "🥉"}


def render_ranking(words: Words, card: RankingCard) -> Layout:
    """Each list that has anybody in it, the first five of each."""
    if not card.purses and not card.callers:
        return Layout(
            ui.Container(
                text(f"{words('ranking-head')}\n{words('patron-unranked')}"), row(JoinButton(words)), accent_colour=CALM
            )
        )
    lists = (
        ("prophets", [_prophet(words, each) for each in card.prophets[:_LISTED]], len(card.prophets)),
        ("callers", [_caller(words, each) for each in card.callers[:_LISTED]], len(card.callers)),
        ("voices", [_voice(words, each) for each in card.voices[:_LISTED]], len(card.voices)),
        ("purses", [_purse(words, each) for each in card.purses[:_LISTED]], len(card.purses)),
    )
    items: list[ui.Item[Any]] = [text(words("ranking-head"))]
    for name, lines, among in lists:
        if lines:
            items += [rule(), text("\n".join(_list(words, name, lines, among)))]
    return Layout(ui.Container(*items, accent_colour=CALM))


def _list(words: Words, name: str, lines: Sequence[str], among: int) -> Iterator[str]:
    yield words(f"ranking-{name}")
    yield from lines
    if among > len(lines):
        yield "-# " + words("ranking-more", count=among - len(lines))


def _name(words: Words, rank: int, name: str) -> dict[str, str]:
    """The facts that all lines begin with."""
    shown = escape(bounded(name, MAX_NAME)) or words("who-patron")
    return {"place": _MEDALS.get(rank, f"{rank}\\."), "name": shown}


def _prophet(words: Words, each: ProphetRow) -> str:
    record = each.record
    line = words("ranking-prophet", **_name(words, each.rank, each.name), points=signed_points(words, record.score))
    told = words("ranking-claims", said=record.said, right=record.right, chance=expected(record))
    return "\n".join((line, f"-# {told} {verdict(words, record)}".rstrip()))


def _caller(words: Words, each: ProphetRow) -> str:
    record, facts = each.record, _name(words, each.rank, each.name)
    line = words("ranking-caller", **facts, points=signed_points(words, record.score), right=record.right)
    return words("ranking-streak", line=line, streak=record.streak) if record.streak >= STREAK else line


def _voice(words: Words, each: VoiceRow) -> str:
    return words("ranking-voice", **_name(words, each.rank, each.name), percent=Decimal(f"{each.moved:.1f}"))


def _purse(words: Words, each: RankRow) -> str:
    line = words("ranking-purse", **_name(words, each.rank, each.name or each.alias), purse=each.purse)
    if not each.titles and not each.wins:
        return line
    titles = titles_listed(words, each.titles) or "none"
    return f"{line}\n-# {words('ranking-career', titles=titles, wins=each.wins)}"
