"""Upcasts of one stored intervention, told apart by its ``kind``; see :mod:`wood.moves`.

A new kind of intervention needs no step. One that is renamed, or that gains a field without a default, does.
"""

from collections.abc import Callable
from typing import Any, Final

STEPS: Final[tuple[Callable[[dict[str, Any]], dict[str, Any]], ...]] = ()
