"""Work that can wait steps aside while players are being answered."""

import asyncio
from typing import Final

LOOK: Final = 0.002
LATE: Final = 0.004
"""Seconds that the event loop is watched before something begins, and by how many it may be late for it."""
PATIENCE: Final = 0.25
"""Seconds after which it begins all the same."""


class Courtesy:
    """Lets one thing begin after the other, each only when the event loop has time for it.

    What players do is never asked to wait here. So whatever the machine can do, they have of it what they need, and
    the rest gets the rest.
    """

    def __init__(self) -> None:
        self._going = asyncio.Lock()

    async def wait(self) -> None:
        """Wait until the event loop is on time, but not for ever."""
        time = asyncio.get_running_loop().time
        async with self._going:
            ends = time() + PATIENCE
            while True:
                before = time()
                await asyncio.sleep(LOOK)
                if time() - before - LOOK < LATE or time() > ends:
                    return
