"""The mind that replays stored replies: what makes a wood of language models repeatable."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from inference.protocol import Failure, Reply, Request
from wood.names import Creature
from wood.trace import Trace

NAME: Final = "recorded"


@dataclass(frozen=True, slots=True)
class RecordedMind:
    """Replies of one wood by (turn, creature); what is not stored is a reply that is missing."""

    replies: Mapping[tuple[int, Creature], str]
    name: str = NAME

    @classmethod
    def from_traces(cls, traces: Iterable[Trace]) -> "RecordedMind":
        """Replay the calls of one wood; a call that brought no text is missing again."""
        return cls({(trace.turn, trace.creature): trace.response for trace in traces if trace.response is not None})

    def answer_now(self, batch: Sequence[Request]) -> list[Reply]:
        """Look up every request's reply, in order."""
        return [self._reply(request) for request in batch]

    async def decide(self, batch: Sequence[Request], deadline: float) -> list[Reply]:
        """Look up every request's reply, in order; ``deadline`` (seconds) is never needed."""
        return self.answer_now(batch)

    async def close(self) -> None:
        """Nothing is held."""

    def _reply(self, request: Request) -> Reply:
        turn, creature = request.view.turn, request.view.creature
        text = self.replies.get((turn, creature))
        if text is None:
            return Reply(self.name, None, Failure.MISSING, f"no stored reply of {creature} in turn {turn}")
        return Reply(self.name, text)
