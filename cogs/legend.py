"""``/legend``: draw, hold and tell the famous episodes of market history."""

from discord import app_commands
from discord.ext import commands

from bot.answers import Interaction, answering, place
from bot.client import WoodBot
from bot.views.legend import cast, render_drawn, render_hand, render_lore
from cogs.options import in_hand, read_slug, told
from wood.moves.legend import LEGEND_BREATH


@app_commands.guild_only()
class LegendCog(commands.GroupCog, group_name="legend", group_description="Draw legends and tell them"):
    """Legends."""

    @app_commands.command(description="Draw a legend into your hand; only you see which one")
    async def draw(self, interaction: Interaction) -> None:
        """Draw the next card of the deck."""
        async with answering(interaction) as answer:
            await answer.show(
                render_drawn(await interaction.client.keeper.patrons.draw(place(interaction), interaction.user.id))
            )

    @app_commands.command(description="Look at the legends in your hand")
    async def hand(self, interaction: Interaction) -> None:
        """Show the hand to its owner."""
        async with answering(interaction) as answer:
            await answer.show(
                render_hand(await interaction.client.keeper.patrons.hand(place(interaction), interaction.user.id))
            )

    @app_commands.command(description="Put breath into a legend, yours or the one that is gathering")
    @app_commands.describe(
        legend="A legend of your hand; leave it out to help the one that is gathering breath",
        breath=f"How much breath to give, of the {LEGEND_BREATH} it takes; left out, as much as you have",
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

    @app_commands.command(description="Read a legend that was told here, and the true history behind it")
    @app_commands.describe(
        legend="Which one; leave it out for the last one told", share="Show it to everybody in the channel"
    )
    @app_commands.autocomplete(legend=told)
    async def lore(self, interaction: Interaction, legend: str | None = None, share: bool = False) -> None:
        """Show a told legend with its history."""
        async with answering(interaction, private=not share) as answer:
            slug = read_slug(legend) if legend else None
            await answer.show(render_lore(await interaction.client.keeper.queries.lore(place(interaction), slug)))


async def setup(bot: WoodBot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(LegendCog())
