"""The post at the year's end: who was richest, who was foremost, and what begins."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import discord
from discord import ui

from bot.telling.cards import ChartCard
from bot.telling.catalog import Words, words_of_wood
from bot.telling.charts.pool import ChartPool
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.phrases import of_creature, who
from bot.telling.taming import escape
from bot.telling.year import YearCard
from bot.views.base import Layout, gallery, row, text
from bot.views.patron import JoinButton, PurseButton
from wood.names import CENTS

_COLOUR: Final = discord.Colour(0xD9B23D)
_MEDALS: Final = {1: "🥇", 2: "🥈", 3: "🥉"}


async def make_year(card: YearCard, charts: ChartPool) -> tuple[Layout, list[discord.File]]:
    """Write the year's end in the wood's language, and have the year's wealth drawn.

    Raises:
        Refusal: the chart cannot be drawn now.
    """
    drawn = await charts.draw(ChartRequest(ChartKind.WEALTH), card.rules, card.turns, patient=True)
    return render_year(card, [drawn])


def render_year(card: YearCard, pictures: Sequence[ChartCard] = ()) -> tuple[Layout, list[discord.File]]:
    """A year of the wood is over: the richest, the standings, the foremost patron, and what the new year brings."""
    words = words_of_wood(card.rules)
    items: list[ui.Item[Any]] = [text(_head(words, card)), text("\n".join(_standing(words, card)))]
    files: list[discord.File] = []
    if pictures:
        shown, files = gallery(pictures)
        items.append(shown)
    items += [text(_new_year(words, card)), row(JoinButton(words), PurseButton(words))]
    return Layout(ui.Container(*items, accent_colour=_COLOUR)), files


def _head(words: Words, card: YearCard) -> str:
    richest, mean = card.standing[0]
    patron = escape(who(words, card.rules, card.names, card.patron)) if card.patron else ""
    told = words("year-richest", winner=of_creature(words, card.rules, richest), pebbles=_pebbles(mean))
    foremost = words("year-patron", patron=patron) if patron else words("year-nobody")
    return "\n".join((words("year-head", year=card.year), told, foremost))


def _standing(words: Words, card: YearCard) -> Iterator[str]:
    for place, (creature, mean) in enumerate(card.standing, 1):
        rule = card.rules.creatures[creature]
        mark = _MEDALS.get(place, "▫️")
        yield words("year-place", mark=mark, emoji=rule.emoji, name=rule.name, pebbles=_pebbles(mean))


def _new_year(words: Words, card: YearCard) -> str:
    first = card.next
    return words("year-next", year=first.year, season=first.season.name, emoji=first.season.emoji)


def _pebbles(hundredths: int) -> int:
    """Hundredths as whole pebbles, rounded."""
    return (hundredths + CENTS // 2) // CENTS
