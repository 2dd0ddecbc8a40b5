"""An order said in a phrase: "sell 2 honey at 8", or under its good "sell 2 at 8"."""

import re
from dataclasses import dataclass
from typing import Any, Final

from inference import lexicon
from inference.codes import Drop, Notes, Repair

LONGEST_PHRASE: Final = 120
_PHRASE: Final = re.compile(
    r"\s*(?P<side>[a-z]+)\s+(?P<qty>\d{1,6}|[a-z]+(?:[ -][a-z]+)?)\s+(?P<good>[a-z]+(?: of [a-z]+)?)"
    r"\s*(?:(?:@|\bat\b)\s*(?P<at>[\w-]{1,14}(?:\.\d+)?)(?:\s+(?:pebbles?|each|apiece|per unit)){0,2}"
    r"|\bfor\s+(?P<for>[\w-]{1,14}(?:\.\d+)?)(?:\s+pebbles?)?\s+(?:each|apiece|per unit))\s*\.?\s*",
    re.IGNORECASE,
)

_LIMIT: Final = re.compile(
    r"\s*(?P<side>[a-z]+)\s+(?P<qty>[\w ,.-]{1,30}?)\s*"
    r"(?:(?:@|\bat\b)\s*(?P<at>[\w-]{1,14}(?:\.\d+)?)(?:\s+(?:pebbles?|each|apiece|per unit)){0,2}"
    r"|\bfor\s+(?P<for>[\w-]{1,14}(?:\.\d+)?)(?:\s+pebbles?)?\s+(?:each|apiece|per unit))\s*\.?\s*",
    re.IGNORECASE,
)
"""An order without its good."""
_AS_ASKED: Final = re.compile(r"(?:buy|sell) (?:0|[1-9][0-9]?) at (?:0|[1-9][0-9]?)")


@dataclass(frozen=True, slots=True)
class Under:
    """What stands under a good, other than an object."""

    good: str
    said: object


class DroppedError(Exception):
    """One order or answer cannot be salvaged."""

    def __init__(self, code: Drop) -> None:
        super().__init__(code.value)
        self.code = code


def is_limit(value: object) -> bool:
    """Whether a JSON value is an order's phrase without its good, as far as its words go."""
    return isinstance(value, str) and len(value) <= LONGEST_PHRASE and _LIMIT.fullmatch(value) is not None


def phrase(words: str, notes: Notes) -> dict[str, Any]:
    """The fields of a phrase that names its good.

    Raises:
        DroppedError: it is no order.
    """
    found = _PHRASE.fullmatch(words[:LONGEST_PHRASE])
    if found is None:
        raise DroppedError(Drop.NOT_AN_ORDER)
    notes.repair(Repair.PHRASE)
    return {"side": found["side"], "good": found["good"], "qty": found["qty"], "price": found["at"] or found["for"]}


def phrase_under(item: Under, notes: Notes) -> dict[str, Any]:
    """The fields of a phrase that stands under its good, and may name that good once more.

    Raises:
        DroppedError: it is no order, or one for another good.
    """
    words = item.said
    if not isinstance(words, str) or len(words) > LONGEST_PHRASE:
        raise DroppedError(Drop.NOT_AN_ORDER)
    if _AS_ASKED.fullmatch(words) is None:
        notes.repair(Repair.PHRASE)
    found = _LIMIT.fullmatch(words)
    if found is not None and lexicon.number_in(found["qty"]) is not None:
        figure: str | int = found["at"] or found["for"]
        qty: str | int = found["qty"]
        if _AS_ASKED.fullmatch(words):
            figure, qty = int(figure), int(qty)
        return {"side": found["side"], "good": item.good, "qty": qty, "price": figure}
    fields = phrase(words, notes)
    if lexicon.goods_in(fields["good"]) != lexicon.goods_in(item.good):
        raise DroppedError(Drop.GOOD_AMBIGUOUS)
    return fields
