"""The engine's own processes: found, and ended when they do not end by themselves."""

import logging
import multiprocessing
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import psutil

_log = logging.getLogger(__name__)

CORE: Final = "EngineCore"
"""How vLLM names the process of an engine to begin with."""
ENDING: Final = 5.0
"""Seconds that a process has to be gone."""


def family() -> list[psutil.Process]:
    """The processes of this process's engine: the core, and its workers."""
    processes: list[psutil.Process] = []
    for process in multiprocessing.active_children():
        if process.name.startswith(CORE) and process.pid is not None:
            with suppress(psutil.NoSuchProcess):
                core = psutil.Process(process.pid)
                processes += [core, *core.children(recursive=True)]
    return processes


def end(processes: Sequence[psutil.Process]) -> None:
    """Kill processes, and wait until they are gone."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    _, alive = psutil.wait_procs(list(processes), timeout=ENDING)
    if alive:
        _log.error("processes of the engine are still there: %s", [process.pid for process in alive])
