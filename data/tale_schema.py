"""What the file of a legend that a patron proposes may say: the form of the deck's own, words and figures in one.

Its bounds are narrower than those of the deck, so that nothing that a wood's keeper accepts in good faith breaks the
wood: all is over within :data:`LAST` turns, no price is decreed out of sight, and no purse is emptied.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate
from typing import Annotated, Final, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from data.content_schema import MAX_SLUG, SLUG, LegendFile, ShockPart
from data.language_schema import ShockWords
from wood.moves.rumor import check_words
from wood.names import FOODS, GOODS, Good
from wood.refusal import Refusal
from wood.rules import Legend, MarketRule, Rarity, ShockKind

OWN: Final = "own-"
"""How the slug of a wood's own legend begins, and no other's."""
MAX_TITLE: Final = 40
MAX_TALE: Final = 700
MAX_OMEN: Final = 160
MAX_HEARD: Final = 120
LAST: Final = 12
"""Turns after the telling within which everything has ended: latest start and longest part together."""
_HALF: Final = LAST // 2
_STEP: Final = 50
_LEAST, _MOST = 30, 250
"""Per cent of where it began that decrees may bring a price to, at any time."""
_PEBBLES: Final = 12
"""Pebbles that a legend may give each creature, or take from it, in all."""
_HALTED: Final = 2
_MARKUP: Final = frozenset("\\*_~`|<>[]{}@#")

_STRENGTHS: Final[Mapping[ShockKind, tuple[int, int]]] = {
    ShockKind.DEMAND: (1, 6),
    ShockKind.SUPPLY: (-80, 100),
    ShockKind.MONEY: (-4, 4),
    ShockKind.CREDIT: (-10, 10),
    ShockKind.RUN: (1, 80),
    ShockKind.CORNER: (1, 4),
}
_FIREWOOD_DEMAND: Final = (-60, 100)
_RULES: Final[Mapping[MarketRule, tuple[int, int]]] = {
    MarketRule.CEILING: (50, 400),
    MarketRule.FLOOR: (25, 200),
    MarketRule.RATION: (1, 10),
    MarketRule.HALT: (0, 0),
}


def _said(most: int) -> BeforeValidator:
    """Marks a player's words: one paragraph, of letters and plain marks, that can be shown anywhere as it is."""

    def check(text: object) -> object:
        if not isinstance(text, str):
            return text
        try:
            folded = check_words(text, most)
        except Refusal as refusal:
            raise PydanticCustomError(
                refusal.code.value, "{refused}", {"refused": str(refusal), **refusal.facts}
            ) from None
        if marks := "".join(sorted(_MARKUP & set(folded))):
            raise PydanticCustomError("markup", "{marks}", {"marks": marks})
        return folded

    return BeforeValidator(check)


Key = Annotated[str, Field(max_length=MAX_SLUG, pattern=rf"^{SLUG.pattern}$")]


class TaleShock(ShockPart):
    """One ``[[shocks]]`` of a proposed legend."""

    delay: Annotated[int, Field(strict=True, ge=0, le=_HALF)] = 0
    turns: Annotated[int, Field(strict=True, ge=1, le=_HALF)] = 1
    units: Annotated[int, Field(strict=True, ge=0, le=4)] = 0
    decree: Annotated[tuple[Annotated[int, Field(strict=True, ge=-_STEP, le=_STEP)], ...], Field(max_length=_HALF)] = ()
    hold: Annotated[int, Field(strict=True, ge=0, le=_HALF)] = 0

    def _strengths(self) -> tuple[int, int]:
        if self.rule:
            return _RULES[self.rule]
        if self.kind is ShockKind.DEMAND and self.good not in FOODS:
            return _FIREWOOD_DEMAND
        return _STRENGTHS[self.kind]

    @model_validator(mode="after")
    def _halts_for_a_while(self) -> Self:
        if self.rule is MarketRule.HALT and self.turns > _HALTED:
            message = f"a good is not traded for {self.turns} turns; write turns = {_HALTED} or less with a halt"
            raise ValueError(message)
        return self


class TaleFile(LegendFile):
    """The whole of a proposed legend's file."""

    title: Annotated[str, Field(min_length=1, max_length=MAX_TITLE), _said(MAX_TITLE)]
    tale: Annotated[str, Field(min_length=1, max_length=MAX_TALE), _said(MAX_TALE)]
    omen: Annotated[str, Field(min_length=1, max_length=MAX_OMEN), _said(MAX_OMEN)]
    says: Annotated[
        dict[Key, Annotated[str, Field(min_length=1, max_length=MAX_HEARD), _said(MAX_HEARD)]], Field(max_length=6)
    ] = Field(default_factory=dict)
    shocks: Annotated[tuple[TaleShock, ...], Field(min_length=1, max_length=6)]

    @model_validator(mode="after")
    def _says_what_is_heard(self) -> Self:
        if missing := [key for key in self.keys if key not in self.says]:
            message = f'a shock says {missing[0]!r}, and [says] has no such line; add {missing[0]} = "…" there'
            raise ValueError(message)
        if surplus := [key for key in self.says if key not in self.keys]:
            message = f'no shock says {surplus[0]!r}; add says = "{surplus[0]}" to one, or remove the line'
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _keeps_within_reach(self) -> Self:
        for good in GOODS:
            low, high = _reach(self.shocks, good)
            if low < _LEAST or high > _MOST:
                message = (
                    f"the decrees on {good} bring its price to {low if low < _LEAST else high} per cent of where it "
                    f"began; keep it between {_LEAST} and {_MOST} with smaller steps"
                )
                raise ValueError(message)
        moved = sum(abs(part.strength) * part.turns for part in self.shocks if part.kind is ShockKind.MONEY)
        if moved > _PEBBLES:
            message = f"money moves {moved} pebbles a creature in all; keep strength times turns at {_PEBBLES} or less"
            raise ValueError(message)
        return self

    def tale_of(self, slug: str, author: str) -> Legend:
        """Turn the file into a legend of a wood's own; ``author`` is the key of the patron who made it up."""
        words = ShockWords(title=self.title, tale=self.tale, omen=self.omen, says=self.says)
        return replace(self.legend(slug, words), author=author, rarity=Rarity.COMMON)


def _reach(shocks: tuple[TaleShock, ...], good: Good) -> tuple[int, int]:
    """The lowest and the highest that decrees bring a good's price to, in per cent of where it began."""
    steps: dict[int, list[int]] = {}
    for shock in shocks:
        if shock.good is good:
            for at, step in enumerate(shock.decree, shock.delay):
                steps.setdefault(at, []).append(step)
    turns = [step for at in sorted(steps) for step in steps[at]]
    course = list(accumulate(turns, lambda price, step: price * (100 + step) // 100, initial=10_000))
    return min(course) // 100, max(course) // 100
