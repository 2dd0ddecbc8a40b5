"""REST v10 as far as the bot needs it; what it asks beyond that is a 404 and stands in the record."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

from aiohttp import web
from discord import Permissions

from tests.loopback import bodies, wire
from tests.loopback.bodies import ApiError
from tests.loopback.gateway import Gateway
from tests.loopback.state import Attachment, Channel, Guild, Message, State, snowflake

NOTE = web.RequestKey("note", str)
"""What the record says about a call beside its status."""


class Rest:
    """The routes of the application, its commands, guilds, channels and messages."""

    def __init__(self, state: State, gateway: Gateway, *, nonce_memory: float) -> None:
        """Serve ``state``; tell of ``gateway``; remember nonces for ``nonce_memory`` seconds."""
        self._state, self._gateway, self._nonce_memory = state, gateway, nonce_memory
        self.base = self.gateway_url = ""

    def routes(self) -> list[web.RouteDef]:
        """What to serve, relative to the API's root."""
        messages = "/channels/{channel_id}/messages"
        commands = "/applications/{application_id}/commands"
        return [
            web.get("/users/@me", self.me),
            web.get("/oauth2/applications/@me", self.application),
            web.get("/gateway/bot", self.gateway),
            web.get(commands, self.list_commands),
            web.put(commands, self.put_commands),
            web.get("/guilds/{guild_id}", self.guild),
            web.get("/guilds/{guild_id}/members/{user_id}", self.member),
            web.get("/users/{user_id}", self.user),
            web.get("/channels/{channel_id}", self.channel),
            web.post("/channels/{channel_id}/typing", self.typing),
            web.get(messages, self.history),
            web.post(messages, self.send),
            web.get(messages + "/{message_id}", self.read),
            web.patch(messages + "/{message_id}", self.edit),
            web.delete(messages + "/{message_id}", self.delete),
        ]

    async def me(self, _: web.Request) -> web.Response:
        """The bot's own user."""
        return web.json_response(wire.user(self._state.bot))

    async def application(self, _: web.Request) -> web.Response:
        """The bot's application."""
        return web.json_response(
            {
                "id": str(self._state.application_id),
                "name": self._state.bot.name,
                "description": "",
                "icon": None,
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "",
                "flags": 0,
                "owner": wire.user(self._state.owner),
                "team": None,
            }
        )

    async def gateway(self, _: web.Request) -> web.Response:
        """Where to connect, with how many shards."""
        shards, limit = self._gateway.shards, self._gateway.start_limit
        told = {"url": self.gateway_url, "shards": shards, "session_start_limit": limit}
        return web.json_response(told)

    async def list_commands(self, _: web.Request) -> web.Response:
        """The registered commands."""
        return web.json_response(self._state.commands)

    async def put_commands(self, request: web.Request) -> web.Response:
        """Replace the registered commands; one that keeps its name keeps its id."""
        commands = await request.json()
        bodies.check_commands(commands)
        ids = {command["name"]: command["id"] for command in self._state.commands}
        self._state.commands = [
            command
            | {
                "id": ids.get(command["name"], str(snowflake())),
                "application_id": str(self._state.application_id),
                "version": str(snowflake()),
            }
            for command in commands
        ]
        return web.json_response(self._state.commands)

    async def guild(self, request: web.Request) -> web.Response:
        """A guild."""
        return web.json_response(wire.guild(self._guild(request), self._state.bot))

    async def member(self, request: web.Request) -> web.Response:
        """A member."""
        member = self._guild(request).members.get(int(request.match_info["user_id"]))
        if member is None:
            raise ApiError(404, 10007, "Unknown Member")
        return web.json_response(wire.member(member))

    async def user(self, request: web.Request) -> web.Response:
        """A user."""
        wanted = int(request.match_info["user_id"])
        for guild in self._state.guilds.values():
            if wanted in guild.members:
                return web.json_response(wire.user(guild.members[wanted].user))
        raise ApiError(404, 10013, "Unknown User")

    async def channel(self, request: web.Request) -> web.Response:
        """A channel."""
        return web.json_response(wire.channel(self._channel(request)[0]))

    async def typing(self, request: web.Request) -> web.Response:
        """The typing indicator."""
        self._channel(request, Permissions(send_messages=True))
        return web.Response(status=204)

    async def history(self, request: web.Request) -> web.Response:
        """Messages of a channel, newest first; none without the permission to read them."""
        channel, permissions = self._channel(request)
        if not permissions.read_message_history:
            return web.json_response([])
        found = sorted(channel.messages.values(), key=lambda message: message.id, reverse=True)
        query, limit = request.query, int(request.query.get("limit", 50))
        if "before" in query:
            found = [message for message in found if message.id < int(query["before"])]
        if "after" in query:
            found = [message for message in found if message.id > int(query["after"])][-limit:]
        if "around" in query:
            found = sorted(found, key=lambda message: abs(message.id - int(query["around"])))[:limit]
            found.sort(key=lambda message: message.id, reverse=True)
        # A nonce is for the one who sent the message, and only then: history does not tell it.
        return web.json_response([wire.message(item, self.base, with_nonce=False) for item in found[:limit]])

    async def send(self, request: web.Request) -> web.Response:
        """A new message; the same enforced nonce again answers the message that stands already."""
        needed = Permissions(send_messages=True)
        if request.content_type == "multipart/form-data":
            needed.attach_files = True
        channel, permissions = self._channel(request, needed)
        body = bodies.body(*await bodies.read(request))
        if body.embeds and not permissions.embed_links:
            body = replace(body, embeds=[])
        if body.enforce_nonce and body.nonce is not None:
            for standing in channel.messages.values():
                young = time.time() - standing.created.timestamp() < self._nonce_memory
                if young and standing.nonce == body.nonce and standing.author is self._state.bot:
                    request[NOTE] = "nonce repeated"
                    return web.json_response(wire.message(standing, self.base, with_nonce=True))
        message = Message(channel, self._state.bot, nonce=body.nonce)
        message.apply(body)
        channel.messages[message.id] = message
        return web.json_response(wire.message(message, self.base, with_nonce=True))

    async def read(self, request: web.Request) -> web.Response:
        """One message."""
        self._channel(request, Permissions(read_message_history=True))
        return web.json_response(wire.message(self._message(request), self.base, with_nonce=False))

    async def edit(self, request: web.Request) -> web.Response:
        """Edit one of the bot's own messages."""
        message = self._message(request)
        if message.author is not self._state.bot:
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        message.apply(bodies.body(*await bodies.read(request), message))
        message.edited = datetime.now(UTC)
        return web.json_response(wire.message(message, self.base, with_nonce=False))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete a message."""
        message = self._message(request)
        message.deleted = True
        del message.channel.messages[message.id]
        return web.Response(status=204)

    async def attachment(self, request: web.Request) -> web.Response:
        """The bytes of an attachment, as the CDN serves them."""
        wanted = int(request.match_info["attachment_id"])
        channel = self._state.channel(int(request.match_info["channel_id"]))
        found: list[Attachment] = []
        if channel is not None:
            found = [item for message in channel.messages.values() for item in message.attachments]
        found += [item for asked in self._state.interactions.values() for item in asked.files]
        for item in found:
            if item.id == wanted:
                return web.Response(body=item.data)
        return web.Response(status=404)

    def _guild(self, request: web.Request) -> Guild:
        guild = self._state.guilds.get(int(request.match_info["guild_id"]))
        if guild is None:
            raise ApiError(404, 10004, "Unknown Guild")
        return guild

    def _channel(self, request: web.Request, needed: Permissions | None = None) -> tuple[Channel, Permissions]:
        channel = self._state.channel(int(request.match_info["channel_id"]))
        if channel is None:
            raise ApiError(404, 10003, "Unknown Channel")
        permissions = channel.permissions_of(self._state.bot)
        if not permissions.view_channel:
            raise ApiError(403, 50001, "Missing Access")
        if needed is not None and not permissions.is_superset(needed):
            raise ApiError(403, 50013, "Missing Permissions")
        return channel, permissions

    def _message(self, request: web.Request) -> Message:
        channel, _ = self._channel(request)
        message = channel.messages.get(int(request.match_info["message_id"]))
        if message is None:
            raise ApiError(404, 10008, "Unknown Message")
        return message
