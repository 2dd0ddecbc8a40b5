"""A study: every mind plays every seed in every scenario."""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from bot.keeping.minds import Minds
from bot.lab.across import across, journal
from bot.lab.effort import AT_EASE, Effort
from bot.lab.paper.measures import measured
from bot.lab.paper.runs import Run
from bot.lab.paper.settings import Setting
from bot.lab.replies import Writer
from bot.lab.simulate import play
from data.content import default_rules
from inference.roster import build


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
    effort: Effort = AT_EASE,
) -> tuple[Run, ...]:
    """Play a study; answers its runs by scenario, mind and seed, in the order of the study, whoever was done first.

    Args:
        study: what is played.
        effort: how it is worked.

    Raises:
        UnknownMindError: a mind that does not exist.
        UnusableMindError: a mind that lacks an option or a library.
        EngineError: an engine does not come up.
        ClusterError: the cluster cannot be used.
        OSError: results cannot be kept.
    """
    settings, resume = study.settings, effort.resume
    found = across(
        build(study.minds, effort.engines),
        study.seeds,
        partial(play_seed, settings=settings),
        effort=effort,
        kept=journal(resume, "paper", list[Outcome], plan=lambda _: settings, told=effort.told) if resume else None,
    )
    return tuple(
        Run(setting.name, mind, seed, outcome.turns, outcome.hash, outcome.values)
        for place, setting in enumerate(study.settings)
        for mind in study.minds
        for seed, outcomes in zip(study.seeds, found[mind], strict=True)
        for outcome in (outcomes[place],)
    )
