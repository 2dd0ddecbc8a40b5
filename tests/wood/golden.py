"""The golden playthrough: two scripted runs whose hashes are kept in ``golden.json``.

Write it anew after a change that is meant to change what a wood does: ``python -m tests.wood.golden``
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tests.wood.woods import MINDS, play, wood
from wood.moves import CastLegend, CastRumor, DrawLegend, Intervention, OfferLoan, TellLegend
from wood.names import Creature, Good

FILE: Final = Path(__file__).with_name("golden.json")
AGAIN: Final = "python -m tests.wood.golden"
SEEDS: Final = (7, 11)
TURNS: Final = 15
SCRIPT: Final[Mapping[int, Sequence[Intervention]]] = {
    3: [DrawLegend("p1"), OfferLoan("p2", Creature.PIP, 12, 2, 4)],
    4: [CastRumor("p1", Good.MUSHROOMS, "Somebody saw the mushrooms rot.", 1)],
    5: [TellLegend("drought")],
    6: [CastRumor("p2", Good.HONEY, "Oona sells her best jars first.", -1, Creature.FENN)],
    7: [TellLegend("run-on-oonas-hoard"), DrawLegend("p2")],
    10: [TellLegend("early-winter"), CastLegend("p1", None, 1)],
    12: [CastRumor(None, Good.FIREWOOD, "The frost comes early.", 1)],
}


def played() -> dict[str, Any]:
    """Play both runs with instinct; for each seed the hash of every turn and the last prices in hundredths."""
    runs = {}
    for seed in SEEDS:
        world, turns = play(wood(seed, patrons=2), TURNS - 1, MINDS["instinct"], SCRIPT)
        assert world.turn == TURNS
        runs[str(seed)] = {
            "hash": world.chain,
            "turns": {str(turn.number): turn.hash[:12] for turn in turns},
            "prices": dict(world.references),
            "trades": sum(len(turn.trades) for turn in turns),
        }
    return runs


if __name__ == "__main__":
    FILE.write_text(json.dumps(played(), indent=2) + "\n", encoding="utf-8")
