"""A wood in which nobody presses anything for days dozes: its turns come seldom, until the next press wakes it.

So a host's minds are not asked for an empty room. Nothing else changes while a wood dozes, and nothing is made up for
when it wakes: the turns that did not come were never due.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.keeping.desk import Desk
from data.rows import WoodRow

DOZE_AFTER: Final = timedelta(days=3)
"""How long nothing is pressed before a wood dozes."""
SLOWER: Final = 8
"""How many beats of its pace a dozing wood's turns are apart …"""
SELDOM: Final = timedelta(hours=1)
"""… and how far at least: a fast wood eight times slower still keeps a model busy."""
NOTED_EVERY: Final = timedelta(hours=1)
"""How exactly it is kept when something was pressed last, so that a press costs no write."""
SOON: Final = timedelta(minutes=1)
"""When the next turn of a wood comes at the latest that somebody has woken."""
REPORT_EVERY: Final = timedelta(days=7)
"""How often a dozing wood reports, at most: of all its hours at once."""


def drowsy(row: WoodRow, now: datetime) -> bool:
    """Whether a wood may doze, and nothing was pressed there for long enough."""
    return row.dozes and now - row.pressed_at >= DOZE_AFTER


def ahead(due: datetime, now: datetime, every: timedelta) -> bool:
    """Whether something is due further ahead than its beat: a clock that was ahead set it, and it is due now."""
    return due - now > every


def beat(pace: int, *, dozing: bool) -> timedelta:
    """How far a wood's turns are apart: its pace in seconds, or while it dozes as many of these as make it seldom."""
    every = timedelta(seconds=pace)
    return every * max(SLOWER, -(-SELDOM // every)) if dozing else every


class Dozing:
    """Notes that something was pressed, and wakes woods.

    Args:
        desk: what all parts share.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._noted: dict[int, datetime] = {}

    async def pressed(self, channel_id: int) -> None:
        """Somebody has pressed something in a channel. What a wood needs no more than hourly costs nothing between.

        Raises:
            KeeperError: the store failed; nothing has changed.
        """
        now = self._desk.now()
        noted = self._noted.get(channel_id)
        if noted is not None and timedelta() <= now - noted < NOTED_EVERY:
            return
        async with self._desk.using(channel_id):
            woods = self._desk.store.woods
            row = await woods.living(channel_id)
            if row is None:
                return
            if row.dozing:
                await woods.wake(row.id, now, now + min(SOON, timedelta(seconds=row.pace)))
                self._desk.changed(await self._desk.row(channel_id))
            elif abs(now - row.pressed_at) >= NOTED_EVERY:
                await woods.pressed(row.id, now)
            else:
                now = row.pressed_at
            self._noted[channel_id] = now
