"""Questions never stand in a turn's way: they wait for turns, give way to them, and come to an end in their time."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from data.content import default_rules
from inference import council as module
from inference.asking import Asker, Question
from inference.council import Council
from inference.protocol import Doing, Failure, Mind, Reply, Request, Stage, State, Tokenizer
from inference.roster import seat
from inference.silent import SilentMind
from inference.turnstile import AT_ONCE, QUEUE, Turnstile
from tests.inference.test_council import FakeMind, StubbornMind, sells
from tests.inference.views import make_view
from wood.names import CREATURES, Creature

RULES = default_rules()
VIEWS = {creature: make_view(creature, offers=(), tongue=RULES.tongue) for creature in CREATURES}
QUESTION = Question("Will honey get dearer?", Asker("the patron Alder"))
PATIENCE = 20.0


def is_question(batch: Sequence[Request]) -> bool:
    return "answer" in batch[0].schema["properties"]


class SlowMind(FakeMind):
    """A mind that decides turns at once and answers a question when it is let; notes what it gave up."""

    def __init__(self, answer: str = '{"answer": "Dearer, I fear."}') -> None:
        super().__init__("slow", self._say)
        self.answer = answer
        self.let = asyncio.Event()
        self.asked = asyncio.Event()
        self.begun = self.given_up = self.most = self._under_way = 0
        self.turn = asyncio.Event()
        self.turn.set()

    def _say(self, batch: Sequence[Request]) -> list[Reply]:
        said = self.answer if is_question(batch) else None
        return [Reply(self.name, said or sells(each.view)) for each in batch]

    async def decide(self, batch: Sequence[Request], deadline: float) -> Sequence[Reply]:
        if not is_question(batch):
            self.batches.append(batch)
            await self.turn.wait()
            return self._say(batch)
        self.begun += 1
        self._under_way += 1
        self.most = max(self.most, self._under_way)
        self.asked.set()
        try:
            await self.let.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        finally:
            self._under_way -= 1
        return self._say(batch)


def council(mind: Mind) -> Council:
    return Council(dict.fromkeys(CREATURES, mind), RULES, deadline=PATIENCE)


def asking(minds: Council, creature: Creature = Creature.PIP) -> "asyncio.Task[str]":
    return asyncio.ensure_future(minds.ask("w", 7, VIEWS[creature], QUESTION))


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0)


async def test_a_model_answers_in_its_creatures_name() -> None:
    mind = SlowMind()
    mind.let.set()
    assert await council(mind).ask("w", 7, VIEWS[Creature.PIP], QUESTION) == "Dearer, I fear."


async def test_a_turn_begins_at_once_whatever_is_being_asked_and_the_question_comes_behind_it() -> None:
    mind = SlowMind()
    minds = council(mind)
    question = asking(minds)
    await mind.asked.wait()
    mind.turn.clear()
    deciding = asyncio.ensure_future(minds.decide("w", 7, VIEWS))
    await until(lambda: bool(mind.batches))
    assert mind.given_up == 1, "it was ended before the turn was decided"
    late = asking(minds, Creature.OONA)
    for _ in range(20):
        await asyncio.sleep(0)
    assert mind.begun == 1, "nothing is asked while a turn is decided"
    mind.turn.set()
    assert all((await deciding).decisions.values())
    mind.let.set()
    assert await question == await late == "Dearer, I fear."
    assert mind.begun == 3


async def test_no_turn_waits_for_a_mind_that_will_not_give_up_a_question() -> None:
    mind = StubbornMind("stubborn", lambda batch: [Reply("stubborn", '{"answer": "Yes."}') for _ in batch])
    mind.hang = asyncio.Event()
    other = FakeMind("other")
    stile = Turnstile()
    question = asyncio.ensure_future(
        stile.question(lambda left: mind.decide([Request("w", 1, VIEWS[Creature.PIP], (), {})], left), PATIENCE)
    )
    await asyncio.sleep(0)
    with stile.turn():
        assert await other.decide([Request("w", 1, VIEWS[Creature.PIP], (), {})], 1.0)
    mind.hang.set()
    assert await question == [Reply("stubborn", '{"answer": "Yes."}')]


async def test_two_are_asked_at_a_time_some_wait_and_the_rest_go_without_at_once() -> None:
    mind = SlowMind()
    minds = council(mind)
    questions = [asking(minds) for _ in range(AT_ONCE + QUEUE + 5)]
    await until(lambda: mind.begun == AT_ONCE and sum(each.done() for each in questions) == 5)
    assert [await each for each in questions if each.done()] == [""] * 5
    mind.let.set()
    answers = await asyncio.gather(*questions)
    assert answers.count("Dearer, I fear.") == AT_ONCE + QUEUE
    assert mind.most == AT_ONCE


async def test_a_question_ends_in_its_time_and_frees_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANSWERING", 0.01)
    mind = SlowMind()
    minds = council(mind)
    assert await asyncio.gather(*(asking(minds) for _ in range(AT_ONCE + QUEUE))) == [""] * (AT_ONCE + QUEUE)
    mind.let.set()
    monkeypatch.setattr(module, "ANSWERING", PATIENCE)
    assert await asking(minds) == "Dearer, I fear."


async def test_a_question_that_waits_for_a_turn_ends_in_its_time_too() -> None:
    stile = Turnstile()
    with stile.turn():
        assert await stile.question(lambda left: asyncio.sleep(0, "said"), 0.01) is None
    assert await stile.question(lambda left: asyncio.sleep(0, "said"), PATIENCE) == "said"


async def test_turns_of_several_woods_are_all_waited_for() -> None:
    stile = Turnstile()
    with stile.turn():
        with stile.turn():
            pass
        assert await stile.question(lambda left: asyncio.sleep(0, "said"), 0.01) is None


async def test_who_asks_and_goes_ends_the_question() -> None:
    mind = SlowMind()
    question = asking(council(mind))
    await mind.asked.wait()
    question.cancel()
    with pytest.raises(asyncio.CancelledError):
        await question
    await until(lambda: mind.given_up == 1)


@pytest.mark.parametrize(
    "act",
    [
        lambda batch: [Reply("fake", None, Failure.LATE)],
        lambda batch: [Reply("fake", None, Failure.SILENT)],
        lambda batch: [],
        lambda batch: 1 // 0,
        lambda batch: [Reply("fake", '{"orders": []}')],
        lambda batch: [Reply("fake", "")],
    ],
)
async def test_a_mind_that_fails_leaves_the_answer_to_others(act: Callable[[Sequence[Request]], object]) -> None:
    assert await council(FakeMind("odd", act)).ask("w", 7, VIEWS[Creature.PIP], QUESTION) == ""


async def test_a_mind_that_ends_its_own_work_is_not_asked_for_ever() -> None:
    def ended(batch: Sequence[Request]) -> object:
        raise asyncio.CancelledError

    mind = FakeMind("ended", ended)
    assert await council(mind).ask("w", 7, VIEWS[Creature.PIP], QUESTION) == ""
    assert len(mind.batches) == 1


class Sleeping(SlowMind):
    """A model that is not there yet."""

    state = State(Stage.BUILDING, Doing.LOADING)
    tokenizer: Tokenizer | None = None

    def start(self) -> None:
        """Never."""


async def test_minds_that_are_rules_silent_or_asleep_are_not_asked() -> None:
    mind = Sleeping()
    for minds in (Council(seat("instinct"), RULES), council(SilentMind()), council(mind)):
        assert await minds.ask("w", 7, VIEWS[Creature.PIP], QUESTION) == ""
    assert not mind.begun
