"""Strategies for what minds and patrons may throw at a wood: sensible, foolish and hostile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hypothesis import strategies as st

from inference import contrarian, instinct, random_
from inference.parse import read
from tests.wood.woods import RULES, Answering
from wood.founding import found_world
from wood.moves import (
    AddMargin,
    BuyCorner,
    CastLegend,
    CastRumor,
    ClosePosition,
    DailyCall,
    Denounce,
    DrawLegend,
    Foresight,
    Intervention,
    Join,
    Leave,
    Measured,
    OfferBribe,
    OfferLoan,
    OfferPact,
    OpenPosition,
    SellCorner,
    TellLegend,
)
from wood.names import CREATURES, GOODS, Creature, Side
from wood.observe import View
from wood.orders import MAX_ORDERS, MAX_PRICE, MAX_QTY, Answer, Decision, Order
from wood.world import World

HUGE: Final = 10**30
PATRONS: Final = ("p1", "p2", "p3", "p4", "p5", "p6")
LATE: Final = ("p7", "p8")
"""Keys of patrons who come later, or come back to what they had left."""
STRANGE_KEYS: Final = (
    "p9",
    "p0",
    "p01",
    "p-1",
    "p\uff11",
    "1",
    "",
    "oona",
    "mint",
    "patron:p1",
    "escrow:oona",
    "p1/joining",
)
LINES: Final = (
    "",
    "Honey will be dearer tomorrow.",
    "There is a glut of acorns, sell!",
    "Pip hoards berries.",
    "@everyone free honey",
    "<@1234> https://discord.gg/x",
    "a\x00b\u200bc",
    "half a pair \ud83d of honey, scarce",
    "honey " * 60,
    "Pip is kind and honest.",
    "Fenn cheats, do not trust him.",
    "Firewood gets dearer!",
    "\u5bd2\u3044\u51ac\u304c\u6765\u308b firewood",
)


@dataclass(frozen=True)
class Act:
    """What one creature does in a turn: a decision as it is, or a rule-based mind's; ``accept`` answers all offers."""

    decision: Decision | None = None
    mind: Answering | None = None
    accept: bool | None = None

    def of(self, view: View, seed: int) -> Decision | None:
        """The decision of the creature with this view."""
        if self.mind is not None:
            return read(self.mind(view, seed), view).decision
        if self.decision is None or self.accept is None:
            return self.decision
        answers = tuple(Answer(loan.number, self.accept) for loan in view.offers)
        return replace(self.decision, answers=(*self.decision.answers, *answers))


@dataclass(frozen=True)
class CastHeld:
    """A patron casts the first legend of its own hand, whichever that is by then."""

    patron: str
    breath: int


Deed = Intervention | CastHeld


@dataclass(frozen=True, repr=False)
class Story:
    """A run: for each turn five creatures' acts and the interventions put in. Too long to be shown whole.

    ``after`` is the turn after which it begins, so that some go over a year's end.
    """

    seed: int
    acts: Sequence[Sequence[Act]]
    deeds: Sequence[Sequence[Deed]]
    after: int = 0

    def decisions(self, turn: int, views: Mapping[Creature, View]) -> dict[Creature, Decision | None]:
        """Every creature's decision of the turn with this place in the story (from 0)."""
        return {
            creature: act.of(views[creature], self.seed)
            for creature, act in zip(CREATURES, self.acts[turn], strict=True)
        }

    def interventions(self, turn: int, world: World) -> list[Intervention]:
        """The interventions of a turn."""
        return [_held(deed, world) if isinstance(deed, CastHeld) else deed for deed in self.deeds[turn]]


def _held(cast: CastHeld, world: World) -> CastLegend:
    patron = world.patrons.get(cast.patron)
    return CastLegend(cast.patron, patron.hand[0] if patron and patron.hand else None, cast.breath)


texts = st.one_of(st.sampled_from(LINES), st.text(max_size=20))
wild_ints = st.one_of(
    st.integers(-2, 12), st.sampled_from([-HUGE, MAX_PRICE, MAX_PRICE + 1, MAX_QTY, MAX_QTY + 1, HUGE])
)
orders = st.one_of(
    st.builds(Order, st.sampled_from(Side), st.sampled_from(GOODS), st.integers(1, 15), st.integers(1, 9)),
    st.builds(Order, st.sampled_from(Side), st.sampled_from(GOODS), wild_ints, wild_ints),
)
answers = st.builds(Answer, st.one_of(st.integers(-1, 6), st.just(HUGE)), st.booleans())
decisions = st.builds(
    Decision,
    texts,
    st.one_of(
        st.lists(orders, max_size=MAX_ORDERS).map(tuple),
        st.tuples(orders, st.integers(MAX_ORDERS, 40)).map(lambda many: (many[0],) * many[1]),
        st.lists(orders, min_size=MAX_ORDERS + 1, max_size=12).map(tuple),
    ),
    texts,
    st.lists(answers, max_size=2).map(tuple),
)
acts = st.one_of(
    st.sampled_from([Act(mind=instinct.answer), Act(mind=random_.answer), Act(mind=contrarian.answer), Act()]),
    st.builds(Act, decisions, st.none(), st.sampled_from([None, True, True, False])),
)

patrons = st.one_of(st.sampled_from(PATRONS), st.sampled_from(STRANGE_KEYS))
legends = st.one_of(st.sampled_from(sorted(RULES.legends)), st.just("no-such-legend"), st.just(""))
subjects = st.sampled_from([*GOODS, *CREATURES])
hearers = st.one_of(st.none(), st.sampled_from(CREATURES))
somebody = st.sampled_from(PATRONS)
goods = st.sampled_from(GOODS)
sides = st.sampled_from([-1, 1])
limits = st.one_of(st.none(), wild_ints)
money: st.SearchStrategy[Intervention] = st.one_of(
    st.builds(OpenPosition, somebody, goods, sides, st.integers(10, 60)),
    st.builds(OpenPosition, patrons, goods, st.integers(-2, 2), wild_ints, limits),
    st.builds(AddMargin, somebody, goods, st.one_of(st.integers(1, 60), wild_ints)),
    st.builds(ClosePosition, patrons, goods),
    st.builds(
        CastRumor,
        somebody,
        goods,
        st.sampled_from(LINES),
        sides,
        hearers,
        st.integers(5, 40),
        st.sampled_from(["truth", "truth", "effect"]),
        st.sampled_from([300, 500, 3000]),
    ),
    st.builds(
        CastRumor,
        patrons,
        subjects,
        texts,
        st.integers(-2, 2),
        hearers,
        wild_ints,
        st.sampled_from(["truth", "effect"]),
    ),
    st.builds(Measured, patrons, goods, st.integers(0, 120), wild_ints, st.booleans()),
    st.builds(Leave, somebody),
    st.builds(Join, st.sampled_from(LATE), st.integers(0, 100), st.integers(0, 5), st.integers(0, 40)),
)
"""What the Bourse has to do with, and who comes and goes meanwhile."""
dealings: st.SearchStrategy[Intervention] = st.one_of(
    st.builds(OfferLoan, patrons, st.sampled_from(CREATURES), wild_ints, wild_ints, wild_ints),
    st.builds(
        OfferLoan, somebody, st.sampled_from(CREATURES), st.integers(1, 40), st.integers(0, 9), st.integers(1, 5)
    ),
    st.builds(OfferBribe, somebody, st.sampled_from(CREATURES), st.sampled_from(["withhold", "dump"]), limits),
    st.builds(OfferPact, patrons, st.sampled_from(CREATURES), st.sampled_from(CREATURES), limits),
    st.builds(Foresight, patrons, st.sampled_from(["shock", "thought", "omen"]), hearers, limits),
    st.builds(Denounce, patrons, patrons, limits),
    st.builds(Denounce, somebody, somebody),
    st.builds(BuyCorner, patrons, goods, wild_ints, limits),
    st.builds(BuyCorner, somebody, goods),
    st.builds(SellCorner, patrons, goods),
)
"""What patrons do in secret."""
deeds: st.SearchStrategy[Deed] = st.one_of(
    money,
    dealings,
    st.builds(CastRumor, st.one_of(st.none(), patrons), subjects, texts, st.integers(-2, 2), hearers),
    st.builds(CastRumor, somebody, subjects, st.sampled_from(LINES), sides, hearers),
    st.builds(DailyCall, patrons, st.sampled_from(GOODS), st.integers(-2, 2), wild_ints),
    st.builds(DailyCall, patrons, st.sampled_from(GOODS), st.sampled_from([-1, 1]), st.integers(1, 8)),
    st.builds(DrawLegend, patrons),
    st.builds(CastHeld, st.sampled_from(PATRONS), wild_ints),
    st.builds(CastLegend, patrons, st.one_of(st.none(), legends), wild_ints),
    st.builds(TellLegend, legends),
    st.builds(Join, patrons),
    st.builds(Leave, patrons),
)


@st.composite
def stories(draw: st.DrawFn, turns: int, things: st.SearchStrategy[Deed] = deeds) -> Story:
    """A run of so many turns, drawn from a small palette of acts and deeds so that it can be drawn and shrunk fast."""
    palette = draw(st.lists(acts, min_size=1, max_size=10))
    deck = draw(st.lists(things, max_size=18))
    one_act = st.sampled_from(palette)
    some_deeds = st.lists(st.sampled_from(deck), max_size=5) if deck else st.just([])
    first: list[Deed] = [Join(patron) for patron in PATRONS]
    return Story(
        seed=draw(st.one_of(st.integers(0, 9), st.integers(-HUGE, HUGE))),
        acts=draw(st.lists(st.tuples(*[one_act] * len(CREATURES)), min_size=turns, max_size=turns)),
        deeds=[first, *draw(st.lists(some_deeds, min_size=turns - 1, max_size=turns - 1))],
        after=draw(st.sampled_from([0, *range(RULES.year - 10, RULES.year - 1)])),
    )


def begun(story: Story) -> World:
    """The wood in which a story begins."""
    return replace(found_world(RULES, story.seed), turn=story.after)
