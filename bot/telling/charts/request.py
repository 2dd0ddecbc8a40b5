"""What can be drawn, as plain values: cheap to import, and they travel to a worker as they are."""

from dataclasses import dataclass
from enum import StrEnum

from wood.names import Good


class ChartKind(StrEnum):
    """The charts there are."""

    HERO = "hero"
    PRICES = "prices"
    WEALTH = "wealth"
    FIREWOOD = "firewood"
    RANKING = "ranking"
    BANNER = "banner"
    CALIBRATION = "calibration"
    COURSE = "course"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ChartRequest:
    """A wish for a chart.

    Attributes:
        kind: which chart.
        good: the one good that a price chart shows, None for all five; the hero's subject, None for the day's own.
        span: how many of the last turns are shown, 1 or more; None for all that are given, of a hero's those of
            the day and of the days before it that a reader remembers.
        day: how many of the last turns are the day that a hero is about, 1 or more; None for a fourth of those given.
        legend: the slug of the legend that a banner is for.
        patron: the key of the patron whose claims a calibration is about.
    """

    kind: ChartKind
    good: Good | None = None
    span: int | None = None
    day: int | None = None
    legend: str = ""
    patron: str = ""
