"""The board's button for legends: what one holds, and what can be done with it."""

from collections.abc import Sequence

import discord

from bot.answers import Interaction, answering, words_of
from bot.telling.cards import ChartCard, PatronCard
from bot.telling.catalog import Words
from bot.views.base import Layout, StatelessButton, row
from bot.views.legend import DrawButton, render_hand
from bot.views.newcomer import arriving
from bot.views.portrait import portraits
from wood.moves.legend import HAND_MOST


class LegendButton(StatelessButton, template=r"ttw:legend"):
    """Open one's hand of legends."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:legend", label=words("button-legend"), emoji="📜")

    async def press(self, interaction: Interaction) -> None:
        """Show the hand to its owner only."""
        async with answering(interaction) as answer:
            arrival, words = await arriving(interaction), words_of(interaction)
            pictures = await portraits(interaction, words, arrival.card.hand)
            layout, files = render_legends(words, arrival.card, pictures)
            await answer.show(arrival.greeted(words, layout), files)


def render_legends(
    words: Words, card: PatronCard, pictures: Sequence[ChartCard] = ()
) -> tuple[Layout, list[discord.File]]:
    """The hand, with a way to draw while it has room; and the files to send along."""
    hand, files = render_hand(words, card, pictures)
    return (Layout(*hand.children, row(DrawButton(words))) if 0 < len(card.hand) < HAND_MOST else hand), files
