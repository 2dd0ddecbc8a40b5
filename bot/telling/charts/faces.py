"""What the cards of legends and the pages of an album show."""

from dataclasses import dataclass

from wood.names import Good
from wood.rules import Legend, Rarity, ShockKind


@dataclass(frozen=True, slots=True)
class CardSeries:
    """The card of a legend, in any wood and season the same.

    Attributes:
        slug: by which it has its motif; where there is none, the same slug gives the same picture.
        title: as written.
        years: when the true episode was; may be empty.
        rarity: how its frame looks.
        good: what falls or rises in it.
        direction: 1 up, -1 down.
        kinds: the kinds of its parts, in order.
        withered: whether a harvest fails in it.
    """

    slug: str
    title: str
    years: str
    rarity: Rarity
    good: Good
    direction: int
    kinds: tuple[ShockKind, ...]
    withered: bool

    @classmethod
    def of(cls, legend: Legend) -> "CardSeries":
        """Read what a legend's card shows."""
        kinds = tuple(shock.kind for shock in legend.shocks)
        years = legend.history.years if legend.history else ""
        rarity = legend.rarity or Rarity.COMMON
        return cls(
            legend.slug, legend.title, years, rarity, legend.good, legend.direction, kinds, withered=withers(legend)
        )


@dataclass(frozen=True, slots=True)
class AlbumSeries:
    """A page of cards side by side, in rows; None lies face down."""

    faces: tuple[CardSeries | None, ...]


def withers(legend: Legend) -> bool:
    """Whether a harvest fails in a legend."""
    return any(shock.kind is ShockKind.SUPPLY and shock.strength < 0 for shock in legend.shocks)
