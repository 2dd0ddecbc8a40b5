"""Taking turns, and owing reports: what the clock asks for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot import logs, measures
from bot.courtesy import Courtesy
from bot.keeping.days import FIRST_REPORT, LEAST_HOURS, last_report
from bot.keeping.desk import Desk
from bot.keeping.dozing import REPORT_EVERY, ahead, beat, drowsy
from bot.keeping.founding import zone_of
from bot.keeping.library import Edition
from bot.keeping.locks import Locks
from bot.keeping.minds import Minds, portable
from bot.keeping.nudges import near_report
from bot.keeping.playing import Job, Opened, Played, begin, end, play
from bot.keeping.turnpool import TurnPool
from bot.refusals import outdated
from bot.telling import tidings
from bot.telling.extra import MOST_EVERY, strikes
from bot.telling.notice import Notice, refused
from data.errors import StoreConflictError, StoreError, StoreOutdatedError
from data.openings import Opening
from data.rows import Outlook, PostKind, TurnCommit, WoodRow
from inference.council import InstantCouncil
from wood.chronicle import EventKind, Turn
from wood.observe import RECENT
from wood.refusal import Refusal
from wood.rules import Rules

log = logging.getLogger(__name__)

AHEAD: Final = timedelta(minutes=5)
"""How far ahead of the clock what was reported may lie: clocks are put right by moments all the time."""
AT_ONCE: Final = 8
"""Woods that are read, computed or measured at a time; any number may wait for a model, or for their commit."""
PATIENCE: Final = 0.0125
"""Seconds that a turn waits for players at most, when it is the first of those that wait: 80 in a second do begin."""
_TIDY_EVERY: Final = 10
"""Turns between two looks for traces that are too old to keep."""
_TIDY_BATCHES: Final = 20


class Turns:
    """What the clock asks for.

    Args:
        desk: what all parts share.
        minds: who decides for the creatures.
        pause: lets a wood rest that cannot go on, and keeps the reason for its keeper.
        traces_kept: of how many turns a wood's calls to the minds are kept; 0 keeps them all.
        measure: finds out what came of what was said in a wood, after each of its turns; never fails.
        pool: where turns are computed.
    """

    def __init__(
        self,
        desk: Desk,
        minds: Minds,
        pause: Callable[[int, Notice], Awaitable[object]],
        traces_kept: int,
        measure: Callable[[int], Awaitable[None]],
        pool: TurnPool,
    ) -> None:
        self._desk = desk
        self._minds = minds
        self._pause = pause
        self._traces_kept = traces_kept
        self._measure = measure
        self._pool = pool
        self._turning = Locks()
        self._rooms = asyncio.Semaphore(AT_ONCE)
        self._courtesy = Courtesy(PATIENCE)

    async def take_turn(self, channel_id: int, *, due: datetime | None = None) -> Turn | None:
        """Advance a wood by one turn; None when it is paused, razed or not due any more.

        A wood that this program does not understand is paused with that reason. The wood's lock is free while the
        minds think: what players put in meanwhile waits for the next turn.

        Args:
            channel_id: the wood.
            due: take the turn only if it is due by this time; None takes it whenever it is asked for.

        Raises:
            StoreError: the store failed; nothing was written.
        """
        with logs.about(channel=channel_id):
            return await self._take_turn(channel_id, due)

    async def _take_turn(self, channel_id: int, due: datetime | None) -> Turn | None:
        async with self._turning.holding(channel_id):
            try:
                taken = await self._take(channel_id, due)
            except StoreOutdatedError as error:
                # No later try could read it: the wood rests, and its settings say why.
                log.error("channel %d: %s", channel_id, error)
                with suppress(Refusal):  # where the wood's own row is damaged it is not scheduled at the next start
                    await self._pause(channel_id, refused(outdated(error)))
                return None
            except StoreConflictError as error:
                # Razed while the minds thought, or another process was quicker; its turn is as good as ours.
                log.info("channel %d: a turn was dropped: %s", channel_id, error)
                return None
            if taken is None:
                return None
        opening, turn = taken
        if opening.hears or any(event.kind is EventKind.BELIEF for event in turn.events):
            # Before the board is called for, so that it goes out once, with what was said and what came of it.
            async with self._rooms:
                await self._measure(channel_id)
        self._desk.owed(channel_id)
        # Not in the same turn in all woods, which may have been founded, and be due, together.
        if (turn.number + opening.wood.id) % _TIDY_EVERY == 0:
            await self._tidy(opening.wood.id, turn.number)
        return turn

    async def _tidy(self, wood: int, turn: int) -> None:
        """Let go of the oldest calls, some at a time; pack what an older version left plain; settle the database."""
        try:
            for _ in range(_TIDY_BATCHES if self._traces_kept else 0):
                if not await self._desk.store.turns.prune_traces(wood, turn - self._traces_kept):
                    break
            await self._desk.store.turns.pack_old(wood)
            await self._desk.store.database.settle()
        except StoreError:
            log.exception("wood %d: old traces could not be cleared away; the turn stands", wood)

    async def _take(self, channel_id: int, due: datetime | None) -> tuple[Opening, Turn] | None:
        """Take a turn if it is due; how the wood stood before it, and the turn.

        Nobody waits for a room while models think, so that they are asked for many woods at once.
        """
        minds = portable(self._minds)
        async with self._rooms:
            if self._rooms.locked():
                await self._courtesy.wait()
            opening = await self._desk.store.openings.of(channel_id, RECENT)
            if opening is None or (due is not None and _early(opening.wood, due)):
                return None
            wood = opening.wood
            with logs.about(wood=wood.id):
                edition = await self._desk.library.of(opening)
                actions = tuple(entry.action for entry in opening.pending)
                job = Job(wood.id, wood.seed, opening.stored, actions, opening.lately)
                # Away from the event loop: finding the chances of claims and calls takes a while.
                if minds is not None:
                    played = await self._pool.work([edition], partial(_play, job=job, minds=minds))
                else:
                    opened = await self._pool.work([edition], partial(_begin, job=job))
        with logs.about(wood=wood.id):
            if minds is None:
                counsel = await self._minds.decide(str(wood.id), wood.seed, opened.views, edition.rules)
                played = end(edition.rules, opened, counsel)
            await self._commit(opening, edition, played)
        return opening, played.turn

    async def _commit(self, opening: Opening, edition: Edition, played: Played) -> None:
        wood, turn = opening.wood, played.turn
        async with self._desk.locks.holding(wood.channel_id):
            now = self._desk.now()
            await self._desk.store.turns.commit(
                TurnCommit(
                    wood=wood.id,
                    turn=turn,
                    kept=played.kept,
                    applied=tuple(entry.number for entry in opening.pending),
                    content=edition.digest,
                    document=edition.document,
                    taken_at=now,
                    # Pace and pause may have changed while the minds thought.
                    outlook=partial(_outlook, opening=opening, rules=edition.rules, played=played, now=now),
                    tidings=tuple(tidings.owed(turn, opening.patrons)),
                    thoughts=played.thoughts,
                )
            )
        measures.turn((now - (wood.next_turn or now)).total_seconds(), played.traces)

    async def owe_report(self, channel_id: int) -> bool:
        """Owe the report of the hours up to the latest report time, once; says whether it is new.

        It tells of all that no report told before, mostly a day. Hours without a turn have no report, and neither has
        a wood that rests because it cannot be reached; one that dozes has them together, once a week.
        """
        row = await self._desk.store.woods.living(channel_id)
        if row is None or (row.next_turn is None and await self._desk.store.posts.unreachable(row.id)):
            return False
        zone = zone_of(row.zone)
        now = self._desk.now()
        if row.reported_until > now + AHEAD:
            log.warning("channel %d: the clock was ahead and is put right; reports go on from now", channel_id)
            await self._desk.store.turns.put_right(row.id, now)
            return False
        until = last_report(now, row.report_hour, zone)
        if until - row.reported_until < (REPORT_EVERY if row.dozing else LEAST_HOURS):
            return False
        if not await self._desk.store.turns.any_between(row.id, row.reported_until, until):
            return False
        owed = await self._desk.store.turns.owe_report(row.id, until, now)
        if owed:
            self._desk.owed(channel_id)
        return owed


def _begin(rules: Sequence[Rules], *, job: Job) -> Opened:
    return begin(rules[0], job)


def _play(rules: Sequence[Rules], *, job: Job, minds: InstantCouncil) -> Played:
    return play(rules[0], job, minds)


def _outlook(row: WoodRow, *, opening: Opening, rules: Rules, played: Played, now: datetime) -> Outlook:
    """What follows from a turn, by the wood's row as it is when the turn is kept."""
    dozing = drowsy(row, now)
    next_turn = _after(row, now, beat(row.pace, dozing=dozing))
    moments = (*near_report(row, next_turn, dozing=dozing), *played.due)
    return Outlook(next_turn, dozing, tuple(_owes(row, opening, rules, played)), moments)


def _owes(row: WoodRow, opening: Opening, rules: Rules, played: Played) -> Iterator[PostKind]:
    """What a turn owes the channel beside the board."""
    turn = played.turn
    if row.extras and _strikes(opening, rules, played):
        yield PostKind.EXTRA
    if any(event.kind is EventKind.YEAR for event in turn.events):
        yield PostKind.YEAR
    if row.unreported and turn.number >= FIRST_REPORT:
        yield PostKind.REPORT


def _strikes(opening: Opening, rules: Rules, played: Played) -> bool:
    """Whether a legend strikes in a turn so that it is worth a post of its own, and no other came just before.

    The telling goes first: nothing but another telling keeps it back.
    """
    turn, told, last = played.turn, played.told, opening.last_extra
    if any(strike.told for strike in strikes(rules, turn, ())):
        return told is None or turn.number - told[1] >= MOST_EVERY
    if last is not None and turn.number - last < MOST_EVERY:
        return False
    return bool(strikes(rules, turn, opening.told))


def _early(row: WoodRow, now: datetime) -> bool:
    """Whether a wood's turn is not due yet, and will be within a beat."""
    due = row.next_turn or now
    return due > now and not ahead(due, now, beat(row.pace, dozing=row.dozing))


def _after(row: WoodRow, now: datetime, every: timedelta) -> datetime:
    """The next time on the wood's beat that lies ahead: however many were missed, they have become this one turn."""
    due = row.next_turn or now
    return min(due, now + every) if due > now else due + every * ((now - due) // every + 1)
