"""Patrons: their purse, their ranking, and the button that makes one."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.answers import Interaction, answering, place
from bot.telling.cards import PatronCard, RankRow
from bot.telling.catalog import SOURCE, words_in
from bot.telling.report_text import rank_lines
from bot.telling.words import MAX_NAME, bounded, count, escape, whole_lines
from bot.views.base import CALM, Layout, StatelessButton, breath_bar, clip, row, rule, text
from bot.views.legend import DrawButton
from bot.views.rumor import RumorButton

_RANKED = 20
"""Patrons that the ranking lists."""
_MOVES = {
    "join": "joining",
    "leave": "leaving",
    "rumor": "rumor",
    "draw": "draw of a legend",
    "cast": "breath for a legend",
    "loan": "loan",
}
"""What a patron's kinds of move are called."""
_REFUSED = 1_200
"""Characters for what could not be done."""


class JoinButton(StatelessButton, template=r"ttw:join"):
    """Join the wood of this channel as a patron."""

    def __init__(self) -> None:
        super().__init__("ttw:join", label="Join the wood", emoji="🌳", style=discord.ButtonStyle.success)

    async def press(self, interaction: Interaction) -> None:
        """Join, and show the new purse."""
        async with answering(interaction) as answer:
            user = interaction.user
            card = await interaction.client.keeper.patrons.join(place(interaction), user.id, user.display_name)
            await answer.show(render_welcome(card))


class PurseButton(StatelessButton, template=r"ttw:purse"):
    """Look into one's own purse."""

    def __init__(self) -> None:
        super().__init__("ttw:purse", label="Purse", emoji="👛")

    async def press(self, interaction: Interaction) -> None:
        """Show the purse to its owner only."""
        async with answering(interaction) as answer:
            card = await interaction.client.keeper.patrons.purse(place(interaction), interaction.user.id)
            await answer.show(render_purse(card))


def _figures(card: PatronCard) -> str:
    hand = ", ".join(legend.title for legend in card.hand) or "no legend in your hand"
    fame = f", {card.fame} fame" if card.fame else ""
    return (
        f"👛 **{count(card.purse, 'pebble')}** in your purse\n"
        f"{breath_bar(card)} **{card.breath}** of {card.breath_max} breath; one comes back every turn\n"
        f"📜 {hand}\n"
        f"⭐ rank **{card.rank}** of {count(card.patrons, 'patron')}{fame}"
    )


def _refused(card: PatronCard) -> list[str]:
    """What turns that came first made impossible."""
    return [
        f"⚠️ Your {_MOVES.get(move, 'move')} could not be done in turn {turn}: {escape(why.say(words_in(SOURCE)))}"
        for turn, move, why in card.refused
    ]


def render_purse(card: PatronCard) -> Layout:
    """What a patron owns, for that patron's eyes."""
    head = f"### {escape(bounded(card.name, MAX_NAME))}\n-# The creatures know you as {escape(card.alias)}."
    items: list[ui.Item[ui.LayoutView]] = [text(head), text(_figures(card))]
    if card.refused:
        items += [rule(), text("\n".join(whole_lines(_refused(card), _REFUSED)))]
    return Layout(ui.Container(*items, accent_colour=CALM))


def render_welcome(card: PatronCard) -> Layout:
    """What a new patron is told."""
    head = (
        f"### 🌳 Welcome to the wood, {escape(bounded(card.name, MAX_NAME))}\n"
        f"The creatures will know you as **{escape(card.alias)}**. You never trade yourself: you stir the wood with "
        "rumors and legends, and watch what becomes of it."
    )
    tail = "**Now** start a rumor about a good and see at the next turn who believes it, or draw a legend and tell it."
    return Layout(
        ui.Container(text(head), text(_figures(card)), text(tail), row(RumorButton(), DrawButton()), accent_colour=CALM)
    )


def render_ranking(rows: Sequence[RankRow]) -> Layout:
    """All patrons by purse and fame."""
    if not rows:
        return Layout(
            ui.Container(
                text("### 🏆 The patrons\nNobody is ranked yet: whoever joins is, from the next turn on."),
                row(JoinButton()),
                accent_colour=CALM,
            )
        )
    lines = ["### 🏆 The patrons", *rank_lines(words_in(SOURCE), rows, _RANKED)]
    return Layout(ui.Container(text(clip("\n".join(lines))), accent_colour=CALM))
