"""The day's headline: what mattered most, in words that hold against the figures.

What matters most is decided in this order: a legend told; a price that moved by a quarter or more; a shock of the
calendar; cold hearths; a feast; the year's end; else a quiet day. What comes next is told below the headline.
Which of several wordings is used is drawn from the wood's seed and the date, so that the same day always reads the
same. Every wording claims only what the figures say.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bot.telling.digest import Digest, PriceRow, Telling
from bot.telling.words import capital, count, does, price, who
from wood.chance import below
from wood.names import GOODS, Good
from wood.rules import Legend, Rules

CRASH: Final = 25
"""Per cent from which a day's move is news."""
_STIR: Final = 5
_LIVELY: Final = 10
"""Per cent from which a day is not called quiet."""
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five")

Pick = Callable[[str, tuple[str, ...]], str]


def headlines(rules: Rules, names: Mapping[str, str], day: Digest, seed: int, date: str) -> list[str]:
    """The day's news, weightiest first; the first is the headline, and there is always one.

    Args:
        rules: the content.
        names: patron key -> name as shown.
        day: the day's figures.
        seed: the wood's seed.
        date: the local date; seed and date choose the wording.
    """

    def pick(topic: str, wordings: tuple[str, ...]) -> str:
        return wordings[below(len(wordings), seed, 0, "headline", date, topic)]

    news = list(_news(rules, names, day, pick))
    return news or [_quiet(day, pick)]


def resting(seed: int, date: str) -> str:
    """The headline of a day without a turn."""
    wordings = (
        "The wood rests: no turn was played today",
        "A day without a turn",
        "Nothing stirs: the wood stood still today",
    )
    return wordings[below(len(wordings), seed, 0, "headline", date, "rest")]


def _news(rules: Rules, names: Mapping[str, str], day: Digest, pick: Pick) -> Iterator[str]:
    for telling in reversed(day.tellings):
        yield _legend(telling, _within(day, telling), pick)
    untold = {shock.legend.good: shock for shock in day.shocks}
    told_of = {telling.legend.good for telling in day.tellings}
    moves = 0
    for row in sorted(day.prices, key=lambda row: -abs(row.change)):
        if abs(row.change) < CRASH or row.good in told_of:
            continue
        shock = untold.pop(row.good, None)
        if shock:
            yield _shock(shock, _within(day, shock), pick)
        else:
            yield _move(row, moves, pick)
            moves += 1
    for shock in untold.values():
        yield _shock(shock, _within(day, shock), pick)
    if sum(day.cold.values()) * 10 >= len(day.turns) * len(rules.creatures):
        yield _cold(rules, day, pick)
    meals = sum(day.meals.values())
    if day.meals[3] * 5 >= meals * 4 and not day.cold:
        yield _feast(day.meals[3], meals, pick)
    if day.year is not None:
        data = day.year.data or {}
        yield _year(int(data.get("year") or 0), who(rules, names, str(data.get("winner") or day.year.subject)), pick)


def _within(day: Digest, telling: Telling) -> str:
    """In how many turns a price moved, where that is not the whole day: the price table shows the day's move."""
    return (
        ""
        if telling.turns == len(day.turns)
        else f" in {count(telling.turns, 'turn') if telling.turns > 1 else 'one turn'}"
    )


def _legend(telling: Telling, within: str, pick: Pick) -> str:
    title, good = telling.legend.title, telling.legend.good
    there, back = telling.swing
    if abs(there) >= CRASH and abs(back) >= CRASH:
        return pick(f"legend {telling.turn}", _turned(title, good, there, back))
    along = telling.change * telling.legend.direction
    if _both_ways(telling.legend):
        along = abs(along)  # up with the tale or down with it, nothing went against it
    clause = does(good, telling.change) + within
    if along >= _STIR:
        wordings: tuple[str, ...] = (
            f"“{title}” is told, and {clause}",
            f"{capital(clause)} after “{title}”",
            f"One tale is enough: {clause} after “{title}”",
            f"The wood hears “{title}”: {clause}",
        )
    elif along <= -_STIR:
        wordings = (
            f"“{title}” is told, yet {clause}",
            f"Against the tale: {clause} after “{title}”",
        )
    else:
        wordings = (
            f"“{title}” is told, and the price of {good} has hardly stirred",
            f"The wood hears “{title}”, and the price of {good} stays where it was",
        )
    return pick(f"legend {telling.turn}", wordings)


def _both_ways(legend: Legend) -> bool:
    """Whether a legend moves its good up and down, as a bubble does."""
    decreed = [percent for shock in legend.shocks if shock.good is legend.good for percent in shock.decree]
    return min(decreed, default=0) < 0 < max(decreed, default=0)


def _turned(title: str, good: Good, there: int, back: int) -> tuple[str, ...]:
    """A price that went a long way and turned."""
    clause, then = does(good, there), does(good, back).removeprefix(f"{good} ")
    return (
        f"“{title}” is told: {clause}, then {then}",
        f"The wood hears “{title}”: {clause}, then {then}",
        f"{capital(clause)} after “{title}”, then {then}",
    )


def _move(row: PriceRow, place: int, pick: Pick) -> str:
    """A price's move; ``place`` counts those of the day, so that no two are worded alike."""
    clause, now = does(row.good, row.change), price(row.after)
    if row.change > 0:
        wordings = (
            f"{capital(clause)} to {now} pebbles",
            f"Dear days for buyers: {clause} to {now}",
            f"A good day to hold {row.good}: from {price(row.before)} to {now} pebbles",
            f"From {price(row.before)} to {now}: {clause}",
        )
    else:
        wordings = (
            f"{capital(clause)} to {now} pebbles",
            f"Bitter day for sellers: {clause} to {now}",
            f"A bad day to hold {row.good}: from {price(row.before)} to {now} pebbles",
            f"From {price(row.before)} to {now}: {clause}",
        )
    return pick("move", (*wordings[place:], *wordings[:place]))


def _shock(shock: Telling, within: str, pick: Pick) -> str:
    title, clause = shock.legend.title, does(shock.legend.good, shock.change) + within
    return pick(
        f"shock {shock.turn}",
        (f"{title} comes over the wood; {clause}", f"{title}: {clause}", f"{capital(clause)} under {_lower(title)}"),
    )


def _cold(rules: Rules, day: Digest, pick: Pick) -> str:
    nights = sum(day.cold.values())
    hearths = f"{_NUMBERS[len(day.cold)]} hearth{'s' if len(day.cold) > 1 else ''}"
    coldest = max(day.cold, key=lambda who: day.cold[who])
    name = rules.creatures[coldest].name
    firewood = price(day.prices[GOODS.index(Good.FIREWOOD)].after)
    return pick(
        "cold",
        (
            f"Too few logs: {hearths} went cold, firewood at {firewood}",
            f"{name} shivers: {count(day.cold[coldest], 'cold night')}, firewood at {firewood}",
            f"{capital(hearths)} without enough wood: {count(nights, 'cold night')} in all",
        ),
    )


def _feast(feasts: int, meals: int, pick: Pick) -> str:
    if feasts == meals:
        return pick("feast", ("Three dishes on every table", "A feast: nobody ate fewer than three kinds of food"))
    return pick(
        "feast",
        (
            f"Full plates: {feasts} of {count(meals, 'meal')} had three dishes",
            f"The wood eats well: three kinds of food at {feasts} of {count(meals, 'table')}",
        ),
    )


def _year(year: int, winner: str, pick: Pick) -> str:
    return pick(
        "year",
        (
            f"Year {year} closes, and {winner} was its richest creature",
            f"{winner} was the richest creature of year {year}, which ends today",
            f"The books of year {year} are closed: over the year {winner} was the richest",
        ),
    )


def _quiet(day: Digest, pick: Pick) -> str:
    boldest = day.boldest
    most = abs(boldest.change)
    if not most:
        return pick("still", ("Not a price moved today", f"{count(day.trades, 'trade')}, and every price where it was"))
    if most >= _LIVELY:
        return pick(
            "lively",
            (
                f"{capital(does(boldest.good, boldest.change))}, the widest move of the day",
                f"{capital(count(day.trades, 'trade'))}, and {does(boldest.good, boldest.change)}",
                f"A restless market: {does(boldest.good, boldest.change)} to {price(boldest.after)}",
            ),
        )
    return pick(
        "quiet",
        (
            f"A quiet day: no price moved more than {most} %",
            f"{capital(count(day.trades, 'trade'))}, and no price moved more than {most} %",
            f"Small change: {does(boldest.good, boldest.change)}, the widest move of the day",
            f"Calm in the market; {does(boldest.good, boldest.change)}",
        ),
    )


def _lower(title: str) -> str:
    return title[0].lower() + title[1:] if title.startswith(("The ", "A ", "An ")) else title
