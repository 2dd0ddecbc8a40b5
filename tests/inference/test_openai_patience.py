"""A server that rejects, is busy, is slow or asks to wait: what is asked again, how, and for how long."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import pytest
from aiohttp import web

from inference.engines import patience
from inference.protocol import Doing, Failure, Stage, State
from tests.inference.asking import PLENTY, ask_one, asking, batch, leap, until, until_ready
from tests.inference.model_server import SILENCE, ModelServer, completion, in_turn, serving, trouble


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
        *(("0", None), ("-5", None), ("-0.0", None), ("Sat, 01 Jan 2000 00:00:00 GMT", None)),
        *(("7", 7.0), ("1.5", 1.5), ("86400", 300.0), ("Fri, 31 Dec 9999 23:59:59 GMT", 300.0)),
    ],
)
def test_how_long_a_server_can_ask_to_wait(asks: str, seconds: float | None) -> None:
    assert patience.asked_wait({"retry-after": asks}) == seconds
    assert patience.asked_wait({"retry-after": asks, "retry-after-ms": "2500"}) == 2.5
    assert patience.asked_wait({"retry-after": asks, "retry-after-ms": "x"}) == seconds


def test_who_is_not_asked_to_wait_waits_longer_each_time_and_not_in_step_with_others() -> None:
    assert patience.asked_wait({}) is None
    longest = [max(patience.pause(tries) for _ in range(200)) for tries in range(12)]
    shortest = [min(patience.pause(tries) for _ in range(200)) for tries in range(12)]
    first = patience.FIRST_PAUSE
    for tries in range(4):
        assert first * 2**tries * 0.75 <= shortest[tries] < longest[tries] <= first * 2**tries
    assert longest[11] <= patience.LONGEST_PAUSE


@pytest.mark.parametrize("asks", ["0", "-1", "Sat, 01 Jan 2000 00:00:00 GMT", "soon", "0.001"])
async def test_a_server_that_asks_for_no_wait_is_not_asked_in_a_blink(
    asks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = trouble(429, Retry_After=asks)
    async with serving(in_turn(busy, busy, busy, completion())) as server, asking(server) as mind:
        monkeypatch.setattr(patience, "FIRST_PAUSE", 0.08)
        assert (await ask_one(mind)).text == SILENCE
    pauses = [later - earlier for earlier, later in pairwise(server.at)]
    assert all(took >= 0.08 * 2**tries * 0.75 for tries, took in enumerate(pauses)), pauses
    assert len(pauses) == 3


@pytest.mark.parametrize(
    ("answer", "doing", "facts"),
    [
        (trouble(502), Doing.REFUSING, {"status": 502}),
        (trouble(503, Retry_After="86400"), Doing.RESTING, {"status": 503, "seconds": 300}),
    ],
)
async def test_a_server_that_is_away_is_at_what_it_last_said(
    answer: web.Response, doing: Doing, facts: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(in_turn(answer)) as server, asking(server, retries=1) as mind:
        monkeypatch.setattr(mind, "start", lambda: None)  # a look at the server would find that it is there
        await ask_one(mind)
        assert mind.state == State(Stage.ASLEEP, doing, facts)


async def test_a_server_that_asked_for_a_day_is_asked_again_once_it_is_back() -> None:
    busy = trouble(503, Retry_After="86400")
    async with serving(in_turn(busy, completion())) as server, asking(server) as mind:
        assert (await ask_one(mind)).detail == "HTTP 503: no, asks to wait 300 s"
        await until_ready(mind)
        assert (await ask_one(mind)).text == SILENCE


async def test_a_server_that_stays_busy_is_given_up() -> None:
    async with serving(in_turn(trouble(500))) as server, asking(server, retries=2) as mind:
        reply = await ask_one(mind)
    assert (reply.failure, reply.detail) == (Failure.ERROR, "HTTP 500: no")
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
    assert (reply.failure, reply.detail) == (Failure.LATE, "HTTP 503: no")


async def test_no_more_requests_run_at_once_than_are_allowed() -> None:
    async def slowly(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(0.01)
        return completion()

    async with serving(slowly) as server, asking(server, concurrency=3) as mind:
        replies = await asyncio.gather(*(mind.decide(batch(), PLENTY) for _ in range(6)))
    assert sum(reply.text == SILENCE for each in replies for reply in each) == 30
    assert server.most == 3
