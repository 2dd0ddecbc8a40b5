"""For patrons who asked to be told: what a turn had for them alone."""

from bot.keeping.desk import Desk
from bot.telling.naming import shown_names
from bot.telling.own import pressing
from bot.telling.tidings import TidingsCard
from data.rows import Notify


class Tidings:
    """What turns had for patrons, made anew from their records whenever it is told.

    Args:
        desk: what all parts share.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def notice(self, channel_id: int, number: int, patron: str) -> TidingsCard | None:
        """What a turn had for a patron; None where the patron wishes it no more, or is forgotten."""
        stored = await self._desk.snapshot(channel_id)
        rows = await self._desk.store.turns.numbered(stored.wood.id, number, number)
        for row in stored.patrons:
            if row.key == patron and row.user_id is not None and row.notify in {Notify.CHANNEL, Notify.DIRECT} and rows:
                rules = (await self._desk.library.of(stored)).rules
                events = list(pressing(rows[0].turn, patron))
                names = shown_names(stored.patrons, stored.world, rules)
                return TidingsCard(rules, channel_id, patron, row.user_id, row.notify, number, events, names)
        return None

    async def undeliverable(self, channel_id: int, card: TidingsCard) -> None:
        """Note that a player takes no direct message: nothing more is sent, and the purse says so."""
        row = await self._desk.row(channel_id)
        await self._desk.store.journal.notify(row.id, card.key, Notify.REFUSED)
