"""How the bot answers interactions: the callback, the original answer, and follow-ups through the webhook."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from aiohttp import web

from tests.loopback import bodies, wire
from tests.loopback.bodies import ApiError
from tests.loopback.state import EPHEMERAL, LOADING, Body, Interaction, Json, Message, State

MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9


class Answers:
    """The routes under ``/interactions`` and ``/webhooks``."""

    def __init__(self, state: State, *, answer_within: float) -> None:
        """``answer_within``: seconds until an interaction without an answer is unknown (3 on Discord)."""
        self._state, self._answer_within = state, answer_within
        self.base = ""

    def routes(self) -> list[web.RouteDef]:
        """What to serve, relative to the API's root."""
        one = "/webhooks/{application_id}/{token}/messages/{message_id}"
        return [
            web.post("/interactions/{interaction_id}/{token}/callback", self.callback),
            web.post("/webhooks/{application_id}/{token}", self.follow_up),
            web.get(one, self.read),
            web.patch(one, self.edit),
            web.delete(one, self.delete),
        ]

    async def callback(self, request: web.Request) -> web.Response:
        """The first answer."""
        asked = self._state.interactions.get(int(request.match_info["interaction_id"]))
        if asked is None or asked.token != request.match_info["token"]:
            raise ApiError(404, 10062, "Unknown interaction")
        if asked.answered is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        if time.monotonic() - asked.pushed > self._answer_within:
            raise ApiError(404, 10062, "Unknown interaction")
        payload, files = await bodies.read(request)
        kind, data = payload["type"], payload.get("data") or {}
        self._check_kind(asked, kind)
        if kind == MESSAGE:
            asked.original = self._written(asked, bodies.body(data, files))
        elif kind == DEFER:
            asked.original = self._new(asked, (data.get("flags", 0) & EPHEMERAL) | LOADING)
            self._publish(asked.original)
        elif kind in (DEFER_UPDATE, UPDATE):
            asked.original = asked.source
            if kind == UPDATE and asked.source is not None:
                self._change(asked.source, bodies.body(data, files, asked.source))
        elif kind == CHOICES:
            asked.choices = data["choices"]
            if len(data["choices"]) > 25 or any(not 1 <= len(choice["name"]) <= 100 for choice in data["choices"]):
                raise bodies.invalid("choices: over 25, or a name not of 1 to 100 characters")
        else:
            asked.modal = data
        asked.callback, asked.answered = kind, time.monotonic()
        return self._receipt(asked, kind) if request.query.get("with_response") == "1" else web.Response(status=204)

    async def follow_up(self, request: web.Request) -> web.Response:
        """A further message; after a deferral the first one takes the place of the promise."""
        asked = self._asked(request)
        body = bodies.body(*await bodies.read(request))
        if asked.original is not None and asked.original.loading:
            self._change(asked.original, body)
            return self._show(asked.original)
        message = self._written(asked, body)
        asked.followups.append(message)
        return self._show(message)

    async def read(self, request: web.Request) -> web.Response:
        """One message of the answer."""
        return self._show(self._message(request))

    async def edit(self, request: web.Request) -> web.Response:
        """Edit one message of the answer."""
        message = self._message(request)
        self._change(message, bodies.body(*await bodies.read(request), message))
        return self._show(message)

    async def delete(self, request: web.Request) -> web.Response:
        """Delete one message of the answer."""
        message = self._message(request)
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        return web.Response(status=204)

    def _check_kind(self, asked: Interaction, kind: int) -> None:
        allowed = {2: {MESSAGE, DEFER, MODAL}, 4: {CHOICES}, 5: {MESSAGE, DEFER, DEFER_UPDATE, UPDATE}}
        if kind not in allowed.get(asked.kind, {MESSAGE, DEFER, DEFER_UPDATE, UPDATE, MODAL}):
            raise bodies.invalid(f"type: {kind} does not answer an interaction of type {asked.kind}")

    def _asked(self, request: web.Request) -> Interaction:
        asked = self._state.by_token(request.match_info["token"])
        if asked is None or asked.answered is None:
            raise ApiError(404, 10015, "Unknown Webhook")
        return asked

    def _message(self, request: web.Request) -> Message:
        asked, wanted = self._asked(request), request.match_info["message_id"]
        known = [*([asked.original] if asked.original else []), *asked.followups]
        for message in known:
            if not message.deleted and (wanted == str(message.id) or (wanted == "@original" and message is known[0])):
                return message
        raise ApiError(404, 10008, "Unknown Message")

    def _new(self, asked: Interaction, flags: int) -> Message:
        return Message(asked.channel, self._state.bot, flags=flags)

    def _written(self, asked: Interaction, body: Body) -> Message:
        message = self._new(asked, (body.flags or 0) & EPHEMERAL)
        message.apply(body)
        self._publish(message)
        return message

    def _publish(self, message: Message) -> None:
        if not message.ephemeral:
            message.channel.messages[message.id] = message

    def _change(self, message: Message, body: Body) -> None:
        message.apply(body)
        message.edited = datetime.now(UTC)

    def _show(self, message: Message) -> web.Response:
        return web.json_response(wire.message(message, self.base, with_nonce=False))

    def _receipt(self, asked: Interaction, kind: int) -> web.Response:
        receipt: Json = {"interaction": {"id": str(asked.id), "type": asked.kind}}
        if asked.original is not None:
            receipt["interaction"] |= {
                "response_message_id": str(asked.original.id),
                "response_message_loading": asked.original.loading,
                "response_message_ephemeral": asked.original.ephemeral,
            }
            shown = wire.message(asked.original, self.base, with_nonce=False)
            receipt["resource"] = {"type": kind, "message": shown}
        return web.json_response(receipt)
