"""A rumor: one line of hearsay, for all to hear or whispered to one creature."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final, Literal

from wood.bourse import EFFECT, WAGER_MOST, book_heat, room
from wood.calendar import turns_left
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.foresight import backed
from wood.hearsay import PATRON_STRENGTH, feel
from wood.heat import record
from wood.moves.base import BREATH_MAX, Quote, actor, affordable, spend_breath, spender
from wood.names import CREATURES, FINES, GOODS, MARGIN, PEBBLES, Act, Creature, Good, patron_account
from wood.prophecy import JUDGED_AFTER, claim, comes_true, lied
from wood.refusal import Refusal, RefusalCode
from wood.stakes import Wager
from wood.world import Hearsay

MAX_RUMOR: Final = 120
WAGERS: Final = (5, 20)
"""The least and the most that may be staked on words."""
BARS: Final = (300, 3000)
"""How far words must move a price for a wager on their effect, at least and at most: hundredths of a per cent."""
STAKE_HEAT: Final = {"truth": 1, "effect": 3}
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
    ``to`` None is public; else it is whispered to one creature. A ``stake`` of pebbles may go with a claim about a
    good: ``on`` its truth, or on its effect, which must then move the price by ``bar`` hundredths of a per cent.
    """

    patron: str | None
    about: Good | Creature
    text: str
    leaning: int
    to: Creature | None = None
    stake: int = 0
    on: Literal["truth", "effect"] = "truth"
    bar: int = 0
    kind: Literal["rumor"] = "rumor"

    def quote(self, draft: Draft) -> Quote:
        """What it costs: breath, pebbles of a whisper, and a stake at risk with the most that it can win.

        Raises:
            Refusal: see :meth:`admit`.
        """
        check_words(self.text)
        if self.leaning not in {-1, 0, 1}:
            raise Refusal(RefusalCode.LEANING)
        cost = WHISPER_PEBBLES if self.to is not None else 0
        if self.patron is None:
            if self.stake:
                raise Refusal(RefusalCode.NO_PATRON)
            return Quote()
        patron = spender(draft, self.patron) if cost or self.stake else actor(draft, self.patron)
        if cost and draft.purse(patron_account(patron.key)) < cost:
            raise Refusal(RefusalCode.WHISPER_PURSE, cost=cost)
        if patron.breath < RUMOR_BREATH:
            raise Refusal(RefusalCode.BREATH, needed=RUMOR_BREATH, breath=patron.breath, most=BREATH_MAX)
        heat = self._heat(draft, patron.key)
        if self.stake:
            self._check_stake(draft, patron.key, cost)
            heat += STAKE_HEAT[self.on]
        return Quote(
            cost=cost,
            limit=cost,
            held=self.stake,
            breath=RUMOR_BREATH,
            heat=heat,
            worst=cost + self.stake,
            best=WAGER_MOST * self.stake - cost if self.stake else None,
        )

    def _heat(self, draft: Draft, key: str) -> int:
        """What the words give, more where their patron has a position on what they are about."""
        claims = bool(self.leaning) and self.about in GOODS
        heat = WHISPER_HEAT if self.to is not None else CLAIM_HEAT if claims else 0
        return heat + book_heat(draft, key, Good(self.about)) if claims else heat

    def _check_stake(self, draft: Draft, key: str, cost: int) -> None:
        least, most = WAGERS
        if not least <= self.stake <= most:
            raise Refusal(RefusalCode.STAKE, least=least, most=most)
        if not (self.leaning and self.about in GOODS):
            raise Refusal(RefusalCode.WAGER_WORDS)
        low, high = BARS
        if self.on == EFFECT and not low <= self.bar <= high:
            raise Refusal(RefusalCode.WAGER_BAR, least=low // 100, most=high // 100)
        good = Good(self.about)
        if any(wager.patron == key and wager.good is good for wager in draft.wagers):
            raise Refusal(RefusalCode.WAGER_STANDS, good=good)
        if turns_left(draft.rules, draft.now) < JUDGED_AFTER + 1:
            raise Refusal(RefusalCode.YEAR_ENDS, turns=turns_left(draft.rules, draft.now))
        affordable(draft, key, cost, held=self.stake)
        if room(draft) < WAGER_MOST * self.stake:
            raise Refusal(RefusalCode.BOURSE_FULL, most=max(0, room(draft) // WAGER_MOST))

    def admit(self, draft: Draft) -> None:
        """Put the line in the air, to be heard next turn, and note what it claims.

        Raises:
            Refusal: the words cannot be said, or the patron lacks breath or pebbles for them.
        """
        self.quote(draft)
        text = check_words(self.text)
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
        account = patron_account(key)
        spend_breath(draft, draft.patrons[key], RUMOR_BREATH)
        if self.to is not None:
            draft.ledger.move(account, FINES, PEBBLES, WHISPER_PEBBLES, "whisper")
        if self.stake:
            good = Good(self.about)
            draft.ledger.move(account, MARGIN, PEBBLES, self.stake, "staked")
            due = draft.now + JUDGED_AFTER
            draft.wagers.append(
                Wager(
                    patron=key,
                    on=self.on,
                    good=good,
                    leaning=self.leaning,
                    stake=self.stake,
                    chance=None,
                    price=draft.references[good],
                    said=draft.now,
                    due=due,
                    bar=self.bar if self.on == EFFECT else 0,
                    to=self.to,
                )
            )
            record(draft, key, Act.WAGER, good=good, pebbles=-self.stake, heat=STAKE_HEAT[self.on])

    def _record(self, draft: Draft, key: str) -> None:
        good = self.about if isinstance(self.about, Good) else None
        if self.to is None:
            record(draft, key, Act.RUMOR, good=good, heat=self._heat(draft, key))
        else:
            record(
                draft, key, Act.WHISPER, good=good, who=self.to, pebbles=-WHISPER_PEBBLES, heat=self._heat(draft, key)
            )


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
