"""How often things may be done: so many a minute, a part of them at once, for each of many keys.

Each key has a bucket of tokens, kept as one number: the time at which it will be full again (the generic cell rate
algorithm). A key that was not used for long is as good as a new one, so the number of keys that are kept is bounded.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Final

KEPT: Final = 20_000
"""Keys that are remembered, of each rate: the ones used last."""
AT_ONCE: Final = 2
"""Half of what is allowed in a minute may come at once."""
_MINUTE: Final = 60.0
_GRAIN: Final = 1e-6
"""Seconds below which a wait is the rounding of floats."""


class Rate:
    """So many a minute for each key.

    Args:
        a_minute: how many; 0 for as many as come.
        kept: how many keys are remembered.
    """

    def __init__(self, a_minute: int, kept: int = KEPT) -> None:
        self._every = _MINUTE / a_minute if a_minute else 0.0
        self._ahead = self._every * max(1, a_minute // AT_ONCE)
        self._kept = kept
        self._full: OrderedDict[Hashable, float] = OrderedDict()

    def wait(self, key: Hashable, now: float) -> float:
        """Seconds until the key has a token; 0 where it has one. ``now`` is in seconds of a clock that only goes on."""
        wait = max(self._full.get(key, now), now) - now + self._every - self._ahead
        return wait if wait > _GRAIN else 0.0

    def spend(self, key: Hashable, now: float) -> None:
        """Take a token of the key."""
        if not self._every:
            return
        self._full[key] = max(now, self._full.pop(key, now)) + self._every
        while len(self._full) > self._kept:
            self._full.popitem(last=False)

    def __len__(self) -> int:
        """How many keys are remembered now."""
        return len(self._full)


class Rates:
    """Several rates that something must keep all at once.

    Args:
        rates: by name, so many a minute.
        now: seconds of a clock that only goes on.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic, **rates: int) -> None:
        self._now = now
        self._rates = {name: Rate(a_minute) for name, a_minute in rates.items()}

    def take(self, keys: Iterable[tuple[str, Hashable]]) -> tuple[str, float]:
        """Take a token of each key, or of none of them where one has none.

        Args:
            keys: pairs of a rate's name and a key.

        Returns:
            The rate that was not kept and the seconds until it would be; ``("", 0.0)`` where all were.
        """
        now, keys = self._now(), list(keys)
        waits = [(self._rates[name].wait(key, now), name) for name, key in keys]
        longest, name = max(waits, default=(0.0, ""))
        if longest > 0:
            return name, longest
        for each, key in keys:
            self._rates[each].spend(key, now)
        return "", 0.0
