"""Upcasts of a stored :class:`wood.world.World`. Each is a pure function, document to document."""

from collections.abc import Callable
from typing import Any, Final

_UNJUDGED: Final = {"said": 0, "right": 0, "expected": 0, "score": 0, "streak": 0}
_RESERVE: Final = 400
_UNSTAINED: Final = {
    "heat": 0,
    "peak": 0,
    "file": [],
    "tips": [],
    "blocked": 0,
    "exiled": 0,
    "convicted": 0,
    "voice": 0,
    "course": [],
    "career": {"years": 0, "pebbles": 0, "best": 0, "wins": 0, "titles": []},
    "cards": [],
}
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


def _stakes(world: dict[str, Any]) -> dict[str, Any]:
    """From 2 to 3: patrons have heat, a file and a career, and there is a Bourse, whose reserve the Mint fills.

    Nobody had done anything of it. Of loans it is not known what was lent, of legends not who told them before.
    """
    return {
        **world,
        "accounts": _with_reserve(world["accounts"]),
        "patrons": {key: {**patron, **_UNSTAINED} for key, patron in world["patrons"].items()},
        "offers": [{**offer, "what": "loan", "partner": None} for offer in world["offers"]],
        "loans": [{**loan, "late": 0, "lent": 0} for loan in world["loans"]],
        "album": {},
        "positions": [],
        "pacts": [],
        "corners": [],
        "wagers": [],
        "cases": [],
        "uses": {},
    }


def _with_reserve(accounts: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    mint = accounts.get("mint", {})
    filled = {
        **accounts,
        "bourse": {"pebbles": _RESERVE},
        "mint": {**mint, "pebbles": mint.get("pebbles", 0) - _RESERVE},
    }
    return dict(sorted(filled.items()))


STEPS: Final[tuple[Callable[[dict[str, Any]], dict[str, Any]], ...]] = (_belief, _stakes)
