"""Short English phrases for what happens in a wood, and the taming of text that others wrote.

Every phrase here is plain text without markup. Whoever shows it in Discord or in Markdown passes what
came from a player or a model through :func:`escape`; whoever stores or draws it, through :func:`clean`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from wood.chronicle import Event, EventKind, Turn
from wood.names import CENTS, Creature, Good
from wood.rules import Legend, Rules

MAX_NAME: Final = 32
"""Characters of a patron's name that are ever shown."""

_JOINERS: Final = frozenset("\u200c\u200d")  # Arabic, Indic scripts and emoji sequences need them
_MAX_MARKS: Final = 3  # combining marks on one letter; more is decoration that runs over other lines
_ACTIVE: Final = re.compile(r"[\\*_~`|<>\[\]@#/]|:(?=/)|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_WORD_JOINER: Final = "\u2060"


# Taming


def clean(text: str, limit: int | None = None) -> str:
    """Make one harmless line of ``text``: no controls, no direction overrides, no stacked accents.

    Args:
        text: anything.
        limit: the most characters to keep; a cut text ends in an ellipsis.
    """
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(char)
        if kind[0] == "Z" or char in "\t\n\r\v\f":
            kept.append(" ")
            marks = 0
        elif kind in ("Cc", "Cs", "Co", "Cn") or (kind == "Cf" and char not in _JOINERS):
            continue
        elif kind in ("Mn", "Me") and unicodedata.combining(char):
            marks += 1
            if marks <= _MAX_MARKS:
                kept.append(char)
        else:
            marks = 0
            kept.append(char)
    line = " ".join("".join(kept).split())
    return line if limit is None else bounded(line, limit)


def escape(text: str) -> str:
    """Make text by a player or a model show as itself in Discord: no markup, link, mention or time stamp.

    discord.py's ``escape_markdown`` leaves links, ``<t:…>``, ``<#…>`` and ``</…>`` alive, so every character
    that starts anything is escaped here. The server looks for mentions in the raw text, where a backslash means
    nothing to it, so ``@`` and ``<`` also get an invisible word joiner behind them.
    """
    escaped = _ACTIVE.sub(lambda found: "\\" + found.group(), clean(text))
    return escaped.replace("@", "@" + _WORD_JOINER).replace("<", "<" + _WORD_JOINER)


def bounded(text: str, limit: int) -> str:
    """Cut ``text`` to at most ``limit`` characters, between words where there are any, with an ellipsis."""
    if len(text) <= limit:
        return text
    if limit <= 1:
        return "…"[:limit]
    head = text[: limit - 1]
    space = head.rfind(" ")
    if text[limit - 1] != " " and space > limit // 2:
        head = head[:space]
    return head.rstrip(" ,;:.\u200d") + "…"


def whole_sentences(text: str, limit: int) -> str:
    """Cut ``text`` to at most ``limit`` characters, after a sentence if one ends in its second half."""
    if len(text) <= limit:
        return text
    end = max(text.rfind(mark + " ", 0, limit) for mark in ".!?…")
    return text[: end + 1] if end > limit // 2 else bounded(text, limit)


def whole_lines(lines: Sequence[str], limit: int) -> list[str]:
    """As many whole lines from the front as fit into ``limit`` characters with their line breaks.

    When some are left out, the last line says how many; nothing fits into a ``limit`` too small for that line.
    """
    if sum(map(len, lines)) + max(0, len(lines) - 1) <= limit:
        return list(lines)
    for keep in range(len(lines) - 1, -1, -1):
        kept = [*lines[:keep], f"… and {len(lines) - keep} more"]
        if sum(map(len, kept)) + len(kept) - 1 <= limit:
            return kept
    return []


# Figures


def price(hundredths: int) -> str:
    """A reference price in pebbles: ``"4.25"``."""
    return f"{hundredths / CENTS:.2f}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: ``"1 pebble"``, ``"1,240 pebbles"``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def percent(before: int, after: int) -> int:
    """By how many per cent ``after`` is above ``before``, rounded half away from zero; 0 from nothing."""
    if before <= 0:
        return 0
    change = abs(after - before) * 200 + before
    return (change // (2 * before)) * (1 if after >= before else -1)


def signed(change: int) -> str:
    """A move in per cent with its sign: ``"+12 %"``, ``"−7 %"``, ``"0 %"``."""
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{abs(change):,} %"


def moved(change: int) -> str:
    """A move in plain words, for readers who hear it read: ``"up 12 %"``, ``"down 7 %"``, ``"unchanged"``."""
    return f"{'up' if change > 0 else 'down'} {abs(change):,} %" if change else "unchanged"


_FALLS: Final = ((50, "collapses", "collapse"), (25, "tumbles", "tumble"), (10, "falls", "fall"), (1, "slips", "slip"))
_RISES: Final = ((50, "soars", "soar"), (25, "leaps", "leap"), (10, "climbs", "climb"), (1, "edges up", "edge up"))
_TIMES: Final = ("double", "triple", "quadruple")


def does(good: Good, change: int) -> str:
    """What a good's price did in a day, as a clause: ``"honey tumbles 41 %"``, ``"acorns hold steady"``."""
    one = good in (Good.HONEY, Good.FIREWOOD)
    if change >= 100:
        times, over = divmod(change, 100)
        word = _TIMES[min(times, len(_TIMES)) - 1]
        more = "more than " if over or times > len(_TIMES) else ""
        return f"{good} {more}{word}{'s' if one else ''}, {moved(change)}"
    for least, singular, plural in _RISES if change > 0 else _FALLS:
        if abs(change) >= least:
            return f"{good} {singular if one else plural} {abs(change)} %"
    return f"{good} {'holds' if one else 'hold'} steady"


def listed(parts: Sequence[str]) -> str:
    """Parts as an English list: ``"a"``, ``"a and b"``, ``"a, b and c"``."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


_MOODS: Final = ((8000, "merry"), (6500, "content"), (5000, "fair"), (3500, "low"), (2000, "gloomy"), (0, "wretched"))


def mood(hundredths: int) -> str:
    """A mood (hundredths of a point, 0 to 10,000) as one word, from ``"wretched"`` to ``"merry"``."""
    return next(word for least, word in _MOODS if hundredths >= least or least == 0)


# Names


def capital(text: str) -> str:
    """The same text with a capital at its head, the rest as it is."""
    return text[:1].upper() + text[1:]


def of_good(good: Good) -> str:
    """A good's name at the head of a line: ``"Honey"``."""
    return good.value.capitalize()


def of_creature(rules: Rules, creature: Creature) -> str:
    """A creature with what it is: ``"Oona the owl"``."""
    rule = rules.creatures[creature]
    return f"{rule.name} the {rule.animal}"


def who(rules: Rules, names: Mapping[str, str], key: str) -> str:
    """The shown name of an account: a creature's, a patron's (cleaned), or who else comes to the wood."""
    if key in rules.creatures:
        return rules.creatures[Creature(key)].name
    if key in names:
        return clean(names[key], MAX_NAME) or "a patron"
    return {"": "a traveller", "stranger": "a stranger", "bowl": "the commons bowl"}.get(key, "a patron")


def topic(rules: Rules, about: str | None) -> str:
    """What a line is about, as shown: a good, a creature's name, or ``"the wood"``."""
    if about is None:
        return "the wood"
    if about in rules.creatures:
        return rules.creatures[Creature(about)].name
    return about if about in rules.goods else "the wood"


def when(rules: Rules, turn: Turn) -> str:
    """The date of a turn in the wood: ``"Autumn, day 3"``."""
    return f"{season_name(rules, turn)}, day {turn.day}"


def season_name(rules: Rules, turn: Turn) -> str:
    """The name of a turn's season as content files give it."""
    return next((rule.name for rule in rules.seasons if rule.season is turn.season), turn.season.value.capitalize())


def span(first: int, last: int) -> str:
    """The numbers of some turns: ``"turn 7"``, ``"turns 7 to 12"``."""
    return f"turn {last}" if first == last else f"turns {first} to {last}"


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


def event_line(event: Event, rules: Rules, names: Mapping[str, str]) -> str | None:
    """One plain sentence for a public event; None for an event that is not for everybody.

    Args:
        event: what happened.
        rules: the content.
        names: patron key -> name as shown.
    """
    if event.to is not None:
        return None
    facts = _Facts(event, rules, names)
    return _news(facts) or _household(facts) or _fortunes(facts)


def legend_of(rules: Rules, event: Event) -> Legend | None:
    """The legend or shock that an event names, if the content still has it."""
    data = event.data or {}
    return rules.legends.get(str(data.get("slug") or data.get("legend") or event.subject))


class _Facts:
    """An event's data, read with care: a missing key is a blank or a nought, never an error in a report."""

    def __init__(self, event: Event, rules: Rules, names: Mapping[str, str]) -> None:
        self.kind = event.kind
        self.rules = rules
        self.names = names
        self.subject = who(rules, names, event.subject)
        self.data = event.data or {}
        self.legend = legend_of(rules, event)

    def text(self, key: str) -> str:
        return clean(str(self.data.get(key) or ""))

    def number(self, key: str) -> int:
        return int(self.data.get(key) or 0)

    @property
    def good(self) -> str:
        return topic(self.rules, self.data.get("good"))


def _news(facts: _Facts) -> str | None:
    """What is said and told."""
    match facts.kind:
        case EventKind.LEGEND:
            title = facts.legend.title if facts.legend else "A legend"
            if facts.legend is not None and facts.legend.history is None:
                return f"{title} comes over the wood."
            tellers = [who(facts.rules, facts.names, str(key)) for key in facts.data.get("patrons") or ()]
            return f"{listed(tellers)} told {title}." if tellers else f"{title} is told."
        case EventKind.SHOCK:
            title = facts.legend.title if facts.legend else "A legend"
            return f"{title} takes hold of {facts.good}."
        case EventKind.DECREE:
            before, after = price(facts.number("before")), price(facts.number("after"))
            return f"{facts.good.capitalize()}: {before} becomes {after} by decree."
        case EventKind.RUMOR:
            return f"{capital(facts.subject)} spreads a rumor: “{facts.text('text')}”"
        case EventKind.GOSSIP:
            return f"{facts.subject} says: “{facts.text('text')}”"
        case EventKind.JUDGED:
            proved = "true" if facts.data.get("true") else "false"
            return f"What {facts.subject} said of {facts.good} proved {proved}."
        case EventKind.GATHERING:
            return f"A legend gathers breath: {facts.number('breath')} of {facts.number('needed')}."
    return None


def _household(facts: _Facts) -> str | None:
    """What befalls stores, hearths and tables."""
    match facts.kind:
        case EventKind.WEATHER:
            weather = facts.data.get("weather") or {}
            rich = [str(good) for good, luck in weather.items() if luck == 1]
            poor = [str(good) for good, luck in weather.items() if luck == -1]
            parts = [f"{word} {listed(goods)}" for word, goods in (("rich", rich), ("poor", poor)) if goods]
            return f"The season promises {' but '.join(parts) or 'ordinary harvests'}."
        case EventKind.WINDFALL:
            return f"A windfall of {facts.number('units')} {facts.good} falls to {facts.subject}."
        case EventKind.SPOIL:
            return f"{facts.number('units')} {facts.good} rot in {facts.subject}'s larder."
        case EventKind.COLD:
            return f"{facts.subject} sits cold, {count(facts.number('missing'), 'log')} short."
        case EventKind.HUNGER:
            return f"{facts.subject} has {'only one food' if facts.number('kinds') else 'nothing'} to eat."
    return None


def _fortunes(facts: _Facts) -> str | None:
    """What befalls purses and patrons."""
    match facts.kind:
        case EventKind.LOAN:
            return f"{facts.subject} borrows {count(facts.number('amount'), 'pebble')}."
        case EventKind.REPAID:
            return f"{facts.subject} pays back {count(facts.number('amount'), 'pebble')}."
        case EventKind.DEFAULT:
            return f"{facts.subject} cannot pay back {count(facts.number('owed'), 'pebble')}."
        case EventKind.MONEY:
            pebbles = facts.number("pebbles")
            verb_ = "is given" if pebbles > 0 else "pays a toll of"
            return f"{facts.subject} {verb_} {count(abs(pebbles), 'pebble')}."
        case EventKind.JOINED:
            return f"{capital(facts.subject)} joins the patrons."
        case EventKind.LEFT:
            return "A patron leaves the wood."
        case EventKind.YEAR:
            winner = who(facts.rules, facts.names, facts.text("winner"))
            patron = facts.text("patron")
            foremost = f", {who(facts.rules, facts.names, patron)} the foremost patron" if patron else ""
            return f"Year {facts.number('year')} ends: {winner} is the richest creature{foremost}."
    return None
