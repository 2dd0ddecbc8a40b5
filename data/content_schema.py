"""What the figures of the content may say, field by field, and how they and one language's words become rules.

The models turn into the frozen types of ``wood.rules``; the words come from :mod:`data.language_schema`.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from data.language_schema import CreatureWords, LegendWords, Part, ShockWords
from wood.names import CREATURES, FOODS, GOODS, SEASONS, Creature, Good, Season
from wood.rules import (
    CreatureRule,
    GoodRule,
    Healing,
    History,
    Layer,
    Legend,
    Lot,
    MarketRule,
    Rarity,
    SeasonRule,
    Shock,
    ShockKind,
    Temper,
)

SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_SLUG: Final = 40
MAX_STEP: Final = 60
"""A decree's largest step, in per cent."""

_STRENGTHS: Final = {
    ShockKind.DEMAND: (1, 20),
    ShockKind.SUPPLY: (-100, 200),
    ShockKind.MONEY: (-20, 20),
    ShockKind.CREDIT: (-30, 30),
    ShockKind.RUN: (1, 100),
    ShockKind.CORNER: (1, 20),
}
_FIREWOOD_DEMAND: Final = (-100, 300)
_RULE_STRENGTHS: Final = {
    MarketRule.CEILING: (10, 1000),
    MarketRule.FLOOR: (10, 1000),
    MarketRule.RATION: (1, 20),
    MarketRule.HALT: (0, 0),
}
_GOODLESS: Final = (ShockKind.MONEY, ShockKind.CREDIT)


Percent = Annotated[int, Field(strict=True, ge=0, le=100)]


class GoodPart(Part):
    """One table of ``goods.toml``."""

    emoji: Annotated[str, Field(min_length=1, max_length=8)]
    start: Annotated[int, Field(strict=True, ge=100, le=9900)]
    capacity: Annotated[int, Field(strict=True, ge=1, le=99)]
    larder: Annotated[int, Field(strict=True, ge=0, le=99)]
    rot: tuple[Annotated[int, Field(strict=True, ge=0)], Annotated[int, Field(strict=True, ge=1)]]

    @model_validator(mode="after")
    def _rots_at_most_whole(self) -> Self:
        if self.rot[0] > self.rot[1]:
            message = "more than everything rots; write rot = [part, whole] with part <= whole, such as [1, 3]"
            raise ValueError(message)
        return self

    def rule(self, good: Good) -> GoodRule:
        """Turn the table into the rule of ``good``."""
        return GoodRule(good, self.emoji, self.start, self.capacity, self.larder, self.rot)


class TemperPart(Part):
    """The ``temper`` table of a creature."""

    thrift: Percent
    nerves: Percent
    credulity: Percent
    speculation: Percent
    generosity: Percent


class CreaturePart(Part):
    """One table of ``creatures.toml``."""

    emoji: Annotated[str, Field(min_length=1, max_length=8)]
    makes: Good
    harvest: Annotated[int, Field(strict=True, ge=100, le=2000)]
    trust: dict[Creature, Percent] = Field(default_factory=dict)
    temper: TemperPart

    def rule(self, creature: Creature, words: CreatureWords) -> CreatureRule:
        """Turn the table into the rule of ``creature``, its trust in canonical order."""
        return CreatureRule(
            creature=creature,
            name=words.name,
            animal=words.animal,
            emoji=self.emoji,
            makes=self.makes,
            harvest=self.harvest,
            temper=Temper(words=words.temper, **self.temper.model_dump()),
            trust={other: self.trust[other] for other in CREATURES if other in self.trust},
        )


class SeasonPart(Part):
    """One ``[[season]]`` of ``calendar.toml``."""

    season: Season
    emoji: Annotated[str, Field(min_length=1, max_length=8)]
    firewood: Annotated[tuple[Annotated[int, Field(strict=True, ge=0, le=9)], ...], Field(min_length=1, max_length=120)]


class CalendarFile(Part):
    """The whole of ``calendar.toml``."""

    season: tuple[SeasonPart, ...]

    @model_validator(mode="after")
    def _every_season_once(self) -> Self:
        if tuple(part.season for part in self.season) != SEASONS:
            message = f"write one [[season]] for each of {', '.join(SEASONS)}, in this order"
            raise ValueError(message)
        return self

    def rules(self, names: Mapping[Season, str]) -> tuple[SeasonRule, ...]:
        """Turn the calendar into the rules of its seasons."""
        return tuple(SeasonRule(part.season, names[part.season], part.emoji, part.firewood) for part in self.season)


class ShockPart(Part):
    """One ``[[shocks]]`` of a legend or a plain shock; see :class:`wood.rules.Shock` for what the fields mean.

    ``says`` is the key of what creatures hear when it starts, by which every language has its own text for it.
    """

    kind: ShockKind
    layer: Layer
    good: Good | None = None
    creature: Creature | None = None
    delay: Annotated[int, Field(strict=True, ge=0, le=14)] = 0
    turns: Annotated[int, Field(strict=True, ge=1, le=15)] = 1
    strength: Annotated[int, Field(strict=True, ge=-1000, le=1000)] = 0
    units: Annotated[int, Field(strict=True, ge=0, le=20)] = 0
    healing: Healing = Healing.NONE
    rule: MarketRule | None = None
    decree: Annotated[
        tuple[Annotated[int, Field(strict=True, ge=-MAX_STEP, le=MAX_STEP)], ...], Field(max_length=10)
    ] = ()
    hold: Annotated[int, Field(strict=True, ge=0, le=15)] = 0
    leaning: Annotated[int, Field(strict=True, ge=-1, le=1)] = 0
    says: Annotated[str, Field(max_length=MAX_SLUG, pattern=rf"^({SLUG.pattern})?$")] = ""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        for check in (self._of_layer, self._of_good, self._of_decree, self._of_rule, self._of_strength):
            if problem := check():
                raise ValueError(problem)
        return self

    def _of_layer(self) -> str | None:
        if self.kind is ShockKind.RUMOR and self.layer is not Layer.HEARSAY:
            return 'a rumor is nothing but words; write layer = "hearsay"'
        if self.layer is Layer.HEARSAY and not self.says:
            return "hearsay without words; add says, the key of what is said"
        if self.layer is Layer.HEARSAY and (self.decree or self.units):
            return 'hearsay may be ignored; remove decree and units or write layer = "settlement"'
        return None

    def _of_good(self) -> str | None:
        if self.kind in _GOODLESS:
            return f"{self.kind} acts on purses; remove good" if self.good else None
        return None if self.good else f"{self.kind} acts on a good; add good, one of {', '.join(GOODS)}"

    def _of_decree(self) -> str | None:
        if self.hold and not self.decree:
            return "hold keeps a decree in force; add decree or remove hold"
        if self.decree and not self.good:
            return "a decree moves a good's price; remove decree or put it into a shock that has a good"
        if self.decree and not sum(self.decree):
            return "the decree's steps cancel out; make their sum positive or negative, or remove decree"
        return None

    def _of_rule(self) -> str | None:
        if (self.kind is ShockKind.RULE) is not (self.rule is not None):
            return f'kind = "rule" and rule go together; rule is one of {", ".join(MarketRule)}'
        if self.units and self.kind is not ShockKind.SUPPLY:
            return 'units are a windfall; write kind = "supply" or remove units'
        return None

    def _of_strength(self) -> str | None:
        if self.layer is Layer.HEARSAY:
            return "words have no strength; remove strength" if self.strength else None
        if self.units:
            return "a windfall has units; remove strength" if self.strength else None
        least, most = self._strengths()
        if not least <= self.strength <= most or (not self.strength and most):
            of = f"{self.kind} ({self.rule})" if self.rule else f"{self.kind} of {self.good or 'every good'}"
            return f"the strength of {of} is a whole number from {least} to {most}, not 0; it is {self.strength}"
        return None

    def _strengths(self) -> tuple[int, int]:
        if self.rule:
            return _RULE_STRENGTHS[self.rule]
        if self.kind is ShockKind.DEMAND and self.good not in FOODS:
            return _FIREWOOD_DEMAND
        return _STRENGTHS[self.kind]

    def shock(self, says: Mapping[str, str]) -> Shock:
        """Turn the table into a shock that says what stands under its key, if it has one."""
        figures = {name: getattr(self, name) for name in type(self).model_fields if name != "says"}
        return Shock(**figures, text=says[self.says] if self.says else "")


class ShockFile(Part):
    """A file of ``shocks/``: a plain shock of the calendar, which is not in the deck."""

    good: Good
    direction: Annotated[int, Field(strict=True)]
    lot: Lot | None = None
    seasons: Annotated[tuple[Season, ...], Field(max_length=4)] = ()
    shocks: Annotated[tuple[ShockPart, ...], Field(min_length=1, max_length=10)]

    @model_validator(mode="after")
    def _falls_in_some_season(self) -> Self:
        if (self.lot is None) is not (not self.seasons):
            message = "lot and seasons go together: a boon or a bane, and the seasons in which it may fall"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _has_a_direction(self) -> Self:
        if self.direction not in {-1, 1}:
            message = f"direction is 1 if {self.good} gets dearer or -1 if cheaper, not {self.direction}"
            raise ValueError(message)
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of what its shocks say, each once, in order."""
        return tuple(dict.fromkeys(part.says for part in self.shocks if part.says))

    def legend(self, slug: str, words: ShockWords) -> Legend:
        """Turn figures and words, whose keys are the same, into a legend."""
        history = words.history.model_dump() if isinstance(words, LegendWords) else None
        return Legend(
            slug=slug,
            title=words.title,
            tale=words.tale,
            omen=words.omen,
            good=self.good,
            direction=self.direction,
            shocks=tuple(part.shock(words.says) for part in self.shocks),
            history=History(**history) if history else None,
            lot=self.lot,
            seasons=self.seasons,
            signs=words.signs,
        )


class LegendFile(ShockFile):
    """A file of ``legends/``: a card of the deck, which moves its good whatever the creatures choose."""

    rarity: Rarity = Rarity.COMMON

    @model_validator(mode="after")
    def _moves_its_good(self) -> Self:
        decrees = [part.decree for part in self.shocks if part.good is self.good and part.decree]
        if not any(sum(decree) * self.direction > 0 for decree in decrees):
            message = (
                f"no settlement shock moves {self.good} in direction {self.direction}; "
                f'add a decree of that sign to a shock with good = "{self.good}", or turn direction around'
            )
            raise ValueError(message)
        before, after = 1, 1
        for decree in decrees:
            for step in decree:
                before, after = before * 100, after * (100 + step)
        if (after - before) * self.direction <= 0:
            change = 100 * after // before - 100
            message = f"all decrees on {self.good} together change its price by about {change} per cent, \
against direction {self.direction}; strengthen the decree that is meant to win"
            raise ValueError(message)
        return self

    def legend(self, slug: str, words: ShockWords) -> Legend:
        """Turn figures and words, whose keys are the same, into a legend with its rarity."""
        return replace(super().legend(slug, words), rarity=self.rarity)
