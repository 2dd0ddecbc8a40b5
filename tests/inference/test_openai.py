"""Asking a server: what is sent, what is read, and how the engine bears one that is odd or gone."""

import asyncio
import json
import logging
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from inference.engines.answers import MOST
from inference.engines.openai import OpenAIMind
from inference.engines.options import ServerOptions
from inference.protocol import Doing, Engine, Failure, Stage
from tests.inference.asking import PLENTY, ask_one, asking, batch, until, until_ready
from tests.inference.model_server import SILENCE, ModelServer, completion, in_turn, serving, trouble

KEY = "sk-not-a-real-key-0123456789"


async def test_five_requests_go_out_together_and_come_back_in_order() -> None:
    gate = asyncio.Event()

    async def together(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        if server.running == 5:
            gate.set()
        await gate.wait()
        return completion(body["messages"][1]["content"])

    async with serving(together) as server, asking(server) as mind:
        assert isinstance(mind, Engine)
        replies = await mind.decide(batch(), PLENTY)
    assert [reply.text for reply in replies] == [f"turn of {request.view.name}" for request in batch()]
    assert {reply.engine for reply in replies} == {"openai:local"}
    assert all(reply.failure is None and reply.latency > 0 for reply in replies)
    assert all((reply.tokens_in, reply.tokens_out, reply.tokens_cached) == (700, 90, 0) for reply in replies)


async def test_what_is_sent() -> None:
    extra = {"chat_template_kwargs": {"enable_thinking": False}}
    async with serving() as server, asking(server, key=SecretStr(KEY), temperature=0.5, extra=extra) as mind:
        await ask_one(mind)
    (body,) = server.asked
    schema = body.pop("response_format")
    assert body == {
        "model": "m",
        "messages": [{"role": "system", "content": "rules"}, {"role": "user", "content": "turn of Oona"}],
        "max_tokens": mind.options.max_tokens,
        "temperature": 0.5,
        "seed": (2**40) & 0x7FFF_FFFF,
        "stream": False,
        **extra,
    }
    assert schema["type"] == "json_schema"
    assert schema["json_schema"]["strict"] is True
    sent = json.dumps(schema["json_schema"]["schema"])
    assert "maxLength" not in sent
    assert schema["json_schema"]["schema"]["required"] == batch()[0].schema["required"]
    assert "pattern" in sent
    assert server.keys == [f"Bearer {KEY}"]


async def test_without_a_key_none_of_the_environment_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-mine")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-mine")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    async with serving() as server, asking(server) as mind:
        assert (await ask_one(mind)).text == SILENCE
    assert KEY not in str(server.headers)
    assert "mine" not in str(server.headers)


async def test_cached_tokens_are_counted() -> None:
    usage = {"prompt_tokens": 700, "completion_tokens": 9, "total_tokens": 709}
    full = completion(usage=usage | {"prompt_tokens_details": {"cached_tokens": 640}})
    async with serving(in_turn(full)) as server, asking(server) as mind:
        reply = await ask_one(mind)
    assert (reply.tokens_in, reply.tokens_out, reply.tokens_cached) == (700, 9, 640)


@pytest.mark.parametrize(
    ("finish", "failure", "text"),
    [("stop", None, SILENCE), ("length", Failure.LENGTH, SILENCE), ("content_filter", Failure.ERROR, None)],
)
async def test_the_reason_for_the_end_is_told(finish: str, failure: Failure | None, text: str | None) -> None:
    async with serving(in_turn(completion(SILENCE, finish))) as server, asking(server) as mind:
        reply = await ask_one(mind)
    assert (reply.failure, reply.text) == (failure, text)


async def test_an_empty_reply_is_an_empty_text() -> None:
    async with serving(in_turn(completion(None))) as server, asking(server) as mind:
        assert (await ask_one(mind)).text == ""


async def test_an_endless_reply_is_cut() -> None:
    async with serving(in_turn(completion("x" * 3_000_000))) as server, asking(server) as mind:
        assert len((await ask_one(mind)).text or "") == MOST


@pytest.mark.parametrize(
    "made",
    [
        web.Response(text="<html>It works!</html>", content_type="text/html"),
        web.Response(text="{", content_type="application/json"),
        web.Response(body=b"\xff\xfe\x00", content_type="application/json"),
        web.Response(text="null", content_type="application/json"),
        web.Response(text="[1,2]", content_type="application/json"),
        web.Response(text='"x"', content_type="application/json"),
        web.json_response({}),
        web.json_response({"choices": []}),
        web.json_response({"choices": None, "usage": 3}),
        web.json_response({"choices": [{"message": None}]}),
        web.json_response({"choices": [{"message": {"content": {"x": 1}}}]}),
        web.json_response({"choices": {"a": 1}}),
        web.json_response({"choices": 5}),
        web.Response(text="[" * 200_000, content_type="application/json"),
        web.Response(status=204),
    ],
)
async def test_garbage_is_that_requests_failure(made: web.Response) -> None:
    async with serving(in_turn(made)) as server, asking(server) as mind:
        reply = await ask_one(mind)
    assert reply.text is None
    assert reply.failure is Failure.ERROR
    assert "no chat completion" in reply.detail


async def test_odd_counts_of_tokens_are_no_counts() -> None:
    odd = completion(usage={"prompt_tokens": "many", "completion_tokens": -3, "prompt_tokens_details": []})
    async with serving(in_turn(odd)) as server, asking(server) as mind:
        reply = await ask_one(mind)
    assert (reply.text, reply.tokens_in, reply.tokens_out, reply.tokens_cached) == (SILENCE, 0, 0, 0)


@pytest.mark.parametrize(("told", "counted"), [(1_000_000, 1_000_000), (1_000_001, 0), (10**30, 0)])
async def test_a_count_beyond_all_reason_is_not_believed(told: int, counted: int) -> None:
    usage = {"prompt_tokens": told, "completion_tokens": 9, "total_tokens": 9}
    async with serving(in_turn(completion(usage=usage))) as server, asking(server) as mind:
        reply = await ask_one(mind)
    assert (reply.text, reply.tokens_in, reply.tokens_out) == (SILENCE, counted, 9)


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refused_key_is_said_and_never_shown(status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    refused = trouble(status, f"Incorrect key {KEY}")
    async with serving(in_turn(refused)) as server, asking(server, key=SecretStr(KEY)) as mind:
        reply = await ask_one(mind)
        assert KEY not in repr(mind.options)
    assert (reply.failure, reply.detail) == (Failure.ERROR, f"HTTP {status}: the server refuses the key")
    ours = [record for record in caplog.records if record.name.startswith("inference")]
    assert KEY not in str([record.getMessage() for record in ours])


async def test_a_key_that_a_server_repeats_is_taken_out() -> None:
    teapot = trouble(418, f"teapot for {KEY}")
    async with serving(in_turn(teapot)) as server, asking(server, key=SecretStr(KEY)) as mind:
        reply = await ask_one(mind)
    assert reply.detail == "HTTP 418: teapot for [key]"


async def test_an_unknown_model_is_said() -> None:
    async with serving(in_turn(trouble(404, "no such model"))) as server, asking(server) as mind:
        reply = await ask_one(mind)
    assert reply.failure is Failure.ERROR
    assert "does not know the model" in reply.detail


async def test_a_server_that_is_away_is_looked_for_until_it_is_back() -> None:
    async with serving() as server, asking(server, retries=1) as mind:
        mind.start()
        await until_ready(mind)
        await server.down()
        replies = await mind.decide(batch(), PLENTY)
        assert {reply.failure for reply in replies} == {Failure.ASLEEP}
        assert not mind.state.ready
        assert mind.state.doing is Doing.UNREACHABLE
        await server.up()
        await until_ready(mind)
        assert all(reply.text == SILENCE for reply in await mind.decide(batch(), PLENTY))


@pytest.mark.parametrize(
    ("models", "doing"),
    [(["m"], Doing.THERE), (["other"], Doing.UNLISTED), ([], Doing.THERE)],
)
async def test_a_look_at_the_server_says_what_it_found(models: list[str], doing: Doing) -> None:
    async with serving(models=models) as server, asking(server, key=SecretStr(KEY)) as mind:
        assert mind.state.stage is Stage.ASLEEP
        mind.start()
        mind.start()
        await until_ready(mind)
        assert mind.state.doing is doing
        assert server.keys == [f"Bearer {KEY}"]


async def test_a_server_without_a_list_is_taken_as_it_is() -> None:
    async with serving() as server, asking(server) as mind:
        server.models = None
        mind.start()
        await until_ready(mind)
        assert mind.state.doing is Doing.NAMELESS


@pytest.mark.parametrize(
    "made",
    [
        web.json_response({"object": "list", "data": 5}),
        web.Response(body=b'{"data":[{"id":"\xff"}]}', content_type="application/json"),
        web.json_response([1]),
        web.json_response("x"),
        web.json_response(None),
        web.Response(text="<html>", content_type="text/html"),
        web.Response(text="[" * 200_000, content_type="application/json"),
    ],
)
async def test_an_odd_list_of_models_is_no_list(made: web.Response) -> None:
    async with serving() as server, asking(server) as mind:
        server.listing = made
        mind.start()
        await until_ready(mind)
        assert mind.state.doing in (Doing.THERE, Doing.NAMELESS)


async def test_closing_does_not_raise_what_a_look_at_the_server_did(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(mind: OpenAIMind) -> None:
        raise RuntimeError("no such model")

    monkeypatch.setattr(OpenAIMind, "_look", broken)
    async with serving() as server, asking(server) as mind:
        mind.start()
        await until(lambda: mind._probing is not None and mind._probing.done())


async def test_a_mind_needs_an_address_and_a_model() -> None:
    with pytest.raises(ValueError, match="no address"):
        OpenAIMind(ServerOptions(model="m"))
    with pytest.raises(ValueError, match="no model"):
        OpenAIMind(ServerOptions(url="http://localhost/v1"))
