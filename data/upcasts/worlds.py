"""Upcasts of a stored :class:`wood.world.World`. Each is a pure function, document to document."""

from collections.abc import Callable
from typing import Any, Final

_UNJUDGED: Final = {"said": 0, "right": 0, "expected": 0, "score": 0, "streak": 0}
_UNEVENTFUL: Final = {"cold": 0, "kinds": 2, "spoiled": {}, "unsold": 0, "unserved": {}}


def _belief(world: dict[str, Any]) -> dict[str, Any]:
    """From 1 to 2: creatures believe, remember and have had a day; claims have chances, patrons a record of them.

    Nothing was believed, remembered or called before. The chance of a claim that is still open is not known: the next
    turn finds it.
    """
    moods = world["moods"]
    return {
        **world,
        "patrons": {key: {**patron, "prophecy": dict(_UNJUDGED)} for key, patron in world["patrons"].items()},
        "claims": [{**claim, "chance": None, "echo": False} for claim in world["claims"]],
        "beliefs": {who: {} for who in moods},
        "echoes": {who: {} for who in moods},
        "memories": {who: [] for who in moods},
        "lately": {who: dict(_UNEVENTFUL) for who in moods},
        "calls": [],
        "forecasts": [],
        "errors": {},
        "callers": {},
    }


STEPS: Final[tuple[Callable[[dict[str, Any]], dict[str, Any]], ...]] = (_belief,)
