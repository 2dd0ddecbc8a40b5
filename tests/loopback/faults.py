"""Discord's bad days: rate limits, refusals, server errors, answers that get lost on their way."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Fault:
    """What happens to the next ``times`` calls of one route.

    Attributes:
        method: the HTTP method.
        route: the route's template, such as ``/channels/{channel_id}/messages``.
        status: what is answered instead: 429, 5xx, 4xx; 0 cuts the connection.
        times: how many calls it still meets.
        retry_after: seconds that a 429 asks to wait.
        everywhere: whether a 429 is the global limit.
        after: the call is carried out first, only its answer is lost.
        hold: the answer is kept back until the client is gone; kill it meanwhile.
        met: how many calls it met so far.
    """

    method: str
    route: str
    status: int
    times: int = 1
    retry_after: float = 0.05
    everywhere: bool = False
    after: bool = False
    hold: bool = False
    met: int = 0


@dataclass(slots=True)
class Limit:
    """A bucket of one route: ``limit`` calls in any ``per`` seconds for each major parameter."""

    limit: int
    per: float
    seen: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class Faults:
    """The faults in force and the buckets."""

    def __init__(self) -> None:
        """Start with fair weather."""
        self._faults: list[Fault] = []
        self._limits: dict[tuple[str, str], Limit] = {}

    def add(self, fault: Fault) -> Fault:
        """Let ``fault`` meet the next calls of its route."""
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Let no further call go wrong."""
        for fault in self._faults:
            fault.times = 0

    def limit(self, method: str, route: str, *, limit: int, per: float) -> None:
        """Rate limit a route: Discord's headers on every answer, a 429 over the limit."""
        self._limits[method, route] = Limit(limit, per)

    def meet(self, method: str, route: str) -> Fault | None:
        """The fault that this call meets; it is used up by it."""
        for fault in self._faults:
            if (fault.method, fault.route) == (method, route) and fault.times > 0:
                fault.times -= 1
                fault.met += 1
                return fault
        return None

    def spend(self, method: str, route: str, major: str) -> tuple[Mapping[str, str], float | None]:
        """Count a call against its bucket.

        Returns:
            The bucket's headers (empty without a limit), and the seconds to wait if the bucket is empty.
        """
        bucket = self._limits.get((method, route))
        if bucket is None:
            return {}, None
        now, calls = time.monotonic(), bucket.seen[major]
        # As Discord does: a window is over as a whole, so what its headers promise holds for all that wait for it.
        if calls and now - calls[0] >= bucket.per:
            calls.clear()
        full = len(calls) >= bucket.limit
        if not full:
            calls.append(now)
        wait = max(calls[0] + bucket.per - now, 0.001)
        headers = {
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(bucket.limit - len(calls)),
            "X-RateLimit-Reset": f"{time.time() + wait:.3f}",
            "X-RateLimit-Reset-After": f"{math.ceil(wait * 1000) / 1000:.3f}",
            "X-RateLimit-Bucket": f"{method}:{route}",
        }
        return headers, wait if full else None
