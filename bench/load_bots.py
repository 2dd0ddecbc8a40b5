"""The bots that ``bench.load`` puts beside each other: the real one with its event loop watched, and the smallest."""

import asyncio
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import discord
import yarl
from discord import app_commands

from bot.client import WoodBot
from tests.loopback import launch

LAG: Final = "BENCH_LAG"
TOKEN: Final = "BENCH_TOKEN"
"""Environment variables: where the lag is written to, and the smallest bot's token."""
STEP: Final = 0.01
"""Seconds between two looks at the event loop."""


async def watch(file: Path) -> None:
    """Write down how late the event loop is, one look a line: seconds of the monotonic clock, seconds late."""
    with file.open("w") as out:
        while True:
            before = time.monotonic()
            await asyncio.sleep(STEP)
            after = time.monotonic()
            out.write(f"{before:.4f} {after - before - STEP:.4f}\n")


class Watched(WoodBot):
    """The bot, and how late its event loop is."""

    async def setup_hook(self) -> None:
        """Build everything as ever."""
        self._watching = asyncio.create_task(watch(Path(os.environ[LAG])))
        await super().setup_hook()

    async def close(self) -> None:
        """Close everything as ever."""
        self._watching.cancel()
        await super().close()


class Smallest(discord.Client):
    """A bot that says one word: at once, or after it deferred, as what any bot does that has to look something up."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Register the two commands."""

        @self.tree.command(description="says pong")
        async def ping(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_message("pong", ephemeral=True)

        @self.tree.command(description="says that it will say pong, and says it")
        async def later(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.edit_original_response(content="pong")

        await self.tree.sync()


def main() -> None:
    """Run the bot that is asked for."""
    if sys.argv[1:] == ["smallest"]:
        discord.http.Route.BASE = os.environ.pop(launch.API)
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ.pop(launch.GATEWAY))
        Smallest().run(os.environ[TOKEN], log_level=30)
        return
    vars(import_module("bot.run"))["WoodBot"] = Watched
    launch.main()


if __name__ == "__main__":
    main()
