"""Transactions that share one synced commit: a disk takes a few hundred of these a second, turns come in thousands."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import aiosqlite

from data.lanes import Lane, LaneLock

T = TypeVar("T")
Block = Callable[[aiosqlite.Connection], Awaitable[T]]
"""What is done in a transaction."""

TOGETHER: Final = 32
"""Transactions that share one commit, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class _Share(Generic[T]):
    """A transaction that waits for others to be committed with, and who waits for it."""

    block: Block[T]
    done: "asyncio.Future[T]"


class SharedCommits:
    """Commits together what waits at the same time.

    Args:
        transaction: begins one on the connection that writes, and ends it.
        writing: the lock of that connection.
    """

    def __init__(
        self, transaction: Callable[[], AbstractAsyncContextManager[aiosqlite.Connection]], writing: LaneLock
    ) -> None:
        self._transaction = transaction
        self._writing = writing
        self._soon: deque[_Share[Any]] = deque()
        self._waiting: deque[_Share[Any]] = deque()
        self._committing: asyncio.Task[None] | None = None

    async def take(self, block: Block[T], *, soon: bool = False) -> T:
        """Commit a block with others; see :meth:`data.database.Database.together`."""
        share = _Share(block, asyncio.get_running_loop().create_future())
        queue = self._soon if soon else self._waiting
        queue.append(share)
        if self._committing is None or self._committing.done():
            self._committing = asyncio.create_task(self._commit_all(), name="shared commits")
        try:
            return await asyncio.shield(share.done)
        except asyncio.CancelledError:
            if share in queue:
                queue.remove(share)
                share.done.cancel()
            else:
                await asyncio.wait({share.done})
                share.done.exception()  # nobody asks for it any more
            raise

    async def settle(self) -> None:
        """Wait until nothing waits."""
        if self._committing is not None:
            await asyncio.wait({self._committing})

    async def _commit_all(self) -> None:
        while self._soon or self._waiting:
            async with self._writing.holding(Lane.BACKGROUND):
                if (share := self._next()) is not None:
                    await self._commit_some(share)

    def _next(self) -> _Share[Any] | None:
        queue = self._soon or self._waiting
        return queue.popleft() if queue else None

    async def _commit_some(self, share: _Share[Any]) -> None:
        """Commit as many as may go together, but let a player in between; whoever waits is told how it went."""
        written: list[tuple[_Share[Any], Any]] = []
        try:
            async with self._transaction() as connection:
                await _write(connection, share, written)
                while len(written) < TOGETHER and not self._writing.wanted and (next_ := self._next()) is not None:
                    share = next_
                    await _write(connection, share, written)
        except BaseException as error:
            for each in (*(done for done, _ in written), share):
                if not each.done.done():
                    each.done.set_exception(error)
            if not isinstance(error, Exception):
                raise
        else:
            for each, result in written:
                each.done.set_result(result)


async def _write(connection: aiosqlite.Connection, share: _Share[T], written: list[tuple[_Share[Any], Any]]) -> None:
    """Write one block under a savepoint; what it raises is told to its own task alone.

    Raises:
        Exception: the transaction of all of them is gone.
    """
    await connection.execute("SAVEPOINT share")
    try:
        result = await share.block(connection)
        await connection.execute("RELEASE share")
    except Exception as error:
        await connection.execute("ROLLBACK TO share")
        await connection.execute("RELEASE share")
        share.done.set_exception(error)
    else:
        written.append((share, result))
