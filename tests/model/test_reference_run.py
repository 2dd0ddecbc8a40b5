"""Five minds with real weights play the reference run: what so small a model must manage, and the figures."""

import asyncio
import os

import pytest
from rich.console import Console

from bot.cli.tables import calls_table
from bot.lab.scenario import REFERENCE_TURNS, Scenario, reference
from bot.lab.simulate import Played, log_of, play
from data.replay import replay
from inference.engines.vllm import VllmMind
from inference.examples import example
from tests.vllm.engine import RULES, council
from wood.chronicle import EventKind
from wood.measures import mind_share
from wood.trace import Trace

pytestmark = pytest.mark.timeout(3600)

SEED = 7
TURNS = int(os.environ.get("MODEL_TURNS", REFERENCE_TURNS))
"""Fewer than the reference run has are played without what is told in it: enough to see that all of it works."""
READABLE = 0.95
"""Share of replies that must be read: a reply may be cut off at its last token, and few are."""
COPIED = 0.1
"""Share of calls that may order just what the example orders."""


@pytest.fixture(scope="module")
def played(engine: VllmMind) -> Played:
    """The reference run, or the turns that are asked for."""
    scenario = reference() if TURNS >= REFERENCE_TURNS else Scenario(TURNS, {})
    return asyncio.run(play(RULES, scenario, SEED, council(engine)))


def is_example(call: Trace, said: str, what: str) -> bool:
    """Whether words are those of the creature's example, without regard to capitals and stops."""
    shown = getattr(example(call.creature, RULES.tongue), what)
    return bool(said) and plain(said) == plain(shown)


def orders_like_the_example(call: Trace) -> bool:
    """Whether a call orders just what its creature's example orders."""
    return set(call.orders) == set(example(call.creature, RULES.tongue).orders)


def plain(text: str) -> str:
    return text.casefold().strip(" .!?")


def test_the_figures_are_printed(played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    thoughts = [call.thought for call in played.traces if call.thought]
    gossip = [call.gossip for call in played.traces if call.gossip]
    with capsys.disabled():
        shown = Console(width=100, highlight=False)
        shown.print()
        shown.print(calls_table({"SmolLM2-135M": played.calls}))
        shown.print(f"a mind's own order on both sides: {100 * mind_share(played.turns):.0f} % of trades")
        shown.print(f"calls with gossip: {len(gossip)}, of which different: {len(set(gossip))}")
        shown.print(f"thoughts: {len(thoughts)}, of which different: {len(set(thoughts))}")
        shown.print(f"calls that order what the example orders: {sum(map(orders_like_the_example, played.traces))}")
        for call in played.traces[-len(RULES.creatures) :]:
            shown.print(f"  {call.creature}: {call.response}", markup=False)
    assert played.calls.calls == len(played.traces) == len(played.turns) * 5


def test_replies_are_read_and_no_creature_buys_what_it_makes(played: Played) -> None:
    assert played.calls.violations == 0
    wrong = [(call.why, call.response) for call in played.traces if call.why]
    assert len(wrong) <= (1 - READABLE) * len(played.traces), wrong
    assert {why.partition(":")[0] for why, _ in wrong} <= {"length"}


def test_nobody_says_what_the_example_says(played: Played) -> None:
    said = [event for turn in played.turns for event in turn.events if event.kind is EventKind.GOSSIP]
    shown = {plain(example(creature, RULES.tongue).gossip) for creature in RULES.creatures}
    assert said, "nobody said anything"
    assert not [event for event in said if plain(str((event.data or {})["text"])) in shown]
    assert not [call for call in played.traces if is_example(call, call.thought, "thought")]
    assert sum(orders_like_the_example(call) for call in played.traces) <= COPIED * len(played.traces)


def test_the_minds_trade_and_the_books_and_the_replay_are_exact(played: Played) -> None:
    assert played.calls.orders > 0
    assert mind_share(played.turns) > 0
    assert played.balanced
    assert replay(log_of(played)).agrees
