"""What one run shows of a living economy: figures, measured on its turns' records and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.lab.scenario import REFERENCE_TURNS, RUN_TURN
from bot.lab.simulate import Played, richest, wealth_gaps
from bot.telling.phrases import Mood, mood_of
from wood.chronicle import EventKind, Turn
from wood.drift import LOWEST
from wood.household import GOOD_MEAL
from wood.measures import mind_share
from wood.names import CENTS, CREATURES, GOODS, Creature, Good, Season
from wood.rules import Rules

AFTER_RUN: Final = 4
"""Turns, that of the run included, within which honey should have fallen."""
PLENTY: Final = 5
"""Turns of plenty in a row after which a mood should be back."""
OPENING: Final = 8
"""Turns after which a wood to which nothing happens should still be near its first prices: its first day."""
LOW: Final = frozenset({Mood.LOW, Mood.GLOOMY, Mood.WRETCHED})
"""Moods that count as low or worse."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One run's figures. "Early" means its first 15 turns, those of the reference run. Prices are hundredths.

    Attributes:
        year: whether the run took a whole year.
        length: its turns.
        calls: calls to minds.
        valid: of these, those whose reply fitted its schema just as it was.
        violations: trades in which a creature bought what it makes.
        trades: early trades, a turn.
        honey: reference before the run on it, and the lowest within four turns.
        firewood: reference at the founding, and at the end of the early turns.
        gaps: Gini of the creatures' wealth at the founding, and at the end of the early turns.
        richest_early: who had most at the end of the early turns.
        richest: who had most by the mean over all turns.
        silence: most turns in a row without a trade.
        summer_purse: the highest share of the creatures' pebbles in one purse in a summer turn; None without summer.
        mind_share: share of early trades with a mind's own order on both sides.
        lowest_mood: the lowest mood of anybody, hundredths of a point.
        mood_after_plenty: the lowest mood of anybody after five turns of plenty in a row; None where nobody had them.
        opening: by what part of its start each good's price had moved after the first turns of a run of the same seed
            in which nothing is told, in the order of goods; none where there was no such run.
        floored: turns in which each good's reference lay at its floor of one pebble, in the order of goods.
        low: turns in which each creature's mood was low or worse, in the order of creatures.
        merry: turns in which it was merry.
        balanced: whether the books balanced after every turn.
        replayed: whether the run, played again from its log, had every hash again.
    """

    year: bool
    length: int
    calls: int
    valid: int
    violations: int
    trades: tuple[int, ...]
    honey: tuple[int, int]
    firewood: tuple[int, int]
    gaps: tuple[float, float]
    richest_early: Creature
    richest: Creature
    silence: int
    summer_purse: float | None
    mind_share: float
    lowest_mood: int
    mood_after_plenty: int | None
    opening: tuple[float, ...]
    floored: tuple[int, ...]
    low: tuple[int, ...]
    merry: tuple[int, ...]
    balanced: bool
    replayed: bool


def take_sample(played: Played, *, replayed: bool, plain: Sequence[Turn] = ()) -> Sample:
    """Measure a run that begins with the reference run.

    Args:
        played: the run, at least as long as the reference run.
        replayed: whether it was played again from its log and agreed.
        plain: turns of the same seed from the founding, at least eight, in which nothing is told.

    Raises:
        ValueError: the run is too short.
    """
    turns, rules = played.turns, played.rules
    if len(turns) < REFERENCE_TURNS:
        raise ValueError(f"a sample takes {REFERENCE_TURNS} turns, this run has {len(turns)}")
    early = turns[:REFERENCE_TURNS]
    gaps = wealth_gaps(played)
    return Sample(
        year=len(turns) >= rules.year,
        length=len(turns),
        calls=played.calls.calls,
        valid=played.calls.valid,
        violations=_violations(rules, turns),
        trades=tuple(len(turn.trades) for turn in early),
        honey=fall(turns, Good.HONEY),
        firewood=(rules.goods[Good.FIREWOOD].start, early[-1].references[Good.FIREWOOD]),
        gaps=(gaps[0], gaps[REFERENCE_TURNS]),
        richest_early=richest(early[-1].wealth),
        richest=richest({who: sum(turn.wealth[who] for turn in turns) for who in CREATURES}),
        silence=longest(not turn.trades for turn in turns),
        summer_purse=_summer_purse(turns),
        mind_share=mind_share(early),
        lowest_mood=min(min(turn.moods.values()) for turn in turns),
        mood_after_plenty=_mood_after_plenty(turns),
        opening=_opening(rules, plain),
        floored=tuple(sum(turn.references[good] <= LOWEST for turn in turns) for good in GOODS),
        low=tuple(sum(mood_of(turn.moods[who]) in LOW for turn in turns) for who in CREATURES),
        merry=tuple(sum(mood_of(turn.moods[who]) is Mood.MERRY for turn in turns) for who in CREATURES),
        balanced=played.balanced and _wealth_adds_up(played),
        replayed=replayed,
    )


def longest(marks: Iterable[bool]) -> int:
    """The length of the longest stretch of True."""
    most = current = 0
    for mark in marks:
        current = current + 1 if mark else 0
        most = max(most, current)
    return most


def _violations(rules: Rules, turns: Sequence[Turn]) -> int:
    made = {creature.value: rule.makes for creature, rule in rules.creatures.items()}
    return sum(made.get(trade.buyer) is trade.good for turn in turns for trade in turn.trades)


def fall(turns: Sequence[Turn], good: Good) -> tuple[int, int]:
    """The reference price before the reference run's run on honey, and the lowest within four turns; hundredths."""
    before = turns[RUN_TURN - 2].references[good]
    return before, min(turn.references[good] for turn in turns[RUN_TURN - 1 : RUN_TURN - 1 + AFTER_RUN])


def _opening(rules: Rules, plain: Sequence[Turn]) -> tuple[float, ...]:
    if not plain:
        return ()
    starts = {good: rule.start for good, rule in rules.goods.items()}
    return tuple((plain[OPENING - 1].references[good] - starts[good]) / starts[good] for good in GOODS)


def _summer_purse(turns: Sequence[Turn]) -> float | None:
    shares = [
        max(turn.purses.values()) / max(1, sum(turn.purses.values())) for turn in turns if turn.season is Season.SUMMER
    ]
    return max(shares, default=None)


def _mood_after_plenty(turns: Sequence[Turn]) -> int | None:
    plenty = dict.fromkeys(CREATURES, 0)
    lowest: int | None = None
    for turn in turns:
        cold = {event.subject for event in turn.events if event.kind is EventKind.COLD}
        for who in CREATURES:
            well = turn.kinds[who] >= GOOD_MEAL and who not in cold
            plenty[who] = plenty[who] + 1 if well else 0
            if plenty[who] >= PLENTY:
                lowest = turn.moods[who] if lowest is None else min(lowest, turn.moods[who])
    return lowest


def _wealth_adds_up(played: Played) -> bool:
    """Whether every recorded wealth is its purse and stores at the recorded prices: records and books agree."""
    return all(
        turn.wealth[who]
        == turn.purses[who] * CENTS + sum(units * turn.references[good] for good, units in turn.stores[who].items())
        for turn in played.turns
        for who in CREATURES
    )
