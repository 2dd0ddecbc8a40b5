"""For patrons: alerts and reminders, asked for, taken back, and told."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.keeping.days import next_report
from bot.keeping.desk import Desk, Seen
from bot.keeping.founding import zone_of
from bot.refusals import KeeperCode, KeeperError
from bot.telling.nudges import AskedCard, NudgeCard
from bot.telling.showing import wood_card
from data.nudges import ALERTS_MOST
from data.rows import Moment, Notify, Reminder, WoodRow, to_ms
from wood.names import CENTS, Good

PRICE_MOST: Final = 1_000
"""Pebbles: no price is ever asked for above it."""
NEAR: Final = timedelta(minutes=30)
"""How near a report is at most when it is told of, in a wood with short turns."""


class Nudges:
    """What patrons ask to be told.

    Args:
        desk: what all parts share.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def asked(self, channel_id: int, user_id: int) -> AskedCard:
        """All that a player asked to be told, and the prices by now.

        Raises:
            Refusal: the player is no patron here.
        """
        seen = await self._desk.see(channel_id)
        return await self._card(seen, seen.patron(user_id))

    async def alert(self, channel_id: int, user_id: int, good: Good, price: int, way: int | None) -> AskedCard:
        """Ask to be told of a price.

        Args:
            channel_id: the wood.
            user_id: who asks.
            good: whose price.
            price: hundredths of a pebble.
            way: 1 to be told when it is reached from below, -1 from above; None for the way from where it stands.

        Raises:
            Refusal: the player is no patron here, the price has been reached or is none, or there are alerts enough.
        """
        seen = await self._desk.see(channel_id)
        key, now = seen.patron(user_id), seen.world.references[good]
        if not 1 <= price <= PRICE_MOST * CENTS:
            raise KeeperError(KeeperCode.ALERT_PRICE, most=PRICE_MOST)
        towards = (1 if price > now else -1) if way is None else way
        if towards * (now - price) >= 0:
            raise KeeperError(KeeperCode.ALERT_REACHED)
        async with self._desk.using(channel_id):
            if not await self._desk.store.nudges.add_alert(seen.stored.wood.id, key, good, towards, price):
                raise KeeperError(KeeperCode.ALERTS, most=ALERTS_MOST)
            await self._reachable(seen, key)
        return await self._card(seen, key)

    async def drop_alert(self, channel_id: int, user_id: int, alert: int) -> AskedCard:
        """Wish not to be told of a price any more."""
        seen = await self._desk.see(channel_id)
        key = seen.patron(user_id)
        async with self._desk.using(channel_id):
            await self._desk.store.nudges.drop_alert(seen.stored.wood.id, key, alert)
        return await self._card(seen, key)

    async def remind(self, channel_id: int, user_id: int, what: Reminder, *, wished: bool) -> AskedCard:
        """Wish to be reminded of something whenever it comes, or not any more."""
        seen = await self._desk.see(channel_id)
        key = seen.patron(user_id)
        async with self._desk.using(channel_id):
            await self._desk.store.nudges.remind(seen.stored.wood.id, key, what, wished=wished)
            if wished:
                await self._reachable(seen, key)
        return await self._card(seen, key)

    async def reach(self, channel_id: int, user_id: int, how: Notify) -> AskedCard:
        """Choose where alerts and reminders go: the channel, or a direct message."""
        seen = await self._desk.see(channel_id)
        key = seen.patron(user_id)
        async with self._desk.using(channel_id):
            await self._desk.store.nudges.reach(seen.stored.wood.id, key, how)
        return await self._card(seen, key)

    async def notice(self, channel_id: int, number: int) -> NudgeCard | None:
        """What a turn has for a patron, by its key in the store; None where the patron is forgotten or unreachable."""
        stored = await self._desk.snapshot(channel_id)
        nudge = await self._desk.store.nudges.get(stored.wood.id, number)
        if nudge is None or nudge.patron.user_id is None or nudge.patron.reach is Notify.REFUSED:
            return None
        edition = await self._desk.library.of(stored)
        patron = nudge.patron
        return NudgeCard(edition.rules, channel_id, patron.key, nudge.patron.user_id, patron.reach, nudge.items)

    async def undeliverable(self, channel_id: int, card: NudgeCard) -> None:
        """Note that a player takes no direct message: nothing more is sent, and the purse says so."""
        row = await self._desk.row(channel_id)
        await self._desk.store.nudges.reach(row.id, card.key, Notify.REFUSED)

    async def _reachable(self, seen: Seen, key: str) -> None:
        """Who asks anew can be tried anew."""
        patron = next(row for row in seen.stored.patrons if row.key == key)
        if patron.reach is Notify.REFUSED:
            await self._desk.store.nudges.reach(seen.stored.wood.id, key, Notify.DIRECT)

    async def _card(self, seen: Seen, key: str) -> AskedCard:
        asked = await self._desk.store.nudges.asked(seen.stored.wood.id, key)
        return AskedCard(seen.rules, wood_card(seen.stored.wood), seen.world.references, asked)


def near_report(row: WoodRow, next_turn: datetime, *, dozing: bool) -> Iterator[Moment]:
    """The report that is near after a turn: the next turn is the last one before it, or nearly so.

    What is said now is still in it.

    Args:
        row: the wood's row.
        next_turn: when the next turn is due.
        dozing: whether the wood dozes, and so has no report every day.
    """
    report = next_report(next_turn, row.report_hour, zone_of(row.zone))
    if not dozing and report - next_turn <= max(NEAR, timedelta(seconds=row.pace)):
        facts = {"at": int(report.timestamp()), "turn": int(next_turn.timestamp())}
        yield Moment(Reminder.REPORT, to_ms(report), facts=facts)
