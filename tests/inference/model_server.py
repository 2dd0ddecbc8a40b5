"""A model server of the tests' own: speaks OpenAI's protocol as far as it is asked to, and misbehaves on demand."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Handler = Callable[["ModelServer", dict[str, Any]], Awaitable[web.StreamResponse]]
SILENCE = '{"thought":"","orders":[],"gossip":"","answers":[]}'


def completion(text: str | None = SILENCE, finish: str = "stop", **more: Any) -> web.Response:
    """What a server answers when all is well."""
    usage = {"prompt_tokens": 700, "completion_tokens": 90, "total_tokens": 790}
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text}}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return web.json_response(body | more)


def trouble(status: int, message: str = "no", **headers: str) -> web.Response:
    """What a server answers when it does not."""
    body = {"error": {"message": message, "type": "x", "param": None, "code": None}}
    return web.json_response(body, status=status, headers={name.replace("_", "-"): v for name, v in headers.items()})


def message(finish: str = "stop", **fields: Any) -> web.Response:
    """A completion whose message has these fields and no others."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", **fields}}
    return web.json_response({"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]})


async def well(server: "ModelServer", body: dict[str, Any]) -> web.StreamResponse:
    return completion()


@dataclass
class ModelServer:
    """A server on the loopback interface.

    Attributes:
        answer: how it answers a chat.
        models: the models that it lists; None for a server without a list.
        listing: what it answers when asked for its models, instead of a list of them.
        asked: the bodies of all chats.
        keys: the Authorization header of each request.
        at: the loop's time of each chat.
        running: chats under way.
        most: most of them at once.
        dropped: chats whose client went away.
    """

    answer: Handler = well
    models: list[str] | None = field(default_factory=lambda: ["m"])
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    running: int = 0
    most: int = 0
    dropped: int = 0
    listing: web.Response | None = None
    port: int = 0
    runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def chat(self, request: web.Request) -> web.StreamResponse:
        self.keys.append(request.headers.get("Authorization", ""))
        self.headers.append(dict(request.headers))
        body = await request.json()
        self.asked.append(body)
        self.at.append(asyncio.get_running_loop().time())
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            return await self.answer(self, body)
        except asyncio.CancelledError:
            self.dropped += 1
            raise
        finally:
            self.running -= 1

    async def list(self, request: web.Request) -> web.Response:
        self.keys.append(request.headers.get("Authorization", ""))
        if self.listing is not None:
            return _again(self.listing)
        if self.models is None:
            return trouble(404)
        return web.json_response({"object": "list", "data": [{"id": name, "object": "model"} for name in self.models]})

    async def up(self) -> None:
        """Listen; on the same port again after :meth:`down`."""
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self.chat)
        app.router.add_get("/v1/models", self.list)
        self.runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self.runner.addresses[0][1]

    async def down(self) -> None:
        """Go away, with everything under way."""
        if self.runner is not None:
            await self.runner.cleanup()
            self.runner = None


@asynccontextmanager
async def serving(answer: Handler = well, models: list[str] | None = None) -> AsyncIterator[ModelServer]:
    """A server that is up; without ``models`` it lists one, ``m``."""
    server = ModelServer(answer, ["m"] if models is None else models)
    await server.up()
    try:
        yield server
    finally:
        await server.down()


def in_turn(*answers: web.Response | Callable[[], web.Response]) -> Handler:
    """Answer each chat with the next of these, and from then on with the last."""
    left = list(answers)

    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        made = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(made, web.Response):
            return _again(made)
        return made()

    return answer


def _again(made: web.Response) -> web.Response:
    """The same once more: a response is sent only once."""
    return web.Response(body=made.body, status=made.status, headers=made.headers)
