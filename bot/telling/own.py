"""What befell a patron, in words for that patron alone: private events, and the public ones that are about it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.telling.catalog import Words
from bot.telling.notice import Notice
from bot.telling.phrases import way
from bot.telling.stakes import told
from bot.telling.taming import bounded, escape
from bot.wishes import Value
from wood.chronicle import Event, EventKind, Turn
from wood.names import GOODS

_THOUGHT: Final = 200
"""Characters of a creature's thought that are shown."""
NEWS: Final = frozenset(
    {
        EventKind.CLOSED,
        EventKind.MARGIN_CALL,
        EventKind.LOAN,
        EventKind.DECLINED,
        EventKind.REPAID,
        EventKind.WRITTEN_OFF,
        EventKind.FORESIGHT,
        EventKind.WAGERED,
        EventKind.WAGER,
        EventKind.DENOUNCED,
        EventKind.BOUNTY,
        EventKind.BRIBED,
        EventKind.BROKERED,
        EventKind.CORNER_SOLD,
    }
)
"""Private events that are news to their patron."""
ABOUT: Final = frozenset({EventKind.CASE, EventKind.VERDICT})
"""Public events that are news to the patron whom they are about."""
PRESSING: Final = frozenset(
    {
        EventKind.CLOSED,
        EventKind.MARGIN_CALL,
        EventKind.REPAID,
        EventKind.WRITTEN_OFF,
        EventKind.WAGER,
        EventKind.BOUNTY,
        EventKind.CORNER_SOLD,
        *ABOUT,
    }
)
"""What a patron is told at once who asked to be told."""


def news_of(turn: Turn, key: str) -> Iterator[Event]:
    """What a turn had for a patron, beside what it refused."""
    for event in turn.events:
        if (event.to == key and event.kind in NEWS) or (event.subject == key and event.kind in ABOUT):
            yield event


def pressing(turn: Turn, key: str) -> Iterator[Event]:
    """What of it cannot wait until the patron comes by: not what the patron asked for itself."""
    for event in news_of(turn, key):
        if event.kind in PRESSING and (event.data or {}).get("why") != "asked":
            yield event


def own_line(words: Words, event: Event, names: Mapping[str, str]) -> str:
    """One such event in a sentence."""
    data = dict(event.data or {})
    if event.kind is EventKind.REFUSED:
        return _refused(words, data)
    if event.kind is EventKind.FORESIGHT:
        return _glimpse(words, data)
    facts: dict[str, Value] = {
        name: value for name, value in data.items() if value is None or isinstance(value, int | str)
    }
    facts |= {"subject": event.subject, "gain": data.get("pebbles"), "won": _settled(data.get("won"))}
    facts |= {"opened": "yes" if data.get("opened") else "no"}
    return words(f"past-{event.kind}", **({"number": "other"} | told(words, facts, names)))


def _settled(won: object) -> str:
    """How a wager ended, as sentences select by it."""
    return "back" if won is None else "won" if won else "lost"


def _glimpse(words: Words, data: Mapping[str, Any]) -> str:
    """What a patron paid to see; a thought is a model's words, and hostile."""
    if data.get("what") != "thought":
        facts = {name: data.get(name) for name in ("what", "good", "leaning", "due")}
        return words("past-foresight", **({"number": "other"} | told(words, facts, {})))
    facts = {name: data.get(name) for name in ("creature", "good", "about")}
    facts["way"] = way(int(data.get("points") or 0))
    facts["kind"] = "good" if facts["about"] in GOODS else "creature" if facts["about"] else "none"
    thought = escape(bounded(str(data.get("text") or ""), _THOUGHT))
    return words("past-thought", **told(words, facts | {"about": facts["about"] or None}, {}), text=thought or "none")


def _refused(words: Words, data: Mapping[str, Any]) -> str:
    why = Notice(f"refusal-{data.get('code')}", data.get("facts") or {}).say(words)
    kind = f"move-{data.get('action')}"
    return words("past-refused", move=words(kind if words.has(kind) else "move-other"), why=escape(why))


def lately(turns: Sequence[Turn], key: str) -> list[tuple[int, Event]]:
    """What some turns had for a patron, newest first, each with its turn."""
    return [(turn.number, event) for turn in reversed(turns) for event in reversed(list(news_of(turn, key)))]
