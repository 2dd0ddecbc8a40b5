"""Which of the JSON values found in a text is the reply, and what its fields are called.

The first object with offers is read (or, if none has offers, the first with any field of a reply): small models
that run on after their answer write the next turn's question and answer that, and the first one answers this turn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from inference import lexicon
from inference.codes import Drop, Notes, Repair, Unread
from inference.offers import offer_like
from inference.repair import Found, UnreadableError

_WRAPPINGS: Final = 3
"""How many objects or lists around the reply are looked through."""


def choose(found: Sequence[Found], notes: Notes) -> dict[str, Any]:
    """The reply's fields by their right names; an object that only offers stand in counts as a reply.

    Raises:
        UnreadableError: nothing that was asked for.
    """
    replies = [each for one in found for each in _replies(one, notes)]
    if replies:
        if len(replies) > 1:
            notes.repair(Repair.SEVERAL)
        chosen = next((reply for reply in replies if _named(reply.value).get("offers")), replies[0])
        return _fields(chosen, notes)
    loose = [offer for one in found for offer in _loose(one, notes)]
    if not loose:
        raise UnreadableError(Unread.NO_REPLY)
    notes.repair(Repair.BARE_OFFERS)
    return {"offers": loose}


def _named(value: dict[str, Any]) -> dict[str, Any]:
    """The fields of a reply in an object; the first stands where two keys mean the same."""
    named: dict[str, Any] = {}
    for key, child in value.items():
        if (name := lexicon.reply_key(key)) is not None:
            named.setdefault(name, child)
    return named


def _is_reply(value: object) -> bool:
    """Whether an object is a reply by itself; one with nothing but words around an offer is not."""
    if not isinstance(value, dict):
        return False
    if any(lexicon.reply_key(key) is not None and lexicon.is_plain_field(key) for key in value):
        return True
    return bool(_named(value)) and not offer_like(value) and not lexicon.is_answer(value)


def _replies(found: Found, notes: Notes) -> Iterator[Found]:
    """The replies in one JSON value, looking through what may be wrapped around them."""
    level = [found]
    for depth in range(_WRAPPINGS + 1):
        below: list[Found] = []
        for each in level:
            children = _children(each)
            if _is_reply(each.value) and not (len(each.value) == 1 and any(_is_reply(c.value) for c in children)):
                if depth:
                    notes.repair(Repair.NESTED)
                yield each
            else:
                below.extend(children)
        level = below


def _children(found: Found) -> list[Found]:
    """Objects and lists directly inside; what is still open can only be the last child."""
    value = found.value
    children = list(value.values()) if isinstance(value, dict) else value
    if not isinstance(children, list):
        return []
    still_open = found.open[1:]
    made = [Found(child) for child in children[:16] if isinstance(child, dict | list)]
    if made and still_open[:1] in ("{", "[") and made[-1].value is children[-1]:
        made[-1] = replace(made[-1], open=still_open)
    return made


def _fields(reply: Found, notes: Notes) -> dict[str, Any]:
    value: dict[str, Any] = reply.value
    fields = _named(value)
    if any(lexicon.reply_key(key) != key for key in value):
        notes.repair(Repair.KEY)
    inner = reply.open[1:]
    if "offers" not in fields and offer_like(value):
        if reply.open:
            notes.drop(Drop.CUT_OFF)
        else:
            notes.repair(Repair.BARE_OFFERS)
            fields["offers"] = [{key: child for key, child in value.items() if lexicon.reply_key(key) is None}]
    elif inner and "[" not in inner and fields:  # an object that is no item of a list breaks off
        notes.drop(Drop.CUT_OFF)
        del fields[list(fields)[-1]]
    return fields


def _loose(found: Found, notes: Notes) -> list[Any]:
    """Offers that stand alone or in a list, without a reply around them."""
    items = found.value if isinstance(found.value, list) else [found.value]
    if not any(offer_like(item) for item in items):
        return []
    if found.open.endswith("{"):
        notes.drop(Drop.CUT_OFF)
        return []
    return items
