"""The gateway: sessions with their sequence, IDENTIFY, RESUME with replay, and the ways in which it breaks."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.loopback import wire
from tests.loopback.state import Json, State

_log = logging.getLogger(__name__)

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11

GATEWAY_PATH, RESUME_PATH = "/gateway", "/resume-gateway"


@dataclass(slots=True, eq=False)
class Session:
    """One session of one shard; it outlives its connection."""

    shard: tuple[int, int]
    intents: int
    socket: web.WebSocketResponse | None
    transport: asyncio.Transport | None
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    sent: list[Json] = field(default_factory=list)

    @property
    def connected(self) -> bool:
        """Whether a connection carries this session now."""
        return self.socket is not None and not self.socket.closed


class Gateway:
    """All sessions of the one bot."""

    def __init__(
        self,
        state: State,
        token: str,
        *,
        shards: int,
        heartbeat: float,
        changed: Callable[[], None],
        at_once: int = 1,
        identify_every: float = 0.0,
    ) -> None:
        """Prepare.

        Args:
            state: what READY and GUILD_CREATE tell.
            token: the only token that may identify.
            shards: how many shards ``GET /gateway/bot`` recommends.
            heartbeat: seconds between heartbeats.
            changed: called whenever something happened.
            at_once: ``max_concurrency``: into so many buckets shards fall, by their numbers.
            identify_every: seconds between two IDENTIFYs in a bucket; what comes earlier is refused (op 9).
        """
        self._state, self._token, self._heartbeat, self._changed = state, token, heartbeat, changed
        self.shards = shards
        self.url = ""
        self.sessions: list[Session] = []
        self.identified = 0
        self.resumed = 0
        self.refusing = 0
        self._at_once, self._every = at_once, identify_every
        self._started: dict[int, float] = {}
        self.hasty: list[tuple[int, int]] = []
        """Shards whose IDENTIFY came too early after another one of their bucket, and was refused."""
        self.spent = 0
        """Starts that were made before; once none is left, Discord is to grant new ones in a second."""
        self.closing = 0
        """A close code with which every IDENTIFY is answered; 0 for none."""
        self.silent = False
        """While true no heartbeat is acknowledged."""

    @property
    def ready(self) -> bool:
        """Whether every shard is connected."""
        return {session.shard[0] for session in self.sessions if session.connected} == set(range(self.shards))

    @property
    def start_limit(self) -> Json:
        """What ``GET /gateway/bot`` says of how sessions may be started."""
        left = max(0, 1000 - self.identified - len(self.hasty) - self.spent)
        reset = 86_400_000 if left else 1_000
        return {"total": 1000, "remaining": left, "reset_after": reset, "max_concurrency": self._at_once}

    def connected(self, *shards: int) -> bool:
        """Whether these shards are connected."""
        return {session.shard[0] for session in self.sessions if session.connected} >= set(shards)

    def session_of(self, guild_id: int) -> Session | None:
        """The newest session of the guild's shard, connected or not."""
        for session in reversed(self.sessions):
            if (guild_id >> 22) % session.shard[1] == session.shard[0]:
                return session
        return None

    async def dispatch(self, event: str, data: Json, guild_id: int) -> bool:
        """Send an event to the guild's shard; kept for replay while that shard is away.

        Returns:
            Whether there is a session that gets it, now or on RESUME.
        """
        session = self.session_of(guild_id)
        if session is None:
            return False
        await self._send_event(session, event, data)
        return True

    async def ask_to_reconnect(self) -> None:
        """Op 7 to every shard: each comes back and resumes."""
        await self._to_all({"op": RECONNECT, "d": None})

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Op 9 to every shard; unless ``resumable`` the session is gone and a new IDENTIFY follows."""
        connected = [session for session in self.sessions if session.connected]
        if not resumable:
            self.sessions = [session for session in self.sessions if session not in connected]
        await self._to_all({"op": INVALID, "d": resumable}, connected)

    async def drop(self, code: int | None = None) -> None:
        """Break every connection: with a close code, or without a word."""
        for session in self.sessions:
            if session.socket is None or session.socket.closed:
                continue
            if code is not None:
                await session.socket.close(code=code)
            elif session.transport is not None:
                session.transport.abort()

    async def close(self) -> None:
        """Close every connection; the server goes down."""
        await self.drop(1001)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection."""
        if self.refusing > 0:
            self.refusing -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=16384)
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "s": None, "t": None, "d": {"heartbeat_interval": self._heartbeat * 1000}})
        session: Session | None = None
        try:
            async for frame in socket:
                if frame.type is not WSMsgType.TEXT:
                    await socket.close(code=4002)
                    break
                message = json.loads(frame.data)
                if message["op"] == HEARTBEAT:
                    if not self.silent:
                        await socket.send_json({"op": ACK, "s": None, "t": None, "d": None})
                elif message["op"] == IDENTIFY:
                    session = await self._identify(socket, request.transport, message["d"])
                elif message["op"] == RESUME:
                    session = await self._resume(socket, request.transport, message["d"])
        except ConnectionError:
            _log.debug("a gateway connection broke")
        finally:
            if session is not None and session.socket is socket:
                session.socket = None
                # A client that says goodbye gives its session up; one that vanishes may come back to it.
                if socket.close_code in (1000, 1001) and session in self.sessions:
                    self.sessions.remove(session)
            self._changed()
        return socket

    async def _identify(
        self, socket: web.WebSocketResponse, transport: asyncio.Transport | None, data: Json
    ) -> Session | None:
        if data["token"] != self._token:
            await socket.close(code=4004)
            return None
        if self.closing:
            await socket.close(code=self.closing)
            return None
        index, count = data.get("shard", (0, 1))
        if not 0 <= index < count:
            await socket.close(code=4010)
            return None
        now, bucket = time.monotonic(), index % self._at_once
        if now - self._started.get(bucket, -self._every) < self._every:
            self.hasty.append((index, count))
            await socket.send_json({"op": INVALID, "s": None, "t": None, "d": False})
            return None
        self._started[bucket] = now
        self.sessions = [old for old in self.sessions if old.shard != (index, count)]
        session = Session((index, count), data["intents"], socket, transport)
        self.sessions.append(session)
        self.identified += 1
        mine = [guild for guild in self._state.guilds.values() if (guild.id >> 22) % count == index]
        await self._send_event(
            session,
            "READY",
            {
                "v": 10,
                "user": wire.user(self._state.bot),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in mine],
                "session_id": session.id,
                "resume_gateway_url": self.url + RESUME_PATH,
                "shard": [index, count],
                "application": {"id": str(self._state.application_id), "flags": 0},
                "private_channels": [],
            },
        )
        for guild in mine:
            await self._send_event(session, "GUILD_CREATE", wire.guild(guild, self._state.bot))
        self._changed()
        return session

    async def _resume(
        self, socket: web.WebSocketResponse, transport: asyncio.Transport | None, data: Json
    ) -> Session | None:
        session = next((known for known in self.sessions if known.id == data["session_id"]), None)
        if session is None or data["token"] != self._token:
            await socket.send_json({"op": INVALID, "s": None, "t": None, "d": False})
            return None
        self.resumed += 1
        # Sequence n stands at index n - 1. What is dispatched while this loop sends lands behind it, in order.
        missed = data["seq"] or 0
        while missed < len(session.sent):
            await socket.send_json(session.sent[missed])
            missed += 1
        session.socket, session.transport = socket, transport
        await self._send_event(session, "RESUMED", {})
        self._changed()
        return session

    async def _send_event(self, session: Session, event: str, data: Json) -> None:
        payload: Json = {"op": DISPATCH, "t": event, "s": len(session.sent) + 1, "d": data}
        session.sent.append(payload)
        socket = session.socket
        if socket is not None and not socket.closed:
            try:
                await socket.send_json(payload)
            except ConnectionError:
                _log.debug("%s waits for a RESUME", event)

    async def _to_all(self, payload: Json, sessions: Sequence[Session] | None = None) -> None:
        sockets = [session.socket for session in (sessions or self.sessions) if session.socket is not None]
        await asyncio.gather(*(socket.send_json(payload | {"s": None, "t": None}) for socket in sockets))
