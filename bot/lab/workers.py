"""Work on all cores: processes that end with this one, however it ends."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from typing import TypeVar

from bot.worker import settle_in

J = TypeVar("J")
R = TypeVar("R")


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[J], R], jobs: Sequence[J], workers: int) -> Generator[tuple[J, R]]:
    """Do every job and yield it with its result as it is done, in any order.

    Args:
        work: what is done; picklable, as are jobs and results.
        jobs: what it is done to.
        workers: processes; 1 works in this one.
    """
    workers = min(workers, len(jobs))
    if workers <= 1:
        for job in jobs:
            yield job, work(job)
        return
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), settle_in)
    try:
        with _unheard_interrupts():
            waiting = {pool.submit(work, job): job for job in jobs}
        for done in as_completed(waiting):
            yield waiting[done], done.result()
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _unheard_interrupts() -> Iterator[None]:
    """Hold Ctrl+C back while workers start: they inherit that, so it never meets them, not even in their imports."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
