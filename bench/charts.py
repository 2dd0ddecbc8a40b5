"""Benchmark: the time of a chart, and what drawing charts does to an event loop.

Run ``python -m bench.charts`` from the repository's root. Prints medians; ``--charts N`` sets how many are drawn.
"""

import argparse
import asyncio
import multiprocessing
import os
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from bot.telling.charts.pool import ChartPool
from bot.telling.charts.request import ChartKind, ChartRequest
from data.content import default_rules
from inference import instinct
from inference.parse import read
from wood.chronicle import Turn
from wood.founding import found_world
from wood.moves import TellLegend
from wood.names import Good
from wood.observe import observe
from wood.rules import Rules
from wood.turn import close_turn, open_turn

SEED = 7
TOLD = {5: "drought", 7: "run-on-oonas-hoard", 20: "great-acorn-mania", 40: "mushroom-corner"}
REQUESTS = (
    ChartRequest(ChartKind.HERO),
    ChartRequest(ChartKind.PRICES),
    ChartRequest(ChartKind.PRICES, Good.HONEY),
    ChartRequest(ChartKind.WEALTH),
    ChartRequest(ChartKind.FIREWOOD),
)


def history(rules: Rules, turns: int) -> list[Turn]:
    """A wood's first turns under the rule-based mind, with a few legends."""
    world, done = found_world(rules, SEED), []
    for number in range(1, turns + 1):
        told = [TellLegend(TOLD[number])] if number in TOLD else []
        morning = open_turn(rules, world, told)
        views = observe(rules, morning.world)
        decisions = {who: read(instinct.answer(view, number), view).decision for who, view in views.items()}
        world, turn = close_turn(rules, morning, decisions)
        done.append(turn)
    return done


def megabytes(pid: int) -> float:
    """Proportional set size of a process: its memory, with what it shares counted in parts."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


async def lag(until: asyncio.Event) -> list[float]:
    """How late, in milliseconds, a loop wakes up from sleeping 2 ms, again and again."""
    late: list[float] = []
    while not until.is_set():
        start = time.perf_counter()
        await asyncio.sleep(0.002)
        late.append(1000 * (time.perf_counter() - start - 0.002))
    return late


def show(name: str, late: Sequence[float]) -> None:
    """Print the median, the 99th percentile and the maximum of a loop's lag."""
    ranked = sorted(late)
    high = ranked[int(0.99 * (len(ranked) - 1))]
    print(f"{name:<34} median {statistics.median(ranked):6.2f}   99 % {high:6.2f}   max {ranked[-1]:7.2f} ms")


async def through_pool(workers: int, rules: Rules, turns: Sequence[Turn], charts: int) -> None:
    """Draw charts one after another through a pool, watching the loop, and print what was seen."""
    name = f"{workers} process" if workers else "a thread"
    done = asyncio.Event()
    watch = asyncio.create_task(lag(done))
    start = time.perf_counter()
    pool = ChartPool(workers)
    await pool.start()
    print(f"{f'pool of {name}: start':<34} {time.perf_counter() - start:6.2f} s")
    done.set()
    show("  loop lag while it starts", await watch)

    done = asyncio.Event()
    watch = asyncio.create_task(lag(done))
    times = []
    for number in range(charts):
        start = time.perf_counter()
        await pool.draw(REQUESTS[number % len(REQUESTS)], rules, turns)
        times.append(time.perf_counter() - start)
    done.set()
    show("  loop lag while it draws", await watch)
    print(f"{'  time of a chart':<34} median {1000 * statistics.median(times):6.0f} ms")
    workers_ = [child.pid for child in multiprocessing.active_children() if child.pid is not None]
    print(f"{'  memory of this process':<34} {megabytes(os.getpid()):6.0f} MiB")
    for pid in workers_:
        print(f"{'  memory of the worker':<34} {megabytes(pid):6.0f} MiB")
    await pool.close()


async def quiet(seconds: float) -> None:
    """Print the loop's lag with nothing to do, to compare with."""
    done = asyncio.Event()
    watch = asyncio.create_task(lag(done))
    await asyncio.sleep(seconds)
    done.set()
    show("loop lag, nothing drawn", await watch)


def inline(rules: Rules, turns: Sequence[Turn], times: int) -> None:
    """Print how long each chart takes when drawn here and now."""
    from bot.telling.charts.drawing import draw

    for request in REQUESTS:
        draw(request, rules, turns)
        taken = []
        for _ in range(times):
            start = time.perf_counter()
            card = draw(request, rules, turns)
            taken.append(time.perf_counter() - start)
        name = f"{request.kind.value}{f' of {request.good}' if request.good else ''}, {len(turns)} turns"
        print(f"{name:<34} median {1000 * statistics.median(taken):6.0f} ms   {len(card.png) / 1024:.0f} KiB")


def main() -> None:
    """Run all of it; the processes before the thread, so that this process has not yet imported matplotlib."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--charts", type=int, default=24)
    charts = parser.parse_args().charts
    rules = default_rules()
    turns = history(rules, 60)
    asyncio.run(quiet(2))
    asyncio.run(through_pool(1, rules, turns, charts))
    asyncio.run(through_pool(0, rules, turns, charts))
    for length in (15, 60):
        inline(rules, turns[:length], max(3, charts // 4))


if __name__ == "__main__":
    main()
