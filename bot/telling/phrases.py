"""Short phrases that boards, reports, charts and answers share: figures, names, moods and moves of prices.

Every phrase is plain text without markup; what others wrote is tamed by :mod:`bot.telling.taming`. Each function takes
the words of the language that it speaks first.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from bot.telling.catalog import Fact, Words
from bot.telling.taming import MAX_NAME, clean
from wood.chronicle import Event, EventKind, Turn
from wood.names import CENTS, Creature, Good, Name
from wood.rules import History, Legend, Rules

# Figures


def price(words: Words, hundredths: int) -> str:
    """A reference price in pebbles: ``"4.25"``."""
    return words("price", amount=Decimal(hundredths) / CENTS)


def counted(words: Words, noun: str, number: int) -> str:
    """A number with its noun (``count-<noun>`` in the catalogs): ``"1 pebble"``, ``"1,240 pebbles"``."""
    return words(f"count-{noun}", count=number)


def pace(words: Words, seconds: int) -> str:
    """A length of turns: ``"1 hour"``, ``"90 seconds"``."""
    for noun, unit in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds % unit == 0:
            return counted(words, noun, seconds // unit)
    return counted(words, "second", seconds)


def percent(before: int, after: int) -> int:
    """By how many per cent ``after`` is above ``before``, rounded half away from zero; 0 from nothing."""
    if before <= 0:
        return 0
    change = abs(after - before) * 200 + before
    return (change // (2 * before)) * (1 if after >= before else -1)


def way(change: int) -> str:
    """Which way a move goes, as catalogs select by it: ``"up"``, ``"down"`` or ``"none"``."""
    return "up" if change > 0 else "down" if change < 0 else "none"


def signed(words: Words, change: int) -> str:
    """A move in per cent with its sign: ``"+12 %"``, ``"−7 %"``, ``"0 %"``."""
    return words("signed", way=way(change), size=abs(change))


def gained(words: Words, pebbles: int) -> str:
    """What was won or lost, with its sign: ``"+5"``, ``"−12"``, ``"0"``."""
    return words("gain", way=way(pebbles), size=abs(pebbles))


def moved(words: Words, change: int) -> str:
    """A move in plain words, for readers who hear it read: ``"up 12 %"``, ``"down 7 %"``, ``"unchanged"``."""
    return words("moved", way=way(change), size=abs(change))


_STEPS: Final = (50, 25, 10, 1)
"""Per cent from which a move has a stronger verb of its own (``fall-50``, ``rise-25``, … in the catalogs)."""
_TIMES_MOST: Final = 3


def does(words: Words, good: Good, change: int) -> str:
    """What a good's price did in a day, as a clause: ``"honey tumbles 41 %"``, ``"acorns hold steady"``."""
    return words(f"does-{_deed(change)}", good=words(f"good-{good}"), **_done(words, good, change))


def deed(words: Words, good: Good, change: int) -> str:
    """The same clause without its good, to go on with after a "then": ``"tumbles 41 %"``."""
    return words(f"does-{_deed(change)}.deed", **_done(words, good, change))


def _done(words: Words, good: Good, change: int) -> dict[str, Fact]:
    over = "yes" if change % 100 or change // 100 > _TIMES_MOST else "no"
    return {"number": words(f"good-{good}.number"), "size": abs(change), "over": over}


def _deed(change: int) -> str:
    if change >= 100:
        return f"times-{min(change // 100, _TIMES_MOST)}"
    step = next((step for step in _STEPS if abs(change) >= step), None)
    return "hold" if step is None else f"{'rise' if change > 0 else 'fall'}-{step}"


class Mood(Name):
    """A mood in one word, best first."""

    MERRY = "merry"
    CONTENT = "content"
    FAIR = "fair"
    LOW = "low"
    GLOOMY = "gloomy"
    WRETCHED = "wretched"


_MOODS: Final = (
    (8000, Mood.MERRY),
    (6500, Mood.CONTENT),
    (5000, Mood.FAIR),
    (3500, Mood.LOW),
    (2000, Mood.GLOOMY),
)


def mood_of(hundredths: int) -> Mood:
    """The mood that a figure (hundredths of a point, 0 to 10,000) stands for."""
    return next((mood for least, mood in _MOODS if hundredths >= least), Mood.WRETCHED)


_FACES: Final = {
    Mood.MERRY: "😄",
    Mood.CONTENT: "🙂",
    Mood.FAIR: "😐",
    Mood.LOW: "🙁",
    Mood.GLOOMY: "😟",
    Mood.WRETCHED: "😣",
}


def face(hundredths: int) -> str:
    """How somebody looks in a mood (hundredths of a point)."""
    return _FACES[mood_of(hundredths)]


def mood(words: Words, hundredths: int) -> str:
    """A mood (hundredths of a point) as one word."""
    return words(f"mood-{mood_of(hundredths)}")


# Names


def capital(text: str) -> str:
    """The same text with a capital at its head, the rest as it is."""
    return text[:1].upper() + text[1:]


def of_good(words: Words, good: Good) -> str:
    """A good's name at the head of a line: ``"Honey"``."""
    return words(f"good-{good}.title")


def units(words: Words, good: Good, number: int) -> str:
    """Units of a good: ``"1 berry"``, ``"3 berries"``, ``"2 honey"``."""
    return words(f"units-{good}", count=number)


def of_creature(words: Words, rules: Rules, creature: Creature) -> str:
    """A creature with what it is: ``"Oona the owl"``."""
    rule = rules.creatures[creature]
    return words("creature-kind", name=rule.name, animal=rule.animal)


def who(words: Words, rules: Rules, names: Mapping[str, str], key: str) -> str:
    """The shown name of an account: a creature's, a patron's (cleaned), or who else comes to the wood."""
    if key in rules.creatures:
        return rules.creatures[Creature(key)].name
    if key in names and (name := clean(names[key], MAX_NAME)):
        return name
    return words(
        {"": "who-traveller", "stranger": "who-stranger", "agent": "who-agent", "bowl": "who-bowl"}.get(
            key, "who-patron"
        )
    )


def topic(words: Words, rules: Rules, about: str | None) -> str:
    """What a line is about, as shown: a good, a creature's name, or ``"the wood"``."""
    if about is not None and about in rules.creatures:
        return rules.creatures[Creature(about)].name
    return words(f"good-{about}") if about in rules.goods else words("topic-wood")


def when(words: Words, rules: Rules, turn: Turn) -> str:
    """The date of a turn in the wood: ``"Autumn, day 3"``."""
    return words("date-day", season=season_name(rules, turn), day=turn.day)


def season_name(rules: Rules, turn: Turn) -> str:
    """The name of a turn's season as content files give it."""
    return next((rule.name for rule in rules.seasons if rule.season is turn.season), capital(turn.season.value))


def span(words: Words, turns: Sequence[Turn]) -> str:
    """The numbers of some turns: ``"turn 7"``, ``"turns 7 to 12"``."""
    first, last = turns[0].number, turns[-1].number
    return words("span-one", turn=last) if first == last else words("span-many", first=first, last=last)


# Events


def public(turns: Iterable[Turn], *kinds: EventKind) -> list[tuple[Turn, Event]]:
    """The events that everybody may see, with their turns, in order; only of ``kinds`` if any are named.

    The one gate through which reports and charts read events: what is addressed to somebody stays out.
    """
    return [
        (turn, event)
        for turn in turns
        for event in turn.events
        if event.to is None and (not kinds or event.kind in kinds)
    ]


def legend_of(rules: Rules, event: Event) -> Legend | None:
    """The legend or shock that an event names, if the content still has it."""
    data = event.data or {}
    return rules.legends.get(str(data.get("slug") or data.get("legend") or event.subject))


def years_beside(past: History) -> str:
    """The years of an episode as they stand beside its name; "none" where the name has them already."""
    return "none" if not past.years or past.years in past.episode else past.years
