"""For those who keep a wood: whose words they do not want; for all who speak: whether they may, and in which words."""

from typing import Final

from bot.keeping.desk import Desk
from bot.keeping.hearing import check_heard
from bot.refusals import KeeperCode, KeeperError
from bot.telling.cards import MutedCard, WoodCard
from bot.telling.catalog import Words, words_of_wood
from data.fingerprints import Fingerprint

MUTED_MOST: Final = 50
"""Players who may be muted in a wood: each is looked for at every word that is said there."""
_KEPT: Final = 10_000


class Manners:
    """Muting, and what may be said. Only words are concerned: who is muted goes on playing.

    Args:
        desk: what all parts share.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stock: dict[int, Words | None] = {}
        desk.on_change(self._forget)

    async def mute(self, channel_id: int, user_id: int) -> MutedCard:
        """Take no words of a player in a wood from now on; one who is muted already stays so.

        Raises:
            KeeperError: there is no wood, or too many are muted in it.
        """
        async with self._desk.using(channel_id):
            row, store = await self._desk.row(channel_id), self._desk.store.manners
            marks = await store.muted(row.id)
            if not _found(marks, user_id):
                if len(marks) >= MUTED_MOST:
                    raise KeeperError(KeeperCode.MUTED_FULL, most=MUTED_MOST)
                await store.mute(row.id, user_id)
        return await self.muted(channel_id)

    async def unmute(self, channel_id: int, user_id: int) -> MutedCard:
        """Hear a player again, whether muted or not.

        Raises:
            KeeperError: there is no wood.
        """
        async with self._desk.using(channel_id):
            row, store = await self._desk.row(channel_id), self._desk.store.manners
            for mark in _found(await store.muted(row.id), user_id):
                await store.unmute(row.id, mark)
        return await self.muted(channel_id)

    async def muted(self, channel_id: int) -> MutedCard:
        """Who is muted in a wood: those whom it knows by what they are called, the others by their number.

        Raises:
            KeeperError: there is no wood.
        """
        seen = await self._desk.see(channel_id)
        marks = await self._desk.store.manners.muted(seen.stored.wood.id)
        users = {row.key: row.user_id for row in seen.stored.patrons if row.user_id is not None}
        known = [key for key, user_id in users.items() if _found(marks, user_id)]
        return MutedCard(tuple(seen.names[key] for key in known if key in seen.names), len(marks))

    async def check(self, channel_id: int, user_id: int) -> None:
        """See that a player's words are heard, before any are written.

        Raises:
            KeeperError: there is no wood, or its keeper has muted the player.
        """
        await check_heard(self._desk.store, (await self._desk.row(channel_id)).id, user_id)

    async def stock(self, channel_id: int) -> Words | None:
        """The words of the lines that a wood takes where it takes no others; None where patrons speak in their own.

        Raises:
            KeeperError: there is no wood.
        """
        if channel_id not in self._stock:
            row = await self._desk.row(channel_id)
            words = None
            if not row.free_text:
                stored = await self._desk.snapshot(channel_id)
                words = words_of_wood((await self._desk.library.of(stored)).rules)
            if len(self._stock) >= _KEPT:
                self._stock.clear()
            self._stock[channel_id] = words
        return self._stock[channel_id]

    def _forget(self, card: WoodCard) -> None:
        self._stock.pop(card.channel_id, None)


def _found(marks: tuple[Fingerprint, ...], user_id: int) -> list[Fingerprint]:
    return [mark for mark in marks if mark.fits(user_id)]
