"""A kept wood, or every figure that is drawn, for every test of the bot that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.keeper import Keeper
from data.store import Store
from tests.bot.kept import Hands, found, keeping
from tests.bot.wall import Scene, Wall, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@pytest.fixture
def now() -> Hands:
    return Hands()


@pytest.fixture
async def kept(tmp_path: Path, now: Hands) -> AsyncIterator[tuple[Keeper, Store]]:
    async with keeping(tmp_path / "wood.sqlite3", now=now) as pair:
        await found(pair[0])
        yield pair


@pytest.fixture
def scene(kept: tuple[Keeper, Store], now: Hands) -> Scene:
    """A kept wood in a channel that is nobody's but the test's."""
    return Scene(*kept, Wall(), Words(), now)


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> "list[Figure]":
    """Every figure that is drawn, kept for measuring."""
    from bot.telling.charts import style  # here, so that only tests of charts import matplotlib

    kept: list[Figure] = []
    real = style.to_png

    def keep(figure: "Figure") -> bytes:
        kept.append(figure)
        return real(figure)

    for module in (
        "hero",
        "prices",
        "wealth",
        "firewood",
        "ranking",
        "banner",
        "portrait",
        "album",
        "course",
        "yearly",
    ):
        monkeypatch.setattr(f"bot.telling.charts.{module}.style.to_png", keep)
    return kept
