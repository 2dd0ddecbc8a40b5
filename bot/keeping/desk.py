"""The desk that the parts of the keeper share: one lock a wood, what a command sees, how it puts something in."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from bot.keeping.hearing import check_heard, check_own_words
from bot.keeping.library import Edition, Library
from bot.keeping.locks import Locks
from bot.refusals import KeeperCode, KeeperError, outdated
from bot.telling.cards import WoodCard
from bot.telling.lookalikes import shows
from bot.telling.naming import shown_names
from bot.telling.notice import NOTHING, Notice
from bot.telling.showing import wood_card
from data.errors import StoreConflictError, StoreError, StoreOutdatedError
from data.lately import Lately
from data.proposals import Proposal
from data.rows import Farewell, PatronRow, Snapshot, WoodRow
from data.store import Store
from wood.moves import CastRumor, DailyCall, Intervention, Join, admit
from wood.refusal import Refusal, RefusalCode
from wood.rules import Rules
from wood.world import World

log = logging.getLogger(__name__)

T = TypeVar("T")
A = TypeVar("A", bound=Intervention)

_TRIES: Final = 5
"""How often a command is decided anew when another process was quicker."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A wood as a command sees it: what is stored, and the world with all that waits for the next turn admitted."""

    stored: Snapshot
    edition: Edition
    world: World

    @property
    def rules(self) -> Rules:
        """The content in force."""
        return self.edition.rules

    @property
    def names(self) -> dict[str, str]:
        """What the patrons are called."""
        return shown_names(self.stored.patrons, self.world, self.rules)

    def patron(self, user_id: int) -> str:
        """The key of a player.

        Raises:
            Refusal: the player is no patron here.
        """
        key = self.key(user_id)
        if key is None or key not in self.world.patrons:
            raise Refusal(RefusalCode.NO_PATRON)
        return key

    def key(self, user_id: int) -> str | None:
        """The key of a player, or of somebody who has made a call and not joined; None for anybody else."""
        return self.stored.key(user_id)

    @property
    def next_key(self) -> str:
        """The key of the next player who comes."""
        return f"p{len(self.stored.patrons) + 1}"


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


def no_wood() -> KeeperError:
    """What is said where no wood lives."""
    return KeeperError(KeeperCode.NO_WOOD)


class Desk:
    """What the parts of the keeper share.

    Attributes:
        store: where everything is kept.
        library: the content, in its editions.
        now: the time, aware.
        locks: one a wood, by its channel, for whoever writes.
    """

    def __init__(self, store: Store, library: Library, now: Callable[[], datetime]) -> None:
        self.store = store
        self.library = library
        self.now = now
        self.locks = Locks()
        self._change_listeners: list[Callable[[WoodCard], None]] = []
        self._owed_listeners: list[Callable[[int], None]] = []

    def on_change(self, listener: Callable[[WoodCard], None]) -> None:
        """Call ``listener`` whenever a wood is founded, changed, razed or restored."""
        self._change_listeners.append(listener)

    def on_owed(self, listener: Callable[[int], None]) -> None:
        """Call ``listener`` with the channel whenever a post is owed to it."""
        self._owed_listeners.append(listener)

    def changed(self, row: WoodRow, problem: Notice = NOTHING) -> WoodCard:
        """Tell that a wood is founded or is another one now, and that its board is owed; answers its card."""
        card = wood_card(row, problem)
        _tell(self._change_listeners, card)
        self.owed(row.channel_id)
        return card

    def owed(self, channel_id: int) -> None:
        """Tell that a post is owed to a channel."""
        _tell(self._owed_listeners, channel_id)

    @asynccontextmanager
    async def using(self, channel_id: int) -> AsyncIterator[None]:
        """Hold a wood's lock for a short while, and say in a player's words what the store could not do."""
        async with self.locks.holding(channel_id):
            try:
                yield
            except StoreConflictError as error:
                log.info("channel %d: %s", channel_id, error)
                raise KeeperError(KeeperCode.BUSY) from error
            except StoreOutdatedError as error:
                raise outdated(error) from error
            except StoreError as error:
                log.exception("channel %d: the store failed", channel_id)
                raise KeeperError(KeeperCode.STORE) from error

    async def row(self, channel_id: int) -> WoodRow:
        """The living wood of a channel.

        Raises:
            KeeperError: there is none.
        """
        row = await self.store.woods.living(channel_id)
        if row is None:
            raise no_wood()
        return row

    async def problem(self, row: WoodRow) -> Notice:
        """Why the wood's latest board or report did not arrive, or why it rests; empty when all is well."""
        return Notice.read(await self.store.posts.problem(row.id))

    async def snapshot(self, channel_id: int) -> Snapshot:
        """The living wood of a channel with its world, as stored.

        Raises:
            KeeperError: there is none, or it cannot be read by this program.
        """
        return await _found(self.store.woods.snapshot(channel_id))

    async def lately(self, channel_id: int, count: int, *, heard: int = 0) -> tuple[Snapshot, Lately]:
        """The living wood of a channel as stored, and what it has just seen; see :meth:`data.lately.Recent.snapshot`.

        Raises:
            KeeperError: there is none, or it cannot be read by this program.
        """
        return await _found(self.store.recent.snapshot(channel_id, count, heard=heard))

    async def see(self, channel_id: int) -> Seen:
        """The wood with everything admitted that waits for its next turn."""
        return await self._seen(channel_id, await self.snapshot(channel_id))

    async def see_lately(self, channel_id: int, count: int, *, heard: int = 0) -> tuple[Seen, Lately]:
        """The same, and what the wood has just seen."""
        stored, lately = await self.lately(channel_id, count, heard=heard)
        return await self._seen(channel_id, stored), lately

    async def _seen(self, channel_id: int, stored: Snapshot) -> Seen:
        edition = await self.library.of(stored)
        world = stored.world
        for entry in stored.pending:
            try:
                world = admit(edition.rules, world, entry.action)
            except Refusal as refusal:
                # Lawful when it was put in, overtaken by a turn since; the next turn records the refusal.
                log.debug("channel %d: intervention %d is refused: %s", channel_id, entry.number, refusal.code)
        return Seen(stored, edition, world)

    async def hear(self, seen: Seen, action: Intervention) -> None:
        """See that the words of an intervention, where it has any, may be said in its wood.

        Raises:
            KeeperError: its patron is muted, or the wood takes no words of patrons' own.
        """
        if isinstance(action, CastRumor):
            user_id = next((row.user_id for row in seen.stored.patrons if row.key == action.patron), None)
            await check_heard(self.store, seen.stored.wood.id, user_id)
            check_own_words(seen.stored.wood, seen.rules, action.about, action.text)

    async def submit(
        self,
        channel_id: int,
        decide: Callable[[Seen], A],
        *,
        joining: tuple[int, str] | None = None,
        forgetting: tuple[int, Callable[[Seen], Farewell]] | None = None,
        accepting: Proposal | None = None,
        once: int | None = None,
    ) -> tuple[Seen, A]:
        """Put an intervention in: admitted in the light of all that waits already, and durable before it returns.

        Args:
            channel_id: the wood.
            decide: makes the intervention from what is seen; may refuse.
            joining: user id and name of the one who joins with it, or who is known by its key from now on.
            forgetting: a user id to forget with it, and what the player had, of the wood as it was seen before.
            accepting: a legend that is accepted with it, and is content of the wood from then on.
            once: the number of an intervention since which the very same must not have been put in: what a button
                does once, however often it is pressed.

        Returns:
            The wood with the intervention admitted, and the intervention.

        Raises:
            Refusal: the rules do not allow it, or it was done before; nothing was put in.
        """
        async with self.using(channel_id):
            for attempt in range(1, _TRIES + 1):
                seen = await self.see(channel_id)
                action = decide(seen)
                if not shows(getattr(action, "text", "words")):
                    raise Refusal(RefusalCode.EMPTY_WORDS)
                await self.hear(seen, action)
                if accepting is not None:
                    seen = replace(seen, edition=self.library.with_legends(seen.edition, [accepting.legend]))
                if once is not None and await self.store.journal.holds(seen.stored.wood.id, once, action):
                    raise KeeperError(KeeperCode.DONE)
                world = admit(seen.rules, seen.world, action)
                patron = (
                    PatronRow(action.patron, *joining) if joining and isinstance(action, Join | DailyCall) else None
                )
                forget, farewell = (forgetting[0], forgetting[1](seen)) if forgetting else (None, None)
                try:
                    await self.store.journal.append(
                        seen.stored,
                        action,
                        self.now(),
                        patron=patron,
                        forget=forget,
                        farewell=farewell,
                        accepting=accepting.id if accepting else None,
                    )
                except StoreConflictError:
                    if attempt == _TRIES:
                        raise
                    continue
                patrons = tuple(row for row in seen.stored.patrons if not patron or row.key != patron.key)
                patrons = (*patrons, patron) if patron else patrons
                return replace(seen, world=world, stored=replace(seen.stored, patrons=patrons)), action
        raise AssertionError  # the last attempt raised

    async def due(self, row: WoodRow) -> datetime:
        """When a wood's next turn is due by its pace, counted from its last; not before now, and within a beat."""
        last, now, every = await self.store.turns.taken_at(row.id) or row.founded_at, self.now(), row.pace
        return max(now, min(last, now) + timedelta(seconds=every))


async def _found(looking: Awaitable[T | None]) -> T:
    """What a look at a living wood finds, or a player's words for why it finds nothing."""
    try:
        found = await looking
    except StoreOutdatedError as error:
        raise outdated(error) from error
    if found is None:
        raise no_wood()
    return found


def _tell(listeners: Sequence[Callable[[T], None]], news: T) -> None:
    """Tell every listener; what one of them makes of it cannot undo what is stored, so it must not look as if."""
    for listener in listeners:
        try:
            listener(news)
        except Exception:
            log.exception("a listener failed over %r", news)
