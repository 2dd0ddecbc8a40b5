"""The golden economy: what two years were worth, turn by turn, kept apart from the form of records and hashes.

``economy.json`` outlives any change of what a turn writes down, as long as the game stays as it is: each turn leaves a
digest of its prices, trades, purses, stores, moods and gossip. Write it anew after a change meant to change what
a wood does: ``python -m tests.wood.economy``
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tests.wood.golden import SCRIPT
from tests.wood.woods import MINDS, Answering, play, wood
from wood.chronicle import EventKind, Turn
from wood.moves import CastLegend, CastRumor, DrawLegend, Intervention, Leave, OfferLoan, TellLegend
from wood.names import Creature, Good

FILE: Final = Path(__file__).with_name("economy.json")
AGAIN: Final = "python -m tests.wood.economy"
SEEDS: Final = (3, 19, 2026)
YEARS: Final = 2
TURNS: Final = 60 * YEARS
ALL: Final[Mapping[str, Answering | None]] = {**MINDS, "silent": None}
LATER: Final[Mapping[int, Sequence[Intervention]]] = {
    20: [TellLegend("great-frost"), OfferLoan("p1", Creature.FENN, 20, 5, 6)],
    24: [CastRumor("p2", Creature.PIP, "Pip hides berries under the floor.", 0)],
    30: [TellLegend("mushroom-corner"), OfferLoan("p2", Creature.BRAMBLE, 15, 3, 3)],
    38: [TellLegend("paper-leaf-bank"), Leave("p2")],
    47: [TellLegend("scramble-for-leaves"), DrawLegend("p1"), CastLegend("p1", None, 3)],
    61: [TellLegend("great-acorn-mania"), CastRumor("p1", Good.ACORNS, "Acorns double by the week!", 1)],
    75: [TellLegend("clipped-pebbles"), TellLegend("whispering-nest")],
    90: [TellLegend("silver-sap-corner"), OfferLoan("p1", Creature.OONA, 30, 15, 10)],
    104: [TellLegend("black-moonday"), TellLegend("windfall"), TellLegend("glut")],
}


def worth(turn: Turn) -> list[Any]:
    """What a turn was worth: plain figures and words, in the canonical order."""
    trades = [[t.good, t.buyer, t.seller, t.qty, t.price, t.buyer_hand, t.seller_hand] for t in turn.trades]
    gossip = [[event.subject, (event.data or {})["text"]] for event in turn.events if event.kind is EventKind.GOSSIP]
    stores = {who: dict(store) for who, store in turn.stores.items()}
    return [dict(turn.references), trades, dict(turn.purses), stores, dict(turn.moods), dict(turn.kinds), gossip]


def digest(turn: Turn) -> str:
    """Eight hex digits of what a turn was worth."""
    text = json.dumps(worth(turn), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def economies() -> dict[str, Any]:
    """Play every mind over every seed; for each run a digest of every turn, in one string, and the last prices."""
    runs = {}
    for name, mind in ALL.items():
        for seed in SEEDS:
            world, turns = play(wood(seed, patrons=2), TURNS - 1, mind, {**SCRIPT, **LATER})
            runs[f"{name} {seed}"] = {
                "turns": " ".join(map(digest, turns)),
                "prices": dict(world.references),
                "purses": dict(turns[-1].purses),
                "trades": sum(len(turn.trades) for turn in turns),
            }
    return runs


if __name__ == "__main__":
    FILE.write_text(json.dumps(economies(), indent=1) + "\n", encoding="utf-8")
