"""Writing a reply in the form in which replies are asked for: what rule-based minds say, and examples show."""

import json
from collections.abc import Iterable, Mapping

from wood.names import Good
from wood.orders import Order


def limit(order: Order) -> str:
    """An order without its good, as a reply states it: ``buy 2 at 6``."""
    return f"{order.side.value} {order.qty} at {order.price}"


def reply(thought: str, orders: Iterable[Order], gossip: str, answers: Mapping[int, bool] | None = None) -> str:
    """A reply as JSON text.

    Args:
        thought: why.
        orders: at most one a good.
        gossip: the line for the others, or "".
        answers: yes or no by an offer's number; None where nothing was offered, so that there is no such field.
    """
    asked: dict[Good, str] = {order.good: limit(order) for order in orders}
    said: dict[str, object] = {"thought": thought, "orders": asked, "gossip": gossip}
    if answers is not None:
        said["answers"] = [{"loan": number, "accept": accept} for number, accept in answers.items()]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
