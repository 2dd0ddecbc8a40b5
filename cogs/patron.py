"""``/patron``: join a wood, look into the purse, compare, be forgotten."""

from typing import Final

from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.answers import Interaction, answering, place, words_of
from bot.client import WoodBot
from bot.views.album import open_album, open_card
from bot.views.career import render_career
from bot.views.keeper import render_forget_question
from bot.views.nudges import render_alerts, render_reminders
from bot.views.patron import NOTIFY, choose_notify, render_purse, render_welcome
from bot.views.ranking import render_ranking
from bot.views.stakes import first_trade
from cogs.options import GOOD_CHOICES, in_album, read_slug
from cogs.said import answering_words, said
from cogs.stakes import StakeCommands
from wood.names import CENTS, Good

WAYS: Final = {"above": 1, "below": -1}
WAY_CHOICES: Final = [Choice(name=said(f"alert-{way}"), value=way) for way in WAYS]
NOTIFY_CHOICES: Final = [Choice(name=said(f"notify-{how}"), value=how.value) for how in NOTIFY]


@app_commands.guild_only()
class Patron(StakeCommands, commands.GroupCog, group_name="patron", group_description=said("command-patron")):
    """Patrons."""

    @app_commands.command(description=said("command-patron-join"))
    async def join(self, interaction: Interaction) -> None:
        """Become a patron."""
        async with answering(interaction) as answer:
            user = interaction.user
            card = await interaction.client.keeper.patrons.join(place(interaction), user.id, user.display_name)
            await answer.show(render_welcome(words_of(interaction), card, await first_trade(interaction)))

    @app_commands.command(description=said("command-patron-purse"))
    async def purse(self, interaction: Interaction) -> None:
        """Show the purse to its owner."""
        async with answering(interaction, looks=True) as answer:
            card = await interaction.client.keeper.patrons.purse(place(interaction), interaction.user.id)
            await answer.show(render_purse(words_of(interaction), card))

    @app_commands.command(description=said("command-patron-career"))
    @app_commands.describe(share=said("option-share"))
    async def career(self, interaction: Interaction, share: bool = False) -> None:
        """Show what stays of the player's years."""
        async with answering(interaction, private=not share, looks=True) as answer:
            card = await interaction.client.keeper.annals.career(place(interaction), interaction.user.id)
            await answer.show(render_career(await answering_words(interaction, share=share), card))

    @app_commands.command(description=said("command-patron-ranking"))
    @app_commands.describe(share=said("option-share"))
    async def ranking(self, interaction: Interaction, share: bool = False) -> None:
        """Show the ranking."""
        async with answering(interaction, private=not share, looks=True) as answer:
            card = await interaction.client.keeper.queries.ranking(place(interaction))
            await answer.show(render_ranking(await answering_words(interaction, share=share), card))

    @app_commands.command(description=said("command-patron-album"))
    @app_commands.describe(legend=said("option-patron-album-legend"), share=said("option-share"))
    @app_commands.autocomplete(legend=in_album)
    @app_commands.checks.cooldown(3, 10.0)
    async def album(self, interaction: Interaction, legend: str | None = None, share: bool = False) -> None:
        """Show the album, or one card of it."""
        async with answering(interaction, private=not share, slow=True) as answer:
            words = await answering_words(interaction, share=share)
            if legend:
                await answer.show(*await open_card(interaction, words, read_slug(legend), shared=share))
            else:
                await answer.show(*await open_album(interaction, words, shared=share))

    @app_commands.command(description=said("command-patron-notify"))
    @app_commands.describe(how=said("option-patron-notify-how"))
    @app_commands.choices(how=NOTIFY_CHOICES)
    async def notify(self, interaction: Interaction, how: str) -> None:
        """Choose whether to be told what came of one's words."""
        await choose_notify(interaction, how)

    @app_commands.command(description=said("command-patron-alert"))
    @app_commands.describe(
        good=said("option-patron-alert-good"),
        price=said("option-patron-alert-price"),
        way=said("option-patron-alert-way"),
    )
    @app_commands.choices(good=GOOD_CHOICES, way=WAY_CHOICES)
    async def alert(
        self,
        interaction: Interaction,
        good: str | None = None,
        price: app_commands.Range[float, 0.01] | None = None,
        way: str | None = None,
    ) -> None:
        """Ask to be told of a price; with less than a good and a price, show what was asked for."""
        async with answering(interaction, looks=good is None or price is None) as answer:
            nudges, user = interaction.client.keeper.nudges, interaction.user.id
            if good is None or price is None:
                card = await nudges.asked(place(interaction), user)
            else:
                wanted = way and WAYS[way]
                card = await nudges.alert(place(interaction), user, Good(good), round(price * CENTS), wanted or None)
            await answer.show(render_alerts(words_of(interaction), card))

    @app_commands.command(description=said("command-patron-remind"))
    async def remind(self, interaction: Interaction) -> None:
        """Show what the player is reminded of, with buttons that change it."""
        async with answering(interaction, looks=True) as answer:
            card = await interaction.client.keeper.nudges.asked(place(interaction), interaction.user.id)
            await answer.show(render_reminders(words_of(interaction), card))

    @app_commands.command(description=said("command-patron-forget"))
    async def forget(self, interaction: Interaction) -> None:
        """Ask before forgetting; nothing is done without the typed word."""
        async with answering(interaction, looks=True) as answer:
            patron = await interaction.client.keeper.patrons.known(place(interaction), interaction.user.id)
            await answer.show(render_forget_question(words_of(interaction), patron=patron))


async def setup(bot: WoodBot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Patron())
