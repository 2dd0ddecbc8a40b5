"""What each chart reads, as plain frozen values: nothing else of a wood reaches the one who draws it.

They hold public figures and names only, and they travel to a worker as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.telling.cards import RankRow
from bot.telling.catalog import Words
from bot.telling.charts.marks import Spot, Strike, aftershocks, decrees, rumors, strikes
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.phrases import public, season_name
from wood.chronicle import EventKind, Turn
from wood.names import CENTS, CREATURES, GOODS, Creature, Good, Season
from wood.rules import Rules

Course: TypeAlias = Mapping[int, float]
"""Turn -> reference price in pebbles; turn 0 is the start price."""


@dataclass(frozen=True, slots=True)
class SeasonSpan:
    """A season with its name, and the first and the last turn shown of it."""

    season: Season
    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """What every chart over time reads.

    Attributes:
        turns: the numbers of the turns shown, oldest first; may be empty.
        seasons: the seasons they cover, in order.
        strikes: the legends and shocks told in them, oldest first.
    """

    turns: tuple[int, ...]
    seasons: tuple[SeasonSpan, ...]
    strikes: tuple[Strike, ...]

    @classmethod
    def of(cls, words: Words, rules: Rules, turns: Sequence[Turn]) -> "Timeline":
        """Read it from some turns."""
        return cls(
            tuple(turn.number for turn in turns),
            tuple(season_spans(rules, turns)),
            tuple(strikes(words, rules, turns)),
        )


@dataclass(frozen=True, slots=True)
class Signs:
    """What price charts mark with small signs: later parts of legends, decrees and public rumors."""

    aftershocks: tuple[Spot, ...]
    decrees: tuple[Spot, ...]
    rumors: tuple[Spot, ...]

    @classmethod
    def of(cls, turns: Sequence[Turn]) -> "Signs":
        """Read them from some turns."""
        return cls(tuple(aftershocks(turns)), tuple(decrees(turns)), tuple(rumors(turns)))


@dataclass(frozen=True, slots=True)
class PriceSeries:
    """The chart of all prices: the reference of each good."""

    timeline: Timeline
    signs: Signs
    courses: Mapping[Good, Course]


@dataclass(frozen=True, slots=True)
class GoodSeries:
    """The chart of one good's price.

    Attributes:
        timeline: the turns.
        signs: what is marked.
        good: which good.
        course: its reference.
        cleared: turn -> the price at which its auction cleared, in pebbles; only turns in which it did.
        volumes: the units traded in each turn.
    """

    timeline: Timeline
    signs: Signs
    good: Good
    course: Course
    cleared: Mapping[int, int]
    volumes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WealthSeries:
    """The chart of wealth: each creature's name, and its wealth turn by turn in hundredths of a pebble."""

    timeline: Timeline
    names: Mapping[Creature, str]
    wealth: Mapping[Creature, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class FirewoodSeries:
    """The chart of firewood: logs needed and stored in each turn, and turn -> cold hearths where there were any."""

    timeline: Timeline
    need: tuple[int, ...]
    supply: tuple[int, ...]
    cold: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """The chart of patrons: their ranking, best first."""

    rows: tuple[RankRow, ...]


Series: TypeAlias = PriceSeries | GoodSeries | WealthSeries | FirewoodSeries | Standing


def series_of(
    words: Words, request: ChartRequest, rules: Rules, turns: Sequence[Turn], ranking: Sequence[RankRow] = ()
) -> Series:
    """Read what a requested chart shows.

    Args:
        words: those of the wood's language.
        request: which.
        rules: the content.
        turns: the history, oldest first; may be empty.
        ranking: the patrons, best first, for the ranking chart.
    """
    if request.kind is ChartKind.RANKING:
        return Standing(tuple(ranking))
    shown = turns if request.span is None else turns[-max(1, request.span) :]
    timeline = Timeline.of(words, rules, shown)
    match request.kind:
        case ChartKind.WEALTH:
            names = {who: rules.creatures[who].name for who in CREATURES}
            wealth = {who: tuple(turn.wealth[who] for turn in shown) for who in CREATURES}
            return WealthSeries(timeline, names, wealth)
        case ChartKind.FIREWOOD:
            need, supply = (turn.firewood_need for turn in shown), (turn.firewood_supply for turn in shown)
            return FirewoodSeries(timeline, tuple(need), tuple(supply), cold_hearths(shown))
    good = request.good
    if good is None:
        return PriceSeries(timeline, Signs.of(shown), {each: course(rules, shown, each) for each in GOODS})
    auctions = {turn.number: turn.auctions[good] for turn in shown}
    return GoodSeries(
        timeline,
        Signs.of(shown),
        good,
        course(rules, shown, good),
        {number: auction.price for number, auction in auctions.items() if auction.price is not None},
        tuple(auction.volume for auction in auctions.values()),
    )


def course(rules: Rules, turns: Sequence[Turn], good: Good) -> Course:
    """A good's reference turn by turn, with the start price before the wood's first turn."""
    before = {0: rules.goods[good].start / CENTS} if turns and turns[0].number == 1 else {}
    return before | {turn.number: turn.references[good] / CENTS for turn in turns}


def cold_hearths(turns: Sequence[Turn]) -> dict[int, int]:
    """Turn -> how many hearths burned less than the season asked for; only turns with any."""
    nights: dict[int, int] = {}
    for turn, _ in public(turns, EventKind.COLD):
        nights[turn.number] = nights.get(turn.number, 0) + 1
    return nights


def season_spans(rules: Rules, turns: Sequence[Turn]) -> list[SeasonSpan]:
    """The seasons that some turns cover, each with its first and last turn."""
    spans: list[SeasonSpan] = []
    for turn in turns:
        if spans and spans[-1].season is turn.season and turn.number - spans[-1].last == 1:
            spans[-1] = SeasonSpan(turn.season, spans[-1].name, spans[-1].first, turn.number)
        else:
            spans.append(SeasonSpan(turn.season, season_name(rules, turn), turn.number, turn.number))
    return spans
