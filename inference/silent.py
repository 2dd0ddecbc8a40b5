"""The mind that never answers: its creature lives by habit alone.

It is the yardstick of all others, since what habit does without them is not their merit. Its silence is an absence,
not a reply that failed: a turn without a decision, of which no call is recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inference.protocol import Failure, Reply, Request

NAME: Final = "silent"


@dataclass(frozen=True, slots=True)
class SilentMind:
    """Says nothing to anything it is asked."""

    name: str = NAME

    def answer_now(self, batch: Sequence[Request]) -> list[Reply]:
        """Meet every request with silence, in order."""
        return [Reply(self.name, None, Failure.SILENT) for _ in batch]

    async def decide(self, batch: Sequence[Request], deadline: float) -> list[Reply]:
        """Meet every request with silence, in order; ``deadline`` (seconds) is never needed."""
        return self.answer_now(batch)

    async def close(self) -> None:
        """Nothing is held."""
