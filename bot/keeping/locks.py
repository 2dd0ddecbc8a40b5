"""Locks by key, which are there only while somebody holds or awaits them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Shared:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Locks:
    """One lock for each key, such as a wood's channel; for one event loop."""

    def __init__(self) -> None:
        self._shared: dict[int, _Shared] = {}

    @asynccontextmanager
    async def holding(self, key: int) -> AsyncIterator[None]:
        """Hold the lock of a key."""
        shared = self._shared.setdefault(key, _Shared())
        # Counted before waiting and with nothing awaited in between: who comes later finds the very same lock, and the
        # last one to leave, or to give up waiting, takes it away.
        shared.users += 1
        try:
            async with shared.lock:
                yield
        finally:
            shared.users -= 1
            if not shared.users:
                del self._shared[key]

    def __len__(self) -> int:
        """How many locks are held or awaited now."""
        return len(self._shared)
