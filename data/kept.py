"""A turn as it is kept: what costs a while to make of it is made where it was played, in whatever process that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.calls import KeptCalls, kept_calls
from data.forms import Decisions, decisions_form
from data.packing import pack
from wood.chronicle import Turn, dump
from wood.trace import Trace
from wood.world import World


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """The documents of a turn: the world that it left, its record, what was decided, and the calls to its minds."""

    world: str
    record: bytes | str
    decisions: bytes | str
    calls: KeptCalls | None


def kept(world: World, turn: Turn, decisions: Decisions, traces: Sequence[Trace] = ()) -> KeptTurn:
    """Make the documents of a turn, the record and all behind it packed."""
    return KeptTurn(
        world=dump(world).decode(),
        record=pack(dump(turn).decode()),
        decisions=pack(decisions_form().dump_json(decisions).decode()),
        calls=kept_calls(traces),
    )
