"""Benchmark: turns a second of the pure world on one core, with the creatures' decisions made beforehand.

Run ``python bench/world.py`` from the repository's root. Prints medians, and which part of a turn takes the time;
``--repeats N`` sets how often each year is played. Times are CPU time, so a busy machine disturbs them little; no
repeat finds the logarithms of the one before in a cache.
"""

import argparse
import asyncio
import cProfile
import statistics
import time
from collections.abc import Callable

from bot.lab.scenario import reference
from bot.lab.simulate import Played, play
from data.content import default_rules
from inference.council import Council
from inference.roster import known, seat
from wood import fixed
from wood.chronicle import seal
from wood.turn import close_turn, open_turn, step

SEED = 7
YEAR = 60


async def year(mind: str) -> Played:
    """A year that begins with the reference run, and all that was decided in it."""
    rules = default_rules()
    return await play(rules, reference(YEAR), SEED, Council(seat(mind), rules, render=False), keep_traces=False)


def steps(played: Played) -> None:
    """Play the year again from its decisions."""
    world = played.founded
    for number, decided in enumerate(played.decisions, 1):
        world, _ = step(played.rules, world, decided, played.scenario.at(number))
    assert world.chain == played.world.chain


def timed(work: Callable[[], object], repeats: int) -> float:
    """The median CPU seconds of some work."""
    taken = []
    for _ in range(repeats):
        fixed.ln_ratio.cache_clear()
        fixed._exp.cache_clear()  # noqa: SLF001
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def parts(played: Played, repeats: int) -> dict[str, float]:
    """Median CPU seconds a turn of its parts."""
    world, mornings, ends = played.founded, [], []
    for number, decided in enumerate(played.decisions, 1):
        morning = open_turn(played.rules, world, played.scenario.at(number))
        world, turn = close_turn(played.rules, morning, decided)
        mornings.append((morning, decided))
        ends.append((world, turn))
    rules, tellings = played.rules, played.scenario
    worlds = [played.founded, *(end for end, _ in ends)]

    def opening() -> None:
        for number in range(1, YEAR + 1):
            open_turn(rules, worlds[number - 1], tellings.at(number))

    def closing() -> None:
        for morning, decided in mornings:
            close_turn(rules, morning, decided)

    def sealing() -> None:
        for end in ends:
            seal(*end)

    opened, closed, sealed = (timed(work, repeats) / YEAR for work in (opening, closing, sealing))
    return {
        "opening": opened,
        "closing, without the seal": closed - sealed,
        "seal: record and world to JSON, SHA-256": sealed,
    }


def heaviest(played: Played, count: int = 8) -> list[tuple[str, float, float]]:
    """The functions with the most time of their own: name, share of all of it, calls a turn."""
    profile = cProfile.Profile()
    profile.runcall(steps, played)
    entries = sorted(profile.getstats(), key=lambda entry: -entry.inlinetime)
    total = sum(entry.inlinetime for entry in entries)
    return [
        (
            entry.code if isinstance(entry.code, str) else f"{entry.code.co_qualname}",
            entry.inlinetime / total,
            entry.callcount / YEAR,
        )
        for entry in entries[:count]
    ]


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=9)
    repeats = parser.parse_args().repeats
    for mind in known():
        played = asyncio.run(year(mind))
        steps(played)
        print(f"{mind:<12} {YEAR / timed(lambda played=played: steps(played), repeats):8,.0f} turns a second")  # type: ignore[misc]
    played = asyncio.run(year("instinct"))
    taken = parts(played, repeats)
    for name, seconds in taken.items():
        print(f"  {name:<42} {1e6 * seconds:7.0f} µs   {100 * seconds / sum(taken.values()):4.0f} %")
    print("bounded by the interpreter, one call at a time; own time of the heaviest functions:")
    for name, share, calls in heaviest(played):
        print(f"  {name[:58]:<58} {100 * share:5.1f} %   {calls:7.1f} calls a turn")


if __name__ == "__main__":
    main()
