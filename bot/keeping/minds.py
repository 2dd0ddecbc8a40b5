"""What the keeper asks of the minds, and how their calls are kept."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Protocol

from data.traces import Trace
from inference.council import CouncilResult
from inference.traces import Trace as Call
from wood.names import Creature
from wood.observe import View
from wood.rules import Rules


class Minds(Protocol):
    """All five minds, asked together; :class:`inference.council.Council` is one."""

    async def decide(self, wood: str, seed: int, views: Mapping[Creature, View], rules: Rules) -> CouncilResult:
        """Ask every creature once, in the words of the content ``rules``; never raises for one creature's sake."""
        ...


def kept(call: Call, wood: str = "") -> Trace:
    """A call as it is stored and exported; ``wood`` tells woods apart."""
    return Trace(wood=wood, **{field.name: getattr(call, field.name) for field in fields(call)})
