"""Model servers as the laboratory meets them: what they reply, and one in a thread for commands that run a loop."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from typing import Any

import pytest
from aiohttp import web

from bot.cli.minds import variable
from bot.lab.advice import advice
from bot.lab.check import Checked
from bot.settings import load_settings
from inference.engines.openai import OpenAIMind
from inference.engines.options import ServerOptions
from tests.inference.model_server import Handler, ModelServer, completion, serving, trouble
from wood.orders import MAX_ORDERS

REPLY = {
    "thought": "Wood first.",
    "orders": {"honey": "sell 1 at 7"},
    "gossip": "",
}
_FAIR = re.compile(r"^Fair orders: (.+)$", re.MULTILINE)


def saying(text: str, finish: str = "stop", seconds: float = 0.0, **more: Any) -> Handler:
    """A server whose every reply is this text, after a while."""

    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return completion(text, finish, **more)

    return answer


def replying(reply: Callable[[str, str], str]) -> Handler:
    """A server that makes its reply of the system and the user message."""

    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        system, user = (message["content"] for message in body["messages"])
        return completion(reply(system, user))

    return answer


def sensible(system: str, user: str) -> str:
    """A reply that orders what the prompt calls fair."""
    fair = _FAIR.search(user)
    orders = list(json.loads(fair[1]).items()) if fair else []
    return json.dumps(REPLY | {"orders": dict(orders[:MAX_ORDERS])})


def parrot(system: str, user: str) -> str:
    """The example that the prompt ends with, word for word."""
    return system.splitlines()[-1]


def failing(status: int) -> Handler:
    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        return trouble(status)

    return answer


def asked(server: ModelServer, **options: Any) -> OpenAIMind:
    return OpenAIMind(ServerOptions(url=server.url, **{"model": "m", "retries": 0, **options}))


def told(found: Checked) -> str:
    return " ".join(advice(found, partial(variable, "openai", load_settings())))


@contextmanager
def served(answer: Handler, models: list[str] | None = None) -> Iterator[ModelServer]:
    """A server in a thread with a loop of its own, for commands that run a loop themselves."""
    up, done = Event(), Event()
    servers: list[ModelServer] = []

    async def serve() -> None:
        async with serving(answer, models) as server:
            servers.append(server)
            up.set()
            await asyncio.to_thread(done.wait)

    thread = Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert up.wait(10)
        yield servers[0]
    finally:
        done.set()
        thread.join(10)


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModelServer], None]:
    """Settings for a server, with a key, for all creatures but one; a deadline that no busy machine misses."""

    def configure(server: ModelServer) -> None:
        values = {"MIND": "openai", "MINDS__PIP": "random", "OPENAI__URL": server.url, "OPENAI__MODEL": "m"}
        for name, value in (
            values | {"OPENAI__KEY": "sk-of-a-test", "OPENAI__RETRIES": "0", "DEADLINE": "300"}
        ).items():
            monkeypatch.setenv(f"TTW_{name}", value)

    return configure
