"""What stays of a patron's years, as a card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from wood.stakes import Career, Title
from wood.world import World


@dataclass(frozen=True, slots=True)
class CareerCard:
    """A patron's years.

    Attributes:
        name: as shown.
        career: what was counted.
        told: how often it told a legend.
        survived: how often it came through one.
    """

    name: str
    career: Career
    told: int
    survived: int

    @property
    def titles(self) -> Sequence[tuple[int, tuple[Title, ...]]]:
        """The years that brought titles, the latest first, with what they brought."""
        years = groupby(self.career.titles, key=lambda each: each[0])
        return [(year, tuple(title for _, title in each)) for year, each in years][::-1]


def career_card(world: World, names: Mapping[str, str], key: str) -> CareerCard:
    """The years of the patron ``key``; ``names`` are patron key -> name as shown."""
    patron = world.patrons[key]
    told, survived = sum(card.told for card in patron.cards), sum(card.survived for card in patron.cards)
    return CareerCard(names[key], patron.career, told, survived)
