"""How what is kept stands in JSON: interventions told apart by ``kind``, decisions by creature, worlds and records."""

import json
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter

from data.packing import unpack
from data.upcasts import Kind, UpcastError, schema_of, upcast
from wood.chronicle import Turn, load
from wood.moves import Intervention
from wood.names import Creature
from wood.orders import Decision
from wood.world import World

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


@lru_cache(maxsize=256)
def _world(text: str) -> World:
    """Read a world; until its wood's next turn everybody there looks at the very same one, and nobody changes it."""
    world: World = load(World, text)
    return world


_READERS: Final[Mapping[Kind, Callable[[str], Any]]] = {
    Kind.WORLD: _world,
    Kind.RECORD: partial(load, Turn),
    Kind.DECISIONS: lambda text: decisions_form().validate_json(text),
    Kind.INTERVENTION: lambda text: action_form().validate_json(text),
}


def restored(kind: Kind, schema: int, kept: str | bytes) -> Any:  # noqa: ANN401 - the type that the kind is of
    """Read a document that was kept, packed or plain, of any schema: a world, a record, decisions or an intervention.

    Raises:
        PackingError: it is damaged.
        ForeignPackingError: a newer program packed it.
        UpcastError: it cannot be led to the present schema.
        pydantic.ValidationError: it does not have the form of its schema.
    """
    text = unpack(kept)
    if schema == schema_of(kind):
        return _READERS[kind](text)
    try:
        document = json.loads(text)
    except ValueError as error:
        raise UpcastError(f"it is no JSON: {error}") from error
    return _READERS[kind](json.dumps(upcast(kind, schema, document)))
