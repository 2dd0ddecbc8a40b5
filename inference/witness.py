"""Whether mended JSON still says what the text said.

Mending may join two objects whose braces are broken, swallow a digit after a missing colon, or pass over a sign or
word that it cannot place ("price": \u22125, "accept": not true). So every innermost object of a mended value needs a
witness: a stretch of the text between two braces with just its numbers and all of its words, in which every word and
mark outside of quotation marks is the object's. Each stretch bears witness once. What has none is marked, for the
reader to drop.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

DOUBT: Final = "#doubt"
"""Key that marks an object without a witness."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORD = re.compile(r"[^\W\d_]+")
_PLUS = re.compile(r"\+(?=\d)")
_BRACE = re.compile(r"[{}]")
_COMMENT = r"//[^\n]*\n|/\*.*?\*/|#[^\n]*\n"
_QUOTED = re.compile(
    rf"""{_COMMENT}|(?P<quoted>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\u201c[^\u201d]*\u201d)""", re.DOTALL
)
_QUOTES: Final = frozenset("\"'\u201c\u201d")
_PUNCTUATION: Final = _QUOTES | frozenset("[],.:;_`\\\u2018\u2019")
"""What holds JSON together, or may stand for it, and says nothing by itself."""
_NOTHING: Final = frozenset(("null", "none"))


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says: its numbers and words, and of its words and marks those that stand outside of quotes."""

    numbers: Counter[float]
    words: Counter[str]
    bare: Counter[str]
    quoted: Counter[str]


def mark_doubtful(value: Any, text: str) -> None:  # noqa: ANN401 - any JSON value
    """Mark, in place, the innermost objects of ``value`` that no stretch of ``text`` bears witness to.

    An object with both figures and inner lists or objects is always marked: no order or answer has such a form.
    """
    stretches = [_said(stretch) for stretch in _BRACE.split(text)]
    for each in list(_objects(value)):
        scalars = [child for child in each.values() if not isinstance(child, dict | list)]
        if len(scalars) < len(each):
            if any(isinstance(child, int | float) for child in scalars):
                each[DOUBT] = True
            continue
        values = " ".join(str(child) for child in scalars if child is not None)
        read = " ".join([*each, values])
        numbers, words = _numbers(read), _words(read)
        # A key with a mark, or without a value, may be made of what follows another value: {"accept": true maybe}.
        wording = _words(" ".join([*(key for key, child in each.items() if child != ""), values])) + _marks(values)
        for at, said in enumerate(stretches):
            if numbers == said.numbers and words <= said.words and said.bare <= wording - said.quoted:
                del stretches[at]
                break
        else:
            each[DOUBT] = True


def _said(stretch: str) -> _Said:
    bare = _QUOTED.sub(" ", stretch)
    strings = [found["quoted"] for found in _QUOTED.finditer(stretch) if found["quoted"]]
    if not _QUOTES.isdisjoint(bare) or any(string[1:].lstrip().startswith((":", ",")) for string in strings):
        bare, strings = stretch, []  # the quotes do not pair, so nothing is known to stand between them
    quoted = " ".join(strings)
    unquoted = _words(bare) + _marks(bare)
    for word in _NOTHING:
        del unquoted[word]
    return _Said(_numbers(stretch), _words(stretch), unquoted, _words(quoted) + _marks(quoted))


def _numbers(text: str) -> Counter[float]:
    return Counter(map(float, _NUMBER.findall(text)))


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


def _marks(text: str) -> Counter[str]:
    """Signs and symbols; a plus before a figure says nothing, and neither does what cannot be seen."""
    return Counter(
        c
        for c in _PLUS.sub("", text)
        if c not in _PUNCTUATION
        and not (c.isalpha() or c.isdecimal() or c.isspace() or unicodedata.category(c) in ("Cc", "Cf"))
    )


def _objects(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON value
    """All objects, in the text's order."""
    if isinstance(value, dict):
        yield value
    children = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    for child in children:
        yield from _objects(child)
