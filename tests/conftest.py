"""What all tests share: an environment without anybody's settings, and one way to run hypothesis."""

import logging
import os
import sys
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import HealthCheck, settings

from wood import compiled

# The tests start hundreds of processes: what one compiles is kept for the others, whatever somebody's environment says.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Machines differ in speed, so no test may fail for being slow; a failure prints how to repeat it.
settings.register_profile("wood", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("wood")


def pytest_report_header() -> str:
    """Say which form of the rules is tested."""
    return f"rules: {'compiled' if compiled() else 'plain Python'}"


def pytest_configure() -> None:
    """Keep the settings of whoever runs the tests (a token, a database) out of the tests and of their processes."""
    for name in [name for name in os.environ if name.startswith("TTW_") or name == "DISCORD_TOKEN"]:
        del os.environ[name]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes share the tests, let each begin with files of slow ones, so that none comes last.

    Each process is given an equal part of the list first, and takes from the end of others' parts when it is done.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    slow = dict.fromkeys(item.path for item in items if item.get_closest_marker("slow"))
    if workers == 1 or not slow:
        return
    dealt: list[list[pytest.Item]] = [[] for _ in range(workers)]
    whose = {path: dealt[place % workers] for place, path in enumerate(slow)}
    others = iter([item for item in items if item.path not in whose])
    for item in items:
        if item.path in whose:
            whose[item.path].append(item)
    size = len(items) // workers
    items[:] = [item for part in dealt for item in (*part, *islice(others, max(0, size - len(part))))]
    items += others


_LEVEL = logging.root.level


@pytest.fixture(autouse=True)
def logs_are_as_they_were() -> Iterator[None]:
    """Undo what a command set up for its log: the next test hears all of its own.

    Undone before a test too: the command may have been called by a fixture that several tests share.
    """
    _undo()
    yield
    _undo()


def _undo() -> None:
    root = logging.getLogger()
    root.setLevel(_LEVEL)
    for handler in [each for each in root.handlers if type(each).__module__.startswith("bot.")]:
        root.removeHandler(handler)
        handler.close()


@pytest.fixture(autouse=True)
def sentences_are_whole(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which something was said without a fact that its sentence asks for."""
    faults: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            faults.append(record.getMessage())

    log, listener = logging.getLogger("bot.telling.catalog"), Listener()
    log.addHandler(listener)
    yield
    log.removeHandler(listener)
    if request.node.get_closest_marker("half_said") is None:
        assert not faults
