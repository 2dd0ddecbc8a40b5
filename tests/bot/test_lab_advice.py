"""The trial of minds says what to change: about those that do not work, and those that work and could be bettered."""

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from bot.lab.calls import Calls
from bot.lab.check import Checked, check
from bot.lab.orders import Hopeless
from inference.tokens import REPLY as REPLY_TOKENS
from tests.bot.console import own_folder
from tests.bot.models import REPLY, asked, failing, parrot, replying, saying, told
from tests.inference.model_server import Handler, serving
from wood.names import Creature
from wood.trace import Trace

__all__ = ["own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (failing(401), ["TTW_OPENAI__KEY"]),
        (failing(404), ["TTW_OPENAI__MODEL", "/v1"]),
        (saying("I would rather not."), ["no JSON", "json_schema"]),
        (saying('{"a": 42}'), ["not what was asked for"]),
        (saying("<think>Hm. Honey is dear, so"), ["thinks aloud", "TTW_OPENAI__MAX_TOKENS"]),
        (saying(""), ["empty"]),
        (saying("", "length"), ["cut off", "TTW_OPENAI__MAX_TOKENS"]),
        (failing(429), ["TTW_OPENAI__CONCURRENCY"]),
        (failing(500), ["own log"]),
        (failing(400), ["rejects", "TTW_OPENAI__MODEL"]),
        (failing(418), ["own log"]),
    ],
    ids=[
        "no key",
        "no model",
        "no JSON",
        "another JSON",
        "thinking",
        "empty",
        "cut",
        "busy",
        "broken",
        "rejected",
        "odd",
    ],
)
async def test_a_mind_that_does_not_work_says_what_to_change(answer: Handler, words: list[str]) -> None:
    async with serving(answer) as server:
        found = await check(asked(server), 20.0, wait=60)
    assert not found.works
    assert all(word in told(found) for word in words), told(found)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (saying(f"Here you are: {REPLY}"), ["repaired", "json_schema"]),
        (saying(json.dumps(REPLY)[:-30], "length"), ["cut off", "TTW_OPENAI__MAX_TOKENS"]),
        (saying(json.dumps(REPLY | {"orders": {}})), ["Nobody ordered anything"]),
        (
            saying(json.dumps(REPLY), usage={"prompt_tokens": 1210, "completion_tokens": 9}),
            ["1210 tokens", str(1210 + REPLY_TOKENS)],
        ),
    ],
    ids=["repaired", "cut off", "silent", "long prompts"],
)
async def test_a_mind_that_works_may_still_be_bettered(answer: Handler, words: list[str]) -> None:
    async with serving(answer) as server:
        found = await check(asked(server), 20.0, wait=60)
    assert found.works
    assert all(word in told(found) for word in words), told(found)


def told_of(*traces: dict[str, Any], orders: int = 5, hopeless: int = 0) -> str:
    """The advice about five calls that could be read, of which these are odd."""
    calls = Calls()
    for changes in (*traces, *[{}] * (5 - len(traces))):
        calls.read(replace(Trace("w", 1, Creature.PIP, "", "", "{}", "", (), "", "openai", valid=True), **changes))
    calls.orders, calls.hopeless = orders, Counter({Hopeless.OUT_OF_REACH: hopeless} if hopeless else {})
    return told(Checked("openai", "", 0.0, 1.0, 1.0, 20.0, calls))


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        ({}, []),
        (
            {"drops": ("duplicate", "good-unknown", "duplicate")},
            ["3 parts", "were left out (duplicate 2, good-unknown 1)"],
        ),
        ({"drops": ("price-low",)}, ["1 part of the replies", "was left out"]),
        ({"drops": ("gossip-own", "gossip-heard")}, ["2 lines of gossip said nothing new", "TTW_OPENAI__TEMPERATURE"]),
        ({"drops": ("gossip-example",)}, ["repeat the prompt: 0 thoughts and 1 line of gossip"]),
        ({"repairs": ("cut-reply",)}, ["Replies were cut off", "TTW_OPENAI__MAX_TOKENS"]),
        ({"repairs": ("truncated",), "valid": False}, ["Replies were cut off"]),
        ({"repairs": ("reasoning",), "valid": False}, ["among the thoughts", "thinking switched off"]),
        ({"repairs": ("tool-call",), "valid": False}, ["call of a tool"]),
        ({"repairs": ("parts",), "valid": False}, ["nothing needs to be changed"]),
        ({"repairs": ("fence", "reasoning"), "valid": False}, ["had to be repaired", "among the thoughts"]),
    ],
    ids=str,
)
def test_what_replies_lack_is_said_with_what_to_do(odd: dict[str, Any], words: list[str]) -> None:
    said = told_of(odd)
    assert all(word in said for word in words), said
    assert bool(said) is bool(words)


@pytest.mark.parametrize(
    ("orders", "hopeless", "told_so"), [(10, 3, False), (10, 4, True), (0, 0, False), (1, 1, True)]
)
def test_orders_that_could_never_trade_are_spoken_of_where_they_are_many(
    orders: int, hopeless: int, told_so: int
) -> None:
    said = told_of(orders=orders, hopeless=hopeless)
    assert ("could never trade (out-of-reach" in said) is bool(told_so)
    assert ("Nobody ordered anything" in said) is not orders


async def test_a_mind_that_copies_the_example_is_told_so() -> None:
    async with serving(replying(parrot)) as server:
        found = await check(asked(server), 20.0, wait=60)
    assert found.works
    assert found.calls.silenced == {"gossip-example": 5}
    assert found.calls.parroted == 5
    assert "repeat the prompt: 5 thoughts and 5 lines of gossip" in told(found)
    shown = found.to_json()["calls"]
    assert (shown["silenced_by_reason"], shown["parroted"]) == ({"gossip-example": 5}, 1)


async def test_a_reply_that_was_cut_and_could_be_read_is_told_of() -> None:
    async with serving(saying(json.dumps(REPLY), "length")) as server:
        found = await check(asked(server), 20.0, wait=60)
    assert found.works
    assert (found.calls.valid, found.calls.repairs) == (5, {"cut-reply": 5})
    assert "cut off" in told(found)


@pytest.mark.parametrize(
    ("turn", "works", "words"),
    [(3.0, True, []), (11.0, True, ["over half", "to 30 or more"]), (34.0, False, ["longer than a turn", "to 70 "])],
)
def test_a_slow_mind_is_told_by_its_time(turn: float, works: bool, words: list[str]) -> None:
    found = Checked("openai", "", 0.0, 40.0, turn, 20.0, Calls(calls=5, valid=5, orders=5))
    assert found.works is works
    assert all(word in told(found) for word in words)
    assert bool(told(found)) is bool(words)


def test_a_mind_that_never_came_in_time_is_told_to_take_longer() -> None:
    found = Checked("openai", "", 0.0, 120.0, None, 20.0, Calls(calls=5, unread=Counter(late=5)), ("late",))
    assert not found.works
    assert "TTW_DEADLINE to 250 or more" in told(found)


async def test_a_server_that_is_not_there_is_a_problem() -> None:
    async with serving() as server:
        mind = asked(server)
    found = await check(mind, 20.0, wait=0.3)
    assert not found.works
    assert "cannot be reached" in found.problem
    assert "TTW_OPENAI__URL" in told(found)
    assert "--wait" in told(found)
