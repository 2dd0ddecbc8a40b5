"""Runs the bot against Discord until somebody asks it to stop."""

import asyncio
import gc
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from bot.client import WoodBot
from bot.endings import Cause, RunError, ending
from bot.measures import shown
from bot.settings import Settings
from bot.watch import watching
from data.claim import claimed

log = logging.getLogger(__name__)

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
GRACE: Final = 20.0
"""Seconds in which everything is closed in order; what is not closed then is lost with the process."""
RESCUE: Final = 600.0
"""The same where a database that was taken from under the bot has to be copied first."""


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
        RunError: Discord does not let the bot in or throws it out, the port of the measures cannot be had, or the
            database was taken from under the bot.
        StoreError: the database cannot be used, or another bot runs on it.
    """
    with claimed(settings.database), shown(settings.metrics_host, settings.metrics_port):
        bot = WoodBot(settings)
        await bot.open_store()  # what is wrong with the file is told even where Discord is out of reach
        await _stay(bot, token)


async def _stay(bot: WoodBot, token: str) -> None:
    with stopping() as asked:
        running = asyncio.create_task(bot.start(token), name="discord")
        signalled = asyncio.create_task(asked.wait(), name="signals")
        settling = asyncio.create_task(_settle(bot), name="settling")
        async with watching(bot) as watch:
            lost = asyncio.create_task(watch.lost.wait(), name="database lost")
            try:
                await asyncio.wait({running, signalled, lost}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                await close(bot, RESCUE if watch.lost.is_set() else GRACE)
                # A connection that is still being made does not notice that its client was closed.
                for task in (running, signalled, lost, settling):
                    task.cancel()
                await asyncio.gather(running, signalled, lost, settling, return_exceptions=True)
    if bot.lost is not None:
        raise gone(bot)
    if not asked.is_set():
        explain(running)


async def _settle(bot: WoodBot) -> None:
    """Spare the garbage collector what the bot has built by the time it is ready: it stays for good.

    Looking through all of it again and again held every player up for a fifth of a second each time.
    """
    await bot.wait_until_ready()
    gc.collect()
    gc.freeze()


def gone(bot: WoodBot) -> RunError:
    """What is said when the database was taken from under the bot."""
    path = bot.settings.database
    if bot.rescued:
        kept = f"What it held is kept as {bot.rescued}: put it back with `ttw restore {bot.rescued}` and start again."
    else:
        kept = "What it held could not be kept; the log says why. Put back a backup with `ttw restore`."
    return RunError(f"The database {path} was {bot.lost} while the bot ran. {kept}", Cause.GONE)


async def close(bot: WoodBot, grace: float = GRACE) -> None:
    """Close the bot and all it built, within ``grace`` seconds."""
    try:
        async with asyncio.timeout(grace):
            await bot.close()
    except TimeoutError:
        log.error("Not everything could be closed within %.0f seconds", grace)


def explain(ended: "asyncio.Task[None]") -> None:
    """Raise what ended a connection, in words where there are any; nothing if it simply ended.

    Raises:
        RunError: see :func:`bot.endings.ending`.
    """
    error = None if ended.cancelled() else ended.exception()
    if error is None:
        return
    if (words := ending(error)) is not None:
        raise words from None
    raise error
