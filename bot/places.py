"""Whether the place where a wood lives is still there."""

import logging
from typing import Final

import discord

from bot.telling.cards import WoodCard
from bot.telling.notice import NOTHING, Notice

log = logging.getLogger(__name__)

DELETED: Final = Notice("problem-deleted")
REMOVED: Final = Notice("problem-removed")


async def lost(client: discord.Client, card: WoodCard) -> Notice:
    """Why a wood's place is gone, for its keeper; empty while it is there, or may be.

    Asks Discord only where the client's cache does not know the place: threads that are archived are not in it, and
    a server may be late in coming.
    """
    guild = client.get_guild(card.guild_id)
    if guild is not None and (guild.unavailable or guild.get_channel_or_thread(card.channel_id)):
        return NOTHING
    try:
        if guild is None:
            await client.fetch_guild(card.guild_id, with_counts=False)
    except (discord.NotFound, discord.Forbidden):
        return REMOVED
    except discord.HTTPException as error:
        log.warning("channel %d: its server cannot be looked for: %s", card.channel_id, error)
        return NOTHING
    try:
        await client.fetch_channel(card.channel_id)
    except discord.NotFound:
        return DELETED
    except (discord.HTTPException, discord.InvalidData) as error:
        # There, but not to be seen, or Discord has trouble: the next post says what is wrong.
        log.warning("channel %d: it cannot be looked for: %s", card.channel_id, error)
    return NOTHING
