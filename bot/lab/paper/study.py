"""A study: every mind plays every seed in every scenario."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bot.keeping.minds import Minds
from bot.lab.across import WOODS, across, journal
from bot.lab.paper.measures import measured
from bot.lab.paper.runs import Run
from bot.lab.paper.settings import Setting
from bot.lab.replies import Writer
from bot.lab.simulate import play
from data.content import default_rules
from inference.council import DEADLINE
from inference.roster import Engines, build


@dataclass(frozen=True, slots=True)
class Study:
    """What is asked of a study.

    Attributes:
        minds: their names; each once.
        seeds: the woods, common to all minds; at least one.
        settings: the scenarios, all of the same length.
        baseline: the mind that all others are compared with.
    """

    minds: tuple[str, ...]
    seeds: range
    settings: tuple[Setting, ...]
    baseline: str


class Outcome(NamedTuple):
    """What one seed showed in one scenario: plain values, so that it can be kept as JSON."""

    scenario: str
    turns: int
    hash: str
    values: dict[str, float | None]


async def play_seed(
    minds: Minds, seed: int, write: Writer | None = None, *, settings: tuple[Setting, ...]
) -> list[Outcome]:
    """Play one seed under one mind in every scenario."""
    rules = default_rules()
    found = []
    for setting in settings:
        label = f"seed-{seed}-{setting.name}"
        scenario = setting.scenario(rules, seed)
        played = await play(rules, scenario, seed, minds, keep_traces=False, hand_on=write, label=label, judged=True)
        found.append(Outcome(setting.name, len(played.turns), played.turns[-1].hash, measured(played)))
    return found


def conduct(
    study: Study,
    *,
    engines: Engines | None = None,
    workers: int | None = None,
    woods: int = WOODS,
    deadline: float = DEADLINE,
    resume: Path | None = None,
    ray: str | None = None,
    after_run: Callable[[], object] = lambda: None,
    tell: Callable[[str], object] = lambda words: None,
) -> tuple[Run, ...]:
    """Play a study; answers its runs by scenario, mind and seed, in the order of the study, whoever was done first.

    Args:
        study: what is played.
        engines: what the minds that are models are told.
        workers: processes for rule-based minds; None for one a core, 1 plays in this process.
        woods: woods that a model thinks for at once.
        deadline: seconds in which a model must have answered a turn.
        resume: folder that keeps what every seed showed: the same study goes on from there.
        ray: address of a Ray cluster that rule-based minds play on.
        after_run: is called after every seed of a mind, in this process.
        tell: is given words about an engine that is waited for.

    Raises:
        UnknownMindError: a mind that does not exist.
        UnusableMindError: a mind that lacks an option or a library.
        EngineError: an engine does not come up.
        ClusterError: the cluster cannot be used.
        OSError: results cannot be kept.
    """
    settings, told = study.settings, (engines, deadline)
    found = across(
        build(study.minds, engines),
        study.seeds,
        partial(play_seed, settings=settings),
        workers=workers,
        woods=woods,
        deadline=deadline,
        kept=journal(resume, "paper", list[Outcome], plan=lambda _: settings, told=told) if resume else None,
        ray=ray,
        after_run=after_run,
        tell=tell,
    )
    return tuple(
        Run(setting.name, mind, seed, outcome.turns, outcome.hash, outcome.values)
        for place, setting in enumerate(study.settings)
        for mind in study.minds
        for seed, outcomes in zip(study.seeds, found[mind], strict=True)
        for outcome in (outcomes[place],)
    )
