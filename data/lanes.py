"""Who goes first: players before the work that can wait, which is that of the clock and of the herald."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from enum import IntEnum
from typing import Final

PATIENCE: Final = 20
"""Players that go before one who can wait, at most: then that one has its turn."""


class Lane(IntEnum):
    """Who asks, the first served first."""

    PLAYERS = 0
    BACKGROUND = 1


_lane: ContextVar[Lane] = ContextVar("lane", default=Lane.PLAYERS)


def lane() -> Lane:
    """The lane of the running task: the players', unless it was said otherwise."""
    return _lane.get()


@contextmanager
def background() -> Iterator[None]:
    """Let all that is done in the block, and by tasks begun in it, be work that can wait."""
    token = _lane.set(Lane.BACKGROUND)
    try:
        yield
    finally:
        _lane.reset(token)


class LaneLock:
    """A lock for one event loop that is handed to waiting players first."""

    def __init__(self) -> None:
        self._held = False
        self._in_a_row = 0
        self._waiting: dict[Lane, deque[asyncio.Future[None]]] = {each: deque() for each in Lane}

    @property
    def wanted(self) -> bool:
        """Whether a player waits for it."""
        return bool(self._waiting[Lane.PLAYERS])

    @asynccontextmanager
    async def holding(self, who: Lane | None = None) -> AsyncIterator[None]:
        """Hold the lock, in the lane of the running task unless another is given."""
        await self._acquire(lane() if who is None else who)
        try:
            yield
        finally:
            self._hand_on()

    async def _acquire(self, who: Lane) -> None:
        if not self._held:
            self._held = True
            return
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[who].append(waiting)
        try:
            await waiting
        except asyncio.CancelledError:
            if waiting.cancelled():
                self._waiting[who].remove(waiting)
            else:  # it was handed over in the same moment
                self._hand_on()
            raise

    def _hand_on(self) -> None:
        """Give the lock to who is next, without letting go of it in between."""
        players, others = self._waiting[Lane.PLAYERS], self._waiting[Lane.BACKGROUND]
        first = players if players and not (others and self._in_a_row >= PATIENCE) else others or players
        self._in_a_row = self._in_a_row + 1 if first is players and others else 0
        while first:
            waiting = first.popleft()
            if not waiting.done():
                waiting.set_result(None)
                return
        self._held = False
