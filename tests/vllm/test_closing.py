"""Closing before there is an engine. First of all these tests, so that vLLM is not imported yet when it begins."""

import asyncio
from pathlib import Path

import pytest

from inference.engines import processes
from inference.engines.vllm import VllmMind
from inference.protocol import Stage
from tests.vllm.engine import Held, options, until

pytestmark = pytest.mark.timeout(1800)


def thread_is_gone(mind: VllmMind) -> bool:
    thread = mind._supervisor._thread
    return thread is not None and not thread.is_alive()


async def test_an_engine_that_is_not_wanted_any_more_leaves_nothing_behind(held: Held, tiny: Path) -> None:
    await asyncio.to_thread(held.close)  # which has a loop of its own
    early = VllmMind(options(tiny))
    early.start()
    await early.close()
    await until(lambda: thread_is_gone(early))  # an import is waited for only so long, and ended by nobody
    assert early.built == 0
    assert early.state.stage is Stage.ASLEEP

    halfway = VllmMind(options(tiny))
    halfway.start()
    await until(lambda: bool(processes.family()))
    begun = processes.family()
    assert halfway.state.stage is Stage.BUILDING
    await halfway.close()
    assert thread_is_gone(halfway)
    assert not any(process.is_running() for process in begun)
    assert not processes.family()
    assert halfway.built == 0
