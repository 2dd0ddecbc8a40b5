"""The mind in this process without vLLM: what becomes of requests while an engine is built, dies and is built anew."""

import asyncio
import importlib.machinery
import os
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

import pytest

from inference import engines
from inference.council import Council
from inference.engines import supervisor, vllm
from inference.engines.options import VllmOptions
from inference.engines.vllm import VllmMind
from inference.protocol import Doing, Engine, Failure, Reply, Request, Stage, State, Tokenizer
from inference.tokens import PROMPT, TEMPLATE
from tests.inference.asking import leap
from tests.inference.test_council import RULES, VIEWS, sells
from wood.names import CREATURES, Creature

PATIENCE = 20.0


class FakeCore:
    """What the mind asks of an engine, as told by the test."""

    all: ClassVar[list["FakeCore"]] = []
    go_on: ClassVar[threading.Event] = threading.Event()
    hang: ClassVar[bool] = False
    failing: ClassVar[bool] = False
    cold: ClassVar[list[Reply | None]] = []

    def __init__(self, options: VllmOptions) -> None:
        while not self.go_on.wait(0.001):
            pass
        if self.failing:
            raise OSError("no such model in /somewhere/secret")
        self.options = options
        self.broken = False
        self.asked: list[Any] = []
        self.scrapped = False
        self.all.append(self)

    async def tokenizer(self) -> Tokenizer | None:
        return Tokenizer(lambda text: len(text) // 6, TEMPLATE + 20)

    async def answer(self, batch: Sequence[Request], ends: float) -> list[Reply | None]:
        self.asked.append(batch)
        if batch[0].wood == "warming-up":
            if self.cold:
                self.broken = self.cold[0] is None
                return [Reply("vllm", "{}"), *[self.cold.pop(0)] * (len(batch) - 1)]
            return [Reply("vllm", "{}") for _ in batch]
        replies: list[Reply | None] = [Reply("vllm", sells(each.view)) for each in batch]
        while self.hang and not self.broken:
            if asyncio.get_running_loop().time() > ends:
                return [Reply("vllm", None, Failure.LATE)] * len(batch)
            await asyncio.sleep(0.002)
        return replies if not self.broken else [replies[0], *[None] * (len(batch) - 1)]

    def scrap(self) -> None:
        self.scrapped = True


def replace(patch: pytest.MonkeyPatch, name: str, **members: Any) -> None:
    """Put something in the place of a module that needs vLLM."""
    module = ModuleType(f"inference.engines.{name}")
    module.__spec__ = importlib.machinery.ModuleSpec(module.__name__, None)
    vars(module).update(members)
    patch.setitem(sys.modules, module.__name__, module)
    patch.setattr(engines, name, module, raising=False)


@pytest.fixture(autouse=True)
async def mind(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[VllmMind]:
    replace(monkeypatch, "vllm_core", Core=FakeCore)
    replace(monkeypatch, "processes", family=list, end=lambda processes: FakeCore.go_on.set())
    monkeypatch.setattr(vllm, "installed", lambda: True)
    monkeypatch.setattr(supervisor, "PULSE", 0.005)
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.001)
    fresh = {"all": [], "go_on": threading.Event(), "hang": False, "failing": False, "cold": []}
    for name, value in fresh.items():
        monkeypatch.setattr(FakeCore, name, value)
    FakeCore.go_on.set()
    made = VllmMind(VllmOptions(model="some/tiny-model", retry_seconds=0.01))
    yield made
    FakeCore.go_on.set()
    await made.close()
    assert all(core.scrapped for core in FakeCore.all)


def council(mind: VllmMind, deadline: float = PATIENCE) -> Council:
    return Council(dict.fromkeys(CREATURES, mind), RULES, deadline=deadline)


async def test_it_sleeps_until_it_is_built_and_says_what_it_is_at(mind: VllmMind) -> None:
    assert isinstance(mind, Engine)
    wood = council(mind)
    assert (await wood.decide("w", 1, VIEWS)).traces[0].why == "asleep: unstarted"
    FakeCore.go_on.clear()
    wood.start()
    began = time.monotonic()
    result = await wood.decide("w", 1, VIEWS)
    assert time.monotonic() - began < PATIENCE / 2, "a turn must not wait for an engine that is being built"
    assert set(result.decisions.values()) == {None}
    assert result.traces[0].why.startswith("asleep: loading (model tiny-model, seconds ")
    (state,) = wood.asleep()
    assert (state.doing, state.facts["model"]) == (Doing.LOADING, "tiny-model")
    assert {state.stage for state in wood.states().values()} == {Stage.BUILDING}
    FakeCore.go_on.set()
    assert await mind.ready(PATIENCE)
    assert wood.asleep() == ()
    assert all((await wood.decide("w", 1, VIEWS)).decisions.values())


async def test_it_is_warmed_up_with_the_ten_grammars_before_anybody_is_let_in(mind: VllmMind) -> None:
    mind.start()
    assert await mind.ready(PATIENCE)
    (core,) = FakeCore.all
    (warming,) = core.asked
    assert len({id(each.schema) for each in warming}) == 10
    assert len({each.messages[0]["content"] for each in warming}) == 1


@pytest.mark.parametrize("reply", [None, Reply("vllm", None, Failure.LATE), Reply("vllm", None, Failure.ERROR, "no")])
async def test_an_engine_that_does_not_answer_its_first_requests_is_never_handed_out(
    mind: VllmMind, reply: Reply | None, caplog: pytest.LogCaptureFixture
) -> None:
    FakeCore.cold = [reply] * 2
    mind.start()
    assert await mind.ready(PATIENCE)
    assert [core.scrapped for core in FakeCore.all] == [True, True, False]
    assert mind.built == 1
    assert "no answer to the first requests" in caplog.text


async def test_closing_while_vllm_is_imported_builds_nothing(mind: VllmMind, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import cannot be ended; what comes after it can."""
    importing, abandoned = threading.Event(), threading.Event()

    def slowly(name: str) -> type[FakeCore]:
        importing.set()
        abandoned.wait(PATIENCE)
        return FakeCore

    module = sys.modules["inference.engines.vllm_core"]
    monkeypatch.delattr(module, "Core")
    monkeypatch.setattr(module, "__getattr__", slowly, raising=False)
    monkeypatch.setattr(engines, "processes", SimpleNamespace(family=list, end=lambda processes: abandoned.set()))
    mind.start()
    await asyncio.to_thread(importing.wait, PATIENCE)
    await mind.close()
    assert abandoned.is_set()
    assert not FakeCore.all
    assert mind.state.stage is Stage.ASLEEP


@pytest.mark.parametrize("depth", [1, 20])
async def test_sockets_have_a_short_folder_that_goes_with_the_mind(
    mind: VllmMind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, depth: int
) -> None:
    deep = tmp_path.joinpath(*["folder"] * depth)
    deep.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(deep) if depth > 1 else None)
    monkeypatch.delenv("VLLM_RPC_BASE_PATH", raising=False)
    mind.start()
    assert await mind.ready(PATIENCE)
    folder = Path(os.environ["VLLM_RPC_BASE_PATH"])
    assert folder.is_dir()
    assert len(str(folder)) < 70
    await mind.close()
    assert not folder.exists()
    assert "VLLM_RPC_BASE_PATH" not in os.environ, "what is started later would look for its sockets there"


async def test_requests_of_a_turn_reach_the_engine_together(mind: VllmMind) -> None:
    mind.start()
    assert await mind.ready(PATIENCE)
    await council(mind).decide("w", 1, VIEWS)
    assert [request.view.creature for request in FakeCore.all[0].asked[1]] == list(CREATURES)


async def test_prompts_are_counted_as_the_engine_counts(mind: VllmMind) -> None:
    wood = council(mind)
    count, budget = wood._scale(mind)
    assert count("six by six by six.") != 3
    assert budget == PROMPT
    mind.start()
    assert await mind.ready(PATIENCE)
    count, budget = wood._scale(mind)
    assert count("six by six by six.") == 3
    assert budget == PROMPT - 20


async def test_what_a_death_left_is_asked_again_of_the_next_engine(mind: VllmMind) -> None:
    mind.start()
    assert await mind.ready(PATIENCE)
    FakeCore.hang = True
    turn = asyncio.create_task(council(mind).decide("w", 1, VIEWS))
    while len(FakeCore.all[0].asked) < 2:
        await asyncio.sleep(0.001)
    FakeCore.hang = False
    FakeCore.all[0].broken = True
    result = await turn
    assert all(result.decisions.values())
    first, second = FakeCore.all
    assert [request.view.creature for request in second.asked[1]] == list(CREATURES[1:]), "one had its answer already"
    assert first.scrapped
    assert mind.built == 2


async def test_what_a_death_left_and_the_next_engine_cannot_answer_in_time_is_dead(
    mind: VllmMind, monkeypatch: pytest.MonkeyPatch
) -> None:
    mind.start()
    assert await mind.ready(PATIENCE)
    FakeCore.hang = True
    minds = Council(dict.fromkeys(CREATURES, mind), RULES, deadline=PATIENCE, grace=10 * PATIENCE)
    turn = asyncio.create_task(minds.decide("w", 1, VIEWS))
    async with asyncio.timeout(PATIENCE):
        while len(FakeCore.all[0].asked) < 2:
            await asyncio.sleep(0.001)
        FakeCore.go_on.clear()
        FakeCore.all[0].broken = True
        while not mind._supervisor._waiting:
            await asyncio.sleep(0.001)
    leap(monkeypatch, 2 * PATIENCE)
    result = await turn
    assert result.decisions[Creature.OONA] is not None
    assert [trace.why.partition(":")[0] for trace in result.traces] == ["", *["dead"] * 4]
    later = await council(mind).decide("w", 2, VIEWS)
    assert {trace.why.partition(":")[0] for trace in later.traces} == {"asleep"}


async def test_a_request_that_engines_die_of_does_not_kill_one_after_the_other(mind: VllmMind) -> None:
    mind.start()
    assert await mind.ready(PATIENCE)
    FakeCore.hang = True
    turn = asyncio.create_task(council(mind).decide("w", 1, VIEWS))
    for number in range(2):
        async with asyncio.timeout(PATIENCE):
            while len(FakeCore.all) <= number or len(FakeCore.all[number].asked) < 2:
                await asyncio.sleep(0.001)
        FakeCore.all[number].broken = True
    result = await turn
    whys = [trace.why.partition(":")[0] for trace in result.traces]
    assert whys == ["", "", "dead", "dead", "dead"]
    assert await mind.ready(PATIENCE)
    assert len(FakeCore.all[2].asked) == 1, "the third was warmed up and asked nothing more"


async def test_who_is_late_is_late(mind: VllmMind) -> None:
    mind.start()
    assert await mind.ready(PATIENCE)
    FakeCore.hang = True
    result = await council(mind, deadline=0.05).decide("w", 1, VIEWS)
    assert {trace.why for trace in result.traces} == {"late"}


async def test_a_model_that_cannot_be_loaded_is_said_without_its_path(mind: VllmMind) -> None:
    FakeCore.failing = True
    mind.start()
    async with asyncio.timeout(PATIENCE):
        while mind.state.stage is not Stage.DEAD:
            await asyncio.sleep(0.001)
    assert mind.state == State(Stage.DEAD, Doing.UNLOADABLE, {"model": "tiny-model", "error": "OSError"})
    FakeCore.failing = False
    assert await mind.ready(PATIENCE)


async def test_two_minds_of_a_process_never_have_an_engine_each(mind: VllmMind) -> None:
    mind.start()
    assert await mind.ready(PATIENCE)
    other = VllmMind(VllmOptions(retry_seconds=0.01))
    other.start()
    assert not await other.ready(0.1)
    assert len(FakeCore.all) == 1
    await mind.close()
    assert await other.ready(PATIENCE)
    await other.close()
    assert len(FakeCore.all) == 2


def test_without_vllm_there_is_no_mind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vllm, "installed", lambda: False)
    with pytest.raises(ModuleNotFoundError, match="vLLM"):
        VllmMind()
