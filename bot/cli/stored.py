"""What commands read from a bot's database: which file it is, which wood, and rows for a writer in another thread."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from bot.cli.exits import Exit, fail

if TYPE_CHECKING:
    from data.store import Store

R = TypeVar("R")
T = TypeVar("T")

BATCH: Final = 500
"""Rows handed from the database to the writer at a time."""


def database_of(given: Path | None) -> Path:
    """The database to read: the one given, or that of the settings.

    Raises:
        typer.Exit: there is none.
    """
    from bot.settings import load_settings

    path = given or load_settings().database
    if not path.is_file():
        fail(f"There is no database at {path}. Name the file that the bot keeps its woods in.", Exit.UNUSABLE)
    return path


async def wood_in(store: "Store", channel: int) -> int:
    """The key of the wood that lives in a channel.

    Raises:
        typer.Exit: none does.
    """
    woods = {row.channel_id: row.id for row in await store.woods.all()}
    if channel not in woods:
        known = ", ".join(map(str, woods)) or "none"
        fail(f"No wood lives in channel {channel} of this database. Channels with a wood: {known}.", Exit.USAGE)
    return woods[channel]


async def drained(rows: AsyncIterator[R], write: Callable[[Iterator[R]], T]) -> T:
    """Let a writer in another thread read rows that this loop brings, some at a time."""
    batches = _batches(rows)
    try:
        return await asyncio.to_thread(write, _pulled(asyncio.get_running_loop(), batches))
    finally:
        await batches.aclose()


async def _batches(traces: AsyncIterator[R]) -> AsyncGenerator[list[R], None]:
    batch: list[R] = []
    async for trace in traces:
        batch.append(trace)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _pulled(loop: asyncio.AbstractEventLoop, batches: AsyncGenerator[list[R], None]) -> Iterator[R]:
    """Read what the loop's thread gives, from another thread."""

    async def following() -> list[R] | None:
        return await anext(batches, None)

    while batch := asyncio.run_coroutine_threadsafe(following(), loop).result():
        yield from batch
