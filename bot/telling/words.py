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


def moved(change: int) -> str:
    """A move in plain words, for readers who hear it read: ``"up 12 %"``, ``"down 7 %"``, ``"unchanged"``."""
    return f"{'up' if change > 0 else 'down'} {abs(change):,} %" if change else "unchanged"


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


def who(rules: Rules, names: Mapping[str, str], key: str) -> str:
    """The shown name of an account: a creature's, a patron's (cleaned), or who else comes to the wood."""
    if key in rules.creatures:
        return rules.creatures[Creature(key)].name
    if key in names:
        return clean(names[key], MAX_NAME) or "a patron"
    return {"": "a traveller", "stranger": "a stranger", "bowl": "the commons bowl"}.get(key, "a patron")


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


def legend_of(rules: Rules, event: Event) -> Legend | None:
    """The legend or shock that an event names, if the content still has it."""
    data = event.data or {}
    return rules.legends.get(str(data.get("slug") or data.get("legend") or event.subject))
