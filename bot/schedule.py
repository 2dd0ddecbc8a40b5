"""What is due when: a heap of times, one for each key."""

import heapq
from collections.abc import Hashable, Iterator
from datetime import datetime
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Schedule(Generic[K]):
    """The time at which each key is due. A change costs the logarithm of how many there are."""

    def __init__(self) -> None:
        self._times: dict[K, tuple[datetime, int]] = {}
        self._heap: list[tuple[datetime, int, K]] = []
        self._changes = 0

    def put(self, key: K, at: datetime) -> None:
        """Have a key due at a time, in place of when it was due before."""
        self._changes += 1
        self._times[key] = at, self._changes
        heapq.heappush(self._heap, (at, self._changes, key))
        if len(self._heap) > 2 * len(self._times) + 64:  # mostly of times that were put off since
            self._heap = [(when, change, each) for each, (when, change) in self._times.items()]
            heapq.heapify(self._heap)

    def drop(self, key: K) -> None:
        """Have a key due no more; nothing if it is not."""
        self._times.pop(key, None)

    def at(self, key: K) -> datetime | None:
        """When a key is due; None if it is not."""
        return self._times[key][0] if key in self._times else None

    def next(self) -> datetime | None:
        """When the first key is due; None while none is."""
        while self._heap and not self._stands():
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def take(self, now: datetime, most: int) -> list[tuple[K, datetime]]:
        """The first keys that are due by now, up to ``most``, with their times; they are due no more."""
        taken: list[tuple[K, datetime]] = []
        while len(taken) < most and (first := self.next()) is not None and first <= now:
            at, _, key = heapq.heappop(self._heap)
            del self._times[key]
            taken.append((key, at))
        return taken

    def _stands(self) -> bool:
        """Whether the heap's first time still holds for its key."""
        at, change, key = self._heap[0]
        return self._times.get(key) == (at, change)

    def __iter__(self) -> Iterator[K]:
        """Every key that is due some time."""
        return iter(self._times)
