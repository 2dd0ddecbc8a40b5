"""The daily report and single charts, with the buttons that ask for them."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import discord
from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.cards import ChartCard, ReportCard
from bot.telling.catalog import Words, words_of_wood
from bot.telling.charts.pool import ChartPool
from bot.telling.report import Report, build_report
from bot.telling.report_text import Part, blocks
from bot.views.base import CALM, Layout, StatelessButton, gallery, row, rule, text
from bot.views.call import with_calls
from bot.views.legend import LoreButton
from wood.names import Good

_ABOVE: Final = (Part.HEAD, Part.STORY)
"""What is read before the picture."""
_RULED: Final = frozenset({Part.FORTUNES, Part.SAGA, Part.LORE, Part.PRICES, Part.RANKING})
"""What a thin line stands above."""


class ChartButton(StatelessButton, template=r"ttw:chart"):
    """Draw the prices."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:chart", label=words("button-chart"), emoji="📈")

    async def press(self, interaction: Interaction) -> None:
        """Show the chart to the one who asked."""
        async with answering(interaction, slow=True) as answer:
            card = await interaction.client.keeper.queries.chart(place(interaction), None)
            await answer.show(*render_chart(words_of(interaction), card, None))


class ReportButton(StatelessButton, template=r"ttw:report"):
    """Read the report of the day so far."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:report", label=words("button-report"), emoji="🗞️")

    async def press(self, interaction: Interaction) -> None:
        """Show the report to the one who asked."""
        async with answering(interaction, slow=True) as answer:
            card = await interaction.client.keeper.queries.report(place(interaction))
            await answer.show(*await make_report(card, interaction.client.charts))


def render_chart(words: Words, card: ChartCard, good: Good | None) -> tuple[Layout, list[discord.File]]:
    """One price chart with its alt text, and the file to send along."""
    pictures, files = gallery([card])
    title = words("market-chart-good", good=words(f"good-{good}")) if good else words("market-chart-all")
    return Layout(ui.Container(text(title), pictures, accent_colour=CALM)), files


async def make_report(
    card: ReportCard, charts: ChartPool, *, patient: bool = False
) -> tuple[Layout, list[discord.File]]:
    """Write a day's report, in the wood's language, and have its charts drawn off the event loop.

    Args:
        card: the day.
        charts: draws.
        patient: wait for the charts however many others are asked for; nobody who waits for an answer should.

    Raises:
        Refusal: the charts cannot be drawn now.
    """
    words = words_of_wood(card.rules)
    # A fast wood has thousands of turns a day.
    report = await asyncio.to_thread(build_report, words, card)
    drawn = [
        await charts.draw(request, card.rules, card.history, card.ranking, card.names, patient=patient)
        for request in report.charts
    ]
    layout, files = render_report(words, report, drawn)
    return with_calls(card, layout), files


def render_report(words: Words, report: Report, charts: Sequence[ChartCard]) -> tuple[Layout, list[discord.File]]:
    """A day of the wood, the story before the figures; and the files to send along.

    Args:
        words: the wood's language.
        report: the day.
        charts: its pictures.
    """
    items: list[ui.Item[Any]] = []
    files: list[discord.File] = []
    parts = blocks(words, report)
    items += [text(block) for part, block in parts.items() if part in _ABOVE]
    if charts:
        pictures, files = gallery(charts)
        items.append(pictures)
    for part, block in parts.items():
        if part not in _ABOVE:
            items += [*([rule()] if part in _RULED else []), text(block)]
        if part is Part.LORE and report.lore and report.lore.slug:
            label = words("button-lore") if report.lore.episode else words("button-tale")
            items.append(row(LoreButton(f"ttw:lore:{report.lore.slug}", label=label, emoji="📖")))
    return Layout(ui.Container(*items, accent_colour=CALM)), files
