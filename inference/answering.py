"""Minds that are pure functions of what a creature sees: the adapter from ``answer(view, seed) -> text`` to a mind."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from inference.protocol import Failure, Reply, Request
from wood.observe import View

_log = logging.getLogger(__name__)

Answer = Callable[[View, int], str]
"""A rule: the view and a seed in, the reply as JSON text out; the same in gives the same out."""


@runtime_checkable
class InstantMind(Protocol):
    """A mind that can also answer at once, without an event loop: what bulk runs need."""

    @property
    def name(self) -> str:
        """The engine's name."""
        ...

    def answer_now(self, batch: Sequence[Request]) -> Sequence[Reply]:
        """Answer every request, in order; never raises for one request's sake."""
        ...


@dataclass(frozen=True, slots=True)
class AnsweringMind:
    """A mind whose every reply is ``answer(view, seed)``.

    Latency is left at 0.0, so that two runs of the same wood leave the same traces.
    """

    name: str
    answer: Answer

    def answer_now(self, batch: Sequence[Request]) -> list[Reply]:
        """Answer every request, in order; a rule that fails for one creature fails for that one alone."""
        return [self._reply(request) for request in batch]

    async def decide(self, batch: Sequence[Request], deadline: float) -> list[Reply]:
        """Answer every request, in order; ``deadline`` (seconds) is never needed."""
        return self.answer_now(batch)

    async def close(self) -> None:
        """Nothing is held."""

    def _reply(self, request: Request) -> Reply:
        try:
            return Reply(self.name, self.answer(request.view, request.seed))
        except Exception as error:  # a faulty rule costs its creature one turn, not the wood
            _log.exception("mind %s failed for %s in turn %d", self.name, request.view.creature, request.view.turn)
            return Reply(self.name, None, Failure.ERROR, type(error).__name__)
