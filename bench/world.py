"""Benchmark: turns a second of the pure world on one core, with the creatures' decisions made beforehand.

Run ``python bench/world.py`` from the repository's root, or ``make bench-fast`` for the compiled rules. Prints medians,
which part of a turn takes the time, and beside them the pace of Mesa, the usual framework for economies of agents in
Python, at its own example of a market (Sugarscape with trade), where it is installed (the extra ``bench``). Ours and
Mesa's take turns, so that a machine's moods meet both; times are CPU time. ``--repeats N`` sets how often each is run.
"""

import argparse
import asyncio
import cProfile
import statistics
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from typing import Any

from bot.lab.scenario import reference
from bot.lab.simulate import Played, play
from data.content import default_rules
from inference.council import Council
from inference.roster import known, seat
from wood import compiled
from wood.chronicle import seal
from wood.names import CREATURES
from wood.turn import close_turn, open_turn, step

SEED = 7
YEAR = 60
MESA = "mesa.examples.advanced.sugarscape_g1mt.model"
MESA_STEPS = 60


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


def taken(work: Callable[[], object]) -> float:
    """The CPU seconds of some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def timed(work: Callable[[], object], repeats: int) -> float:
    """The median CPU seconds of some work."""
    return statistics.median(taken(work) for _ in range(repeats))


def sugarscape() -> Callable[[], float] | None:
    """A run of Mesa's example that answers its agent-steps a CPU second; None where Mesa is not installed."""
    try:
        model: Any = import_module(MESA).SugarscapeG1mt
    except ModuleNotFoundError:
        return None

    def run() -> float:
        world = model(seed=SEED)
        steps = 0
        start = time.process_time()
        for _ in range(MESA_STEPS):
            steps += len(world.agents)
            world.step()
        return steps / (time.process_time() - start)

    return run


def pace(repeats: int) -> None:
    """Print turns and creature-steps a second under each mind, and Mesa's agent-steps."""
    years = {mind: asyncio.run(year(mind)) for mind in known()}
    mesa = sugarscape()
    samples: dict[str, list[float]] = {mind: [] for mind in years}
    theirs: list[float] = []
    for played in years.values():
        steps(played)
    for _ in range(repeats):
        for mind, played in years.items():
            samples[mind].append(YEAR / taken(lambda played=played: steps(played)))  # type: ignore[misc]
        if mesa:
            theirs.append(mesa())
    print(f"rules: {'compiled' if compiled() else 'plain Python'}; medians of {repeats}")
    medians = {mind: statistics.median(paces) for mind, paces in samples.items()}
    for mind, turns in medians.items():
        print(f"{mind:<12} {turns:8,.0f} turns a second   {len(CREATURES) * turns:8,.0f} creature-steps a second")
    if not theirs:
        print("Mesa is not installed: nothing to compare with (the extra `bench`)")
        return
    theirs_median = statistics.median(theirs)
    ours = len(CREATURES) * statistics.median(medians.values())
    print(f"{'Mesa':<12} {theirs_median:35,.0f} agent-steps a second ({version('mesa')}, Sugarscape with trade)")
    print(f"ours, the middle mind, over Mesa's: x {ours / theirs_median:.2f}")


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
    pace(repeats)
    played = asyncio.run(year("instinct"))
    shares = parts(played, repeats)
    for name, seconds in shares.items():
        print(f"  {name:<42} {1e6 * seconds:7.0f} µs   {100 * seconds / sum(shares.values()):4.0f} %")
    print("bounded by the interpreter, one call at a time; own time of the heaviest functions:")
    for name, share, calls in heaviest(played):
        print(f"  {name[:58]:<58} {100 * share:5.1f} %   {calls:7.1f} calls a turn")


if __name__ == "__main__":
    main()
