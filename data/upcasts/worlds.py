"""Upcasts of a stored :class:`wood.world.World`.

Example of a step, for a field ``fires`` that worlds of schema 1 do not have::

    def _fires(world: dict[str, Any]) -> dict[str, Any]:
        return {**world, "fires": {}}
"""

from collections.abc import Callable
from typing import Any, Final

STEPS: Final[tuple[Callable[[dict[str, Any]], dict[str, Any]], ...]] = ()
