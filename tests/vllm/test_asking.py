"""A real vLLM with random weights that players ask: its answers fit, and a turn does not wait for them."""

import asyncio

import pytest

from inference import council as module
from inference.asking import BUDGET, Asker, Question, read_answer, render, schema_of, tellable
from inference.engines.vllm import VllmMind
from inference.protocol import Request
from tests.vllm.engine import LONG, RULES, asking, council, until
from tests.vllm.test_engine import views
from wood.asked import MAX_ANSWER
from wood.names import CREATURES, Creature

pytestmark = pytest.mark.timeout(1800)
QUESTION = Question("Will honey get dearer?", Asker("the patron Alder", 5), "Wood is what I want.")


@pytest.fixture(autouse=True)
def _patiently(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANSWERING", LONG)


async def test_whatever_it_answers_fits_and_is_read(engine: VllmMind) -> None:
    asked = []
    for who, view in views().items():
        told = tellable(view, QUESTION.asker)
        asked.append(Request("w", CREATURES.index(who), told, render(told, QUESTION), schema_of(RULES.tongue.letters)))
    for reply in await engine.decide(asked, LONG):
        assert reply.failure is None
        assert 0 < reply.tokens_in <= BUDGET
        assert reply.text
        assert reply.text.startswith('{"answer":')
        assert len(reply.text) <= MAX_ANSWER + len('{"answer":""}')
        assert read_answer(reply.text, RULES.tongue.letters)


async def test_a_turn_that_comes_while_it_answers_is_decided_and_the_question_after_it(engine: VllmMind) -> None:
    minds = council(engine)
    question = asyncio.create_task(minds.ask("w", 7, views()[Creature.PIP], QUESTION))
    await until(lambda: asking(engine) > 0, 60)
    result = await minds.decide("w", 7, views())
    assert all(result.decisions.values())
    assert await question
    await until(lambda: asking(engine) == 0, 10)
