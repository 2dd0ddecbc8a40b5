"""Benchmark: a turn in which two hundred patrons all move at once, beside one in which nobody does; without the minds.

Run ``python -m bench.crowd`` from the repository's root. Prints CPU milliseconds; ``--patrons N`` sets how many.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from data.content import default_rules
from wood.founding import found_world
from wood.moves import (
    BuyCorner,
    CastRumor,
    Foresight,
    Intervention,
    Join,
    OfferBribe,
    OfferLoan,
    OpenPosition,
)
from wood.names import CREATURES, GOODS
from wood.rules import Rules
from wood.turn import close_turn, open_turn
from wood.world import World

SEED = 7


def rumor(key: str, number: int) -> CastRumor:
    """Some words about some good."""
    return CastRumor(key, GOODS[number % 5], "so they say", 1 if number % 2 else -1)


MOVES: dict[str, Callable[[str, int], Intervention]] = {
    "positions": lambda key, number: OpenPosition(key, GOODS[number % 5], 1 if number % 2 else -1, 10),
    "rumors": rumor,
    "wagers on truth": lambda key, number: replace(rumor(key, number), stake=5),
    "wagers on effect": lambda key, number: replace(rumor(key, number), stake=5, on="effect", bar=500),
    "loans": lambda key, number: OfferLoan(key, CREATURES[number % 5], 10, 2, 8),
    "bribes": lambda key, number: OfferBribe(key, CREATURES[number % 5], "withhold"),
    "corners": lambda key, number: BuyCorner(key, GOODS[number % 5], 40),
    "foresight": lambda key, _: Foresight(key, "shock", None),
}


def cpu(rules: Rules, world: World, moves: Sequence[Intervention]) -> float:
    """CPU milliseconds of a turn that takes these moves in, all minds silent."""
    began = time.process_time()
    close_turn(rules, open_turn(rules, world, moves), {})
    return (time.process_time() - began) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patrons", type=int, default=200)
    count = parser.parse_args().patrons
    rules = default_rules()
    world = found_world(rules, SEED)
    keys = [f"p{number}" for number in range(1, count + 1)]
    world, _ = close_turn(rules, open_turn(rules, world, [Join(key) for key in keys]), {})
    print(f"a turn of {count} patrons in which nobody moves: {cpu(rules, world, ()):.0f} ms")
    made = {name: [make(key, number) for number, key in enumerate(keys)] for name, make in MOVES.items()}
    made["all of these"] = [list(made.values())[number % len(made)][number] for number in range(count)]
    for name, moves in made.items():
        print(f"{name:>18}: {cpu(rules, world, moves):6.0f} ms")


if __name__ == "__main__":
    main()
