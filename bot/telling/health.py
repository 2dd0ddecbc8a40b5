"""How a wood does, for those who keep it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.telling.notice import Notice
from data.vitals import Standing
from inference.protocol import State

LATE: Final = timedelta(minutes=2)
"""How long after it is due a turn is on its way still: minds may think, and others may be due at the same time."""


@dataclass(frozen=True, slots=True)
class HealthCard:
    """How a wood does.

    Attributes:
        standing: its turns, posts and minds.
        problem: why a post did not arrive, or why it rests; empty where all did.
        asleep: what minds that do not answer are at; empty where all are awake.
        size: about how many bytes it takes.
        now: the time.
    """

    standing: Standing
    problem: Notice
    asleep: Sequence[State]
    size: int
    now: datetime

    @property
    def late(self) -> bool:
        """Whether a turn that is due has not been taken."""
        due = self.standing.next_turn
        return due is not None and self.now - due > LATE

    @property
    def well(self) -> bool:
        """Whether there is nothing to see to."""
        return not (self.late or self.problem or self.asleep or self.standing.unanswered)
