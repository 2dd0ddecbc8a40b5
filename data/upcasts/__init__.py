"""Upcasts: what an older version of the program stored, made into the form that this version knows.

Everything that is kept as JSON carries a schema number of its kind. An upcast is a pure function, document to document,
that leads from one schema to the next; all that lie between a document's and the present one are applied when it is
read. Nothing is rewritten in the store: a row keeps the schema it was written by.

Adding a step: write the function into the module of its kind, and put it at the end of that module's ``STEPS``. The
number of the present schema follows from their count.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from data.upcasts import contents, interventions, turns, worlds

Document = dict[str, Any]
Step = Callable[[Document], Document]


class Kind(StrEnum):
    """What is kept as JSON, each with a schema of its own."""

    WORLD = "world"
    RECORD = "record"
    DECISIONS = "decisions"
    INTERVENTION = "intervention"
    CONTENT = "content"


STEPS: Final[Mapping[Kind, Sequence[Step]]] = {
    Kind.WORLD: worlds.STEPS,
    Kind.RECORD: turns.RECORD_STEPS,
    Kind.DECISIONS: turns.DECISION_STEPS,
    Kind.INTERVENTION: interventions.STEPS,
    Kind.CONTENT: contents.STEPS,
}
"""The steps of each kind; the first of them leads from schema 1 to schema 2."""


class UpcastError(ValueError):
    """A document cannot be led to the present schema; the message says why."""


def schema_of(kind: Kind) -> int:
    """The present schema of a kind, 1 or more."""
    return len(STEPS[kind]) + 1


HASHES: Final = schema_of(Kind.WORLD) + schema_of(Kind.RECORD) - 1
"""The form of the hash chain. Hashes are over world and record, so every step of either makes another form."""


def upcast(kind: Kind, schema: int, document: Document) -> Document:
    """Lead a document from the schema it was written by to the present one.

    Raises:
        UpcastError: a newer program wrote it, or it does not have the form of its schema.
    """
    return climb(STEPS[kind], kind, schema, document)


def climb(steps: Sequence[Step], kind: Kind, schema: int, document: Document) -> Document:
    """Apply the steps above a document's schema, in their order.

    Raises:
        UpcastError: see :func:`upcast`.
    """
    newest = len(steps) + 1
    if not 1 <= schema <= newest:
        raise UpcastError(f"schema {schema} of its {kind} is newer than {newest}, the last that this one knows")
    for number, step in enumerate(steps[schema - 1 :], schema):
        try:
            document = step(document)
        except Exception as error:  # what is stored may have been damaged in any way
            raise UpcastError(
                f"its {kind} could not be led from schema {number} to {number + 1}: {type(error).__name__}: {error}"
            ) from error
    return document
