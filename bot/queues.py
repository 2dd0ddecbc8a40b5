"""A queue a guild: so much of it is worked on at a time, so that however much one asks for, the others are answered.

What waits there does not wait before the database, where everybody would wait behind it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

QUICK: Final = 8
"""Answers of a guild that are worked on at a time …"""
SLOW: Final = 4
"""… and, beside these, such as wait for a chart or a model."""


@dataclass(slots=True)
class _Queue:
    room: asyncio.Semaphore
    users: int = 0


class Queues:
    """Two queues a guild, which are there only while they are used; for one event loop.

    Args:
        quick: how much is worked on at a time of the one,
        slow: and of the other.
    """

    def __init__(self, quick: int = QUICK, slow: int = SLOW) -> None:
        self._wide = {False: quick, True: slow}
        self._queues: dict[tuple[int, bool], _Queue] = {}

    @asynccontextmanager
    async def through(self, guild_id: int, *, slow: bool = False) -> AsyncIterator[None]:
        """Wait in a guild's queue, first come, first served, and be worked on within the block."""
        key = guild_id, slow
        queue = self._queues.setdefault(key, _Queue(asyncio.Semaphore(self._wide[slow])))
        # Counted before waiting: who comes later finds the very same queue, and the last to leave takes it away.
        queue.users += 1
        try:
            async with queue.room:
                yield
        finally:
            queue.users -= 1
            if not queue.users:
                del self._queues[key]

    def __len__(self) -> int:
        """How many queues are used now."""
        return len(self._queues)
