"""How fast posts go out, and when none does: Discord takes so many requests of a bot, and bans one that errs too often.

Discord takes 50 requests a second of a bot in all its servers, answers to interactions not counted, and shuts out an
address from which 10,000 invalid requests (401, 403, 429) came within ten minutes.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from types import SimpleNamespace
from typing import Final, Generic, TypeVar

import aiohttp

from bot.delivery import ChannelPort
from data.lanes import Lane, LaneLock

log = logging.getLogger(__name__)

R = TypeVar("R")

RATE: Final = 40.0
"""Requests a second, of Discord's 50: what a command looks up beside its answer counts too."""
BURST: Final = 8
"""Requests that may go at once after a while without any."""
SPAN: Final = 600.0
MOST_INVALID: Final = 4_000
"""Seconds over which invalid requests are counted, and how many of them are enough: Discord bans at 10,000."""
_INVALID: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})
_GRAIN: Final = 10.0


class Pace:
    """Lets requests go one after another, evenly, those that do not wait for others first.

    Args:
        rate: requests a second.
        now: seconds of a clock that never goes back.
        sleep: sleeps so many of them.
    """

    def __init__(
        self,
        rate: float = RATE,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._every = 1.0 / rate
        self._now = now
        self._sleep = sleep
        self._next = 0.0
        self._going = LaneLock()

    async def wait(self, lane: Lane) -> None:
        """Wait until a request may go; one of the players' lane goes before all others that wait."""
        async with self._going.holding(lane):
            now = self._now()
            self._next = max(self._next, now - BURST * self._every) + self._every
            if self._next > now:
                await self._sleep(self._next - now)


class Brake:
    """Counts invalid requests, and says when there were so many that none must be risked.

    Args:
        now: seconds of a clock that never goes back.
    """

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._counts: deque[tuple[float, int]] = deque()
        self._on = False

    @property
    def invalid(self) -> int:
        """Invalid requests within the last :data:`SPAN` seconds."""
        while self._counts and self._now() - self._counts[0][0] > SPAN:
            self._counts.popleft()
        return sum(count for _, count in self._counts)

    @property
    def on(self) -> bool:
        """Whether nothing may be posted. It stays on until half of what was too many is over."""
        invalid = self.invalid
        if not self._on and invalid >= MOST_INVALID:
            self._on = True
            log.error(
                "Discord refused %d requests within ten minutes (401, 403 or 429). Nothing is posted until they are "
                "fewer, since at 10,000 Discord bans this address. Look for what is refused in the lines before this.",
                invalid,
            )
        elif self._on and invalid <= MOST_INVALID // 2:
            self._on = False
            log.warning("Discord refused %d requests within ten minutes; posting goes on", invalid)
        return self._on

    def count(self, status: int, *, shared: bool = False) -> None:
        """Note how a request was answered; ``shared`` is a limit that others used up, which is no fault of the bot."""
        if status not in _INVALID or shared:
            return
        now = self._now()
        if self._counts and now - self._counts[-1][0] < _GRAIN:
            begun, count = self._counts[-1]
            self._counts[-1] = begun, count + 1
        else:
            self._counts.append((now, 1))

    def watch(self, config: aiohttp.TraceConfig) -> aiohttp.TraceConfig:
        """Have every request counted that is made by a session with this configuration, which is answered."""
        config.on_request_end.append(self._ended)
        return config

    async def _ended(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
    ) -> None:
        self.count(end.response.status, shared=end.response.headers.get("X-RateLimit-Scope") == "shared")


class PacedPort(Generic[R]):
    """A port through which everything goes at a pace; see :class:`bot.delivery.ChannelPort`.

    Args:
        port: the port.
        pace: how fast.
        lane: who waits for whom.
    """

    def __init__(self, port: ChannelPort[R], pace: Pace, lane: Lane) -> None:
        self._port = port
        self._pace = pace
        self._lane = lane

    async def send(self, channel_id: int, content: R, nonce: str) -> int:
        """Send a message."""
        await self._pace.wait(self._lane)
        return await self._port.send(channel_id, content, nonce)

    async def ping(self, channel_id: int, user_id: int, content: R, nonce: str) -> int:
        """Send a message that may mention one user."""
        await self._pace.wait(self._lane)
        return await self._port.ping(channel_id, user_id, content, nonce)

    async def tell(self, user_id: int, content: R, nonce: str) -> int:
        """Send a direct message."""
        await self._pace.wait(self._lane)
        return await self._port.tell(user_id, content, nonce)

    async def edit(self, channel_id: int, message_id: int, content: R) -> None:
        """Change a message in place."""
        await self._pace.wait(self._lane)
        await self._port.edit(channel_id, message_id, content)

    async def find(self, channel_id: int, nonce: str, since: datetime | None) -> int | None:
        """Look for the own message that was sent with a nonce."""
        await self._pace.wait(self._lane)
        return await self._port.find(channel_id, nonce, since)

    async def count_after(self, channel_id: int, message_id: int, most: int) -> int:
        """Count the messages that came after one."""
        await self._pace.wait(self._lane)
        return await self._port.count_after(channel_id, message_id, most)

    async def remove(self, channel_id: int, message_id: int) -> None:
        """Take an own message away."""
        await self._pace.wait(self._lane)
        await self._port.remove(channel_id, message_id)

    async def pin(self, channel_id: int, message_id: int, *, pinned: bool) -> None:
        """Pin an own message, or unpin it."""
        await self._pace.wait(self._lane)
        await self._port.pin(channel_id, message_id, pinned=pinned)
