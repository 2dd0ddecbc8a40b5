"""What can be drawn, as plain values: cheap to import, and they travel to a worker as they are."""

from dataclasses import dataclass
from enum import StrEnum

from wood.names import Good


class ChartKind(StrEnum):
    """The charts there are."""

    PRICES = "prices"
    WEALTH = "wealth"
    FIREWOOD = "firewood"
    RANKING = "ranking"


@dataclass(frozen=True, slots=True)
class ChartRequest:
    """A wish for a chart.

    Attributes:
        kind: which chart.
        good: the one good that a price chart shows; None for all five.
        span: how many of the last turns are shown, 1 or more; None for all that are given.
    """

    kind: ChartKind
    good: Good | None = None
    span: int | None = None
