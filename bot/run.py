"""Runs the bot against Discord until somebody asks it to stop."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import aiohttp
import discord

from bot.client import WoodBot
from bot.health import pulse
from bot.settings import Settings
from bot.telling.catalog import SOURCE, words_in
from bot.telling.engines import doing
from data.claim import claimed

log = logging.getLogger(__name__)

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
GRACE: Final = 20.0
"""Seconds in which everything is closed in order; what is not closed then is lost with the process."""


class RunError(Exception):
    """The bot cannot run; the message says what to do, and never holds the token."""


@contextmanager
def stopping() -> Iterator[asyncio.Event]:
    """Give an event that Ctrl+C and SIGTERM set; a second signal ends the process the hard way.

    Must be entered in the main thread, within a running loop.
    """
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def ask(number: int, frame: FrameType | None = None) -> None:
        name = signal.Signals(number)
        log.info("Asked to stop by %s", name.name)
        signal.signal(number, before[name])
        loop.call_soon_threadsafe(asked.set)

    for number in SIGNALS:
        # Not loop.add_signal_handler: Windows has none, and it cannot put back the handler that was there.
        signal.signal(number, ask)
    try:
        yield asked
    finally:
        for number in SIGNALS:
            signal.signal(number, before[number])


async def serve(settings: Settings, token: str) -> None:
    """Open the database, connect to Discord and stay until a signal comes; then close everything in order.

    Raises:
        RunError: Discord does not take the token, or cannot be reached at all.
        StoreError: the database cannot be used, or another bot runs on it.
    """
    with claimed(settings.database):
        bot = WoodBot(settings)
        await bot.open_store()  # what is wrong with the file is told even where Discord is out of reach
        await _stay(bot, token)


async def _stay(bot: WoodBot, token: str) -> None:
    with stopping() as asked:
        running = asyncio.create_task(bot.start(token), name="discord")
        signalled = asyncio.create_task(asked.wait(), name="signals")
        async with pulse(bot.settings.database, lambda: state_of(bot)):
            try:
                await asyncio.wait({running, signalled}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                await close(bot)
                # A connection that is still being made does not notice that its client was closed.
                running.cancel()
                signalled.cancel()
                await asyncio.gather(running, signalled, return_exceptions=True)
    if not asked.is_set():
        explain(running)


async def close(bot: WoodBot, grace: float = GRACE) -> None:
    """Close the bot and all it built, within ``grace`` seconds."""
    try:
        async with asyncio.timeout(grace):
            await bot.close()
    except TimeoutError:
        log.error("Not everything could be closed within %.0f seconds", grace)


def state_of(bot: WoodBot) -> str:
    """How the bot is connected, in a word, and what its minds are at unless they answer."""
    connected = "connected" if bot.is_ready() else "connecting"
    if bot.strangers:
        connected += f"; {bot.strangers} woods of other shards rest in this database: see `ttw reshard`"
    asleep = doing(words_in(SOURCE), bot.council.asleep()) if hasattr(bot, "council") else ""
    return f"{connected}; the minds are asleep: {asleep}" if asleep else connected


def explain(ended: "asyncio.Task[None]") -> None:
    """Raise what ended a connection, in words where there are any; nothing if it simply ended.

    Raises:
        RunError: Discord does not take the token, or cannot be reached at all.
    """
    error = None if ended.cancelled() else ended.exception()
    match error:
        case None:
            return
        case discord.LoginFailure():
            raise RunError(
                "Discord does not take the token. Copy it again from the Developer Portal (Bot, Reset Token)."
            ) from None
        case aiohttp.ClientConnectionError() | discord.GatewayNotFound():
            raise RunError("Discord cannot be reached. Check this machine's network, then start again.") from error
    raise error
