"""A kept wood for every test of the bot that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.keeper import Keeper
from data.store import Store
from tests.bot.kept import Hands, found, keeping


@pytest.fixture
def now() -> Hands:
    return Hands()


@pytest.fixture
async def kept(tmp_path: Path, now: Hands) -> AsyncIterator[tuple[Keeper, Store]]:
    async with keeping(tmp_path / "wood.sqlite3", now=now) as pair:
        await found(pair[0])
        yield pair
