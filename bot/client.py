"""The Discord client: builds everything at start, registers the commands, and takes everything down again."""

import hashlib
import json
import logging
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Final, cast

import discord
from discord.ext import commands

from bot.errors import Tree
from bot.views.base import Press

if TYPE_CHECKING:
    from bot.keeper import Keeper
    from bot.settings import Settings

log = logging.getLogger(__name__)

EXTENSIONS: Final = ("cogs.wood", "cogs.rumor", "cogs.legend", "cogs.market", "cogs.patron", "cogs.keeper")
"""The commands, loaded by name: the bot knows no cog."""


class WoodBot(commands.AutoShardedBot):
    """The bot. It needs no privileged intent and mentions nobody, whatever it is made to say.

    Attributes:
        settings: how it runs.
        keeper: the use cases; there from :meth:`setup_hook` on.
    """

    keeper: "Keeper"

    def __init__(self, settings: "Settings") -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            tree_cls=Tree,
        )
        self.settings = settings
        self._built = AsyncExitStack()

    @property
    def tree(self) -> Tree:  # type: ignore[override]
        """The command tree, which is also the one that speaks when something goes wrong."""
        return cast("Tree", super().tree)


def tree_hash(tree: Tree) -> str:
    """SHA-256 (hex) of the commands as Discord would be sent them."""
    shown = [command.to_dict(tree) for command in tree.get_commands()]
    document = json.dumps(shown, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(document.encode()).hexdigest()
