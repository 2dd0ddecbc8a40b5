"""The minds by name: what settings and commands may ask for, and who is given which.

A further engine (a model in this process, a server) is one more entry of ``_FACTORIES``; factories import what
they need only when called, so that no heavy library is loaded for a name that nobody asked for.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from inference.answering import AnsweringMind
from inference.protocol import Mind
from wood.names import CREATURES, Creature


class UnknownMindError(ValueError):
    """No mind has that name; the message lists those that exist."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no mind called {name!r}. Known minds: {', '.join(known())}.")
        self.name = name


def _instinct() -> Mind:
    from inference import instinct

    return AnsweringMind(instinct.NAME, instinct.answer)


def _random() -> Mind:
    from inference import random_

    return AnsweringMind(random_.NAME, random_.answer)


def _contrarian() -> Mind:
    from inference import contrarian

    return AnsweringMind(contrarian.NAME, contrarian.answer)


_FACTORIES: Final[Mapping[str, Callable[[], Mind]]] = {
    "instinct": _instinct,
    "random": _random,
    "contrarian": _contrarian,
}


def known() -> tuple[str, ...]:
    """The names that :func:`build` takes."""
    return tuple(_FACTORIES)


def build(names: Iterable[str]) -> dict[str, Mind]:
    """Make one mind for each distinct name; the caller closes them.

    Raises:
        UnknownMindError: a name that no mind has; none has been made then.
    """
    wanted = list(dict.fromkeys(names))
    for name in wanted:
        if name not in _FACTORIES:
            raise UnknownMindError(name)
    return {name: _FACTORIES[name]() for name in wanted}


def seat(default: str, named: Mapping[Creature, str] | None = None) -> dict[Creature, Mind]:
    """Give every creature its mind: the one ``named`` for it, else ``default``. Equal names share one mind.

    Raises:
        UnknownMindError: a name that no mind has; none has been made then.
    """
    names = {creature: (named or {}).get(creature, default) for creature in CREATURES}
    minds = build(names.values())
    return {creature: minds[name] for creature, name in names.items()}
