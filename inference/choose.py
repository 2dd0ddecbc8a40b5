"""Which of the JSON values found in a text is the reply, and what its fields are called.

Where nothing stands between two replies the first with orders is read, and likewise before the heading of another
turn: small models that run on after their answer write the next turn's question and answer that. Where words of
revision stand between them ("wait", "final") the later one is read, since the other was a draft. Where the words
say nothing of the kind, only what both say is meant. The prompt's own example and what is called a draft or an
example are passed over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from inference import lexicon
from inference.codes import Drop, Notes, Repair, Unread
from inference.examples import is_example
from inference.orders import MANY, order_like, orders_like
from inference.phrases import is_limit
from inference.repair import REPEATED, Found, UnreadableError, gist

_WRAPPINGS: Final = 3
"""How many objects or lists around the reply are looked through."""

_LETTER = re.compile(r"[^\W\d_]")
_NEXT_TURN = re.compile(r"\bturn\s*:?\s*\d|\bnext[ _]turn\b|\b(?:user|human|assistant|system)\b\s*[:\n]", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"\W*(?:(?:wait|actually|hmm+|oops|correction|sorry)\b|no\s*[,.;:!\u2013\u2014]|on second thought"
    r"|scratch that|(?:that|this)\s+(?:is|was)\s+(?:wrong|not right|a (?:mistake|draft)))",
    re.IGNORECASE,
)
_REVISED = re.compile(
    r"\b(?:final\w*|instead|actually|wrong|correct\w*|revis\w+|reconsider\w*|rather|mistake|sorry|wait|fixed"
    r"|better|improved|updated?|scratch|new[ _](?:reply|answer))\b",
    re.IGNORECASE,
)
_DRAFT = re.compile(
    r"(?:\A|[.!?:\n*#>(])\s*(?:(?:an?|the|my|i|have|first|for|bad)\s+){0,3}"
    r"(?:draft|example|sample|considered|considering|rejected|discarded|not)"
    r"(?:[ _](?:offers?|orders?|reply|replies|answers?))?[\s*_:=-]*\Z",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(r"[:\n][\s*_>]*(?:\d{1,2}[.)]\s*|[-*]\s+)?\Z")


def choose(found: Sequence[Found], notes: Notes) -> dict[str, Any]:
    """The reply's fields by their right names; an object that only orders stand in counts as a reply.

    Raises:
        UnreadableError: nothing that was asked for, or nothing that the text still stands by at its end.
    """
    meant = _meant(found, notes)
    if meant:
        return _agreed([_fields(reply, notes) for reply in meant], notes)
    loose = [order for one in found for order in _loose(one, notes)]
    if not loose:
        raise UnreadableError(Unread.NO_REPLY)
    if _LETTER.search(found[-1].after) or not all(_introduces(one.before) for one in found):
        for _ in loose:
            notes.drop(Drop.IN_DOUBT)
        raise UnreadableError(Unread.NO_REPLY)
    notes.repair(Repair.BARE_ORDERS)
    return {"orders": loose}


def _introduces(words: str) -> bool:
    """Whether what comes after ``words`` stands by itself, not in the midst of a sentence that may deny it."""
    return not _LETTER.search(words) or (_INTRODUCED.search(words) is not None and not _DRAFT.search(words))


def _meant(found: Sequence[Found], notes: Notes) -> list[Found]:
    """The reply; several where the text does not say which of them; none where there is none.

    Raises:
        UnreadableError: there were replies, and the text stands by none of them.
    """
    replies, rest = _introduced(found, notes)
    if not replies:
        return []
    if len(replies) > 1:
        notes.repair(Repair.SEVERAL)
    alone = len(replies) == 1 and not _LETTER.search(found[0].before + found[-1].after)
    groups: list[list[Found]] = []  # with no words between the replies of one group
    for place, reply in enumerate(replies):
        if place and _NEXT_TURN.search(reply.before):
            rest = ""
            break
        if _DRAFT.search(reply.before) or (is_example(_named(reply.value).get("orders")) and not alone):
            continue
        if _revises(reply.before):
            groups = [[reply]]
        elif not groups or _LETTER.search(reply.before):
            groups.append([reply])
        else:
            groups[-1].append(reply)
    breaks_off = bool(found[-1].open) and found[-1].value is not replies[-1].value
    if not groups or _TAKEN_BACK.match(rest) or (breaks_off and _REVISED.search(rest)):
        raise UnreadableError(Unread.NO_FINAL)
    return [next((reply for reply in group if _named(reply.value).get("orders")), group[0]) for group in groups]


def _revises(words: str) -> bool:
    return _TAKEN_BACK.match(words) is not None or _REVISED.search(words) is not None


def _introduced(found: Sequence[Found], notes: Notes) -> tuple[list[Found], str]:
    """All replies, each with everything that was said since the one before, and what was said after the last."""
    replies: list[Found] = []
    said = ""
    for one in found:
        inner = _replies(one)
        if inner:
            if inner[0].value is not one.value:
                notes.repair(Repair.NESTED)
            replies += [replace(inner[0], before=gist(said + inner[0].before)), *inner[1:]]
            said = ""
        else:
            said += f"{one.before} {one.value} "
    return replies, gist(said + found[-1].after)


def _agreed(replies: Sequence[dict[str, Any]], notes: Notes) -> dict[str, Any]:
    """The fields of the first reply, with just those orders and answers that stand in all."""
    first, *others = replies
    for name in ("orders", "answers"):
        if all(fields.get(name) == first.get(name) for fields in others):
            continue
        said = [_items(fields.get(name)) for fields in replies]
        first[name] = [item for item in said[0] if all(item in items for items in said)]
        doubtful = [item for items in said for item in items if item not in first[name]]
        for at, item in enumerate(doubtful):
            if item not in doubtful[:at]:
                notes.drop(Drop.IN_DOUBT)
    return first


def _items(value: object) -> list[Any]:
    if orders_like(value) and isinstance(value, dict):
        return [{key: child} for key, child in value.items()][:MANY]
    return value[:MANY] if isinstance(value, list) else [] if value is None else [value]


def _named(value: dict[str, Any]) -> dict[str, Any]:
    """The fields of a reply in an object; of several keys for one field its right name stands, else the first.

    Not just the first, since beside ``orders`` the word "offers" may mean the loans that were offered.
    """
    named: dict[str, Any] = {}
    for key, child in value.items():
        if (name := lexicon.reply_key(key)) is not None and (key == name or name not in named):
            named[name] = child
    return named


def _is_reply(value: object) -> bool:
    """Whether an object is a reply by itself; one with nothing but words around an order is not."""
    if not isinstance(value, dict):
        return False
    if any(lexicon.reply_key(key) is not None and lexicon.is_plain_field(key) for key in value):
        return True
    return bool(_named(value)) and not order_like(value) and not lexicon.is_answer(value)


def _replies(found: Found, depth: int = 0) -> list[Found]:
    """The replies in one JSON value, looking through what may be wrapped around them.

    An object without orders of its own is the wrapping of the one reply in it that has some, and keeps what that one
    lacks: ``{"reasoning": "...", "reply": {"orders": [...]}}``.
    """
    value = found.value
    inner = [
        (key, reply)
        for key, child in (_children(found) if depth < _WRAPPINGS else ())
        for reply in _replies(child, depth + 1)
    ]
    if _is_reply(value):
        full = [(key, reply) for key, reply in inner if isinstance(_named(reply.value).get("orders"), dict | list)]
        own = {key for key, child in value.items() if lexicon.reply_key(key) == "orders" and child is not None}
        if own.difference(key for key, _ in full):
            return [found]
        if len(full) == 1 and not _DRAFT.search(full[0][1].before):
            wrapping, reply = full[0]
            named = _named(reply.value)
            around = {
                key + REPEATED if lexicon.reply_key(key) in named else key: child
                for key, child in value.items()
                if key != wrapping
            }
            return [replace(reply, value=around | reply.value, before=found.before)]
        if len(value) > 1 or not inner:
            return [found]
    if not inner:
        return []
    first, *others = [reply for _, reply in inner]
    return [replace(first, before=gist(f"{found.before} {first.before}".strip())), *others]


def _children(found: Found) -> list[tuple[str, Found]]:
    """Objects and lists directly inside, with their keys; what is still open can only be the last child."""
    value = found.value
    if not isinstance(value, dict | list):
        return []
    pairs = list(value.items()) if isinstance(value, dict) else [("", child) for child in value]
    still_open = found.open[1:]
    made = [(key, Found(child, before=gist(key))) for key, child in pairs[:16] if isinstance(child, dict | list)]
    if made and still_open[:1] in ("{", "[") and made[-1][1].value is pairs[-1][1]:
        key, last = made[-1]
        made[-1] = key, replace(last, open=still_open)
    return made


def _fields(reply: Found, notes: Notes) -> dict[str, Any]:
    value: dict[str, Any] = reply.value
    fields = _named(value)
    if any(lexicon.reply_key(key) != key for key in value):
        notes.repair(Repair.KEY)
    unused = {key: child for key, child in value.items() if fields.get(lexicon.reply_key(key) or "") is not child}
    inner = reply.open[1:]
    if "orders" not in fields and order_like(value):
        if reply.open:
            notes.drop(Drop.CUT_OFF)
        else:
            notes.repair(Repair.BARE_ORDERS)
            fields["orders"] = [unused]
        return fields
    if inner and "[" not in inner and fields:  # an object that is no item of a list breaks off
        _break_off(fields, inner, notes)
    apart = {key: child for key, child in unused.items() if isinstance(child, dict | list) and lexicon.side_in(key)}
    apart = apart or {key: child for key, child in unused.items() if orders_like({key: child})}
    if "orders" not in fields and apart:
        fields["orders"] = apart
        unused = {key: child for key, child in unused.items() if key not in apart}
    for key, child in unused.items():
        _name_unused(key, child, notes)
    return fields


def _break_off(fields: dict[str, Any], inner: str, notes: Notes) -> None:
    """Leave out of a reply what breaks off: of orders under their goods the last one, of anything else all of it."""
    name = list(fields)[-1]
    orders = fields[name]
    if name != "orders" or not orders_like(orders):
        notes.drop(Drop.CUT_OFF)
        del fields[name]
        return
    good, said = list(orders.items())[-1]
    if inner != "{" or not (is_limit(said) or isinstance(said, dict)):
        notes.drop(Drop.CUT_OFF)
        fields[name] = {key: child for key, child in orders.items() if key != good}


def _name_unused(key: str, child: object, notes: Notes) -> None:
    """Note what is lost with a field that is not read: orders or answers, if there are any in it."""
    within = list(_objects(child))
    if any(order_like(each) or orders_like(each) for each in within):
        notes.drop(Drop.REPEATED_KEY if key.endswith(REPEATED) else Drop.ORDERS_UNREADABLE)
    elif any(lexicon.is_answer(each) for each in within):
        notes.drop(Drop.REPEATED_KEY if key.endswith(REPEATED) else Drop.ANSWERS_UNREADABLE)


def _objects(value: object, depth: int = _WRAPPINGS) -> Iterator[dict[str, Any]]:
    """A value, if it is an object, and all objects in it at most ``depth`` levels down."""
    if isinstance(value, dict):
        yield value
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children if depth else ():
        yield from _objects(child, depth - 1)


def _loose(found: Found, notes: Notes) -> list[Any]:
    """Orders that stand alone or in a list, without a reply around them."""
    items = found.value if isinstance(found.value, list) else _items(found.value)
    if not any(order_like(item) or orders_like(item) for item in items):
        return []
    if found.open.endswith("{"):
        notes.drop(Drop.CUT_OFF)
        return []
    return items
