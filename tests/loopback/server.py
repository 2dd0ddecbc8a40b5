"""A Discord on the loopback interface: enough of REST v10 and of the gateway for a real discord.py process."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web
from discord import Permissions

from tests.loopback import acts, wire
from tests.loopback.acts import Value
from tests.loopback.answers import Answers
from tests.loopback.bodies import ApiError
from tests.loopback.faults import Fault, Faults
from tests.loopback.gateway import GATEWAY_PATH, RESUME_PATH, Gateway
from tests.loopback.rest import NOTE, Rest
from tests.loopback.state import Call, Channel, Guild, Interaction, Json, Member, Message, State, User

T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TOKEN = "loopback.token.of-the-tests"
API = "/api/v10"

BOT_PERMISSIONS = Permissions(
    view_channel=True, send_messages=True, embed_links=True, attach_files=True, read_message_history=True
)
EVERYONE = Permissions(view_channel=True, send_messages=True, read_message_history=True, use_application_commands=True)

PATIENCE = 60.0
"""Seconds until a wait for a condition gives up; far beyond what any condition needs, even on a busy machine."""


class LoopbackDiscord:
    """The server and what a person does in its client. Use it as an async context manager."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        shards: int = 1,
        heartbeat: float = 41.25,
        answer_within: float = 3.0,
        nonce_memory: float = 300.0,
        at_once: int = 1,
        identify_every: float = 0.0,
    ) -> None:
        """Prepare an empty Discord.

        Args:
            token: the bot's only valid token.
            shards: recommended by ``GET /gateway/bot``; guilds are spread over them.
            heartbeat: seconds between the gateway's heartbeats.
            answer_within: seconds until an interaction without a first answer is unknown; 3 on Discord. Give more
                where a busy machine must not decide a test.
            at_once: ``max_concurrency``: how many shards may IDENTIFY at once.
            identify_every: seconds between two IDENTIFYs of shards that may not do so at once; 5 on Discord.
            nonce_memory: seconds within which a repeated nonce makes no second message; a few minutes on Discord.
        """
        self.token, self.shards = token, shards
        self.state = State(bot=User("Wood", bot=True), owner=User("Owner"))
        self.faults = Faults()
        self.gateway = gateway = Gateway(
            self.state,
            token,
            shards=shards,
            heartbeat=heartbeat,
            changed=self._wake,
            at_once=at_once,
            identify_every=identify_every,
        )
        self._rest = Rest(self.state, gateway, nonce_memory=nonce_memory)
        self._answers = Answers(self.state, answer_within=answer_within)
        self._runner: web.AppRunner | None = None
        self._changed = asyncio.Event()
        self.base = ""

    async def __aenter__(self) -> Self:
        """Listen on a free port of 127.0.0.1."""
        app = web.Application(middlewares=[self._middleware], client_max_size=64 * 1024 * 1024)
        for route in [*self._rest.routes(), *self._answers.routes()]:
            app.router.add_route(route.method, API + route.path, route.handler)
        app.router.add_get("/attachments/{channel_id}/{attachment_id}/{name}", self._rest.attachment)
        for path in (GATEWAY_PATH, RESUME_PATH):
            app.router.add_get(path, self.gateway.handle)
        self._runner = web.AppRunner(app, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.base = self._rest.base = self._answers.base = f"http://127.0.0.1:{port}"
        self.gateway.url = f"ws://127.0.0.1:{port}"
        self._rest.gateway_url = self.gateway_url
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening."""
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def api(self) -> str:
        """What ``discord.http.Route.BASE`` must be."""
        return self.base + API

    @property
    def gateway_url(self) -> str:
        """What ``DiscordWebSocket.DEFAULT_GATEWAY`` must be."""
        return self.gateway.url + GATEWAY_PATH

    # What there is.

    def add_guild(self, name: str = "The Wood", *, shard: int = 0, permissions: Permissions = BOT_PERMISSIONS) -> Guild:
        """A guild that the bot is in, with these permissions; before the bot starts (see :meth:`join_guild`)."""
        guild = Guild(name, self.state.owner, EVERYONE)
        while (guild.id >> 22) % self.shards != shard:
            guild.id += 1 << 22
        guild.members[self.state.bot.id] = Member(self.state.bot, permissions)
        guild.members[self.state.owner.id] = Member(self.state.owner, Permissions.none())
        self.state.guilds[guild.id] = guild
        return guild

    def add_channel(self, guild: Guild, name: str = "clearing") -> Channel:
        """A text channel; before the bot starts."""
        channel = Channel(guild, name)
        guild.channels[channel.id] = channel
        return channel

    def add_user(self, guild: Guild, name: str, permissions: Permissions | None = None) -> User:
        """A person in a guild, with permissions beyond everyone's."""
        user = User(name)
        guild.members[user.id] = Member(user, permissions or Permissions.none())
        return user

    async def join_guild(self, guild: Guild) -> None:
        """Tell a running bot of a guild added with :meth:`add_guild`."""
        await self.gateway.dispatch("GUILD_CREATE", wire.guild(guild, self.state.bot), guild.id)

    async def overwrite(
        self, channel: Channel, *, deny: Permissions | None = None, allow: Permissions | None = None
    ) -> None:
        """Change what the bot may do in a channel, and tell it."""
        none = Permissions.none()
        channel.overwrites[self.state.bot.id] = (allow or none, deny or none)
        await self.gateway.dispatch("CHANNEL_UPDATE", wire.channel(channel), channel.guild.id)

    async def delete_channel(self, channel: Channel) -> None:
        """Delete a channel, and tell the bot."""
        del channel.guild.channels[channel.id]
        await self.gateway.dispatch("CHANNEL_DELETE", wire.channel(channel), channel.guild.id)

    def messages(self, channel: Channel) -> Sequence[Message]:
        """What everybody sees in a channel, oldest first."""
        return [channel.messages[key] for key in sorted(channel.messages)]

    # What a person does.

    async def slash(self, channel: Channel, user: User, *path: str, wait: bool = True, **values: Value) -> Interaction:
        """Use a slash command and wait until its answer can be read.

        Raises:
            CannotDoError: the client would not offer this.
            TimeoutError: no answer came.
        """
        data = acts.command(self.state.commands, path, values, channel.permissions_of(user))
        return await self._act(Interaction(2, " ".join(path), user, channel), data, wait=wait)

    async def autocomplete(
        self, channel: Channel, user: User, *path: str, option: str, typed: str = "", **values: Value
    ) -> Sequence[Json]:
        """What is offered while ``option`` is being typed: choices with name and value."""
        given = {**values, option: typed}
        data = acts.command(self.state.commands, path, given, channel.permissions_of(user), focused=option)
        asked = await self._act(Interaction(4, " ".join(path), user, channel), data, wait=True)
        return asked.choices or ()

    async def click(self, message: Message, user: User, what: str, *values: str, wait: bool = True) -> Interaction:
        """Press a button (or choose ``values`` in a select), found by custom id or label."""
        data = acts.component(message, what, values)
        return await self._act(Interaction(3, what, user, message.channel, source=message), data, wait=wait)

    async def submit(self, asked: Interaction, wait: bool = True, **values: str) -> Interaction:
        """Fill in and send the modal that answered an interaction; fields by custom id."""
        if asked.modal is None:
            raise acts.CannotDoError(f"{asked.name} opened no form")
        data = acts.modal(asked.modal, values)
        return await self._act(
            Interaction(5, asked.name, asked.user, asked.channel, source=asked.source), data, wait=wait
        )

    async def _act(self, asked: Interaction, data: Json, *, wait: bool) -> Interaction:
        self.state.interactions[asked.id] = asked
        payload = wire.interaction(asked, self.state, data, self.base)
        if not await self.gateway.dispatch("INTERACTION_CREATE", payload, asked.channel.guild.id):
            raise acts.CannotDoError("the bot is not connected")
        if wait:
            await self.until(lambda: asked.complete, f"an answer to {asked.name!r}")
        return asked

    # What is waited for, and what was seen.

    async def until(self, condition: Callable[[], T], what: str, *, within: float = PATIENCE) -> T:
        """Wait until ``condition`` is true; answers what it returned.

        Raises:
            TimeoutError: it never was; the last calls are told.
        """
        deadline = time.monotonic() + within
        while not (seen := condition()):
            if time.monotonic() > deadline:
                last = "\n".join(
                    f"  {call.method} {call.path} {call.status} {call.note}" for call in self.state.calls[-12:]
                )
                raise TimeoutError(f"waited {within:.0f} s in vain for {what}; the last calls were\n{last}")
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), timeout=0.05)
            except TimeoutError:
                continue
        return seen

    async def ready(self) -> None:
        """Wait until every shard is connected."""
        await self.until(lambda: self.gateway.ready, "the gateway to be connected")

    def calls(self, method: str = "", route: str = "") -> Sequence[Call]:
        """The REST calls so far, of one method and route template if given."""
        return [call for call in self.state.calls if method in ("", call.method) and route in ("", call.route)]

    @property
    def unknown(self) -> Sequence[Call]:
        """Calls that this Discord does not know: it must learn them, or the bot must not make them."""
        return [call for call in self.state.calls if call.note == "unknown route"]

    def fault(
        self,
        method: str,
        route: str,
        status: int,
        *,
        times: int = 1,
        retry_after: float = 0.05,
        everywhere: bool = False,
        after: bool = False,
        hold: bool = False,
    ) -> Fault:
        """Let the next calls of a route go wrong; see :class:`tests.loopback.faults.Fault`."""
        return self.faults.add(Fault(method, route, status, times, retry_after, everywhere, after, hold))

    # How a call is served.

    def _wake(self) -> None:
        self._changed.set()

    @web.middleware
    async def _middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(API):
            return await handler(request)
        resource = request.match_info.route.resource
        route = resource.canonical.removeprefix(API) if resource is not None else ""
        response = await self._served(request, route, handler)
        note = request.get(NOTE, "") if route else "unknown route"
        body = await _told(request)
        path = re.sub(r"/(interaction-)\d+", r"/\1…", request.path.removeprefix(API))
        status = 0 if response is None else response.status
        self.state.calls.append(Call(time.monotonic(), request.method, route, path, status, body, note))
        self._wake()
        if response is None:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        return response

    async def _served(self, request: web.Request, route: str, handler: Handler) -> web.StreamResponse | None:
        """The answer; None when its connection is to be cut."""
        try:
            response = await self._answer(request, route, handler)
        except ApiError as error:
            response = web.json_response({"message": error.message, "code": error.code}, status=error.status)
        if response is not None and response.content_type == "application/json":
            # discord.py reads JSON only where the header says exactly this, without a charset.
            response.headers["Content-Type"] = "application/json"
        return response

    async def _answer(self, request: web.Request, route: str, handler: Handler) -> web.StreamResponse | None:
        if not route:
            raise ApiError(404, 0, "404: Not Found")
        # An interaction's token in the path is all the right that its answer needs.
        by_path = route.startswith(("/interactions", "/webhooks"))
        if not by_path and request.headers.get("Authorization") != f"Bot {self.token}":
            raise ApiError(401, 0, "401: Unauthorized")
        keys = ("channel_id", "guild_id", "application_id", "token")
        headers, wait = self.faults.spend(
            request.method, route, "/".join(request.match_info.get(key, "") for key in keys)
        )
        fault = self.faults.meet(request.method, route)
        if fault is not None and not fault.after:
            return await _broken(fault, request)
        if wait is not None:
            return _limited(wait, headers, everywhere=False)
        response = await handler(request)
        if fault is not None:
            return await _broken(fault, request)
        response.headers.update(headers)
        return response


async def _told(request: web.Request) -> Json | None:
    """The JSON of a call for the record, if it had any."""
    try:
        if request.content_type == "multipart/form-data":
            payload = (await request.post()).get("payload_json")
            return json.loads(payload) if isinstance(payload, str) else None
        if request.content_type == "application/json" and request.can_read_body:
            told = await request.json()
            return told if isinstance(told, Mapping) else {"list": told}  # type: ignore[return-value]
    except ConnectionResetError:
        return {"cut": "its sender ended before all of it was here"}
    return None


async def _broken(fault: Fault, request: web.Request) -> web.Response | None:
    while fault.hold and request.transport is not None:
        await asyncio.sleep(0.02)
    if fault.status == 0:
        return None
    if fault.status == 429:
        return _limited(fault.retry_after, {}, everywhere=fault.everywhere)
    return web.json_response({"message": "made to fail", "code": 0}, status=fault.status)


def _limited(wait: float, headers: Mapping[str, str], *, everywhere: bool) -> web.Response:
    body = {"message": "You are being rate limited.", "retry_after": wait, "global": everywhere}
    # Without Via the library takes a 429 for a ban by the network in front of Discord.
    shown = {**headers, "Via": "1.1 loopback", "Retry-After": str(max(1, round(wait)))}
    return web.json_response(body, status=429, headers=shown)
