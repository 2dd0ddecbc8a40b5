"""Computes turns away from the event loop: in a thread while there are few, in worker processes when there are many.

A thread fights the loop for the interpreter, which nobody notices with a handful of woods and every player does with
hundreds. A worker costs some 70 MB and seconds to start, so none is started before it is needed. Workers are spawned,
never forked, and leave the processor to the bot itself where there is too little of it.
"""

import asyncio
import logging
import multiprocessing
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar, cast

from bot.keeping.library import Edition
from bot.worker import settle_in
from wood.rules import Rules

log = logging.getLogger(__name__)

T = TypeVar("T")

BUSY: Final = 6
"""Computations at once from which on workers are worth what they cost."""
NICE: Final = 5
"""By how much a worker stands behind the bot where both want the same processor."""
RESTS: Final = 60.0
"""Seconds for which no worker is started again after one that died before it had done anything."""
_KEPT: Final = 64
"""Editions of the content that a worker holds ready."""


class TurnPool:
    """A bounded pool of processes that compute, each of which knows the content of the woods it has met.

    Args:
        workers: how many processes there may be; 0 computes in threads, however much there is.
    """

    def __init__(self, workers: int = 0) -> None:
        self._workers = workers
        self._under_way = 0
        self._executor: ProcessPoolExecutor | None = None
        # Two threads are no quicker than one, and the event loop has to wait for the interpreter behind each.
        self._here = asyncio.Lock()
        self._able = False
        self._rests_until = 0.0

    async def work(self, editions: Sequence[Edition], job: Callable[[Sequence[Rules]], T]) -> T:
        """Have something computed.

        Args:
            editions: the content that it is about.
            job: is given their rules in the same order; where there are workers it travels, and so does its result.

        Raises:
            Exception: what the job raises.
        """
        self._under_way += 1
        try:
            if (executor := self._workers_for()) is not None:
                try:
                    return await self._away(executor, editions, job)
                except BrokenProcessPool:
                    self._lose(executor)
            async with self._here:
                return await asyncio.to_thread(job, [edition.rules for edition in editions])
        finally:
            self._under_way -= 1

    def _workers_for(self) -> ProcessPoolExecutor | None:
        """The workers, started where there is enough to do for them and they may be."""
        many = self._workers and self._under_way >= BUSY
        if self._executor is None and many and time.monotonic() >= self._rests_until:
            spawn = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(self._workers, spawn, _settle_in)
        return self._executor

    def _lose(self, executor: ProcessPoolExecutor) -> None:
        """Let workers go that died; where they never did anything the next ones wait."""
        if executor is not self._executor:
            return  # another job that was under way in it came first
        if self._able:
            log.warning("a worker that computes turns died; what it was at is done here")
        else:
            log.error("No worker that computes turns can be started; for %.0f seconds all is computed here", RESTS)
            self._rests_until = time.monotonic() + RESTS
        self._executor, self._able = None, False

    async def _away(
        self, executor: ProcessPoolExecutor, editions: Sequence[Edition], job: Callable[[Sequence[Rules]], T]
    ) -> T:
        run = partial(asyncio.get_running_loop().run_in_executor, executor)
        digests = [edition.digest for edition in editions]
        done = await run(_compute, digests, {}, job)
        if isinstance(done, _Lacking):
            # Content is large and mostly the same, so it travels once.
            done = await run(_compute, digests, {edition.digest: edition.rules for edition in editions}, job)
        self._able = True
        return cast("T", done)

    async def close(self) -> None:
        """Stop the workers. May be called more than once."""
        executor, self._executor = self._executor, None
        if executor is not None:
            await asyncio.to_thread(executor.shutdown, wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Lacking:
    """The answer of a worker that does not know some content yet."""


_known: dict[str, Rules] = {}


def _compute(digests: Sequence[str], given: Mapping[str, Rules], job: Callable[[Sequence[Rules]], T]) -> T | _Lacking:
    """Do a job in a worker."""
    _known.update(given)
    if any(digest not in _known for digest in digests):
        return _Lacking()
    rules = [_known[digest] for digest in digests]
    while len(_known) > _KEPT:
        del _known[next(iter(_known))]
    return job(rules)


def _settle_in() -> None:
    settle_in()
    if hasattr(os, "nice"):
        os.nice(NICE)
