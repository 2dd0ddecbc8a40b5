"""The post at the year's end, a tale with its pictures, and the pages on which all of it is told."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import discord
from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.cards import ChartCard, RankRow
from bot.telling.catalog import Words, words_of_wood
from bot.telling.charts.pool import ChartPool
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.saga import SagaBlocks, blocks, pages
from bot.telling.year import YearCard
from bot.views.base import Layout, StatelessButton, gallery, row, rule, text
from bot.views.patron import JoinButton, PurseButton

_COLOUR: Final = discord.Colour(0xD9B23D)


class SagaButton(StatelessButton, template=r"ttw:saga:(?P<year>[1-9][0-9]{0,5}):(?P<page>[1-9][0-9]{0,3})"):
    """Open a page of the saga of a year."""

    def __init__(self, words: Words, year: int, page: int = 1, key: str = "button-saga", emoji: str = "📜") -> None:
        super().__init__(f"ttw:saga:{year}:{page}", label=words(key), emoji=emoji)

    async def press(self, interaction: Interaction) -> None:
        """Show the page to the one who asked."""
        async with answering(interaction, looks=True) as answer:
            card = await interaction.client.keeper.annals.saga(place(interaction), int(self.named["year"]))
            await answer.show(await open_saga(words_of(interaction), card, int(self.named["page"])))


async def make_year(card: YearCard, charts: ChartPool) -> tuple[Layout, list[discord.File]]:
    """Write the year's end in the wood's language, and have its pictures drawn.

    Raises:
        Refusal: a chart cannot be drawn now.
    """
    kinds = [ChartKind.YEAR, ChartKind.WEALTH, *([ChartKind.COURSE] if card.counted else [])]
    ranking = [
        RankRow(each.rank, card.names[each.key], each.standing, 0, card.aliases.get(each.key, ""))
        for each in card.counted
    ]
    drawn = {
        kind: await charts.draw(ChartRequest(kind), card.rules, card.turns, ranking, card.names, patient=True)
        for kind in kinds
    }
    return await asyncio.to_thread(render_year, card, drawn)


async def open_saga(words: Words, card: YearCard, page: int = 1) -> Layout:
    """Write a page in a thread: a year of two hundred busy patrons takes some seconds to tell."""
    return await asyncio.to_thread(render_saga, words, card, page)


def render_year(
    card: YearCard, pictures: Mapping[ChartKind, ChartCard] | None = None
) -> tuple[Layout, list[discord.File]]:
    """A year of the wood is over: its tale, how all stood, what had been secret, and what the new year brings."""
    words = words_of_wood(card.rules)
    told = blocks(words, card)
    files: list[discord.File] = []
    items: list[ui.Item[Any]] = []
    for kind, block in _parts(told):
        if kind is not None and pictures and kind in pictures:
            shown, more = gallery([pictures[kind]])
            items.append(shown)
            files += more
        if block:
            items.append(text(block))
    items += [
        rule(),
        text(_new_year(words, card)),
        row(SagaButton(words, card.year), JoinButton(words), PurseButton(words)),
    ]
    return Layout(ui.Container(*items, accent_colour=_COLOUR)), files


def _parts(told: SagaBlocks) -> list[tuple[ChartKind | None, str]]:
    """The blocks in their order, each with the picture that stands over it."""
    return [
        (ChartKind.YEAR, told.head),
        (None, told.turning),
        (None, told.creatures),
        (ChartKind.WEALTH, ""),
        (None, told.patrons),
        (ChartKind.COURSE, told.secrets),
    ]


def render_saga(words: Words, card: YearCard, page: int) -> Layout:
    """One page of the whole saga of a year; one beyond the last is the last."""
    told = pages(words, card)
    page = min(page, len(told))
    buttons = []
    if page > 1:
        buttons.append(SagaButton(words, card.year, page - 1, "button-saga-before", "◀️"))
    if page < len(told):
        buttons.append(SagaButton(words, card.year, page + 1, "button-saga-next", "▶️"))
    items: list[ui.Item[Any]] = [text(told[page - 1])]
    if buttons:
        items += [text(f"-# {words('saga-page', page=page, pages=len(told))}"), row(*buttons)]
    return Layout(ui.Container(*items, accent_colour=_COLOUR))


def _new_year(words: Words, card: YearCard) -> str:
    first = card.next
    return words("year-next", year=first.year, season=first.season.name, emoji=first.season.emoji)
