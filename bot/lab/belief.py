"""What rumors do, as a table: the cases of paired runs under each mind, and what is asked of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles
from typing import Any, Final

from bot.lab.across import across, journal
from bot.lab.effort import AT_EASE, Effort
from bot.lab.liveliness import Row
from bot.lab.paired import Case, Effect, effects
from inference.roster import build

SEEDS: Final = 10
"""Seeds that each mind plays unless told otherwise: with four points each, forty."""
_UNMOVED: Final = 0.05
"""Per cent under which a price counts as unmoved."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one case.

    Attributes:
        measure: what is measured.
        target: what is asked, in words.
        met: whether a figure is enough: a median in per cent, or a share.
        moves: whether it is a price's move; else the share of points that were changed.
    """

    measure: str
    target: str
    met: Callable[[float], bool]
    moves: bool = True


ASKED: Final[Mapping[Case, Asked]] = {
    Case.USUAL: Asked("one rumor, usual trust", "at least 5 %", lambda value: value >= 5),
    Case.HIGH: Asked("one rumor, high trust", "at least 12 %", lambda value: value >= 12),
    Case.LOW: Asked("one rumor, low trust", "at most 2 %", lambda value: abs(value) <= 2),
    Case.TENTH: Asked("its tenth repeat", "under 1 %", lambda value: abs(value) < 1),
    Case.WHISPER: Asked("a whisper", "changes its hearer's orders in 60 %", lambda value: value >= 0.6, moves=False),
    Case.CREATURE: Asked(
        "a rumor about a creature", "changes somebody's trade in 50 %", lambda value: value >= 0.5, moves=False
    ),
}


@dataclass(frozen=True, slots=True)
class Believed:
    """What rumors did under one mind."""

    points: int
    rows: tuple[Row, ...]

    def to_json(self) -> dict[str, Any]:
        """The table as plain JSON."""
        return {"points": self.points, "targets": [row.to_json() for row in self.rows]}


def believed(found: Sequence[Effect]) -> Believed:
    """The table of one mind.

    Raises:
        ValueError: a case has no points.
    """
    by_case = {case: [effect.value for effect in found if effect.case is case] for case in ASKED}
    if not all(by_case.values()):
        raise ValueError("a case without a point")
    return Believed(len(by_case[Case.USUAL]), tuple(_row(ASKED[case], values) for case, values in by_case.items()))


def _row(asked: Asked, values: Sequence[float]) -> Row:
    if not asked.moves:
        share = sum(values) / len(values)
        words = f"{100 * share:.0f} % ({sum(values):.0f} of {len(values)})"
        return Row(asked.measure, asked.target, share, asked.met(share), words)
    middle = median(values)
    low, _, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else (middle, middle, middle)
    still = sum(abs(value) < _UNMOVED for value in values)
    words = f"{middle:+.1f} % (half from {low:+.1f} to {high:+.1f}; {still} of {len(values)} unmoved)"
    return Row(asked.measure, asked.target, middle, asked.met(middle), words)


def listen(
    minds: Iterable[str],
    seeds: Sequence[int],
    *,
    effort: Effort = AT_EASE,
) -> dict[str, Believed]:
    """Measure under every mind what rumors do.

    Raises:
        UnknownMindError: a mind that does not exist.
        UnusableMindError: a mind that lacks an option or a library.
        EngineError: an engine does not come up.
        ClusterError: the cluster cannot be used.
        OSError: results cannot be kept.
    """
    first, resume = min(seeds), effort.resume
    found = across(
        build(minds, effort.engines),
        seeds,
        partial(effects, first=first),
        effort=effort,
        kept=journal(resume, "rumors", list[Effect], plan=lambda seed: seed - first, told=effort.told)
        if resume
        else None,
    )
    return {mind: believed([effect for each in runs for effect in each]) for mind, runs in found.items()}
