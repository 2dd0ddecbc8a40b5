"""Reading the orders and answers of a reply that does not fit its schema, one by one.

Orders are asked for as phrases under their goods ("honey": "sell 2 at 8"). They once were asked for as a list of
objects, and are written in many other ways.

What counts as meant: other words for a field, side, good or number; a number with a unit; a buyer's limit above
the highest price, or a quantity above the largest, as a lesser order of the same kind; a fraction rounded in the
trader's favour. Nothing is ever filled in: an order with a field missing, contradictory or in doubt is dropped.
"""

import math
from typing import Any, Final

from inference import lexicon
from inference.codes import Drop, Notes, Repair
from inference.phrases import DroppedError, Under, is_limit, phrase, phrase_under
from inference.repair import CURRENCIES, REPEATED, loads
from inference.witness import DOUBT
from wood.names import Good, Side
from wood.orders import MAX_PRICE, MAX_QTY, Answer, Order

MANY: Final = 40
"""Orders or answers looked at in one reply; all that come after are one drop."""

SIDES: Final = {side.value: side for side in Side}
GOODS: Final = {good.value: good for good in Good}
_NOTHING: Final = frozenset(
    ("", "none", "no orders", "no offers", "nothing", "no", "n/a", "null", "[]", "{}", "-", "hold", "wait", "keep")
)


def order_like(value: object) -> bool:
    """Whether a JSON value is one order: it names a good or a side, and a price or a quantity."""
    if not isinstance(value, dict):
        return False
    names = {lexicon.order_key(key) for key in value}
    return (bool(names & {"side", "good"}) or bool(_side_keys(value))) and bool(names & {"price", "qty"})


def orders_like(value: object) -> bool:
    """Whether a JSON value is an object of orders under their goods, and nothing else."""
    if not isinstance(value, dict) or order_like(value):
        return False
    keys = [key for key in value if key != DOUBT]
    goods = [lexicon.goods_in(_once(key)) for key in keys]
    return all(goods) and any(is_limit(value[key]) or _is_order_of_a_good(value[key]) for key in keys)


def _is_order_of_a_good(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    names = {lexicon.order_key(key) for key in value}
    return ("side" in names or bool(_side_keys(value))) and bool(names & {"price", "qty"})


def _once(key: str) -> str:
    """A key without the marks of one that stands again."""
    return key.replace(REPEATED, "")


def read_orders(value: object, makes: Good, notes: Notes) -> list[Order]:
    """The orders that the field ``orders`` means, for the creature that makes ``makes``; not yet settled."""
    items = _listed(value, notes)
    if len(items) > MANY:
        notes.drop(Drop.TOO_MANY)
    orders = []
    for item in items[:MANY]:
        if isinstance(item, Under) and _is_nothing(item.said):
            notes.repair(Repair.PHRASE)
            continue
        try:
            orders.append(_order(item, makes, notes))
        except DroppedError as dropped:
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
        except DroppedError as dropped:
            notes.drop(dropped.code)
    return answers


def _listed(value: object, notes: Notes) -> list[Any]:
    """The single orders, from a list, one object, a text, or an object by good, side or number."""
    if isinstance(value, str):
        if value.strip(" .").lower() in _NOTHING:
            return []
        try:
            value = loads(value)
            notes.repair(Repair.DOUBLE_ENCODED)
        except (ValueError, RecursionError):
            return [value]
    if isinstance(value, list):
        return _from_list(value, notes)
    if isinstance(value, dict):
        return _from_object(value, notes)
    if value is not None:
        notes.drop(Drop.ORDERS_UNREADABLE)
    return []


def _from_list(items: list[Any], notes: Notes) -> list[Any]:
    if not items or not all(map(_is_one_of_an_object, items)):
        notes.repair(Repair.LISTED)
    if any(isinstance(item, list) for item in items):
        notes.repair(Repair.GROUPED)
        items = [inner for item in items for inner in (item if isinstance(item, list) else [item])]
    return [each for item in items for each in (_spread(item) if orders_like(item) else [item])]


def _from_object(value: dict[str, Any], notes: Notes) -> list[Any]:
    if order_like(value):
        notes.repair(Repair.GROUPED)
        return [value]
    if DOUBT in value:
        for _ in range(max(1, len(value) - 1)):
            notes.drop(Drop.IN_DOUBT)
        return []
    groups = [_group(key, child) for key, child in value.items() if not _is_of_no_good(key, child, notes)]
    if any(group is None for group in groups):
        notes.drop(Drop.ORDERS_UNREADABLE)
        return []
    if not all(map(_is_under, groups)):
        notes.repair(Repair.GROUPED)
    return [item for group in groups for item in group or ()]


def _is_of_no_good(key: str, child: object, notes: Notes) -> bool:
    """Whether an order's phrase stands under what is no good, no side and no number; it is dropped by itself then."""
    unknown = is_limit(child) and _group(key, child) is None
    if unknown:
        notes.drop(Drop.GOOD_UNKNOWN)
    return unknown


def _is_one_of_an_object(item: object) -> bool:
    """Whether an item of a list is one good's order out of an object of them."""
    return isinstance(item, dict) and len(item) == 1 and orders_like(item)


def _is_under(group: list[Any] | None) -> bool:
    return bool(group) and all(isinstance(item, Under) for item in group or ())


def _spread(orders: dict[str, Any]) -> list[Any]:
    return [item for key, child in orders.items() for item in _group(key, child) or ()]


def _group(key: str, child: object) -> list[Any] | None:
    """The orders that stand under ``key`` in a group; None when the key is no side, good or number."""
    key = _once(key)
    items = child if isinstance(child, list) else [child]
    if lexicon.side_in(key) is not None:
        return [_with("side", key, item) for item in items]
    if lexicon.goods_in(key) is not None:
        return [_with("good", key, item) if isinstance(item, dict) else Under(key, item) for item in items]
    return items if key.removeprefix("order").removeprefix("offer").strip(" _#").isdecimal() else None


def _with(field: str, name: str, item: object) -> object:
    """An order of a group with what the group says, unless it says so itself."""
    if not isinstance(item, dict) or any(lexicon.order_key(key) == field for key in item):
        return item
    return {field: name, **item}


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, str) and value.strip(" .").lower() in _NOTHING)


def _order(item: object, makes: Good, notes: Notes) -> Order:
    if isinstance(item, str):
        item = phrase(item, notes)
    elif isinstance(item, Under):
        item = phrase_under(item, notes)
    if not isinstance(item, dict):
        raise DroppedError(Drop.NOT_AN_ORDER)
    fields = _order_fields(item, notes)
    if not fields:
        raise DroppedError(Drop.NOT_AN_ORDER)
    side, good = _side(fields.get("side"), notes), _good(fields.get("good"), notes)
    price, qty = _price(side, fields.get("price"), notes), _qty(fields.get("qty"), notes)
    if side is Side.BUY and good is makes:
        raise DroppedError(Drop.OWN_PRODUCT)
    return Order(side, good, price, qty)


def _check_marks(item: dict[str, Any]) -> None:
    """Raise for an object that contradicts itself or that mending may have made up."""
    if any(key.endswith(REPEATED) for key in item):
        raise DroppedError(Drop.REPEATED_KEY)
    if DOUBT in item:
        raise DroppedError(Drop.IN_DOUBT)


def _side_keys(item: dict[str, Any]) -> list[str]:
    """Keys that are themselves a side, as in ``{"buy": "honey", …}`` and, under a good, ``{"buy": 2, "at": 6}``."""
    return [
        key
        for key, value in item.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool) and lexicon.side_in(key)
    ]


def _order_fields(item: dict[str, Any], notes: Notes) -> dict[str, Any]:
    _check_marks(item)
    sides = _side_keys(item)
    pairs = [(lexicon.order_key(key), key, value) for key, value in item.items() if key not in sides]
    if len(sides) > 1:
        raise DroppedError(Drop.SIDE_UNKNOWN)
    for side in sides:
        said = item[side]
        names_a_good = isinstance(said, str) and lexicon.number_in(said) is None
        pairs += [("side", "", side), ("good" if names_a_good else "qty", "", said)]
    fields: dict[str, Any] = {}
    for name, key, value in pairs:
        if name != key:
            notes.repair(Repair.KEY)
        if name is not None:
            if name in fields:
                raise DroppedError(Drop.REPEATED_KEY)
            fields[name] = value
    return fields


def _side(value: object, notes: Notes) -> Side:
    if value is None or value == "":
        raise DroppedError(Drop.SIDE_MISSING)
    if isinstance(value, str):
        if (exact := SIDES.get(value)) is not None:
            return exact
        if (side := lexicon.side_in(value)) is not None:
            notes.repair(Repair.SIDE)
            return side
    raise DroppedError(Drop.SIDE_UNKNOWN)


def _good(value: object, notes: Notes) -> Good:
    if value is None or value == "":
        raise DroppedError(Drop.GOOD_MISSING)
    if isinstance(value, str):
        if (exact := GOODS.get(value)) is not None:
            return exact
        if (goods := lexicon.goods_in(value)) is not None:
            if len(goods) > 1:
                raise DroppedError(Drop.GOOD_AMBIGUOUS)
            notes.repair(Repair.GOOD)
            return goods[0]
    raise DroppedError(Drop.GOOD_UNKNOWN)


def _number(value: object, notes: Notes) -> float | None:
    figure = lexicon.number(value)
    if figure is not None and isinstance(value, str):
        notes.repair(Repair.NUMBER)
    elif figure is not None and isinstance(value, float):
        notes.repair(Repair.FLOAT)
    return figure


def _price(side: Side, value: object, notes: Notes) -> int:
    if value is None or value == "":
        raise DroppedError(Drop.PRICE_MISSING)
    if isinstance(value, str) and value.lstrip().startswith(tuple(CURRENCIES)):
        value = value.lstrip()[1:]
    figure = _number(value, notes)
    if figure is None:
        raise DroppedError(Drop.PRICE_UNREADABLE)
    price = math.floor(figure) if side is Side.BUY else math.ceil(figure)
    if figure <= 0 or price < 1:
        raise DroppedError(Drop.PRICE_LOW)
    if price != figure:
        notes.repair(Repair.ROUNDED)
    if price <= MAX_PRICE:
        return price
    if side is Side.SELL:
        raise DroppedError(Drop.PRICE_HIGH)
    notes.repair(Repair.CLAMPED)
    return MAX_PRICE


def _qty(value: object, notes: Notes) -> int:
    if value is None or value == "":
        raise DroppedError(Drop.QTY_MISSING)
    figure = _number(value, notes)
    if figure is None:
        raise DroppedError(Drop.QTY_UNREADABLE)
    qty = math.floor(figure)
    if qty < 1:
        raise DroppedError(Drop.QTY_LOW)
    if qty != figure:
        notes.repair(Repair.ROUNDED)
    if qty > MAX_QTY:
        notes.repair(Repair.CLAMPED)
    return min(qty, MAX_QTY)


def _answer(item: object, notes: Notes) -> Answer:
    if not isinstance(item, dict):
        raise DroppedError(Drop.ANSWER_UNREADABLE)
    _check_marks(item)
    fields: dict[str, Any] = {}
    for key, value in item.items():
        name = lexicon.answer_key(key)
        if name != key:
            notes.repair(Repair.KEY)
        if name is not None:
            if name in fields:
                raise DroppedError(Drop.REPEATED_KEY)
            fields[name] = value
    loan, accept = _number(fields.get("loan"), notes), lexicon.yes_or_no(fields.get("accept"))
    if loan is None or accept is None or loan != int(loan):
        raise DroppedError(Drop.ANSWER_UNREADABLE)
    if not isinstance(fields["accept"], bool):
        notes.repair(Repair.ACCEPT)
    return Answer(int(loan), accept)
