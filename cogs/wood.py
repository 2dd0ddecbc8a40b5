"""``/wood``: look at the wood and its creatures."""

from typing import Final

from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.answers import Interaction, answering, place, words_of
from bot.client import WoodBot
from bot.views.asking import ask_creature
from bot.views.board import render_board
from bot.views.creature import render_creature
from bot.views.help import Topic, render_help, render_topic
from bot.views.year import open_saga
from cogs.options import CREATURE_CHOICES
from cogs.said import answering_words, said
from wood.asked import MAX_QUESTION
from wood.names import Creature

HELP_CHOICES: Final = [Choice(name=said(f"help-topic-{topic}"), value=topic.value) for topic in Topic]


@app_commands.guild_only()
class Wood(commands.GroupCog, group_name="wood", group_description=said("command-wood")):
    """Looking around."""

    @app_commands.command(description=said("command-wood-board"))
    async def board(self, interaction: Interaction) -> None:
        """Show the board to the one who asked; the public one stays where it is."""
        async with answering(interaction, looks=True) as answer:
            await answer.show(render_board(await interaction.client.keeper.queries.board(place(interaction))))

    @app_commands.command(description=said("command-wood-creature"))
    @app_commands.describe(creature=said("option-wood-creature-creature"), share=said("option-share"))
    @app_commands.choices(creature=CREATURE_CHOICES)
    async def creature(self, interaction: Interaction, creature: str, share: bool = False) -> None:
        """Show one creature."""
        async with answering(interaction, private=not share, looks=True) as answer:
            card = await interaction.client.keeper.queries.creature(place(interaction), Creature(creature))
            await answer.show(render_creature(await answering_words(interaction, share=share), card))

    @app_commands.command(description=said("command-wood-ask"))
    @app_commands.describe(
        creature=said("option-wood-ask-creature"), question=said("option-wood-ask-question"), share=said("option-share")
    )
    @app_commands.choices(creature=CREATURE_CHOICES)
    async def ask(
        self,
        interaction: Interaction,
        creature: str,
        question: app_commands.Range[str, 1, MAX_QUESTION],
        share: bool = True,
    ) -> None:
        """Ask one creature something."""
        await ask_creature(interaction, Creature(creature), question, share=share)

    @app_commands.command(description=said("command-wood-saga"))
    @app_commands.describe(year=said("option-wood-saga-year"))
    async def saga(self, interaction: Interaction, year: app_commands.Range[int, 1, 999_999] | None = None) -> None:
        """Show the first page of a year's saga."""
        async with answering(interaction, looks=True) as answer:
            card = await interaction.client.keeper.annals.saga(place(interaction), year)
            await answer.show(await open_saga(words_of(interaction), card))

    @app_commands.command(description=said("command-wood-help"))
    @app_commands.describe(topic=said("option-wood-help-topic"))
    @app_commands.choices(topic=HELP_CHOICES)
    async def help(self, interaction: Interaction, topic: str | None = None) -> None:
        """Show how to play, or one topic of it."""
        async with answering(interaction, looks=True) as answer:
            words = words_of(interaction)
            await answer.show(render_topic(words, Topic(topic)) if topic else render_help(words))


async def setup(bot: WoodBot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Wood())
