"""An engine that is built in the background, watched, buried and built anew, without vLLM: its keeper alone."""

import asyncio
import itertools
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest

from inference.engines import supervisor as module
from inference.engines.supervisor import EngineDiedError, NotReadyError, Supervisor
from inference.protocol import Doing, Stage

PATIENCE = 20.0


class Engine:
    """An engine that can be killed."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.dead = asyncio.Event()
        self.loop = asyncio.get_running_loop()

    def kill(self) -> None:
        self.loop.call_soon_threadsafe(self.dead.set)

    async def say(self) -> int:
        await asyncio.sleep(0)
        return self.number

    async def work_until_killed(self) -> int:
        await self.dead.wait()
        raise EngineDiedError


class Workshop:
    """Makes engines as told, and notes whether two ever lived at once."""

    def __init__(self, fails: Callable[[int], bool] = lambda number: False) -> None:
        self.fails = fails
        self.numbers = itertools.count(1)
        self.living = 0
        self.most = 0
        self.built: list[Engine] = []
        self.scrapped: list[int] = []
        self.threads: set[int] = set()
        self.go_on = threading.Event()
        self.go_on.set()
        self.abandoned = threading.Event()
        self.tried: list[float] = []

    def build(self) -> Engine:
        self.threads.add(threading.get_ident())
        number = next(self.numbers)
        self.tried.append(time.monotonic())
        while not self.go_on.wait(0.001):
            if self.abandoned.is_set():
                raise RuntimeError("abandoned")
        if self.fails(number):
            raise MemoryError("no room")
        self.living += 1
        self.most = max(self.most, self.living)
        self.built.append(Engine(number))
        return self.built[-1]

    async def warm_up(self, engine: Engine) -> None:
        await asyncio.sleep(0)

    def broken(self, engine: Engine) -> bool:
        return engine.dead.is_set()

    def scrap(self, engine: Engine) -> None:
        self.threads.add(threading.get_ident())
        self.living -= 1
        self.scrapped.append(engine.number)

    def abandon(self) -> None:
        self.abandoned.set()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PULSE", 0.005)


@asynccontextmanager
async def supervised(workshop: Workshop, **more: float) -> AsyncIterator[Supervisor[Engine]]:
    kept: Supervisor[Engine] = Supervisor(workshop, "tiny", **{"first_pause": 0.001, **more})
    try:
        yield kept
    finally:
        await kept.close()
        assert workshop.living == 0
        assert workshop.most <= 1


def stage(kept: Supervisor[Engine]) -> Stage:
    return kept.state.stage


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.002)


async def test_it_is_asleep_until_started_then_built_then_ready() -> None:
    workshop = Workshop()
    workshop.go_on.clear()
    async with supervised(workshop) as kept:
        assert stage(kept) is Stage.ASLEEP
        with pytest.raises(NotReadyError):
            await kept.work(Engine.say)
        kept.start()
        kept.start()
        assert stage(kept) is Stage.BUILDING
        assert (kept.state.doing, kept.state.facts["model"]) == (Doing.LOADING, "tiny")
        assert 0 <= int(kept.state.facts["seconds"]) < PATIENCE
        assert not await kept.ready(0.01)
        workshop.go_on.set()
        assert await kept.ready(PATIENCE)
        assert kept.state.ready
        assert kept.built == 1
        assert await kept.work(Engine.say) == 1
    assert stage(kept) is Stage.ASLEEP
    assert workshop.scrapped == [1]
    assert workshop.threads.isdisjoint({threading.get_ident()}), "building would have held up the asking loop"


async def test_the_asking_loop_goes_on_while_the_engine_is_built() -> None:
    workshop = Workshop()
    workshop.go_on.clear()
    async with supervised(workshop) as kept:
        kept.start()
        ticks = 0
        while ticks < 50:
            await asyncio.sleep(0)
            ticks += 1
        assert stage(kept) is Stage.BUILDING
        workshop.go_on.set()
        assert await kept.ready(PATIENCE)


async def test_a_death_at_work_is_told_at_once_and_the_next_engine_takes_over() -> None:
    workshop = Workshop()
    async with supervised(workshop) as kept:
        kept.start()
        assert await kept.ready(PATIENCE)
        working = asyncio.create_task(kept.work(Engine.work_until_killed))
        await asyncio.sleep(0.01)
        workshop.go_on.clear()
        workshop.built[0].kill()
        with pytest.raises(EngineDiedError):
            await working
        assert not kept.state.ready
        with pytest.raises(NotReadyError):
            await kept.work(Engine.say)
        workshop.go_on.set()
        assert await kept.ready(PATIENCE)
        assert await kept.work(Engine.say) == 2
        assert kept.built == 2
    assert workshop.scrapped == [1, 2]


async def test_a_death_while_idle_is_noticed() -> None:
    workshop = Workshop()
    async with supervised(workshop) as kept:
        kept.start()
        assert await kept.ready(PATIENCE)
        workshop.built[0].kill()
        await until(lambda: kept.built == 2)
        assert await kept.work(Engine.say) == 2


async def test_what_cannot_be_built_is_tried_again_with_growing_pauses() -> None:
    workshop = Workshop(fails=lambda number: number < 6)
    seen = set()
    async with supervised(workshop, first_pause=0.01, longest_pause=0.04) as kept:
        kept.start()
        while not await kept.ready(0.001):
            seen.add((kept.state.stage, str(kept.state)))
        assert kept.built == 1
    assert (Stage.DEAD, "unloadable (model tiny, error MemoryError)") in seen
    pauses = [later - sooner for sooner, later in itertools.pairwise(workshop.tried)]
    assert [pause >= least for pause, least in zip(pauses, (0.01, 0.02, 0.04, 0.04, 0.04), strict=True)] == [True] * 5


async def test_engines_that_die_soon_are_built_with_growing_pauses_however_long_building_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spent = 0.0

    class Slow(Workshop):
        def build(self) -> Engine:
            nonlocal spent
            spent += 2 * module.STEADY
            return super().build()

    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + spent))
    workshop = Slow()
    async with supervised(workshop, first_pause=0.01, longest_pause=0.08) as kept:
        kept.start()
        for death in range(5):
            await until(lambda death=death: kept.built == death + 1)  # type: ignore[misc]
            workshop.built[-1].kill()
        await until(lambda: kept.built == 6)
    pauses = [later - sooner for sooner, later in itertools.pairwise(workshop.tried)]
    assert [pause >= least for pause, least in zip(pauses, (0.01, 0.02, 0.04, 0.08, 0.08), strict=True)] == [True] * 5


async def test_an_engine_that_had_worked_for_a_while_is_built_anew_without_delay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spent = 0.0
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + spent))
    workshop = Workshop(fails=lambda number: number < 4)
    paused: list[float] = []
    async with supervised(workshop) as kept:
        pause = kept._pause

        async def noted(seconds: float) -> None:
            paused.append(seconds)
            await pause(seconds)

        monkeypatch.setattr(kept, "_pause", noted)
        kept.start()
        assert await kept.ready(PATIENCE)
        spent += 2 * module.STEADY
        workshop.built[0].kill()
        await until(lambda: kept.built == 2)
    assert paused == [0.001, 0.002, 0.004, 0.001]


async def test_what_wants_to_end_the_program_only_ends_the_attempt() -> None:
    class Exits(Workshop):
        def build(self) -> Engine:
            engine = super().build()
            if engine.number < 2:
                self.scrap(engine)
                raise SystemExit(1)
            return engine

    seen = set()
    async with supervised(Exits(), first_pause=0.01) as kept:
        kept.start()
        while not await kept.ready(0.001):
            seen.add((kept.state.stage, str(kept.state)))
        assert await kept.work(Engine.say) == 2
    assert (Stage.DEAD, "unloadable (model tiny, error SystemExit)") in seen


async def test_an_engine_that_cannot_be_warmed_up_is_never_handed_out() -> None:
    class Cold(Workshop):
        async def warm_up(self, engine: Engine) -> None:
            if engine.number < 3:
                raise RuntimeError("no grammar")

    workshop = Cold()
    async with supervised(workshop) as kept:
        kept.start()
        assert await kept.ready(PATIENCE)
        assert await kept.work(Engine.say) == 3
        assert workshop.scrapped == [1, 2]


async def test_closing_abandons_what_is_being_built() -> None:
    workshop = Workshop()
    workshop.go_on.clear()
    async with supervised(workshop) as kept:
        kept.start()
        await until(lambda: bool(workshop.tried))
        waiting = asyncio.create_task(kept.ready(PATIENCE))
        await asyncio.sleep(0)
    assert workshop.abandoned.is_set()
    assert not await waiting
    assert not await kept.ready(PATIENCE)
    kept.start()
    assert stage(kept) is Stage.ASLEEP


async def test_closing_abandons_until_it_helps_and_never_holds_up_the_asking_loop() -> None:
    """The engine's process may not be there yet when closing begins, and ending it takes its time."""
    loop = asyncio.get_running_loop()

    class Importing(Workshop):
        calls = 0
        held_up = False

        def abandon(self) -> None:
            ticked = threading.Event()
            loop.call_soon_threadsafe(ticked.set)
            self.held_up |= not ticked.wait(PATIENCE)
            self.calls += 1
            if self.calls == 3:
                self.abandoned.set()

    workshop = Importing()
    workshop.go_on.clear()
    async with supervised(workshop) as kept:
        kept.start()
        await until(lambda: bool(workshop.tried))
    assert kept._thread is not None
    assert not kept._thread.is_alive()
    assert workshop.calls >= 3
    assert not workshop.held_up
    assert not workshop.built


async def test_closing_abandons_what_is_warming_up() -> None:
    class Warming(Workshop):
        async def warm_up(self, engine: Engine) -> None:
            while not self.abandoned.is_set():
                await asyncio.sleep(0.001)
            raise RuntimeError("died")

    workshop = Warming()
    async with supervised(workshop) as kept:
        kept.start()
        await until(lambda: stage(kept) is Stage.WARMING)
    assert workshop.abandoned.is_set()
    assert workshop.scrapped == [1]
    assert kept.built == 0


async def test_closing_takes_a_ready_engine_down_in_order() -> None:
    workshop = Workshop()
    async with supervised(workshop) as kept:
        kept.start()
        assert await kept.ready(PATIENCE)
    assert workshop.scrapped == [1]
    assert not workshop.abandoned.is_set()


async def test_closing_ends_a_pause_and_work_under_way() -> None:
    workshop = Workshop(fails=lambda number: number > 1)
    async with supervised(workshop, first_pause=600.0) as kept:
        kept.start()
        assert await kept.ready(PATIENCE)
        working = asyncio.create_task(kept.work(Engine.work_until_killed))
        await asyncio.sleep(0.01)
        await kept.close()
        with pytest.raises(NotReadyError):
            await working
    async with supervised(Workshop(fails=lambda number: True), first_pause=600.0) as kept:
        kept.start()
        await until(lambda: stage(kept) is Stage.DEAD)
        await kept.close()
    assert stage(kept) is Stage.ASLEEP


async def test_cancelling_the_asker_cancels_the_work() -> None:
    workshop = Workshop()
    cancelled = threading.Event()

    async def long(engine: Engine) -> None:
        try:
            await asyncio.sleep(PATIENCE)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async with supervised(workshop) as kept:
        kept.start()
        assert await kept.ready(PATIENCE)
        working = asyncio.create_task(kept.work(long))
        await asyncio.sleep(0.01)
        working.cancel()
        with pytest.raises(asyncio.CancelledError):
            await working
        await until(cancelled.is_set)
        assert await kept.work(Engine.say) == 1


async def test_many_deaths_never_make_two_engines() -> None:
    workshop = Workshop()
    async with supervised(workshop, longest_pause=0.004) as kept:
        kept.start()
        for death in range(1, 11):
            assert await kept.ready(PATIENCE)
            jobs = [asyncio.create_task(kept.work(Engine.work_until_killed)) for _ in range(5)]
            await asyncio.sleep(0.002)
            workshop.built[-1].kill()
            results = await asyncio.gather(*jobs, return_exceptions=True)
            assert all(isinstance(each, EngineDiedError | NotReadyError) for each in results), results
            await until(lambda death=death: kept.built == death + 1)  # type: ignore[misc]


async def test_a_scrap_that_fails_does_not_stop_the_next_engine(caplog: pytest.LogCaptureFixture) -> None:
    class Stuck(Workshop):
        def scrap(self, engine: Engine) -> None:
            super().scrap(engine)
            raise OSError("no such process")

    workshop = Stuck()
    async with supervised(workshop) as kept:
        kept.start()
        assert await kept.ready(PATIENCE)
        workshop.built[0].kill()
        await until(lambda: kept.built == 2)
    assert "could not be taken down in order" in caplog.text
