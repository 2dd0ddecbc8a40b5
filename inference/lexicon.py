"""Reading single words of a reply: goods, sides, numbers, yes and no, and the names of fields."""

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Final, TypeVar

from wood.names import Good, Side

_Read = TypeVar("_Read")

LONGEST: Final = 80
"""Characters of the longest key, name, side or number that is read; what is longer says more than that."""


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


def _short(reader: Callable[[str], _Read | None]) -> Callable[[str], _Read | None]:
    """Hand ``reader`` short texts only, trimmed and in lower case, and remember what it made of them."""
    remembered = lru_cache(maxsize=1024)(reader)

    @wraps(reader)
    def read(text: str) -> _Read | None:
        text = text.strip(" \t\r\n\"'`").lower()
        return remembered(text) if len(text) <= LONGEST else None

    return read


_GOODS: Final[dict[str, Good]] = {
    **dict.fromkeys(("acorn", "nut", "oaknut"), Good.ACORNS),
    **dict.fromkeys(("berry", "blueberry", "blackberry", "raspberry", "strawberry"), Good.BERRIES),
    **dict.fromkeys(("mushroom", "shroom", "fungi", "fungus", "toadstool"), Good.MUSHROOMS),
    **dict.fromkeys(("honey", "hony", "honeycomb", "honeypot"), Good.HONEY),
    **dict.fromkeys(("firewood", "wood", "log", "timber", "kindling", "woodlog"), Good.FIREWOOD),
}
_MEASURES: Final = frozenset(
    _words("of the some a an my more fresh wild ripe dry dried jar pot bundle basket unit piece stack bag")
    + _words("food good fire and or")
)

_SIDES: Final[dict[str, Side]] = {
    **dict.fromkeys(_words("buy buys buying buyer bid bids purchase purchasing acquire b"), Side.BUY),
    **dict.fromkeys(_words("sell sells selling seller sale ask asks sel s"), Side.SELL),
}
_SIDE_FILLERS: Final = frozenset(("order", "limit", "offer", "side", "to", "a", "i"))

_UNITS: Final = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate((_UNITS + "seventeen eighteen nineteen").split())},
    **{word: 10 * value for value, word in enumerate(_TENS.split(), start=2)},
    "single": 1,
    **dict.fromkeys(("pair", "couple"), 2),
    "dozen": 12,
}
_NUMERAL = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,9})?")
_COUNTED: Final = frozenset(
    _words("pebble pebbles unit units piece pieces coin coins log logs jar jars p pc pcs x each per a apiece of")
)
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")

_HUGE: Final = 10**12

_YES: Final = frozenset(_words("true yes y accept accepted agree agreed ok okay 1"))
_NO: Final = frozenset(_words("false no n decline declined refuse refused reject rejected deny denied 0"))

_KEYS: Final[dict[str, str]] = {
    **dict.fromkeys(_words("thought thoughts thinking thoughtprocess reason reasoning reasons plan"), "thought"),
    **dict.fromkeys(_words("orders order offers offer trades bids actions limitorders marketorders"), "orders"),
    **dict.fromkeys(_words("gossip gossips say says saying message speech rumor rumour"), "gossip"),
    **dict.fromkeys(_words("answers answer responses replies loans loananswers loanoffers"), "answers"),
}
_ORDER_KEYS: Final[dict[str, str]] = {
    **dict.fromkeys(_words("side type action direction kind buyorsell op operation"), "side"),
    **dict.fromkeys(_words("good goods item items product resource commodity asset"), "good"),
    **dict.fromkeys(_words("price at limit limitprice unitprice priceperunit priceeach maxprice minprice"), "price"),
    **dict.fromkeys(_words("qty quantity amount units count quant"), "qty"),
}
_ANSWER_KEYS: Final[dict[str, str]] = {
    **dict.fromkeys(_words("loan loanid loannumber loanoffer offer offerid offernumber id number"), "loan"),
    **dict.fromkeys(_words("accept accepted accepts answer response decision agree yes"), "accept"),
}
_PLAIN: Final = frozenset(("thought", "thoughts", "orders", "offers", "gossip"))
_BLANK: Final = r"""\s_{}\[\],.:;"'`\\\u201c\u201d\u2018\u2019"""
"""Characters that say nothing in a word: blanks, and what holds JSON together and may have strayed into it."""
_KEY = re.compile(rf"(?:[a-z0-9#{_BLANK}]|(?<=[a-z])-(?=[a-z]))*")
_FILLERS = re.compile(r"[^a-z0-9#]+")
_PHRASE = re.compile(rf"(?:[a-z/&(){_BLANK}]|(?<=[a-z])-(?=[a-z]))*")
_WORD = re.compile(r"[a-z]+")


@_short
def _squeeze(key: str) -> str | None:
    """The letters and figures of a key; None when any other mark may turn its meaning."""
    return _FILLERS.sub("", key) if _KEY.fullmatch(key) else None


def reply_key(key: str) -> str | None:
    """The reply's field that ``key`` means, or None."""
    return _KEYS.get(_squeeze(key) or "")


def order_key(key: str) -> str | None:
    """The order's field that ``key`` means, or None."""
    return _ORDER_KEYS.get(_squeeze(key) or "")


def answer_key(key: str) -> str | None:
    """The answer's field that ``key`` means, or None."""
    return _ANSWER_KEYS.get(_squeeze(key) or "")


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word.removesuffix("s") if len(word) > 3 else word


def _misspells(word: str, name: str) -> bool:
    """Whether ``word`` is ``name`` with one letter more, less or other, or two swapped; the first letter stands."""
    same = next((at for at, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    rest, meant = word[same:], name[same:]
    return same > 0 and (
        rest[1:] in (meant, meant[1:]) or rest == meant[1:] or (rest[:2] == meant[1::-1] and rest[2:] == meant[2:])
    )


@_short
def goods_in(text: str) -> tuple[Good, ...] | None:
    """The goods that a name means: one, several when it is ambiguous, or None when a word or mark in it is unknown."""
    words = _WORD.findall(text.replace("'s ", " ")) if _PHRASE.fullmatch(text) else []
    if not words:
        return None
    whole = "".join(words)
    if (good := _GOODS.get(_singular(whole))) is not None:
        return (good,)
    found: dict[Good, None] = {}
    for word in words:
        stem = _singular(word)
        if stem in _GOODS:
            found[_GOODS[stem]] = None
        elif close := [good for good in Good if _misspells(word, good.value)]:
            found.update(dict.fromkeys(close))
        elif stem not in _MEASURES and word not in _MEASURES:
            return None
    return tuple(found) or None


@_short
def side_in(text: str) -> Side | None:
    """The one side that a word or phrase means, or None."""
    words = _WORD.findall(text) if _PHRASE.fullmatch(text) else []
    sides = {_SIDES[word] for word in words if word in _SIDES}
    strange = [word for word in words if word not in _SIDES and word not in _SIDE_FILLERS]
    return sides.pop() if len(sides) == 1 and not strange else None


@_short
def number_in(text: str) -> float | None:
    """The one number that a string means ("8", "8 pebbles", "twenty-one", "a dozen"), or None.

    Ranges, sums, fractions and guesses ("8-10", "about 8", "1/2") mean no one number.
    """
    text = text.replace("\u2212", "-")
    if (numeral := _NUMERAL.match(text)) is not None:
        rest = text[numeral.end() :].strip().removeprefix("/")
        if rest and not _COUNTED.issuperset(rest.split()):
            return None
        return float(numeral[0].replace(",", ""))
    words = _HYPHEN.sub(" ", text).split()
    while words and words[-1] not in _NUMBERS and words[-1] in _COUNTED:
        words.pop()
    if len(words) > 1 and words[0] in ("a", "an"):
        words = words[1:]
    if not words or any(word not in _NUMBERS for word in words):
        return None
    values = [_NUMBERS[word] for word in words]
    tens_and_ones = len(values) == 2 and values[0] in range(20, 100, 10) and values[1] in range(1, 10)
    return float(sum(values)) if len(values) == 1 or tens_and_ones else None


def number(value: object) -> float | None:
    """The finite number that a JSON value means, or None; a boolean is no number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return float(max(-_HUGE, min(_HUGE, value)))
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return number_in(value) if isinstance(value, str) else None


def yes_or_no(value: object) -> bool | None:
    """The yes or no that a JSON value means, or None."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        word = value.strip().rstrip(" .!").lower()
        return True if word in _YES else False if word in _NO else None
    return None


def is_plain_field(key: str) -> bool:
    """Whether ``key`` can only be a field of a reply: "thought", "orders" or "gossip", not "order" or "reason"."""
    return _squeeze(key) in _PLAIN


def is_answer(value: Mapping[str, object]) -> bool:
    """Whether an object is one answer to a loan's offer: it has both of an answer's fields."""
    return {"loan", "accept"} <= {answer_key(key) for key in value}
