"""News of legends, prices and the market."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from bot.telling.catalog import Fact, Words
from bot.telling.digest import PriceRow, Telling
from bot.telling.news import CRASH, LIVELY, Family, News, Sight
from bot.telling.phrases import deed, does, percent, units
from wood.names import Good
from wood.rules import Legend

_STIR: Final = 5
_RECORD: Final = 16
"""Turns of which a price must be the highest or the lowest to be a record."""
_DAYS: Final = 3
"""Days in a row that make a streak."""


def of_prices(sight: Sight) -> Iterator[News]:
    """What a day has to tell of legends, prices and the market."""
    yield from _tellings(sight)
    yield from _moves(sight)
    yield from _courses(sight)
    yield from _market(sight)


# Legends and shocks


def _tellings(sight: Sight) -> Iterator[News]:
    for place, telling in enumerate(reversed(sight.day.tellings)):
        yield _legend(sight, telling, 110 - place)
    for shock in sight.day.shocks:
        title = shock.legend.title
        facts = {"title": title, "inner": inner(sight.words, title), "clause": _clause(sight, shock)}
        yield News(Family.SHOCK, 70, shock.legend.good, facts)


def _clause(sight: Sight, telling: Telling) -> str:
    """What the price did, and in how many turns if that is not the whole day."""
    clause = does(sight.words, telling.legend.good, telling.change)
    if telling.turns == len(sight.day.turns):
        return clause
    return sight.words("headline-within", clause=clause, turns=telling.turns)


def _legend(sight: Sight, telling: Telling, weight: int) -> News:
    words, title, good = sight.words, telling.legend.title, telling.legend.good
    there, back = telling.swing
    if abs(there) >= CRASH and abs(back) >= CRASH:
        facts: dict[str, Fact] = {"clause": does(words, good, there), "then": deed(words, good, back)}
        return News(Family.TURNED, weight, good, {"title": title, **facts})
    along = telling.change * telling.legend.direction
    if _both_ways(telling.legend):
        along = abs(along)  # up with the tale or down with it, nothing went against it
    if abs(along) < _STIR:
        return News(Family.UNMOVED, weight, good, {"title": title, "good": words(f"good-{good}")})
    family = Family.ALONG if along > 0 else Family.AGAINST
    return News(family, weight, good, {"title": title, "clause": _clause(sight, telling)})


# Prices


def _moves(sight: Sight) -> Iterator[News]:
    """What prices did within the day."""
    # What a legend or a shock of the day acted on is told with its name.
    told = {telling.legend.good for telling in (*sight.day.tellings, *sight.day.shocks)}
    for row in sight.day.prices:
        size = abs(row.change)
        if row.good in told or size < LIVELY:
            continue
        up = row.change > 0
        if size >= CRASH:
            yield News(Family.RISE if up else Family.FALL, min(92, 45 + size // 2), row.good, _move(sight, row))
        else:
            yield News(Family.CLIMB if up else Family.SLIDE, 12 + size, row.good, _move(sight, row))


def _move(sight: Sight, row: PriceRow) -> dict[str, Fact]:
    return {
        "clause": does(sight.words, row.good, row.change),
        "before": sight.price(row.before),
        "after": sight.price(row.after),
        "size": abs(row.change),
        **sight.good(row.good),
    }


def _courses(sight: Sight) -> Iterator[News]:
    """Prices that turned within the day, or that stand where they have not stood for long."""
    for row in sight.day.prices:
        peak = min(percent(row.before, row.high), -percent(row.high, row.after))
        dip = min(-percent(row.before, row.low), percent(row.low, row.after))
        facts = {**sight.good(row.good), "before": sight.price(row.before), "after": sight.price(row.after)}
        if peak >= LIVELY:
            yield News(Family.PEAK, 18 + peak, row.good, {**facts, "far": sight.price(row.high)})
        if dip >= LIVELY:
            yield News(Family.DIP, 18 + dip, row.good, {**facts, "far": sight.price(row.low)})
        yield from _record(sight, row, facts)
        yield from _streak(sight, row, facts)


def _record(sight: Sight, row: PriceRow, facts: Mapping[str, Fact]) -> Iterator[News]:
    """A price that stands higher or lower than for many turns: how many is told, or all that are known."""
    course = [turn.references[row.good] for turn in (*sight.day.history, *sight.day.turns)][:-1]
    for family, beaten in (
        (Family.HIGH, [at for at, each in enumerate(course) if each >= row.after]),
        (Family.LOW, [at for at, each in enumerate(course) if each <= row.after]),
    ):
        turns = len(course) - 1 - beaten[-1] if beaten else len(course)
        if turns >= max(_RECORD, 2 * len(sight.day.turns)):
            yield News(family, 24 + min(16, turns // 4), row.good, {**facts, "turns": turns})


def _streak(sight: Sight, row: PriceRow, facts: Mapping[str, Fact]) -> Iterator[News]:
    """A price that has gone one way for days, each as long as this one."""
    length = len(sight.day.turns)
    course = [turn.references[row.good] for turn in (*sight.day.history, *sight.day.turns)]
    evenings = course[::-length]
    days = 0
    while days + 1 < len(evenings) and (evenings[days] - evenings[days + 1]) * row.change > 0:
        days += 1
    size = abs(percent(evenings[days], evenings[0]))
    if days >= _DAYS and size >= _STIR:
        family = Family.DEARER if row.change > 0 else Family.CHEAPER
        yield News(
            family, 20 + min(14, 2 * days) + min(10, size // 10), row.good, {**facts, "days": days, "size": size}
        )


# The market


def _market(sight: Sight) -> Iterator[News]:
    day, words = sight.day, sight.words
    boldest = day.boldest
    facts: dict[str, Fact] = {"trades": day.trades, "most": abs(boldest.change)}
    if not boldest.change:
        yield News(Family.STILL, 30, "still", facts)
    elif abs(boldest.change) < LIVELY:
        facts["clause"] = does(words, boldest.good, boldest.change)
        yield News(Family.QUIET, 20, "quiet", facts)
    dealings = Counter((trade.buyer, trade.seller) for turn in day.turns for trade in turn.trades)
    for (buyer, seller), count in dealings.most_common(1):
        goods = Counter[Good]()
        for turn in day.turns:
            for trade in turn.trades:
                if (trade.buyer, trade.seller) == (buyer, seller):
                    goods[trade.good] += trade.qty
        ((good, _),) = goods.most_common(1)
        facts = {"name": sight.who(buyer), "other": sight.who(seller), "count": count, **sight.good(good)}
        yield News(Family.PAIR, 16 + min(8, count // 2), buyer, facts)
    sold = max(day.prices, key=lambda row: row.volume)
    if sold.volume:
        facts = {"load": units(words, sold.good, sold.volume), "count": sold.volume, **sight.good(sold.good)}
        yield News(Family.MOST, 17, sold.good, facts)
    dear, cheap = (pick(day.prices, key=lambda row: row.after) for pick in (max, min))
    if dear.after >= 2 * cheap.after:
        facts = {
            "dear": words(f"good-{dear.good}"),
            "cheap": words(f"good-{cheap.good}"),
            "times": dear.after // cheap.after,
            "high": sight.price(dear.after),
            "low": sight.price(cheap.after),
        }
        yield News(Family.SPREAD, 14 + min(10, dear.after // cheap.after), dear.good, facts)


def _both_ways(legend: Legend) -> bool:
    """Whether a legend moves its good up and down, as a bubble does."""
    decreed = [percent for shock in legend.shocks if shock.good is legend.good for percent in shock.decree]
    return min(decreed, default=0) < 0 < max(decreed, default=0)


def inner(words: Words, title: str) -> str:
    """A title as it stands within a sentence: an article at its head is written small."""
    articles = tuple(f"{article} " for article in words("headline-articles").split())
    return title[0].lower() + title[1:] if title.startswith(articles) else title
