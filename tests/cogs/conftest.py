"""The grove that the tests of commands stand in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cogs.grove import Grove, growing


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Grove]:
    """A server whose channel has no wood yet."""
    async with growing(tmp_path) as grove:
        yield grove


@pytest.fixture
async def grove(bare: Grove) -> Grove:
    """A server with a wood that has just been founded."""
    await bare.found()
    return bare
