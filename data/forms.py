"""How the wood's inputs stand in JSON: interventions told apart by ``kind``, decisions by creature."""

from functools import cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from wood.moves import Intervention
from wood.names import Creature
from wood.orders import Decision

Action = Annotated[Intervention, Field(discriminator="kind")]
Decisions = dict[Creature, Decision | None]
"""What each creature decided in a turn; None for a turn without decision."""


@cache
def action_form() -> TypeAdapter[Intervention]:
    """Reads and writes one intervention."""
    return TypeAdapter(Action)


@cache
def decisions_form() -> TypeAdapter[Decisions]:
    """Reads and writes one turn's decisions."""
    return TypeAdapter(Decisions)
