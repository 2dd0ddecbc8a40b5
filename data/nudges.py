"""What patrons asked to be told: prices and moments, and what a turn has for each of them, one message a patron."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from data.database import Database
from data.posts import owe
from data.readers import patron_row
from data.rows import Moment, Notify, PatronRow, PostKind, Reminder
from data.statements import Statements
from wood.names import Good

ALERTS_MOST: Final = 5
"""Alerts that one patron may have."""

_REACHED: Final = "patrons.user_id IS NOT NULL AND patrons.reach <> 'refused'"


class NudgeKind(StrEnum):
    """What a patron is told of: a price, or one of :class:`data.rows.Reminder`, which has the same value here."""

    ALERT = "alert"
    REPORT = Reminder.REPORT.value
    CALL = Reminder.CALL.value
    LOAN = Reminder.LOAN.value


@dataclass(frozen=True, slots=True)
class Alert:
    """A price to be told of, once: ``way`` 1 when it is reached from below, -1 from above; in hundredths."""

    id: int
    good: Good
    way: int
    price: int


@dataclass(frozen=True, slots=True)
class Asked:
    """All that one patron asked to be told."""

    alerts: tuple[Alert, ...]
    reminders: frozenset[Reminder]
    reach: Notify


@dataclass(frozen=True, slots=True)
class NudgeItem:
    """One thing that a turn has for a patron.

    Its facts are, of an alert, ``good``, ``way``, ``price`` (asked for) and ``now`` (hundredths); of a report, ``at``
    and ``turn``, when it and the next turn come (seconds since 1970); of a loan, ``creature`` and ``pebbles``.
    """

    kind: NudgeKind
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Nudge:
    """All that one turn has for one patron."""

    patron: PatronRow
    items: tuple[NudgeItem, ...]


async def owe_nudges(
    connection: Statements,
    wood: int,
    now: datetime,
    references: Mapping[Good, int],
    moments: Iterable[Moment],
) -> None:
    """Owe patrons what they asked to be told, inside the transaction of the turn or the report that brings it.

    An alert that is owed is gone; a moment is told to each patron once.

    Args:
        connection: in a transaction that writes.
        wood: whose turn it is.
        now: the time.
        references: the prices by now, hundredths; none where no turn was taken.
        moments: what else there is.
    """
    found = await _reached(connection, wood, references)
    for moment in moments:
        for key in await _reminded(connection, wood, moment):
            found[key].append((NudgeKind(moment.what), dict(moment.facts)))
    for key, items in sorted(found.items()):
        text = json.dumps(items, ensure_ascii=False)
        rows = await connection.execute_fetchall(
            "INSERT INTO nudges (wood, key, items) VALUES (?, ?, ?) RETURNING id", (wood, key, text)
        )
        for row in rows:
            await owe(connection, wood, PostKind.NOTIFY, now, -row["id"])
    await connection.execute(
        "DELETE FROM nudges WHERE wood = ? AND NOT EXISTS (SELECT 1 FROM posts WHERE posts.wood = nudges.wood "
        "AND posts.kind = 'notify' AND posts.key = -nudges.id AND posts.state IN ('owed', 'sending'))",
        (wood,),
    )


async def _reached(
    connection: Statements, wood: int, references: Mapping[Good, int]
) -> defaultdict[str, list[tuple[str, dict[str, Any]]]]:
    """The alerts that prices have reached, by patron; they are taken away."""
    found: defaultdict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    if not references:
        return found
    rows = await connection.execute_fetchall(
        f"SELECT alerts.* FROM alerts JOIN patrons USING (wood, key) WHERE wood = ? AND {_REACHED} ORDER BY alerts.id",  # noqa: S608 - a constant
        (wood,),
    )
    for row in rows:
        price = references[Good(row["good"])]
        if row["way"] * (price - row["price"]) >= 0:
            facts = {"good": row["good"], "way": row["way"], "price": row["price"], "now": price}
            found[row["key"]].append((NudgeKind.ALERT, facts))
            await connection.execute("DELETE FROM alerts WHERE id = ?", (row["id"],))
    return found


async def _reminded(connection: Statements, wood: int, moment: Moment) -> list[str]:
    """Who asked to be reminded of a moment and was not told of it yet; noted as told."""
    rows = await connection.execute_fetchall(
        "UPDATE reminders SET told = :number WHERE wood = :wood AND what = :what AND told < :number "  # noqa: S608
        "AND (:key = '' OR key = :key) AND EXISTS (SELECT 1 FROM patrons WHERE patrons.wood = reminders.wood "
        f"AND patrons.key = reminders.key AND {_REACHED}) RETURNING key",
        {"number": moment.number, "wood": wood, "what": moment.what.value, "key": moment.key},
    )
    return [row["key"] for row in rows]


async def forget_player(connection: Statements, channel_id: int) -> None:
    """Erase of those who are forgotten in a channel's woods when they were seen, what they asked and wished to hear."""
    for table in ("visits", "alerts", "reminders", "nudges", "questions"):
        await connection.execute(
            f"DELETE FROM {table} WHERE EXISTS (SELECT 1 FROM patrons JOIN woods ON woods.id = patrons.wood "  # noqa: S608
            f"WHERE patrons.wood = {table}.wood AND patrons.key = {table}.key AND patrons.user_id IS NULL "
            "AND woods.channel_id = ?)",
            (channel_id,),
        )


class Nudges:
    """What the patrons of all woods asked to be told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def asked(self, wood: int, key: str) -> Asked:
        """All that a patron asked to be told, alerts in the order of their asking."""
        whose = (wood, key)

        def look(connection: sqlite3.Connection) -> tuple[list[sqlite3.Row], ...]:
            queries = (
                "SELECT id, good, way, price FROM alerts WHERE wood = ? AND key = ? ORDER BY id",
                "SELECT what FROM reminders WHERE wood = ? AND key = ?",
                "SELECT reach FROM patrons WHERE wood = ? AND key = ?",
            )
            return tuple(connection.execute(query, whose).fetchall() for query in queries)

        alerts, reminders, reach = await self._database.read(look)
        return Asked(
            tuple(Alert(row["id"], Good(row["good"]), row["way"], row["price"]) for row in alerts),
            frozenset(Reminder(row["what"]) for row in reminders),
            next((Notify(row["reach"]) for row in reach), Notify.DIRECT),
        )

    async def add_alert(self, wood: int, key: str, good: Good, way: int, price: int) -> bool:
        """Ask to be told of a price; False where the patron has as many as there may be. The same twice is one."""

        async def write(connection: Statements) -> bool:
            cursor = await connection.execute(
                "INSERT INTO alerts (wood, key, good, way, price) SELECT :wood, :key, :good, :way, :price "
                "WHERE (SELECT count(*) FROM alerts WHERE wood = :wood AND key = :key) < :most "
                "ON CONFLICT DO NOTHING",
                {"wood": wood, "key": key, "good": good.value, "way": way, "price": price, "most": ALERTS_MOST},
            )
            if cursor.rowcount == 1:
                return True
            rows = await connection.execute_fetchall(
                "SELECT 1 FROM alerts WHERE wood = ? AND key = ? AND good = ? AND way = ? AND price = ?",
                (wood, key, good.value, way, price),
            )
            return bool(list(rows))

        return await self._database.write(write)

    async def drop_alert(self, wood: int, key: str, alert: int) -> None:
        """Wish not to be told of a price any more; nothing where it is not this patron's or gone."""
        async with self._database.writing() as connection:
            await connection.execute("DELETE FROM alerts WHERE wood = ? AND key = ? AND id = ?", (wood, key, alert))

    async def remind(self, wood: int, key: str, what: Reminder, *, wished: bool) -> None:
        """Wish to be reminded of something, or not any more."""
        query = "INSERT OR IGNORE INTO reminders (wood, key, what) VALUES (?, ?, ?)"
        if not wished:
            query = "DELETE FROM reminders WHERE wood = ? AND key = ? AND what = ?"
        async with self._database.writing() as connection:
            await connection.execute(query, (wood, key, what.value))

    async def reach(self, wood: int, key: str, how: Notify) -> None:
        """Note where alerts and reminders of a patron who is not forgotten go, or that they cannot."""
        async with self._database.writing() as connection:
            await connection.execute(
                "UPDATE patrons SET reach = ? WHERE wood = ? AND key = ? AND user_id IS NOT NULL",
                (how.value, wood, key),
            )

    async def get(self, wood: int, nudge: int) -> Nudge | None:
        """What a turn has for a patron; None where that is gone."""
        rows = await self._database.rows(
            "SELECT patrons.key, user_id, name, notify, reach, items FROM nudges JOIN patrons USING (wood, key) "
            "WHERE nudges.wood = ? AND nudges.id = ?",
            (wood, nudge),
        )
        for row in rows:
            items = tuple(NudgeItem(NudgeKind(kind), facts) for kind, facts in json.loads(row["items"]))
            return Nudge(patron_row(row), items)
        return None
