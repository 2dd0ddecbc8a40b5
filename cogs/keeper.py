"""``/keeper``: found a wood and look after it; for those who manage the channel."""

from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers import Interaction, answering, place, words_of
from bot.client import WoodBot
from bot.errors import lacking, missing
from bot.keeping.dozing import DOZE_AFTER
from bot.keeping.founding import MAX_SEED
from bot.refusals import KeeperCode, KeeperError
from bot.telling.catalog import nearest
from bot.views.health import render_health
from bot.views.keeper import check_keeper, render_export, render_raze_question, render_settings
from bot.views.manners import render_muted
from bot.views.tales import render_waiting
from cogs.options import paces, read_pace, speaking, zones
from cogs.said import said


@app_commands.guild_only()
@app_commands.default_permissions(manage_channels=True)
class KeeperCog(commands.GroupCog, group_name="keeper", group_description=said("command-keeper")):
    """Keeping a wood."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:  # type: ignore[override]
        """See that whoever asks may keep a wood: Discord lets a server give its commands to anybody.

        Raises:
            MissingPermissions: the permission is lacking.
        """
        if interaction.type is not discord.InteractionType.autocomplete:
            check_keeper(interaction)
        return True

    @app_commands.command(description=said("command-keeper-found"))
    @app_commands.describe(
        pace=said("option-keeper-found-pace"),
        seed=said("option-keeper-found-seed"),
        zone=said("option-keeper-found-zone"),
        report_hour=said("option-keeper-found-report-hour"),
    )
    @app_commands.autocomplete(pace=paces, zone=zones)
    @speaking
    async def found(
        self,
        interaction: Interaction,
        pace: str | None = None,
        seed: app_commands.Range[int, 0, MAX_SEED] | None = None,
        zone: str | None = None,
        report_hour: app_commands.Range[int, 0, 23] | None = None,
        language: str | None = None,
    ) -> None:
        """Found a wood, if the bot may do here what a wood needs."""
        async with answering(interaction) as answer:
            in_thread = isinstance(interaction.channel, discord.Thread)
            if lacks := missing(interaction.app_permissions, thread=in_thread):
                raise lacking(lacks)
            guild = interaction.guild_id or 0
            words = words_of(interaction)
            card = await interaction.client.keeper.admin.found(
                place(interaction),
                guild,
                pace=read_pace(pace) if pace else interaction.client.settings.pace,
                seed=seed,
                zone=zone or interaction.client.settings.zone,
                report_hour=interaction.client.settings.report_hour if report_hour is None else report_hour,
                language=language or nearest(interaction.guild_locale),
            )
            await answer.show(render_settings(words, card, words("keeper-founded")))

    @app_commands.command(description=said("command-keeper-pause"))
    async def pause(self, interaction: Interaction) -> None:
        """Pause the wood."""
        async with answering(interaction) as answer:
            words = words_of(interaction)
            card = await interaction.client.keeper.admin.pause(place(interaction))
            await answer.show(render_settings(words, card, words("keeper-rests")))

    @app_commands.command(description=said("command-keeper-resume"))
    async def resume(self, interaction: Interaction) -> None:
        """Resume the wood."""
        async with answering(interaction) as answer:
            words = words_of(interaction)
            card = await interaction.client.keeper.admin.resume(place(interaction))
            await answer.show(render_settings(words, card, words("keeper-wakes")))

    @app_commands.command(description=said("command-keeper-settings"))
    @app_commands.describe(
        pace=said("option-keeper-settings-pace"),
        zone=said("option-keeper-settings-zone"),
        report_hour=said("option-keeper-settings-report-hour"),
        extras=said("option-keeper-settings-extras"),
        pinned=said("option-keeper-settings-pinned"),
        dozes=said("option-keeper-settings-dozes", days=DOZE_AFTER.days),
        free_text=said("option-keeper-settings-free-text"),
    )
    @app_commands.autocomplete(pace=paces, zone=zones)
    async def settings(
        self,
        interaction: Interaction,
        pace: str | None = None,
        zone: str | None = None,
        report_hour: app_commands.Range[int, 0, 23] | None = None,
        extras: bool | None = None,
        pinned: bool | None = None,
        dozes: bool | None = None,
        free_text: bool | None = None,
    ) -> None:
        """Change what is given, show the rest."""
        async with answering(interaction) as answer:
            card = await interaction.client.keeper.admin.settings(
                place(interaction),
                pace=read_pace(pace) if pace else None,
                zone=zone,
                report_hour=report_hour,
                extras=extras,
                pinned=pinned,
                dozes=dozes,
                free_text=free_text,
            )
            await answer.show(render_settings(words_of(interaction), card))

    @app_commands.command(description=said("command-keeper-health"))
    async def health(self, interaction: Interaction) -> None:
        """Show how the wood does."""
        async with answering(interaction, looks=True) as answer:
            card = await interaction.client.keeper.queries.health(place(interaction))
            lacks = missing(interaction.app_permissions, thread=isinstance(interaction.channel, discord.Thread))
            await answer.show(render_health(words_of(interaction), card, lacks))

    @app_commands.command(description=said("command-keeper-legends"))
    async def legends(self, interaction: Interaction) -> None:
        """Show the legends that patrons propose."""
        async with answering(interaction, looks=True) as answer:
            rows = await interaction.client.keeper.tales.waiting(place(interaction))
            await answer.show(render_waiting(words_of(interaction), rows))

    @app_commands.command(description=said("command-keeper-export"))
    @app_commands.checks.cooldown(2, 60.0)
    async def export(self, interaction: Interaction) -> None:
        """Send the log, if Discord takes a file of its size."""
        async with answering(interaction, slow=True) as answer:
            name, log = await interaction.client.keeper.admin.export(place(interaction))
            if len(log) > interaction.filesize_limit:
                raise KeeperError(KeeperCode.TOO_LARGE, size=len(log) // 2**20 + 1, channel=str(place(interaction)))
            view = render_export(words_of(interaction), name, len(log))
            await answer.show(view, [discord.File(BytesIO(log), name)])

    @app_commands.command(description=said("command-keeper-raze"))
    async def raze(self, interaction: Interaction) -> None:
        """Ask before razing; nothing is done without the typed word."""
        async with answering(interaction, looks=True) as answer:
            card = await interaction.client.keeper.queries.wood(place(interaction))
            await answer.show(render_raze_question(words_of(interaction), card))

    @app_commands.command(description=said("command-keeper-mute"))
    @app_commands.describe(player=said("option-keeper-mute-player"))
    async def mute(self, interaction: Interaction, player: discord.User | None = None) -> None:
        """Take no words of a player any more; without one, show who is muted."""
        async with answering(interaction) as answer:
            words, manners = words_of(interaction), interaction.client.keeper.manners
            if player is None:
                await answer.show(render_muted(words, await manners.muted(place(interaction))))
            else:
                card = await manners.mute(place(interaction), player.id)
                await answer.show(render_muted(words, card, "keeper-mute", player.display_name))

    @app_commands.command(description=said("command-keeper-unmute"))
    @app_commands.describe(player=said("option-keeper-unmute-player"))
    async def unmute(self, interaction: Interaction, player: discord.User) -> None:
        """Take a player's words again."""
        async with answering(interaction) as answer:
            card = await interaction.client.keeper.manners.unmute(place(interaction), player.id)
            await answer.show(render_muted(words_of(interaction), card, "keeper-unmute", player.display_name))


async def setup(bot: WoodBot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(KeeperCog())
