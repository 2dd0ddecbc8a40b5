"""Upcasts of what is stored of a turn: its record, a :class:`wood.chronicle.Turn`; and what the minds decided in it.

Decisions are an object: creature -> :class:`wood.orders.Decision`, or null for a turn without one.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final


def _codes(record: dict[str, Any]) -> dict[str, Any]:
    """From 1 to 2: a record holds codes and facts where it held sentences.

    A refusal's sentence stays as a fact, since nobody can tell from it which figures it was made of; a record so old
    that it says only that something was refused is left out. The title of a legend that was told goes: the content
    has it.
    """
    slips = [{**slip, "reason": slip["reason"].replace(" ", "-")} for slip in record["slips"]]
    return {**record, "slips": slips, "events": [each for event in record["events"] for each in _event(event)]}


def _event(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    data = event["data"] or {}
    if event["kind"] == "legend":
        yield {**event, "data": {key: value for key, value in data.items() if key != "title"}}
    elif event["kind"] != "refused":
        yield event
    elif "message" in data:
        facts = {"said": data["message"], "was": data["code"]}
        yield {**event, "data": {"action": data["action"], "code": "recorded", "facts": facts}}


RECORD_STEPS: Final[tuple[Callable[[dict[str, Any]], dict[str, Any]], ...]] = (_codes,)
DECISION_STEPS: Final[tuple[Callable[[dict[str, Any]], dict[str, Any]], ...]] = ()
