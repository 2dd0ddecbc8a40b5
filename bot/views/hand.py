"""The board's button for legends: what one holds, and what can be done with it."""

from bot.answers import Interaction, answering, words_of
from bot.telling.cards import PatronCard
from bot.telling.catalog import Words
from bot.views.base import Layout, StatelessButton, row
from bot.views.legend import DrawButton, render_hand
from bot.views.newcomer import arriving
from wood.moves.legend import HAND_MOST


class LegendButton(StatelessButton, template=r"ttw:legend"):
    """Open one's hand of legends."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:legend", label=words("button-legend"), emoji="📜")

    async def press(self, interaction: Interaction) -> None:
        """Show the hand to its owner only."""
        async with answering(interaction) as answer:
            arrival, words = await arriving(interaction), words_of(interaction)
            await answer.show(arrival.greeted(words, render_legends(words, arrival.card)))


def render_legends(words: Words, card: PatronCard) -> Layout:
    """The hand, with a way to draw while it has room."""
    hand = render_hand(words, card)
    return Layout(*hand.children, row(DrawButton(words))) if 0 < len(card.hand) < HAND_MOST else hand
