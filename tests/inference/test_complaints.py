"""What a server says is wrong, in any shape: its words reach the host, harmless, and what they mean is understood."""

import json
import logging
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from inference.engines.complaint import MOST_BODY, WORDS, Complaint, Fault, complaint, hidden_complaint
from inference.protocol import Failure
from tests.inference.asking import ask_one, asking
from tests.inference.model_server import SILENCE, completion, in_turn, serving

KEY = "sk-not-a-real-key-0123456789"
SAID = "No models loaded"
SHAPES: dict[str, Any] = {
    "a string": {"error": SAID},
    "OpenAI": {"error": {"message": SAID, "type": "invalid_request_error", "param": None, "code": None}},
    "FastAPI": {"detail": SAID},
    "FastAPI, one of several": {"detail": [{"loc": ["body", "x"], "msg": SAID, "type": "missing"}]},
    "FastAPI, an object": {"detail": {"error": SAID}},
    "a message": {"message": SAID, "object": "error", "code": 40001},
    "several": {"errors": [{"message": SAID}, {"message": "and more"}]},
    "several strings": {"errors": [SAID]},
    "a list": [{"error": {"message": SAID}}],
    "problem details": {"type": "about:blank", "title": SAID, "status": 400},
    "within": {"error": {"error": {"message": SAID}}},
    "bare JSON": SAID,
    "an empty error beside": {"error": None, "message": SAID},
}
PAGES = {
    "bare": SAID,
    "a page": f"<!DOCTYPE html><html><head><title>{SAID}</title><style>a</style></head><body><p>x</body></html>",
    "a page without a title": f"<html><style>p {{ x }}</style><body><p>{SAID}</p></body></html>",
    "a heading": f"<html><body><h1 class='a'>{SAID}</h1><p>nginx</p></body></html>",
}
BODIES = {name: json.dumps(shape) for name, shape in SHAPES.items()} | PAGES


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("status", [400, 418, 422])
async def test_the_words_of_any_body_reach_the_host(status: int, body: str) -> None:
    made = web.Response(text=body, status=status)
    async with serving(in_turn(made)) as server, asking(server) as mind:
        reply = await ask_one(mind)
    assert (reply.text, reply.failure, reply.detail) == (None, Failure.ERROR, f"HTTP {status}: {SAID}")


@pytest.mark.parametrize("status", [404, 500, 503, 529])
async def test_so_do_those_of_other_troubles(status: int) -> None:
    made = web.json_response({"error": SAID}, status=status)
    async with serving(in_turn(made)) as server, asking(server, retries=0) as mind:
        assert SAID in (await ask_one(mind)).detail


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "[]",
        "null",
        "5",
        '{"error": {}}',
        '{"error": 5}',
        '{"detail": [[[[["x"]]]]]}',
        "[" * 60_000,
        "<>" * 99,
    ],
)
def test_a_body_without_words_is_a_status(body: str) -> None:
    said = complaint(400, body)
    assert str(said).removesuffix(": " + said.words) == "HTTP 400"
    assert len(said.words) <= WORDS


@pytest.mark.parametrize(
    "words",
    [
        "x" * 3_000_000,
        "<@123> everyone@here https://x.example/a",
        "line\nline\r\x1b[31m\u202e\u200b",
        f"Incorrect key {KEY} given",
        f"key {KEY[:5]}\u200b{KEY[5:]}",
        "x" * (WORDS - 4) + KEY,
        "key " + " " * (8 * WORDS - 1 - len(KEY)) + KEY,
        " " * (MOST_BODY - len(KEY)) + KEY,
    ],
)
async def test_they_are_bounded_harmless_and_without_the_key(words: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "inference")
    for body in ({"error": words}, {"error": {"message": words, "code": words, "param": words}}, {"detail": words}):
        made = web.json_response(body, status=400)
        async with serving(in_turn(made)) as server, asking(server, key=SecretStr(KEY)) as mind:
            detail = (await ask_one(mind)).detail
        assert len(detail) <= WORDS + 20
        assert detail.isprintable()
        assert KEY[:6] not in detail
        assert not {"<", ">", "@"} & {*detail}
        assert "://" not in detail
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("inference")]
    assert KEY not in str(ours)


# An error in what pretends to be a success


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "The model is overloaded."}},
        {"error": "Rate limit reached"},
        {"error": {"message": "Upstream", "code": 503}},
        {"error": {"message": "Upstream", "code": "429"}},
        {"error": {"type": "overloaded_error", "message": "Hm"}},
        {"choices": [{"error": {"code": 502, "message": "Upstream"}, "message": {"content": ""}}]},
    ],
)
async def test_an_error_in_a_success_that_may_pass_is_asked_again(body: Any) -> None:
    async with serving(in_turn(web.json_response(body), completion())) as server, asking(server) as mind:
        assert (await ask_one(mind)).text == SILENCE
    assert len(server.asked) == 2
    assert server.asked[0] == server.asked[1]


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"error": SAID}, f"an error in the answer: {SAID}"),
        ({"error": {"message": SAID, "code": 400}}, f"HTTP 400: {SAID}"),
        ({"error": {"message": f"no {KEY}", "code": 401}}, "HTTP 401: the server refuses the key"),
        ({"detail": SAID, "choices": []}, f"an error in the answer: {SAID}"),
        ({"error": {"odd": 1}}, "an error in the answer"),
    ],
)
async def test_another_error_in_a_success_is_told_once(body: Any, detail: str) -> None:
    async with serving(in_turn(web.json_response(body))) as server, asking(server, key=SecretStr(KEY)) as mind:
        reply = await ask_one(mind)
    assert (reply.text, reply.failure, reply.detail) == (None, Failure.ERROR, detail)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "body",
    [None, [], {}, {"choices": [{"message": {}}], "error": None}, {"choices": [{"message": {}}], "message": "x"}],
)
def test_a_success_without_an_error(body: Any) -> None:
    assert hidden_complaint(body) is None


# What they mean


def openai_error(message: str, **fields: str) -> str:
    return json.dumps({"error": {"message": message, **fields}})


@pytest.mark.parametrize(
    ("body", "fault", "feature"),
    [
        (openai_error("Unsupported", param="response_format.json_schema"), Fault.FIELD, "reply_format"),
        (openai_error("'response_format.type' must be 'json_schema' or 'text'"), Fault.FIELD, "reply_format"),
        (openai_error("This model does not support response format `x`"), Fault.FIELD, "reply_format"),
        (openai_error("Structured outputs are not supported"), Fault.FIELD, "reply_format"),
        (openai_error("failed to parse grammar"), Fault.FIELD, "reply_format"),
        (openai_error("Use 'max_completion_tokens' instead", param="max_tokens"), Fault.FIELD, "tokens"),
        (openai_error("Unsupported parameter: use max_completion_tokens."), Fault.FIELD, "tokens"),
        (openai_error("'temperature' does not support 0.7 with this model."), Fault.FIELD, "temperature"),
        (openai_error("Extra inputs are not permitted", param="seed"), Fault.FIELD, "seed"),
        (json.dumps({"detail": [{"loc": ["body", "seed"], "msg": "extra fields not permitted"}]}), Fault.FIELD, "seed"),
        (openai_error("Please reduce", code="context_length_exceeded", param="messages"), Fault.PROMPT, ""),
        (openai_error("the maximum context is 1,024 tokens"), Fault.PROMPT, ""),
        (openai_error("The prompt was flagged by our content policy"), Fault.PROMPT, ""),
        (openai_error("Not good", param="messages"), Fault.PROMPT, ""),
        (openai_error("The model has crashed without additional information. (Exit code: null)"), Fault.PASSING, ""),
        (openai_error("Model unloaded."), Fault.PASSING, ""),
        (openai_error("Please try again later"), Fault.PASSING, ""),
        (openai_error("Hm", type="overloaded_error"), Fault.PASSING, ""),
        (openai_error("No information about the transformation of seed-oss-36b"), Fault.UNSAID, ""),
        (openai_error("JSON expected"), Fault.UNSAID, ""),
        (openai_error("bad request"), Fault.UNSAID, ""),
        ("", Fault.UNSAID, ""),
    ],
)
def test_what_is_at_fault(body: str, fault: Fault, feature: str) -> None:
    said = complaint(400, body)
    assert (said.fault, said.feature) == (fault, feature)


def test_what_is_named_far_behind_is_heard() -> None:
    said = complaint(400, openai_error("validation error: " + "x " * 300 + "response_format"))
    assert said.feature == "reply_format"
    assert "response_format" not in said.words


def test_a_complaint_without_a_status_is_one_in_an_answer() -> None:
    assert str(Complaint(0, "no")) == "an error in the answer: no"
    assert str(Complaint(429)) == "HTTP 429"
