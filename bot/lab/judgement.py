"""What a mind's decisions were worth beside its own habit: gains from trade won or lost by them alone.

Habit trades for a creature wherever its mind says nothing, so allocative efficiency mostly measures habit. Here each
decision is taken by itself: the market of the same morning is held once by habit alone, and once for every creature
with its decision and with everybody else's habit. By how much gains from trade differ (:mod:`bot.lab.gains`) is what
that decision won or lost, with nothing of what other minds did, in this turn or before, mixed in.

It is set against what there was to win: the best possible exchange of the turn, less what habit realises. A silent mind
scores 0 by construction, and one whose decisions spoil what habit would have done scores below it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.lab.gains import Worths, among_themselves, possible, realised
from wood.draft import Draft
from wood.exchange import trade
from wood.household import firewood_need
from wood.ledger import off_the_record
from wood.names import GOODS, Creature
from wood.observe import View
from wood.orders import Decision, Trade
from wood.rules import Rules
from wood.world import World


@dataclass(frozen=True, slots=True)
class Judgement:
    """Gains from trade in pebbles' worth, summed over turns; judgements add up.

    Attributes:
        won: what decisions gained over habit, each taken alone; below zero where they lost.
        habit: what habit alone realises.
        best: the most that could have been realised.
    """

    won: int = 0
    habit: int = 0
    best: int = 0

    def __add__(self, other: "Judgement") -> "Judgement":
        return Judgement(self.won + other.won, self.habit + other.habit, self.best + other.best)

    @property
    def score(self) -> float | None:
        """The share that was won of what habit leaves lying; None where it leaves nothing."""
        left = self.best - self.habit
        return self.won / left if left else None


def judge(
    rules: Rules, morning: World, views: Mapping[Creature, View], decisions: Mapping[Creature, Decision | None]
) -> Judgement:
    """Judge the decisions of one turn.

    Goods that a legend's stranger, a decree or a patron's agent moves in any of the markets are left out of all.

    Args:
        rules: the content.
        morning: the world whose turn is open.
        views: what the creatures see of it.
        decisions: what their minds decide; a creature without a decision lives by habit, and wins and loses nothing.
    """
    by_habit = market(rules, morning, {})
    alone = [market(rules, morning, {who: each}) for who, each in decisions.items() if each is not None]
    kept = [set(among_themselves(trades)) for trades in (by_habit, *alone)]
    goods = tuple(good for good in GOODS if all(good in each for each in kept))
    worths = Worths(rules, views)
    habit = realised(worths, views, by_habit, goods)
    won = sum(realised(worths, views, trades, goods) - habit for trades in alone)
    return Judgement(won, habit, possible(worths, views, goods))


def market(rules: Rules, morning: World, decisions: Mapping[Creature, Decision | None]) -> tuple[Trade, ...]:
    """What would be traded at the market of an open turn; nothing else of the turn happens, and nothing is kept."""
    draft = Draft(rules, morning)
    with off_the_record():
        return trade(draft, decisions, firewood_need(rules, draft, draft.now)).trades
