"""Benchmark: how often a gate fires where nothing has changed.

Run ``python bench/gates.py`` from the repository's root. Gates compare two halves of the seeds of ``docs/results``,
drawn anew for each: the same minds, whose luck differs. ``--played`` plays seeds of its own for every gate instead,
none of them twice, which takes minutes. ``--gates`` says how many gates.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median

from bot.lab.paper.gate import Compared, gate
from bot.lab.paper.runs import Run, read_runs
from bot.lab.paper.settings import read_settings
from bot.lab.paper.study import Study, conduct
from data.content import default_rules

KEPT = Path("docs/results")
GATES = 200
MINDS = ("instinct", "random")
BLOCK = 10
"""Seeds on either side of a gate that plays its own."""
TURNS = 15


def halves(runs: Sequence[Run], dice: Random, *, paired: bool) -> tuple[list[Run], list[Run]]:
    """Two halves of the seeds; numbered alike where they are to be taken for the same ones."""
    seeds = sorted({run.seed for run in runs})
    shuffled = dice.sample(seeds, len(seeds))
    half = len(seeds) // 2
    places = {seed: (place // half, place % half) for place, seed in enumerate(shuffled[: 2 * half])}
    sides: tuple[list[Run], list[Run]] = ([], [])
    for run in runs:
        if run.seed in places:
            side, number = places[run.seed]
            sides[side].append(replace(run, seed=number if paired else number + side * half))
    return sides


def played(gates: int) -> Iterator[Compared]:
    """Gates over seeds that are played for them."""
    settings = read_settings(["reference"], default_rules(), TURNS)
    runs = conduct(Study(MINDS, range(gates * 2 * BLOCK), settings, MINDS[0]))
    blocks: dict[int, list[Run]] = {}
    for run in runs:
        blocks.setdefault(run.seed // BLOCK, []).append(run)
    for number in range(gates):
        yield gate(blocks[2 * number], blocks[2 * number + 1])


def report(name: str, found: Sequence[Compared]) -> None:
    """Print how many gates fired, of how many."""
    fired = sum(bool(each.moved) for each in found)
    tests = median(len(each.shifts) for each in found)
    what = f"{name}, {tests:.0f} figures each"
    print(f"{what:<48} fired {fired} of {len(found)}, {100 * fired / len(found):.1f} %")


def main() -> None:
    """Run the gates and print how many fired."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gates", type=int, default=GATES)
    parser.add_argument("--played", action="store_true", help="play seeds for every gate")
    asked = parser.parse_args()
    if asked.played:
        report("seeds of their own, unpaired", list(played(asked.gates)))
        return
    runs, dice = read_runs(KEPT), Random(1)
    for paired in (True, False):
        found = [gate(*halves(runs, dice, paired=paired)) for _ in range(asked.gates)]
        report(f"halves, {'paired' if paired else 'unpaired'}", found)


if __name__ == "__main__":
    main()
