"""A Discord of one's own: the very same bot in a local page, with three patrons to be. Needs no token and no network.

SimCord stands in for Discord: it runs the real client in this process and serves one channel of it as a web page on
the loopback interface. Ids are the same at every start, so the wood in the file goes on where it was.
"""

import asyncio
import logging
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import discord
import simcord

from bot.client import WoodBot
from bot.run import close, gone, stopping
from bot.settings import Settings
from bot.stage import SETTLE, LivePage, StagedBot, StageError, check_port, start_clock
from bot.telling.catalog import SOURCE, words_in
from bot.watch import Watch, watching
from data.claim import claimed
from wood.refusal import Refusal

__all__ = ["Playground", "StageError", "erase", "play", "playground"]

log = logging.getLogger(__name__)

BOT: Final = "Thousand Token Wood"
PEOPLE: Final = (("alder", "Alder"), ("marguerite", "Marguerite"), ("konomi", "木の実さん"))
"""Whom the page can be looked at as: user name and shown name. The first may keep the wood."""
PACE: Final = 10
"""Seconds between turns of the wood that is founded at the first start."""


@dataclass(frozen=True, slots=True)
class Playground:
    """A playground that is open.

    Attributes:
        env: the simulated Discord.
        bot: the bot in it.
        channel: the one channel.
        people: who is there; the first one keeps the wood.
        page: the page.
        watch: sees whether its file is still there.
    """

    env: simcord.Env
    bot: WoodBot
    channel: simcord.ChannelHandle
    people: tuple[simcord.MemberActor, ...]
    page: LivePage
    watch: Watch

    @property
    def url(self) -> str:
        """The page's address, with the secret that opens it."""
        return self.page.url


@asynccontextmanager
async def playground(
    settings: Settings, *, port: int = 0, pace: int = PACE, found: bool = True, fresh: bool = False
) -> AsyncIterator[Playground]:
    """Open the playground; it closes with the block.

    Args:
        settings: how the bot runs; its database is where the wood is kept.
        port: of the page; 0 takes a free one.
        pace: seconds between turns of the wood that is founded where there is none.
        found: whether to found a wood where there is none.
        fresh: whether to forget the wood that is kept, once nothing else stands in the way.

    Raises:
        StageError: the port is taken.
        StoreError: the database cannot be used, or another playground or bot runs on it.
        RunError: the database was taken from under it.
    """
    with claimed(settings.database):
        check_port(port)
        if fresh:
            erase(settings.database)
        bot = StagedBot(settings, sync_always=True)
        # Before SimCord is there, which else would wait for a heartbeat after every action.
        async with (
            watching(bot, "a playground on this machine, ") as watch,
            _opened(bot, port, pace, found, watch) as place,
        ):
            yield place
        if bot.lost is not None:
            raise gone(bot)


@asynccontextmanager
async def _opened(bot: WoodBot, port: int, pace: int, found: bool, watch: Watch) -> AsyncIterator[Playground]:
    env = simcord.Env(bot, check_errors=False, shard_count=1, settle_timeout=SETTLE)
    channel, people = _people(env)
    start_clock(env)
    try:
        await env.start()
        if found:
            await _found(bot, channel, people[0], pace)
        async with LivePage(env, channel, people, port) as page:
            yield Playground(env, bot, channel, people, page, watch)
    finally:
        await close(bot)
        await env.shutdown()


async def play(
    settings: Settings,
    *,
    port: int = 0,
    pace: int = PACE,
    found: bool = True,
    fresh: bool = False,
    open_browser: bool = True,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the playground until Ctrl+C, SIGTERM, or the page's own end button.

    Args:
        settings: how the bot runs; its database is where the wood is kept.
        port: of the page; 0 takes a free one.
        pace: seconds between turns of the wood that is founded where there is none.
        found: whether to found a wood where there is none.
        fresh: whether to forget the wood that is kept.
        open_browser: whether to open the page.
        announce: is told the address once it answers.

    Raises:
        StageError: the port is taken.
        StoreError: the database cannot be used, or another playground or bot runs on it.
    """
    with stopping() as asked:
        async with playground(settings, port=port, pace=pace, found=found, fresh=fresh) as place:
            announce(place.url)
            if open_browser:
                await asyncio.to_thread(webbrowser.open, place.url)
            reasons = (place.page.ended(), asked.wait(), place.watch.lost.wait())
            ends = [asyncio.create_task(waiting) for waiting in reasons]
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for end in ends:
                end.cancel()


def erase(database: Path) -> None:
    """Delete a playground's database and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _people(env: simcord.Env) -> tuple[simcord.ChannelHandle, tuple[simcord.MemberActor, ...]]:
    """Set the scene, always in the same order and before the clock runs: SimCord makes ids of both."""
    env.backend.edit_bot_profile(BOT)
    words = words_in(SOURCE)
    guild = env.create_guild(words("playground-guild"))
    channel = guild.create_text_channel(words("playground-channel"), topic=words("playground-topic"))
    role = guild.create_role(words("playground-keeper"), permissions=discord.Permissions(manage_channels=True))
    people = tuple(
        guild.add_member(env.create_user(name, global_name=shown), roles=[role] if place == 0 else [])
        for place, (name, shown) in enumerate(PEOPLE)
    )
    return channel, people


async def _found(bot: WoodBot, channel: simcord.ChannelHandle, keeper: simcord.MemberActor, pace: int) -> None:
    """Found a wood by the keeper's own command, unless one lives there."""
    try:
        await bot.keeper.queries.wood(channel.id)
    except Refusal:
        await keeper.slash(channel, "keeper found", pace=f"{pace}s")
