"""``/market``: the day's report, charts and the tape of trades."""

from discord import app_commands
from discord.ext import commands

from bot.answers import Interaction, answering, place
from bot.client import WoodBot
from bot.views.market import render_trades
from bot.views.report import make_report, render_chart
from cogs.options import GOOD_CHOICES, spans
from cogs.said import answering_words, said
from wood.names import Good


@app_commands.guild_only()
class Market(commands.GroupCog, group_name="market", group_description=said("command-market")):
    """The market."""

    @app_commands.command(description=said("command-market-report"))
    @app_commands.describe(share=said("option-share"))
    @app_commands.checks.cooldown(3, 10.0)
    async def report(self, interaction: Interaction, share: bool = False) -> None:
        """Show the day's report with its charts."""
        async with answering(interaction, private=not share, slow=True) as answer:
            await answer.show(
                *await make_report(
                    await interaction.client.keeper.queries.report(place(interaction)), interaction.client.charts
                )
            )

    @app_commands.command(description=said("command-market-chart"))
    @app_commands.describe(
        good=said("option-market-chart-good"), span=said("option-market-chart-span"), share=said("option-share")
    )
    @app_commands.choices(good=GOOD_CHOICES)
    @app_commands.autocomplete(span=spans)
    @app_commands.checks.cooldown(3, 10.0)
    async def chart(
        self,
        interaction: Interaction,
        good: str | None = None,
        span: app_commands.Range[int, 2] | None = None,
        share: bool = False,
    ) -> None:
        """Draw a chart."""
        async with answering(interaction, private=not share, slow=True) as answer:
            wanted = Good(good) if good else None
            card = await interaction.client.keeper.queries.chart(place(interaction), wanted, span)
            await answer.show(*render_chart(await answering_words(interaction, share=share), card, wanted))

    @app_commands.command(description=said("command-market-trades"))
    @app_commands.describe(share=said("option-share"))
    async def trades(self, interaction: Interaction, share: bool = False) -> None:
        """Show the tape."""
        async with answering(interaction, private=not share, looks=True) as answer:
            words = await answering_words(interaction, share=share)
            rows = await interaction.client.keeper.queries.trades(words, place(interaction))
            await answer.show(render_trades(words, rows))


async def setup(bot: WoodBot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Market())
