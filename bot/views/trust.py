"""What the creatures make of a patron: five hearts of trust each, and a feeling in words."""

from typing import Final

from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.cards import TrustCard, TrustRow
from bot.telling.catalog import Words
from bot.telling.taming import escape
from bot.views.base import CALM, Layout, StatelessButton, row, text
from bot.views.newcomer import arriving
from bot.views.rumor import RumorButton

HEARTS: Final = 5
_FEELINGS: Final = ((12, "devoted"), (6, "fond"), (2, "kindly"), (-1, "even"), (-5, "cool"), (-11, "sore"))
"""The least feeling that each word stands for, best first; below all of them is a grudge."""


class TrustButton(StatelessButton, template=r"ttw:trust"):
    """See who trusts one's words."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:trust", label=words("button-trust"), emoji="❤️")

    async def press(self, interaction: Interaction) -> None:
        """Show the hearts to the one whom they are for."""
        async with answering(interaction, looks=True) as answer:
            arrival, words = await arriving(interaction), words_of(interaction)
            card = await interaction.client.keeper.queries.trust(place(interaction), interaction.user.id)
            await answer.show(arrival.greeted(words, render_trust(words, card)))


def render_trust(words: Words, card: TrustCard) -> Layout:
    """A line a creature, under what they call the patron."""
    lines = [line for row_ in card.rows for line in _lines(words, card, row_)]
    return Layout(
        ui.Container(
            text(words("trust-head", alias=escape(card.alias))),
            text("\n".join(lines)),
            text(f"-# {words('trust-how')}"),
            row(RumorButton(words)),
            accent_colour=CALM,
        )
    )


def hearts(trust: int) -> str:
    """Trust, 0 to 100, as five hearts: ``"❤️❤️❤️🤍🤍"``."""
    full = (trust * HEARTS + 50) // 100
    return "❤️" * full + "🤍" * (HEARTS - full)


def feeling_key(feeling: int) -> str:
    """The name of a feeling, -20 to 20, among the words for feelings."""
    return next((name for least, name in _FEELINGS if feeling >= least), "grudge")


def _lines(words: Words, card: TrustCard, each: TrustRow) -> tuple[str, ...]:
    """What one creature makes of the patron; what it remembers of the patron has its place below the hearts."""
    kind = card.rules.creatures[each.creature]
    feeling = words(f"feeling-{feeling_key(each.feeling)}")
    return (words("trust-line", emoji=kind.emoji, name=kind.name, hearts=hearts(each.trust), feeling=feeling),)
