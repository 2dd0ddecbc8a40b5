"""Content documents: rules as they are kept and logged, with the schema of their form."""

from collections.abc import Mapping
from typing import Any, Final

from data.content import ContentError, rules_document, rules_from_document
from data.errors import WoodUnfitError
from data.upcasts import Kind, UpcastError, schema_of, upcast
from wood.names import CREATURES, GOODS
from wood.rules import Rules

_SCHEMA: Final = "schema"


def document_of(rules: Rules) -> dict[str, Any]:
    """Write rules as the JSON object that is kept of them; documents of the first schema have no number in them."""
    return {_SCHEMA: schema_of(Kind.CONTENT), **rules_document(rules)}


def plain(document: Mapping[str, Any]) -> dict[str, Any]:
    """A kept document of any schema in the present form, without its number.

    Raises:
        UpcastError: a newer program wrote it, or it is no such document.
    """
    schema = document.get(_SCHEMA, 1)
    if not isinstance(schema, int):
        raise UpcastError("its schema is no number")
    return upcast(Kind.CONTENT, schema, {key: value for key, value in document.items() if key != _SCHEMA})


def rules_of(document: Mapping[str, Any]) -> Rules:
    """Read what :func:`document_of` wrote, in this version of the program or an older one.

    Raises:
        ContentError: this program cannot use it.
    """
    try:
        return rules_from_document(plain(document))
    except UpcastError as error:
        raise ContentError("the stored content", [("", str(error))]) from error


def unlike(document: Mapping[str, Any]) -> WoodUnfitError | None:
    """What goods or creatures a kept document has and this program has not, or the other way round.

    Returns:
        The error to raise; None where they are the same, or where the document does not say.
    """
    for name, ours in (("goods", GOODS), ("creatures", CREATURES)):
        theirs = document.get(name)
        if isinstance(theirs, Mapping) and set(theirs) != set(ours):
            return WoodUnfitError(name, tuple(theirs), tuple(ours))
    return None
