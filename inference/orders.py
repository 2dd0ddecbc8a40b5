"""Reading the orders and answers of a reply that does not fit its schema, one by one.

What counts as meant: other words for a field, side, good or number; a number with a unit; a buyer's limit above
the highest price, or a quantity above the largest, as a lesser order of the same kind; a fraction rounded in the
trader's favour. Nothing is ever filled in: an order with a field missing, contradictory or in doubt is dropped.
"""

import math
import re
from typing import Any, Final

from inference import lexicon
from inference.codes import Drop, Notes, Repair
from inference.repair import CURRENCIES, REPEATED, loads
from inference.witness import DOUBT
from wood.names import Good, Side
from wood.orders import MAX_PRICE, MAX_QTY, Answer, Order

MANY: Final = 40
"""Orders or answers looked at in one reply; all that come after are one drop."""

SIDES: Final = {side.value: side for side in Side}
GOODS: Final = {good.value: good for good in Good}
_NOTHING: Final = frozenset(("", "none", "no orders", "no offers", "nothing", "no", "n/a", "null", "[]"))
_PHRASE: Final = re.compile(
    r"\s*(?P<side>[a-z]+)\s+(?P<qty>\d{1,6}|[a-z]+(?:[ -][a-z]+)?)\s+(?P<good>[a-z]+(?: of [a-z]+)?)"
    r"\s*(?:(?:@|\bat\b)\s*(?P<at>[\w-]{1,14}(?:\.\d+)?)(?:\s+(?:pebbles?|each|apiece|per unit)){0,2}"
    r"|\bfor\s+(?P<for>[\w-]{1,14}(?:\.\d+)?)(?:\s+pebbles?)?\s+(?:each|apiece|per unit))\s*\.?\s*",
    re.IGNORECASE,
)


class _DroppedError(Exception):
    """One order or answer cannot be salvaged."""

    def __init__(self, code: Drop) -> None:
        super().__init__(code.value)
        self.code = code


def order_like(value: object) -> bool:
    """Whether a JSON value is one order: it names a good or a side, and a price or a quantity."""
    if not isinstance(value, dict):
        return False
    names = {lexicon.order_key(key) for key in value}
    return (bool(names & {"side", "good"}) or _side_key(value) is not None) and bool(names & {"price", "qty"})


def read_orders(value: object, makes: Good, notes: Notes) -> list[Order]:
    """The orders that the field ``orders`` means, for the creature that makes ``makes``; not yet settled."""
    items = _listed(value, notes)
    if len(items) > MANY:
        notes.drop(Drop.TOO_MANY)
    orders = []
    for item in items[:MANY]:
        try:
            orders.append(_order(item, makes, notes))
        except _DroppedError as dropped:
            notes.drop(dropped.code)
    return orders


def read_answers(value: object, notes: Notes) -> list[Answer]:
    """The answers that the field ``answers`` means; whether such loans were offered is not looked at."""
    items: list[Any] = []
    if isinstance(value, list):
        items = value
    elif isinstance(value, dict):
        notes.repair(Repair.GROUPED)
        if all(key.isdecimal() for key in value):  # {"7": true}
            items = [{"loan": key, "accept": accept} for key, accept in value.items()]
        else:
            items = [value]
    elif value is not None and not (isinstance(value, str) and value.strip().lower() in _NOTHING):
        notes.drop(Drop.ANSWERS_UNREADABLE)
    if len(items) > MANY:
        notes.drop(Drop.TOO_MANY)
    answers = []
    for item in items[:MANY]:
        try:
            answers.append(_answer(item, notes))
        except _DroppedError as dropped:
            notes.drop(dropped.code)
    return answers


def _listed(value: object, notes: Notes) -> list[Any]:
    """The single orders, from a list, one object, a text, or groups by side, good or number."""
    if isinstance(value, str):
        if value.strip(" .").lower() in _NOTHING:
            return []
        try:
            value = loads(value)
            notes.repair(Repair.DOUBLE_ENCODED)
        except (ValueError, RecursionError):
            return [value]
    if isinstance(value, list):
        if any(isinstance(item, list) for item in value):
            notes.repair(Repair.GROUPED)
            return [inner for item in value for inner in (item if isinstance(item, list) else [item])]
        return value
    if isinstance(value, dict):
        if not value:
            return []
        groups = [[value]] if order_like(value) else [_group(key, child) for key, child in value.items()]
        if all(group is not None for group in groups):
            notes.repair(Repair.GROUPED)
            return [item for group in groups for item in group or ()]
    if value is not None:
        notes.drop(Drop.ORDERS_UNREADABLE)
    return []


def _group(key: str, child: object) -> list[Any] | None:
    """The orders that stand under ``key`` in a group; None when the key is no side, good or number."""
    items = child if isinstance(child, list) else [child]
    if lexicon.side_in(key) is not None:
        return [_with("side", key, item) for item in items]
    if lexicon.goods_in(key) is not None:
        return [_with("good", key, item) for item in items]
    return items if key.removeprefix("order").removeprefix("offer").strip(" _#").isdecimal() else None


def _with(field: str, name: str, item: object) -> object:
    """An order of a group with what the group says, unless it says so itself."""
    if not isinstance(item, dict) or any(lexicon.order_key(key) == field for key in item):
        return item
    return {field: name, **item}


def _order(item: object, makes: Good, notes: Notes) -> Order:
    if isinstance(item, str):
        item = _phrase(item, notes)
    if not isinstance(item, dict):
        raise _DroppedError(Drop.NOT_AN_ORDER)
    fields = _order_fields(item, notes)
    if not fields:
        raise _DroppedError(Drop.NOT_AN_ORDER)
    side, good = _side(fields.get("side"), notes), _good(fields.get("good"), notes)
    price, qty = _price(side, fields.get("price"), notes), _qty(fields.get("qty"), notes)
    if side is Side.BUY and good is makes:
        raise _DroppedError(Drop.OWN_PRODUCT)
    return Order(side, good, price, qty)


def _check_marks(item: dict[str, Any]) -> None:
    """Raise for an object that contradicts itself or that mending may have made up."""
    if any(key.endswith(REPEATED) for key in item):
        raise _DroppedError(Drop.REPEATED_KEY)
    if DOUBT in item:
        raise _DroppedError(Drop.IN_DOUBT)


def _phrase(words: str, notes: Notes) -> dict[str, Any]:
    found = _PHRASE.fullmatch(words[:120])
    if found is None:
        raise _DroppedError(Drop.NOT_AN_ORDER)
    notes.repair(Repair.PHRASE)
    return {"side": found["side"], "good": found["good"], "qty": found["qty"], "price": found["at"] or found["for"]}


def _side_key(item: dict[str, Any]) -> str | None:
    """The key that is itself a side, as in ``{"buy": "honey", …}``."""
    return next((key for key, value in item.items() if isinstance(value, str) and lexicon.side_in(key)), None)


def _order_fields(item: dict[str, Any], notes: Notes) -> dict[str, Any]:
    _check_marks(item)
    side = _side_key(item)
    pairs = [(lexicon.order_key(key), key, value) for key, value in item.items() if key != side]
    if side is not None:
        pairs += [("side", "", side), ("good", "", item[side])]
    fields: dict[str, Any] = {}
    for name, key, value in pairs:
        if name != key:
            notes.repair(Repair.KEY)
        if name is not None:
            if name in fields:
                raise _DroppedError(Drop.REPEATED_KEY)
            fields[name] = value
    return fields


def _side(value: object, notes: Notes) -> Side:
    if value is None or value == "":
        raise _DroppedError(Drop.SIDE_MISSING)
    if isinstance(value, str):
        if (exact := SIDES.get(value)) is not None:
            return exact
        if (side := lexicon.side_in(value)) is not None:
            notes.repair(Repair.SIDE)
            return side
    raise _DroppedError(Drop.SIDE_UNKNOWN)


def _good(value: object, notes: Notes) -> Good:
    if value is None or value == "":
        raise _DroppedError(Drop.GOOD_MISSING)
    if isinstance(value, str):
        if (exact := GOODS.get(value)) is not None:
            return exact
        if (goods := lexicon.goods_in(value)) is not None:
            if len(goods) > 1:
                raise _DroppedError(Drop.GOOD_AMBIGUOUS)
            notes.repair(Repair.GOOD)
            return goods[0]
    raise _DroppedError(Drop.GOOD_UNKNOWN)


def _number(value: object, notes: Notes) -> float | None:
    figure = lexicon.number(value)
    if figure is not None and isinstance(value, str):
        notes.repair(Repair.NUMBER)
    elif figure is not None and isinstance(value, float):
        notes.repair(Repair.FLOAT)
    return figure


def _price(side: Side, value: object, notes: Notes) -> int:
    if value is None or value == "":
        raise _DroppedError(Drop.PRICE_MISSING)
    if isinstance(value, str) and value.lstrip().startswith(tuple(CURRENCIES)):
        value = value.lstrip()[1:]
    figure = _number(value, notes)
    if figure is None:
        raise _DroppedError(Drop.PRICE_UNREADABLE)
    price = math.floor(figure) if side is Side.BUY else math.ceil(figure)
    if figure <= 0 or price < 1:
        raise _DroppedError(Drop.PRICE_LOW)
    if price != figure:
        notes.repair(Repair.ROUNDED)
    if price <= MAX_PRICE:
        return price
    if side is Side.SELL:
        raise _DroppedError(Drop.PRICE_HIGH)
    notes.repair(Repair.CLAMPED)
    return MAX_PRICE


def _qty(value: object, notes: Notes) -> int:
    if value is None or value == "":
        raise _DroppedError(Drop.QTY_MISSING)
    figure = _number(value, notes)
    if figure is None:
        raise _DroppedError(Drop.QTY_UNREADABLE)
    qty = math.floor(figure)
    if qty < 1:
        raise _DroppedError(Drop.QTY_LOW)
    if qty != figure:
        notes.repair(Repair.ROUNDED)
    if qty > MAX_QTY:
        notes.repair(Repair.CLAMPED)
    return min(qty, MAX_QTY)


def _answer(item: object, notes: Notes) -> Answer:
    if not isinstance(item, dict):
        raise _DroppedError(Drop.ANSWER_UNREADABLE)
    _check_marks(item)
    fields: dict[str, Any] = {}
    for key, value in item.items():
        name = lexicon.answer_key(key)
        if name != key:
            notes.repair(Repair.KEY)
        if name is not None:
            if name in fields:
                raise _DroppedError(Drop.REPEATED_KEY)
            fields[name] = value
    loan, accept = _number(fields.get("loan"), notes), lexicon.yes_or_no(fields.get("accept"))
    if loan is None or accept is None or loan != int(loan):
        raise _DroppedError(Drop.ANSWER_UNREADABLE)
    if not isinstance(fields["accept"], bool):
        notes.repair(Repair.ACCEPT)
    return Answer(int(loan), accept)
