"""Legends: the hand, the casting, and the true history under the fur."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import ui

from bot.answers import Interaction, answering, place
from bot.telling.cards import CastReceipt, PatronCard
from bot.telling.words import bounded, count
from bot.views.base import CALM, Layout, StatelessButton, breath_bar, note, row, rule, text
from wood.moves.legend import LEGEND_BREATH
from wood.rules import History, Legend


class DrawButton(StatelessButton, template=r"ttw:draw"):
    """Draw a legend into one's own hand."""

    def __init__(self) -> None:
        super().__init__("ttw:draw", label="Draw", emoji="📜")

    async def press(self, interaction: Interaction) -> None:
        """Draw, and show the card to the one who drew it."""
        async with answering(interaction) as answer:
            legend = await interaction.client.keeper.patrons.draw(place(interaction), interaction.user.id)
            await answer.show(render_drawn(legend))


class CastButton(StatelessButton, template=r"ttw:cast:(?P<slug>[a-z0-9-]+)"):
    """Put breath into a legend of one's own hand."""

    async def press(self, interaction: Interaction) -> None:
        """Give what breath there is, up to all that a legend takes."""
        async with answering(interaction) as answer:
            await answer.show(await cast(interaction, self.words["slug"], None))

    @classmethod
    def of(cls, legend: Legend) -> "CastButton":
        """Make the button that casts ``legend``."""
        label = bounded(f"Cast {legend.title}", 80)
        return cls(f"ttw:cast:{legend.slug}", label=label, emoji="🌬️", style=discord.ButtonStyle.primary)


class HelpCastButton(StatelessButton, template=r"ttw:help-cast"):
    """Give one breath to the legend that gathers."""

    def __init__(self) -> None:
        super().__init__("ttw:help-cast", label="Give it breath", emoji="🌬️", style=discord.ButtonStyle.primary)

    async def press(self, interaction: Interaction) -> None:
        """Help with one breath."""
        async with answering(interaction) as answer:
            await answer.show(await cast(interaction, None, 1))


async def cast(interaction: Interaction, legend: str | None, breath: int | None) -> Layout:
    """Put a player's breath into a legend.

    Args:
        interaction: whose breath, and where.
        legend: a legend of the player's hand by slug; None for the one that is gathering.
        breath: how much; None for all there is, up to what a legend takes, so that a short one begins a pool.

    Raises:
        Refusal: the rules do not allow it.
    """
    receipt = await interaction.client.keeper.patrons.cast_legend(
        place(interaction), interaction.user.id, legend=legend, breath=breath
    )
    return render_receipt(receipt)


def _card(legend: Legend) -> list[ui.Item[Any]]:
    history = f"\n-# The true story: {legend.history.episode}, {legend.history.years}" if legend.history else ""
    return [text(bounded(f"### 📜 {legend.title}{history}\n> {legend.tale}", 900)), text(f"🔮 {legend.omen}")]


def render_drawn(legend: Legend) -> Layout:
    """A card just drawn, for the eyes of the one who holds it."""
    tail = f"-# Nobody else knows that you hold it. Telling it takes {LEGEND_BREATH} breath, yours or shared."
    return Layout(ui.Container(*_card(legend), text(tail), row(CastButton.of(legend)), accent_colour=CALM))


def render_hand(card: PatronCard) -> Layout:
    """All legends that a patron holds."""
    if not card.hand:
        return note("### 📜 Your hand is empty\nDraw a legend: only you will know which one it is.", DrawButton())
    items: list[ui.Item[Any]] = []
    for legend in card.hand:
        items += [*_card(legend), row(CastButton.of(legend)), rule()]
    items.append(text(f"{breath_bar(card)} {card.breath} of {card.breath_max} breath"))
    return Layout(ui.Container(*items, accent_colour=CALM))


def render_receipt(receipt: CastReceipt) -> Layout:
    """What came of putting breath into a legend."""
    pool = receipt.pool
    name = f"**{receipt.legend.title}**" if receipt.legend else "The legend that is gathering breath"
    bar = "🌬️" * pool.gathered + "▫️" * max(0, pool.needed - pool.gathered)
    if pool.told_in is None:
        missing = count(pool.needed - pool.gathered, "breath", "breath")
        return note(f"{bar}\n{name} has {pool.gathered} of {pool.needed} breath. It still needs {missing}.")
    when = "at the next dawn" if pool.told_in == 0 else f"in {count(pool.told_in, 'turn')}, when the wood has rested"
    return note(f"{bar}\n{name} has all the breath it needs. It is told {when}.")


def render_lore(legend: Legend) -> Layout:
    """A told legend and the true episode behind it."""
    items: list[ui.Item[Any]] = [text(f"### 📜 {legend.title}\n> {legend.tale}")]
    if legend.history is not None:
        items += [rule(), *(text(part) for part in history_parts(legend.history))]
    return Layout(ui.Container(*items, accent_colour=CALM))


def history_parts(past: History, limit: int = 2_000) -> Iterator[str]:
    """The true episode, in texts that stand apart: what happened with the figures, and the sources.

    Apart, because some readers of Markdown take a line below a list or a quotation for a part of it.
    """
    figures = "\n".join(f"- {figure}" for figure in past.figures)
    yield bounded(f"**{past.episode}, {past.years}**\n{past.account}\n{figures}", limit)
    yield f"-# {bounded('Sources: ' + '; '.join(past.sources), 400)}"
