"""Benchmark: how late the event loop is while woods take turns and charts are drawn, all at once, as in a bot.

Run ``python bench/lag.py`` from the repository's root. Prints medians; ``--seconds N`` sets how long each part is
watched. What drawing alone does to the loop is measured by ``bench/charts.py``.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from charts import lag, show

from bot.keeper import Keeper
from bot.telling.charts.pool import ChartPool
from data.content import default_rules
from data.store import Store
from inference.council import Council
from inference.roster import seat

WOODS = 10
TURNS = 30
SPAN = 30


class Counted:
    """Work that is repeated until it is cancelled, and how often it was done."""

    def __init__(self) -> None:
        self.turns = 0
        self.charts = 0

    async def ticking(self, keeper: Keeper) -> None:
        """Take the turns of all woods at once, again and again with a pause as long as they took."""
        while True:
            start = time.perf_counter()
            await asyncio.gather(*(keeper.turns.take_turn(channel) for channel in range(1, WOODS + 1)))
            self.turns += WOODS
            await asyncio.sleep(time.perf_counter() - start)

    async def drawing(self, keeper: Keeper) -> None:
        """Draw one chart after another."""
        while True:
            await keeper.queries.chart(1 + self.charts % WOODS, None, SPAN)
            self.charts += 1


async def watch(name: str, seconds: float, *work: Coroutine[Any, Any, None]) -> None:
    """Do some work for a while and print how late the loop was."""
    done = asyncio.Event()
    watching = asyncio.create_task(lag(done))
    tasks = [asyncio.create_task(each) for each in work]
    await asyncio.sleep(seconds)
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    done.set()
    show(name, await watching)


async def measure(seconds: float, folder: Path) -> None:
    """Watch a loop with nothing to do, with charts, with turns, and with both."""
    council = Council(seat("instinct"), default_rules())
    async with await Store.open(folder / "wood.sqlite3") as store, ChartPool(1) as charts:
        keeper = Keeper(store, council, charts)
        for channel in range(1, WOODS + 1):
            await keeper.admin.found(channel, 1, pace=10, seed=channel, zone="UTC", report_hour=8)
            for _ in range(TURNS):
                await keeper.turns.take_turn(channel)
        counted = Counted()
        await watch("loop lag, nothing to do", seconds)
        await watch("loop lag, charts", seconds, counted.drawing(keeper))
        await watch(f"loop lag, turns of {WOODS} woods", seconds, counted.ticking(keeper))
        await watch("loop lag, turns and charts", seconds, counted.ticking(keeper), counted.drawing(keeper))
        print(f"{counted.charts} charts were drawn and {counted.turns} turns taken meanwhile")


def main() -> None:
    """Run it in a folder that vanishes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(seconds, Path(folder)))


if __name__ == "__main__":
    main()
