r"""GBNF for what stands between a JSON text's brackets: fixed text, whole numbers between bounds, and patterns.

GBNF is the notation in which llama.cpp takes grammars. What is written here keeps to what all its releases read: no
underscore in a name, and characters that mean something in a class as ``\xXX``.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MOST_DIGITS: Final = 15
"""Digits of a whole number that is not bounded: what a double holds exactly."""
ANY_CHARACTER: Final = r'[^"\\\x00-\x1F\x7F]'
"""Of a JSON string, unescaped."""
_IN_CLASS: Final = frozenset('-]["\\^')
_IN_JSON: Final = (*((code, code) for code in (0x22, 0x5C)), (0x00, 0x1F), (0x7F, 0x7F), (0xD800, 0xDFFF))
"""Ranges of code points that cannot stand in a JSON string as they are, or had better not."""
_KINDS: Final = {"d": "0-9", "w": "A-Za-z0-9_"}
_SYNTAX: Final = frozenset("^$.*+?()[]{}|")


class UnsupportedSchemaError(ValueError):
    """A schema asks for something of which no grammar is made here."""


def literal(text: str) -> str:
    """A text just as it stands."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def json_literal(value: object) -> str:
    """A value as JSON writes it without blanks."""
    return literal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def integers(least: int | None, most: int | None) -> str:
    """All whole numbers from ``least`` to ``most``, both included, without leading zeros; None is no bound.

    Raises:
        UnsupportedSchemaError: there is no such number.
    """
    limit = 10**MOST_DIGITS - 1
    low = -limit if least is None else max(least, -limit)
    high = limit if most is None else min(most, limit)
    if low > high:
        message = f"there is no whole number from {least} to {most}"
        raise UnsupportedSchemaError(message)
    ways = [f'"-" ({way})' for way in _naturals(max(1, -high), -low)] if low < 0 else []
    if high >= 0:
        ways += _naturals(max(0, low), high)
    return any_of(ways)


def any_of(ways: list[str]) -> str:
    """One of several; in brackets where there are several."""
    return ways[0] if len(ways) == 1 else f"({' | '.join(ways)})"


def _naturals(low: int, high: int) -> list[str]:
    ways = []
    for digits in range(len(str(low)), len(str(high)) + 1):
        first = max(low, 0 if digits == 1 else 10 ** (digits - 1))
        ways += _alike(str(first), str(min(high, 10**digits - 1)))
    return ways


def _alike(low: str, high: str) -> list[str]:
    """Numbers of equally many digits from one to another."""
    if low == high:
        return [literal(low)]
    rest = len(low) - 1
    if rest == 0:
        return [_digit(low, high)]
    if low[0] == high[0]:
        return [f"{literal(low[0])} {any_of(_alike(low[1:], high[1:]))}"]
    first, last = int(low[0]), int(high[0])
    before, after = [], []
    if low[1:] != "0" * rest:
        before = [f"{literal(low[0])} {any_of(_alike(low[1:], '9' * rest))}"]
        first += 1
    if high[1:] != "9" * rest:
        after = [f"{literal(high[0])} {any_of(_alike('0' * rest, high[1:]))}"]
        last -= 1
    between = []
    if first <= last:
        tail = "[0-9]" if rest == 1 else f"[0-9]{{{rest}}}"
        between = [f"{_digit(str(first), str(last))} {tail}"]
    return before + between + after


def _digit(low: str, high: str) -> str:
    return literal(low) if low == high else f"[{low}-{high}]"


def pattern(regex: str) -> str:
    """What an anchored regular expression admits within a JSON string, without the quotes.

    Takes characters, classes, groups, alternatives and greedy quantifiers. Whatever had to be escaped in JSON is never
    admitted by a negated class, and raises elsewhere.

    Raises:
        UnsupportedSchemaError: it is not anchored at both ends, or holds anything else.
    """
    if not (regex.startswith("^") and regex.endswith("$")):
        message = f"the pattern {regex!r} is not anchored at both ends"
        raise UnsupportedSchemaError(message)
    reader = _Regex(regex[1:-1])
    written = reader.alternatives()
    if reader.at < len(reader.text):
        raise reader.wrong()
    return written


@dataclass(slots=True)
class _Regex:
    """Reads a regular expression from left to right, and writes what it has read."""

    text: str
    at: int = 0

    def wrong(self) -> UnsupportedSchemaError:
        return UnsupportedSchemaError(f"the pattern {self.text!r} holds something unknown at character {self.at + 1}")

    def next(self) -> str:
        """The next character; "" at the end."""
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        c = self.next()
        if not c:
            raise self.wrong()
        self.at += 1
        return c

    def alternatives(self) -> str:
        ways = [self.sequence()]
        while self.next() == "|":
            self.at += 1
            ways.append(self.sequence())
        return any_of(ways)

    def sequence(self) -> str:
        parts = []
        while self.next() not in ("", "|", ")"):
            parts.append(self.atom() + self.quantifier())
        return " ".join(parts) or '""'

    def atom(self) -> str:
        c = self.take()
        if c == "(":
            if self.text.startswith("?:", self.at):
                self.at += 2
            inside = self.alternatives()
            if self.take() != ")":
                raise self.wrong()
            return f"({inside})"
        if c == "[":
            return self.group_of_characters()
        if c == ".":
            return ANY_CHARACTER
        if c == "\\":
            c = self.take()
            if c in _KINDS:
                return f"[{_KINDS[c]}]"
            if c.isalnum():
                raise self.wrong()
        elif c in _SYNTAX:
            raise self.wrong()
        if any(low <= ord(c) <= high for low, high in _IN_JSON):
            raise self.wrong()
        return literal(c)

    def quantifier(self) -> str:
        if self.next() in ("?", "*", "+"):
            times = self.take()
        elif self.next() == "{":
            end = self.text.find("}", self.at)
            times = self.text[self.at : end + 1]
            least, _, most = times[1:-1].partition(",")
            if end < 0 or not (least.isdecimal() and (most.isdecimal() or not most)):
                raise self.wrong()
            self.at = end + 1
        else:
            return ""
        if self.next() in ("?", "+"):  # lazy or possessive
            raise self.wrong()
        return times

    def group_of_characters(self) -> str:
        negated = self.next() == "^"
        self.at += negated
        ranges = list(self.ranges())
        self.at += 1
        if negated:
            ranges += [_IN_JSON[0], _IN_JSON[1], _IN_JSON[2], _IN_JSON[3]]
        elif not ranges or any(low <= last and first <= high for first, last in ranges for low, high in _IN_JSON):
            raise self.wrong()
        inside = "".join(_in_class(a) if a == b else f"{_in_class(a)}-{_in_class(b)}" for a, b in ranges)
        return f"[{'^' if negated else ''}{inside}]"

    def ranges(self) -> Iterator[tuple[int, int]]:
        """First and last code point of each range up to the closing bracket."""
        first = True
        while first or self.next() != "]":
            first = False
            c = self.take()
            if c == "\\":
                c = self.take()
                if c == "d":
                    yield ord("0"), ord("9")
                    continue
                if c.isalnum():
                    raise self.wrong()
            low = high = ord(c)
            if self.next() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                c = self.take()
                high = ord(self.take() if c == "\\" else c)
            if high < low:
                raise self.wrong()
            yield low, high


def _in_class(code: int) -> str:
    c = chr(code)
    if code < 0x20 or code == 0x7F or c in _IN_CLASS:
        return f"\\x{code:02X}"
    return c
