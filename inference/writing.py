"""Writing a reply in the form in which replies are asked for: what rule-based minds say, and examples show."""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from wood.names import Good
from wood.orders import Order

NO_ANSWERS: Final[Mapping[int, bool]] = {}
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def limit(order: Order) -> str:
    """An order without its good, as a reply states it: ``buy 2 at 6``."""
    return f"{order.side.value} {order.qty} at {order.price}"


def by_good(orders: Iterable[Order]) -> str:
    """Orders as a reply has them, as JSON text."""
    return _json({order.good: limit(order) for order in orders})


def reply(thought: str, orders: Iterable[Order], gossip: str, answers: Mapping[int, bool] = NO_ANSWERS) -> str:
    """A reply as JSON text.

    Args:
        thought: why.
        orders: at most one a good.
        gossip: the line for the others, or "".
        answers: yes or no by an offer's number; with none, there is no such field.
    """
    asked: dict[Good, str] = {order.good: limit(order) for order in orders}
    said: dict[str, object] = {"orders": asked, "thought": thought, "gossip": gossip}
    if answers:
        said["answers"] = [{"loan": number, "accept": accept} for number, accept in answers.items()]
    return _json(said)
