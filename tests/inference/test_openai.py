"""Asking a server: what is sent, what is read, and how the engine bears a server that is slow, busy, odd or gone."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from inference.engines import openai as module
from inference.engines.openai import OpenAIMind
from inference.engines.options import ServerOptions
from inference.protocol import Engine, Failure, Reply, Request, Stage
from inference.schema import schema_without
from tests.inference.model_server import SILENCE, ModelServer, completion, in_turn, serving, trouble
from tests.inference.views import make_view
from wood.names import CREATURES

PLENTY = 20.0
KEY = "sk-not-a-real-key-0123456789"


def batch() -> list[Request]:
    """One request a creature."""
    views = [make_view(creature) for creature in CREATURES]
    return [
        Request(
            "w",
            2**40 + at,
            view,
            ({"role": "system", "content": "rules"}, {"role": "user", "content": f"turn of {view.name}"}),
            schema_without(view.makes),
        )
        for at, view in enumerate(views)
    ]


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)


@asynccontextmanager
async def asking(server: ModelServer, **options: Any) -> AsyncIterator[OpenAIMind]:
    mind = OpenAIMind(ServerOptions(url=server.url, model="m", **options), "openai:local")
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
    assert schema["json_schema"]["schema"]["required"] == ["thought", "offers", "gossip", "answers"]
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
        assert len((await ask_one(mind)).text or "") == module.MOST


def rejecting(*words: str) -> Any:
    """A server that rejects a body in which one of these occurs, in the words of the first."""

    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        shown = json.dumps(body)
        wrong = next((word for word in words if word in shown), None)
        return trouble(400, f"unsupported: {wrong}") if wrong else completion()

    return answer


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (["json_schema"], "json_object"),
        (["json_schema", "json_object"], "plain"),
        (["response_format"], "plain"),
    ],
)
async def test_a_server_without_schemas_is_asked_for_less_and_that_is_remembered(words: list[str], left: str) -> None:
    async with serving(rejecting(*words)) as server, asking(server) as mind:
        assert (await ask_one(mind)).text == SILENCE
        assert mind.dialect.reply_format == left
        tries = len(server.asked)
        assert tries == 1 + ["json_schema", "json_object", "plain"].index(left)
        replies = await mind.decide(batch(), PLENTY)
        assert all(reply.text == SILENCE for reply in replies)
        assert len(server.asked) == tries + 5, "what was found out must not be found out again"


async def test_a_server_that_names_its_objections_is_heard() -> None:
    async def choosy(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        if "max_tokens" in body:
            return trouble(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        if "temperature" in body:
            return trouble(400, "'temperature' does not support 0.7 with this model.")
        if "seed" in body:
            return trouble(422, "extra fields not permitted: seed")
        return completion()

    async with serving(choosy) as server, asking(server) as mind:
        assert (await ask_one(mind)).text == SILENCE
        dialect = mind.dialect
    assert dialect.reply_format == "json_schema"
    assert (dialect.tokens, dialect.temperature, dialect.seed) == ("max_completion_tokens", False, False)
    assert len(server.asked) == 4
    assert server.asked[-1]["max_completion_tokens"] == mind.options.max_tokens


async def test_a_request_that_is_wrong_in_itself_changes_nothing() -> None:
    words = "the context is 1,024 tokens; <@1> https://x.y"
    async with serving(in_turn(trouble(400, words))) as server, asking(server) as mind:
        reply = await ask_one(mind)
        assert mind.dialect.reply_format == "json_schema"
    assert reply.failure is Failure.ERROR
    assert reply.detail.startswith("HTTP 400: ")
    assert "context is 1,024 tokens" in reply.detail
    assert "<@1>" not in reply.detail
    assert len(server.asked) == 1


async def test_one_prompt_that_is_rejected_does_not_cost_the_others_their_schema() -> None:
    flagged = trouble(400, "The prompt was flagged by our content policy")
    async with serving(in_turn(flagged, completion())) as server, asking(server) as mind:
        assert (await ask_one(mind)).failure is Failure.ERROR
        for _ in range(2):
            assert all(reply.text == SILENCE for reply in await mind.decide(batch(), PLENTY))
    assert [body["response_format"]["type"] for body in server.asked] == ["json_schema"] * 11


async def test_a_server_that_rejects_the_format_without_a_word_is_found_out_by_the_second_request() -> None:
    async def mute(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        return trouble(400, "bad request") if "response_format" in body else completion()

    async with serving(mute) as server, asking(server) as mind:
        replies = await mind.decide(batch(), PLENTY)
        assert sorted(reply.failure or "" for reply in replies) == ["", "", "", "", Failure.ERROR]
        assert mind.dialect.reply_format == "plain"
        assert all(reply.text == SILENCE for reply in await mind.decide(batch(), PLENTY))


async def test_a_format_set_by_hand_stays() -> None:
    async with serving(rejecting("json_object")) as server, asking(server, reply_format="json_object") as mind:
        assert (await ask_one(mind)).failure is Failure.ERROR
        assert len(server.asked) == 1
    async with serving() as server, asking(server, reply_format="plain") as mind:
        await ask_one(mind)
        assert "response_format" not in server.asked[0]


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
async def test_a_busy_server_is_asked_again(status: int) -> None:
    async with serving(in_turn(trouble(status), trouble(status), completion())) as server, asking(server) as mind:
        assert (await ask_one(mind)).text == SILENCE
    assert len(server.asked) == 3
    assert server.asked[0] == server.asked[2]


async def test_how_long_a_server_asks_to_wait_is_respected_by_all() -> None:
    async with serving(in_turn(trouble(429, Retry_After="0.3"), completion())) as server, asking(server) as mind:
        first = asyncio.create_task(ask_one(mind))
        while not server.asked:
            await asyncio.sleep(0)
        while mind._quiet_until == 0.0:
            await asyncio.sleep(0)
        others = await mind.decide(batch()[1:], PLENTY)
        assert (await first).text == SILENCE
    assert all(reply.text == SILENCE for reply in others)
    assert min(server.at[1:]) - server.at[0] >= 0.29


@pytest.mark.parametrize("date", [False, True])
async def test_who_asks_to_wait_past_the_deadline_is_not_waited_for(date: bool) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=3600), usegmt=True) if date else "3600"
    async with serving(in_turn(trouble(429, Retry_After=later))) as server, asking(server) as mind:
        async with asyncio.timeout(PLENTY):
            replies = await mind.decide(batch(), 60.0)
            replies += await mind.decide(batch(), 60.0)
    assert len(server.asked) <= 5, "nobody asks again before the time"
    assert {reply.failure for reply in replies} == {Failure.ERROR}
    assert all("asks to wait 3" in reply.detail for reply in replies)


@pytest.mark.parametrize(
    ("asks", "seconds"),
    [
        *(("inf", None), ("nan", None), ("1e999", None), ("soon", None), ("", None)),
        *(("-5", 0.0), ("7", 7.0), ("1.5", 1.5), ("86400", 300.0), ("Fri, 31 Dec 9999 23:59:59 GMT", 300.0)),
        ("Sat, 01 Jan 2000 00:00:00 GMT", 0.0),
    ],
)
def test_how_long_a_server_can_ask_to_wait(asks: str, seconds: float | None) -> None:
    assert module._seconds(asks) == seconds


async def test_a_server_that_asked_for_a_day_is_asked_again_once_it_is_back() -> None:
    busy = trouble(503, Retry_After="86400")
    async with serving(in_turn(busy, completion())) as server, asking(server) as mind:
        assert (await ask_one(mind)).detail == "HTTP 503, asks to wait 300 s"
        await until_ready(mind)
        assert (await ask_one(mind)).text == SILENCE


async def test_a_server_that_stays_busy_is_given_up() -> None:
    async with serving(in_turn(trouble(500))) as server, asking(server, retries=2) as mind:
        reply = await ask_one(mind)
    assert (reply.failure, reply.detail) == (Failure.ERROR, "HTTP 500")
    assert len(server.asked) == 3


async def never(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
    await asyncio.Event().wait()
    return completion()


async def test_a_slow_server_is_late_and_the_connection_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(never) as server, asking(server) as mind:
        deciding = asyncio.create_task(mind.decide(batch(), PLENTY))
        await until(lambda: server.running == 5)
        leap(monkeypatch)
        replies = await deciding
        assert {(reply.failure, reply.text) for reply in replies} == {(Failure.LATE, None)}
        assert all(reply.latency < PLENTY for reply in replies)
        await until(lambda: server.dropped == 5)


async def test_only_who_is_slow_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        return await never(server, body) if "Oona" in str(body) else completion()

    async with serving(answer) as server, asking(server, concurrency=5) as mind:
        deciding = asyncio.create_task(mind.decide(batch(), PLENTY))
        await until(lambda: len(server.asked) == 5 and mind._slots._value == 4)
        leap(monkeypatch)
        replies = await deciding
    assert [reply.failure for reply in replies] == [Failure.LATE, None, None, None, None]


async def test_what_went_wrong_last_is_told_when_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        return trouble(503) if len(server.asked) == 1 else await never(server, body)

    async with serving(answer) as server, asking(server) as mind:
        asked = asyncio.create_task(ask_one(mind))
        await until(lambda: len(server.asked) == 2)
        leap(monkeypatch)
        reply = await asked
    assert (reply.failure, reply.detail) == (Failure.LATE, "HTTP 503")


async def test_no_more_requests_run_at_once_than_are_allowed() -> None:
    async def slowly(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(0.01)
        return completion()

    async with serving(slowly) as server, asking(server, concurrency=3) as mind:
        replies = await asyncio.gather(*(mind.decide(batch(), PLENTY) for _ in range(6)))
    assert sum(reply.text == SILENCE for each in replies for reply in each) == 30
    assert server.most == 3


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
        web.json_response({"error": {"message": "overloaded"}}),
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
        assert mind.state.words == "the server cannot be reached"
        await server.up()
        await until_ready(mind)
        assert all(reply.text == SILENCE for reply in await mind.decide(batch(), PLENTY))


async def until_ready(mind: OpenAIMind) -> None:
    await until(lambda: mind.state.ready)


@pytest.mark.parametrize(
    ("models", "words"),
    [(["m"], "the server is there"), (["other"], "does not list the model"), ([], "the server is there")],
)
async def test_a_look_at_the_server_says_what_it_found(models: list[str], words: str) -> None:
    async with serving(models=models) as server, asking(server, key=SecretStr(KEY)) as mind:
        assert mind.state.stage is Stage.ASLEEP
        mind.start()
        mind.start()
        await until_ready(mind)
        assert words in mind.state.words
        assert server.keys == [f"Bearer {KEY}"]


async def test_a_server_without_a_list_is_taken_as_it_is() -> None:
    async with serving() as server, asking(server) as mind:
        server.models = None
        mind.start()
        await until_ready(mind)
        assert "/v1" in mind.state.words


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
        assert mind.state.words.startswith("the server is there")


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
