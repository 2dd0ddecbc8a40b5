"""Reading a legend that a patron proposes: from a file that was sent, or from a form; and what is wrong with it."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from data import folders
from data.tale_schema import TaleFile
from wood.names import Name

MAX_BYTES: Final = 16 * 1024
_EXAMPLE: Final = ("content", "tale.toml")
_PROBLEMS: Final = 6
_GIVEN: Final = 60
"""Characters of what was given that are repeated."""
_FOREIGN: Final = ("history", "lot", "seasons", "signs")
"""What a legend or a shock that comes with the program has, and a wood's own has not."""


class Wrong(Name):
    """What can be wrong with a proposed legend; the facts that come with each are named beside it."""

    SIZE = "size"  # most, in KiB
    NO_TEXT = "no-text"
    TOML = "toml"  # said
    MISSING = "missing"
    STRANGE = "strange"
    FOREIGN = "foreign"
    CHOICE = "choice"  # given, known
    LEAST = "least"  # given, least
    MOST = "most"  # given, most
    LONG = "long"  # length, most
    FEW = "few"  # least
    MANY = "many"  # most
    EMPTY = "empty"
    MENTION = "mention"
    CONTROL = "control"
    MARKUP = "markup"  # marks
    RULE = "rule"  # said


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        what: a code.
        where: the field, as in ``"shocks.0.decree.1"``; "" for the whole.
        line: of the file, from 1; 0 where there is none.
        facts: figures and texts that the words for it need. Texts are as they were given, so hostile.
    """

    what: Wrong
    where: str = ""
    line: int = 0
    facts: Mapping[str, int | str] = field(default_factory=dict)


class TaleError(Exception):
    """A proposed legend cannot be used.

    Attributes:
        problems: what is wrong, one at least, in the file's order.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{each.where}: {each.what}" for each in problems))
        self.problems = tuple(problems)


def example() -> bytes:
    """A whole file to begin with."""
    return folders.root().joinpath(*_EXAMPLE).read_bytes()


def read_tale(file: bytes) -> TaleFile:
    """Read a file that a player sent.

    Raises:
        TaleError: it cannot be used.
    """
    if len(file) > MAX_BYTES:
        raise TaleError([Problem(Wrong.SIZE, facts={"most": MAX_BYTES // 1024})])
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TaleError([Problem(Wrong.NO_TEXT)]) from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        problem = Problem(Wrong.TOML, line=int(line[1]) if line else 0, facts={"said": str(error)[:_GIVEN]})
        raise TaleError([problem]) from error
    except (ValueError, RecursionError) as error:  # a figure of thousands of digits, or brackets without end
        raise TaleError([Problem(Wrong.TOML, facts={"said": type(error).__name__})]) from error
    return tale_from(tables, text)


def tale_from(tables: Mapping[str, Any], text: str = "") -> TaleFile:
    """Check a legend that is given as tables; ``text`` is the file that they were read from, for its lines.

    Raises:
        TaleError: it cannot be used.
    """
    found = [Problem(Wrong.FOREIGN, key, line_of(text, [key])) for key in _FOREIGN if key in tables]
    try:
        tale = TaleFile.model_validate({key: value for key, value in tables.items() if key not in _FOREIGN})
    except ValidationError as error:
        found += [_problem(each, text) for each in error.errors()]
        raise TaleError(_foremost(found)) from error
    if found:
        raise TaleError(found)
    return tale


def _foremost(found: Sequence[Problem]) -> list[Problem]:
    """The first problems of a file, without those that follow from others: a list of wrong parts alone is empty."""
    inner = {each.where.partition(".")[0] for each in found if "." in each.where}
    own = [each for each in found if each.what is not Wrong.FEW or each.where not in inner]
    return sorted(own, key=lambda each: each.line)[:_PROBLEMS]


_FACTS: Final[Mapping[str, tuple[Wrong, Callable[[Mapping[str, Any], object], Mapping[str, int | str]]]]] = {
    "missing": (Wrong.MISSING, lambda context, given: {}),
    "extra_forbidden": (Wrong.STRANGE, lambda context, given: {}),
    "enum": (Wrong.CHOICE, lambda context, given: {"given": _short(given), "known": str(context["expected"])}),
    "greater_than_equal": (Wrong.LEAST, lambda context, given: {"given": _short(given), "least": context["ge"]}),
    "less_than_equal": (Wrong.MOST, lambda context, given: {"given": _short(given), "most": context["le"]}),
    "string_too_long": (Wrong.LONG, lambda context, given: {"length": len(str(given)), "most": context["max_length"]}),
    "string_too_short": (Wrong.EMPTY, lambda context, given: {}),
    "too_short": (Wrong.FEW, lambda context, given: {"least": context["min_length"]}),
    "too_long": (Wrong.MANY, lambda context, given: {"most": context["max_length"]}),
    "empty-words": (Wrong.EMPTY, lambda context, given: {}),
    "long-words": (Wrong.LONG, lambda context, given: {"length": context["length"], "most": context["most"]}),
    "mention": (Wrong.MENTION, lambda context, given: {}),
    "control": (Wrong.CONTROL, lambda context, given: {}),
    "markup": (Wrong.MARKUP, lambda context, given: {"marks": context["marks"]}),
}


def _short(given: object) -> str:
    return repr(given)[:_GIVEN]


def _problem(error: ErrorDetails, text: str) -> Problem:
    steps = [step for step in error["loc"] if step != "[key]"]
    where, line = ".".join(map(str, steps)), line_of(text, steps)
    known = _FACTS.get(error["type"])
    if known is None:
        return Problem(Wrong.RULE, where, line, {"said": error["msg"].removeprefix("Value error, ")})
    what, facts = known
    return Problem(what, where, line, facts(error.get("ctx", {}), error["input"]))


def line_of(text: str, steps: Sequence[int | str]) -> int:
    """The line of a TOML text, from 1, that a field stands in, or the nearest table that it belongs to; 0 for none.

    Tables that are written in one line are found by that line.
    """
    found, deepest = 0, 0
    wanted = list(steps)
    here: list[int | str] = []
    counts: dict[str, int] = {}
    for number, line in enumerate(_outside(text), 1):
        if header := re.match(r"\s*\[\[\s*([\w-]+)\s*\]\]", line):
            counts[header[1]] = counts.get(header[1], -1) + 1
            here = [header[1], counts[header[1]]]
        elif header := re.match(r"\s*\[\s*([\w-]+)\s*\]", line):
            here = [header[1]]
        elif key := re.match(r"""\s*["']?([\w-]+)["']?\s*=""", line):
            path = [*here, key[1]]
            if path == wanted[: len(path)] and len(path) > deepest:
                found, deepest = number, len(path)
            continue
        else:
            continue
        if here == wanted[: len(here)] and len(here) > deepest:
            found, deepest = number, len(here)
    return found


def _outside(text: str) -> list[str]:
    """The lines of a TOML text, those within a text of several lines left empty."""
    lines = []
    inside = ""
    for line in text.split("\n"):
        lines.append("" if inside else line)
        for mark in re.findall(r'"""|\'\'\'', line):
            inside = "" if inside == mark else inside or mark
    return lines
