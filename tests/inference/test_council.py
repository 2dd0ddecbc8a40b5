"""The council: five replies in one go, and no mind that can spoil another's turn."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import pytest

from data.content import default_rules
from inference.answering import AnsweringMind
from inference.council import Council, CouncilResult, seed_of
from inference.protocol import Failure, Mind, Reply, Request
from inference.recorded import RecordedMind
from inference.schema import schema_without
from inference.silent import SilentMind
from tests.inference.views import make_view
from wood.names import CREATURES, Creature, Good, Side
from wood.observe import View
from wood.orders import Decision, Order
from wood.trace import Trace

RULES = default_rules()
VIEWS = {creature: make_view(creature, offers=()) for creature in CREATURES}
SELLS = {creature: Order(Side.SELL, view.makes, 5, 2) for creature, view in VIEWS.items()}


def sells(view: View, seed: int = 0) -> str:
    orders = {view.makes.value: "sell 2 at 5"}
    return json.dumps({"thought": f"I am {view.name}.", "orders": orders, "gossip": ""})


@dataclass
class FakeMind:
    """A mind that answers as told; notes what it was asked."""

    name: str
    act: Callable[[Sequence[Request]], object] = lambda batch: [Reply("fake", sells(each.view)) for each in batch]
    hang: asyncio.Event | None = None
    batches: list[Sequence[Request]] = field(default_factory=list)
    deadlines: list[float] = field(default_factory=list)
    closed: int = 0

    async def decide(self, batch: Sequence[Request], deadline: float) -> Sequence[Reply]:
        self.batches.append(batch)
        self.deadlines.append(deadline)
        if self.hang is not None:
            await self.hang.wait()
        return self.act(batch)  # type: ignore[return-value]

    async def close(self) -> None:
        self.closed += 1


class StubbornMind(FakeMind):
    """A mind that goes on when it is cancelled."""

    async def decide(self, batch: Sequence[Request], deadline: float) -> Sequence[Reply]:
        assert self.hang is not None
        while not self.hang.is_set():
            try:
                await self.hang.wait()
            except asyncio.CancelledError:
                continue
        return await FakeMind.decide(self, batch, deadline)


def ask(minds: dict[Creature, Mind], *, deadline: float = 5.0, grace: float = 0.01) -> CouncilResult:
    return asyncio.run(Council(minds, RULES, deadline=deadline, grace=grace).decide("w", 7, VIEWS))


def all_but(creature: Creature, odd: Mind) -> dict[Creature, Mind]:
    good = FakeMind("good")
    return {other: odd if other is creature else good for other in CREATURES}


def trace_for(result: CouncilResult, creature: Creature) -> Trace:
    return next(trace for trace in result.traces if trace.creature is creature)


def check_only_oona_fails(result: CouncilResult, why: str) -> None:
    assert list(result.decisions) == list(CREATURES)
    for creature in CREATURES:
        decision, trace = result.decisions[creature], trace_for(result, creature)
        if creature is Creature.OONA:
            assert decision is None
            assert trace.why == why
            assert not trace.valid
        else:
            assert decision is not None
            assert decision.orders == (SELLS[creature],)
            assert trace.why == ""


def test_one_mind_is_asked_once_for_all_five() -> None:
    mind = FakeMind("one")
    result = ask(dict.fromkeys(CREATURES, mind), deadline=3.5)
    (batch,) = mind.batches
    assert mind.deadlines == [3.5]
    assert [request.view.creature for request in batch] == list(CREATURES)
    for request in batch:
        assert request.wood == "w"
        assert request.seed == seed_of(7, 12, request.view.creature)
        assert request.schema is schema_without(request.view.makes)
        assert [message["role"] for message in request.messages] == ["system", "user"]
        assert request.view.name in request.messages[0]["content"]
    assert {creature: decision.orders for creature, decision in result.decisions.items() if decision} == {
        creature: (order,) for creature, order in SELLS.items()
    }


def test_five_minds_are_asked_at_the_same_time() -> None:
    """Each waits until all have been asked, so asking one after the other would never end."""
    asked = 0

    class Together(FakeMind):
        async def decide(self, batch: Sequence[Request], deadline: float) -> Sequence[Reply]:
            nonlocal asked
            asked += 1
            while asked < len(CREATURES):
                await asyncio.sleep(0)
            return await FakeMind.decide(self, batch, deadline)

    result = ask({creature: Together(creature.value) for creature in CREATURES})
    assert all(result.decisions.values())


@pytest.mark.parametrize("error", [RuntimeError("key sk-secret"), ValueError(), KeyError("x"), TimeoutError()])
def test_a_mind_that_raises_fails_alone(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    def act(batch: Sequence[Request]) -> object:
        raise error

    with caplog.at_level(logging.CRITICAL):
        result = ask(all_but(Creature.OONA, FakeMind("bad", act)))
    check_only_oona_fails(result, f"error: {type(error).__name__}")
    assert "sk-secret" not in repr(result)


def test_a_mind_that_hangs_is_late_alone() -> None:
    async def turn() -> CouncilResult:
        minds = all_but(Creature.OONA, FakeMind("slow", hang=asyncio.Event()))
        return await Council(minds, RULES, deadline=0.02, grace=0.0).decide("w", 7, VIEWS)

    check_only_oona_fails(asyncio.run(turn()), "late")


def test_a_mind_that_will_not_be_cancelled_holds_up_nobody() -> None:
    async def turn() -> CouncilResult:
        stubborn = StubbornMind("stubborn", hang=asyncio.Event())
        council = Council(all_but(Creature.OONA, stubborn), RULES, deadline=0.02, grace=0.0)
        result = await council.decide("w", 7, VIEWS)
        assert not stubborn.batches
        assert stubborn.hang is not None
        stubborn.hang.set()
        again = await council.decide("w", 7, VIEWS)
        assert again.decisions[Creature.OONA] is not None
        return result

    check_only_oona_fails(asyncio.run(turn()), "late")


@pytest.mark.parametrize(
    "act",
    [
        lambda batch: [],
        lambda batch: [Reply("x", "{}")] * 7,
        lambda batch: None,
        lambda batch: ["{}"],
        lambda batch: [None],
    ],
)
def test_a_mind_that_breaks_the_protocol_fails_alone(
    act: Callable[[Sequence[Request]], object], caplog: pytest.LogCaptureFixture
) -> None:
    result = ask(all_but(Creature.OONA, FakeMind("bad", act)))
    assert result.decisions[Creature.OONA] is None
    assert trace_for(result, Creature.OONA).why.startswith("error")
    assert sum(decision is not None for decision in result.decisions.values()) == 4


def test_junk_is_a_turn_without_decisions() -> None:
    result = ask(all_but(Creature.OONA, FakeMind("junk", lambda batch: [Reply("junk", "\x00 no idea")])))
    check_only_oona_fails(result, "no-json")
    assert trace_for(result, Creature.OONA).response == "\x00 no idea"


@pytest.mark.parametrize("failure", [failure for failure in Failure if failure is not Failure.SILENT])
def test_a_failure_is_named_with_its_detail(failure: Failure) -> None:
    act = lambda batch: [Reply("e", None, failure, "why", latency=1.5, tokens_in=700)]  # noqa: E731
    result = ask(all_but(Creature.OONA, FakeMind("e", act)))
    check_only_oona_fails(result, f"{failure.value}: why")
    trace = trace_for(result, Creature.OONA)
    assert trace.response is None
    assert (trace.latency, trace.tokens_in) == (1.5, 700)


def test_within_one_batch_each_reply_counts_for_itself() -> None:
    def act(batch: Sequence[Request]) -> object:
        return [
            Reply("m", None, Failure.LATE)
            if request.view.creature is Creature.OONA
            else Reply("m", sells(request.view) if request.view.creature is not Creature.PIP else "nonsense")
            for request in batch
        ]

    result = ask(dict.fromkeys(CREATURES, FakeMind("m", act)))
    missing = [creature for creature, decision in result.decisions.items() if decision is None]
    assert missing == [Creature.OONA, Creature.PIP]


def test_a_cut_reply_is_read_as_far_as_it_goes() -> None:
    text = '{"thought":"Cold.","orders":{"honey":"sell 2 at 5","firewood":"buy 1 a'
    act = lambda batch: [Reply("m", text, Failure.LENGTH)]  # noqa: E731
    result = ask(all_but(Creature.OONA, FakeMind("m", act)))
    assert result.decisions[Creature.OONA] == Decision("Cold.", (Order(Side.SELL, Good.HONEY, 5, 2),))
    assert "truncated" in trace_for(result, Creature.OONA).repairs


@pytest.mark.parametrize(("text", "why"), [("", "empty"), ("<think>Wood is dear, so", "no-final")])
def test_a_reply_cut_before_it_said_anything_says_so(text: str, why: str) -> None:
    act = lambda batch: [Reply("m", text, Failure.LENGTH)]  # noqa: E731
    check_only_oona_fails(ask(all_but(Creature.OONA, FakeMind("m", act))), f"length: {why}")


def test_half_a_letter_is_read_and_recorded_alike() -> None:
    """A reply cut within an emoji: JSON can hold that, a file cannot."""
    said = {"thought": "Cold \ud83e", "orders": {}, "gossip": "Brr \udd76", "answers": []}
    texts = json.dumps(said), json.dumps(said, ensure_ascii=False)
    for text in texts:
        act = partial(lambda text, batch: [Reply("m", text)], text)
        result = ask(all_but(Creature.OONA, FakeMind("m", act)))
        assert result.decisions[Creature.OONA] is not None
        trace = trace_for(result, Creature.OONA)
        for kept in (trace.response, trace.thought, trace.gossip, trace.why):
            (kept or "").encode()


def test_a_trace_says_what_was_asked_answered_and_made_of_it() -> None:
    text = '```json\n{"thought":"Hm.","orders":[{"side":"SELL","good":"honey","price":5,"qty":2},'
    text += '{"side":"buy","good":"honey","price":9,"qty":1}],"gossip":"Frost.","answers":[]}\n```'
    act = lambda batch: [Reply("qwen", text, None, "", 700, 90, 640, 0.25)]  # noqa: E731
    trace = trace_for(ask(all_but(Creature.OONA, FakeMind("m", act))), Creature.OONA)
    assert trace == Trace(
        wood=trace.wood,
        turn=12,
        creature=Creature.OONA,
        system=trace.system,
        user=trace.user,
        response=text,
        thought="Hm.",
        orders=(Order(Side.SELL, Good.HONEY, 5, 2),),
        gossip="Frost.",
        engine="qwen",
        tokens_in=700,
        tokens_out=90,
        tokens_cached=640,
        latency=0.25,
        valid=False,
        repairs=("fence", "listed", "side"),
        drops=("own-product",),
        why="",
    )
    assert "You are Oona, the owl." in trace.system
    assert trace.user.startswith("Turn 12")


def test_a_prompt_that_cannot_fit_is_that_creatures_turn_alone(caplog: pytest.LogCaptureFixture) -> None:
    views = VIEWS | {Creature.OONA: make_view(name="O" * 40)}
    mind = FakeMind("m")
    count = lambda text: 5000 if "OOOO" in text else len(text) // 5  # noqa: E731
    council = Council(dict.fromkeys(CREATURES, mind), RULES, count=count)
    result = asyncio.run(council.decide("w", 7, views))
    assert result.decisions[Creature.OONA] is None
    assert trace_for(result, Creature.OONA).why.startswith("length: ")
    assert [request.view.creature for request in mind.batches[0]] == list(CREATURES[1:])
    assert sum(decision is not None for decision in result.decisions.values()) == 4


def test_a_prompt_that_cannot_be_written_is_that_creatures_turn_alone(caplog: pytest.LogCaptureFixture) -> None:
    def count(text: str) -> int:
        if "You are Oona" in text:
            raise ZeroDivisionError
        return len(text) // 5

    council = Council(dict.fromkeys(CREATURES, FakeMind("m")), RULES, count=count)
    check_only_oona_fails(asyncio.run(council.decide("w", 7, VIEWS)), "error: ZeroDivisionError")
    assert "no prompt for oona" in caplog.text


def test_without_prompts_and_traces() -> None:
    mind = FakeMind("m")
    council = Council(dict.fromkeys(CREATURES, mind), RULES, render=False, keep_traces=False)
    result = asyncio.run(council.decide("w", 7, VIEWS))
    assert result.traces == ()
    assert all(result.decisions.values())
    assert [request.messages for request in mind.batches[0]] == [()] * 5


def test_only_creatures_with_a_view_are_asked() -> None:
    mind = FakeMind("m")
    council = Council(dict.fromkeys(CREATURES, mind), RULES)
    result = asyncio.run(council.decide("w", 7, {Creature.PIP: VIEWS[Creature.PIP]}))
    assert list(result.decisions) == [Creature.PIP]
    assert asyncio.run(council.decide("w", 7, {})) == CouncilResult({})


def test_every_creature_needs_a_mind() -> None:
    with pytest.raises(ValueError, match="no mind for bramble, fenn, mossback, pip"):
        Council({Creature.OONA: FakeMind("m")}, RULES)


def test_answering_now_is_the_same_as_answering_later() -> None:
    council = Council(dict.fromkeys(CREATURES, AnsweringMind("rule", sells)), RULES)
    now = council.decide_now("w", 7, VIEWS)
    assert now == asyncio.run(council.decide("w", 7, VIEWS))
    assert all(trace.latency == 0.0 and trace.valid and trace.engine == "rule" for trace in now.traces)


def test_a_mind_that_needs_a_loop_says_so() -> None:
    council = Council(all_but(Creature.OONA, AnsweringMind("rule", sells)), RULES)
    with pytest.raises(TypeError, match="need an event loop: good"):
        council.decide_now("w", 7, VIEWS)


def test_a_rule_that_fails_for_one_creature_fails_for_that_one(caplog: pytest.LogCaptureFixture) -> None:
    def answer(view: View, seed: int) -> str:
        if view.creature is Creature.OONA:
            raise ZeroDivisionError
        return sells(view)

    council = Council(dict.fromkeys(CREATURES, AnsweringMind("rule", answer)), RULES)
    check_only_oona_fails(council.decide_now("w", 7, VIEWS), "error: ZeroDivisionError")


def test_seeds_differ_by_wood_turn_and_creature_and_never_by_anything_else() -> None:
    seeds = {seed_of(seed, turn, creature) for seed in range(5) for turn in range(20) for creature in CREATURES}
    assert len(seeds) == 5 * 20 * 5
    assert all(0 <= seed < 2**63 for seed in seeds)
    assert seed_of(7, 12, Creature.OONA) == seed_of(7, 12, Creature.OONA)


def test_a_recording_replays_the_council() -> None:
    first = Council(dict.fromkeys(CREATURES, AnsweringMind("rule", sells)), RULES).decide_now("w", 7, VIEWS)
    recorded = RecordedMind.from_traces(first.traces)
    again = Council(dict.fromkeys(CREATURES, recorded), RULES).decide_now("w", 99, VIEWS)
    assert again.decisions == first.decisions
    assert {trace.engine for trace in again.traces} == {"recorded"}


def test_what_was_not_recorded_is_missing() -> None:
    recorded = RecordedMind({(12, Creature.PIP): sells(VIEWS[Creature.PIP]), (13, Creature.OONA): "{}"})
    result = ask(dict.fromkeys(CREATURES, recorded))
    assert [creature for creature, decision in result.decisions.items() if decision] == [Creature.PIP]
    assert trace_for(result, Creature.OONA).why == "missing: no stored reply of oona in turn 12"


def test_a_call_without_a_reply_is_not_replayed_as_an_empty_one() -> None:
    silent = FakeMind("m", lambda batch: [Reply("m", None, Failure.LATE) for _ in batch])
    result = ask(dict.fromkeys(CREATURES, silent))
    assert RecordedMind.from_traces(result.traces).replies == {}


def test_closing_closes_every_mind_once() -> None:
    one, two = FakeMind("one"), FakeMind("two")
    council = Council(dict.fromkeys(CREATURES, one) | {Creature.PIP: two}, RULES)
    asyncio.run(council.close())
    assert (one.closed, two.closed) == (1, 1)


async def test_a_silent_mind_is_an_absence_and_no_bad_reply() -> None:
    minds: dict[Creature, Mind] = {**dict.fromkeys(CREATURES, FakeMind("loud")), Creature.PIP: SilentMind()}
    council = Council(minds, RULES)
    result = await council.decide("w", 1, VIEWS)
    assert result.decisions[Creature.PIP] is None
    assert [creature for creature, decision in result.decisions.items() if decision is None] == [Creature.PIP]
    assert {trace.creature for trace in result.traces} == {*CREATURES} - {Creature.PIP}
    alone = Council(dict.fromkeys(CREATURES, SilentMind()), RULES).decide_now("w", 1, VIEWS)
    assert (alone.decisions, alone.traces) == (dict.fromkeys(CREATURES), ())
