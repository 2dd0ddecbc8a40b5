"""What a day came to: the figures that headlines and reports are made of. Pure, and only from what is public."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.telling.lives import Life, lives
from bot.telling.phrases import legend_of, percent, public
from wood.chronicle import Event, EventKind, Turn
from wood.measures import gini, gini_small
from wood.names import CREATURES, GOODS, Creature, Good
from wood.rules import Legend, Rules


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One good's day: reference before and after (hundredths), its extremes, and the units traded."""

    good: Good
    emoji: str
    before: int
    after: int
    low: int
    high: int
    volume: int

    @property
    def change(self) -> int:
        """The day's move in per cent."""
        return percent(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Telling:
    """A legend told that day, and what became of its good.

    Attributes:
        legend: which.
        turn: in which turn it was told.
        course: the good's price (hundredths) just before, and after each of the day's turns in which the legend was
            at work; two or more. What came later was not its doing.
    """

    legend: Legend
    turn: int
    course: tuple[int, ...]

    @property
    def change(self) -> int:
        """By how many per cent the price has moved since the turn before."""
        return percent(self.course[0], self.course[-1])

    @property
    def turns(self) -> int:
        """In how many turns."""
        return len(self.course) - 1

    @property
    def swing(self) -> tuple[int, int]:
        """The move in per cent to where the price stood farthest from its start, and from there to the end."""
        start, end = self.course[0], self.course[-1]
        far = max(self.course, key=lambda each: max(each, start) / max(1, min(each, start)))
        return percent(start, far), percent(far, end)


@dataclass(frozen=True, slots=True)
class Digest:
    """A day with at least one turn.

    Attributes:
        turns: the turns, oldest first.
        prices: one row a good.
        tellings: legends told, oldest first.
        shocks: plain shocks of the calendar, oldest first.
        trades: matched pairs.
        by_minds: of these, those with a mind's own order on both sides.
        gini: Gini of the creatures' wealth before the day (None where it is not known) and after.
        gini_small: the latter corrected for so few, so that one who holds all makes it 1.
        cold: hearths that missed logs, summed over the turns, by creature; only those above zero.
        meals: meals by how many kinds of food they had, 0 to 3.
        rumors: public rumors.
        year: the event of the year's end, if the day holds one.
        lives: what the day was to each creature.
        history: the turns before the day that are known, oldest first, without a gap to it.
    """

    turns: Sequence[Turn]
    prices: tuple[PriceRow, ...]
    tellings: tuple[Telling, ...]
    shocks: tuple[Telling, ...]
    trades: int
    by_minds: int
    gini: tuple[float | None, float]
    gini_small: float
    cold: Mapping[Creature, int]
    meals: Mapping[int, int]
    rumors: int
    year: Event | None
    lives: tuple[Life, ...]
    history: Sequence[Turn]

    @property
    def boldest(self) -> PriceRow:
        """The good that moved most, up or down, measured as a ratio."""
        return max(self.prices, key=lambda row: max(row.after, row.before) / max(1, min(row.after, row.before)))


def digest(rules: Rules, turns: Sequence[Turn], history: Sequence[Turn]) -> Digest:
    """Sum up a day.

    Args:
        rules: the content.
        turns: the day's turns, at least one, oldest first.
        history: turns before and of the day; the one just before it says where prices came from.
    """
    eve = next((turn for turn in history if turn.number == turns[0].number - 1), None)
    last = turns[-1]
    told = [(turn, legend_of(rules, event)) for turn, event in _told(turns)]
    tellings = tuple(
        Telling(legend, turn.number, _course(legend, _before(rules, turns, eve, turn), turns, turn.number))
        for turn, legend in told
        if legend is not None
    )
    return Digest(
        turns=turns,
        prices=tuple(_row(rules, turns, good, _before(rules, turns, eve, turns[0])[good]) for good in GOODS),
        tellings=tuple(telling for telling in tellings if telling.legend.in_deck),
        shocks=tuple(telling for telling in tellings if not telling.legend.in_deck),
        trades=sum(len(turn.trades) for turn in turns),
        by_minds=sum(trade.by_minds for turn in turns for trade in turn.trades),
        gini=(gini(list(eve.wealth.values())) if eve else None, gini(list(last.wealth.values()))),
        gini_small=gini_small(list(last.wealth.values())),
        cold={who: nights for who in CREATURES if (nights := _nights(turns, who))},
        meals={kinds: sum(list(turn.kinds.values()).count(kinds) for turn in turns) for kinds in range(4)},
        rumors=len(public(turns, EventKind.RUMOR)),
        year=next((event for _, event in reversed(public(turns, EventKind.YEAR))), None),
        # Of a wood's first day nobody knows what was before; its first turn is the next best.
        lives=lives(turns, eve or (turns[0] if len(turns) > 1 else None)),
        history=[turn for turn in history if turn.number < turns[0].number] if eve else [],
    )


def _course(legend: Legend, before: Mapping[Good, int], turns: Sequence[Turn], told: int) -> tuple[int, ...]:
    lasting = max((shock.delay + max(shock.turns, len(shock.decree), shock.hold) for shock in legend.shocks), default=1)
    at_work = (turn for turn in turns if told <= turn.number < told + lasting)
    return (before[legend.good], *(turn.references[legend.good] for turn in at_work))


def _told(turns: Sequence[Turn]) -> list[tuple[Turn, Event]]:
    return public(turns, EventKind.LEGEND)


def _nights(turns: Sequence[Turn], who: Creature) -> int:
    return sum(event.subject == who for _, event in public(turns, EventKind.COLD))


def _before(rules: Rules, turns: Sequence[Turn], eve: Turn | None, turn: Turn) -> Mapping[Good, int]:
    """Reference prices when ``turn`` began: the turn before's, the start's, or the earliest that is known."""
    if turn.number == 1:
        return {good: rules.goods[good].start for good in GOODS}
    known = [*([eve] if eve else []), *turns]
    return next((other.references for other in known if other.number == turn.number - 1), turns[0].references)


def _row(rules: Rules, turns: Sequence[Turn], good: Good, before: int) -> PriceRow:
    course = [turn.references[good] for turn in turns]
    return PriceRow(
        good=good,
        emoji=rules.goods[good].emoji,
        before=before,
        after=course[-1],
        low=min(before, *course),
        high=max(before, *course),
        volume=sum(turn.auctions[good].volume for turn in turns),
    )
