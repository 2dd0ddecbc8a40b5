"""Benchmark: what a receipt costs, in turns of the same wood.

Run ``python bench/receipts.py`` from the repository's root. A turn is one that is chronicled, with the rule-based minds
and no prompts; a receipt is all of its :data:`wood.twin.SPAN` turns, its band included. Compare the ratios: machines
differ, and so do their moods.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Final

from bot.keeping.measuring import Recall, asking, heard, measure
from data.content import default_rules
from data.receipts import PlayedTurn, Receipt
from inference.council import Council
from inference.roster import seat
from wood.founding import found_world
from wood.moves import CastRumor, Intervention, Join
from wood.names import CREATURES, GOODS, Creature, Good
from wood.observe import observe
from wood.turn import close_turn, open_turn
from wood.twin import SPAN
from wood.world import World

RULES: Final = default_rules()
SEED: Final = 7


class Bench:
    """One wood, and the time of each thing done with it in seconds of this process."""

    def __init__(self) -> None:
        self.council = Council(seat("instinct"), RULES, render=False, keep_traces=False)
        self.turns: list[float] = []

    def turn(self, world: World, actions: Sequence[Intervention] = ()) -> tuple[World, PlayedTurn]:
        """Take a turn."""
        start = time.process_time()
        morning = open_turn(RULES, world, actions)
        decisions = dict(self.council.decide_now("1", SEED, observe(RULES, morning.world), RULES).decisions)
        after, turn = close_turn(RULES, morning, decisions)
        if not actions:
            self.turns.append(time.process_time() - start)
        return after, PlayedTurn(turn, "", True, tuple(actions), decisions)

    def receipts(self, world: World, actions: Sequence[Intervention]) -> float:
        """Measure what a world takes in as the keeper does: turn by turn, with what was played before at hand."""
        played: list[PlayedTurn] = []
        recall, spent = Recall(), 0.0
        asked = asking(self.council, "1", SEED)
        found: list[Receipt] = []
        after = world
        for place in range(SPAN):
            after, turn = self.turn(after, actions if not place else ())
            played.append(turn)
            start = time.process_time()
            found = measure(
                asked,
                [RULES] * len(played),
                lambda: world,
                played,
                found or heard(turn.turn.number, turn.turn.events),
                recall,
            )
            spent += time.process_time() - start
        return spent


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    bench = Bench()
    world = found_world(RULES, SEED)
    world, _ = bench.turn(world, [Join(f"p{number}") for number in range(1, 201)])
    for _ in range(10):
        world, _ = bench.turn(world)
    one: list[float] = []
    for number in range(rounds):
        good = GOODS[number % len(GOODS)]
        one.append(bench.receipts(world, [CastRumor("p1", good, f"{good} gets dear", 1)]))
        world, _ = bench.turn(world)
    topics: tuple[Good | Creature, ...] = (*GOODS, *CREATURES)
    everybody = [
        CastRumor(f"p{at + 1}", topics[at % len(topics)], f"words {at}", 1 - at // 10 % 2 * 2) for at in range(200)
    ]
    crowd = [bench.receipts(world, everybody) for _ in range(max(1, rounds // 10))]
    turn = statistics.median(bench.turns)
    _show("a turn", turn, turn)
    _show("a receipt", statistics.median(one), turn)
    _show("200 who talk at once, all in all", statistics.median(crowd), turn)


def _show(name: str, seconds: float, turn: float, write: Callable[[str], object] = print) -> None:
    write(f"{name:<36} {1000 * seconds:8.2f} ms {seconds / turn:8.1f} turns")


if __name__ == "__main__":
    main()
