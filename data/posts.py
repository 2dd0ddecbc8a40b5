"""The posts that woods owe their channels, from owed to delivered."""

import secrets
from datetime import date, datetime
from typing import Final

import aiosqlite

from data.database import Database
from data.rows import POST_COLUMNS, PostKind, PostRow, from_ms, post_row, to_ms

_OPEN: Final = "posts.state IN ('owed', 'sending')"
_WANTED: Final = f"{_OPEN} AND (woods.razed_at IS NULL OR posts.kind = 'board')"
"""What is still to be delivered: of a razed wood only its board, which says so."""


def new_nonce() -> str:
    """A nonce for one message: 24 characters, Discord takes up to 25."""
    return secrets.token_hex(12)


async def owe(connection: aiosqlite.Connection, wood: int, kind: PostKind, day: date | None, now: datetime) -> None:
    """Owe a post, inside the transaction of what it tells.

    A board that is owed already stays one post: it shows the latest state whenever it is delivered. A post that may
    be on its way stays ``sending`` and keeps its nonce, so that it is still looked for; one that was delivered gets a
    new nonce, or Discord would take the next message for a copy of the last.
    """
    await connection.execute(
        """
        INSERT INTO posts (wood, kind, day, state, nonce, next_try) VALUES (?, ?, ?, 'owed', ?, ?)
        ON CONFLICT (wood, kind, day) DO UPDATE SET
            revision = revision + 1,
            nonce    = CASE WHEN state IN ('owed', 'sending') THEN nonce ELSE excluded.nonce END,
            attempts = CASE WHEN state IN ('owed', 'sending') THEN attempts ELSE 0 END,
            next_try = CASE WHEN state IN ('owed', 'sending') THEN next_try ELSE excluded.next_try END,
            state    = CASE WHEN state = 'sending' THEN 'sending' ELSE 'owed' END
        """,
        (wood, kind, day.isoformat() if day else "", new_nonce(), to_ms(now)),
    )


class Posts:
    """The owed posts of all woods."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime) -> list[PostRow]:
        """The posts that may be tried now, oldest first."""
        query = f"""
            SELECT {POST_COLUMNS} FROM posts JOIN woods ON woods.id = posts.wood
            WHERE {_WANTED} AND posts.next_try <= ? ORDER BY posts.id
        """  # noqa: S608 - made of constants
        async with self._database.reading() as connection:
            return [post_row(row) for row in await connection.execute_fetchall(query, (to_ms(now),))]

    async def next_try(self) -> datetime | None:
        """When the next post may be tried; None while nothing is owed."""
        query = f"SELECT min(posts.next_try) FROM posts JOIN woods ON woods.id = posts.wood WHERE {_WANTED}"  # noqa: S608
        async with self._database.reading() as connection:
            (row,) = await connection.execute_fetchall(query)
        return None if row[0] is None else from_ms(row[0])

    async def of_wood(self, wood: int) -> list[PostRow]:
        """All posts of a wood, oldest first."""
        query = f"SELECT {POST_COLUMNS} FROM posts JOIN woods ON woods.id = posts.wood WHERE wood = ? ORDER BY posts.id"  # noqa: S608
        async with self._database.reading() as connection:
            return [post_row(row) for row in await connection.execute_fetchall(query, (wood,))]

    async def problem(self, wood: int) -> str:
        """Why the wood's latest board or report did not arrive; empty when they did."""
        async with self._database.reading() as connection:
            rows = await connection.execute_fetchall(
                "SELECT problem FROM posts WHERE id IN (SELECT max(id) FROM posts WHERE wood = ? GROUP BY kind) "
                "AND problem <> '' ORDER BY next_try DESC",
                (wood,),
            )
        return next((row[0] for row in rows), "")

    async def unreachable(self, wood: int) -> bool:
        """Whether the wood's channel is gone: its board was given up for a reason, and is not owed anew."""
        async with self._database.reading() as connection:
            rows = await connection.execute_fetchall(
                "SELECT 1 FROM posts WHERE wood = ? AND kind = 'board' AND state = 'abandoned' AND problem <> ''",
                (wood,),
            )
        return bool(list(rows))

    async def reclaim(self, now: datetime) -> None:
        """Make posts that a dead process left ``sending`` due at once; call before anything is sent."""
        async with self._database.writing() as connection:
            await connection.execute("UPDATE posts SET next_try = ? WHERE state = 'sending'", (to_ms(now),))

    async def claim(self, post: PostRow, now: datetime, lease: datetime) -> bool:
        """Record that the post is on its way, before it is; False when somebody else has it.

        Until ``lease`` nobody else tries it. Whoever tries it later must look for it in the channel first.
        """
        query = f"UPDATE posts SET state = 'sending', next_try = ? WHERE id = ? AND next_try <= ? AND {_OPEN}"  # noqa: S608
        async with self._database.writing() as connection:
            cursor = await connection.execute(query, (to_ms(lease), post.id, to_ms(now)))
            return cursor.rowcount == 1

    async def delivered(self, post: PostRow, message_id: int, now: datetime) -> bool:
        """Note that the post has become ``message_id``; False when it was owed anew meanwhile, so is owed still."""
        async with self._database.writing() as connection:
            rows = await connection.execute_fetchall(
                """
                UPDATE posts SET state = CASE WHEN revision = ? THEN 'delivered' ELSE 'owed' END, nonce = ?,
                    message_id = ?, attempts = 0, problem = '', next_try = ? WHERE id = ? RETURNING state
                """,
                (post.revision, new_nonce(), message_id, to_ms(now), post.id),
            )
            if post.kind is PostKind.BOARD:
                await connection.execute("UPDATE woods SET board_message_id = ? WHERE id = ?", (message_id, post.wood))
        return all(row[0] == "delivered" for row in rows)

    async def board_lost(self, post: PostRow) -> str:
        """Forget a board message that was deleted; answers the nonce for the next one."""
        nonce = new_nonce()
        async with self._database.writing() as connection:
            await connection.execute("UPDATE woods SET board_message_id = NULL WHERE id = ?", (post.wood,))
            await connection.execute("UPDATE posts SET nonce = ? WHERE id = ?", (nonce, post.id))
        return nonce

    async def put_off(self, post: PostRow, problem: str, next_try: datetime, *, uncertain: bool) -> None:
        """Note a failure and when to try again; ``uncertain`` when the post may have arrived all the same."""
        async with self._database.writing() as connection:
            await connection.execute(
                "UPDATE posts SET state = ?, attempts = attempts + 1, problem = ?, next_try = ? WHERE id = ?",
                ("sending" if uncertain else "owed", problem, to_ms(next_try), post.id),
            )

    async def abandon(self, post: PostRow, problem: str) -> None:
        """Give a post up for good, with the reason."""
        async with self._database.writing() as connection:
            await connection.execute(
                "UPDATE posts SET state = 'abandoned', attempts = attempts + 1, problem = ? WHERE id = ?",
                (problem, post.id),
            )
