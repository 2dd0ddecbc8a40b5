"""The posts that woods owe their channels, from owed to delivered."""

import logging
import secrets
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from data.database import Database
from data.readers import POST_COLUMNS, post_row
from data.rows import PostKind, PostRow, from_ms, to_ms
from data.statements import Statements

log = logging.getLogger(__name__)

_OPEN: Final = "posts.state IN ('owed', 'sending')"
_WANTED: Final = f"{_OPEN} AND (woods.razed_at IS NULL OR posts.kind IN ('board', 'removal'))"
"""What is still to be delivered: of a razed wood only its board, which says so."""

FURTHEST: Final = timedelta(hours=1)
"""How far ahead a try is put off at most. One that lies further ahead was put there by a clock that was, and is due."""
_DUE: Final = "(posts.next_try <= :now OR posts.next_try > :far)"


def new_nonce() -> str:
    """A nonce for one message: 24 characters, Discord takes up to 25."""
    return secrets.token_hex(12)


async def owe(
    connection: Statements,
    wood: int,
    kind: PostKind,
    now: datetime,
    key: int = 0,
    *,
    since: datetime | None = None,
) -> None:
    """Owe a post, inside the transaction of what it tells.

    A board that is owed already stays one post: it shows the latest state whenever it is delivered. A post that may
    be on its way stays ``sending`` and keeps its nonce, so that it is still looked for; one that was delivered gets a
    new nonce, or Discord would take the next message for a copy of the last.

    Args:
        connection: in a transaction that writes.
        wood: whose it is.
        kind: what it is.
        now: the time.
        key: what tells it from others of its kind.
        since: the start of a report's hours.
    """
    await connection.execute(
        """
        INSERT INTO posts (wood, kind, key, since, news_at, state, nonce, next_try)
            VALUES (:wood, :kind, :key, :since, :now, 'owed', :nonce, :now)
        ON CONFLICT (wood, kind, key) DO UPDATE SET
            revision = revision + 1,
            nonce    = CASE WHEN state IN ('owed', 'sending') THEN nonce ELSE excluded.nonce END,
            attempts = CASE WHEN state IN ('owed', 'sending') THEN attempts ELSE 0 END,
            next_try = CASE WHEN state IN ('owed', 'sending') THEN next_try ELSE excluded.next_try END,
            state    = CASE WHEN state = 'sending' THEN 'sending' ELSE 'owed' END
        """,
        {
            "wood": wood,
            "kind": kind,
            "key": key,
            "since": None if since is None else to_ms(since),
            "now": to_ms(now),
            "nonce": new_nonce(),
        },
    )


async def owe_pin(connection: Statements, wood: int, now: datetime) -> None:
    """Owe that the board's message, where there is one, is pinned or not, as the wood's settings say."""
    for row in await connection.execute_fetchall(
        "SELECT board_message_id FROM woods WHERE id = ? AND board_message_id IS NOT NULL", (wood,)
    ):
        await owe(connection, wood, PostKind.PIN, now, row["board_message_id"])


class Posts:
    """The owed posts of all woods."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime, most: int = -1) -> list[PostRow]:
        """The posts of our woods that may be tried now, of each wood the first of each kind, the oldest first.

        What stands (its board, that it is pinned, former boards) comes behind all that is new, and boards come last, so
        that they lie under it.

        Args:
            now: the time.
            most: how many, at most; -1 for all.
        """
        query = f"""
            SELECT {POST_COLUMNS}, min(posts.id) AS first FROM posts JOIN our_woods AS woods ON woods.id = posts.wood
            WHERE {_WANTED} AND {_DUE} GROUP BY posts.wood, posts.kind
            ORDER BY posts.kind IN ('board', 'pin', 'removal'), posts.kind = 'board', first LIMIT :most
        """  # noqa: S608 - made of constants
        values = _around(now) | {"most": most}
        return _readable(await self._database.rows(query, values))

    async def next_try(self) -> datetime | None:
        """When the next post may be tried; None while nothing is owed."""
        query = (
            "SELECT min(posts.next_try) FROM posts JOIN our_woods AS woods ON woods.id = posts.wood "  # noqa: S608
            f"WHERE {_WANTED}"
        )
        row = await self._database.read(lambda connection: connection.execute(query).fetchone())
        return None if row[0] is None else from_ms(row[0])

    async def of_wood(self, wood: int) -> list[PostRow]:
        """All posts of a wood, oldest first."""
        query = f"SELECT {POST_COLUMNS} FROM posts JOIN woods ON woods.id = posts.wood WHERE wood = ? ORDER BY posts.id"  # noqa: S608
        return _readable(await self._database.rows(query, (wood,)))

    async def problem(self, wood: int) -> str:
        """Why the wood's latest post of some kind did not arrive; empty when all did."""
        rows = await self._database.rows(
            "SELECT problem FROM posts WHERE id IN (SELECT max(id) FROM posts WHERE wood = ? GROUP BY kind) "
            "AND problem <> '' ORDER BY kind = 'pin', next_try DESC",
            (wood,),
        )
        return next((row[0] for row in rows), "")

    async def unreachable(self, wood: int) -> bool:
        """Whether the wood's channel is gone: its board was given up for a reason, and is not owed anew."""
        rows = await self._database.rows(
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
        query = f"""
            UPDATE posts SET sent_at = CASE WHEN state = 'sending' THEN sent_at ELSE :now END, state = 'sending',
                next_try = :lease
            WHERE id = :id AND {_DUE} AND {_OPEN}
        """  # noqa: S608 - made of constants

        async def write(connection: Statements) -> bool:
            cursor = await connection.execute(query, _around(now) | {"lease": to_ms(lease), "id": post.id})
            return cursor.rowcount == 1

        return await self._database.together(write, soon=True)

    async def move_board(self, post: PostRow) -> None:
        """Note, before it is sent, that the board on its way becomes a new message in place of the one that stands."""

        async def write(connection: Statements) -> None:
            await connection.execute("UPDATE posts SET anew = ? WHERE id = ?", (post.revision, post.id))

        await self._database.write(write)

    async def delivered(self, post: PostRow, message_id: int, now: datetime) -> bool:
        """Note that the post has become ``message_id``; False when it was owed anew meanwhile, so is owed still.

        What follows from it is owed in the same transaction: under a report and a year's end the board is posted
        anew; the board's former message is taken away, and the new one pinned where that is wished.
        """

        async def write(connection: Statements) -> bool:
            rows = await connection.execute_fetchall(
                """
                UPDATE posts SET state = CASE WHEN revision = :revision THEN 'delivered' ELSE 'owed' END,
                    anew = CASE WHEN anew <= :revision THEN 0 ELSE anew END, nonce = :nonce,
                    message_id = :message, attempts = 0, problem = '', next_try = :now WHERE id = :id RETURNING state
                """,
                {
                    "revision": post.revision,
                    "nonce": new_nonce(),
                    "message": message_id,
                    "now": to_ms(now),
                    "id": post.id,
                },
            )
            if post.kind is PostKind.BOARD:
                await _place_board(connection, post.wood, message_id, now)
            elif post.kind in (PostKind.REPORT, PostKind.YEAR):
                await owe(connection, post.wood, PostKind.BOARD, now)
                await connection.execute(
                    "UPDATE posts SET anew = revision WHERE wood = ? AND kind = 'board'", (post.wood,)
                )
            return all(row[0] == "delivered" for row in rows)

        return await self._database.together(write, soon=True)

    async def board_lost(self, post: PostRow, message_id: int) -> str:
        """Forget a board message that was deleted; answers the nonce for the next one."""
        nonce = new_nonce()
        async with self._database.writing() as connection:
            await connection.execute(
                "UPDATE woods SET board_message_id = NULL WHERE id = ? AND board_message_id = ?",
                (post.wood, message_id),
            )
            await connection.execute("UPDATE posts SET nonce = ? WHERE id = ?", (nonce, post.id))
        return nonce

    async def put_off(self, post: PostRow, problem: str, next_try: datetime, *, uncertain: bool) -> None:
        """Note a failure and when to try again; ``uncertain`` when the post may have arrived all the same."""

        async def write(connection: Statements) -> None:
            await connection.execute(
                "UPDATE posts SET state = ?, attempts = attempts + 1, problem = ?, next_try = ? WHERE id = ?",
                ("sending" if uncertain else "owed", problem, to_ms(next_try), post.id),
            )

        await self._database.write(write)

    async def abandon(self, post: PostRow, problem: str) -> None:
        """Give a post up for good, with the reason."""
        async with self._database.writing() as connection:
            await connection.execute(
                "UPDATE posts SET state = 'abandoned', attempts = attempts + 1, problem = ? WHERE id = ?",
                (problem, post.id),
            )


def _readable(rows: Iterable[sqlite3.Row]) -> list[PostRow]:
    """The posts that can be read: one row that a failing disk has changed must not keep back what all others owe."""
    posts = []
    for row in rows:
        try:
            posts.append(post_row(row))
        except (ValueError, TypeError, OverflowError) as error:
            log.error("post %s of wood %s is damaged and is not sent: %s", row["id"], row["wood"], error)
    return posts


def _around(now: datetime) -> dict[str, int]:
    """What :data:`_DUE` asks for."""
    return {"now": to_ms(now), "far": to_ms(now + FURTHEST)}


async def _place_board(connection: Statements, wood: int, message_id: int, now: datetime) -> None:
    """Note where the board stands; where it stood before is owed to be taken away, what is wished pinned to be so."""
    (row,) = await connection.execute_fetchall("SELECT board_message_id, pinned FROM woods WHERE id = ?", (wood,))
    former = row["board_message_id"]
    if former == message_id:
        return
    await connection.execute("UPDATE woods SET board_message_id = ? WHERE id = ?", (message_id, wood))
    if former is not None:
        await owe(connection, wood, PostKind.REMOVAL, now, former)
    if row["pinned"]:
        await owe_pin(connection, wood, now)
