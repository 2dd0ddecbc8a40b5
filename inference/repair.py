"""From whatever a model wrote to JSON values: wrappers off, objects found, broken JSON mended.

json-repair mends the JSON; this module decides what is handed to it and how much, and keeps track of where the
text breaks off. It reads no meaning: that is :mod:`inference.parse`.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from json_repair import repair_json

from inference.codes import Drop, Notes, Repair, Unread
from inference.thoughts import after_thoughts
from inference.witness import mark_doubtful
from wood.names import Good

MAX_INPUT: Final = 65_536
"""Characters of a raw reply that are looked at; a reply of 1,000 tokens is far below."""
MAX_JSON: Final = 6_000
"""Characters of one object that are mended; json-repair may take quadratic time."""
MAX_BRACKETS: Final = 48
"""Opening brackets in one object that is mended; the fullest honest reply has 11."""
MAX_OBJECTS: Final = 8
_BETWEEN: Final = " \t\r\n,;"
"""What may stand around an object without being prose."""
REPEATED: Final = "#again"
"""Ending of a key that stood twice in one object, so that no later value silently replaces an earlier one."""

_FINAL = re.compile(
    r"<\|channel\|>\s*final\b[^<{]{0,40}(?:<\|constrain\|>[^<{]{0,40})?<\|message\|>|\bassistantfinal(?:json)?"
)
_CHANNEL = re.compile(r"<\|channel\|>|^analysis(?=[A-Z])")
_END = re.compile(r"<\|(?:end|return|call|start|im_end|eot_id|endoftext)\|>|</s>")
_FENCE = re.compile(r"(```|~~~)[ \t]*\w*[ \t]*")
_HEADLESS = re.compile(
    r"""[\s,]*["'\u201c](?:thought|orders|offers|gossip|answers)["'\u201d]\s*:[^{\[]*(?:[{\[]|$)""", re.IGNORECASE
)
_KEY = re.compile(
    r"""(?P<open>[{\[])|(?P<close>[}\]])|(?P<quote>["'\u201c]?)\b"""
    r"""(?P<key>thoughts?|orders?|offers?|gossip|answers?|loan|accept|side|type|action|goods?|items?|price|qty|quantity|amount"""
    rf"""|{"|".join(good.value for good in Good)})"""
    r"""(?P<unquote>["'\u201d]?)(?=\s*:)""",
    re.IGNORECASE,
)
_FIELDS: Final = 4
"""Fields of an order: the first of them standing again after all four begins the next order."""
_NAMES: Final = frozenset(good.value for good in Good)
_HALF_WORD = re.compile(r"[\w.+-]{1,40}\Z")
_UNIT = re.compile(
    r"(:\s*\d{1,6}(?:\.\d{1,4})?)(?:\s*(?:pebbles?|coins?|units?|pieces?|jars?|each|apiece|per)\b){1,4}(?=\s*[,}\]\n])",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")
_SPEECH: Final = 500
"""Characters of a speech's beginning, and of its end, that are listened to."""
CURRENCIES: Final = "$\u20ac\xa3\xa5"
"""Signs that may stand before a price and change nothing."""
_CURRENCY = re.compile(rf"((?:price|limit)\w*[\"'\u201d]?\s*:\s*)[{CURRENCIES}]\s?(?=\d)", re.IGNORECASE)
_VALUE = r"""((?:["'\u201d]|[{,]\s*\w{1,20})\s*:\s*)"""
_ODD_VALUE = re.compile(
    _VALUE + r"""((?:\d+(?:\.\d+)?|true|false)\s*[^\s\d"'`\u2018-\u201d#/\\.,:;\[\]{}][^"'{}\[\],:\n]{0,20}?)"""
    r"""(?=\s*[,}\]\n])""",
    re.IGNORECASE,
)
"""A figure or truth value with more behind it ("3\u00bd", "8 if cheap"), over which json-repair loses what follows."""
_FOREIGN_VALUE = re.compile(_VALUE + r"([^\x00-\x7f]+)")
"""A value that begins with other than ASCII: json-repair takes a raised or full-width figure for a number and fails."""
_EQUALS = re.compile(r"""(?<=["'\u201d])\s*=>?(?=\s*["'\d\[{])""")
"""Between a key and its value, as other languages write it."""


class UnreadableError(Exception):
    """There is no JSON to read; ``why`` says so."""

    def __init__(self, why: Unread) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Found:
    """One JSON value found in a text.

    Attributes:
        value: the object or list.
        open: the brackets still open where the text breaks off, outermost first; empty when the value is whole.
        before: what stands between the last object and this one.
        after: what stands between this one and the next object.
    """

    value: Any
    open: str = ""
    before: str = ""
    after: str = ""


def _hook(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        made = {}
        for key, value in pairs:
            made[key if key not in made else key + REPEATED] = value
    return made


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_hook)


def loads(text: str) -> Any:  # noqa: ANN401 - any JSON value
    """Decode strict JSON; a key that stands twice in one object keeps its first value and is marked.

    Raises:
        ValueError: it is not JSON.
        RecursionError: it is nested too deeply.
    """
    return _DECODER.decode(text)


def decode(reply: str | bytes, notes: Notes) -> str:
    """The text of a reply, bounded; notes what had to be done."""
    if len(reply) > MAX_INPUT:
        notes.repair(Repair.CUT_INPUT)
        reply = reply[:MAX_INPUT]
    if isinstance(reply, str):
        return reply
    try:
        return reply.decode("utf-8")
    except UnicodeDecodeError:
        notes.repair(Repair.ENCODING)
        return reply.decode("utf-8", errors="replace")


def unwrap(text: str, notes: Notes) -> str:
    """Take off what chat templates and reasoning put around an answer.

    Raises:
        UnreadableError: there is thinking or analysis, and no answer after it.
    """
    text = text.strip("\ufeff \t\r\n\x00")
    finals = list(_FINAL.finditer(text))
    if finals:
        notes.repair(Repair.CHANNEL)
        text = text[finals[-1].end() :]
    elif _CHANNEL.search(text):
        raise UnreadableError(Unread.NO_FINAL)
    answer = after_thoughts(text)
    if answer != text:
        notes.repair(Repair.THINKING)
        text = answer
    if not text.strip() and (Repair.THINKING in notes.repairs or finals):
        raise UnreadableError(Unread.NO_FINAL)
    if (end := _END.search(text)) is not None and text[: end.start()].strip():
        notes.repair(Repair.PROSE)
        text = text[: end.start()]
    return text.strip()


@dataclass(frozen=True, slots=True)
class _Scan:
    """How far a bracket reaches.

    Attributes:
        end: one past where it closes, or None.
        open: positions of the brackets still open at the text's end, outermost first.
        string: where the string begins that is still open at the text's end, or None.
    """

    end: int | None
    open: tuple[int, ...] = ()
    string: int | None = None


def _scan(text: str, start: int, *, strings: bool) -> _Scan:
    """Find where the bracket at ``start`` closes; brackets that close nothing are passed over."""
    stack: list[int] = []
    string: int | None = None
    escaped = False
    for at in range(start, len(text)):
        c = text[at]
        if string is not None:
            if escaped:
                escaped = False
            elif c == "\\":
                escaped = True
            elif c == '"':
                string = None
        elif c == '"' and strings:
            string = at
        elif c in "{[":
            stack.append(at)
        elif c in "}]":
            opener = "{" if c == "}" else "["
            if any(text[held] == opener for held in stack[-MAX_BRACKETS:]):
                while text[stack.pop()] != opener:
                    pass
            if not stack:
                return _Scan(at + 1)
    return _Scan(None, tuple(stack), string)


def _pieces(text: str) -> Iterator[tuple[int, int, _Scan]]:
    """Spans of text that look like JSON objects or lists, and how each ends."""
    at = 0
    for _ in range(MAX_OBJECTS):
        starts = [found for found in (text.find("{", at), text.find("[", at)) if found >= 0]
        if not starts:
            return
        start = min(starts)
        scan = whole = _scan(text, start, strings=True)
        if whole.end is None:  # a quote that is never closed hides the brackets after it
            whole = _scan(text, start, strings=False)
        if whole.end is None:
            yield start, len(text), scan
            return
        yield start, whole.end, whole
        at = whole.end


def _whole_part(text: str, scan: _Scan, notes: Notes) -> tuple[str, str]:
    """What of a text that breaks off was said in full, and the brackets then still open.

    An item of a list that breaks off is left out, since its last number or word may be half of what was meant; a
    line of words is kept up to its last whole word.
    """
    items = [at for outer, at in pairwise(scan.open) if text[outer] == "[" and text[at] == "{"]
    if items:
        notes.drop(Drop.CUT_OFF)
        still_open = scan.open[: scan.open.index(items[-1])]
        return text[: items[-1]], "".join(text[at] for at in still_open)
    still_open_marks = "".join(text[at] for at in scan.open)
    if scan.string is None:  # a number or bare word at the very end may be half of one
        return _HALF_WORD.sub("", text), still_open_marks
    if still_open_marks.endswith("["):
        notes.drop(Drop.CUT_OFF)
        return text[: scan.string], still_open_marks
    word = text.rfind(" ", scan.string)
    return text[: word if word > 0 else scan.string], still_open_marks


def _part_repeats(text: str) -> str:
    """Part two orders that ran together; mark any other key that stands twice in one object, as :func:`loads` does."""
    seen: list[list[str]] = [[]]

    def mark(found: re.Match[str]) -> str:
        if found["open"]:
            seen.append([])
        elif found["close"]:
            if len(seen) > 1:
                seen.pop()
        else:
            key, keys = found["key"].lower(), seen[-1]
            if key in keys:
                if key != keys[0] or len(keys) < _FIELDS or key in _NAMES:
                    return f"{found['quote']}{found['key']}{REPEATED}{found['unquote']}"
                keys.clear()
                keys.append(key)
                return "},{" + found[0]
            keys.append(key)
        return found[0]

    return _KEY.sub(mark, text)


def _figure(c: str) -> str:
    """A figure of another script as an ASCII one; a raised one, which is no figure of a number, as a sign."""
    return str(unicodedata.decimal(c)) if c.isdecimal() else "\xac" if c.isdigit() else c


def _mend(text: str) -> Any:  # noqa: ANN401 - any JSON value
    if len(text) > MAX_JSON or text.count("{") + text.count("[") > MAX_BRACKETS:
        raise UnreadableError(Unread.TANGLED)
    text = _EQUALS.sub(":", _part_repeats(text))
    text = _CURRENCY.sub(r"\1", _UNIT.sub(r"\1", text))
    text = _FOREIGN_VALUE.sub(lambda found: found[1] + "".join(map(_figure, found[2])), text)
    text = _ODD_VALUE.sub(r'\1"\2"', text)
    try:
        value = repair_json(text, return_objects=True, skip_json_loads=True)
        mark_doubtful(value, text)
    except (ValueError, RecursionError, IndexError, AssertionError) as broken:
        raise UnreadableError(Unread.TANGLED) from broken
    return value


def _bare(text: str, notes: Notes) -> str:
    """Take off code fences and a string around the JSON, and put on the outermost braces where they are missing."""
    if _FENCE.search(text) is not None:
        notes.repair(Repair.FENCE)
        text = _FENCE.sub("\n", text).strip()
    if text.startswith('"') and text.endswith('"'):
        try:
            inner = loads(text)
        except (ValueError, RecursionError):
            inner = None
        if isinstance(inner, str) and "{" in inner:
            notes.repair(Repair.DOUBLE_ENCODED)
            return inner.strip()
    if _HEADLESS.match(text):
        notes.repair(Repair.BRACES)
        text = "{" + text.lstrip(", \t\r\n")
        if _scan(text, 0, strings=True).open == (0,):
            text += "}"
    return text


def gist(words: str) -> str:
    """What stands between objects, with single blanks and without the middle of a long speech.

    Patterns that look for words of revision may take time that grows with the square of a text, and there are replies
    made of line breaks alone.
    """
    words = _BLANKS.sub(lambda run: "\n" if "\n" in run[0] else " ", words)
    return words if len(words) <= 2 * _SPEECH else f"{words[:_SPEECH]} {words[-_SPEECH:]}"


def find(text: str, notes: Notes) -> tuple[Found, ...]:
    """All JSON objects and lists in ``text``, in order, broken ones mended.

    Raises:
        UnreadableError: there is none.
    """
    text = _bare(text, notes)
    found: list[Found] = []
    tangled = prose = False
    last = 0
    for start, end, scan in _pieces(text):
        try:
            piece = _read_piece(text, start, end, scan, notes)
        except UnreadableError:
            tangled = True
            continue
        before = text[last:start]
        prose = prose or bool(before.strip(_BETWEEN))
        if found:
            found[-1] = replace(found[-1], after=gist(before))
        found.append(replace(piece, before=gist(before)))
        last = end
    if not found:
        raise UnreadableError(Unread.TANGLED if tangled else Unread.NO_JSON)
    found[-1] = replace(found[-1], after=gist(text[last:]))
    if prose or text[last:].strip(_BETWEEN):
        notes.repair(Repair.PROSE)
    return tuple(found)


def _read_piece(text: str, start: int, end: int, scan: _Scan, notes: Notes) -> Found:
    """Decode one piece, mending it when it is broken.

    Raises:
        UnreadableError: it is beyond mending.
    """
    piece, still_open = text[start:end], ""
    if scan.end is None:
        kept, still_open = _whole_part(text, scan, notes)
        piece = kept[start:]
    else:
        try:
            return Found(loads(piece))
        except (ValueError, RecursionError):
            pass  # mended below
    value = _mend(piece)
    if not isinstance(value, dict | list):
        raise UnreadableError(Unread.TANGLED)
    notes.repair(Repair.TRUNCATED if still_open else Repair.SYNTAX)
    return Found(value, still_open)
