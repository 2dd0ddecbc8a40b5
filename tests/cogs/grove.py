"""A server with one channel, three people and the whole bot in it, on a real database file."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import simcord
from simcord.results import InteractionResult, ResponseMessage

from bot.settings import Settings, load_settings
from bot.stage import StagedBot

HOUR = "1h"


@dataclass
class Grove:
    """The server; ``alder`` manages its channels, the others do not."""

    env: simcord.Env
    bot: StagedBot
    settings: Settings
    channel: simcord.ChannelHandle
    alder: simcord.MemberActor
    marguerite: simcord.MemberActor
    konomi: simcord.MemberActor
    guild: simcord.GuildHandle = field(repr=False)
    _looked_at: int = 0
    _deaths: int = 0

    def raised(self) -> list[BaseException]:
        """What the bot raised since this was asked last; what nobody asks for fails the test at its end."""
        errors = list(self.env.errors_since(self._looked_at))
        self._looked_at = self.env.error_cursor
        return errors

    async def found(self, **options: Any) -> InteractionResult:
        """Found a wood, and let its board be posted. Its report is half a day away, at whatever time tests are run."""
        later = (datetime.now(UTC) + timedelta(hours=12)).hour
        given = {"pace": HOUR, "seed": 7, "zone": "UTC", "report_hour": later, **options}
        result = await self.alder.slash(self.channel, "keeper found", **given)
        await self.bot.herald.drain()
        return result

    async def turns(self, count: int = 1) -> None:
        """Let turns pass, and the board follow."""
        for _ in range(count):
            assert await self.bot.keeper.turns.take_turn(self.channel.id) is not None
        await self.bot.herald.drain()

    async def restart(self) -> None:
        """End the bot and start another one on the same database."""
        await self.bot.close()
        self.bot = StagedBot(self.settings)
        await self.env.restart_bot(self.bot)

    async def kill(self) -> None:
        """End the bot as a power cut would: another one goes on with the files as they lay at this moment."""
        await self.bot.herald.close(grace=0)  # the dead post nothing, not even what was on its way
        before = self.settings.database
        self._deaths += 1
        after = before.with_name(f"after-{self._deaths}.sqlite3")
        await asyncio.to_thread(_copy, before, after)  # what the bot is writing goes on meanwhile
        # What the old one still does on its way out reaches its own files alone.
        self.settings = self.settings.model_copy(update={"database": after})
        await self.restart()

    @property
    def posts(self) -> list[discord.Message]:
        """What everybody sees in the channel, oldest first."""
        return [message for message in self.channel.history() if not message.flags.ephemeral]

    @property
    def board(self) -> discord.Message:
        """The message that is the board of the channel's wood by now."""
        query = "SELECT board_message_id FROM woods WHERE channel_id = ? ORDER BY razed_at IS NULL DESC, id DESC"
        with closing(sqlite3.connect(self.settings.database)) as file:
            (number,) = file.execute(query, (self.channel.id,)).fetchone()
        return next(post for post in self.posts if post.id == number)


def _copy(before: Path, after: Path) -> None:
    """Copy a database as it lies on the disk."""
    with closing(sqlite3.connect(before, isolation_level=None)) as file:
        file.execute("BEGIN IMMEDIATE")  # so that nobody writes between the copy of one file and of the other
        for suffix in ("", "-wal"):
            if (part := before.with_name(before.name + suffix)).exists():
                shutil.copy(part, after.with_name(after.name + suffix))


@asynccontextmanager
async def growing(folder: Path, locale: str | None = None) -> AsyncIterator[Grove]:
    """Open a grove without a wood; whatever the bot raises in it fails the test. ``locale`` is the server's."""
    settings = load_settings(None, database=folder / "wood.sqlite3", chart_workers=0)
    bot = StagedBot(settings)
    env = simcord.Env(bot, shard_count=1, settle_timeout=30.0)
    guild = env.create_guild("The Grove", preferred_locale=locale)
    channel = guild.create_text_channel("the-wood")
    role = guild.create_role("Keeper", permissions=discord.Permissions(manage_channels=True))
    alder = guild.add_member(env.create_user("alder", global_name="Alder"), roles=[role])
    marguerite = guild.add_member(env.create_user("marguerite", global_name="Marguerite"))
    konomi = guild.add_member(env.create_user("konomi", global_name="木の実さん"))
    grove = Grove(env, bot, settings, channel, alder, marguerite, konomi, guild)
    await env.start()
    try:
        yield grove
        unexpected = grove.raised()
        assert not unexpected, unexpected
    finally:
        await grove.bot.close()
        await env.shutdown()


def said(result: InteractionResult) -> str:
    """All that an answer says, private or not."""
    assert result.response is not None, result
    return texts(result.response.components)


def answer(result: InteractionResult) -> ResponseMessage:
    """The message that answers, to press its buttons."""
    assert result.response is not None, result
    return result.response


def texts(components: Any) -> str:
    """All texts within components."""
    return "\n".join(_texts(components))


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from _texts(child)
    elif isinstance(node, dict):
        if node.get("type") == 10:
            yield node["content"]
        yield from _texts(node.get("components") or [])


def public(result: InteractionResult) -> str:
    """The text of the one message of an answer that everybody sees, however it came there."""
    (shown,) = (each for each in (result.response, *result.followups) if each is not None and not each.ephemeral)
    return texts(shown.components)


def private(result: InteractionResult) -> bool:
    """Whether only the one who asked sees the answer, and there is no other."""
    return result.response is not None and result.response.ephemeral and not result.followups
