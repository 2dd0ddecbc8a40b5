"""``/patron``: join a wood, look into the purse, compare, be forgotten."""

from typing import Final

from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.answers import Interaction, answering, place, words_of
from bot.client import WoodBot
from bot.views.career import render_career
from bot.views.keeper import render_forget_question
from bot.views.patron import NOTIFY, choose_notify, render_purse, render_welcome
from bot.views.ranking import render_ranking
from cogs.said import answering_words, said

NOTIFY_CHOICES: Final = [Choice(name=said(f"notify-{how}"), value=how.value) for how in NOTIFY]


@app_commands.guild_only()
class Patron(commands.GroupCog, group_name="patron", group_description=said("command-patron")):
    """Patrons."""

    @app_commands.command(description=said("command-patron-join"))
    async def join(self, interaction: Interaction) -> None:
        """Become a patron."""
        async with answering(interaction) as answer:
            user = interaction.user
            card = await interaction.client.keeper.patrons.join(place(interaction), user.id, user.display_name)
            await answer.show(render_welcome(words_of(interaction), card))

    @app_commands.command(description=said("command-patron-purse"))
    async def purse(self, interaction: Interaction) -> None:
        """Show the purse to its owner."""
        async with answering(interaction) as answer:
            card = await interaction.client.keeper.patrons.purse(place(interaction), interaction.user.id)
            await answer.show(render_purse(words_of(interaction), card))

    @app_commands.command(description=said("command-patron-career"))
    @app_commands.describe(share=said("option-share"))
    async def career(self, interaction: Interaction, share: bool = False) -> None:
        """Show what stays of the player's years."""
        async with answering(interaction, private=not share) as answer:
            card = await interaction.client.keeper.annals.career(place(interaction), interaction.user.id)
            await answer.show(render_career(await answering_words(interaction, share=share), card))

    @app_commands.command(description=said("command-patron-ranking"))
    @app_commands.describe(share=said("option-share"))
    async def ranking(self, interaction: Interaction, share: bool = False) -> None:
        """Show the ranking."""
        async with answering(interaction, private=not share) as answer:
            card = await interaction.client.keeper.queries.ranking(place(interaction))
            await answer.show(render_ranking(await answering_words(interaction, share=share), card))

    @app_commands.command(description=said("command-patron-notify"))
    @app_commands.describe(how=said("option-patron-notify-how"))
    @app_commands.choices(how=NOTIFY_CHOICES)
    async def notify(self, interaction: Interaction, how: str) -> None:
        """Choose whether to be told what came of one's words."""
        await choose_notify(interaction, how)

    @app_commands.command(description=said("command-patron-forget"))
    async def forget(self, interaction: Interaction) -> None:
        """Ask before forgetting; nothing is done without the typed word."""
        async with answering(interaction) as answer:
            patron = await interaction.client.keeper.patrons.known(place(interaction), interaction.user.id)
            await answer.show(render_forget_question(words_of(interaction), patron=patron))


async def setup(bot: WoodBot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Patron())
