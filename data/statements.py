"""What a block of a transaction may ask of SQLite, whoever runs it: statement by statement, or all of it in one go."""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, TypeVar

T = TypeVar("T")

Values: TypeAlias = Sequence[Any] | Mapping[str, Any]


class Counted(Protocol):
    """What is known of a statement that was run."""

    @property
    def rowcount(self) -> int:
        """Rows that it changed; -1 of one that changes none."""


class Statements(Protocol):
    """The part of :class:`aiosqlite.Connection` that blocks use."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Awaitable[Counted]:  # noqa: ANN401 - as aiosqlite's
        """Run a statement."""

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Awaitable[Counted]:
        """Run a statement with each of many values."""

    def execute_fetchall(self, sql: str, parameters: Any = ..., /) -> Awaitable[Iterable[sqlite3.Row]]:  # noqa: ANN401
        """Run a statement, and answer all its rows."""


Block: TypeAlias = Callable[[Statements], Awaitable[T]]
"""What is done in a transaction. It awaits nothing but statements, so that all of it can be done in one go."""


class AtOnce:
    """Statements that are run where they are asked for, by a connection of the same thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def execute(self, sql: str, parameters: Values = (), /) -> sqlite3.Cursor:
        """Run a statement."""
        return self._connection.execute(sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """Run a statement with each of many values."""
        return self._connection.executemany(sql, parameters)

    async def execute_fetchall(self, sql: str, parameters: Values = (), /) -> list[sqlite3.Row]:
        """Run a statement, and answer all its rows."""
        return self._connection.execute(sql, parameters).fetchall()


def run(connection: sqlite3.Connection, block: Block[T]) -> T:
    """Run a block in this thread, in the transaction that the connection is in.

    Each statement by itself would go to the connection's thread and back: for a turn some thirty times.

    Raises:
        RuntimeError: the block awaits something else, which nobody would wake it from.
    """
    waiting = block(AtOnce(connection)).__await__()
    try:
        next(waiting)
    except StopIteration as done:
        result: T = done.value
        return result
    finally:
        waiting.close()
    raise RuntimeError("a transaction awaits something other than its statements")


def transaction(connection: sqlite3.Connection, begin: str, inside: Callable[[sqlite3.Connection], T]) -> T:
    """Do something in a transaction, all of it or nothing, in the connection's thread."""
    connection.execute(begin)
    try:
        done = inside(connection)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return done
