"""Plays many seeds under several minds on all cores, and measures each run."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing, contextmanager
from itertools import product

from bot.lab.liveliness import Row, rows
from bot.lab.sample import Sample, take_sample
from bot.lab.scenario import Scenario, reference
from bot.lab.simulate import log_of, play
from data.content import default_rules
from data.replay import replay
from inference.council import Council
from inference.roster import build, seat

Job = tuple[str, int]
"""A mind and a seed."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def year() -> Scenario:
    """What each seed plays: a whole year that begins with the reference run."""
    return reference(default_rules().year)


async def sample(mind: str, seed: int, scenario: Scenario) -> Sample:
    """Play one seed under one mind, then again from its log, and measure it. Nothing is rendered or kept."""
    rules = default_rules()
    council = Council(seat(mind), rules, render=False)
    try:
        played = await play(rules, scenario, seed, council, keep_traces=False)
    finally:
        await council.close()
    return take_sample(played, replayed=replay(log_of(played)).agrees)


def sweep(
    minds: Sequence[str],
    seeds: Sequence[int],
    *,
    workers: int | None = None,
    scenario: Scenario | None = None,
    after_run: Callable[[], object] = lambda: None,
) -> dict[str, list[Row]]:
    """Measure every mind over every seed.

    Args:
        minds: their names; each once.
        seeds: at least one.
        workers: processes; None for one a core, 1 plays in this process.
        scenario: what each seed plays; None for a year that begins with the reference run.
        after_run: is called after every run, in this process.

    Raises:
        UnknownMindError: a mind that does not exist.
        ValueError: no seeds.
    """
    build(minds)  # an unknown name must fail here, not in a worker
    scenario = scenario or year()
    jobs = list(product(dict.fromkeys(minds), seeds))
    found: dict[Job, Sample] = {}
    with closing(_run(jobs, scenario, min(workers or cores(), len(jobs)))) as results:
        for job, result in results:
            found[job] = result
            after_run()
    return {mind: rows([found[mind, seed] for seed in seeds], mind) for mind in dict.fromkeys(minds)}


def _run(jobs: Sequence[Job], scenario: Scenario, workers: int) -> Generator[tuple[Job, Sample]]:
    """Yield each job's sample as it is done, in any order."""
    if workers <= 1:
        for job in jobs:
            yield job, _work(job, scenario)
        return
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _settle_in)
    try:
        with _unheard_interrupts():
            waiting = {pool.submit(_work, job, scenario): job for job in jobs}
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


def _work(job: Job, scenario: Scenario) -> Sample:
    return asyncio.run(sample(*job, scenario))


def _settle_in() -> None:
    """Make a worker leave Ctrl+C to its parent, and end when the parent is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def outlive() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)  # a killed parent cannot tell its workers, which would wait for work for ever

    threading.Thread(target=outlive, name="parent-watch", daemon=True).start()
