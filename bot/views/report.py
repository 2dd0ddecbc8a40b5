"""The daily report and single charts, with the buttons that ask for them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import discord
from discord import ui

from bot.answers import Interaction, answering, place
from bot.cards import ChartCard, ReportCard
from bot.report import Lore, Report, Saga, build_report
from bot.views.base import CALM, MAX_TEXT, Layout, Press, gallery, rule, said_line, text
from bot.views.legend import history_parts
from bot.views.patron import ranking_lines
from bot.words import bounded, escape, price
from wood.names import CENTS, Good

if TYPE_CHECKING:
    from bot.charts.pool import ChartPool

SPAN: Final = 30
"""Turns that a chart shows unless somebody asks for more or fewer."""
_HISTORY: Final = 1_300
_RANKED: Final = 8


class ChartButton(Press, template=r"ttw:chart"):
    """Draw the prices."""

    def __init__(self) -> None:
        super().__init__("ttw:chart", label="Chart", emoji="📈")

    async def press(self, interaction: Interaction) -> None:
        """Show the chart to the one who asked."""
        async with answering(interaction) as answer:
            card = await interaction.client.keeper.chart(place(interaction), None, SPAN)
            await answer.show(*render_chart(card, None))


class ReportButton(Press, template=r"ttw:report"):
    """Read the report of the day so far."""

    def __init__(self) -> None:
        super().__init__("ttw:report", label="Report", emoji="🗞️")

    async def press(self, interaction: Interaction) -> None:
        """Show the report to the one who asked."""
        async with answering(interaction) as answer:
            card = await interaction.client.keeper.report(place(interaction))
            await answer.show(*await make_report(card, interaction.client.charts))


def render_chart(card: ChartCard, good: Good | None) -> tuple[Layout, list[discord.File]]:
    """One price chart with its alt text, and the file to send along."""
    pictures, files = gallery([card])
    title = f"The price of {good}" if good else "All prices"
    return Layout(ui.Container(text(f"### 📈 {title}"), pictures, accent_colour=CALM)), files


async def make_report(
    card: ReportCard, charts: "ChartPool", *, patient: bool = False
) -> tuple[Layout, list[discord.File]]:
    """Write a day's report and have its charts drawn off the event loop.

    Args:
        card: the day.
        charts: draws.
        patient: wait for the charts however many others are asked for; nobody who waits for an answer should.

    Raises:
        Refusal: the charts cannot be drawn now.
    """
    report = build_report(card)
    drawn = [
        await charts.draw(request, card.rules, card.history, card.ranking, patient=patient) for request in report.charts
    ]
    return render_report(report, drawn)


def render_report(report: Report, charts: Sequence[ChartCard]) -> tuple[Layout, list[discord.File]]:
    """A day of the wood: headline, prices, charts, quote, legend and history, ranking; and the files to send along."""
    items: list[ui.Item[Any]] = [text("\n".join(_head(report)))]
    if report.prices:
        items.append(text(_prices(report)))
    if report.notes:
        items.append(text("\n".join(escape(note) for note in report.notes)))
    files: list[discord.File] = []
    # The first chart, the prices, has a row of its own: side by side, charts are too small for a phone.
    for shown in filter(None, (charts[:1], charts[1:])):
        pictures, drawn = gallery(shown)
        items.append(pictures)
        files += drawn
    if report.quote:
        items.append(text(said_line(report.quote.speaker, report.quote.text)))
    if report.saga:
        items += [rule(), text("\n".join(_saga(report.saga)))]
    if report.lore:
        items += [rule(), *(text(part) for part in _lore(report.lore))]
    if report.ranking:
        items += [rule(), text("\n".join(["**🏆 The patrons**", *ranking_lines(report.ranking, _RANKED)]))]
    layout = Layout(ui.Container(*items, accent_colour=CALM))
    if layout.content_length() > MAX_TEXT:
        message = f"a report of {layout.content_length()} characters"
        raise ValueError(message)
    return layout, files


def _head(report: Report) -> Iterator[str]:
    yield f"## 🗞️ {escape(report.headline)}"
    yield f"-# {report.day} · {escape(report.dateline)}"
    yield from (escape(line) for line in report.also)


def _prices(report: Report) -> str:
    lines = ["           from     to    move  sold"]
    for line in report.prices:
        arrow = "▲" if line.change > 0 else "▼" if line.change < 0 else "·"
        lines.append(
            f"{line.good:<9} {price(line.before):>5}  {price(line.after):>5}  {arrow} {abs(line.change):>3}%  "
            f"{line.volume or '–':>4}"
        )
    return "```\n" + "\n".join(lines) + "\n```"


def _saga(saga: Saga) -> Iterator[str]:
    yield f"### 👑 The saga of year {saga.year}"
    patron = f", and {escape(saga.patron)} the foremost patron" if saga.patron else ""
    yield f"{escape(saga.winner)} was the richest creature{patron}."
    for place_, (name, wealth) in enumerate(saga.standing, 1):
        yield f"{place_}. {escape(name)}, {wealth // CENTS} pebbles on the mean"


def _lore(lore: Lore) -> Iterator[str]:
    """The day's legend and its true history."""
    yield bounded(f"**📜 {lore.title}**\n> {lore.tale}", 700)
    if lore.episode:
        yield from history_parts(lore, _HISTORY)
