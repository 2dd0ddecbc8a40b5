"""Are all ways to play worth playing: mixes and paired tables under every mind, and what is asked of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Any, Final, NamedTuple

from bot.keeping.minds import Minds
from bot.lab.across import across, journal
from bot.lab.effort import AT_EASE, Effort
from bot.lab.liveliness import Row
from bot.lab.patrons.mixes import SEATS, Design, Mix, lay_out
from bot.lab.patrons.play import Lived, year
from bot.lab.patrons.questions import ARMS, QUESTIONS
from bot.lab.patrons.roster import STRATEGIES, seated
from bot.lab.patrons.score import Score, scores
from bot.lab.replies import Writer
from data.content import default_rules
from inference.roster import build

SEEDS: Final = 200
MIXES: Final = 2
"""Mixes that each seed plays under each mind, unless told otherwise."""
PAIRED: Final = 40
"""Seeds on which the paired tables are played, unless told otherwise."""
ROUGHLY: Final = 2
"""Continuations for the claims of paired tables, in which nobody is paid by a chance."""
MOST_WON: Final = 0.4
IDLE: Final = "idle"


@dataclass(frozen=True, slots=True)
class Plan:
    """What each seed plays: which mixes, and whether the paired tables."""

    mixes: Mapping[int, tuple[Mix, ...]]
    paired: frozenset[int] = frozenset()
    arms: tuple[str, ...] = tuple(ARMS)

    def of(self, seed: int) -> tuple[tuple[Mix, ...], tuple[str, ...]]:
        """The mixes and the paired tables of one seed."""
        return self.mixes.get(seed, ()), self.arms if seed in self.paired else ()


class Played(NamedTuple):
    """What one seed under one mind showed: patrons of its mixes, and those of its paired tables by name."""

    mixes: tuple[Lived, ...]
    arms: Mapping[str, tuple[Lived, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """What one mind showed.

    Attributes:
        scores: by strategy, the best ranked first.
        rows: what is asked of them.
        years: of mixes.
        paired: seeds of the paired tables.
    """

    scores: tuple[Score, ...]
    rows: tuple[Row, ...]
    years: int
    paired: int = 0

    def to_json(self) -> dict[str, Any]:
        """The tables as plain JSON."""
        return {
            "years": self.years,
            "paired_seeds": self.paired,
            "strategies": [score.to_json() for score in self.scores],
            "targets": [row.to_json() for row in self.rows],
        }


@dataclass(frozen=True, slots=True)
class Balance:
    """What was played and what came of it, by mind."""

    design: Design
    minds: Mapping[str, Found] = field(default_factory=dict)

    @property
    def met(self) -> bool:
        """Whether every target is met under every mind."""
        return all(row.met for found in self.minds.values() for row in found.rows)

    def to_json(self) -> dict[str, Any]:
        """All of it as plain JSON."""
        return {
            "design": {
                "strategies": list(self.design.names),
                "seats": SEATS,
                "seeds": len(self.design.mixes),
                "years": self.design.years,
                "years_each": self.design.each,
                "mixes": self.design.different,
            },
            "minds": {mind: found.to_json() for mind, found in self.minds.items()},
        }


async def play(minds: Minds, seed: int, write: Writer | None = None, *, plan: Plan) -> Played:
    """Play one seed's mixes and, where it is one of theirs, the paired tables; calls are not kept."""
    rules = default_rules()
    mixes: list[Lived] = []
    dealt, names = plan.of(seed)
    for mix in dealt:
        mixes += await year(rules, minds, seed, seated(mix))
    arms = {name: tuple(await year(rules, minds, seed, ARMS[name], ROUGHLY)) for name in names}
    return Played(tuple(mixes), arms)


def measure(
    minds: Iterable[str],
    seeds: Sequence[int],
    *,
    each: int | None = MIXES,
    paired: int = PAIRED,
    effort: Effort = AT_EASE,
) -> Balance:
    """Play patrons against each other under every mind.

    Args:
        minds: their names; each once.
        seeds: at least one.
        each: how many mixes each seed plays; None for all of them.
        paired: on how many seeds, the first ones, the paired tables are played.
        effort: how it is worked.

    Raises:
        UnknownMindError: a mind that does not exist.
        UnusableMindError: a mind that lacks an option or a library.
        EngineError: an engine does not come up.
        ClusterError: the cluster cannot be used.
        OSError: results cannot be kept.
    """
    design = lay_out(tuple(STRATEGIES), seeds, each)
    plan, resume = Plan(design.mixes, frozenset(seeds[:paired])), effort.resume
    found = across(
        build(minds, effort.engines),
        seeds,
        partial(play, plan=plan),
        effort=effort,
        kept=journal(resume, "patrons", Played, plan=plan.of, told=effort.told) if resume else None,
    )
    return Balance(design, {mind: gather(runs) for mind, runs in found.items()})


def gather(runs: Sequence[Played]) -> Found:
    """Put one mind's runs together."""
    lived = [one for run in runs for one in run.mixes]
    table = tuple(scores(lived))
    rows = [most_won(table), idle_below(table)] if table else []
    paired = [run.arms for run in runs if run.arms]
    if paired:
        arms = {name: [each[name] for each in paired] for name in paired[0]}
        rows += [question.row(arms) for question in QUESTIONS if set(question.arms) <= arms.keys()]
    return Found(table, tuple(rows), round(sum(one.won for one in lived)), len(paired))


def most_won(table: Sequence[Score]) -> Row:
    """No way to play wins too often."""
    best = max(table, key=lambda score: score.won.value)
    words = f"{best.name} {100 * best.won.value:.0f} % ({100 * best.won.low:.0f} to {100 * best.won.high:.0f})"
    return Row(
        "who wins",
        f"none more than {100 * MOST_WON:.0f} % of the years it plays",
        best.won.value,
        best.won.value <= MOST_WON,
        words,
    )


def idle_below(table: Sequence[Score]) -> Row:
    """To do nothing is no way to win: its mean rank is not better than that of most."""
    ranks = {score.name: score.rank.value for score in table}
    middle = median(ranks.values())
    idle = ranks.get(IDLE, middle)
    return Row("idle", "never above the median", idle, idle >= middle, f"rank {idle:.2f}, the median {middle:.2f}")
