"""A real vLLM with random weights that players ask: its answers fit, and a turn does not wait for them."""

import asyncio
import json
import re

import pytest

from inference import council as module
from inference.asking import BUDGET, Asker, Question, answer_schema, read_answer, render, tellable
from inference.engines.vllm import VllmMind
from inference.protocol import Request
from tests.vllm.engine import LONG, RULES, asking, council, until
from tests.vllm.test_engine import views
from wood.names import CREATURES

pytestmark = pytest.mark.timeout(1800)
QUESTION = Question("Will honey get dearer?", Asker("the patron Alder", 5), "Wood is what I want.")


@pytest.fixture(autouse=True)
def _patiently(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANSWERING", LONG)


async def test_whatever_it_answers_fits_and_is_read(engine: VllmMind) -> None:
    asked = []
    for who, view in views().items():
        told = tellable(view, QUESTION.asker)
        asked.append(
            Request("w", CREATURES.index(who), told, render(told, QUESTION), answer_schema(RULES.tongue.letters))
        )
    pattern = re.compile(answer_schema(RULES.tongue.letters)["properties"]["answer"]["pattern"])
    replies = await engine.decide(asked, LONG)
    for reply in replies:
        assert reply.failure is None
        assert 0 < reply.tokens_in <= BUDGET
        assert reply.text
        (answer,) = json.loads(reply.text).values()
        assert pattern.fullmatch(answer)
        assert len(reply.text) == len(answer) + len('{"answer":""}'), "nothing is spent on blanks"
    assert any(read_answer(reply.text or "", RULES.tongue.letters) for reply in replies)


async def test_a_turn_that_comes_while_it_answers_is_decided_and_the_question_after_it(engine: VllmMind) -> None:
    minds = council(engine)
    questions = [asyncio.create_task(minds.ask("w", 7, view, QUESTION)) for view in views().values()]
    await until(lambda: asking(engine) > 0, 60)
    result = await minds.decide("w", 7, views())
    assert all(result.decisions.values()), [(call.creature, call.why, call.response) for call in result.traces]
    answers = await asyncio.gather(*questions)
    assert any(answers), answers  # one that random weights write may hold no letter, and is none then
    await until(lambda: asking(engine) == 0, 10)
