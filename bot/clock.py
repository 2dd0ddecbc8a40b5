"""The clock: when each wood's turn and report are due. It only calls the keeper; the database is the truth."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, JobSubmissionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.keeper import Keeper
from bot.keeping.admin import PURGE_EVERY
from bot.keeping.days import next_report
from bot.keeping.desk import utc_now
from bot.keeping.dozing import ahead
from bot.keeping.dozing import beat as beat_of
from bot.keeping.founding import zone_of
from bot.telling.cards import WoodCard

log = logging.getLogger(__name__)

GRACE: Final = 5.0
"""Seconds that turns in the making are given when the clock is closed; what is cut off then is taken again."""
LOOK_EVERY: Final = 20.0
LEAP: Final = 5.0
"""Seconds between two looks at the machine's clock, and by how many it may have moved against the time that passed."""
AGAIN: Final = timedelta(minutes=1)
"""How long after a failure a turn or a report is tried again: its next beat may be a day away."""


class DailyTrigger(BaseTrigger):  # type: ignore[misc] # APScheduler 3 has no types
    """Fires once for every local date, at an hour of a time zone.

    APScheduler's cron trigger fires twice in the hour that comes twice, and may skip a date whose hour is left out.
    """

    def __init__(self, hour: int, zone: str) -> None:
        self.hour = hour
        self.zone = zone_of(zone)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The first report time after the last one."""
        return next_report(previous_fire_time or now, self.hour, self.zone)


class Clock:
    """Two jobs a wood, made anew from the store at every start: its turn, and its daily report.

    A job never fails: what goes wrong is logged with its channel, and tried again :data:`AGAIN` later or at the next
    beat, whichever comes first. The keeper takes no turn before it is due and owes no report twice.
    """

    def __init__(self, keeper: Keeper, *, now: Callable[[], datetime] = utc_now) -> None:
        self._keeper = keeper
        self._now = now
        self._working: set[asyncio.Task[None]] = set()
        self._closing = False
        self._watching: asyncio.Task[None] | None = None
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # However many ticks were missed, they are one; and none is too old to count.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_listener(self._passed, EVENT_JOB_MAX_INSTANCES)
        keeper.on_change(self.follow)

    async def start(self) -> None:
        """Schedule every living wood, and begin to tick."""
        for card in await self._keeper.queries.woods():
            self.follow(card)
        self._scheduler.add_job(
            self._purge, IntervalTrigger(seconds=PURGE_EVERY.total_seconds()), id="purge", next_run_time=self._now()
        )
        self._scheduler.start()
        self._watching = asyncio.create_task(self._watch(self._offset()), name="clock watch")

    async def _watch(self, offset: float) -> None:
        """Schedule everything anew when the machine's clock was set, or stood still while the machine slept.

        The scheduler sleeps until the time of the next beat, which a clock that is put back may put off for days.
        """
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if abs((now := self._offset()) - offset) > LEAP:
                log.warning("the clock leapt by %.0f s; every turn is scheduled anew", now - offset)
                for card in await self._keeper.queries.woods():
                    self.follow(card)
                offset = now

    def _offset(self) -> float:
        """How far the clock is from the time that passes, seconds."""
        return self._now().timestamp() - time.monotonic()

    async def close(self) -> None:
        """Stop ticking, and wait a little for the turns in the making. May be called more than once."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
            self._watching = None
        if self._scheduler.running:
            self._closing = True
            self._scheduler.pause()
            working = set(self._working)
            if working:
                await asyncio.wait(working, timeout=GRACE)
            self._scheduler.shutdown(wait=False)  # cancels what is still at work
            await asyncio.gather(*working, return_exceptions=True)

    def follow(self, card: WoodCard) -> None:
        """Schedule a wood as its card says: the keeper calls this whenever one has changed."""
        turn, report = f"turn-{card.channel_id}", f"report-{card.channel_id}"
        if card.razed_at is not None or card.next_turn is None:
            self._drop(turn)
        else:
            self._scheduler.add_job(
                self._turn,
                IntervalTrigger(seconds=card.pace, timezone=UTC),
                id=turn,
                args=[card.channel_id],
                next_run_time=self._latest_beat(card, card.next_turn),
                replace_existing=True,
            )
        if card.razed_at is not None:
            self._drop(report)
        else:
            # Runs at once too: a report that was missed is owed still, and owing one twice changes nothing.
            self._scheduler.add_job(
                self._report,
                DailyTrigger(card.report_hour, card.zone),
                id=report,
                args=[card.channel_id],
                next_run_time=self._now(),
                replace_existing=True,
            )

    def due(self, channel_id: int) -> datetime | None:
        """When a wood's next turn is scheduled; None while it is not."""
        job = self._scheduler.get_job(f"turn-{channel_id}")
        due: datetime | None = getattr(job, "next_run_time", None)
        return due

    def _latest_beat(self, card: WoodCard, due: datetime) -> datetime:
        """The latest missed beat, so that APScheduler need not count all that were missed in a long absence.

        Now, where the next one lies further ahead than a clock that was right could have put it.
        """
        beat, now = timedelta(seconds=card.pace), self._now()
        if ahead(due, now, beat_of(card.pace, dozing=card.dozing)):
            return now
        return due + beat * max(0, (now - due) // beat)

    def _drop(self, job: str) -> None:
        if self._scheduler.get_job(job) is not None:
            self._scheduler.remove_job(job)

    def _passed(self, event: JobSubmissionEvent) -> None:
        """A beat came while the last one's work was still going on, which with slow minds is in order."""
        log.info("%s: a beat passed while the work of the last one goes on", event.job_id)

    async def _turn(self, channel_id: int) -> None:
        work = self._keeper.turns.take_turn(channel_id, due=self._now())
        if not await self._try(work, f"the turn of channel {channel_id}"):
            self._again(self._turn, channel_id)

    async def _report(self, channel_id: int) -> None:
        if not await self._try(self._keeper.turns.owe_report(channel_id), f"the report of channel {channel_id}"):
            self._again(self._report, channel_id)

    async def _purge(self) -> None:
        await self._try(self._keeper.admin.purge(), "clearing away razed woods")

    def _again(self, job: Callable[[int], Awaitable[None]], channel_id: int) -> None:
        """Try once more soon, beside the job's own beat, which stays as it is."""
        if self._scheduler.running:
            self._scheduler.add_job(
                job,
                DateTrigger(self._now() + AGAIN, timezone=UTC),
                id=f"again{job.__name__}-{channel_id}",
                args=[channel_id],
                replace_existing=True,
            )

    async def _try(self, work: Awaitable[object], what: str) -> bool:
        """Do some work, and say whether it is done with; a failure is logged."""
        task = asyncio.current_task()
        if task is not None:
            self._working.add(task)
        try:
            await work
        except asyncio.CancelledError:
            if not self._closing:
                raise
            # Ended here, where it is in order: to the scheduler it would be a job that failed.
            log.warning("%s was cut off at the end; it is taken up again after the next start", what)
            return True
        except Exception:
            log.exception("%s failed; it is tried again", what)
            return False
        else:
            return True
        finally:
            if task is not None:
                self._working.discard(task)
