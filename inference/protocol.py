"""The one protocol of all minds: a batch of requests in, a batch of replies out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypedDict

from wood.observe import View


class Message(TypedDict):
    """A chat message as every engine takes it."""

    role: str
    content: str


class Failure(StrEnum):
    """Why a request has no text: the engine said no, ran late, was cut short, died, or is not there yet."""

    ERROR = "error"
    LATE = "late"
    LENGTH = "length"
    DEAD = "dead"
    ASLEEP = "asleep"
    MISSING = "missing"


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
    """What came back: text, or the reason there is none. Latency in seconds; tokens 0 when not counted."""

    engine: str
    text: str | None
    failure: Failure | None = None
    detail: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    latency: float = 0.0


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
