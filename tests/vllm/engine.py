"""A real vLLM on a CPU as the tests build it, and a hand on its processes."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import psutil

from data.content import default_rules
from inference.council import Council
from inference.engines.options import VllmOptions
from inference.engines.vllm import VllmMind
from inference.protocol import Mind
from wood.names import CREATURES

RULES = default_rules()
BUILDING: Final = 600.0
"""Seconds that an engine has to come up: a busy machine must not decide these tests."""
LONG: Final = 600.0
"""A deadline that nobody misses."""
REPLY: Final = 480
"""Tokens of a reply: random weights spell a sentence letter by letter."""
SMALL: Final[dict[str, Any]] = {
    "dtype": "float32",
    "enforce_eager": True,
    "max_num_seqs": 64,
    "max_num_batched_tokens": 4096,
    "max_tokens": REPLY,
    "retry_seconds": 4.0,
}


def options(model: Path, **changes: Any) -> VllmOptions:
    """How the tiny model is run."""
    given = {**SMALL, "model": str(model), "kv_cache_memory_bytes": 64 << 20, "extra": {"block_size": 32}, **changes}
    return VllmOptions(**given)


class Held:
    """The engine of this process: built when first asked for, and taken down when another one needs the memory."""

    def __init__(self, model: Path, **changes: Any) -> None:
        self._options = options(model, **changes)
        self._mind: VllmMind | None = None

    def get(self) -> VllmMind:
        """The engine, ready; also after a test that killed it."""
        if self._mind is None:
            self._mind = VllmMind(self._options)
            self._mind.start()
        assert asyncio.run(self._mind.ready(BUILDING)), self._mind.state
        return self._mind

    def close(self) -> None:
        """Take it down."""
        if self._mind is not None:
            asyncio.run(self._mind.close())
            self._mind = None


def council(mind: Mind, deadline: float = LONG, **more: Any) -> Council:
    """Five creatures with one mind."""
    return Council(dict.fromkeys(CREATURES, mind), RULES, deadline=deadline, **more)


def engine_processes(of: int | None = None) -> list[psutil.Process]:
    """The processes of vLLM's engines below a process (this one)."""
    children = psutil.Process(of or os.getpid()).children(recursive=True)
    return [child for child in children if _name(child).startswith("VLLM::")]


def _name(process: psutil.Process) -> str:
    try:
        return "".join(process.cmdline()) or process.name()
    except psutil.Error:
        return ""


def core_process() -> psutil.Process:
    """The process of the one engine."""
    (core,) = [process for process in engine_processes() if "EngineCore" in _name(process)]
    return core


async def until(true: Callable[[], bool], seconds: float = BUILDING) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


def asking(mind: VllmMind) -> int:
    """Requests that the engine is working on."""
    core = mind._supervisor._engine
    return core.llm.get_num_unfinished_requests() if core is not None else 0
