"""Lanes: so much of each guild is worked on at a time, so that however much one asks for, the others are answered.

What waits in a lane waits there, and not before the database, where everybody would wait behind it.
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
class _Lane:
    room: asyncio.Semaphore
    users: int = 0


class Lanes:
    """Two lanes a guild, which are there only while they are used; for one event loop.

    Args:
        quick: how much is worked on at a time in the one,
        slow: and in the other.
    """

    def __init__(self, quick: int = QUICK, slow: int = SLOW) -> None:
        self._wide = {False: quick, True: slow}
        self._lanes: dict[tuple[int, bool], _Lane] = {}

    @asynccontextmanager
    async def going(self, guild_id: int, *, slow: bool = False) -> AsyncIterator[None]:
        """Go through a guild's lane, first come, first served."""
        key = guild_id, slow
        lane = self._lanes.setdefault(key, _Lane(asyncio.Semaphore(self._wide[slow])))
        # Counted before waiting: who comes later finds the very same lane, and the last to leave takes it away.
        lane.users += 1
        try:
            async with lane.room:
                yield
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[key]

    def __len__(self) -> int:
        """How many lanes are used now."""
        return len(self._lanes)
