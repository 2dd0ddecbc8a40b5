"""What a legend did because it was told: a run beside its twin, the same seed and minds without any telling."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.keeping.minds import Minds
from bot.lab.scenario import ScenarioError
from bot.lab.simulate import Played, play
from wood.measures import (
    amplitude,
    geometric_absolute_deviation,
    geometric_deviation,
    prices,
    relative_absolute_deviation,
    relative_deviation,
)
from wood.names import GOODS, Good


@dataclass(frozen=True, slots=True)
class Apart:
    """How far one good's price went from its twin, from the first telling on; see :mod:`wood.measures`.

    Attributes:
        good: which.
        rd: relative deviation, with the sign of over- or underpricing.
        rad: relative absolute deviation.
        gd: geometric deviation.
        gad: geometric absolute deviation.
        amplitude: price amplitude of the run over the same turns.
        twin_amplitude: that of the twin.
    """

    good: Good
    rd: float
    rad: float
    gd: float
    gad: float
    amplitude: float
    twin_amplitude: float

    def to_json(self) -> dict[str, Any]:
        """The figures as plain JSON values, without the good."""
        figures = {name: getattr(self, name) for name in ("rd", "rad", "gd", "gad", "amplitude", "twin_amplitude")}
        return {name: round(value, 4) for name, value in figures.items()}


async def play_twin(played: Played, minds: Minds, *, after_turn: Callable[[], object] = lambda: None) -> Played:
    """Play the twin of a run: the same without legends and plain shocks."""
    return await play(
        played.rules,
        played.scenario.without_tellings(),
        played.seed,
        minds,
        keep_traces=False,
        after_turn=after_turn,
    )


def compare(played: Played, twin: Played) -> tuple[Apart, ...]:
    """Compare a run's reference prices with its twin's, a good each, from the turn of the first telling on.

    The series begin with the last prices before the telling, which both have in common.

    Raises:
        ScenarioError: nothing was told in the run.
    """
    first = played.scenario.first_telling
    if first is None:
        raise ScenarioError("A twin needs something to leave out: tell a legend or a shock.")
    start = {good: rule.start for good, rule in played.rules.goods.items()}
    course, other = prices(played.turns, start), prices(twin.turns, start)
    return tuple(_apart(good, course[good][first - 1 :], other[good][first - 1 :]) for good in GOODS)


def _apart(good: Good, course: list[int], twin: list[int]) -> Apart:
    # The amplitude is measured against the common price before the telling; the deviations only after it.
    after, twin_after = course[1:], twin[1:]
    return Apart(
        good=good,
        rd=relative_deviation(after, twin_after),
        rad=relative_absolute_deviation(after, twin_after),
        gd=geometric_deviation(after, twin_after),
        gad=geometric_absolute_deviation(after, twin_after),
        amplitude=amplitude(course),
        twin_amplitude=amplitude(twin),
    )
