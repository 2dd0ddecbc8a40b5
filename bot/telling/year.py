"""A year that ended, as a card: how creatures and patrons stood, and what patrons had kept to themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wood.calendar import Date, date_of
from wood.chronicle import EventKind, Turn
from wood.magistrate import Verdict
from wood.moves.joining import JOIN_PEBBLES
from wood.names import Act, Creature, Good
from wood.rules import Rules
from wood.season import COURSE_EVERY
from wood.stakes import Entry, Title


@dataclass(frozen=True, slots=True)
class CountedRow:
    """How one patron's year was counted.

    Attributes:
        key: whose.
        rank: 1 is first.
        pebbles: what the purse held.
        standing: that with fame and prophecy.
        titles: what the year's end calls the patron, the best first.
        course: its standing at the end of every few turns, the last of them the year's end.
    """

    key: str
    rank: int
    pebbles: int
    standing: int
    titles: tuple[Title, ...]
    course: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearCard:
    """A year that ended.

    Attributes:
        rules: the content.
        turns: the turns of the year, oldest first; the last one tells its end.
        names: patron key -> what the patron is called (never a mention).
        aliases: patron key -> what creatures call the patron, for where no font has the letters of the name.
    """

    rules: Rules
    turns: Sequence[Turn]
    names: Mapping[str, str]
    aliases: Mapping[str, str]

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
    def counted(self) -> tuple[CountedRow, ...]:
        """The patrons whose year was counted, the foremost first; nobody in a year from before years were counted."""
        rows = (
            CountedRow(
                key=key,
                rank=int(data["rank"]),
                pebbles=int(data["pebbles"]),
                standing=int(data["standing"]),
                titles=tuple(map(Title, data["titles"])),
                course=tuple(map(int, data["course"])),
            )
            for key, data in self._of(EventKind.COUNTED)
        )
        return tuple(sorted(rows, key=lambda row: row.rank))

    def points(self, row: CountedRow) -> Mapping[int, float]:
        """A patron's course by turns; one who was there all year begins it with the purse that everybody gets."""
        first, last = self.turns[0].number, self.turns[-1].number
        end = last - last % COURSE_EVERY
        ends = range(end, first - 1, -COURSE_EVERY)
        found = dict(zip(ends, map(float, reversed(row.course)), strict=False))
        if len(row.course) >= len(ends) and first not in found:
            found[first] = float(JOIN_PEBBLES)
        return dict(sorted(found.items()))

    @property
    def convicted(self) -> tuple[tuple[Turn, str], ...]:
        """The verdicts that found a patron guilty: when, and the patron's key."""
        return tuple(
            (turn, event.subject)
            for turn in self.turns
            for event in turn.events
            if event.kind is EventKind.VERDICT
            and event.to is None
            and (event.data or {}).get("verdict") != Verdict.ACQUITTED
        )

    @property
    def secrets(self) -> Mapping[str, tuple[Entry, ...]]:
        """Patron key -> its secret deeds of the year, oldest first; only of those who had any."""
        return {key: tuple(map(_deed, data["entries"])) for key, data in self._of(EventKind.SAGA)}

    @property
    def next(self) -> Date:
        """The first day of the new year."""
        return date_of(self.rules, self.turns[-1].number + 1)

    @property
    def _told(self) -> Mapping[str, Any]:
        return next(data for _, data in self._of(EventKind.YEAR))

    def _of(self, kind: EventKind) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for event in self.turns[-1].events:
            if event.kind is kind and event.to is None and event.data:
                yield event.subject, event.data


def _deed(entry: Mapping[str, Any]) -> Entry:
    good = entry["good"]
    return Entry(
        turn=int(entry["turn"]),
        act=Act(entry["act"]),
        good=Good(good) if good else None,
        who=str(entry["who"]),
        pebbles=int(entry["pebbles"]),
        heat=int(entry["heat"]),
    )
