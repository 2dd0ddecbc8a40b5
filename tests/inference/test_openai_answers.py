"""An answer that stands elsewhere than in the message's text: it is read, and where it stood is noted."""

from typing import Any

import pytest
from aiohttp import web

from data.content import default_rules
from inference.council import Council
from inference.engines.answers import answer
from inference.parse import read
from inference.protocol import Failure
from tests.inference.asking import PLENTY, ask_one, asking, batch
from tests.inference.model_server import SILENCE, in_turn, message, serving
from tests.inference.views import make_view
from wood.names import CREATURES, Creature
from wood.orders import Decision

GOOD = '{"thought":"t","orders":[{"side":"buy","good":"berries","price":3,"qty":2}],"gossip":"","answers":[]}'
DRAFT = GOOD.replace("berries", "acorns")
TEXT = {"type": "text", "text": GOOD}
THOUGHT = {"type": "thinking", "thinking": [{"type": "text", "text": f"Perhaps {DRAFT}?"}]}


def called(arguments: Any) -> dict[str, Any]:
    return {"id": "1", "type": "function", "function": {"name": "reply", "arguments": arguments}}


@pytest.mark.parametrize(
    ("fields", "repairs"),
    [
        ({"content": GOOD}, ()),
        ({"content": GOOD, "reasoning_content": DRAFT, "tool_calls": [called(DRAFT)]}, ()),
        ({"content": [TEXT]}, ("parts",)),
        ({"content": [THOUGHT, TEXT]}, ("parts",)),
        ({"content": [{"type": "text", "text": GOOD[:30]}, {"type": "text", "text": GOOD[30:]}]}, ("parts",)),
        ({"content": [{"type": "output_text", "text": GOOD}, {"type": "image", "text": DRAFT}, 7]}, ("parts",)),
        ({"content": [GOOD]}, ("parts",)),
        ({"content": None, "reasoning_content": GOOD}, ("reasoning",)),
        ({"content": "", "reasoning": GOOD}, ("reasoning",)),
        ({"content": " \n", "reasoning": [TEXT]}, ("reasoning",)),
        ({"reasoning_content": None, "thinking": GOOD}, ("reasoning",)),
        ({"content": [THOUGHT], "reasoning_content": GOOD}, ("reasoning",)),
        ({"content": None, "reasoning": f"I am cold.</think>{GOOD}"}, ("reasoning", "thinking")),
        ({"content": None, "tool_calls": [called(GOOD)]}, ("tool-call",)),
        ({"content": None, "tool_calls": [called({"orders": [], "thought": "t", "gossip": ""})]}, ("missing-key",)),
        ({"content": None, "function_call": {"name": "reply", "arguments": GOOD}}, ("tool-call",)),
        ({"content": "", "tool_calls": [called(GOOD)], "reasoning": f"Hm: {DRAFT}"}, ("tool-call",)),
    ],
)
async def test_where_an_answer_may_stand(fields: dict[str, Any], repairs: tuple[str, ...]) -> None:
    async with serving(in_turn(message(**fields))) as server, asking(server) as mind:
        reply = await ask_one(mind)
    assert reply.failure is None
    reading = read(reply.text or "", make_view())
    assert reading.decision is not None
    assert set(repairs) <= {*reading.repairs, *reply.repairs}
    assert [order.good for order in reading.decision.orders] in (["berries"], [])
    assert reply.repairs == () or reply.repairs[0] in (*repairs, "tool-call")


@pytest.mark.parametrize(
    ("fields", "finish"),
    [
        ({"content": None, "reasoning_content": f"Should I say {DRAFT}? Then"}, "length"),
        ({"content": None, "reasoning_content": "I am cold and"}, "stop"),
        ({"content": None, "tool_calls": [called(GOOD), called(DRAFT)]}, "tool_calls"),
        ({"content": None, "tool_calls": [called(None)]}, "tool_calls"),
        ({"content": None, "tool_calls": "x", "function_call": 7, "reasoning": {"a": 1}}, "stop"),
        ({"content": [THOUGHT]}, "stop"),
        ({"content": [{"type": "text", "text": {"a": 1}}, {"type": "text"}, None]}, "stop"),
    ],
)
async def test_thoughts_and_half_of_an_answer_are_none(fields: dict[str, Any], finish: str) -> None:
    async with serving(in_turn(message(finish, **fields))) as server, asking(server) as mind:
        reply = await ask_one(mind)
    assert (reply.text, reply.repairs) == ("", ())
    assert reply.failure is (Failure.LENGTH if finish == "length" else None)


async def test_an_answer_among_the_thoughts_may_be_cut() -> None:
    cut = message("length", content=None, reasoning_content=GOOD[:-20])
    async with serving(in_turn(cut)) as server, asking(server) as mind:
        reply = await ask_one(mind)
    assert (reply.text, reply.failure) == (GOOD[:-20], Failure.LENGTH)


async def test_a_refusal_is_told_in_its_own_words() -> None:
    refused = message(content=None, refusal="I cannot help <@1> with that.")
    async with serving(in_turn(refused)) as server, asking(server) as mind:
        reply = await ask_one(mind)
    assert (reply.text, reply.failure) == (None, Failure.ERROR)
    assert reply.detail == "the model refuses to answer: I cannot help with that."


async def test_where_it_stood_is_recorded_with_the_call() -> None:
    async with serving(in_turn(message(content=None, reasoning=SILENCE))) as server, asking(server) as mind:
        council = Council(dict.fromkeys(CREATURES, mind), default_rules(), deadline=PLENTY)
        views = {request.view.creature: request.view for request in batch()}
        result = await council.decide("w", 1, views)
    assert result.decisions[Creature.OONA] == Decision()
    assert len(result.traces) == len(CREATURES)
    for trace in result.traces:
        assert "reasoning" in trace.repairs
        assert (trace.valid, trace.why) == (False, "")


@pytest.mark.parametrize(
    "body",
    [None, 7, "x", [], {}, {"choices": [7]}, {"choices": [{"message": 7}]}, {"choices": [{"message": {"content": 7}}]}],
)
def test_what_is_no_completion(body: Any) -> None:
    assert answer(body) is None


async def test_an_answer_is_read_whatever_else_is_odd_about_it() -> None:
    odd = web.json_response({"choices": [{"message": {"content": SILENCE}, "finish_reason": 7}], "usage": "none"})
    async with serving(in_turn(odd)) as server, asking(server) as mind:
        reply = await ask_one(mind)
    assert (reply.text, reply.failure, reply.tokens_in) == (SILENCE, None, 0)
