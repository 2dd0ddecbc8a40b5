"""What else a player may look at: the menu behind the board's last button."""

from discord import ui

from bot.answers import Interaction, answering, place, words_of
from bot.telling.catalog import Words
from bot.views.album import AlbumButton
from bot.views.base import CALM, Layout, StatelessButton, row, text
from bot.views.help import HelpButton
from bot.views.legend import render_lore
from bot.views.patron import JoinButton, PurseButton
from bot.views.report import ReportButton
from wood.refusal import Refusal, RefusalCode


class MoreButton(StatelessButton, template=r"ttw:more"):
    """Open the menu."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:more", label=words("button-more"), emoji="🌿")

    async def press(self, interaction: Interaction) -> None:
        """Show the menu to the one who asked."""
        async with answering(interaction, looks=True) as answer:
            await answer.show(render_more(words_of(interaction), patron=await _is_patron(interaction)))


class HistoryButton(StatelessButton, template=r"ttw:lore"):
    """Read the true history behind the legend that was told last."""

    def __init__(self, words: Words) -> None:
        super().__init__("ttw:lore", label=words("button-history"), emoji="📖")

    async def press(self, interaction: Interaction) -> None:
        """Show it to the one who asked."""
        async with answering(interaction, looks=True) as answer:
            found = await interaction.client.keeper.queries.lore(place(interaction), None)
            await answer.show(render_lore(words_of(interaction), found))


async def _is_patron(interaction: Interaction) -> bool:
    try:
        await interaction.client.keeper.patrons.purse(place(interaction), interaction.user.id)
    except Refusal as refusal:
        if refusal.code is not RefusalCode.NO_PATRON:
            raise
        return False
    return True


def render_more(words: Words, *, patron: bool) -> Layout:
    """The rest of what can be looked at; whoever is no patron yet may join."""
    own = PurseButton(words) if patron else JoinButton(words)
    return Layout(
        ui.Container(
            text(words("more-head")),
            row(own, ReportButton(words), HistoryButton(words), AlbumButton(words), HelpButton(words)),
            text(f"-# {words('more-commands')}"),
            accent_colour=CALM,
        )
    )
