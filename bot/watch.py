"""Whether the bot does its work, looked at from inside with every heartbeat.

Judged is what is done: that turns are taken when they are due, that the store is read and written, that the database is
still the file that was opened, that the herald goes round and posts are tried. How long something has waited is counted
in time that passed since it was seen waiting, and not by due times, which a clock that leaps makes lie.
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Hashable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from time import monotonic
from typing import Final, NoReturn

from bot import measures
from bot.client import WoodBot
from bot.health import BEAT, Pulse, Trouble, boot_id, pulse_file, write
from bot.keeping.dozing import ahead
from bot.keeping.dozing import beat as beat_of
from bot.telling.catalog import SOURCE, words_in
from bot.telling.engines import doing
from data.errors import StoreError
from data.lanes import background

log = logging.getLogger(__name__)

LATE: Final = 300.0
"""Seconds that a due turn may wait, beside the time that minds have for two turns."""
STORE: Final = 120.0
"""Seconds without a read and a write that succeeded after which the store counts as out of order."""
WRITE_EVERY: Final = 30.0
"""Seconds between two writes that only try whether one succeeds."""
ROUND: Final = 180.0
"""Seconds without a round of the herald, which makes one a minute at least."""
UNTRIED: Final = 900.0
"""Seconds that a post which may be tried waits untried: in a storm of them Discord's limits take some minutes."""
PROBE: Final = 5.0
"""Seconds that a heartbeat waits for the store."""
_NOTE: Final = "heartbeat"


class Waiting:
    """Since when things have been seen waiting, each by what changes when it is done."""

    def __init__(self) -> None:
        self._since: dict[Hashable, float] = {}

    def see(self, waiting: Iterable[Hashable], at: float) -> None:
        """Note what waits now; what does not any more is forgotten."""
        self._since = {each: self._since.get(each, at) for each in waiting}

    def longest(self, at: float) -> tuple[Hashable | None, float]:
        """What has waited longest, and for how many seconds; None where nothing waits."""
        if not self._since:
            return None, 0.0
        first = min(self._since, key=self._since.__getitem__)
        return first, at - self._since[first]

    def __len__(self) -> int:
        """How many wait."""
        return len(self._since)


class Watch:
    """Looks at a bot.

    Args:
        bot: which; it may not have opened its database yet.
        place: what it runs as, where that is not Discord.

    Attributes:
        lost: set when the database is no longer the file that was opened: nothing that is written is kept then.
    """

    def __init__(self, bot: WoodBot, place: str = "") -> None:
        self.lost = asyncio.Event()
        self._bot = bot
        self._place = place
        self._boot = boot_id()
        self._turns = Waiting()
        self._posts = Waiting()
        self._owed = 0
        self._probing: asyncio.Task[None] | None = None
        self._began = self._probed = monotonic()
        self._written = 0.0

    async def look(self) -> Pulse:
        """Look at everything, which takes a few seconds at most; never fails."""
        await self._probe()
        now = monotonic()
        late, lateness = self._turns.longest(now)
        measures.posts_owed(self._owed)
        measures.turns_due(len(self._turns), lateness)
        pulse = Pulse(
            boot=self._boot,
            beat=now,
            at=datetime.now(UTC),
            pid=os.getpid(),
            state=self._state(),
            asleep=self._asleep(),
            troubles=tuple(self._troubles(now, late, lateness)),
            late=len(self._turns),
            lateness=round(lateness, 1),
            owed=self._owed,
            turns=measures.turns_taken(),
        )
        measures.healthy(ok=not pulse.troubles)
        return pulse

    def _state(self) -> str:
        state = f"{self._place}{'connected' if self._bot.is_ready() else 'connecting'}"
        if self._bot.strangers:
            state += f"; {self._bot.strangers} woods of other shards rest in this database: see `ttw reshard`"
        return state

    def _asleep(self) -> str:
        return doing(words_in(SOURCE), self._bot.council.asleep()) if hasattr(self._bot, "council") else ""

    def _troubles(self, now: float, late: Hashable | None, lateness: float) -> Iterable[Trouble]:
        path, settings = self._bot.settings.database, self._bot.settings
        identity = getattr(self._bot, "identity", None)
        if identity is not None and (loss := identity.loss()) is not None:
            message = f"The database {path} was {loss} while the bot ran; it ends, and keeps what it holds beside it."
            if not self.lost.is_set():
                log.critical(message)
                self.lost.set()
            yield Trouble(code="file", message=message)
        if now - self._probed > STORE:
            silent = f"for {now - self._probed:.0f} seconds"
            yield Trouble(
                code="store",
                message=f"The database {path} could not be read and written {silent}. Look at the log and the disk.",
            )
        if late is not None and lateness > LATE + 2 * settings.deadline:
            wood = late[0] if isinstance(late, tuple) else late
            yield Trouble(
                code="turns",
                message=f"Woods that wait for a turn that is due: {len(self._turns)}, wood {wood} for {lateness:.0f} "
                "seconds. Look at the log; `ttw status` lists them.",
            )
        herald = getattr(self._bot, "herald", None)
        if herald is not None and (round_ := now - (herald.rounded or self._began)) > ROUND:
            yield Trouble(
                code="herald",
                message=f"No post was looked for in {round_:.0f} seconds. Look at the log, restart the bot.",
            )
        _, untried = self._posts.longest(now)
        if untried > UNTRIED and self._bot.is_ready():
            yield Trouble(
                code="posts",
                message=f"A post that is due was not tried in {untried:.0f} seconds. Look at the log, restart the bot.",
            )

    async def _probe(self) -> None:
        """Read what is due and owed, and try to write; what the store does not answer in time goes on meanwhile."""
        if not hasattr(self._bot, "clock"):  # it is still starting
            self._probed = monotonic()
            return
        if self._probing is None or self._probing.done():
            self._probing = asyncio.create_task(self._read_and_write(), name="heartbeat probe")
        await asyncio.wait({self._probing}, timeout=PROBE)

    async def _read_and_write(self) -> None:
        store = self._bot.store
        try:
            now = datetime.now(UTC)
            await store.notes.read(_NOTE)  # as players read; all else can wait
            with background():
                due = await store.vitals.due(now)
                count, first = await store.vitals.owed()
                if monotonic() - self._written > WRITE_EVERY:
                    await store.notes.write(_NOTE, now.isoformat())
                    self._written = monotonic()
        except StoreError as error:
            log.error("the heartbeat finds the store out of order: %s", error)
            return
        except Exception:  # a heartbeat that stopped would say that the bot has died
            log.exception("the heartbeat cannot look at the store")
            return
        waiting = [
            (row.wood, row.turn)
            for row in due
            if row.next_turn <= now or ahead(row.next_turn, now, beat_of(row.pace, dozing=row.dozing))
        ]
        self._probed = at = monotonic()
        self._turns.see(waiting, at)
        self._owed = count
        self._posts.see([first] if first is not None and first[1] <= now else [], at)

    async def close(self) -> None:
        """Let go of a probe that the store has not answered."""
        if self._probing is not None:
            self._probing.cancel()
            await asyncio.gather(self._probing, return_exceptions=True)


async def beating(watch: Watch, bot: WoodBot) -> NoReturn:
    """Write a heartbeat every :data:`BEAT` seconds until cancelled; then take the file away."""
    database = bot.settings.database
    failing = False
    try:
        while True:
            try:
                await asyncio.to_thread(write, database, await watch.look())
                failing = False
            except OSError as error:
                # Once is enough: what fails here fails every few seconds, and `ttw health` will notice.
                if not failing:
                    log.error("The heartbeat beside %s cannot be written: %s", database, error)
                failing = True
            except Exception:  # a heartbeat that stopped for its own fault would say that the bot has died
                log.exception("a heartbeat failed; the next one follows")
            await asyncio.sleep(BEAT)
    finally:
        pulse_file(database).unlink(missing_ok=True)
        await watch.close()


@asynccontextmanager
async def watching(bot: WoodBot, place: str = "") -> AsyncIterator[Watch]:
    """Write heartbeats of a bot while the block runs, and take their file away after it."""
    watch = Watch(bot, place)
    task = asyncio.create_task(beating(watch, bot), name="heartbeat")
    try:
        yield watch
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
