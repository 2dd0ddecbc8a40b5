"""The turn: its morning (dawn, harvest, word), and its day (market to chronicle)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wood.chronicle import Event, Turn
from wood.interventions import Intervention
from wood.names import Creature
from wood.orders import Decision
from wood.rules import Rules
from wood.world import World


@dataclass(frozen=True, slots=True)
class Morning:
    """A wood whose turn is open: harvested and spoken to, waiting for its creatures' decisions."""

    world: World
    events: tuple[Event, ...]
    flows: Mapping[str, int]


def open_turn(rules: Rules, world: World, interventions: Sequence[Intervention] = ()) -> Morning:
    """Admit interventions in their order, then dawn, harvest and word. Refused ones become private events."""
    raise NotImplementedError


def close_turn(rules: Rules, morning: Morning, decisions: Mapping[Creature, Decision | None]) -> tuple[World, Turn]:
    """Market, settlement, hearth and table, rot, bowl, mood, drift, chronicle.

    A creature missing from ``decisions``, or mapped to None, has a turn without decisions.
    """
    raise NotImplementedError


def step(
    rules: Rules,
    world: World,
    decisions: Mapping[Creature, Decision | None],
    interventions: Sequence[Intervention] = (),
) -> tuple[World, Turn]:
    """One whole turn: :func:`close_turn` of :func:`open_turn`."""
    return close_turn(rules, open_turn(rules, world, interventions), decisions)
