"""The year's end, as a card for its post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wood.calendar import Date, date_of
from wood.chronicle import EventKind, Turn
from wood.names import Creature
from wood.rules import Rules


@dataclass(frozen=True, slots=True)
class YearCard:
    """A year that ended.

    Attributes:
        rules: the content.
        turns: the turns of the year, oldest first; the last one tells its end.
        names: patron key -> what the patron is called (never a mention).
    """

    rules: Rules
    turns: Sequence[Turn]
    names: Mapping[str, str]

    @property
    def year(self) -> int:
        """Which year ended."""
        return self.turns[-1].year

    @property
    def standing(self) -> tuple[tuple[Creature, int], ...]:
        """The creatures and their mean wealth over the year (hundredths of a pebble), richest first."""
        data = self._told
        means = {Creature(who): int(mean) for who, mean in data["standing"].items()}
        winner = Creature(data["winner"])
        return tuple(sorted(means.items(), key=lambda each: (each[0] is not winner, -each[1])))

    @property
    def patron(self) -> str:
        """The key of the foremost patron; empty where nobody was one."""
        return str(self._told["patron"])

    @property
    def next(self) -> Date:
        """The first day of the new year."""
        return date_of(self.rules, self.turns[-1].number + 1)

    @property
    def _told(self) -> Mapping[str, Any]:
        return next(event.data for event in self.turns[-1].events if event.kind is EventKind.YEAR and event.data)
