"""The clock: when each wood's turn and report are due. It only calls the keeper; the database is the truth."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.keeper import Keeper
from bot.keeping.admin import PURGE_EVERY
from bot.keeping.days import next_report
from bot.keeping.desk import utc_now
from bot.keeping.dozing import ahead
from bot.keeping.dozing import beat as beat_of
from bot.keeping.founding import zone_of
from bot.schedule import Schedule
from bot.telling.cards import WoodCard
from data.lanes import background

log = logging.getLogger(__name__)

GRACE: Final = 5.0
"""Seconds that turns in the making are given when the clock is closed; what is cut off then is taken again."""
LOOK_EVERY: Final = 20.0
LEAP: Final = 5.0
"""Seconds between two looks at the machine's clock, and by how many it may have moved against the time that passed."""
IDLE: Final = 3600.0
"""Seconds between two ticks while nothing is due."""
SOON: Final = 0.05
"""Seconds by which a tick may come late: what is due within them of one another is begun by one tick."""
AT_ONCE: Final = 256
"""Woods at work at a time: enough for one batch of any model, few enough that no mind is asked before its time."""
_TICK: Final = "tick"
_BATCH: Final = 100
"""What is begun before the event loop serves others."""
AGAIN: Final = timedelta(minutes=1)
"""How long after a failure a turn or a report is tried again: its next beat may be a day away."""


class Work(StrEnum):
    """What the clock does for a wood, or for all of them."""

    TURN = "turn"
    REPORT = "report"
    PURGE = "purge"


@dataclass(frozen=True, slots=True)
class _Task:
    """One kind of work of one wood; ``again`` is the try after a failure, beside the work's own beat."""

    work: Work
    channel_id: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Beat:
    """When a wood's turns and reports come: the pace in seconds, the hour of the day and where."""

    pace: int
    hour: int
    zone: ZoneInfo


class Clock:
    """Says when each wood's turn and its daily report are due, made anew from the store at every start.

    However many woods are due at once, :data:`AT_ONCE` of them are at work, first those that were due first; so what
    players ask in between waits for a few of them and never for all. However many beats of a wood were missed, they are
    one. What goes wrong is logged with its channel, and tried again :data:`AGAIN` later or at the next beat, whichever
    comes first. The keeper takes no turn before it is due and owes no report twice.

    The scheduler has one job, the tick, which is due when the first of all woods is: a job a wood would have it sort
    thousands of them whenever it wakes.
    """

    def __init__(self, keeper: Keeper, *, now: Callable[[], datetime] = utc_now) -> None:
        self._keeper = keeper
        self._now = now
        self._beats: dict[int, _Beat] = {}
        self._schedule: Schedule[_Task] = Schedule()
        self._waiting: deque[_Task] = deque()
        self._queued: set[tuple[Work, int]] = set()
        self._working: dict[tuple[Work, int], asyncio.Task[None]] = {}
        self._closing = False
        self._watching: asyncio.Task[None] | None = None
        self._wakes = 0.0
        # Whatever command changes a wood, the next tick is no part of its work: nor in its lane or its log.
        self._context = copy_context()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # However late a tick is, it comes. One that asks for the next at once has not ended yet when that begins.
            job_defaults={"coalesce": True, "max_instances": 2, "misfire_grace_time": None},
        )
        keeper.on_change(self.follow)

    async def start(self) -> None:
        """Schedule every living wood, and begin to tick."""
        for card in await self._keeper.queries.woods():
            self.follow(card)
        self._schedule.put(_Task(Work.PURGE), self._now())
        self._scheduler.add_job(self._tick, IntervalTrigger(seconds=IDLE, timezone=UTC), id=_TICK)
        self._scheduler.start()
        self._wake()
        self._watching = asyncio.create_task(self._watch(self._offset()), name="clock watch")

    @property
    def waiting(self) -> int:
        """How much is due and not begun yet."""
        return len(self._waiting)

    async def _tick(self) -> None:
        """Begin what is due, and see to it that the next tick comes when something is."""
        now = self._now()
        for task, at in self._schedule.take(now, _BATCH):
            self._put_next(task, at, now)
            self._begin(task)
        self._wakes = 0.0
        self._wake()

    def _wake(self) -> None:
        """Have the next tick come when the first of all woods is due, if it would come later."""
        if not self._scheduler.running or self._closing:
            return
        first = self._schedule.next()
        wait = IDLE if first is None else min(IDLE, max(0.0, (first - self._now()).total_seconds()))
        wakes = time.monotonic() + wait
        if not self._wakes or wakes < self._wakes - SOON:
            self._wakes = wakes
            at = datetime.now(UTC) + timedelta(seconds=wait)
            self._context.run(self._scheduler.modify_job, _TICK, next_run_time=at)

    async def _watch(self, offset: float) -> None:
        """Schedule everything anew when the machine's clock was set, or stood still while the machine slept.

        The scheduler goes by that clock: one that is put back would put off the next tick by as much.
        """
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if abs((moved := self._offset()) - offset) > LEAP:
                log.warning("the clock leapt by %.0f s; every turn is scheduled anew", moved - offset)
                offset, self._wakes = moved, 0.0
                await self._follow_all()
                self._wake()

    async def _follow_all(self) -> None:
        try:
            for card in await self._keeper.queries.woods():
                self.follow(card)
        except Exception:
            # A clock that ended would leave all woods without turns until the next start.
            log.exception("the woods cannot be read; their turns stay scheduled as they were")

    def _offset(self) -> float:
        """How far the clock is from the time that passes, seconds."""
        return self._now().timestamp() - time.monotonic()

    async def close(self) -> None:
        """Stop ticking, and wait a little for the turns in the making. May be called more than once."""
        self._closing = True
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
            self._watching = None
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._waiting.clear()
        if working := list(self._working.values()):
            _, late = await asyncio.wait(working, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def follow(self, card: WoodCard) -> None:
        """Schedule a wood as its card says: the keeper calls this whenever one has changed."""
        turn, report = _Task(Work.TURN, card.channel_id), _Task(Work.REPORT, card.channel_id)
        self._beats[card.channel_id] = _Beat(card.pace, card.report_hour, zone_of(card.zone))
        if card.razed_at is not None or card.next_turn is None:
            self._schedule.drop(turn)
        else:
            self._schedule.put(turn, self._latest_beat(card, card.next_turn))
        if card.razed_at is not None:
            self._schedule.drop(report)
            del self._beats[card.channel_id]
        else:
            # Looked at once too: a report that was missed is owed still, and owing one twice changes nothing.
            self._schedule.put(report, self._now())
        self._wake()

    def due(self, channel_id: int) -> datetime | None:
        """When a wood's next turn is scheduled; None while it is not."""
        return self._schedule.at(_Task(Work.TURN, channel_id))

    def _latest_beat(self, card: WoodCard, due: datetime) -> datetime:
        """The latest of all beats that were missed, which become one.

        Now, where the next one lies further ahead than a clock that was right could have put it.
        """
        beat, now = timedelta(seconds=card.pace), self._now()
        if ahead(due, now, beat_of(card.pace, dozing=card.dozing)):
            return now
        return due + beat * max(0, (now - due) // beat)

    def _put_next(self, task: _Task, at: datetime, now: datetime) -> None:
        """Schedule the same work for the next time on its own beat."""
        if task.again:
            return
        if task.work is Work.PURGE:
            self._schedule.put(task, now + PURGE_EVERY)
            return
        beat = self._beats[task.channel_id]
        if task.work is Work.REPORT:
            self._schedule.put(task, next_report(now, beat.hour, beat.zone))
        else:
            every = timedelta(seconds=beat.pace)
            self._schedule.put(task, at + every * ((now - at) // every + 1))

    def _begin(self, task: _Task) -> None:
        """Do some work as soon as there is room for it; but never twice at a time for a wood."""
        key = task.work, task.channel_id
        if key in self._queued or key in self._working:
            # With slow minds this is in order.
            log.info("%s-%d: a beat passed while the work of the last one goes on", *key)
            return
        self._queued.add(key)
        self._waiting.append(task)
        self._fill()

    def _fill(self) -> None:
        """Have as many at work as there may be."""
        while self._waiting and len(self._working) < AT_ONCE:
            task = self._waiting.popleft()
            key = task.work, task.channel_id
            self._queued.discard(key)
            with background():
                doing = asyncio.create_task(self._do(task), name=f"{task.work}-{task.channel_id}")
            self._working[key] = doing
            doing.add_done_callback(partial(self._ended, key))

    def _ended(self, key: tuple[Work, int], task: "asyncio.Task[None]") -> None:
        del self._working[key]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s-%d ended in an unforeseen way", *key, exc_info=error)
        self._fill()

    async def _do(self, task: _Task) -> None:
        match task.work:
            case Work.TURN:
                await self._turn(task.channel_id)
            case Work.REPORT:
                await self._report(task.channel_id)
            case Work.PURGE:
                await self._try(self._keeper.admin.purge(), "clearing away razed woods")

    async def _turn(self, channel_id: int) -> None:
        work = self._keeper.turns.take_turn(channel_id, due=self._now())
        if not await self._try(work, f"the turn of channel {channel_id}"):
            self._again(Work.TURN, channel_id)

    async def _report(self, channel_id: int) -> None:
        if not await self._try(self._keeper.turns.owe_report(channel_id), f"the report of channel {channel_id}"):
            self._again(Work.REPORT, channel_id)

    def _again(self, work: Work, channel_id: int) -> None:
        """Try once more soon, beside the work's own beat, which stays as it is."""
        if not self._closing:
            self._schedule.put(_Task(work, channel_id, again=True), self._now() + AGAIN)
            self._wake()

    async def _try(self, work: Awaitable[object], what: str) -> bool:
        """Do some work, and say whether it is done with; a failure is logged."""
        try:
            await work
        except asyncio.CancelledError:
            if not self._closing:
                raise
            # Ended here, where it is in order.
            log.warning("%s was cut off at the end; it is taken up again after the next start", what)
            return True
        except Exception:
            log.exception("%s failed; it is tried again", what)
            return False
        else:
            return True
