"""The day's headline: what mattered most, in words that hold against the figures.

What matters most is decided in this order: a legend told; a price that moved by a quarter or more; a shock of the
calendar; cold hearths; a feast; the year's end; else a quiet day. What comes next is told below the headline.
Which of several wordings is used is drawn from the wood's seed and the date, so that the same day always reads the
same. Every wording claims only what the figures say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.telling.catalog import Fact, Words
from bot.telling.digest import Digest, PriceRow, Telling
from bot.telling.phrases import capital, deed, does, price, who
from wood.chance import below
from wood.names import GOODS, Good
from wood.rules import Legend, Rules

CRASH: Final = 25
"""Per cent from which a day's move is news."""
_STIR: Final = 5
_LIVELY: Final = 10
"""Per cent from which a day is not called quiet."""


class Family(StrEnum):
    """What a headline may be about; its wordings are numbered from ``headline-<family>-1`` in the catalogs."""

    TURNED = "legend-turned"
    ALONG = "legend-along"
    AGAINST = "legend-against"
    UNMOVED = "legend-unmoved"
    RISE = "rise"
    FALL = "fall"
    SHOCK = "shock"
    COLD = "cold"
    FEAST = "feast"
    PLENTY = "plenty"
    YEAR = "year"
    STILL = "still"
    LIVELY = "lively"
    QUIET = "quiet"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes headlines: in some language, with wordings drawn by the wood's seed and the date."""

    words: Words
    seed: int
    date: str

    def write(self, family: Family, topic: str, place: int = 0, **facts: Fact) -> str:
        """One headline; ``place`` goes on to the wordings behind the one drawn for ``topic``."""
        wordings = self.words.wordings(f"headline-{family}")
        drawn = below(len(wordings), self.seed, 0, "headline", self.date, topic)
        return capital(self.words(wordings[(place + drawn) % len(wordings)], **facts))


def headlines(words: Words, rules: Rules, names: Mapping[str, str], day: Digest, seed: int, date: str) -> list[str]:
    """The day's news, weightiest first; the first is the headline, and there is always one.

    Args:
        words: the wood's language.
        rules: the content.
        names: patron key -> name as shown.
        day: the day's figures.
        seed: the wood's seed.
        date: the local date; seed and date choose the wording.
    """
    pen = _Pen(words, seed, date)
    news = list(_news(pen, rules, names, day))
    return news or [_quiet(pen, day)]


def resting(words: Words, seed: int, date: str) -> str:
    """The headline of a day without a turn."""
    return _Pen(words, seed, date).write(Family.REST, "rest")


def _news(pen: _Pen, rules: Rules, names: Mapping[str, str], day: Digest) -> Iterator[str]:
    for telling in reversed(day.tellings):
        yield _legend(pen, telling, day)
    untold = {shock.legend.good: shock for shock in day.shocks}
    told_of = {telling.legend.good for telling in day.tellings}
    moves = 0
    for row in sorted(day.prices, key=lambda row: -abs(row.change)):
        if abs(row.change) < CRASH or row.good in told_of:
            continue
        shock = untold.pop(row.good, None)
        if shock:
            yield _shock(pen, shock, day)
        else:
            yield _move(pen, row, moves)
            moves += 1
    for shock in untold.values():
        yield _shock(pen, shock, day)
    if sum(day.cold.values()) * 10 >= len(day.turns) * len(rules.creatures):
        yield _cold(pen, rules, day)
    meals = sum(day.meals.values())
    if day.meals[3] * 5 >= meals * 4 and not day.cold:
        yield _feast(pen, day.meals[3], meals)
    if day.year is not None:
        data = day.year.data or {}
        winner = who(pen.words, rules, names, str(data.get("winner") or day.year.subject))
        yield pen.write(Family.YEAR, "year", year=int(data.get("year") or 0), winner=winner)


def _clause(words: Words, telling: Telling, day: Digest) -> str:
    """What the price did, and in how many turns if that is not the whole day: the price table shows the day's move."""
    clause = does(words, telling.legend.good, telling.change)
    if telling.turns == len(day.turns):
        return clause
    return words("headline-within", clause=clause, turns=telling.turns)


def _legend(pen: _Pen, telling: Telling, day: Digest) -> str:
    words, title, good = pen.words, telling.legend.title, telling.legend.good
    topic = f"legend {telling.turn}"
    there, back = telling.swing
    if abs(there) >= CRASH and abs(back) >= CRASH:
        clause, then = does(words, good, there), deed(words, good, back)
        return pen.write(Family.TURNED, topic, title=title, clause=clause, then=then)
    along = telling.change * telling.legend.direction
    if _both_ways(telling.legend):
        along = abs(along)  # up with the tale or down with it, nothing went against it
    if abs(along) < _STIR:
        return pen.write(Family.UNMOVED, topic, title=title, good=words(f"good-{good}"))
    family = Family.ALONG if along > 0 else Family.AGAINST
    return pen.write(family, topic, title=title, clause=_clause(words, telling, day))


def _both_ways(legend: Legend) -> bool:
    """Whether a legend moves its good up and down, as a bubble does."""
    decreed = [percent for shock in legend.shocks if shock.good is legend.good for percent in shock.decree]
    return min(decreed, default=0) < 0 < max(decreed, default=0)


def _move(pen: _Pen, row: PriceRow, place: int) -> str:
    """A price's move; ``place`` counts those of the day, so that no two are worded alike."""
    words = pen.words
    return pen.write(
        Family.RISE if row.change > 0 else Family.FALL,
        "move",
        place,
        clause=does(words, row.good, row.change),
        good=words(f"good-{row.good}"),
        before=price(words, row.before),
        after=price(words, row.after),
    )


def _shock(pen: _Pen, shock: Telling, day: Digest) -> str:
    title, clause = shock.legend.title, _clause(pen.words, shock, day)
    inner = _inner(pen.words, title)
    return pen.write(Family.SHOCK, f"shock {shock.turn}", title=title, inner=inner, clause=clause)


def _cold(pen: _Pen, rules: Rules, day: Digest) -> str:
    coldest = max(day.cold, key=lambda who: day.cold[who])
    return pen.write(
        Family.COLD,
        "cold",
        hearths=len(day.cold),
        nights=sum(day.cold.values()),
        name=rules.creatures[coldest].name,
        most=day.cold[coldest],
        firewood=price(pen.words, day.prices[GOODS.index(Good.FIREWOOD)].after),
    )


def _feast(pen: _Pen, feasts: int, meals: int) -> str:
    if feasts == meals:
        return pen.write(Family.FEAST, "feast")
    return pen.write(Family.PLENTY, "feast", feasts=feasts, meals=meals)


def _quiet(pen: _Pen, day: Digest) -> str:
    words, boldest = pen.words, day.boldest
    most = abs(boldest.change)
    if not most:
        return pen.write(Family.STILL, "still", trades=day.trades)
    clause = does(words, boldest.good, boldest.change)
    if most >= _LIVELY:
        return pen.write(Family.LIVELY, "lively", clause=clause, trades=day.trades, after=price(words, boldest.after))
    return pen.write(Family.QUIET, "quiet", clause=clause, trades=day.trades, most=most)


def _inner(words: Words, title: str) -> str:
    """A title as it stands within a sentence: an article at its head is written small."""
    articles = tuple(f"{article} " for article in words("headline-articles").split())
    return title[0].lower() + title[1:] if title.startswith(articles) else title
