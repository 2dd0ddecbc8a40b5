"""News of the calendar, the creatures, and of what is said."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from bot.telling.catalog import Fact
from bot.telling.lives import Life
from bot.telling.news import LIVELY, Family, News, Sight
from bot.telling.phrases import mood, mood_of, public, season_name, topic, units
from wood.chronicle import EventKind, Turn
from wood.names import CENTS, CREATURES, GOODS, Good

_GOOD, _LOW = 6_500, 5_000
"""Hundredths of a mood from which it is a good one, and under which it is a low one."""
_POOR: Final = 3
"""Pebbles up to which a purse counts as empty."""


def of_lives(sight: Sight) -> Iterator[News]:
    """What a day has to tell of the seasons, of hearths, tables and purses, and of words."""
    yield from _calendar(sight)
    yield from _hearths(sight)
    for life in sight.day.lives:
        yield from _life(sight, life)
    yield from _wealth(sight)
    yield from _talk(sight)


# The calendar, the hearths and the tables


def _calendar(sight: Sight) -> Iterator[News]:
    for turn in sight.day.turns:
        if turn.day == 1 and turn.number > 1:
            logs = _need(sight, turn)
            yield News(Family.SEASON, 30, "season", {"season": season_name(sight.rules, turn), "logs": logs})
    if sight.day.year is not None:
        data = sight.day.year.data or {}
        winner = sight.who(str(data.get("winner") or sight.day.year.subject))
        yield News(Family.YEAR, 90, "year", {"year": int(data.get("year") or 0), "winner": winner})


def _need(sight: Sight, turn: Turn) -> int:
    """Logs that a hearth burns in the season of a turn, as that begins."""
    return next(season.firewood[0] for season in sight.rules.seasons if season.season is turn.season)


def _hearths(sight: Sight) -> Iterator[News]:
    facts: dict[str, Fact]
    day, nights = sight.day, len(sight.day.turns) * len(CREATURES)
    cold = sum(day.cold.values())
    firewood = sight.price(day.prices[GOODS.index(Good.FIREWOOD)].after)
    if cold * 10 >= nights:
        coldest = max(day.cold, key=lambda each: day.cold[each])
        facts = {"hearths": len(day.cold), "nights": cold, "firewood": firewood}
        facts |= {"name": sight.who(coldest), "most": day.cold[coldest]}
        yield News(Family.COLD, 26 + cold * 60 // nights, "cold", facts)
    hungry = [life for life in day.lives if life.hungry]
    if hungry:
        worst = max(hungry, key=lambda life: life.hungry)
        facts = {"name": sight.who(worst.creature), "meals": worst.hungry, "tables": len(hungry)}
        yield News(Family.HUNGER, 30 + 4 * sum(life.hungry for life in hungry), "hunger", facts)
    meals = sum(day.meals.values())
    if day.meals[3] * 5 >= meals * 4 and not day.cold:
        family = Family.FEAST if day.meals[3] == meals else Family.PLENTY
        yield News(family, 25, "feast", {"feasts": day.meals[3], "meals": meals})
    yield from _rotten(sight)


def _rotten(sight: Sight) -> Iterator[News]:
    heaps = ((each, good, count) for each in sight.day.lives for good, count in each.rotten.items())
    life, good, count = max(heaps, key=lambda heap: heap[2], default=(None, None, 0))
    if life is not None and good is not None and count * 2 >= max(6, len(sight.day.turns)):
        load = units(sight.words, good, count)
        facts = {"name": sight.who(life.creature), "load": load, "count": count, **sight.good(good)}
        yield News(Family.ROT, 17 + min(15, count), life.creature, facts)


# The creatures


def _life(sight: Sight, life: Life) -> Iterator[News]:
    name = sight.who(life.creature)
    purse: dict[str, Fact] = {"name": name, "pebbles": life.purse[1]}
    if life.purse[1] <= _POOR:
        yield News(Family.BROKE, 27, life.creature, purse)
    held = sum(sight.day.turns[-1].purses.values())
    if life.purse[1] * 5 >= held * 2:
        share = life.purse[1] * 100 // max(1, held)
        yield News(Family.RICH, 22 + share // 10, life.creature, {**purse, "share": share})
    then, now = life.mood
    if then is not None and mood_of(then) is not mood_of(now) and (now >= _GOOD if now > then else now < _LOW):
        family = Family.MERRY if now > then else Family.GLUM
        facts: dict[str, Fact] = {"name": name, "was": mood(sight.words, then), "mood": mood(sight.words, now)}
        yield News(family, 12 + abs(now - then) // 200, life.creature, facts)


def _wealth(sight: Sight) -> Iterator[News]:
    facts: dict[str, Fact]
    best = max(sight.day.lives, key=lambda life: life.gain)
    worst = min(sight.day.lives, key=lambda life: life.gain)
    if best.gain_percent >= LIVELY and (good := best.trade) is not None:
        facts = {
            "name": sight.who(best.creature),
            "pebbles": best.gain // CENTS,
            "size": best.gain_percent,
            "load": units(sight.words, good, best.sold[good]),
            "earned": best.earned[good],
        }
        yield News(Family.GAIN, 16 + min(30, best.gain_percent // 2), best.creature, facts)
    if worst.gain_percent <= -LIVELY:
        facts = {
            "name": sight.who(worst.creature),
            "pebbles": -worst.gain // CENTS,
            "size": -worst.gain_percent,
            "cold": worst.cold,
        }
        yield News(Family.LOSS, 16 + min(30, -worst.gain_percent // 2), worst.creature, facts)
    if best.wealth[0] is not None:
        first, before = (max(sight.day.lives, key=lambda life: life.wealth[at] or 0) for at in (1, 0))
        if first is not before:
            facts = {"name": sight.who(first.creature), "other": sight.who(before.creature)}
            yield News(Family.LEAD, 31, first.creature, facts)
    gap, now = sight.day.gini
    if gap is not None and abs(round(gap - now, 2)) >= 0.05:
        low, high = (pick(sight.day.lives, key=lambda life: life.wealth[1]) for pick in (min, max))
        facts = {"name": sight.who(high.creature), "other": sight.who(low.creature)}
        facts |= {"times": (high.wealth[1] * 10 // max(1, low.wealth[1])) // 10}
        yield News(Family.WIDER if now > gap else Family.NARROWER, 23, "gap", facts)


# What is said


def _talk(sight: Sight) -> Iterator[News]:
    facts: dict[str, Fact]
    turns = sight.day.turns
    spoken = [event for _, event in public(turns, EventKind.RUMOR) if event.subject]
    if spoken:
        (loudest, _), *_ = Counter(event.subject for event in spoken).most_common(1)
        theirs = [event.data or {} for event in spoken if event.subject == loudest]
        about = topic(sight.words, sight.rules, theirs[-1].get("about"))
        facts = {"name": sight.who(loudest), "about": about, "count": len(spoken)}
        yield News(Family.RUMOR, 26 + min(12, 2 * len(spoken)), "rumor", facts)
    for _, event in public(turns, EventKind.JUDGED)[-1:]:
        data = event.data or {}
        facts = {"name": sight.who(event.subject), "good": topic(sight.words, sight.rules, data.get("good"))}
        yield News(Family.RIGHT if data.get("true") else Family.WRONG, 33, event.subject, facts)
    for family, sign in ((Family.QUARREL, -1), (Family.FRIENDS, 1)):
        words = Counter(
            (event.subject, str((event.data or {}).get("about")))
            for _, event in public(turns, EventKind.GOSSIP)
            if (event.data or {}).get("about") in CREATURES and int((event.data or {}).get("leaning") or 0) == sign
        )
        for (speaker, about), count in words.most_common(1):
            facts = {"name": sight.who(speaker), "other": sight.who(about)}
            yield News(family, 20 + 2 * min(6, count), speaker, facts)
    for _, event in public(turns, EventKind.DEFAULT)[-1:]:
        facts = {"name": sight.who(event.subject), "pebbles": int((event.data or {}).get("owed") or 0)}
        yield News(Family.DEFAULT, 46, event.subject, facts)
    if joined := [event.subject for _, event in public(turns, EventKind.JOINED)]:
        facts = {"name": sight.who(joined[-1]), "count": len(joined)}
        yield News(Family.JOINED, 27 + min(10, 2 * len(joined)), "joined", facts)
