"""What a living economy shows, as data: the measures in their order, and what each asks for."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from bot.lab.sample import AFTER_RUN, OPENING, PLENTY, Sample
from bot.lab.scenario import REFERENCE_TURNS
from inference import instinct, silent
from wood.mood import FLOOR as MOOD_FLOOR
from wood.names import CENTS, CREATURES, GOODS

LEAST_TRADES: Final = 3
HONEY_FALL: Final = 0.5
FIREWOOD_RISE: Final = 1.5
GAP_RISE: Final = 0.1
MOST_WINS: Final = 0.5
SILENCE: Final = 1
MOST_IN_A_PURSE: Final = 0.6
BY_MINDS: Final = 0.5
GOOD_MOOD: Final = 60
OPENING_MOVE: Final = 0.25
MOST_AT_FLOOR: Final = 0.05
LEAST_OF_MOODS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of a sweep: what was asked for, what was found, and that in words."""

    measure: str
    target: str
    value: float
    met: bool
    found: str

    def to_json(self) -> dict[str, Any]:
        """The row as a plain JSON object."""
        return {"measure": self.measure, "target": self.target, "value": round(self.value, 4), "met": self.met}


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table.

    Attributes:
        name: what is measured.
        target: what is asked of a sweep, in words.
        value: the figure of a sweep; the samples are never none.
        met: whether that figure is enough.
        told: one run's figure, in words.
        kept: whether one run alone keeps to it; None where that cannot be said of one run.
        share: whether the figure is a share and reads best in per cent.
        only: the one mind that is held to it; None holds all.
        spared: minds that are not held to it.
        year: whether it speaks of whole years, and shorter runs are not held to it.
        detail: more about a sweep, in words.
    """

    name: str
    target: str
    value: Callable[[Sequence[Sample]], float]
    met: Callable[[float], bool]
    told: Callable[[Sample], str]
    kept: Callable[[Sample], bool | None]
    share: bool = True
    only: str | None = None
    spared: frozenset[str] = frozenset()
    year: bool = False
    detail: Callable[[Sequence[Sample]], str] = lambda samples: ""

    def row(self, samples: Sequence[Sample], mind: str) -> Row:
        """The line for one mind's runs."""
        value = self.value(samples)
        found = _part(value) if self.share else f"{value:g}"
        if detail := self.detail(samples):
            found = f"{found} ({detail})"
        spared = mind in self.spared or self.only not in (None, mind)
        if spared or (self.year and not all(sample.year for sample in samples)):
            return Row(self.name, "shown only", value, True, found)
        return Row(self.name, self.target, value, self.met(value), found)


def _in_runs(
    name: str,
    what: str,
    least: float,
    kept: Callable[[Sample], bool | None],
    told: Callable[[Sample], str],
    *,
    year: bool = False,
    detail: Callable[[Sequence[Sample]], str] = lambda samples: "",
) -> Measure:
    """A measure whose figure is the share of runs that keep to it, or of which it cannot be said."""
    runs = "every run" if least == 1 else f"{100 * least:.0f} % of runs"
    return Measure(
        name,
        f"{what} in {runs}",
        value=lambda samples: sum(kept(sample) is not False for sample in samples) / len(samples),
        met=lambda value: value >= least,
        told=told,
        kept=kept,
        year=year,
        detail=detail,
    )


def _change(before: float, after: float, form: str) -> str:
    return f"{before:{form}} to {after:{form}}"


def _move(pair: tuple[int, int]) -> str:
    before, after = pair
    return f"{_change(before / CENTS, after / CENTS, '.2f')} ({100 * (after - before) / before:+.0f} %)"


def _wins(samples: Sequence[Sample]) -> str:
    wins = Counter(sample.richest for sample in samples)
    return ", ".join(f"{who} {wins[who]}" for who in sorted(CREATURES, key=lambda who: -wins[who]) if wins[who])


def _purses(sample: Sample) -> str:
    return "no summer in it" if sample.summer_purse is None else f"{100 * sample.summer_purse:.0f} % at most"


def _part(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".0 %", " %")


def _calm_opening(sample: Sample) -> bool | None:
    return max(map(abs, sample.opening)) <= OPENING_MOVE if sample.opening else None


def _openings(samples: Sequence[Sample]) -> str:
    """The median move of each good."""
    moves = zip(*(sample.opening for sample in samples if sample.opening), strict=True)
    return ", ".join(f"{good} {100 * median(move):+.0f} %" for good, move in zip(GOODS, moves, strict=False))


def _at_floor(samples: Sequence[Sample]) -> list[float]:
    """The share of turns that each good's price lay at its floor."""
    turns = sum(sample.length for sample in samples)
    return [sum(at) / turns for at in zip(*(sample.floored for sample in samples), strict=True)]


def _floors(samples: Sequence[Sample]) -> str:
    return ", ".join(f"{good} {_part(at)}" for good, at in zip(GOODS, _at_floor(samples), strict=True) if at)


def _moods(samples: Sequence[Sample]) -> tuple[float, float]:
    """The shares of creature-turns that are low or worse, and merry."""
    turns = len(CREATURES) * sum(sample.length for sample in samples)
    return sum(sum(sample.low) for sample in samples) / turns, sum(sum(sample.merry) for sample in samples) / turns


def _range(samples: Sequence[Sample]) -> str:
    low, merry = _moods(samples)
    return f"low {_part(low)}, merry {_part(merry)}"


def _both(sample: Sample) -> bool:
    return all(sample.low) and all(sample.merry)


def _lacking(samples: Sequence[Sample]) -> str:
    """Who was never low, and who never merry, in how many runs."""
    lacks = {
        mood: {who: n for at, who in enumerate(CREATURES) if (n := sum(not found[at] for found in runs))}
        for mood, runs in (("low", [s.low for s in samples]), ("merry", [s.merry for s in samples]))
    }
    return "; ".join(
        f"never {mood} " + ", ".join(f"{who} {n}" for who, n in found.items()) for mood, found in lacks.items() if found
    )


def _recovered(sample: Sample) -> bool:
    return sample.mood_after_plenty is None or sample.mood_after_plenty >= GOOD_MOOD * CENTS


def _recovery(sample: Sample) -> str:
    lowest = sample.mood_after_plenty
    return "nobody had plenty for so long" if lowest is None else f"{lowest / CENTS:.0f} at the lowest"


MEASURES: Final[tuple[Measure, ...]] = (
    Measure(
        "valid actions",
        "every call",
        value=lambda samples: sum(s.valid for s in samples) / max(1, sum(s.calls for s in samples)),
        met=lambda value: value == 1,
        told=lambda s: f"{s.valid:,} of {s.calls:,}",
        kept=lambda s: s.valid == s.calls,
        spared=frozenset({silent.NAME}),
        detail=lambda samples: "" if any(s.calls for s in samples) else "no calls",
    ),
    Measure(
        "role violations (buying its own product)",
        "none",
        value=lambda samples: sum(s.violations for s in samples),
        met=lambda value: value == 0,
        told=lambda s: str(s.violations or "none"),
        kept=lambda s: s.violations == 0,
        share=False,
    ),
    _in_runs(
        "trades a turn",
        f"at least {LEAST_TRADES} in each of the first {REFERENCE_TURNS} turns",
        0.95,
        kept=lambda s: min(s.trades) >= LEAST_TRADES,
        told=lambda s: f"{min(s.trades)} to {max(s.trades)}",
    ),
    _in_runs(
        "honey after the run",
        f"falls by half or more within {AFTER_RUN} turns",
        0.95,
        kept=lambda s: s.honey[1] <= HONEY_FALL * s.honey[0],
        told=lambda s: _move(s.honey),
    ),
    _in_runs(
        f"firewood, turn {REFERENCE_TURNS} against the start",
        "rises by half or more",
        0.95,
        kept=lambda s: s.firewood[1] >= FIREWOOD_RISE * s.firewood[0],
        told=lambda s: _move(s.firewood),
    ),
    _in_runs(
        "wealth gap (Gini)",
        f"widens by {GAP_RISE} or more by turn {REFERENCE_TURNS}",
        0.9,
        kept=lambda s: s.gaps[1] - s.gaps[0] >= GAP_RISE,
        told=lambda s: _change(*s.gaps, ".2f"),
    ),
    Measure(
        "who ends richest",
        "over a year no creature wins more than half of the runs",
        value=lambda samples: max(Counter(s.richest for s in samples).values()) / len(samples),
        met=lambda value: value <= MOST_WINS,
        told=lambda s: f"{s.richest_early} at turn {REFERENCE_TURNS}, {s.richest} by the mean of all turns",
        kept=lambda s: None,
        year=True,
        detail=_wins,
    ),
    _in_runs(
        "a whole year: trade",
        "never silent for two turns in a row",
        0.95,
        kept=lambda s: s.silence <= SILENCE,
        told=lambda s: f"silent for {s.silence} in a row at most" if s.silence else "never silent",
        year=True,
    ),
    Measure(
        "a whole year: purses",
        f"never over {100 * MOST_IN_A_PURSE:.0f} % of the pebbles in one purse in summer",
        value=lambda samples: max((s.summer_purse or 0.0) for s in samples),
        met=lambda value: value <= MOST_IN_A_PURSE,
        told=_purses,
        kept=lambda s: None if s.summer_purse is None else s.summer_purse <= MOST_IN_A_PURSE,
        year=True,
    ),
    Measure(
        "minds or habits",
        f"at least {100 * BY_MINDS:.0f} % of trades with a mind's own order on both sides",
        value=lambda samples: sum(s.mind_share for s in samples) / len(samples),
        met=lambda value: value >= BY_MINDS,
        told=lambda s: f"{100 * s.mind_share:.0f} % by minds on both sides",
        kept=lambda s: s.mind_share >= BY_MINDS,
        only=instinct.NAME,
    ),
    Measure(
        "mood: floor",
        f"never under {MOOD_FLOOR // CENTS}",
        value=lambda samples: min(s.lowest_mood for s in samples) / CENTS,
        met=lambda value: value >= MOOD_FLOOR / CENTS,
        told=lambda s: f"{s.lowest_mood / CENTS:.0f} at the lowest",
        kept=lambda s: s.lowest_mood >= MOOD_FLOOR,
        share=False,
    ),
    _in_runs(
        "mood: recovery",
        f"{GOOD_MOOD} or more after {PLENTY} turns of plenty",
        1,
        kept=_recovered,
        told=_recovery,
    ),
    _in_runs(
        "opening without a shock",
        f"no price over {100 * OPENING_MOVE:.0f} % from its start after {OPENING} turns",
        0.95,
        kept=_calm_opening,
        told=lambda s: _openings([s]) or "not played",
        detail=_openings,
    ),
    Measure(
        "prices at their floor",
        f"at most {100 * MOST_AT_FLOOR:.0f} % of a year's turns for any good",
        value=lambda samples: max(_at_floor(samples)),
        met=lambda value: value <= MOST_AT_FLOOR,
        told=lambda s: _floors([s]) or "never",
        kept=lambda s: max(_at_floor([s])) <= MOST_AT_FLOOR,
        year=True,
        detail=_floors,
    ),
    Measure(
        "mood: range",
        f"over a year {100 * LEAST_OF_MOODS:.0f} % of moods low or worse and as many merry",
        value=lambda samples: min(_moods(samples)),
        met=lambda value: value >= LEAST_OF_MOODS,
        told=lambda s: _range([s]),
        kept=lambda s: min(_moods([s])) >= LEAST_OF_MOODS,
        year=True,
        detail=_range,
    ),
    _in_runs(
        "mood: everybody's",
        "every creature was low and was merry in its year",
        0.95,
        kept=_both,
        told=lambda s: _lacking([s]) or "each had both",
        year=True,
        detail=_lacking,
    ),
    _in_runs("conservation", "exact", 1, kept=lambda s: s.balanced, told=lambda s: _exact(s.balanced)),
    _in_runs("replay", "exact", 1, kept=lambda s: s.replayed, told=lambda s: _exact(s.replayed)),
)


def _exact(kept: bool) -> str:
    return "exact" if kept else "broken"


def rows(samples: Sequence[Sample], mind: str) -> list[Row]:
    """The whole table of one mind's runs.

    Raises:
        ValueError: there are none.
    """
    if not samples:
        raise ValueError("no runs to measure")
    return [measure.row(samples, mind) for measure in MEASURES]


def verdict(kept: bool | None) -> str:
    """Whether a run keeps to a measure, as a word."""
    return "–" if kept is None else "yes" if kept else "no"
