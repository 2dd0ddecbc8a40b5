"""What waits at the same time goes to the file together: reads in one way to their thread, transactions in one commit.

A disk takes a few hundred synced commits a second, and turns come in thousands. A thread that has a tenth of a
millisecond's work waits for milliseconds until a busy event loop lets go of the interpreter, and its caller for as long
on the way back.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Generic, TypeVar

from data import statements
from data.lanes import Lane, LaneLock
from data.statements import Block

T = TypeVar("T")

TOGETHER: Final = 32
"""Transactions that share one commit, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class _Share(Generic[T]):
    """A transaction that waits for others to be committed with, and who waits for it."""

    block: Block[T]
    done: "asyncio.Future[T]"
    soon: bool


@dataclass(frozen=True, slots=True)
class _End:
    """How one of them ended, when all of them did well."""

    result: Any = None
    error: BaseException | None = None


Inside = Callable[[sqlite3.Connection], list[_End]]
Write = Callable[[Inside], Awaitable[list[_End]]]
"""Does something in a transaction, in the thread of the connection that writes."""


class SharedCommits:
    """Commits together what waits at the same time.

    Args:
        write: does something in a transaction.
        writing: the lock of the connection that writes.
    """

    def __init__(self, write: Write, writing: LaneLock) -> None:
        self._write = write
        self._writing = writing
        self._soon: deque[_Share[Any]] = deque()
        self._waiting: deque[_Share[Any]] = deque()
        self._committing: asyncio.Task[None] | None = None

    async def take(self, block: Block[T], *, soon: bool = False) -> T:
        """Commit a block with others; see :meth:`data.database.Database.together`."""
        share = _Share(block, asyncio.get_running_loop().create_future(), soon)
        queue = self._queue(share)
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

    def _queue(self, share: _Share[Any]) -> deque[_Share[Any]]:
        return self._soon if share.soon else self._waiting

    async def settle(self) -> None:
        """Wait until nothing waits."""
        if self._committing is not None:
            await asyncio.wait({self._committing})

    async def _commit_all(self) -> None:
        while self._soon or self._waiting:
            async with self._writing.holding(Lane.BACKGROUND):
                if shares := self._next():
                    await self._commit_some(shares)

    def _next(self) -> list[_Share[Any]]:
        """As many as may go together, the small ones first."""
        shares: list[_Share[Any]] = []
        while len(shares) < TOGETHER and (queue := self._soon or self._waiting):
            shares.append(queue.popleft())
        return shares

    async def _commit_some(self, shares: Sequence[_Share[Any]]) -> None:
        """Commit some, but let a player in between; whoever waits is told how it went."""
        tried: list[_Share[Any]] = []

        def write(connection: sqlite3.Connection) -> list[_End]:
            ends: list[_End] = []
            for share in shares:
                if tried and self._writing.wanted:
                    break
                tried.append(share)
                ends.append(_write(connection, share))
            return ends

        try:
            ends = await self._write(write)
        except BaseException as error:
            for share in tried or shares[:1]:
                share.done.set_exception(error)
            self._put_back(shares[max(1, len(tried)) :])
            if not isinstance(error, Exception):
                raise
        else:
            self._put_back(shares[len(tried) :])
            for share, end in zip(tried, ends, strict=True):
                if end.error is None:
                    share.done.set_result(end.result)
                else:
                    share.done.set_exception(end.error)

    def _put_back(self, shares: Sequence[_Share[Any]]) -> None:
        for share in reversed(shares):
            self._queue(share).appendleft(share)


def _write(connection: sqlite3.Connection, share: _Share[Any]) -> _End:
    """Write one block under a savepoint; what it raises is its own trouble.

    Raises:
        sqlite3.Error: the transaction of all of them is gone.
    """
    connection.execute("SAVEPOINT share")
    try:
        end = _End(statements.run(connection, share.block))
    except Exception as error:
        connection.execute("ROLLBACK TO share")
        end = _End(error=error)
    connection.execute("RELEASE share")
    return end


Look = Callable[[sqlite3.Connection], T]
"""What is read of one snapshot."""


@dataclass(frozen=True, slots=True, eq=False)
class _Reading(Generic[T]):
    """A look that waits, and who waits for it."""

    look: Look[T]
    done: "asyncio.Future[T]"


class SharedReads:
    """Reads together what waits at the same time, each in a snapshot of its own.

    Args:
        run: calls a function in the thread of the connection that reads.
        reading: the lock of that connection.
    """

    def __init__(self, run: Callable[[Inside], Awaitable[list[_End]]], reading: asyncio.Lock) -> None:
        self._run = run
        self._reading = reading
        self._waiting: deque[_Reading[Any]] = deque()
        self._going: asyncio.Task[None] | None = None

    async def take(self, look: Look[T]) -> T:
        """Read; see :meth:`data.database.Database.read`."""
        one: _Reading[T] = _Reading(look, asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        if self._going is None or self._going.done():
            self._going = asyncio.create_task(self._read_all(), name="shared reads")
        return await one.done

    async def _read_all(self) -> None:
        while self._waiting:
            async with self._reading:
                some = [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]
                wanted = [one for one in some if not one.done.cancelled()]
                try:
                    ends = await self._run(partial(_looks, looks=[one.look for one in wanted]))
                except BaseException as error:
                    ends = [_End(error=error)] * len(wanted)
                    if not isinstance(error, Exception):
                        raise
                finally:
                    for one, end in zip(wanted, ends, strict=True):
                        if one.done.cancelled():
                            continue
                        if end.error is None:
                            one.done.set_result(end.result)
                        else:
                            one.done.set_exception(end.error)


def _looks(connection: sqlite3.Connection, *, looks: Sequence[Look[Any]]) -> list[_End]:
    ends = []
    for look in looks:
        try:
            ends.append(_End(statements.transaction(connection, "BEGIN", look)))
        except Exception as error:
            ends.append(_End(error=error))
    return ends
