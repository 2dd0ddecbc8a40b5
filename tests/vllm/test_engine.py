"""Five creatures decided for by a real vLLM with random weights: whatever it writes fits, and comes in time."""

import asyncio
import dataclasses
from itertools import islice

import pytest

from bot.lab.scenario import reference
from bot.lab.simulate import play
from inference.council import seed_of
from inference.engines.vllm import VllmMind
from inference.parse import read
from inference.prompt import SHARED, render
from inference.protocol import Engine, Failure, Message, Request
from inference.schema import model_without, schema_of
from inference.tokens import PROMPT
from tests.inference.busy import views_of_woods
from tests.vllm.engine import LONG, REPLY, RULES, asking, council, until
from wood.founding import found_world
from wood.names import CREATURES, Creature, Side
from wood.observe import View, observe
from wood.turn import open_turn

pytestmark = pytest.mark.timeout(1800)


def request(view: View, seed: int = 1) -> Request:
    messages = render(view, RULES)
    return Request("w", seed_of(seed, view.turn, view.creature), view, messages, schema_of(view))


def views(seed: int = 7) -> dict[Creature, View]:
    return dict(observe(RULES, open_turn(RULES, found_world(RULES, seed)).world))


async def test_five_minds_decide_together_for_a_whole_reference_run(engine: VllmMind) -> None:
    """Every reply valid and no creature after its own product: what no random weights would do by themselves."""
    played = await play(RULES, reference(), 7, council(engine))
    assert len(played.turns) == 15
    assert len(played.traces) == 15 * 5
    assert played.balanced
    for call in played.traces:
        assert call.valid, (call.why, call.response)
        assert not call.why
        assert not call.repairs
        assert call.engine == "vllm"
        assert call.latency > 0
        assert 0 < call.tokens_out <= REPLY
        assert call.tokens_in <= PROMPT
        makes = RULES.creatures[call.creature].makes
        form = model_without(makes).model_validate_json(call.response or "")
        assert not form.orders.get(makes.value, "").startswith(Side.BUY.value)
        assert not any((order.side, order.good) == (Side.BUY, makes) for order in call.orders)
    assert len({call.response for call in played.traces}) == len(played.traces), "it says the same again and again"
    for turn in played.turns:
        for trade in turn.trades:
            assert trade.buyer not in CREATURES or RULES.creatures[Creature(trade.buyer)].makes is not trade.good


async def test_what_all_prompts_share_comes_from_the_prefix_cache(engine: VllmMind) -> None:
    await council(engine).decide("first", 1, views(1))
    result = await council(engine).decide("second", 2, views(2))
    assert engine.tokenizer is not None
    block = 32
    shared = engine.tokenizer.count(SHARED) // block * block
    for call in result.traces:
        assert call.tokens_cached >= shared - block, "the rules of another wood's prompt were computed again"
        assert call.tokens_cached < call.tokens_in


async def test_the_same_seed_says_the_same_again(engine: VllmMind) -> None:
    asked = [request(view) for view in views().values()]
    once = await engine.decide(asked, LONG)
    again = await engine.decide(asked, LONG)
    assert [reply.text for reply in once] == [reply.text for reply in again]
    other = await engine.decide([dataclasses.replace(each, seed=each.seed + 1) for each in asked], LONG)
    assert [reply.text for reply in other] != [reply.text for reply in once]


async def test_a_request_over_its_deadline_is_aborted_and_the_next_turn_is_answered(engine: VllmMind) -> None:
    result = await council(engine, deadline=0.02).decide("w", 3, views())
    assert {call.why for call in result.traces} == {"late"}
    assert set(result.decisions.values()) == {None}
    await until(lambda: asking(engine) == 0, 10)
    assert all((await council(engine).decide("w", 3, views())).decisions.values())


async def test_cancelling_a_turn_aborts_its_requests(engine: VllmMind) -> None:
    turn = asyncio.create_task(engine.decide([request(view) for view in views().values()], LONG))
    await until(lambda: asking(engine) > 0, 60)
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    await until(lambda: asking(engine) == 0, 10)
    assert engine.state.ready


async def test_what_is_wrong_with_one_request_is_not_its_neighbours_trouble(engine: VllmMind) -> None:
    asked = [request(view) for view in views().values()]
    unique = {"type": "object", "properties": {"a": {"type": "array", "uniqueItems": True}}}
    asked[1] = dataclasses.replace(asked[1], schema=unique)
    long: tuple[Message, ...] = ({"role": "system", "content": "rules"}, {"role": "user", "content": "turn " * 3000})
    asked[2] = dataclasses.replace(asked[2], messages=long)
    replies = await engine.decide(asked, LONG)
    assert [reply.failure for reply in replies] == [None, Failure.ERROR, Failure.ERROR, None, None]
    assert all(reply.detail for reply in replies[1:3])
    assert all(read(replies[at].text or "", asked[at].view).valid for at in (0, 3, 4))


async def test_a_reply_that_is_cut_off_says_so_and_keeps_what_there_is(
    engine: VllmMind, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = engine._supervisor._engine
    assert core is not None
    monkeypatch.setattr(core, "_options", engine.options.model_copy(update={"max_tokens": 7}))
    replies = await engine.decide([request(view) for view in views().values()], LONG)
    assert {(reply.failure, reply.tokens_out) for reply in replies} == {(Failure.LENGTH, 7)}
    assert all(reply.text and reply.text.startswith("{") for reply in replies)


async def test_prompts_are_measured_with_the_engines_own_tokenizer(engine: VllmMind) -> None:
    """What is counted before is what the engine counts, and no prompt of a busy wood takes more than its share."""
    assert isinstance(engine, Engine)
    assert engine.tokenizer is not None
    count, frame = engine.tokenizer
    asked, cut = [], 0
    for view in islice(views_of_woods(), 0, 1000, 8):
        messages = render(view, RULES, count=count)
        cut += len(messages[1]["content"]) < len(render(view, RULES, count=count, budget=10_000)[1]["content"])
        asked.append(Request("w", 1, view, messages, schema_of(view)))
    assert cut > len(asked) / 4, "these prompts never were too long"
    replies = await engine.decide(asked, LONG)
    for each, reply in zip(asked, replies, strict=True):
        counted = sum(count(message["content"]) for message in each.messages) + frame
        assert reply.tokens_in == counted, "counted otherwise than the engine counts"
        assert reply.tokens_in <= PROMPT
        assert reply.failure is None
        assert read(reply.text or "", each.view).valid


async def test_the_council_writes_prompts_to_the_engines_measure(engine: VllmMind) -> None:
    assert engine.tokenizer is not None
    view = next(islice(views_of_woods(), 200, None))
    counted: list[str] = []

    def count(text: str) -> int:
        counted.append(text)
        return 1

    minds = council(engine)
    tokenizer = engine._workshop.tokenizer
    engine._workshop.tokenizer = tokenizer._replace(count=count) if tokenizer else None
    try:
        result = await minds.decide("w", 1, {view.creature: view})
    finally:
        engine._workshop.tokenizer = tokenizer
    assert counted
    assert result.traces[0].user in counted


async def test_many_woods_at_once(engine: VllmMind) -> None:
    minds = council(engine)
    results = await asyncio.gather(*(minds.decide(f"w{seed}", seed, views(seed)) for seed in range(20)))
    calls = [call for result in results for call in result.traces]
    assert len(calls) == 100
    assert all(call.valid for call in calls)
