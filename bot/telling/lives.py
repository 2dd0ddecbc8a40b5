"""What a day was to each creature: what it had before and after, what it sold and bought, its cold and its hunger."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.telling.phrases import percent, public
from wood.chronicle import EventKind, Turn
from wood.names import CREATURES, Creature, Good


@dataclass(frozen=True, slots=True)
class Life:
    """One creature's day.

    Attributes:
        creature: whose.
        wealth: in hundredths before the day (None where that is not known) and after.
        purse: pebbles before the day (None where that is not known) and after.
        mood: hundredths before the day (None where that is not known) and after.
        sold: units by good.
        bought: units by good.
        earned: pebbles by good sold.
        spent: pebbles by good bought.
        cold: nights with too few logs.
        hungry: meals without any food.
        rotten: units spoiled, by good.
    """

    creature: Creature
    wealth: tuple[int | None, int]
    purse: tuple[int | None, int]
    mood: tuple[int | None, int]
    sold: Mapping[Good, int]
    bought: Mapping[Good, int]
    earned: Mapping[Good, int]
    spent: Mapping[Good, int]
    cold: int
    hungry: int
    rotten: Mapping[Good, int]

    @property
    def gain(self) -> int:
        """Wealth won or lost in hundredths; 0 where that is not known."""
        before, after = self.wealth
        return 0 if before is None else after - before

    @property
    def gain_percent(self) -> int:
        """The same in per cent of what it had."""
        before, after = self.wealth
        return 0 if before is None else percent(before, after)

    @property
    def trade(self) -> Good | None:
        """What it earned most with, if it sold anything."""
        return max(self.earned, key=lambda good: self.earned[good], default=None)

    @property
    def expense(self) -> Good | None:
        """What it spent most on, if it bought anything."""
        return max(self.spent, key=lambda good: self.spent[good], default=None)


def lives(turns: Sequence[Turn], eve: Turn | None) -> tuple[Life, ...]:
    """The creatures' days, in the canonical order.

    Args:
        turns: the day's turns, at least one, oldest first.
        eve: the turn just before, where it is known.
    """
    return tuple(_life(creature, turns, eve) for creature in CREATURES)


def _life(creature: Creature, turns: Sequence[Turn], eve: Turn | None) -> Life:
    sold, bought, earned, spent = Counter[Good](), Counter[Good](), Counter[Good](), Counter[Good]()
    for turn in turns:
        for trade in turn.trades:
            if trade.seller == creature:
                sold[trade.good] += trade.qty
                earned[trade.good] += trade.qty * trade.price
            elif trade.buyer == creature:
                bought[trade.good] += trade.qty
                spent[trade.good] += trade.qty * trade.price
    rotten = Counter[Good]()
    for _, event in public(turns, EventKind.SPOIL):
        data = event.data or {}
        if event.subject == creature:
            rotten[Good(str(data.get("good")))] += int(data.get("units") or 0)
    last = turns[-1]
    return Life(
        creature=creature,
        wealth=(eve.wealth[creature] if eve else None, last.wealth[creature]),
        purse=(eve.purses[creature] if eve else None, last.purses[creature]),
        mood=(eve.moods[creature] if eve else None, last.moods[creature]),
        sold=sold,
        bought=bought,
        earned=earned,
        spent=spent,
        cold=sum(event.subject == creature for _, event in public(turns, EventKind.COLD)),
        hungry=sum(turn.kinds[creature] == 0 for turn in turns),
        rotten=rotten,
    )
