"""A store whose connections fail, or tell what they run, when a test asks for it."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar
from unittest.mock import patch


class Fragile(sqlite3.Connection):
    """A real connection that says before each statement, and each commit, what it is about to do."""

    before: ClassVar[Callable[[str], None] | None] = None

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self._tell(sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, values: Iterable[Any], /) -> sqlite3.Cursor:
        self._tell(sql)
        return super().executemany(sql, values)

    def commit(self) -> None:
        self._tell("COMMIT")
        super().commit()

    def _tell(self, sql: str) -> None:
        if Fragile.before is not None:
            Fragile.before(sql)


@contextmanager
def fragile() -> Iterator[None]:
    """Let all connections that are opened in the block be such ones."""
    with patch("data.database.sqlite3.connect", partial(sqlite3.connect, factory=Fragile)):
        yield


@contextmanager
def before_each(tell: Callable[[str], None]) -> Iterator[None]:
    """Call a function with what is about to be done in the block; what it raises is what SQLite says."""
    with patch.object(Fragile, "before", staticmethod(tell)):
        yield
