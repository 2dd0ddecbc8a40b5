"""Upcasts of what is stored of a turn: its record, a :class:`wood.chronicle.Turn`; and what the minds decided in it.

Decisions are an object: creature -> :class:`wood.orders.Decision`, or null for a turn without one.
"""

from collections.abc import Callable
from typing import Any, Final

RECORD_STEPS: Final[tuple[Callable[[dict[str, Any]], dict[str, Any]], ...]] = ()
DECISION_STEPS: Final[tuple[Callable[[dict[str, Any]], dict[str, Any]], ...]] = ()
