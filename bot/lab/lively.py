"""A wood with company: patrons who join, talk, whisper and tell legends at times that the seed draws."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.lab.scenario import Scenario
from wood.chance import below
from wood.founding import found_world
from wood.moves import CastLegend, CastRumor, DrawLegend, Intervention, Join
from wood.moves.legend import LEGEND_BREATH
from wood.names import CREATURES, GOODS
from wood.rules import Rules
from wood.tongue import phrase

NAMES: Final[Mapping[str, str]] = MappingProxyType({"p1": "Ada", "p2": "Ravi", "p3": "Mei"})
"""The patrons, and what they call themselves."""
_JOINS: Final = {"p1": (1, 1), "p2": (2, 6), "p3": (9, 8)}
"""The first turn in which each may join, and in how many."""
_TALKS: Final = 7
"""One turn in so many a patron talks."""
_WHISPERS: Final = 5
_OF_CREATURES: Final = 4
"""One rumor in so many is whispered; one in so many is about a creature."""
_LEGENDS: Final = (14, 9)
"""The fewest turns between two legends, and how many more it may be."""
_QUIET: Final = 4
"""Turns before a legend in which nobody who tells it talks, to have breath enough."""
_GOODS: Final[Mapping[int, tuple[str, ...]]] = {
    1: (
        "There is hardly any {good} left in the hollow oak.",
        "Badgers are coming to buy up the {good}.",
        "Fill your stores with {good} before it gets dear!",
        "Somebody has been hoarding {good} all week.",
    ),
    -1: (
        "I saw heaps of {good} behind the mill. It will be cheap.",
        "Sell your {good} while anybody still wants it.",
        "The far wood has far too much {good}.",
        "Nobody will want {good} by next week.",
    ),
}
_CREATURES: Final[Mapping[int, tuple[str, ...]]] = {
    1: ("{name} shared supper with a stranger last night.", "{name} keeps every promise. I would deal there."),
    -1: ("{name} puts a thumb on the scales.", "{name} laughs about you all when you have gone home."),
}


def lively(rules: Rules, turns: int, seed: int) -> Scenario:
    """Draw what the patrons do in a wood of so many turns; the same seed gives the same.

    Legends come from the wood's own deck, card by card, until it is spent.
    """
    joins = {key: first + below(more, seed, 0, "lively", "join", key) for key, (first, more) in _JOINS.items()}
    told, busy = _legends(rules, turns, seed)
    by_turn: dict[int, tuple[Intervention, ...]] = {}
    for turn in range(1, turns + 1):
        acts: list[Intervention] = [Join(key) for key, joined in joins.items() if joined == turn]
        acts += told.get(turn, ())
        acts += [
            _rumor(rules, seed, turn, key)
            for key, joined in joins.items()
            if joined < turn and (key, turn) not in busy and not below(_TALKS, seed, turn, "lively", "talk", key)
        ]
        if acts:
            by_turn[turn] = tuple(acts)
    return Scenario(turns, by_turn)


def _legends(rules: Rules, turns: int, seed: int) -> tuple[dict[int, list[Intervention]], set[tuple[str, int]]]:
    """Who draws and tells which legend when, now alone and now together; and when they save their breath."""
    told: dict[int, list[Intervention]] = {}
    busy: set[tuple[str, int]] = set()
    least, more = _LEGENDS
    turn = 0
    for place, card in enumerate(found_world(rules, seed).deck):
        turn += least + below(more, seed, place, "lively", "legend")
        if turn + 2 > turns:
            break
        owner, helper = (list(NAMES)[(place + shift) % len(NAMES)] for shift in (0, 1))
        together = place % 2
        told.setdefault(turn, []).append(DrawLegend(owner))
        told.setdefault(turn + 1, []).append(CastLegend(owner, card, LEGEND_BREATH - together))
        if together:
            told.setdefault(turn + 2, []).append(CastLegend(helper, None, together))
        busy |= {(key, turn + 2 - back) for key in (owner, helper) for back in range(_QUIET + 2)}
    return told, busy


def _rumor(rules: Rules, seed: int, turn: int, key: str) -> CastRumor:
    def drawn(limit: int, what: str) -> int:
        return below(limit, seed, turn, "lively", what, key)

    leaning = 1 if drawn(2, "leaning") else -1
    creature = CREATURES[drawn(len(CREATURES), "creature")]
    if not drawn(_OF_CREATURES, "about"):
        said = _CREATURES[leaning]
        text = said[drawn(len(said), "words")].format(name=rules.creatures[creature].name)
        return CastRumor(key, creature, text, leaning)
    good = GOODS[drawn(len(GOODS), "good")]
    said = _GOODS[leaning]
    text = phrase(rules.tongue, said[drawn(len(said), "words")], good)
    return CastRumor(key, good, text, leaning, creature if not drawn(_WHISPERS, "whisper") else None)
