"""When a process may start a session at Discord's gateway, where several processes of one bot share a machine.

Discord takes one IDENTIFY in five seconds for each *bucket*, a shard's number by ``max_concurrency``, from all of a
bot's processes together; one that comes too early is refused (op 9) and counts all the same. discord.py keeps that for
the shards of one process and knows nothing of others, and after an op 9 it tries again five seconds later.

So processes on one machine take turns by a file beside their databases: whoever holds its lock may start, and its time
says when the last start was. Processes that share no folder fall back on Discord's refusal and discord.py's next try.

Discord grants a thousand starts a day or somewhat more, and who starts once more than that loses the token: so a bot
that is started again and again, by a supervisor that does not give up, waits once none is left.
"""

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from discord import SessionStartLimits

from data.claim import hold

log = logging.getLogger(__name__)

EVERY: Final = 5.0
"""Seconds between two starts in one bucket."""
SLACK: Final = 0.25
"""Seconds on top, for the way to Discord, which differs from start to start."""
_LOOK: Final = 0.1
"""Seconds between two tries for the lock."""


class Starts:
    """Lets the shards of all processes that share a folder start one after another, each bucket for itself.

    Args:
        folder: where the files are: that of the database.
        at_once: Discord's ``max_concurrency``: how many shards may start at once.
        every: seconds between two starts in a bucket.
    """

    def __init__(self, folder: Path, at_once: int, *, every: float = EVERY + SLACK) -> None:
        self._folder = folder
        self._at_once = max(1, at_once)
        self._every = every

    async def wait(self, shard: int) -> None:
        """Wait until a shard may start, and note that it does so now.

        Raises:
            OSError: the file cannot be written.
        """
        file = self._folder / f"starts-{shard % self._at_once}.lock"
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            while not hold(handle):  # noqa: ASYNC110 - it is another process that lets go
                await asyncio.sleep(_LOOK)
            last = os.fstat(handle)
            if last.st_size:  # one that was just made has seen no start
                # A clock that was put back must not hold a start up for longer than one that is right.
                passed = abs(time.time() - last.st_mtime)
                await asyncio.sleep(max(0.0, self._every - passed))
            os.write(handle, b".")
        finally:
            os.close(handle)  # drops the lock


async def granted(limits: Callable[[], Awaitable[SessionStartLimits]]) -> SessionStartLimits:
    """Wait while none of the day's starts is left; answers what Discord says once there is one.

    Args:
        limits: asks Discord how many are.
    """
    while (now := await limits()).remaining < 1:
        seconds = max(1.0, now.reset_after / 1000)
        log.error(
            "All %d starts of a session that Discord grants a day are used up, and one more would cost the bot its "
            "token: waiting for %.0f seconds, until it grants new ones. Find out what starts the bot so often.",
            now.total,
            seconds,
        )
        await asyncio.sleep(seconds)
    return now
