"""What a twin found out about a wager's words: put in by the storyteller, since a twin is no part of a turn."""

from dataclasses import dataclass
from typing import Literal

from wood.bourse import EFFECT
from wood.draft import Draft
from wood.names import Good
from wood.wagers import measured


@dataclass(frozen=True, slots=True)
class Measured:
    """How far the words of a patron's wager moved their good at most, hundredths of a per cent.

    ``said`` is the turn that took them in; ``seen`` says that chance does not explain it.
    """

    patron: str
    good: Good
    said: int
    effect: int
    seen: bool
    kind: Literal["measured"] = "measured"

    def admit(self, draft: Draft) -> None:
        """Settle the wager; one that does not stand any more, such as at a year's end, has been settled otherwise."""
        for wager in draft.wagers:
            if (wager.patron, wager.good, wager.said, wager.on) == (self.patron, self.good, self.said, EFFECT):
                measured(draft, wager, self.effect, seen=self.seen)
                return
