"""Asking a server in the tests: one request a creature, and a clock that can leap."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from inference.engines import patience
from inference.engines.openai import OpenAIMind
from inference.engines.options import ServerOptions
from inference.protocol import Reply, Request
from inference.schema import schema_of
from tests.inference.model_server import ModelServer
from tests.inference.views import make_view
from wood.names import CREATURES

PLENTY = 20.0


def batch() -> list[Request]:
    """One request a creature."""
    views = [make_view(creature) for creature in CREATURES]
    return [
        Request(
            "w",
            2**40 + at,
            view,
            ({"role": "system", "content": "rules"}, {"role": "user", "content": f"turn of {view.name}"}),
            schema_of(view),
        )
        for at, view in enumerate(views)
    ]


@asynccontextmanager
async def asking(server: ModelServer, **options: Any) -> AsyncIterator[OpenAIMind]:
    """A mind that asks a server, and tries again after short pauses."""
    mind = OpenAIMind(ServerOptions(url=server.url, model="m", **options), "openai:local")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patience, "FIRST_PAUSE", 0.01)
        try:
            yield mind
        finally:
            await mind.close()


def leap(patch: pytest.MonkeyPatch, seconds: float = PLENTY) -> None:
    """Let so much time pass at once: what runs out does so now, however slow or fast the machine is."""
    loop = asyncio.get_running_loop()
    now = loop.time
    patch.setattr(loop, "time", lambda: now() + seconds)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PLENTY):
        while not true():
            await asyncio.sleep(0.005)


async def ask_one(mind: OpenAIMind, deadline: float = PLENTY) -> Reply:
    (reply,) = await mind.decide(batch()[:1], deadline)
    return reply


async def until_ready(mind: OpenAIMind) -> None:
    await until(lambda: mind.state.ready)
