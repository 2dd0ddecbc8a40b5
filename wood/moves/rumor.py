"""A rumor: one line of hearsay, for all to hear or whispered to one creature."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final, Literal

from wood.chronicle import EventKind
from wood.draft import Draft
from wood.foresight import backed
from wood.hearsay import PATRON_STRENGTH, feel
from wood.heat import record
from wood.moves.base import actor, spend_breath, spender
from wood.names import CREATURES, FINES, PEBBLES, Act, Creature, Good, patron_account
from wood.prophecy import JUDGED_AFTER, claim, comes_true, lied
from wood.refusal import Refusal, RefusalCode
from wood.world import Hearsay

MAX_RUMOR: Final = 120
RUMOR_BREATH: Final = 1
WHISPER_PEBBLES: Final = 5
CLAIM_HEAT: Final = 1
"""Heat of a public claim about a good."""
WHISPER_HEAT: Final = 2
LIE_HEAT: Final = 1
"""Heat of a whisper that proves a lie."""
TRUE_TIP_FEELING: Final = 1
"""What the hearer of a whisper feels that was backed by a tip and came true."""

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
            self._record(draft, self.patron)
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
        patron = actor(draft, key) if self.to is None else spender(draft, key)
        account = patron_account(key)
        if self.to is not None and draft.purse(account) < WHISPER_PEBBLES:
            raise Refusal(RefusalCode.WHISPER_PURSE, cost=WHISPER_PEBBLES)
        spend_breath(draft, patron, RUMOR_BREATH)
        if self.to is not None:
            draft.ledger.move(account, FINES, PEBBLES, WHISPER_PEBBLES, "whisper")

    def _record(self, draft: Draft, key: str) -> None:
        good = self.about if isinstance(self.about, Good) else None
        if self.to is None:
            record(draft, key, Act.RUMOR, good=good, heat=CLAIM_HEAT if good and self.leaning else 0)
        else:
            record(draft, key, Act.WHISPER, good=good, who=self.to, pebbles=-WHISPER_PEBBLES, heat=WHISPER_HEAT)


def reckon(draft: Draft) -> None:
    """Before time judges them: let the whispers that fall due have been lies, or true tips."""
    for made in draft.claims:
        patron = draft.patrons.get(made.speaker)
        if made.due > draft.now or made.hearers == CREATURES or patron is None or not patron.present:
            continue
        (hearer,) = made.hearers
        price = draft.references[made.good]
        if lied(made, price):
            record(draft, patron.key, Act.LIED, good=made.good, who=hearer, heat=LIE_HEAT)
        elif comes_true(made, price) and backed(patron, made.good, made.leaning, made.due - JUDGED_AFTER):
            feel(draft, hearer, patron.key, TRUE_TIP_FEELING)


def check_words(text: str) -> str:
    """Check one line of a player's and return it with its blanks folded.

    Raises:
        Refusal: it is empty, too long, or holds mentions, links or control characters.
    """
    folded = " ".join(text.split())
    if not folded:
        raise Refusal(RefusalCode.EMPTY_WORDS)
    if len(folded) > MAX_RUMOR:
        raise Refusal(RefusalCode.LONG_WORDS, most=MAX_RUMOR, length=len(folded))
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
