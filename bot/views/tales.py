"""Legends by players, for whoever keeps the wood: what waits, a look at one, and the decision."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.catalog import Words
from bot.telling.tales import TaleCard, TaleRow
from bot.telling.taming import MAX_NAME, bounded, escape
from bot.views.base import CALM, Layout, StatelessButton, ago, note, text
from bot.views.keeper import check_keeper
from bot.views.tale import render_tale
from data.tale_schema import MAX_TITLE


class TaleLookButton(StatelessButton, template=r"ttw:tales:look:(?P<number>\d{1,9})"):
    """Look at a legend that waits."""

    async def press(self, interaction: Interaction) -> None:
        """Try it anew, and show it with the decision to be made."""
        check_keeper(interaction)
        async with answering(interaction, slow=True) as answer:
            words = words_of(interaction)
            card = await interaction.client.keeper.tales.look(place(interaction), int(self.named["number"]))
            await answer.show(*render_tale(words, card, *_decisions(words, card)))


class TaleAcceptButton(StatelessButton, template=r"ttw:tales:accept:(?P<number>\d{1,9})"):
    """Accept a legend that waits."""

    async def press(self, interaction: Interaction) -> None:
        """Take it into the wood's deck."""
        check_keeper(interaction)
        async with answering(interaction) as answer:
            row = await interaction.client.keeper.tales.accept(place(interaction), int(self.named["number"]))
            await answer.show(note(words_of(interaction)("tale-accepted", title=escape(row.legend.title))))


class TaleDeclineButton(StatelessButton, template=r"ttw:tales:decline:(?P<number>\d{1,9})"):
    """Decline a legend that waits."""

    async def press(self, interaction: Interaction) -> None:
        """Say no to it."""
        check_keeper(interaction)
        async with answering(interaction) as answer:
            row = await interaction.client.keeper.tales.decline(place(interaction), int(self.named["number"]))
            await answer.show(note(words_of(interaction)("tale-declined", title=escape(row.legend.title))))


def _decisions(words: Words, card: TaleCard) -> list[StatelessButton]:
    number = card.row.number
    accept = TaleAcceptButton(
        f"ttw:tales:accept:{number}", label=words("button-tale-accept"), style=discord.ButtonStyle.success
    )
    decline = TaleDeclineButton(
        f"ttw:tales:decline:{number}", label=words("button-tale-decline"), style=discord.ButtonStyle.danger
    )
    return [accept, decline] if card.trial.moves else [decline]


def render_waiting(words: Words, rows: Sequence[TaleRow]) -> Layout:
    """The legends that wait for a decision, the one that has waited longest first."""
    if not rows:
        return note(words("tale-waiting-none"))
    items: list[ui.Item[Any]] = [text(words("tale-waiting"))]
    for each in rows:
        line = words(
            "tale-waiting-line",
            title=escape(bounded(each.legend.title, MAX_TITLE)),
            author=escape(bounded(each.author, MAX_NAME)),
            when=ago(each.at),
        )
        look = TaleLookButton(f"ttw:tales:look:{each.number}", label=words("button-tale-look"), emoji="🔎")
        items.append(ui.Section(line, accessory=look))
    items.append(text(f"-# {words('tale-waiting-rule')}"))
    return Layout(ui.Container(*items, accent_colour=CALM))
