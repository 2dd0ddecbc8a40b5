"""Benchmark: the time of a turn through keeper and store, on a real file.

Run ``python bench/turn.py`` from the repository's root. Prints medians; ``--turns N`` sets how many are taken.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any

from bot.keeper import Keeper
from bot.telling.charts.pool import ChartPool
from data.content import default_rules
from data.rows import TurnCommit
from data.store import Store
from inference.council import Council, CouncilResult
from inference.roster import seat
from wood.names import Creature
from wood.observe import View
from wood.rules import Rules

Commit = Callable[[TurnCommit], Coroutine[Any, Any, None]]
CHANNEL = 1


class TimedMinds:
    """The rule-based minds with their prompts written, as in a bot, and how long each council took."""

    def __init__(self) -> None:
        self._council = Council(seat("instinct"), default_rules())
        self.seconds: list[float] = []

    async def decide(self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules) -> CouncilResult:
        """Ask the council, and note the time."""
        start = time.perf_counter()
        result = await self._council.decide(wood, seed, views, rules)
        self.seconds.append(time.perf_counter() - start)
        return result


def timing(commit: Commit, seconds: list[float]) -> Commit:
    """The same commit, its time noted."""

    async def timed(done: TurnCommit) -> None:
        start = time.perf_counter()
        await commit(done)
        seconds.append(time.perf_counter() - start)

    return timed


def show(name: str, seconds: list[float]) -> None:
    """Print the median and the 95th percentile."""
    high = sorted(seconds)[int(0.95 * (len(seconds) - 1))]
    print(f"{name:<44} median {1000 * statistics.median(seconds):6.2f}   95 % {1000 * high:6.2f} ms")


async def measure(turns: int, folder: Path) -> None:
    """Found a wood in a file and take its turns one after another."""
    minds = TimedMinds()
    whole: list[float] = []
    committed: list[float] = []
    async with await Store.open(folder / "wood.sqlite3") as store:
        store.turns.commit = timing(store.turns.commit, committed)  # type: ignore[method-assign, assignment]
        keeper = Keeper(store, minds, ChartPool(0))
        await keeper.admin.found(CHANNEL, 1, pace=10, seed=7, zone="UTC", report_hour=8)
        for _ in range(turns):
            start = time.perf_counter()
            await keeper.turns.take_turn(CHANNEL)
            whole.append(time.perf_counter() - start)
    show("a turn, from the stored world to the next", whole)
    show("  of it the council: five prompts and replies", minds.seconds)
    show("  of it the commit: one synced transaction", committed)
    rest = [all_ - mind - commit for all_, mind, commit in zip(whole, minds.seconds, committed, strict=True)]
    show("  the rest: the rules, and reading the world", rest)


def main() -> None:
    """Run it in a folder that vanishes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=200)
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(turns, Path(folder)))
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        print(f"{'the file':<44} {size / turns / 1024:13.1f} KiB a turn")


if __name__ == "__main__":
    main()
