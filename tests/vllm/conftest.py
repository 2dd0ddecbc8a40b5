"""Everything here needs vLLM, which is no part of the ordinary environment: `make test-vllm` brings it."""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

collect_ignore_glob = [] if find_spec("vllm") else ["test_*.py"]

os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny model."""
    from tests.vllm.tiny import make_tiny_model

    return make_tiny_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def held(tiny: Path) -> Iterator[object]:
    """The engine of this process, for all tests that do not need the memory for another one."""
    from tests.vllm.engine import Held

    kept = Held(tiny)
    yield kept
    kept.close()


@pytest.fixture
def engine(held: object) -> object:
    """The engine of this process, ready."""
    from tests.vllm.engine import Held

    assert isinstance(held, Held)
    return held.get()
