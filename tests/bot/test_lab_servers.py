"""Trying a server that has moved, or whose replies stand elsewhere than in a message's text."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web

from bot.lab.check import check
from tests.bot.console import own_folder, ttw
from tests.bot.models import asked, configured, served, told
from tests.inference.model_server import Handler, ModelServer, message, serving

__all__ = ["configured", "own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")

REPLY = json.dumps(
    {"thought": "Wood first.", "orders": {"firewood": "buy 1 at 6"}, "gossip": "Cold nights.", "answers": []}
)
NEW = "https://new.example/v1"


def moving(to: str) -> Handler:
    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        raise web.HTTPPermanentRedirect(location=to)

    return answer


def telling(**fields: Any) -> Handler:
    """A server whose messages have these fields and no others."""

    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        return message(**fields)

    return answer


async def test_a_server_that_has_moved() -> None:
    async with serving(moving(f"{NEW}/chat/completions")) as server:
        found = await check(asked(server), 20.0, wait=5)
    assert not found.works
    assert found.whys == (f"error: HTTP 308: the server redirects to {NEW}",)
    assert "Set TTW_OPENAI__URL to the address that it names above" in told(found)


def test_where_it_has_moved_is_shown(configured: Callable[[ModelServer], None]) -> None:
    with served(moving(f"{NEW}/chat/completions")) as server:
        configured(server)
        said = " ".join(ttw("minds", "check", "--mind", "openai").stdout.split())
    assert f"redirects to {NEW}." in said
    assert "→ The server has moved. Set TTW_OPENAI__URL" in said


@pytest.mark.parametrize(
    ("answer", "place", "words"),
    [
        (telling(content=None, reasoning_content=REPLY), "reasoning", ["among the thoughts", "reasoning parser"]),
        (telling(function_call={"name": "f", "arguments": REPLY}), "tool-call", ["call of a tool", "json_schema"]),
        (telling(content=[{"type": "text", "text": REPLY}]), "parts", ["in parts", "nothing needs to be changed"]),
    ],
    ids=["thoughts", "call", "parts"],
)
async def test_where_replies_stood(answer: Handler, place: str, words: list[str]) -> None:
    async with serving(answer) as server:
        found = await check(asked(server), 20.0, wait=5)
    assert found.works
    assert found.to_json()["calls"]["repairs"][place] == 5
    assert all(word in told(found) for word in words), told(found)
