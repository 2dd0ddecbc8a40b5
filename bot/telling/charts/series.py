"""What each chart reads, as plain frozen values: nothing else of a wood reaches the one who draws it.

They hold public figures and names only, and they travel to a worker as they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Final, TypeAlias

from bot.telling.cards import RankRow
from bot.telling.catalog import Words
from bot.telling.charts.faces import AlbumSeries, CardSeries, withers
from bot.telling.charts.pins import Pin, PinKind, pins
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.phrases import legend_of, public, season_name, who
from bot.telling.titles import unmarked
from bot.telling.year import YearCard
from wood.chronicle import EventKind, Turn
from wood.names import CENTS, CREATURES, GOODS, Creature, Good, Season
from wood.rules import Legend, Rules, ShockKind

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
        pins: what struck in them and may be named, oldest first.
    """

    turns: tuple[int, ...]
    seasons: tuple[SeasonSpan, ...]
    pins: tuple[Pin, ...]

    @classmethod
    def of(cls, words: Words, rules: Rules, turns: Sequence[Turn], names: Mapping[str, str]) -> "Timeline":
        """Read it from some turns; ``names`` are the patrons' as shown."""
        return cls(
            tuple(turn.number for turn in turns),
            tuple(season_spans(rules, turns)),
            tuple(pins(words, rules, turns, names)),
        )


@dataclass(frozen=True, slots=True)
class PriceSeries:
    """The chart of all prices: the reference of each good, and the one that moved most, which is its subject."""

    timeline: Timeline
    courses: Mapping[Good, Course]
    subject: Good


@dataclass(frozen=True, slots=True)
class GoodSeries:
    """The chart of one good's price: its reference, and the units traded in each turn."""

    timeline: Timeline
    good: Good
    course: Course
    volumes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HeroSeries:
    """The picture of a day: the reference of the good that it is about, and the first turn of the day."""

    timeline: Timeline
    good: Good
    course: Course
    since: int


@dataclass(frozen=True, slots=True)
class WealthSeries:
    """The chart of wealth: each creature's name, what it makes, and its wealth by turns in hundredths of a pebble."""

    timeline: Timeline
    names: Mapping[Creature, str]
    makes: Mapping[Creature, Good]
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


@dataclass(frozen=True, slots=True)
class BannerSeries:
    """The picture of a legend: who it is, what it moves and how, and the season in which it is told.

    Attributes:
        slug: the same slug gives the same picture.
        title: as written.
        good: what falls or rises in it.
        direction: 1 up, -1 down.
        kinds: the kinds of its parts, in order.
        withered: whether a harvest fails in it.
        season: None while the wood has not taken a turn.
    """

    slug: str
    title: str
    good: Good
    direction: int
    kinds: tuple[ShockKind, ...]
    withered: bool
    season: Season | None


@dataclass(frozen=True, slots=True)
class CalibrationSeries:
    """The chart of a prophet, for that one's eyes: each judged claim's chance, per mille, and whether it came true."""

    claims: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class TrialSeries:
    """The chart of a legend on trial: what it would do to its good's price, turn by turn from its telling on.

    All moves are hundredths of a per cent of the price without it.

    Attributes:
        good: which.
        minds: mind -> the median.
        low: of all minds together, the lowest 10th percentile.
        high: the highest 90th.
    """

    good: Good
    minds: Mapping[str, tuple[int, ...]]
    low: tuple[int, ...]
    high: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One patron's year in the chart of all: who, and turn -> standing in pebbles, of every few turns."""

    rank: int
    name: str
    alias: str
    points: Course


@dataclass(frozen=True, slots=True)
class CourseSeries:
    """The chart of a year's patrons, the foremost first; ``timeline`` pins legends, and the verdicts of the year."""

    timeline: Timeline
    lines: tuple[CourseLine, ...]


@dataclass(frozen=True, slots=True)
class YearSeries:
    """The picture of a year: which, the good that moved most from its beginning to its end, and how it did."""

    year: int
    good: Good
    course: tuple[float, ...]


Series: TypeAlias = (
    PriceSeries
    | GoodSeries
    | HeroSeries
    | WealthSeries
    | FirewoodSeries
    | Standing
    | BannerSeries
    | CardSeries
    | AlbumSeries
    | CalibrationSeries
    | TrialSeries
    | CourseSeries
    | YearSeries
)

_REMEMBERED: Final = 4
"""A hero shows so many times its day: the day, and about three before it."""
_LEAST_SHOWN: Final = 12


def series_of(
    words: Words,
    request: ChartRequest,
    rules: Rules,
    turns: Sequence[Turn],
    ranking: Sequence[RankRow] = (),
    names: Mapping[str, str] | None = None,
) -> Series:
    """Read what a requested chart shows.

    Args:
        words: those of the wood's language.
        request: which.
        rules: the content.
        turns: the history, oldest first; may be empty.
        ranking: the patrons, best first, for the ranking chart.
        names: patron key -> name as shown, for whose rumors are pinned; None names nobody.

    Raises:
        KeyError: a banner is asked for a legend that the content does not have.
    """
    if request.kind is ChartKind.RANKING:
        return Standing(tuple(replace(row, name=unmarked(row.name)) for row in ranking))
    if request.kind is ChartKind.BANNER:
        return _banner(rules.legends[request.legend], turns)
    if request.kind is ChartKind.CALIBRATION:
        return CalibrationSeries(tuple(_claims(turns, request.patron)))
    if request.kind is ChartKind.YEAR:
        return _year(rules, turns)
    if request.kind is ChartKind.COURSE:
        return _course(words, rules, turns, ranking, names or {})
    day = max(1, request.day or len(turns) // _REMEMBERED)
    hero = request.kind is ChartKind.HERO
    span = request.span or (max(_REMEMBERED * day, _LEAST_SHOWN) if hero else len(turns))
    shown = turns[-max(1, span) :]
    timeline = Timeline.of(words, rules, shown, {key: unmarked(name) for key, name in (names or {}).items()})
    match request.kind:
        case ChartKind.WEALTH:
            called = {who: rules.creatures[who].name for who in CREATURES}
            wealth = {who: tuple(turn.wealth[who] for turn in shown) for who in CREATURES}
            makes = {who: rules.creatures[who].makes for who in CREATURES}
            return WealthSeries(timeline, called, makes, wealth)
        case ChartKind.FIREWOOD:
            need, supply = (turn.firewood_need for turn in shown), (turn.firewood_supply for turn in shown)
            return FirewoodSeries(timeline, tuple(need), tuple(supply), cold_hearths(shown))
    good = request.good
    courses = {each: course(rules, shown, each) for each in GOODS}
    if hero:
        since = shown[-min(day, len(shown))].number if shown else 0
        good = good or hero_of(rules, shown[-day:], courses)
        return HeroSeries(timeline, good, courses[good], since)
    if good is None:
        return PriceSeries(timeline, courses, greatest(courses))
    return GoodSeries(timeline, good, courses[good], tuple(turn.auctions[good].volume for turn in shown))


def _claims(turns: Sequence[Turn], patron: str) -> Iterator[tuple[int, bool]]:
    """A patron's judged claims, whispered ones included, so for that patron's eyes; echoes count for nothing."""
    for turn in turns:
        for event in turn.events:
            if event.kind is EventKind.JUDGED and event.subject == patron:
                data = event.data or {}
                if data.get("chance") is not None and not data.get("echo"):
                    yield int(data["chance"]), bool(data["true"])


def _banner(legend: Legend, turns: Sequence[Turn]) -> BannerSeries:
    kinds = tuple(shock.kind for shock in legend.shocks)
    season = turns[-1].season if turns else None
    return BannerSeries(legend.slug, legend.title, legend.good, legend.direction, kinds, withers(legend), season)


def _year(rules: Rules, turns: Sequence[Turn]) -> YearSeries:
    courses = {each: course(rules, turns, each) for each in GOODS}
    good = max(GOODS, key=lambda each: max(courses[each].values()) / min(courses[each].values()))
    return YearSeries(turns[-1].year, good, tuple(courses[good].values()))


def _course(
    words: Words, rules: Rules, turns: Sequence[Turn], ranking: Sequence[RankRow], names: Mapping[str, str]
) -> CourseSeries:
    """The standings of a year's patrons; ``ranking`` are those who were counted, in their order."""
    plain = {key: unmarked(name) for key, name in names.items()}
    card = YearCard(rules, turns, plain, {})
    timeline = Timeline.of(words, rules, turns, plain)
    found = [Pin(turn.number, PinKind.VERDICT, who(words, rules, plain, key)) for turn, key in card.convicted]
    lines = []
    for row, counted in zip(ranking, card.counted, strict=True):
        if points := card.points(counted):
            lines.append(CourseLine(row.rank, unmarked(row.name), row.alias, points))
    pins_ = tuple(sorted((*timeline.pins, *found), key=lambda pin: pin.turn))
    return CourseSeries(replace(timeline, pins=pins_), tuple(lines))


def hero_of(rules: Rules, day: Sequence[Turn], courses: Mapping[Good, Course]) -> Good:
    """The good that a day is about: its last legend's, if that moved half as much as any or more, else what moved most.

    Args:
        rules: the content.
        day: the turns of the day, oldest first; may be empty.
        courses: the references shown, which begin no later than the day.
    """
    if not day:
        return GOODS[0]
    since = day[0].number - 1
    during = {good: {turn: value for turn, value in line.items() if turn >= since} for good, line in courses.items()}
    most = greatest(during)
    for _, event in reversed(public(day, EventKind.LEGEND)):
        legend = legend_of(rules, event)
        if legend is not None and 2 * _stride(during[legend.good]) >= _stride(during[most]):
            return legend.good
    return most


def greatest(courses: Mapping[Good, Course]) -> Good:
    """The good that moved most from the beginning of its course to the end, by ratio; the first of equals."""
    return max(courses, key=lambda good: _stride(courses[good]))


def _stride(line: Course) -> float:
    values = list(line.values())
    return abs(log(values[-1] / values[0])) if values else 0.0


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
