"""What a server says is wrong, whatever the shape in which it says so, and what that means for the next attempt."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import Any, Final

from inference.text import cut, tidy

MOST_BODY: Final = 65_536
"""Characters of a body that are looked at."""
WORDS: Final = 160
"""Characters of a server's words that are kept."""
_HEARD: Final = 4_000
"""Characters of them in which it is looked for what they name."""
_NAME: Final = 60
_DEPTH: Final = 4
_WHERE_WORDS_STAND: Final = (
    *("error", "errors", "message", "msg", "detail", "details", "error_description", "error_message"),
    *("title", "description", "reason"),
)
"""Fields of a body that may hold its words, the likeliest first; OpenAI's, FastAPI's, RFC 9457's and others."""
_TITLE = re.compile(r"<(title|h1)\b[^<>]{0,200}>([^<]{1,400})<", re.IGNORECASE)
_HIDDEN = re.compile(r"<(style|script)\b[^>]{0,200}>[^<]{0,20000}</(?:style|script)>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,400}>")
_WORD = re.compile(r"[a-z0-9_]+(?:[-.][a-z0-9_]+)*")

FORMAT: Final = "reply_format"
_PARAMS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("response_format", "json_schema", "grammar", "guided_json", "structured_outputs"), FORMAT),
    **dict.fromkeys(("max_tokens", "max_completion_tokens"), "tokens"),
    **{name: name for name in ("temperature", "seed")},
}
"""By the field of a request that a server names, what of it to leave out."""
_NAMED: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    (
        FORMAT,
        frozenset(
            (
                *("response_format", "response_format.type", "response_format.json_schema", "response-format"),
                *("response format", "response formats", "structured output", "structured outputs"),
                *("json_schema", "json_object", "json_mode", "json schema", "json schemas", "json mode"),
                *("grammar", "grammars", "guided_json", "guided_grammar", "guided decoding", "structured_outputs"),
            )
        ),
    ),
    ("tokens", frozenset({"max_completion_tokens"})),
    ("temperature", frozenset({"temperature"})),
    ("seed", frozenset({"seed"})),
)
"""The same by whole words, the surest first."""
_OF_THE_PROMPT: Final = frozenset(
    (
        *("context length", "context window", "context size", "maximum context", "context_length_exceeded"),
        *("content policy", "content filter", "content_policy_violation", "content_filter", "moderation", "flagged"),
        *("too long", "string_above_max_length"),
    )
)
"""Words of servers that object to one prompt."""
_PASSING: Final = frozenset(
    (
        *("crashed", "unloaded", "reloading", "loading", "overload", "overloaded", "overloaded_error", "busy"),
        *("try again", "retry", "rate limit", "rate_limit", "rate_limit_error", "rate_limit_exceeded"),
        *("too many", "server_error", "internal_server_error"),
        *("temporarily", "temporary", "timeout", "timed out", "starting up", "warming up", "server_overloaded"),
        *("service unavailable", "service_unavailable", "capacity", "shutting down", "restarting"),
    )
)
"""Words of servers that may well answer the same question a moment later."""


class Fault(Enum):
    """What is at fault."""

    FIELD = auto()  # a field that was sent, which is named
    PROMPT = auto()  # this one question
    PASSING = auto()  # nothing that was asked; the same may be answered later
    UNSAID = auto()


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a server says is wrong: harmless words, bounded and without the key.

    Attributes:
        status: of the answer, or the one that its body names where the answer pretends to be a success; 0 for none.
        words: in its own words; "" where it has none.
        param: the field of the request to which it objects.
        said: all whole words of it and of its code, in small letters, and all pairs of neighbours.
    """

    status: int
    words: str = ""
    param: str = ""
    said: frozenset[str] = frozenset()

    def __str__(self) -> str:
        """One line for traces."""
        status = f"HTTP {self.status}" if self.status else "an error in the answer"
        return f"{status}: {self.words}" if self.words else status

    @property
    def feature(self) -> str:
        """What of a request the server objects to: a field of a dialect; "" where it names none."""
        for part in re.split(r"[^A-Za-z_]+", self.param):
            if part in _PARAMS:
                return _PARAMS[part]
        if self.param:
            return ""
        return next((feature for feature, words in _NAMED if self.said & words), "")

    @property
    def fault(self) -> Fault:
        """What is at fault, as far as it says."""
        if self.feature:
            return Fault.FIELD
        if self.said & _OF_THE_PROMPT:
            return Fault.PROMPT
        if self.said & _PASSING:
            return Fault.PASSING
        return Fault.PROMPT if self.param else Fault.UNSAID


def _said(*texts: str) -> frozenset[str]:
    """All whole words, and all pairs of neighbours."""
    words = [word for text in texts for word in _WORD.findall(text.lower())]
    return frozenset((*words, *(f"{first} {second}" for first, second in pairwise(words))))


def complaint(status: int, text: str, secret: str = "") -> Complaint:
    """Read the body of an answer that is no success.

    Args:
        status: the answer's.
        text: its body.
        secret: what must not be shown.
    """
    pieces = _Pieces(secret)
    pieces.look(decoded(pieces.without_secret(text)), 0)
    return pieces.complaint(status)


def hidden_complaint(body: object, secret: str = "") -> Complaint | None:
    """The error in the body of an answer that is a success by its status; None where it has none."""
    if not isinstance(body, Mapping):
        return None
    choices = body.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    if isinstance(first, Mapping) and first.get("error"):
        told: object = first["error"]
    elif first is None and any(body.get(key) for key in ("error", "errors", "detail", "message")):
        told = body
    else:
        return None
    pieces = _Pieces(secret)
    pieces.look(told, 0)
    return pieces.complaint(pieces.status)


def decoded(text: str, most: int = MOST_BODY) -> Any:  # noqa: ANN401 - any JSON value
    """The JSON of a body; the text itself where it is none, or longer than so many characters."""
    if len(text) > most:
        return text[:most]
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


class _Pieces:
    """What was found in a body: the first words, the first code, the first field and the first status."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self.words = self.code = self.param = ""
        self.status = 0
        self._said = ""

    def complaint(self, status: int) -> Complaint:
        return Complaint(status, self.words, self.param, _said(self._said, self.code))

    def look(self, node: object, depth: int) -> None:
        if isinstance(node, str):
            self._hear(_text_of(node))
        elif isinstance(node, list):
            self._look_at_list(node, depth)
        elif isinstance(node, Mapping) and depth < _DEPTH:
            self._note(node)
            for key in _WHERE_WORDS_STAND:
                if not self.words and node.get(key):
                    self.look(node[key], depth + 1)

    def _hear(self, words: str) -> None:
        if not self.words:
            self.words, self._said = self._clean(words, WORDS), words[:_HEARD]

    def _look_at_list(self, node: list[Any], depth: int) -> None:
        for each in node[:3]:
            if not self.words:
                self.look(each, depth + 1)

    def _note(self, node: Mapping[str, Any]) -> None:
        for key in ("code", "status", "status_code"):
            number = node.get(key)
            if isinstance(number, str) and number.isdecimal() and len(number) == 3:
                number = int(number)
            if isinstance(number, int) and 400 <= number <= 599:
                self.status = self.status or number
        for key in ("code", "type"):
            told = node.get(key)
            if not self.code and isinstance(told, str) and not told.isdecimal():
                self.code = self._clean(told, _NAME).lower()
        where = node.get("param") or node.get("loc")
        if isinstance(where, list):
            where = ".".join(str(each) for each in where[:6] if each != "body")
        if not self.param and isinstance(where, str):
            self.param = self._clean(where, _NAME)

    def _clean(self, words: str, limit: int) -> str:
        """Harmless words, cut last of all, so that no piece of the secret is left at an end."""
        return cut(self.without_secret(tidy(self.without_secret(words), 8 * limit)), limit)

    def without_secret(self, words: str) -> str:
        return words.replace(self._secret, "[key]") if self._secret else words


def _text_of(words: str) -> str:
    """What a page of HTML is called, or else says; other text as it is."""
    if not words.lstrip().startswith("<"):
        return words
    titled = _TITLE.search(words)
    return html.unescape(titled[2] if titled else _TAG.sub(" ", _HIDDEN.sub(" ", words)))
