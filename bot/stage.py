"""The stage of the playground: SimCord's Discord with a clock that runs, and a page that follows what happens."""

import asyncio
import contextvars
import logging
import socket
import sys
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import simcord
from simcord.backend.errors import SetupError

from bot.client import WoodBot

log = logging.getLogger(__name__)

T = TypeVar("T")

SETTLE: Final = 30.0
"""Seconds that a command may take before the page gives it up: a chart's first drawing on a slow machine."""
_GATHER: Final = 0.15
"""Seconds in which several changes become one refresh of the page."""
_REMEMBERED: Final = 500
_FOLLOWED: Final = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"})


class StageError(Exception):
    """The page cannot be served; the message says what to do."""


def check_port(port: int) -> None:
    """See that the page can be served, before anything is lost for it.

    Raises:
        StageError: the port is taken.
    """
    with socket.socket() as probe:
        if sys.platform != "win32":  # there the option would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise _taken(port) from error


def _taken(port: int) -> StageError:
    return StageError(
        f"The page cannot be served on port {port}: something else uses it. Choose another with --port, "
        "or leave it out to take a free one."
    )


async def apart(work: Coroutine[Any, Any, T]) -> T:
    """Run ``work``, and whatever it starts, out of SimCord's sight.

    SimCord waits after every action until nothing of the bot's is left to do, timers within some seconds included. The
    clock's next turn and the herald's waiting are not what a player waits for.
    """
    return await contextvars.Context().run(asyncio.ensure_future, work)


class StagedBot(WoodBot):
    """The bot, with all that works in the background started apart."""

    async def setup_hook(self) -> None:
        """Build everything as ever."""
        await apart(super().setup_hook())


class WallClock:
    """SimCord's clock, running with the wall's: times on the page are true, and message ids are new at every start.

    SimCord replaces ``time.monotonic`` while it runs, so the real one is bound when this module is imported.
    """

    def __init__(self) -> None:
        self._epoch = datetime.now(UTC)
        self._start = monotonic()
        self._ahead = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since the clock was made."""
        return monotonic() - self._start + self._ahead

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return self._epoch + timedelta(seconds=self.elapsed)

    def advance(self, seconds: float) -> None:
        """Put the clock forward; SimCord does so to reach a timer that is due."""
        self._ahead += seconds


def start_clock(env: simcord.Env) -> None:
    """Let an environment's clock run with the wall's. What was created before keeps the ids of the standing clock."""
    env.backend.clock = WallClock()  # type: ignore[assignment] # it has all that SimCord asks of its own


class LivePage:
    """A channel's page that keeps in step with what the bot does by itself; use it as ``async with``.

    A preview publishes a page after what its viewer did there, but not after a post that nobody on the page asked for;
    and it refuses an action while another operation of the environment runs, or when the page was published anew since
    the browser last looked. Here refreshes and actions take turns, and an action counts as seen on the newest page: the
    buttons and commands of the wood are checked again when they are used, so nothing depends on the page's age.
    """

    def __init__(
        self, env: simcord.Env, channel: simcord.ChannelHandle, people: tuple[simcord.MemberActor, ...], port: int
    ) -> None:
        self._env, self._port = env, port
        self._preview = env.preview(channel, viewers=people, layout="channel", port=port)
        self._changed = asyncio.Event()
        self._turn = asyncio.Lock()
        self._following: asyncio.Task[None] | None = None
        self._action = self._preview._action  # noqa: SLF001 - SimCord is pinned; it has no hook for this
        self._preview._action = self._act  # type: ignore[method-assign]  # noqa: SLF001

    @property
    def url(self) -> str:
        """The page's address, with the secret that opens it."""
        return self._preview.url

    async def ended(self) -> None:
        """Wait until somebody ends the session on the page itself."""
        await self._preview.wait_closed()

    async def __aenter__(self) -> Self:
        """Serve the page.

        Raises:
            StageError: the port is taken.
        """
        try:
            await self._preview.__aenter__()
        except SetupError as error:
            raise _taken(self._port) from error
        self._env.backend.subscribers.append(self._heard)
        self._following = asyncio.create_task(self._follow(), name="page")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop following and serving."""
        self._env.backend.subscribers.remove(self._heard)
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following
        await self._preview.close()

    def _forget(self) -> None:
        """Shorten SimCord's record of all that ever happened: it is meant for tests, which end."""
        for record in (self._env.backend.transcript, self._env.backend.http_requests):
            del record[:-_REMEMBERED]

    def _heard(self, event: str, payload: Mapping[str, Any]) -> None:
        if event in _FOLLOWED:
            self._changed.set()

    async def _act(self, context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with self._turn:
            page = self._preview._pages.get(context_id or "")  # noqa: SLF001 - as above
            if page is not None and isinstance(body.get("published_revision"), int):
                body = {**body, "published_revision": page.revision}
            return await self._action(context_id, body)

    async def _follow(self) -> None:
        """Refresh the pages whenever something was posted, edited or deleted."""
        while True:
            await self._changed.wait()
            await asyncio.sleep(_GATHER)
            self._changed.clear()
            self._forget()
            async with self._turn:
                try:
                    await self._preview.refresh()
                except (SetupError, TimeoutError) as busy:
                    # The bot is in the midst of something: the page can wait for it.
                    log.debug("The page could not be refreshed yet: %s", busy)
                    self._changed.set()
