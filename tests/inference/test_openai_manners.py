"""A server that rejects in passing, moves, or takes a grammar: how it is asked from then on."""

import json
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from inference.engines import manners as module
from inference.engines.dialect import Dialect, first_dialect
from inference.engines.options import ServerOptions
from inference.engines.whereabouts import models, moved_to, takes_grammars
from inference.gbnf import gbnf
from inference.protocol import Doing, Failure
from tests.inference.asking import PLENTY, ask_one, asking, batch, leap, until_ready
from tests.inference.model_server import SILENCE, Handler, ModelServer, completion, in_turn, serving, trouble

CRASHED = "The model has crashed without additional information. (Exit code: null)"
ODD = "Something went wrong with the information."


def formats(server: ModelServer, last: int = 5) -> list[str]:
    return [
        "grammar" if "grammar" in body else body.get("response_format", {}).get("type", "plain")
        for body in server.asked[-last:]
    ]


def passing(words: str, times: int, wrong: str = "json_object") -> Handler:
    """A server whose first answers are rejections in these words, and which rejects one format for good."""

    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        if len(server.asked) <= times:
            return trouble(400, words)
        if body.get("response_format", {}).get("type") == wrong:
            return trouble(400, "'response_format.type' must be 'json_schema' or 'text'")
        return completion()

    return answer


@pytest.mark.parametrize(("words", "times"), [(CRASHED, 1), (CRASHED, 3), ("Model unloaded.", 2), ("Loading model", 4)])
async def test_a_rejection_that_passes_is_asked_again_and_costs_nothing(words: str, times: int) -> None:
    async with serving(passing(words, times)) as server, asking(server) as mind:
        replies = await mind.decide(batch(), PLENTY)
        assert all(reply.text == SILENCE for reply in replies)
        assert mind.dialect == Dialect()
    assert formats(server, 99) == ["json_schema"] * (5 + times)


@pytest.mark.parametrize("times", range(1, 8))
async def test_a_nameless_rejection_that_passes_costs_a_few_turns_at_most(times: int) -> None:
    async with serving(passing(ODD, times)) as server, asking(server) as mind:
        for _ in range(4):
            await mind.decide(batch(), PLENTY)
        assert mind.dialect == Dialect()
        assert all(reply.text == SILENCE for reply in await mind.decide(batch(), PLENTY))
    assert formats(server) == ["json_schema"] * 5


async def test_a_server_that_rejects_for_good_is_asked_again_ever_more_seldom() -> None:
    async def mute(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        return trouble(400, ODD) if "response_format" in body else completion()

    async with serving(mute) as server, asking(server) as mind:
        await mind.decide(batch(), PLENTY)
        for _ in range(20):
            assert all(reply.text == SILENCE for reply in await mind.decide(batch(), PLENTY))
        tried = [at for at, form in enumerate(formats(server, len(server.asked))) if form != "plain"]
        assert mind.dialect.reply_format == "plain"
    # One trial in the first turn that follows; the next may come no sooner than a minute later.
    assert len([at for at in tried if at >= 10]) <= 1


async def test_what_a_server_named_is_tried_again_after_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    rejects = True

    async def changing(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        if rejects and "json_schema" in str(body):
            return trouble(400, "json_schema is not supported", Server="x")
        return completion()

    async with serving(changing) as server, asking(server) as mind:
        await mind.decide(batch(), PLENTY)
        rejects = False
        for _ in range(module.NAMED_ROUNDS):
            await mind.decide(batch(), PLENTY)
        assert mind.dialect.reply_format == "json_object"
        leap(monkeypatch, module.NAMED_SECONDS)
        await mind.decide(batch(), PLENTY)
        assert mind.dialect == Dialect()


async def test_an_error_of_the_server_that_names_the_format_is_a_rejection() -> None:
    async def old(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        if body.get("response_format", {}).get("type") == "json_schema":
            words = 'response_format type must be one of "text" or "json_object", but got: json_schema'
            return web.json_response({"error": {"code": 500, "message": words, "type": "server_error"}}, status=500)
        return completion()

    async with serving(old) as server, asking(server) as mind:
        assert (await ask_one(mind)).text == SILENCE
        assert mind.dialect.reply_format == "json_object"
    assert len(server.asked) == 2


# A server that takes grammars


def llama(takes: bool = True) -> Handler:
    """llama.cpp's server, which goes by its header."""

    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        if "grammar" in body and not takes:
            return trouble(400, "Failed to parse grammar", Server="llama.cpp")
        made = completion()
        made.headers["Server"] = "llama.cpp"
        return made

    return answer


async def test_a_server_of_llama_cpp_is_sent_a_grammar_of_the_schema() -> None:
    async with serving(llama()) as server, asking(server, extra={"cache_prompt": True}) as mind:
        await mind.decide(batch(), PLENTY)
        assert formats(server) == ["json_schema"] * 5
        replies = await mind.decide(batch(), PLENTY)
        assert all(reply.text == SILENCE for reply in replies)
    assert formats(server) == ["grammar"] * 5
    assert all("response_format" not in body and body["cache_prompt"] for body in server.asked[-5:])
    assert {body["grammar"] for body in server.asked[-5:]} == {gbnf(request.schema) for request in batch()}


async def test_it_is_known_by_its_list_of_models_before_the_first_question() -> None:
    async with serving() as server, asking(server) as mind:
        server.listing = web.json_response({"data": [{"id": "m", "owned_by": "llamacpp"}]})
        mind.start()
        await until_ready(mind)
        assert (await ask_one(mind)).text == SILENCE
    assert formats(server, 99) == ["grammar"]


async def test_one_that_does_not_take_it_is_sent_the_schema() -> None:
    async with serving(llama(takes=False)) as server, asking(server) as mind:
        for _ in range(4):
            assert all(reply.text == SILENCE for reply in await mind.decide(batch(), PLENTY))
        assert mind.dialect.reply_format == "json_schema"
    assert formats(server, 99).count("grammar") <= 5


async def test_grammars_can_be_asked_for_and_turned_off() -> None:
    async with serving() as server, asking(server, reply_format="grammar") as mind:
        await ask_one(mind)
        assert formats(server, 99) == ["grammar"]
    async with serving(llama()) as server, asking(server, reply_format="json_schema") as mind:
        for _ in range(3):
            await ask_one(mind)
        assert formats(server, 99) == ["json_schema"] * 3


def test_a_schema_of_which_no_grammar_can_be_made_is_sent_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING", "inference")  # whatever a command that ran before has set
    options = ServerOptions(url="http://x/v1", model="m", reply_format="grammar")
    (request, *_) = batch()
    odd = {**request.schema, "properties": {**request.schema["properties"], "orders": {"type": "number"}}}
    told = first_dialect(options).arguments(replace(request, schema=odd), options)
    assert "extra_body" not in told
    assert told["response_format"]["type"] == "json_schema"
    assert "no grammar can be made" in caplog.text


@pytest.mark.parametrize(
    ("headers", "body", "takes"),
    [
        ({"server": "llama.cpp"}, None, True),
        ({"server": "nginx"}, {"system_fingerprint": "b6543-1a2b3c4d"}, True),
        ({}, {"data": [{"owned_by": "llamacpp"}]}, True),
        ({}, {"system_fingerprint": "fp_44709d6fcb"}, False),
        ({"server": "uvicorn"}, {"data": [{"owned_by": "vllm"}]}, False),
        ({}, {"data": "llamacpp", "system_fingerprint": 7}, False),
        ({}, ["llamacpp"], False),
    ],
)
def test_who_takes_grammars(headers: dict[str, str], body: Any, takes: bool) -> None:
    assert takes_grammars(headers, body) is takes


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_server_that_has_moved_says_where_and_nothing_is_sent_after_it(status: int) -> None:
    key = "sk-not-a-real-key-0123456789"
    async with serving() as other:
        to = f"{other.url}/chat/completions?x=1"
        made = web.Response(status=status, headers={"Location": to})
        async with serving(in_turn(made)) as server, asking(server, key=SecretStr(key)) as mind:
            server.listing = web.Response(status=status, headers={"Location": f"{other.url}/models"})
            mind.start()
            await until_ready(mind)
            assert mind.state.doing is Doing.NAMELESS
            reply = await ask_one(mind)
        assert (reply.text, reply.failure) == (None, Failure.ERROR)
        assert reply.detail == f"HTTP {status}: the server redirects to {other.url}"
        assert len(server.asked) == 1
        assert not other.asked
        assert not other.keys


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("https://a.example/v1/chat/completions", "https://a.example/v1"),
        ("https://user:secret@a.example:8443/v1/chat/completions?key=1#x", "https://a.example:8443/v1"),
        ("/proxy/v1/chat/completions/", "http://old.example/proxy/v1"),
        ("//b.example/v1/chat/completions", "http://b.example/v1"),
        ("https://[::1]:9/v1/chat/completions", "https://[::1]:9/v1"),
        ("https://a.example/login", "https://a.example/login"),
        *((odd, "") for odd in ("", " ", "javascript:alert(1)", "ftp://a.example/", "https://a b/")),
        *((odd, "") for odd in ("http://a.example/<@123>", "http://[", "http://a:x/")),
        ("http://@everyone/", "http://everyone"),
        ("http://a.example/" + "x" * 3000, ""),
    ],
)
def test_the_address_for_the_settings(location: str, address: str) -> None:
    assert moved_to("http://old.example/v1/chat/completions", location, "/chat/completions") == address


async def test_a_redirect_does_not_show_the_key() -> None:
    to = web.Response(status=302, headers={"Location": "https://a.example/sk-not-a-real-key/v1/chat/completions"})
    async with serving(in_turn(to)) as server, asking(server, key=SecretStr("sk-not-a-real-key")) as mind:
        assert "sk-not" not in (await ask_one(mind)).detail


async def test_a_redirect_to_nowhere_says_so() -> None:
    async with serving(in_turn(web.Response(status=302))) as server, asking(server) as mind:
        assert (await ask_one(mind)).detail == "HTTP 302: the server redirects elsewhere, and does not say where"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({"data": [{"id": "a"}, {"id": "b"}, 7]}, {"a", "b"}),
        ({"data": []}, set()),
        *[(None, None), ([], None), ({}, None), ({"data": 5}, None), ("x", None)],
    ],
)
def test_names_of_models(body: Any, names: set[str] | None) -> None:
    assert models(json.loads(json.dumps(body))) == names
