"""Many seeds under many minds: rules on all cores, models with many woods at once, so that calls come in batches."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import closing, nullcontext
from functools import partial
from itertools import product
from typing import Final, Protocol, TypeVar

from bot.keeping.minds import Minds
from bot.lab.engines import Awake
from bot.lab.replies import Replies, Writer
from bot.lab.workers import cores, spread
from data.content import default_rules
from inference.answering import InstantMind
from inference.council import DEADLINE, Council
from inference.protocol import Mind
from inference.roster import build
from wood.names import CREATURES

WOODS: Final = 16
"""Woods that a model thinks for at once, unless told otherwise."""
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
    workers: int | None = None,
    woods: int = WOODS,
    deadline: float = DEADLINE,
    replies: Replies | None = None,
    after_run: Callable[[], object] = lambda: None,
    tell: Callable[[str], object] = lambda words: None,
) -> dict[str, list[R]]:
    """Do a job with every seed under every mind; answers the results by mind, in the order of the seeds.

    Args:
        minds: by name, as :func:`inference.roster.build` makes them; those that are models are closed.
        seeds: what they play.
        job: what is done.
        workers: processes for rule-based minds; None for one a core, 1 works in this process.
        woods: woods that a model thinks for at once.
        deadline: seconds in which a model must have answered a turn.
        replies: where the calls to the minds are kept; None lets them go.
        after_run: is called after every seed, in this process.
        tell: is given words about an engine that is waited for.

    Raises:
        EngineError: an engine does not come up.
        OSError: the calls cannot be kept.
    """
    done: dict[str, dict[int, R]] = {name: {} for name in minds}
    rules = [name for name, mind in minds.items() if isinstance(mind, InstantMind)]
    work = partial(_work, job=job, replies=replies)
    with closing(spread(work, list(product(rules, seeds)), workers or cores())) as results:
        for (name, seed), result in results:
            done[name][seed] = result
            after_run()
    for name in (name for name in minds if name not in rules):

        def take(seed: int, result: R, into: dict[int, R] = done[name]) -> None:
            into[seed] = result
            after_run()

        asyncio.run(_think(name, minds[name], seeds, job, woods, deadline, replies, take, tell))
    return {name: [found[seed] for seed in seeds] for name, found in done.items()}


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
    woods: int,
    deadline: float,
    replies: Replies | None,
    take: Callable[[int, R], object],
    tell: Callable[[str], object],
) -> None:
    """Do all seeds under a model, so many woods at once that their calls come in big batches."""
    council = Council(dict.fromkeys(CREATURES, mind), default_rules(), deadline=deadline)
    awake = Awake(council, tell=tell)
    room = asyncio.Semaphore(woods)

    async def one(seed: int) -> None:
        async with room:
            with replies.writing(name, seed) if replies else nullcontext() as write:
                found = await job(awake, seed, write)
            take(seed, found)

    tasks: list[asyncio.Task[None]] = []
    try:
        await awake.wake()
        tasks = [asyncio.create_task(one(seed)) for seed in seeds]
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await council.close()
