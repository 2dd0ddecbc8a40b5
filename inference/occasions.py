"""What there is to talk about: the situations that hold for one creature now, and how much each matters."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from wood.memory import Deed
from wood.names import CENTS, CREATURES, FIREWOOD, GOODS, Creature, Good, Season
from wood.observe import Heard, View
from wood.orders import Trade
from wood.pacts import Deal
from wood.situations import Situation
from wood.tongue import NO_WORDS, UNKNOWN, good_name

MOVED: Final = 3
"""Per cent from which a price has really moved."""
UNUSUAL: Final = (70, 135)
"""Per cent of its start price below which a good is cheap, and above which it is dear."""
BELIEVED: Final = 15
"""Size of a belief from which it is one."""
WARM: Final = 6
"""Size of a feeling from which somebody is a friend or a foe."""
RICH: Final = 90
POOR: Final = 8
"""Pebbles in a purse that is full, and in one that is empty."""
GLUM: Final = 35
MERRY: Final = 80
NEWS_AGE: Final = 1
TALK_AGE: Final = 8
"""Turns since it was told up to which a legend is news, and up to which it is the talk of the wood."""

_RECALLED: Final[Mapping[Deed, Situation]] = MappingProxyType(
    {
        Deed.LIED: Situation.RECALLS_LIED,
        Deed.FORETOLD: Situation.RECALLS_FORETOLD,
        Deed.SPOKE_ILL: Situation.RECALLS_ILL,
        Deed.SPOKE_WELL: Situation.RECALLS_WELL,
        Deed.DEAR: Situation.RECALLS_DEAR,
        Deed.KIND: Situation.RECALLS_KIND,
        Deed.DEFAULTED: Situation.RECALLS_DEFAULT,
        Deed.DUNNED: Situation.RECALLS_DUNNED,
        Deed.SHORTED: Situation.RECALLS_SHORTED,
    }
)
_SEASONS: Final[Mapping[Season, Situation]] = MappingProxyType(
    {
        Season.AUTUMN: Situation.AUTUMN,
        Season.WINTER: Situation.WINTER,
        Season.SPRING: Situation.SPRING,
        Season.SUMMER: Situation.SUMMER,
    }
)
_BOUGHT: Final = (Situation.BARGAIN, Situation.BOUGHT, Situation.OVERPAID)
_SOLD: Final = (Situation.SOLD_LOW, Situation.SOLD, Situation.SOLD_WELL)
_TRADE_WEIGHTS: Final = (8, 7, 8)


class Occasion(NamedTuple):
    """A situation that holds.

    Attributes:
        situation: which.
        weight: how much it matters, 1 or more.
        good: the good that it is about, if any.
        words: what stands in the other places of its lines.
        rare: whether it is so seldom, or so different each time, that the creature may always speak of it.
    """

    situation: Situation
    weight: int
    good: Good | None = None
    words: Mapping[str, object] = NO_WORDS
    rare: bool = False


def occasions(view: View, *, contrary: bool = False) -> Iterator[Occasion]:
    """Find all that a creature could talk about.

    Args:
        view: all that it knows.
        contrary: whether it doubts what it hears and says the opposite of what prices do.
    """
    yield from _contrary_prices(view) if contrary else _prices(view)
    yield from _market(view)
    yield from _home(view)
    yield from _hearsay(view, contrary=contrary)
    yield from _stories(view)
    yield from _people(view)
    yield from _itself(view)


def _level(view: View, good: Good, cents: int) -> int:
    """Whether a price is far below the usual (0), near it (1) or far above (2)."""
    low, high = UNUSUAL
    percent = 100 * cents // view.starts[good]
    return (percent >= low) + (percent > high)


def _shown(cents: int) -> int:
    """A reference price in whole pebbles."""
    return max(1, (cents + CENTS // 2) // CENTS)


def _prices(view: View) -> Iterator[Occasion]:
    for good in GOODS:
        move = view.moves[good]
        if abs(move) >= MOVED:
            situation = Situation.DEARER if move > 0 else Situation.CHEAPER
            yield Occasion(situation, 2 + min(5, abs(move) // 5), good)
        level = _level(view, good, view.references[good])
        if level != 1:
            words = {"price": _shown(view.references[good])}
            yield Occasion(Situation.HIGH if level else Situation.LOW, 1, good, words)
    # A tongue in which a creature has such lines of its own makes a deceiver of it.
    own = view.tongue.voices.get(view.creature, {})
    if own.get(Situation.TALK_UP) and view.spare.get(view.makes, 0) > 2:
        yield Occasion(Situation.TALK_UP, 4, view.makes)
    if own.get(Situation.TALK_DOWN) and view.lacks:
        yield Occasion(Situation.TALK_DOWN, 3, _pressing(view))


def _pressing(view: View) -> Good:
    """The good that it misses most."""
    return max(view.lacks, key=lambda good: (good is FIREWOOD, view.worth[good] * CENTS // view.references[good], good))


def _contrary_prices(view: View) -> Iterator[Occasion]:
    for good in GOODS:
        move = view.moves[good]
        level = _level(view, good, view.references[good])
        if abs(move) >= MOVED:
            situation = Situation.TALK_DOWN if move > 0 else Situation.TALK_UP
            yield Occasion(situation, 9, good)
        elif level != 1:
            yield Occasion(Situation.TALK_DOWN if level else Situation.TALK_UP, 4, good)


def _market(view: View) -> Iterator[Occasion]:
    for trade in view.tape:
        if trade.buyer == view.creature and trade.seller in CREATURES:
            yield from _trade(view, trade, Creature(trade.seller), _BOUGHT)
        elif trade.seller == view.creature and trade.buyer in CREATURES:
            yield from _trade(view, trade, Creature(trade.buyer), _SOLD)
    for good, units in view.lately.unserved.items():
        if units:
            yield Occasion(Situation.REFUSED, 3 + min(3, units), good)
    if view.lately.unsold:
        yield Occasion(Situation.UNSOLD, 4, view.makes, _counted(view.lately.unsold))


def _trade(
    view: View, trade: Trade, other: Creature, kinds: tuple[Situation, Situation, Situation]
) -> Iterator[Occasion]:
    if who := view.tongue.names.get(other):
        level = _level(view, trade.good, trade.price * CENTS)
        yield Occasion(kinds[level], _TRADE_WEIGHTS[level], trade.good, {"who": who, "price": trade.price})


def _home(view: View) -> Iterator[Occasion]:
    lately = view.lately
    if lately.cold:
        yield Occasion(Situation.COLD, 9)
    if lately.kinds < 2:
        yield Occasion(Situation.POOR_MEAL, 5)
    elif lately.kinds > 2:
        yield Occasion(Situation.GOOD_MEAL, 1)
    for good, units in lately.spoiled.items():
        if units:
            yield Occasion(Situation.ROT, 4, good, _counted(units))
    if view.lacks:
        yield Occasion(Situation.LACKS, 1, _pressing(view))


def _counted(units: int) -> dict[str, object]:
    """How many, where it is more than one, since no line says one."""
    return {"units": units} if units > 1 else {}


def _hearsay(view: View, *, contrary: bool) -> Iterator[Occasion]:
    """What others said; never of a whisper, and of none whose speaker has no name."""
    for heard in view.heard:
        if heard.kind == "whisper" or heard.speaker in {"", UNKNOWN} or not heard.leaning or not heard.about:
            continue
        rumor = heard.kind == "rumor"
        matters = 2 if rumor else 1
        who = {"who": heard.speaker}
        if heard.about in GOODS:
            situation = _judged(view, heard, contrary=contrary)
            yield Occasion(situation, matters * 6, Good(heard.about), who, rare=rumor)
        elif heard.about == view.creature:
            situation = Situation.SLANDERED if heard.leaning < 0 else Situation.FLATTERED
            yield Occasion(situation, matters * 6, None, who, rare=True)
        elif (other := view.tongue.names.get(Creature(heard.about), "")) and other != heard.speaker:
            situation = Situation.ILL_OF if heard.leaning < 0 else Situation.WELL_OF
            yield Occasion(situation, matters * 3, None, {**who, "other": other}, rare=True)


def _judged(view: View, heard: Heard, *, contrary: bool) -> Situation:
    """What it makes of a claim about a price: what its eyes say first, then what it believes."""
    good = Good(str(heard.about))
    went = view.moves[good] * heard.leaning
    if went <= -MOVED:
        return Situation.DISPROVED
    if contrary:
        return Situation.DOUBTS
    if went >= MOVED:
        return Situation.CONFIRMED
    if view.beliefs.get(good, 0) * heard.leaning < BELIEVED:
        return Situation.DOUBTS
    return Situation.BELIEVES_UP if heard.leaning > 0 else Situation.BELIEVES_DOWN


def _stories(view: View) -> Iterator[Occasion]:
    if view.legend:
        title, age = view.legend
        words = {"title": title}
        if age <= NEWS_AGE:
            yield Occasion(Situation.LEGEND_NEW, 9, None, words, rare=True)
        elif age <= TALK_AGE:
            yield Occasion(Situation.LEGEND_ON, 5, None, words)
        else:
            yield Occasion(Situation.LEGEND_OLD, 2, None, words)
    for memory in view.memories:
        yield Occasion(_RECALLED[memory.deed], 2 + memory.weight // 12, memory.good, {"who": memory.who})


def _people(view: View) -> Iterator[Occasion]:
    for who, feeling in view.feelings:
        if abs(feeling) >= WARM and who != UNKNOWN:
            situation = Situation.FRIEND if feeling > 0 else Situation.FOE
            yield Occasion(situation, 2 + abs(feeling) // 6, None, {"who": who})
    for offer in view.offers:
        if offer.what is Deal.LOAN:  # of a bribe one does not talk
            yield Occasion(Situation.LOAN, 4, None, {"who": offer.patron}, rare=True)
    for debt in view.debts:
        yield Occasion(Situation.DEBT, 2, None, {"who": debt.lender})
    if view.broke:
        yield Occasion(Situation.BROKE, 8)
    for who in view.ruined:
        yield Occasion(Situation.RUIN, 8, None, {"who": who})


def _itself(view: View) -> Iterator[Occasion]:
    if view.purse >= RICH or view.purse < POOR:
        yield Occasion(Situation.RICH if view.purse >= RICH else Situation.POOR, 2)
    if view.mood < GLUM or view.mood >= MERRY:
        yield Occasion(Situation.GLUM if view.mood < GLUM else Situation.MERRY, 3 if view.mood < GLUM else 2)
    yield Occasion(_SEASONS[view.season], 1)
    if all(abs(move) < MOVED for move in view.moves.values()):
        yield Occasion(Situation.QUIET, 2)


def known(view: View, occasion: Occasion) -> dict[str, object]:
    """The facts of an occasion, its good's name among them."""
    named = {} if occasion.good is None else {"good": good_name(view.tongue, occasion.good)}
    return {**named, **occasion.words}
