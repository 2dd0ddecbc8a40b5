"""A rumor: one line of hearsay, for all to hear or whispered to one creature."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final, Literal

from wood.chronicle import EventKind
from wood.draft import Draft
from wood.hearsay import PATRON_STRENGTH
from wood.moves.base import patron_of, spend_breath
from wood.names import CREATURES, FINES, PEBBLES, Creature, Good, patron_account
from wood.prophecy import claim
from wood.refusal import Refusal, RefusalCode
from wood.world import Hearsay

MAX_RUMOR: Final = 120
RUMOR_BREATH: Final = 1
WHISPER_PEBBLES: Final = 5

_UNSAYABLE: Final = re.compile(r"@(everyone|here)|<(@|#|a?:|/|t:|id:)|https?://|discord\.gg", re.IGNORECASE)
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
_MARKS_MOST: Final = 2
"""Combining marks that may follow one another; more pile up over the neighbouring lines."""


@dataclass(frozen=True, slots=True)
class CastRumor:
    """One line of hearsay about a good or a creature.

    ``patron`` None is a passing traveller. ``leaning`` is 1 (dearer), -1 (cheaper) or 0 (no claim).
    ``to`` None is public; else it is whispered to one creature.
    """

    patron: str | None
    about: Good | Creature
    text: str
    leaning: int
    to: Creature | None = None
    kind: Literal["rumor"] = "rumor"

    def admit(self, draft: Draft) -> None:
        """Put the line in the air, to be heard next turn, and note what it claims.

        Raises:
            Refusal: the words cannot be said, or the patron lacks breath or pebbles for them.
        """
        text = check_words(self.text)
        if self.leaning not in {-1, 0, 1}:
            raise Refusal(RefusalCode.LEANING)
        if self.patron is not None:
            self._pay(draft, self.patron)
        speaker = self.patron or ""
        hearers = CREATURES if self.to is None else (self.to,)
        kind = "rumor" if self.to is None else "whisper"
        line = Hearsay(speaker, speaker, kind, text, self.about, self.leaning, PATRON_STRENGTH, 0, hearers)
        draft.said.append(line)
        claim(draft, line)
        told: dict[str, Any] = {"about": self.about, "text": text, "leaning": self.leaning}
        if self.to is None:
            draft.tell(EventKind.RUMOR, speaker, **told)
        else:
            draft.tell(EventKind.WHISPER, speaker, to=speaker or self.to, hearer=self.to, **told)

    def _pay(self, draft: Draft, key: str) -> None:
        patron = patron_of(draft, key)
        account = patron_account(key)
        if self.to is not None and draft.purse(account) < WHISPER_PEBBLES:
            raise Refusal(RefusalCode.WHISPER_PURSE, cost=WHISPER_PEBBLES)
        spend_breath(draft, patron, RUMOR_BREATH)
        if self.to is not None:
            draft.ledger.move(account, FINES, PEBBLES, WHISPER_PEBBLES, "whisper")


def check_words(text: str, most: int = MAX_RUMOR) -> str:
    """Check one line of a player's, of at most ``most`` characters, and return it with its blanks folded.

    Raises:
        Refusal: it is empty, too long, or holds mentions, links or control characters.
    """
    folded = " ".join(text.split())
    if not folded:
        raise Refusal(RefusalCode.EMPTY_WORDS)
    if len(folded) > most:
        raise Refusal(RefusalCode.LONG_WORDS, most=most, length=len(folded))
    if _UNSAYABLE.search(folded):
        raise Refusal(RefusalCode.MENTION)
    marks = 0
    for character in folded:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category in _INVISIBLE or marks > _MARKS_MOST:
            raise Refusal(RefusalCode.CONTROL)
    if not any(character.isalnum() for character in folded):
        raise Refusal(RefusalCode.EMPTY_WORDS)
    return folded
