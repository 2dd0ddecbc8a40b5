"""Work that can wait steps aside while players are being answered."""

import asyncio
from typing import Final

LOOK: Final = 0.002
LATE: Final = 0.005
"""Seconds that the event loop is watched before something begins, and by how many it may be late for it."""


class Courtesy:
    """Lets one thing begin after the other, each when the event loop has time for it, or after a while all the same.

    What players do is never asked to wait here. So of a busy event loop they have what they need, and the rest gets the
    rest, but not less than its patience gives it.

    Args:
        patience: seconds after which what waits first begins, however late the loop is. A machine that has too little
            to do everything at once is late all the time, so it is this that sets how many begin in a second then.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._going = asyncio.Lock()

    async def wait(self) -> None:
        """Wait until the event loop is on time, but not for ever."""
        time = asyncio.get_running_loop().time
        async with self._going:
            ends = time() + self._patience
            while True:
                before = time()
                await asyncio.sleep(LOOK)
                if time() - before - LOOK < LATE or time() > ends:
                    return
