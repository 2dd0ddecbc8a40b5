"""The one protocol of all minds: a batch of requests in, a batch of replies out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, TypedDict, runtime_checkable

from inference.codes import Repair
from wood.observe import View


class Message(TypedDict):
    """A chat message as every engine takes it."""

    role: str
    content: str


class Failure(StrEnum):
    """Why a request has no text: the engine said no, ran late, was cut short, died, or is not there yet.

    ``SILENT`` is no fault: a mind that never answers, of whose calls nothing is recorded.
    """

    ERROR = "error"
    LATE = "late"
    LENGTH = "length"
    DEAD = "dead"
    ASLEEP = "asleep"
    MISSING = "missing"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Request:
    """One creature's question of one turn.

    Attributes:
        wood: an opaque id of the wood, for logs and caches.
        seed: keys the randomness of sampling and of random minds; the same for the same wood, turn and creature.
        view: what the messages were made from.
        messages: system and user. Empty when nobody will read them (rule-based minds in bulk runs).
        schema: the JSON schema that the reply must fit.
    """

    wood: str
    seed: int
    view: View
    messages: tuple[Message, ...]
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: text, or the reason there is none. Latency in seconds; tokens 0 when not counted.

    ``repairs`` says where the text had to be looked for, if it did not stand where it belongs.
    """

    engine: str
    text: str | None
    failure: Failure | None = None
    detail: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    latency: float = 0.0
    repairs: tuple[Repair, ...] = ()


class Mind(Protocol):
    """An engine behind the protocol."""

    @property
    def name(self) -> str:
        """The engine's name as settings, traces and tables call it."""
        ...

    async def decide(self, batch: Sequence[Request], deadline: float) -> Sequence[Reply]:
        """Answer every request, in order, within ``deadline`` seconds; never raises for one request's sake."""
        ...

    async def close(self) -> None:
        """Free what the engine holds."""
        ...


class Stage(StrEnum):
    """How far an engine is on its way to answering."""

    ASLEEP = "asleep"
    BUILDING = "building"
    WARMING = "warming up"
    READY = "ready"
    DEAD = "dead"


class Doing(StrEnum):
    """What an engine is at; the facts that come with each are named beside it."""

    UNSTARTED = "unstarted"
    LOADING = "loading"  # model, seconds so far
    WARMING = "warming"  # model, seconds so far
    READY = "ready"  # model
    DIED = "died"
    UNLOADABLE = "unloadable"  # model, error
    BROKEN = "broken"
    CLOSED = "closed"
    UNASKED = "unasked"
    ANSWERING = "answering"
    THERE = "there"
    UNLISTED = "unlisted"
    NAMELESS = "nameless"
    KEYLESS = "keyless"
    UNREADY = "unready"  # status
    REFUSING = "refusing"  # status
    RESTING = "resting"  # status, seconds
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class State:
    """An engine's stage, what it is at, and the facts of that (no address, no secret).

    Nothing is said here: whoever shows it to people finds the words.
    """

    stage: Stage
    doing: Doing
    facts: Mapping[str, int | str] = field(default_factory=dict)

    def __str__(self) -> str:
        """For logs and traces."""
        facts = ", ".join(f"{name} {fact}" for name, fact in self.facts.items())
        return f"{self.doing} ({facts})" if facts else self.doing.value

    @property
    def ready(self) -> bool:
        """Whether it answers."""
        return self.stage is Stage.READY


class Tokenizer(NamedTuple):
    """How an engine counts: tokens of a text, and tokens that its chat template puts around two messages."""

    count: Callable[[str], int]
    frame: int


@runtime_checkable
class Engine(Protocol):
    """What a mind has beyond :class:`Mind` when a model answers for it: a life of its own."""

    @property
    def name(self) -> str:
        """The engine's name, as a mind has it."""
        ...

    @property
    def state(self) -> State:
        """How far it is. Cheap, and never waits."""
        ...

    @property
    def tokenizer(self) -> Tokenizer | None:
        """How it counts; None while it is not known. The same object every time once it is."""
        ...

    def start(self) -> None:
        """Begin to get ready, in the background. Must be called in the loop that asks; a second call does nothing."""
        ...
