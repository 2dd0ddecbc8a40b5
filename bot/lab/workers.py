"""Work on all cores, on other machines, and on from where it was cut off: what every sweep is done by.

Processes end with this one, however it ends.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing, contextmanager
from typing import TypeVar

from bot.lab.journal import Journal
from bot.worker import settle_in

J = TypeVar("J")
R = TypeVar("R")


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    work: Callable[[J], R],
    jobs: Sequence[J],
    workers: int | None = None,
    *,
    kept: Journal[J, R] | None = None,
    ray: str | None = None,
) -> Generator[tuple[J, R]]:
    """Do every job and yield it with its result as it is done, in any order; close it where it is left early.

    Args:
        work: what is done; picklable, as are jobs and results. It must come to the same wherever it is done.
        jobs: what it is done to.
        workers: processes; None for one a core, 1 works in this one. Ray does not heed it.
        kept: where results are kept. Those that are there are yielded first and not found anew.
        ray: address of a running Ray cluster that does the work instead of this machine.

    Raises:
        ClusterError: the cluster cannot be used.
        OSError: results cannot be kept.
    """
    if kept is None:
        yield from _do(work, jobs, workers, ray)
        return
    found, missing = kept.recall(jobs)
    yield from found
    with closing(_do(work, missing, workers, ray)) as results:
        for job, result in results:
            yield job, kept.keep(job, result)


def _do(work: Callable[[J], R], jobs: Sequence[J], workers: int | None, ray: str | None) -> Generator[tuple[J, R]]:
    if ray is not None and jobs:
        from bot.lab.cluster import spread_over

        yield from spread_over(ray, work, jobs)
        return
    workers = min(workers or cores(), len(jobs))
    if workers <= 1:
        for job in jobs:
            yield job, work(job)
        return
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), settle_in)
    try:
        with _unheard_interrupts():
            waiting = {pool.submit(work, job): job for job in jobs}
        for done in as_completed(waiting):
            yield waiting.pop(done), done.result()  # whoever holds on to what is done holds on to all results
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
