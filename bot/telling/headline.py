"""The day's headline: what mattered most and was not told in the days before, in words that hold against the figures.

All news of a day has a weight. What was the headline of one of the days before weighs less, so that a long fall or a
long frost gives way to what else there is; these days are told anew from the history, so the same history always reads
the same. Which of several wordings is used goes round with the date. Every wording claims only what the figures say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.telling.catalog import Words
from bot.telling.digest import Digest, digest
from bot.telling.news import Family, News, Sight
from bot.telling.news_lives import of_lives
from bot.telling.news_prices import of_prices
from bot.telling.phrases import capital
from wood.chance import below
from wood.chronicle import Turn
from wood.rules import Rules

_STALE: Final = (60, 45, 32, 22, 14, 9, 6)
"""Per cent of its weight that news loses whose family was the headline one, two, … days ago."""
_STALE_DESK: Final = 35
"""Per cent that news loses which is of the same part of the wood's life as yesterday's headline."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes headlines: in some language, with wordings that go round with the date, from a start drawn by the seed."""

    words: Words
    seed: int
    date: str

    def write(self, news: News, place: int = 0) -> str:
        """One headline; ``place`` goes on to the wordings behind the date's own."""
        return capital(self.words(self.form(news.family, place), **news.facts))

    def form(self, family: Family, place: int = 0) -> str:
        """The key of the wording in which the date tells a family's news."""
        wordings = self.words.wordings(f"headline-{family}")
        return wordings[(place + self._turn(family)) % len(wordings)]

    def _turn(self, family: Family) -> int:
        """How far the wordings of a family have gone round: one further each day."""
        try:
            day = date.fromisoformat(self.date).toordinal()
        except ValueError:  # a simulation has no calendar
            return below(1_000, self.seed, 0, "headline", self.date, family)
        return day + below(1_000, self.seed, 0, "headline", family)


def headlines(words: Words, rules: Rules, names: Mapping[str, str], day: Digest, seed: int, date: str) -> list[str]:
    """The lines of :func:`told`."""
    return [line for _, line in told(words, rules, names, day, seed, date)]


def told(
    words: Words, rules: Rules, names: Mapping[str, str], day: Digest, seed: int, date: str
) -> list[tuple[News, str]]:
    """The day's news in the order of :func:`chosen`, each with its line; the first is the headline.

    Args:
        words: the wood's language.
        rules: the content.
        names: patron key -> name as shown.
        day: the day's figures.
        seed: the wood's seed.
        date: the local date; seed and date choose the wording.
    """
    pen = Pen(words, seed, date)
    return [(each, pen.write(each, place)) for each, place in _placed(chosen(words, rules, names, day))]


def chosen(words: Words, rules: Rules, names: Mapping[str, str], day: Digest) -> list[News]:
    """The news of a day in the order in which it is told: the headline, the best of every other desk, then the rest.

    Of one thing only the weightiest is told.
    """
    past: list[News] = []
    for before in _days_before(rules, day):
        past.append(_ranked(news_of(words, rules, names, before), past)[0])
    first, *others = _ranked(news_of(words, rules, names, day), past)
    about, desks = {first.about}, {first.desk}
    front: list[News] = [first]
    back: list[News] = []
    for each in sorted(others, key=lambda each: -each.weight):
        if each.about not in about:
            about.add(each.about)
            (back if each.desk in desks else front).append(each)
            desks.add(each.desk)
    return front + back


def news_of(words: Words, rules: Rules, names: Mapping[str, str], day: Digest) -> list[News]:
    """All that a day has to tell, in no order; there is always something."""
    sight = Sight(words, rules, names, day)
    return [*of_prices(sight), *of_lives(sight)]


def _ranked(found: Sequence[News], past: Sequence[News]) -> list[News]:
    """News by its weight, less where its like was the headline of one of the days before, the latest last."""

    def weight(news: News) -> int:
        ago = next((ago for ago, each in enumerate(reversed(past)) if each.family is news.family), len(_STALE))
        lost = _STALE[ago] if ago < len(_STALE) else 0
        return news.weight * (100 - max(lost, _STALE_DESK if past and past[-1].desk is news.desk else 0))

    return sorted(found, key=lambda news: -weight(news))


def _days_before(rules: Rules, day: Digest) -> list[Digest]:
    """The days before as far as they are known, oldest first, each as many turns long as this one."""
    length, known = len(day.turns), list(day.history)
    days: list[Sequence[Turn]] = []
    while len(known) > length and len(days) < len(_STALE):
        days.insert(0, known[-length:])
        known = known[:-length]
    return [digest(rules, turns, day.history) for turns in days]


def _placed(found: Sequence[News]) -> list[tuple[News, int]]:
    """News with its place among that of its family, so that no two of a day are worded alike."""
    seen: dict[Family, int] = {}
    placed = []
    for news in found:
        placed.append((news, seen.get(news.family, 0)))
        seen[news.family] = placed[-1][1] + 1
    return placed


def resting(words: Words, seed: int, date: str) -> str:
    """The headline of a day without a turn."""
    return Pen(words, seed, date).write(News(Family.REST, 0, "", {}))
