"""A keeper on a real file with real minds, and a hand on its clock."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.keeper import Keeper
from bot.keeping.library import Library
from bot.keeping.minds import Minds
from bot.telling.charts.pool import ChartPool
from data.content import default_rules
from data.store import Store
from inference.council import Council, CouncilResult
from inference.roster import seat
from wood.names import Creature, Good
from wood.observe import View
from wood.rules import Rules

CHANNEL, GUILD, USER = 501_000_000_000_000_007, 601_000_000_000_000_011, 701_000_000_000_000_013
NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)


class Hands:
    """The time, moved by hand."""

    def __init__(self, start: datetime = NOON) -> None:
        self.at = start

    def __call__(self) -> datetime:
        return self.at

    def on(self, **span: float) -> datetime:
        """Move on by a span."""
        self.at += timedelta(**span)
        return self.at


class SlowMinds:
    """Real minds that answer only when they are let; ``asked`` is set once they were asked."""

    def __init__(self) -> None:
        self.minds = council()
        self.asked = asyncio.Event()
        self.go_on = asyncio.Event()
        self.calls: list[tuple[str, int]] = []

    async def decide(self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules) -> CouncilResult:
        self.calls.append((wood, seed))
        self.asked.set()
        await self.go_on.wait()
        return await self.minds.decide(wood, seed, views, rules)


def council() -> Council:
    return Council(seat("instinct"), default_rules())


@asynccontextmanager
async def keeping(
    path: Path,
    *,
    minds: Minds | None = None,
    now: Callable[[], datetime] | None = None,
    rules: Rules | None = None,
    busy_timeout: float = 5.0,
) -> AsyncIterator[tuple[Keeper, Store]]:
    """A keeper on the file ``path``."""
    async with await Store.open(path, busy_timeout=busy_timeout) as store:
        charts = ChartPool(0)
        library = Library(store, rules) if rules else None
        yield Keeper(store, minds or council(), charts, library=library, now=now or Hands()), store
        await charts.close()


async def found(keeper: Keeper, channel: int = CHANNEL, **changes: Any) -> None:
    settings: dict[str, Any] = {"pace": 3600, "seed": 7, "zone": "UTC", "report_hour": 8}
    await keeper.admin.found(channel, GUILD, **{**settings, **changes})


async def rumor(keeper: Keeper, text: str = "the frost comes early", **changes: Any) -> Any:
    options: dict[str, Any] = {"about": Good.FIREWOOD, "text": text, "leaning": None, "to": None}
    return await keeper.patrons.cast_rumor(CHANNEL, USER, **{**options, **changes})


async def rows(store: Store) -> tuple[Any, ...]:
    snapshot = await store.woods.snapshot(CHANNEL)
    assert snapshot is not None
    return snapshot.wood, snapshot.world, snapshot.pending, snapshot.patrons
