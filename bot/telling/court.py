"""What is read out before Magistrate Heron: the deeds of a file, for a board that has one line for them."""

from collections.abc import Mapping
from typing import Any, Final

from bot.telling.catalog import Words
from bot.telling.phrases import topic, who
from bot.telling.taming import bounded
from wood.chronicle import Event
from wood.names import Creature
from wood.rules import Rules

DEEDS_MOST: Final = 3


def read_out(words: Words, rules: Rules, names: Mapping[str, str], evidence: Event, most: int) -> str:
    """The weightiest deeds that were read out, the earliest first, and how many more there were; "" for none.

    Args:
        words: the language.
        rules: the content.
        names: what patrons are called.
        evidence: the event that published them.
        most: characters at most.
    """
    entries: list[dict[str, Any]] = list((evidence.data or {}).get("entries") or ())
    weightiest = sorted(range(len(entries)), key=lambda at: (-int(entries[at]["heat"]), -at))[:DEEDS_MOST]
    deeds = [_deed(words, rules, names, entries[at]) for at in sorted(weightiest)]
    if not deeds:
        return ""
    return bounded(words("court-deeds", deeds=words.listed(deeds), more=len(entries) - len(deeds)), most)


def _deed(words: Words, rules: Rules, names: Mapping[str, str], entry: Mapping[str, Any]) -> str:
    good = topic(words, rules, entry["good"]) if entry["good"] else "none"
    whom = who(words, rules, names, entry["who"]) if entry["who"] in set(Creature) else "none"
    return words("court-deed", act=entry["act"], good=good, who=whom, pebbles=abs(int(entry["pebbles"])))
