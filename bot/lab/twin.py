"""What was told did: a run beside its twin, which has the same seed and minds and does without legends or rumors.

A price's whole way from its twin's is the product of two factors. The decreed one is what settlement put on it as a
fact: the product of all decrees on the good so far, over that of the twin's where it has legends too. The
rest is the minds' own: what they, and habit and drift after them, made of the telling on top of that. Both are given as
geometric means over the turns, as GD is, so that ``1 + gd = (1 + decreed) * (1 + own)``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import exp, log
from typing import Any, Final

from bot.keeping.minds import Minds
from bot.lab.scenario import ScenarioError, Without
from bot.lab.simulate import Played, play
from wood.chronicle import EventKind, Turn
from wood.measures import (
    amplitude,
    geometric_absolute_deviation,
    geometric_deviation,
    prices,
    relative_absolute_deviation,
    relative_deviation,
)
from wood.names import GOODS, Good
from wood.trace import Trace


@dataclass(frozen=True, slots=True)
class Apart:
    """How far one good's price went from its twin, from the first telling on; see :mod:`wood.measures`.

    Attributes:
        good: which.
        rd: relative deviation, with the sign of over- or underpricing.
        rad: relative absolute deviation.
        gd: geometric deviation.
        gad: geometric absolute deviation.
        decreed: the part of GD that was decreed.
        own: the part of GD that was not.
        amplitude: price amplitude of the run over the same turns.
        twin_amplitude: that of the twin.
    """

    good: Good
    rd: float
    rad: float
    gd: float
    gad: float
    decreed: float
    own: float
    amplitude: float
    twin_amplitude: float

    def to_json(self) -> dict[str, Any]:
        """The figures as plain JSON values, without the good."""
        return {name: round(getattr(self, name), 4) for name in (*_FACTORS, *_MEANS)}


NOTHING: Final = {
    Without.LEGEND: "A twin needs something to leave out: tell a legend or let a shock strike.",
    Without.RUMORS: "A twin needs something to leave out: spread a rumor.",
    Without.ALL: "A twin needs something to leave out: tell a legend, let a shock strike or spread a rumor.",
}
"""What to say where a run has nothing that its twin could do without."""
_FACTORS: Final = ("gd", "gad", "decreed", "own")
"""Figures that are factors less 1, and are averaged as such."""
_MEANS: Final = ("rd", "rad", "amplitude", "twin_amplitude")


async def play_twin(
    played: Played,
    minds: Minds,
    *,
    without: Without = Without.LEGEND,
    until: int | None = None,
    hand_on: Callable[[list[Trace]], object] | None = None,
    after_turn: Callable[[], object] = lambda: None,
) -> Played:
    """Play the twin of a run, ``until`` a turn or to its end.

    Args:
        played: the run.
        minds: who decides.
        without: what the twin does without.
        until: its last turn; None for the run's last.
        hand_on: is given every turn's calls, in the name of the run's seed and ``-twin``.
        after_turn: is called after every turn.
    """
    scenario = played.scenario.without(without)
    return await play(
        played.rules,
        scenario if until is None else replace(scenario, turns=min(until, scenario.turns)),
        played.seed,
        minds,
        keep_traces=False,
        hand_on=hand_on,
        label=f"seed-{played.seed}-twin",
        after_turn=after_turn,
    )


def compare(
    played: Played, twin: Played, *, without: Without = Without.LEGEND, until: int | None = None
) -> tuple[Apart, ...]:
    """Compare a run's reference prices with its twin's, a good each, from the first turn on that differs.

    The series begin with the last prices before it, which both have in common.

    Args:
        played: the run.
        twin: its twin, at least as long.
        without: what the twin does without.
        until: the last turn that is compared; None for the run's last.

    Raises:
        ScenarioError: the run has nothing by then that its twin could do without.
    """
    first, last = played.scenario.first(without), until or len(played.turns)
    if first is None or first > last:
        raise ScenarioError(NOTHING[without])
    start = {good: rule.start for good, rule in played.rules.goods.items()}
    course, other = prices(played.turns, start), prices(twin.turns, start)
    compared = slice(first - 1, last + 1)
    return tuple(
        _apart(
            good, course[good][compared], other[good][compared], _decreed(played, twin, good, slice(first - 1, last))
        )
        for good in GOODS
    )


def average(runs: Sequence[Sequence[Apart]]) -> tuple[Apart, ...]:
    """The mean of several runs' comparisons, good by good: geometric for factors, arithmetic for the rest.

    Raises:
        ValueError: there are none.
    """
    if not runs:
        raise ValueError("no runs to average")
    return tuple(_average(each) for each in zip(*runs, strict=True))


def _average(same: Sequence[Apart]) -> Apart:
    factors = {name: exp(sum(log(1 + getattr(each, name)) for each in same) / len(same)) - 1 for name in _FACTORS}
    means = {name: sum(getattr(each, name) for each in same) / len(same) for name in _MEANS}
    return Apart(good=same[0].good, **factors, **means)


def _decreed(played: Played, twin: Played, good: Good, compared: slice) -> list[float]:
    """What decrees did to a good in a run and not in its twin, turn by turn."""
    courses = (_decrees(run.turns[compared], good) for run in (played, twin))
    return [ours / its for ours, its in zip(*courses, strict=True)]


def _decrees(turns: Sequence[Turn], good: Good) -> list[float]:
    """The product of all decrees on a good so far, turn by turn."""
    factor = 1.0
    course = []
    for turn in turns:
        for event in turn.events:
            if event.kind is EventKind.DECREE and event.data is not None and event.data["good"] == good:
                factor *= event.data["after"] / event.data["before"]
        course.append(factor)
    return course


def _apart(good: Good, course: list[int], twin: list[int], decrees: list[float]) -> Apart:
    # The amplitude is measured against the common price before the telling; the deviations only after it.
    after, twin_after = course[1:], twin[1:]
    gd = geometric_deviation(after, twin_after)
    decreed = exp(sum(map(log, decrees)) / len(decrees)) - 1
    return Apart(
        good=good,
        rd=relative_deviation(after, twin_after),
        rad=relative_absolute_deviation(after, twin_after),
        gd=gd,
        gad=geometric_absolute_deviation(after, twin_after),
        decreed=decreed,
        own=(1 + gd) / (1 + decreed) - 1,
        amplitude=amplitude(course),
        twin_amplitude=amplitude(twin),
    )
