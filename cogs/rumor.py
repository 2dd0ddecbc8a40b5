"""``/rumor``: say something that the creatures will hear, or listen."""

from discord import app_commands
from discord.ext import commands

from bot.answers import Interaction, answering, place
from bot.client import WoodBot
from bot.views.rumor import AUTO, RumorDraft, cast_rumor, render_heard, topic_of
from cogs.options import CLAIM_CHOICES, CREATURE_CHOICES, TOPIC_CHOICES, lines
from cogs.said import answering_words, said
from cogs.stakes import ON_CHOICES, Bar, Staked, look, said_and_staked
from wood.moves.rumor import MAX_RUMOR
from wood.names import Creature


@app_commands.guild_only()
class Rumor(commands.GroupCog, group_name="rumor", group_description=said("command-rumor")):
    """Hearsay."""

    @app_commands.command(description=said("command-rumor-cast"))
    @app_commands.describe(
        about=said("option-rumor-cast-about"),
        text=said("option-rumor-cast-text"),
        claim=said("option-rumor-cast-claim"),
        to=said("option-rumor-cast-to"),
        stake=said("option-stake"),
        on=said("option-on"),
        bar=said("option-bar"),
    )
    @app_commands.choices(about=TOPIC_CHOICES, claim=CLAIM_CHOICES, to=CREATURE_CHOICES, on=ON_CHOICES)
    @app_commands.autocomplete(text=lines)
    async def cast(
        self,
        interaction: Interaction,
        about: str,
        text: app_commands.Range[str, 1, MAX_RUMOR],
        claim: str | None = None,
        to: str | None = None,
        stake: Staked | None = None,
        on: str | None = None,
        bar: Bar | None = None,
    ) -> None:
        """Cast a rumor; one with a stake is looked at first."""
        if stake is not None:
            values = said_and_staked(about, claim, stake, on, bar)
            await look(interaction, "whisper" if to else "rumor", text, **(values | ({"to": to} if to else {})))
            return
        draft = RumorDraft(topic_of(about), text, claim or AUTO, Creature(to) if to else None)
        await cast_rumor(interaction, draft)

    @app_commands.command(description=said("command-rumor-heard"))
    @app_commands.describe(share=said("option-share"))
    async def heard(self, interaction: Interaction, share: bool = False) -> None:
        """Show what was said."""
        async with answering(interaction, private=not share, looks=True) as answer:
            words = await answering_words(interaction, share=share)
            rows = await interaction.client.keeper.queries.heard(
                words, place(interaction), user_id=None if share else interaction.user.id
            )
            await answer.show(render_heard(words, rows))


async def setup(bot: WoodBot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Rumor())
