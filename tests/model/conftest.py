"""Everything here needs vLLM and weights to download: `make test-model` brings the one, and skips without the other."""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

collect_ignore_glob = [] if find_spec("vllm") and find_spec("gguf") else ["test_*.py"]

os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(scope="session")
def weights() -> Path:
    """The folder of SmolLM2-135M-Instruct."""
    from tests.model.weights import NoWeightsError, smollm2

    try:
        return smollm2()
    except NoWeightsError as error:
        pytest.skip(f"the weights cannot be downloaded here: {error}")


@pytest.fixture(scope="session")
def engine(weights: Path) -> Iterator[object]:
    """Its engine in this process, ready."""
    from inference.tokens import REPLY
    from tests.vllm.engine import Held

    held = Held(weights, max_tokens=REPLY, kv_cache_memory_bytes=256 << 20)
    yield held.get()
    held.close()
