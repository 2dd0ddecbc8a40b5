"""The turnstile before an engine: turns go through at once, questions one after the other and only between turns.

A question that is being answered when a turn comes is given up for it and asked anew behind it, as long as its time
lasts; so no turn ever waits for one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

T = TypeVar("T")

AT_ONCE: Final = 2
"""Questions that an engine answers at a time."""
QUEUE: Final = 8
"""Questions that wait at most; who comes later gets no answer of the engine, at once."""


class Turnstile:
    """Lets questions to one engine through while no turn needs it. Holds nothing of any wood.

    Args:
        at_once: questions answered at a time.
        queue: questions that may wait beside those.
    """

    def __init__(self, at_once: int = AT_ONCE, queue: int = QUEUE) -> None:
        self._turns = self._begun = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._slots = asyncio.Semaphore(at_once)
        self._most = at_once + queue
        self._inside = 0
        self._asked: set[asyncio.Task[object]] = set()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold questions back for a turn: those under way are given up now, none begins before the block ends."""
        self._turns += 1
        self._begun += 1
        self._quiet.clear()
        for task in self._asked:
            task.cancel()
        try:
            yield
        finally:
            self._turns -= 1
            if not self._turns:
                self._quiet.set()

    async def question(self, ask: Callable[[float], Awaitable[T]], seconds: float) -> T | None:
        """Put a question between turns.

        Args:
            ask: asks it once, within the seconds that it is told; may be asked again after a turn came in between.
            seconds: how long all of it may take.

        Returns:
            Its answer; None where there was no time or no room for it.
        """
        if self._inside >= self._most:
            return None
        self._inside += 1
        try:
            async with asyncio.timeout(seconds) as limit, self._slots:
                while True:
                    await self._quiet.wait()
                    if self._turns:  # another one began before this was woken
                        continue
                    left = (limit.when() or 0.0) - asyncio.get_running_loop().time()
                    answered, answer = await self._once(ask, max(0.0, left))
                    if answered:
                        return answer
        except TimeoutError:
            return None
        finally:
            self._inside -= 1

    async def _once(self, ask: Callable[[float], Awaitable[T]], seconds: float) -> tuple[bool, T | None]:
        """Ask in a task of its own, which a turn can end; whether it was answered, and the answer."""
        before = self._begun
        task = asyncio.ensure_future(ask(seconds))
        self._asked.add(task)
        task.add_done_callback(self._left)
        try:
            await asyncio.wait({task})
        finally:
            task.cancel()  # where time is up; a mind that will not stop is not waited for
        if task.cancelled():
            return self._begun == before, None  # not by a turn: then there is no point in asking again
        return True, task.result()

    def _left(self, task: "asyncio.Task[object]") -> None:
        self._asked.discard(task)
        if not task.cancelled():
            task.exception()  # of one that was left behind nobody asks, and asyncio would complain
