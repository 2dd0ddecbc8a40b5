"""Thoughts that a model writes before its answer, between a pair of marks: <think> … </think>, and their whole kind.

Models mark their thoughts in many ways, and new ones come with every family. So a mark is known by its form, a word
between brackets of one of several styles, and a pair by its word. Some words always mean thoughts; of others a pair
does, if it stands before any answer and an answer follows it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

_MARK = re.compile(
    r"(?P<open><[|\uff5c]?|\[|\u25c1|\u3010|\u27e8|\u27ea|\u300c)"
    r"(?P<end>/|end[_\u2581-]of[_\u2581-]|end[_\u2581-])?(?:(?:begin|start)[_\u2581-](?:of[_\u2581-])?)?"
    r"(?P<name>[A-Za-z][\w:.-]{0,40})(?:[ \t][^<>\[\]{}\u25c1\u25b7\u3010\u3011\u27e8-\u27eb\u300c\u300d]{0,80})?"
    r"(?P<close>[|\uff5c]?>|\]|\u25b7|\u3011|\u27e9|\u27eb|\u300d)",
    re.IGNORECASE,
)
"""One mark. Every repetition is bounded, so that time grows no faster than a text's length."""
_STYLES: Final = {
    **dict(zip(("<", "<|", "<\uff5c", "["), (">", "|>", "\uff5c>", "]"), strict=True)),
    **dict(zip("\u25c1\u3010\u27e8\u27ea\u300c", "\u25b7\u3011\u27e9\u27eb\u300d", strict=True)),
}
_THOUGHT = re.compile(
    r"(?:\w{1,20}:)?(?:inner_?|chain_?of_?)?"
    r"(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflect(?:ion|ing)?|scratch_?pad|monologue|cot)"
)
_ANSWER = re.compile(
    r"(?:\w{1,20}:)?(?:final_?)?"
    r"(?:answer|reply|response|result|output|solution|json|object|decision|message|tool_call|order|offer|gossip)s?"
)
"""Words of marks between which stands the answer itself."""


class _Mark(NamedTuple):
    """A mark in a text: its word in small letters, where it stands, and which of a pair it is."""

    name: str
    start: int
    end: int
    closing: bool


def after_thoughts(text: str) -> str:
    """The text after the last mark that closes thoughts, and before thoughts that are never closed.

    The text itself where no thoughts are marked.
    """
    marks = list(_marks(text))
    known = [mark for mark in marks if _THOUGHT.fullmatch(mark.name)]
    closed = max((mark.end for mark in known if mark.closing), default=0)
    closed = max(closed, _closed_by_their_like(text, marks, closed))
    begun = (mark.start for mark in known if not mark.closing and mark.start >= closed)
    return text[closed : _outside_objects(text, closed, begun)]


def _outside_objects(text: str, since: int, places: Iterable[int]) -> int:
    """The first of some places, in order, that is not within an object, where a mark is but a word; else the end."""
    depth = 0
    for place in places:
        depth += text.count("{", since, place) - text.count("}", since, place)
        if depth <= 0:
            return place
        since = place
    return len(text)


def _closed_by_their_like(text: str, marks: list[_Mark], since: int) -> int:
    """Where a pair of any other word ends that stands before the first object, with an object behind it; 0 for none."""
    object_at = text.find("{", since)
    ends = 0
    opened: dict[str, int] = {}
    for mark in marks:
        if mark.start < since or _ANSWER.fullmatch(mark.name):
            continue
        if not mark.closing:
            opened.setdefault(mark.name, mark.start)
        elif opened.get(mark.name, len(text)) < object_at:
            ends = mark.end
            object_at = text.find("{", ends)
    return ends if ends and text.find("{", ends) >= 0 else 0


def _marks(text: str) -> Iterator[_Mark]:
    for found in _MARK.finditer(text):
        if _STYLES[found["open"]] == found["close"]:
            name = found["name"].lower().replace("\u2581", "_")
            yield _Mark(name, found.start(), found.end(), found["end"] is not None)
