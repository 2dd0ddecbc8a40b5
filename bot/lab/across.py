"""Many seeds under many minds: rules on all cores, models with many woods at once, so that calls come in batches."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import closing, nullcontext
from functools import partial
from itertools import product
from pathlib import Path
from typing import Protocol, TypeVar

from bot.keeping.minds import Minds
from bot.lab.effort import AT_EASE, Effort
from bot.lab.engines import Awake
from bot.lab.journal import Journal, fingerprint
from bot.lab.replies import Replies, Writer
from bot.lab.workers import spread
from data.content import default_rules
from inference.answering import InstantMind
from inference.council import Council
from inference.protocol import Mind
from inference.roster import build, known
from wood.names import CREATURES

R_co = TypeVar("R_co", covariant=True)
R = TypeVar("R")


class Job(Protocol[R_co]):
    """What is done with one seed under one mind; picklable, as is what it answers."""

    def __call__(self, minds: Minds, seed: int, write: Writer | None) -> Awaitable[R_co]:
        """Do it; ``write`` is given every turn's calls where they are kept."""
        ...


def across(
    minds: Mapping[str, Mind],
    seeds: Sequence[int],
    job: Job[R],
    *,
    effort: Effort = AT_EASE,
    replies: Replies | None = None,
    kept: Journal[tuple[str, int], R] | None = None,
) -> dict[str, list[R]]:
    """Do a job with every seed under every mind; answers the results by mind, in the order of the seeds.

    Args:
        minds: by name, as :func:`inference.roster.build` makes them; those that are models are closed.
        seeds: what they play.
        job: what is done.
        effort: how it is worked; its engines have been built already, and where it resumes is ``kept``.
        replies: where the calls to the minds are kept; None lets them go.
        kept: where results are kept, as :func:`journal` makes it: those that are there are not found anew.

    Raises:
        EngineError: an engine does not come up.
        ClusterError: the cluster cannot be used.
        OSError: calls or results cannot be kept.
    """
    done: dict[str, dict[int, R]] = {name: {} for name in minds}
    rules = [name for name, mind in minds.items() if isinstance(mind, InstantMind)]
    work = partial(_work, job=job, replies=replies)
    with closing(spread(work, list(product(rules, seeds)), effort.workers, kept=kept, ray=effort.ray)) as results:
        for (name, seed), result in results:
            done[name][seed] = result
            effort.after_run()
    for name in (name for name in minds if name not in rules):
        missing: Sequence[tuple[str, int]] = [(name, seed) for seed in seeds]
        if kept is not None:
            old, missing = kept.recall(missing)
            for (_, seed), result in old:
                done[name][seed] = result
                effort.after_run()

        def take(seed: int, result: R, name: str = name) -> None:
            done[name][seed] = result if kept is None else kept.keep((name, seed), result)
            effort.after_run()

        left = [seed for _, seed in missing]
        asyncio.run(_think(name, minds[name], left, job, effort, replies, take))
    return {name: [found[seed] for seed in seeds] for name, found in done.items()}


def journal(
    folder: Path,
    what: str,
    result: type[R],
    *,
    plan: Callable[[int], object],
    told: object,
    replies: Replies | None = None,
) -> Journal[tuple[str, int], R]:
    """Where the results of seeds under minds are kept; see :class:`bot.lab.journal.Journal`.

    Args:
        folder: where they lie.
        what: what is done with a seed, in a word.
        result: the type of what it comes to.
        plan: what is played, by seed: plain values, dataclasses and models.
        told: what the minds that are models are told. Only a digest of it is written, since it may hold secrets.
        replies: where the calls to the minds are kept; a seed whose calls are gone is played again.
    """
    engine = fingerprint(told)

    def about(job: tuple[str, int]) -> object:
        mind, seed = job
        return {"mind": mind, "engine": None if mind in known() else engine, "seed": seed, "plan": plan(seed)}

    return Journal(folder, what, result, about, lambda job: replies is None or replies.has(*job))


def _work(one: tuple[str, int], job: Job[R], replies: Replies | None) -> R:
    """Do a seed under a rule-based mind; its prompts are only written where they are kept."""
    name, seed = one
    minds = dict.fromkeys(CREATURES, build([name])[name])
    council = Council(minds, default_rules(), render=replies is not None)
    with replies.writing(name, seed) if replies else nullcontext() as write:
        return asyncio.run(_awaited(job(council, seed, write)))


async def _awaited(result: Awaitable[R]) -> R:
    return await result


async def _think(
    name: str,
    mind: Mind,
    seeds: Sequence[int],
    job: Job[R],
    effort: Effort,
    replies: Replies | None,
    take: Callable[[int, R], object],
) -> None:
    """Do all seeds under a model, so many woods at once that their calls come in big batches."""
    council = Council(dict.fromkeys(CREATURES, mind), default_rules(), deadline=effort.deadline)
    awake = Awake(council, tell=effort.tell)
    room = asyncio.Semaphore(effort.woods)

    async def one(seed: int) -> None:
        async with room:
            with replies.writing(name, seed) if replies else nullcontext() as write:
                found = await job(awake, seed, write)
            take(seed, found)

    tasks: list[asyncio.Task[None]] = []
    try:
        if seeds:
            await awake.wake()
        tasks = [asyncio.create_task(one(seed)) for seed in seeds]
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await council.close()
