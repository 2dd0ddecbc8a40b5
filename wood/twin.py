"""Twins: how a wood goes on with something that was said, and how without, and what the difference is.

A course is the light way through some turns: the same prices, stores and feelings as a turn that is chronicled, without
its record and its hash, and without the chances of its claims, which nothing asks for before they are judged. So a
course may be :data:`SPAN` turns long, and no longer.

The band says how far chance is from what was said: pairs of courses, with and without, from the same world under habit
alone, each by other dice. An effect counts where hardly any pair would have had none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wood.chance import draw
from wood.chronicle import Turn
from wood.draft import Draft
from wood.exchange import standing_orders
from wood.moves import Intervention
from wood.names import CREATURES, GOODS, Creature, Good, Name, Side
from wood.odds import by_habit
from wood.orders import Decision, Order, Trade
from wood.prophecy import JUDGED_AFTER
from wood.rules import Rules
from wood.turn import go_on, live, wake
from wood.unsaid import Said, Unsaid, unsaid
from wood.wagers import change
from wood.world import World

SPAN: Final = JUDGED_AFTER
"""Turns that words are followed for, that in which they are heard included."""
PAIRS: Final = 5
LEAST: Final = 100
"""Hundredths of a per cent under which an effect is none."""
LAUGHED: Final = 10
"""Points of belief under which a hearer is said to have laughed."""
_LOW, _HIGH = 10, 90
"""Percentiles between which the band lies."""

Decide = Callable[[World], Mapping[Creature, Decision | None]]
"""What the minds decide of a world whose turn is open."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One turn of a course: prices and wealth at its end, what was traded, and, where it was looked at, what stood."""

    references: Mapping[Good, int]
    wealth: Mapping[Creature, int]
    standing: Mapping[Creature, tuple[Order, ...]]
    trades: tuple[Trade, ...]


def as_recorded(turn: Turn) -> Stage:
    """A turn that was chronicled, without what stood at its market."""
    return Stage(turn.references, turn.wealth, {}, turn.trades)


class Did(Name):
    """What a hearer did because of words, counted against its twin; more or fewer units."""

    OFFERED = "offered"
    BOUGHT = "bought"
    SOLD = "sold"
    WANTED = "wanted"
    NODDED = "nodded"
    LAUGHED = "laughed"


@dataclass(frozen=True, slots=True)
class Reaction:
    """What one hearer did because of words: ``units`` more, or fewer where negative; 0 where none are counted."""

    creature: Creature
    did: Did
    units: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """What words do turn by turn by other dice: the 10th and the 90th percentile, hundredths of a per cent."""

    low: tuple[int, ...]
    high: tuple[int, ...]


def live_on(
    rules: Rules,
    world: World,
    actions: Sequence[Intervention | Unsaid],
    decide: Decide,
    *,
    look: bool = False,
) -> tuple[World, Stage]:
    """Go one turn on in a course.

    Args:
        rules: the content.
        world: between two turns.
        actions: what the turn takes in; what the rules refuse is passed over.
        decide: what the minds make of the turn once it is open.
        look: whether to see what stands at its market.
    """
    draft = Draft(rules, world)
    wake(draft, actions)
    morning = draft.freeze()
    decisions = decide(morning)
    standing = standing_orders(rules, morning, decisions) if look else {}
    draft.events.clear()
    live(draft, decisions)
    draft.turn = draft.now
    orders = {who: tuple(order for _, order in stand) for who, stand in standing.items()}
    return draft.freeze(), _stage(draft, orders)


def _stage(draft: Draft, standing: Mapping[Creature, tuple[Order, ...]]) -> Stage:
    wealth = {creature: draft.wealth_of(creature) for creature in CREATURES}
    return Stage(dict(draft.references), wealth, standing, draft.tape)


def bands(
    rules: Rules,
    world: World,
    actions: Sequence[Intervention],
    said: Sequence[Said],
    turns: int = SPAN,
    pairs: int = PAIRS,
) -> list[Band]:
    """What each of the things that were said in a turn does by other dice.

    Args:
        rules: the content.
        world: before the turn that takes them in.
        actions: all that the turn takes in, with them.
        said: what to measure, each beside a course in which it alone is left out.
        turns: how many turns to follow it for.
        pairs: how many pairs of courses.
    """
    moves: list[list[list[int]]] = [[] for _ in said]
    for number in range(pairs):
        dice = draw(world.seed, world.turn, "twin", str(number))
        told = _habit(rules, world, actions, dice, turns)
        for each, found in zip(said, moves, strict=True):
            twin = _habit(rules, world, unsaid(actions, each), dice, turns)
            found.append([change(one[each.about], other[each.about]) for one, other in zip(told, twin, strict=True)])
    return [_band(found) for found in moves]


def _band(courses: Sequence[Sequence[int]]) -> Band:
    by_turn = [sorted(each) for each in zip(*courses, strict=True)]
    return Band(*(tuple(_percentile(each, share) for each in by_turn) for share in (_LOW, _HIGH)))


def _habit(
    rules: Rules, world: World, actions: Sequence[Intervention | Unsaid], dice: int, turns: int
) -> list[dict[Good | Creature, int]]:
    """What goods cost and creatures have at the end of each turn, where habit alone decides."""
    draft = Draft(rules, world)
    draft.dice = dice
    wake(draft, actions)
    course: list[dict[Good | Creature, int]] = []
    for each in by_habit(draft, turns, go_on):
        values: dict[Good | Creature, int] = {good: each.references[good] for good in GOODS}
        values.update((creature, each.wealth_of(creature)) for creature in CREATURES)
        course.append(values)
    return course


def _percentile(values: Sequence[int], share: int) -> int:
    """A percentile of sorted values, between two of them in proportion."""
    at, part = divmod((len(values) - 1) * share, 100)
    above = values[min(at + 1, len(values) - 1)]
    return values[at] + (above - values[at]) * part // 100


def effects(about: Good | Creature, told: Sequence[Stage], twin: Sequence[Stage]) -> tuple[int, ...]:
    """How far the price of a good, or the wealth of a creature, is from its twin's after each turn.

    Returns:
        Hundredths of a per cent of the twin's.
    """
    return tuple(change(_worth(about, one), _worth(about, other)) for one, other in zip(told, twin, strict=True))


def gain(creature: Creature, told: Stage, twin: Stage) -> int:
    """By how much a creature is richer than in its twin, hundredths of a pebble."""
    return told.wealth[creature] - twin.wealth[creature]


def _worth(about: Good | Creature, stage: Stage) -> int:
    return stage.references[about] if isinstance(about, Good) else stage.wealth[about]


def seen(effects: Sequence[int], band: Band) -> tuple[bool, ...]:
    """After which turns an effect is one: of at least a per cent, and the way that it goes by nearly all dice."""
    return tuple(
        abs(effect) >= LEAST and (low > 0 if effect > 0 else high < 0)
        for effect, low, high in zip(effects, band.low, band.high, strict=False)
    )


def telling(about: Good | Creature, effects: Sequence[int], band: Band) -> int | None:
    """The place of the effect that is told; None where there is none.

    Of a price it is the strongest. What a creature has goes up and down with each trade, so there it is the last.
    """
    counts = [at for at, one in enumerate(seen(effects, band)) if one]
    if isinstance(about, Creature):
        return counts[-1] if counts and counts[-1] == len(effects) - 1 else None
    return max(counts, key=lambda at: abs(effects[at]), default=None)


def reactions(
    about: Good | Creature, believed: Mapping[Creature, int], told: Sequence[Stage], twin: Sequence[Stage]
) -> tuple[Reaction, ...]:
    """What each hearer did because of words: about a good that day, with a creature since."""
    hearers = [creature for creature in CREATURES if creature in believed]
    return tuple(_reaction(about, creature, believed[creature], told, twin) for creature in hearers)


def _reaction(
    about: Good | Creature, who: Creature, points: int, told: Sequence[Stage], twin: Sequence[Stage]
) -> Reaction:
    if points < LAUGHED:
        return Reaction(who, Did.LAUGHED)
    done = (
        _to_creature(about, who, told, twin) if isinstance(about, Creature) else _to_good(about, who, told[0], twin[0])
    )
    return next((Reaction(who, did, units) for did, units in done if units), Reaction(who, Did.NODDED))


def _to_good(good: Good, who: Creature, told: Stage, twin: Stage) -> list[tuple[Did, int]]:
    """What a creature meant to do otherwise on the day it heard; what others left it no chance to is not its doing."""
    offered = _placed(told, who, good, Side.SELL) - _placed(twin, who, good, Side.SELL)
    wanted = _placed(told, who, good, Side.BUY) - _placed(twin, who, good, Side.BUY)
    bought = _traded([told], who, good, buys=True) - _traded([twin], who, good, buys=True)
    return [(Did.OFFERED, offered), (Did.BOUGHT, bought if bought * wanted > 0 else 0), (Did.WANTED, wanted)]


def _to_creature(
    target: Creature, who: Creature, told: Sequence[Stage], twin: Sequence[Stage]
) -> list[tuple[Did, int]]:
    """How a creature dealt otherwise with the one that was spoken of, until now."""
    bought = _traded(told, who, target, buys=True) - _traded(twin, who, target, buys=True)
    sold = _traded(told, who, target, buys=False) - _traded(twin, who, target, buys=False)
    return [(Did.BOUGHT, bought), (Did.SOLD, sold)]


def _placed(stage: Stage, who: Creature, good: Good, side: Side) -> int:
    return sum(order.qty for order in stage.standing[who] if order.good is good and order.side is side)


def _traded(stages: Sequence[Stage], who: Creature, about: Good | Creature, *, buys: bool) -> int:
    """Units that somebody bought, or sold: of a good, or from and to a creature."""
    return sum(
        trade.qty
        for stage in stages
        for trade in stage.trades
        if (trade.buyer if buys else trade.seller) == who
        and about in (trade.good, trade.seller if buys else trade.buyer)
    )


def topic(about: str) -> Good | Creature:
    """The good or the creature of a name.

    Raises:
        ValueError: it is neither.
    """
    return Good(about) if about in GOODS else Creature(about)
