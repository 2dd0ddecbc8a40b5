"""A legend on trial: what it does to its good's price, under every rule-based mind and in every season.

Woods of fixed seeds go on from the midst of each season with the legend and without, and what differs is its doing. The
same content and legend give the same figures. No kept wood is looked at, so nothing of one can be read from them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import quantiles
from typing import Final, NamedTuple

from data.tale_schema import LAST
from inference.council import Council
from inference.roster import known, seat
from wood.founding import found_world
from wood.moves import TellLegend
from wood.names import Creature, Good
from wood.observe import observe
from wood.orders import Decision
from wood.rules import Legend, Rules
from wood.twin import live_on
from wood.wagers import change
from wood.world import World

SPAN: Final = LAST
"""Turns that a legend is followed for, that in which it is told included."""
LEAST: Final = 300
"""Hundredths of a per cent by which it must move its good at its last decree, in the median under every mind."""
SEEDS: Final = (11, 12)
POINTS: Final = (8, 23, 38, 53)
"""Turns of a year, each in the midst of a season."""
_HELD: Final = 8
"""Minds' woods that are held ready: those of two contents."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a legend did under one mind: by turns, the median and the 10th and 90th percentile.

    All are hundredths of a per cent of the price without it.
    """

    mind: str
    low: tuple[int, ...]
    middle: tuple[int, ...]
    high: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a legend does to its good's price.

    Attributes:
        good: which.
        direction: where it is meant to go, 1 up or -1 down.
        end: the turn from the telling on, 1 for that of the telling, in which its last decree lands.
        minds: by mind.
    """

    good: Good
    direction: int
    end: int
    minds: tuple[Tried, ...]

    @property
    def moves(self) -> bool:
        """Whether it moves its good as it is meant to, whatever mind the creatures have."""
        return all(each.middle[self.end - 1] * self.direction >= LEAST for each in self.minds)

    @property
    def least(self) -> int:
        """The median at the end under the mind with which it does least, hundredths of a per cent."""
        return min((each.middle[self.end - 1] for each in self.minds), key=lambda move: move * self.direction)

    @property
    def most(self) -> int:
        """The same under the mind with which it does most."""
        return max((each.middle[self.end - 1] for each in self.minds), key=lambda move: move * self.direction)


class _Start(NamedTuple):
    """A wood in the midst of a season, and what each good costs under a mind in the turns after, without a legend."""

    seed: int
    world: World
    prices: tuple[Mapping[Good, int], ...]


_starts: Final[dict[tuple[str, str], tuple[_Start, ...]]] = {}
"""What was played before without a legend, by content and mind; lost with the process, and no matter."""


def tried(rules: Rules, digest: str, legend: Legend) -> Trial:
    """Try a legend. Takes a second or two, the first time of a content some more.

    Args:
        rules: the content of a wood, without the legend.
        digest: of that content.
        legend: not among its legends.
    """
    grown = replace(rules, legends={**rules.legends, legend.slug: legend})
    minds = tuple(_under(mind, rules, digest, grown, legend) for mind in known())
    return Trial(legend.good, legend.direction, _end(legend), minds)


def _end(legend: Legend) -> int:
    return max(shock.delay + len(shock.decree) for shock in legend.shocks if shock.good is legend.good and shock.decree)


def _under(mind: str, rules: Rules, digest: str, grown: Rules, legend: Legend) -> Tried:
    council = Council(seat(mind), grown)
    courses = [
        [change(told[legend.good], without[legend.good]) for told, without in zip(prices, start.prices, strict=True)]
        for start in _started(mind, rules, digest)
        for prices in [_course(council, grown, start.seed, start.world, legend.slug)]
    ]
    by_turn = [_spread(effects) for effects in zip(*courses, strict=True)]
    low, middle, high = zip(*by_turn, strict=True)
    return Tried(mind, tuple(low), tuple(middle), tuple(high))


def _spread(effects: Sequence[int]) -> tuple[int, int, int]:
    """The 10th percentile, the median and the 90th."""
    tenths = quantiles(effects, n=10, method="inclusive")
    return round(tenths[0]), round(tenths[4]), round(tenths[8])


def _course(
    council: Council, rules: Rules, seed: int, world: World, slug: str | None
) -> tuple[Mapping[Good, int], ...]:
    """What each good costs at the end of the turns to come, with a legend told in the first of them or without."""

    def decided(morning: World) -> Mapping[Creature, Decision | None]:
        return council.again("trial", seed, observe(rules, morning), rules)

    prices = []
    for turn in range(SPAN):
        told = (TellLegend(slug),) if slug and not turn else ()
        world, stage = live_on(rules, world, told, decided)
        prices.append(stage.references)
    return tuple(prices)


def _started(mind: str, rules: Rules, digest: str) -> tuple[_Start, ...]:
    if (digest, mind) not in _starts:
        # The woods are those of any mind that was asked before.
        known_woods = next((starts for (content, _), starts in _starts.items() if content == digest), ())
        woods = [(start.seed, start.world) for start in known_woods] or [*_woods(rules)]
        council = Council(seat(mind), rules)
        _starts[digest, mind] = tuple(
            _Start(seed, world, _course(council, rules, seed, world, None)) for seed, world in woods
        )
        if len(_starts) > _HELD:
            del _starts[next(iter(_starts))]
    return _starts[digest, mind]


def _woods(rules: Rules) -> Iterator[tuple[int, World]]:
    """Woods in the midst of every season, as habit alone leads there, so that they are the same for all minds."""
    for seed in SEEDS:
        world = found_world(rules, seed)
        for turn in range(1, max(POINTS) + 1):
            if turn in POINTS:
                yield seed, world
            world, _ = live_on(rules, world, (), lambda morning: {})
