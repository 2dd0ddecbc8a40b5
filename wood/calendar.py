"""The calendar: which day of which season a turn is, and what the season asks of a hearth."""

from functools import lru_cache
from typing import NamedTuple

from wood.rules import Rules, SeasonRule


class Date(NamedTuple):
    """A turn's place in the calendar.

    Attributes:
        year: from 1.
        season: with its figures.
        day: turn of the season, from 1.
    """

    year: int
    season: SeasonRule
    day: int

    @property
    def firewood(self) -> int:
        """Logs that one hearth asks for, before any legend's say."""
        return self.season.firewood[self.day - 1]

    @property
    def days(self) -> int:
        """Turns in the season."""
        return len(self.season.firewood)


@lru_cache(maxsize=64)
def date_of(rules: Rules, turn: int) -> Date:
    """Find a turn (from 1) in the calendar; 0, a wood before its first turn, counts as the first."""
    year, rest = divmod(max(turn, 1) - 1, rules.year)
    for season in rules.seasons:
        if rest < len(season.firewood):
            return Date(year + 1, season, rest + 1)
        rest -= len(season.firewood)
    raise AssertionError  # the remainder is always inside the year


def turns_left(rules: Rules, turn: int) -> int:
    """Turns of a turn's year that come after it."""
    return (rules.year - max(turn, 1) % rules.year) % rules.year
