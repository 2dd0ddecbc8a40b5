"""The minds by name: what settings and commands may ask for, and who is given which.

``instinct``, ``random``, ``contrarian`` and ``silent`` need nothing. ``vllm`` is the model in this process. ``openai``
is the server of the options; ``openai:NAME`` is the server that the options call so, or else that very model on the
first server. Factories import what they need only when called, so that no heavy library is loaded for a name that
nobody asked for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from inference.answering import AnsweringMind
from inference.engines.options import ServerOptions, VllmOptions
from inference.protocol import Mind
from wood.names import CREATURES, Creature


@dataclass(frozen=True, slots=True)
class Engines:
    """What the minds that are language models are told.

    Attributes:
        vllm: the model in this process.
        openai: the server that ``openai`` means.
        servers: further servers, by name in lower case.
    """

    vllm: VllmOptions = field(default_factory=VllmOptions)
    openai: ServerOptions = field(default_factory=ServerOptions)
    servers: Mapping[str, ServerOptions] = field(default_factory=dict)


class UnknownMindError(ValueError):
    """No mind has that name; the message lists those that exist."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no mind called {name!r}. Known minds: {', '.join((*known(), *MODELS))}.")
        self.name = name


class UnusableMindError(ValueError):
    """A mind exists but lacks something; the message says what.

    Attributes:
        name: the mind.
        option: the option that is missing, as a path such as ``("openai", "url")``; empty when it is not an option.
    """

    def __init__(self, name: str, message: str, option: tuple[str, ...] = ()) -> None:
        super().__init__(f"The mind {name!r} cannot be used: {message}")
        self.name = name
        self.option = option


def _instinct() -> Mind:
    from inference import instinct

    return AnsweringMind(instinct.NAME, instinct.answer)


def _random() -> Mind:
    from inference import random_

    return AnsweringMind(random_.NAME, random_.answer)


def _contrarian() -> Mind:
    from inference import contrarian

    return AnsweringMind(contrarian.NAME, contrarian.answer)


def _silent() -> Mind:
    from inference.silent import SilentMind

    return SilentMind()


def _vllm(engines: Engines) -> Mind:
    from inference.engines.vllm import VllmMind

    try:
        return VllmMind(engines.vllm)
    except ModuleNotFoundError as error:
        raise UnusableMindError(
            "vllm", f"{error.name} is not installed. It comes with: pip install 'thousand-token-wood[gpu]'"
        ) from None


def _server(name: str, engines: Engines) -> Mind:
    which = name.partition(":")[2]
    options = engines.openai
    path: tuple[str, ...] = ("openai",)
    if which.lower() in engines.servers:
        options, path = engines.servers[which.lower()], ("servers", which.lower())
    elif which:
        options = options.model_copy(update={"model": which})
    if options.url is None:
        raise UnusableMindError(name, "its server has no address, such as http://localhost:8000/v1", (*path, "url"))
    if options.model is None:
        raise UnusableMindError(name, "it is not said which model its server should use", (*path, "model"))
    try:
        from inference.engines.openai import OpenAIMind
    except ModuleNotFoundError as error:
        raise UnusableMindError(
            name, f"{error.name} is not installed. It comes with: pip install thousand-token-wood"
        ) from None
    return OpenAIMind(options, name)


_FACTORIES: Final[Mapping[str, Callable[[], Mind]]] = {
    "instinct": _instinct,
    "random": _random,
    "contrarian": _contrarian,
    "silent": _silent,
}
MODELS: Final = ("vllm", "openai", "openai:NAME")
"""Names of the minds that are language models, beside those that :func:`known` gives."""


def known() -> tuple[str, ...]:
    """The minds that need nothing."""
    return tuple(_FACTORIES)


def _factory(name: str) -> Callable[[Engines], Mind]:
    if name in _FACTORIES:
        return lambda _: _FACTORIES[name]()
    if name == "vllm":
        return _vllm
    kind, colon, which = name.partition(":")
    if kind == "openai" and bool(which) == bool(colon):
        return lambda engines: _server(name, engines)
    raise UnknownMindError(name)


def build(names: Iterable[str], engines: Engines | None = None) -> dict[str, Mind]:
    """Make one mind for each distinct name; the caller closes them. An engine is not started by it.

    Args:
        names: what to make.
        engines: what the engines are told.

    Raises:
        UnknownMindError: a name that no mind has; none has been made then.
        UnusableMindError: a mind that lacks an option or a library.
    """
    factories = {name: _factory(name) for name in dict.fromkeys(names)}
    engines = engines or Engines()
    return {name: factory(engines) for name, factory in factories.items()}


def seat(
    default: str, named: Mapping[Creature, str] | None = None, engines: Engines | None = None
) -> dict[Creature, Mind]:
    """Give every creature its mind: the one ``named`` for it, else ``default``. Equal names share one mind.

    Args:
        default: the mind of every creature that is not ``named``.
        named: minds by creature.
        engines: what the engines are told.

    Raises:
        UnknownMindError: a name that no mind has; none has been made then.
        UnusableMindError: a mind that lacks an option or a library.
    """
    names = {creature: (named or {}).get(creature, default) for creature in CREATURES}
    minds = build(names.values(), engines)
    return {creature: minds[name] for creature, name in names.items()}
