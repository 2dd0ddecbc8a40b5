"""Frozen records that are made in half the time of ``dataclass(frozen=True, slots=True)``, and are the same otherwise.

A turn makes about a hundred of them. The ``__init__`` that dataclasses write looks each field up anew on its way around
the ban on assignment; here it goes to the field's slot at once. What they do when one is pickled, as turns are between
processes, looks for all fields of each object there and back; here it is its values in order. That is all of the
difference, so this is the place for the one piece of written code among the rules.
"""

from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def frozen(kind: type[T]) -> type[T]:
    """Make a class a frozen, slotted dataclass. Its fields may have defaults, but no factories of them.

    Raises:
        TypeError: a field has a factory for its default.
    """
    made = dataclass(frozen=True, slots=True)(kind)
    known: dict[str, Any] = {}
    parameters, body = [], []
    for field in fields(made):  # type: ignore[arg-type]
        if field.default_factory is not MISSING:
            raise TypeError(f"{kind.__name__}.{field.name} has a factory for its default")
        known[f"set_{field.name}"] = vars(made)[field.name].__set__
        known[f"default_{field.name}"] = field.default
        parameters.append(field.name if field.default is MISSING else f"{field.name}=default_{field.name}")
        body.append(f"    set_{field.name}(self, {field.name})\n")
    written = f"def __init__(self, {', '.join(parameters)}):\n{''.join(body)}\n"
    exec(written, known)  # noqa: S102 - of names of fields alone
    init, usual = known["__init__"], made.__init__
    init.__qualname__, init.__annotations__ = usual.__qualname__, usual.__annotations__
    made.__init__ = init  # type: ignore[method-assign]
    names = [field.name for field in fields(made)]  # type: ignore[arg-type]
    made.__reduce__ = _reducing(names)  # type: ignore[assignment, method-assign]
    return made


def _reducing(names: Sequence[str]) -> Callable[[object], tuple[type, tuple[Any, ...]]]:
    """How a record travels: as its class and its values."""
    if len(names) < 2:  # an attrgetter of one answers no tuple
        return lambda record: (type(record), tuple(getattr(record, name) for name in names))
    values = attrgetter(*names)
    return lambda record: (type(record), values(record))
