"""The desk that all use cases share: one lock a wood, what a command sees, and how it puts something in."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from bot.keeping.founding import KeeperError
from bot.keeping.library import Edition, Library
from bot.keeping.minds import Minds
from bot.keeping.naming import shown_names
from bot.keeping.showing import wood_card
from bot.telling.cards import WoodCard
from bot.telling.charts.pool import ChartPool
from data.errors import StoreConflictError, StoreError, StoreOutdatedError
from data.rows import Entry, PatronRow, Snapshot, WoodRow
from data.store import Store
from wood.moves import Intervention, admit
from wood.refusal import Refusal
from wood.rules import Rules
from wood.world import World

log = logging.getLogger(__name__)

T = TypeVar("T")

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
        return shown_names(self.stored.patrons, self.world)

    def patron(self, user_id: int) -> str:
        """The key of a player.

        Raises:
            KeeperError: the player is no patron here.
        """
        for row in self.stored.patrons:
            if row.user_id == user_id:
                return row.key
        raise KeeperError("no-patron", "You are not a patron of this wood yet. Use /patron join first.")


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


def no_wood() -> KeeperError:
    """What is said where no wood lives."""
    return KeeperError("no-wood", "No wood lives in this channel. Whoever manages it can found one: /keeper found.")


class Desk:
    """What all use cases share.

    Args:
        store: where everything is kept.
        minds: who decides for the creatures.
        charts: draws charts off the event loop.
        library: the content, in its editions.
        now: the time, aware.
        asleep: what the minds that do not answer yet are at, in words; "" when all of them are awake.
        traces_kept: of how many turns a wood's calls to the minds are kept; 0 keeps them all.
    """

    def __init__(
        self,
        store: Store,
        minds: Minds,
        charts: ChartPool,
        *,
        library: Library | None = None,
        now: Callable[[], datetime] = utc_now,
        asleep: Callable[[], str] = str,
        traces_kept: int = 0,
    ) -> None:
        self._store = store
        self._minds = minds
        self._charts = charts
        self._library = library or Library(store)
        self._now = now
        self._asleep = asleep
        self._traces_kept = traces_kept
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._change_listeners: list[Callable[[WoodCard], None]] = []
        self._owed_listeners: list[Callable[[int], None]] = []

    def on_change(self, listener: Callable[[WoodCard], None]) -> None:
        """Call ``listener`` whenever a wood is founded, changed, razed or restored."""
        self._change_listeners.append(listener)

    def on_owed(self, listener: Callable[[int], None]) -> None:
        """Call ``listener`` with the channel whenever a post is owed to it."""
        self._owed_listeners.append(listener)

    def _changed(self, row: WoodRow, problem: str = "") -> WoodCard:
        card = wood_card(row, problem)
        _tell(self._change_listeners, card)
        self._owed(row.channel_id)
        return card

    def _owed(self, channel_id: int) -> None:
        _tell(self._owed_listeners, channel_id)

    @asynccontextmanager
    async def _using(self, channel_id: int) -> AsyncIterator[None]:
        """Hold a wood's lock for a short while, and say in a player's words what the store could not do."""
        async with self._locks[channel_id]:
            try:
                yield
            except StoreConflictError as error:
                log.info("channel %d: %s", channel_id, error)
                raise KeeperError("busy", "The wood moved on just then; nothing has changed. Try again.") from error
            except StoreOutdatedError as error:
                raise KeeperError("outdated", str(error)) from error
            except StoreError as error:
                log.exception("channel %d: the store failed", channel_id)
                message = "The wood's book cannot be written just now; nothing has changed. Try again in a minute."
                raise KeeperError("store", message) from error

    async def _row(self, channel_id: int) -> WoodRow:
        row = await self._store.woods.living(channel_id)
        if row is None:
            raise no_wood()
        return row

    async def _snapshot(self, channel_id: int) -> Snapshot:
        try:
            stored = await self._store.woods.snapshot(channel_id)
        except StoreOutdatedError as error:
            raise KeeperError("outdated", str(error)) from error
        if stored is None:
            raise no_wood()
        return stored

    async def _see(self, channel_id: int) -> Seen:
        """The wood with everything admitted that waits for its next turn."""
        stored = await self._snapshot(channel_id)
        edition = await self._library.of(stored)
        world = stored.world
        for entry in stored.pending:
            try:
                world = admit(edition.rules, world, entry.action)
            except Refusal as refusal:
                # Lawful when it was put in, overtaken by a turn since; the next turn records the refusal.
                log.debug("channel %d: intervention %d is refused: %s", channel_id, entry.number, refusal)
        return Seen(stored, edition, world)

    async def _submit(
        self,
        channel_id: int,
        decide: Callable[[Seen], Intervention],
        *,
        joining: tuple[int, str] | None = None,
        forgetting: int | None = None,
    ) -> tuple[Seen, Entry]:
        """Put an intervention in: admitted in the light of all that waits already, and durable before it returns.

        Args:
            channel_id: the wood.
            decide: makes the intervention from what is seen; may refuse.
            joining: user id and name of the patron who joins with it.
            forgetting: a user id to forget with it.

        Returns:
            The wood with the intervention admitted, and its entry in the log.

        Raises:
            Refusal: the rules do not allow it; nothing was put in.
        """
        async with self._using(channel_id):
            for attempt in range(1, _TRIES + 1):
                seen = await self._see(channel_id)
                action = decide(seen)
                world = admit(seen.rules, seen.world, action)
                patron = PatronRow(action.patron, *joining) if joining and action.kind == "join" else None
                try:
                    entry = await self._store.journal.append(
                        seen.stored, action, self._now(), patron=patron, forget=forgetting
                    )
                except StoreConflictError:
                    if attempt == _TRIES:
                        raise
                    continue
                patrons = (*seen.stored.patrons, patron) if patron else seen.stored.patrons
                return replace(seen, world=world, stored=replace(seen.stored, patrons=patrons)), entry
        raise AssertionError  # the last attempt raised

    async def _due(self, row: WoodRow) -> datetime:
        """When a wood's next turn is due by its pace, counted from its last; not before now."""
        last = await self._store.turns.taken_at(row.id) or row.founded_at
        return max(self._now(), last + timedelta(seconds=row.pace))


def _tell(listeners: Sequence[Callable[[T], None]], news: T) -> None:
    """Tell every listener; what one of them makes of it cannot undo what is stored, so it must not look as if."""
    for listener in listeners:
        try:
            listener(news)
        except Exception:
            log.exception("a listener failed over %r", news)
