"""The true story behind a legend, one press away for as long as the message stands."""

from bot.answers import Interaction, answering, place, words_of
from bot.telling.catalog import Words
from bot.views.base import StatelessButton
from bot.views.legend import render_lore


class LoreButton(StatelessButton, template=r"ttw:lore(?::(?P<slug>[a-z0-9-]+))?"):
    """Read a legend that was told here and what truly happened; without a slug the last one told."""

    def __init__(self, words: Words, slug: str | None = None) -> None:
        super().__init__(f"ttw:lore:{slug}" if slug else "ttw:lore", label=words("button-lore"), emoji="📖")

    async def press(self, interaction: Interaction) -> None:
        """Show the story to the one who asked."""
        async with answering(interaction) as answer:
            legend = await interaction.client.keeper.queries.lore(place(interaction), self.named.get("slug"))
            await answer.show(render_lore(words_of(interaction), legend))
