"""Opening the SQLite file: its settings, its migrations, and the ways in (one writer, a reader for each lane)."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

import aiosqlite

from data.checking import check_pages, log_size
from data.errors import StoreError, explain
from data.lanes import Lane, LaneLock, lane
from data.migrating import MIGRATIONS, migrate, read_migrations
from data.shards import WHOLE, Shards
from data.sharing import SharedCommits, SharedReads
from data.statements import Block, Values, run, transaction

log = logging.getLogger(__name__)

T = TypeVar("T")

BUSY_TIMEOUT: Final = 5.0
LOG_SIZE: Final = 4 * 1024 * 1024
"""Bytes that the write-ahead log keeps for good; SQLite begins it anew about there as long as readers let it."""
FULL_LOG: Final = 4 * LOG_SIZE
"""Bytes of a log that readers, one overlapping the next, kept from beginning anew: they have to stand back once."""
_WRITE: Final = "BEGIN IMMEDIATE"
"""Takes the write lock now: what a transaction reads cannot change before it writes."""
_EMPTY_LOG: Final = "PRAGMA wal_checkpoint(TRUNCATE)"
_MOVE_LOG: Final = "PRAGMA wal_checkpoint(PASSIVE)"
"""Moves all of it into the file if nobody reads, and waits for nobody; the next write begins at its start again."""


class _Connection(aiosqlite.Connection):
    """A connection to which a whole function may go, which costs one way to its thread."""

    async def run(self, inside: Callable[[sqlite3.Connection], T]) -> T:
        """Call a function in the connection's thread."""
        done: T = await self._execute(lambda: inside(self._conn))  # type: ignore[no-untyped-call]
        return done


class Database:
    """One SQLite file in WAL mode, with one connection that writes and two that read, one for each lane.

    Readers see the last committed state and never wait for a writer, nor players for what the clock and the herald
    read. Every use of a connection is one transaction, so no coroutine sees half of what another one writes.
    """

    def __init__(self, path: Path, writer: _Connection, readers: dict[Lane, _Connection]) -> None:
        self.path = path
        self._writer = writer
        self._readers = readers
        self._writing = LaneLock()
        self._reading = {each: asyncio.Lock() for each in readers}
        self._reads = {each: SharedReads(partial(self._run, each), self._reading[each]) for each in readers}
        self._shares = SharedCommits(self._write, self._writing)
        self._closed = False
        self._unsettled = False

    @classmethod
    async def open(
        cls,
        path: Path | str,
        *,
        busy_timeout: float = BUSY_TIMEOUT,
        migrations: Path = MIGRATIONS,
        shards: Shards = WHOLE,
    ) -> Self:
        """Open the file (made if it is not there), check it and bring it to the newest version.

        Args:
            path: the database file; its folder must exist.
            busy_timeout: seconds to wait for another program's write.
            migrations: the folder of numbered migrations.
            shards: whose woods are ours to turn and to post for; others in the file rest.

        Raises:
            StoreNewerError: a newer program wrote it.
            StoreCorruptError: it is damaged, or not ours.
            StoreLockedError: another program holds it.
            StoreError: it cannot be opened or written.
        """
        path = Path(path)
        opened: list[aiosqlite.Connection] = []
        try:
            await asyncio.to_thread(_touch, path)
            opened.append(writer := await _connect(path, busy_timeout))
            await check_pages(writer, path)
            await migrate(writer, path, read_migrations(migrations))
            # A crash may have left in the log what a player wanted forgotten.
            await writer.execute_fetchall(_EMPTY_LOG)
            await _see_ours(writer, shards)
            readers: dict[Lane, _Connection] = {}
            for each in Lane:
                opened.append(reader := await _connect(path, busy_timeout))
                await _see_ours(reader, shards)
                await reader.execute("PRAGMA query_only = ON")
                readers[each] = reader
        except BaseException as error:
            for connection in reversed(opened):
                await connection.close()
            if isinstance(error, sqlite3.Error):
                raise explain(error, path) from error
            raise
        return cls(path, writer, readers)

    async def close(self) -> None:
        """Wait for what is being written, then close the file. May be called more than once."""
        await self._shares.settle()
        async with self._alone():
            if self._closed:
                return
            self._closed = True
            for reader in self._readers.values():
                await reader.close()
            await self._writer.close()

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Hold the writer and every reader."""
        async with AsyncExitStack() as held:
            await held.enter_async_context(self._writing.holding())
            for reading in self._reading.values():
                await held.enter_async_context(reading)
            yield

    async def __aenter__(self) -> Self:
        """Use the database for a block."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it at the block's end."""
        await self.close()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[aiosqlite.Connection]:
        """One transaction that writes: all of the block or, when it raises, nothing of it.

        A player's goes before all that can wait.

        Raises:
            StoreError: SQLite said no; the block is undone.
        """
        async with self._writing.holding(), self._transaction(self._writer, _WRITE) as connection:
            yield connection

    async def write(self, block: Block[T]) -> T:
        """One transaction that writes, in one go: :meth:`writing` for what is written all the time.

        Args:
            block: writes; may raise, and then nothing of it stands. It awaits nothing but its statements.

        Returns:
            What the block returned.

        Raises:
            StoreError: SQLite said no; the block is undone.
        """
        async with self._writing.holding():
            try:
                return await self._write(partial(run, block=block))
            except sqlite3.Error as error:
                raise explain(error, self.path) from error

    async def _write(self, inside: Callable[[sqlite3.Connection], T]) -> T:
        """Write, with the lock held already."""
        if self._closed:
            raise StoreError(f"The database {self.path} is closed already.")
        return await self._writer.run(partial(transaction, begin=_WRITE, inside=inside))

    async def together(self, block: Block[T], *, soon: bool = False) -> T:
        """One transaction that can wait, and that shares its synced commit with others that wait as well.

        Each is whole or not at all, whatever becomes of the others, and on the disk when this returns. Players that
        write go in between. A task that is cancelled here takes its block back, unless that is being written already.

        Args:
            block: writes; may raise, and then nothing of it stands. It awaits nothing but its statements.
            soon: whether it is small, and goes before others that wait.

        Returns:
            What the block returned.

        Raises:
            StoreError: SQLite said no; the block is undone.
        """
        try:
            return await self._shares.take(block, soon=soon)
        except sqlite3.Error as error:
            raise explain(error, self.path) from error

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[aiosqlite.Connection]:
        """One snapshot of the committed state; all queries of the block see the same.

        Players and what can wait read by connections of their own, so neither stands behind the other.

        Raises:
            StoreError: SQLite said no.
        """
        who = lane()
        async with self._reading[who], self._transaction(self._readers[who], "BEGIN") as connection:
            yield connection

    async def read(self, look: Callable[[sqlite3.Connection], T]) -> T:
        """Read one snapshot of the committed state in one go: :meth:`reading` for what is read all the time.

        What waits at the same time is read together, each look in a snapshot of its own.

        Args:
            look: reads, in the thread of the connection. It fetches all rows of a statement before it makes something
                of them: one that stops in between leaves a statement open, and with it what later reads see.

        Raises:
            StoreError: SQLite said no.
        """
        try:
            return await self._reads[lane()].take(look)
        except sqlite3.Error as error:
            raise explain(error, self.path) from error

    async def rows(self, query: str, values: Values = ()) -> list[sqlite3.Row]:
        """All rows of one statement that reads.

        Raises:
            StoreError: SQLite said no.
        """
        return await self.read(lambda connection: connection.execute(query, values).fetchall())

    async def _run(self, who: Lane, inside: Callable[[sqlite3.Connection], T]) -> T:
        """Read, with the lock held already."""
        if self._closed:
            raise StoreError(f"The database {self.path} is closed already.")
        return await self._readers[who].run(inside)

    @asynccontextmanager
    async def _transaction(self, connection: aiosqlite.Connection, begin: str) -> AsyncIterator[aiosqlite.Connection]:
        if self._closed:
            raise StoreError(f"The database {self.path} is closed already.")
        try:
            await connection.execute(begin)
            yield connection
            await connection.commit()
        except BaseException as error:
            # Shielded: a cancelled task must not leave a transaction open for the next one.
            await asyncio.shield(connection.rollback())
            if isinstance(error, sqlite3.Error):
                raise explain(error, self.path) from error
            raise

    async def copy(self, target: Path) -> None:
        """Copy all that is committed into another file, even where this one is deleted by now.

        Raises:
            StoreError: SQLite said no.
        """
        written = sqlite3.connect(target, check_same_thread=False)
        try:
            async with self._alone():
                await self._writer.backup(written)
            written.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            raise explain(error, target) from error
        finally:
            written.close()

    async def checkpoint(self) -> None:
        """Move the write-ahead log into the file and empty it, so that nothing overwritten is left in it.

        Where another program reads the file just then it cannot be emptied; :meth:`settle` does it later.
        """
        self._unsettled = True
        await self.settle()
        if self._unsettled:
            log.warning("%s is being read by another program; its write-ahead log is emptied later", self.path)

    async def settle(self) -> None:
        """Empty the write-ahead log if :meth:`checkpoint` could not, or let a full one begin anew, where possible."""
        if not self._unsettled and await asyncio.to_thread(log_size, self.path) <= FULL_LOG:
            return
        try:
            async with self._alone():
                (row,) = await self._writer.execute_fetchall(_EMPTY_LOG if self._unsettled else _MOVE_LOG)
        except sqlite3.Error as error:
            raise explain(error, self.path) from error
        self._unsettled = self._unsettled and bool(row[0])


def _touch(path: Path) -> None:
    """Open the file once here: aiosqlite leaves its thread behind when the first connection fails."""
    sqlite3.connect(path).close()


async def _connect(path: Path, busy_timeout: float) -> _Connection:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(path, timeout=busy_timeout, isolation_level=None)

    connection = _Connection(connect, iter_chunk_size=64)
    await connection
    try:
        connection.row_factory = sqlite3.Row
        connection.text_factory = _lenient
        await _use_log(connection, busy_timeout)
        for pragma in (
            "foreign_keys = ON",
            # FULL, not NORMAL: in WAL mode NORMAL may lose the last commits at a power cut, and a player
            # has been answered as soon as the commit of the intervention returns.
            "synchronous = FULL",
            # Forgotten names are overwritten in the file, not only unlinked.
            "secure_delete = ON",
            f"journal_size_limit = {LOG_SIZE}",
        ):
            await connection.execute_fetchall(f"PRAGMA {pragma}")
    except BaseException:
        await connection.close()
        raise
    return connection


def _lenient(text: bytes) -> str:
    """Read text of which a failing disk may have changed a bit: one row that is no UTF-8 must not hide all others."""
    return text.decode("utf-8", "replace")


async def _use_log(connection: aiosqlite.Connection, patience: float) -> None:
    """Switch to a write-ahead log; SQLite itself does not wait for others that do the same to a new file."""
    ends = time.monotonic() + patience
    while True:
        try:
            await connection.execute_fetchall("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                raise
        await asyncio.sleep(0.02)


async def _see_ours(connection: aiosqlite.Connection, shards: Shards) -> None:
    """Let a connection see the woods of our servers as ``our_woods``: what is listed as due is read from there."""
    await connection.execute(f"CREATE TEMP VIEW our_woods AS SELECT * FROM main.woods WHERE {shards.condition}")  # noqa: S608
