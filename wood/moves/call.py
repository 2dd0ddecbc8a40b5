"""The daily call: which good moves most until the next report, and which way. Free, and for everybody."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from wood.draft import Draft
from wood.names import Good
from wood.refusal import Refusal, RefusalCode
from wood.world import Call

CALL_TURNS_MOST: Final = 24

KEY: Final = re.compile(r"p[1-9][0-9]{0,8}")
"""What the key of a patron, or of somebody who may become one, looks like."""


@dataclass(frozen=True, slots=True)
class DailyCall:
    """Somebody calls the good that moves most over the next ``turns`` turns; ``leaning`` is 1 (up) or -1 (down).

    ``patron`` is a key as patrons have one, whether or not they have joined.
    """

    patron: str
    good: Good
    leaning: int
    turns: int
    kind: Literal["call"] = "call"

    def admit(self, draft: Draft) -> None:
        """Note the call, with the prices it is made at.

        Raises:
            Refusal: the key is none, the call says nothing, it looks too far ahead, or one stands already.
        """
        if not KEY.fullmatch(self.patron):
            raise Refusal(RefusalCode.PATRON_KEY, key=self.patron[:20])
        if self.leaning not in {-1, 1}:
            raise Refusal(RefusalCode.LEANING)
        if not 1 <= self.turns <= CALL_TURNS_MOST:
            raise Refusal(RefusalCode.CALL_TURNS, most=CALL_TURNS_MOST)
        if any(call.caller == self.patron for call in draft.calls):
            raise Refusal(RefusalCode.CALLED)
        due = draft.now + self.turns - 1
        draft.calls.append(Call(self.patron, self.good, self.leaning, dict(draft.references), due))
