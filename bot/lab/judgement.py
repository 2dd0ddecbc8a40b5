"""What a mind's decisions were worth beside its own habit: gains from trade won or lost by them alone.

Habit trades for a creature wherever its mind says nothing, so allocative efficiency mostly measures habit. Here the
market of one morning is held again and again, with the decisions of some creatures and habit for the others, and each
decision is judged by how much gains from trade (:mod:`bot.lab.gains`) differ with it and without:

* *alone*, where all others live by habit;
* *beside* what all the others decided, as the last to speak.

The first says what it is worth among the predictable, the second what is left of that among minds like its own. A
decision's worth is the mean of the two. (Where decisions act on each other in pairs at most, that is its value after L.
S. Shapley, "A Value for n-Person Games", Contributions to the Theory of Games II, 1953: its mean contribution over all
orders in which they could be taken.)

It is set against what there was to win: the best possible exchange of the turn, less what habit realises. A silent mind
scores 0 by construction, and one whose decisions spoil what habit would have done scores below it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.lab.gains import OUTSIDE, Worths, possible, realised
from wood.exchange import precedence, standing_orders
from wood.ledger import off_the_record
from wood.market import Standing, clear
from wood.names import GOODS, Creature, Good, Hand
from wood.observe import View
from wood.orders import Decision, Order
from wood.rules import Rules
from wood.shocks import in_force, strangers
from wood.world import World


@dataclass(frozen=True, slots=True)
class Judgement:
    """Gains from trade in pebbles' worth, summed over turns; judgements add up.

    Attributes:
        alone: what decisions gained over habit, each where all others live by habit; below zero where they lost.
        beside: what they gained, each as the last beside those of all others.
        habit: what habit alone realises.
        best: the most that could have been realised.
    """

    alone: int = 0
    beside: int = 0
    habit: int = 0
    best: int = 0

    def __add__(self, other: "Judgement") -> "Judgement":
        return Judgement(
            self.alone + other.alone, self.beside + other.beside, self.habit + other.habit, self.best + other.best
        )

    @property
    def won(self) -> float:
        """What decisions won over habit: the mean of what they gained alone and beside the others."""
        return (self.alone + self.beside) / 2

    @property
    def left(self) -> int:
        """What habit leaves to be won."""
        return self.best - self.habit

    @property
    def score(self) -> float | None:
        """The share that was won of what habit leaves to be won; None where it leaves nothing."""
        return self.share(self.won)

    def share(self, gained: float) -> float | None:
        """Gains as a share of what habit leaves to be won; None where it leaves nothing."""
        return gained / self.left if self.left else None

    def to_json(self) -> dict[str, float | None]:
        """The shares of what habit leaves that were won, as one plain JSON object."""
        shares = {"score": self.score, "alone": self.share(self.alone), "beside": self.share(self.beside)}
        return {name: None if share is None else round(share, 4) for name, share in shares.items()}


def judge(
    rules: Rules, morning: World, views: Mapping[Creature, View], decisions: Mapping[Creature, Decision | None]
) -> Judgement:
    """Judge the decisions of one turn.

    Goods in which strangers, agents or decrees have a part that turn are left out.

    Args:
        rules: the content.
        morning: the world whose turn is open.
        views: what the creatures see of it.
        decisions: what their minds decide; a creature without a decision lives by habit, and wins and loses nothing.
    """
    with off_the_record():
        by_habit = _by_good(standing_orders(rules, morning, {}))
        by_minds = _by_good(standing_orders(rules, morning, decisions))
        ranks = precedence(rules, morning)
    worths = Worths(rules, views)
    goods = [good for good in _among_creatures(rules, morning) if _undecreed(by_habit[good], by_minds[good])]
    total = Judgement(best=possible(worths, goods))
    for good in goods:
        pit = _Pit(worths, good, morning.references[good], ranks[good], by_habit[good], by_minds[good])
        total += pit.judged()
    return total


Stand = Mapping[Creature, tuple[tuple[Hand, Order], ...]]
"""The orders that stand of each creature, and by which hand."""


@dataclass(frozen=True, slots=True)
class _Pit:
    """The market of one good on one morning, that can be held with the decisions of any of the creatures."""

    worths: Worths
    good: Good
    reference: int
    ranks: Mapping[str, int]
    by_habit: Stand
    by_minds: Stand

    def judged(self) -> Judgement:
        """What the decisions won here, the best possible exchange left out."""
        speak = [who for who, orders in self.by_minds.items() if orders != self.by_habit[who]]
        habit = self.gained(())
        together = self.gained(speak)
        alone = sum(self.gained((who,)) - habit for who in speak)
        beside = sum(together - self.gained([each for each in speak if each is not who]) for who in speak)
        return Judgement(alone, beside, habit)

    def gained(self, speak: Collection[Creature]) -> int:
        """Gains from trade where the decisions of some creatures count, and habit acts for the others."""
        orders = [
            Standing(who, hand, order.side, self.good, order.price, order.qty)
            for who, usual in self.by_habit.items()
            for hand, order in (self.by_minds[who] if who in speak else usual)
        ]
        _, trades, _ = clear(orders, self.reference, self.ranks)
        return realised(self.worths, trades)


def _by_good(standing: Stand) -> dict[Good, dict[Creature, tuple[tuple[Hand, Order], ...]]]:
    return {
        good: {who: tuple(each for each in orders if each[1].good is good) for who, orders in standing.items()}
        for good in GOODS
    }


def _among_creatures(rules: Rules, morning: World) -> list[Good]:
    """The goods in whose market neither a legend's stranger nor a patron's agent stands."""
    acting = in_force(rules, morning, morning.turn + 1)
    cornered = {corner.good for corner in morning.corners}
    return [good for good in GOODS if good not in cornered and not any(strangers(acting, good))]


def _undecreed(*stands: Stand) -> bool:
    hands: Iterable[Hand] = (hand for stand in stands for orders in stand.values() for hand, _ in orders)
    return OUTSIDE.isdisjoint(hands)
