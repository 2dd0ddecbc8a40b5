"""``/legend``: draw, hold and tell the famous episodes of market history."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers import Interaction, answering, place, words_of
from bot.client import WoodBot
from bot.views.legend import cast, lore_of, render_hand, show_drawn
from bot.views.portrait import portraits
from bot.views.tale import open_form, propose_file, render_mine
from cogs.options import in_hand, read_slug, told
from cogs.said import answering_words, said
from wood.moves.legend import LEGEND_BREATH


@app_commands.guild_only()
class LegendCog(commands.GroupCog, group_name="legend", group_description=said("command-legend")):
    """Legends."""

    @app_commands.command(description=said("command-legend-draw"))
    async def draw(self, interaction: Interaction) -> None:
        """Draw the next card of the deck."""
        async with answering(interaction) as answer:
            legend = await interaction.client.keeper.patrons.draw(place(interaction), interaction.user.id)
            await answer.show(*await show_drawn(interaction, legend))

    @app_commands.command(description=said("command-legend-hand"))
    async def hand(self, interaction: Interaction) -> None:
        """Show the hand to its owner."""
        async with answering(interaction) as answer:
            card = await interaction.client.keeper.patrons.hand(place(interaction), interaction.user.id)
            words = words_of(interaction)
            await answer.show(*render_hand(words, card, await portraits(interaction, words, card.hand)))

    @app_commands.command(description=said("command-legend-cast"))
    @app_commands.describe(
        legend=said("option-legend-cast-legend"), breath=said("option-legend-cast-breath", breath=LEGEND_BREATH)
    )
    @app_commands.autocomplete(legend=in_hand)
    async def cast(
        self,
        interaction: Interaction,
        legend: str | None = None,
        breath: app_commands.Range[int, 1, LEGEND_BREATH] | None = None,
    ) -> None:
        """Cast a legend, alone or pooled."""
        async with answering(interaction) as answer:
            await answer.show(await cast(interaction, read_slug(legend) if legend else None, breath))

    @app_commands.command(description=said("command-legend-propose"))
    @app_commands.describe(file=said("option-legend-propose-file"))
    async def propose(self, interaction: Interaction, file: discord.Attachment | None = None) -> None:
        """Make up a legend: from a file, or by a form."""
        if file is None:
            await open_form(interaction)
        else:
            await propose_file(interaction, file)

    @app_commands.command(description=said("command-legend-proposals"))
    async def proposals(self, interaction: Interaction) -> None:
        """Show the legends that the player made up."""
        async with answering(interaction, looks=True) as answer:
            rows = await interaction.client.keeper.tales.mine(place(interaction), interaction.user.id)
            await answer.show(render_mine(words_of(interaction), rows))

    @app_commands.command(description=said("command-legend-lore"))
    @app_commands.describe(legend=said("option-legend-lore-legend"), share=said("option-share"))
    @app_commands.autocomplete(legend=told)
    async def lore(self, interaction: Interaction, legend: str | None = None, share: bool = False) -> None:
        """Show a told legend with its history."""
        async with answering(interaction, private=not share, looks=True) as answer:
            slug = read_slug(legend) if legend else None
            await answer.show(await lore_of(interaction, await answering_words(interaction, share=share), slug))


async def setup(bot: WoodBot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(LegendCog())
