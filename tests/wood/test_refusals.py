"""What the rules refuse: each code with its advice, and a draft untouched by any refusal."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telling.catalog import words_in
from bot.telling.notice import refused as notice
from tests.wood.absurd import CastHeld, Deed, deeds
from tests.wood.woods import RULES, SILENT, holding, told, wood
from wood.bourse import MOST_GAIN
from wood.chronicle import EventKind, dump
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
    OfferBribe,
    OfferLoan,
    OfferPact,
    OpenPosition,
    SellCorner,
    TellLegend,
    admit,
)
from wood.moves.bourse import POSITIONS_MOST, STAKES
from wood.moves.call import CALL_TURNS_MOST
from wood.moves.corner import BUDGETS
from wood.moves.denounce import AGAIN
from wood.moves.foresight import OMEN_SIGHT
from wood.moves.joining import JOIN_PEBBLES
from wood.moves.legend import HAND_MOST, LEGEND_BREATH
from wood.moves.loan import INTEREST_PERCENT, LOAN_TURNS_MOST
from wood.moves.rumor import BARS, MAX_RUMOR, RUMOR_BREATH, WAGERS, WHISPER_PEBBLES
from wood.names import BOURSE, GOODS, Creature, Good
from wood.offers import GRUDGE, OFFERS_MOST
from wood.prophecy import JUDGED_AFTER
from wood.refusal import Refusal, RefusalCode
from wood.stakes import Case, Pact
from wood.turn import step
from wood.world import World

RUMOR = CastRumor("p1", Good.HONEY, "Honey grows scarce.", 1)
WHISPER = replace(RUMOR, to=Creature.PIP)
LOAN = OfferLoan("p1", Creature.PIP, 20, 2, 5)
THOUGHT = Foresight("p1", "thought", Creature.PIP)
DENOUNCED = Denounce("p1", "p2")
CALL = DailyCall("p1", Good.HONEY, 1, 8)
LONG = OpenPosition("p1", Good.HONEY, 1, 20)
BRIBE = OfferBribe("p1", Creature.PIP, "withhold")
PACT = OfferPact("p1", Creature.PIP, Creature.FENN)
STAKED = replace(RUMOR, stake=20)
CORNER = BuyCorner("p1", Good.HONEY)
DEAREST = 20 * INTEREST_PERCENT // 100


def woods_patron(world: World, **changes: object) -> World:
    """The same wood with p1 changed."""
    return replace(world, patrons={**world.patrons, "p1": replace(world.patrons["p1"], **changes)})  # type: ignore[arg-type]


def refusal(world: World, intervention: Intervention) -> Refusal:
    with pytest.raises(Refusal) as refused:
        admit(RULES, world, intervention)
    assert str(refused.value).startswith(refused.value.code)
    return refused.value


def holder(world: World) -> World:
    """p1 has drawn one legend."""
    return admit(RULES, world, DrawLegend("p1"))


def card(world: World) -> str:
    return world.patrons["p1"].hand[0]


def everything_held(world: World) -> World:
    """Every legend is in some hand but p1's."""
    patrons = dict(world.patrons)
    for number, slug in enumerate(RULES.deck):
        patrons[f"p{number + 10}"] = replace(patrons["p2"], key=f"p{number + 10}", hand=(slug,))
    return replace(world, deck=(), patrons=patrons)


def gathering(world: World) -> World:
    world = holder(world)
    return admit(RULES, world, CastLegend("p1", card(world), 1))


def rivals(world: World) -> World:
    """p1's legend gathers breath, and p3 holds another."""
    world = gathering(world)
    patrons = {**world.patrons, "p3": replace(world.patrons["p2"], key="p3", hand=("great-frost",))}
    assert card(world) != "great-frost"
    return replace(world, patrons=patrons)


def full(world: World) -> World:
    world = replace(holder(world), ready=99)
    return admit(RULES, world, CastLegend("p1", card(world), LEGEND_BREATH))


def pips_offers(world: World) -> World:
    """Pip has as many offers to think about as it does, of other patrons."""
    for number in range(2, OFFERS_MOST + 2):
        key = f"p{number}"
        if key not in world.patrons:
            world = admit(RULES, world, Join(key))
        world = admit(RULES, world, replace(LOAN, patron=key, amount=1, interest=0))
    return world


def offered(world: World) -> World:
    """Pip thinks about an offer of p1's."""
    return admit(RULES, world, replace(LOAN, amount=1, interest=0))


def promised(world: World) -> World:
    """Pip keeps a promise to p1."""
    return replace(world, pacts=(Pact("withhold", "p1", Creature.PIP, None, world.turn + 3),))


def positioned(world: World) -> World:
    """p1 is long in honey."""
    return admit(RULES, world, LONG)


def invested(world: World) -> World:
    """p1 has as many positions as anybody may."""
    for good in [good for good in GOODS if good is not Good.HONEY][:POSITIONS_MOST]:
        world = admit(RULES, world, replace(LONG, good=good))
    return world


def staked(world: World) -> World:
    """p1 has pebbles staked on words about honey."""
    return admit(RULES, world, STAKED)


def cornered(world: World) -> World:
    """An agent of p1's buys up honey."""
    return admit(RULES, world, CORNER)


def selling(world: World) -> World:
    """It has been called to sell."""
    return admit(RULES, cornered(world), SellCorner("p1", Good.HONEY))


def spent(world: World) -> World:
    """The Bourse has little left."""
    return holding(world, BOURSE, pebbles=MOST_GAIN * STAKES[0])


def ending(world: World) -> World:
    """The year's last turn is open."""
    return replace(world, turn=RULES.year - 1)


def exiled(world: World) -> World:
    return woods_patron(world, exiled=RULES.year)


def frozen(world: World) -> World:
    return woods_patron(world, blocked=world.turn + 3)


def grudging(world: World) -> World:
    return replace(world, feelings={**world.feelings, Creature.PIP: {"p1": GRUDGE - 1}})


def breathless(world: World) -> World:
    return woods_patron(world, breath=0)


def poor(world: World) -> World:
    return holding(world, "patron:p1", pebbles=WHISPER_PEBBLES - 1)


def called(world: World) -> World:
    return admit(RULES, world, CALL)


def seen(world: World) -> World:
    """p1 has had this turn's glimpse."""
    return admit(RULES, world, THOUGHT)


def denounced(world: World) -> World:
    """p1 has denounced p2 in vain."""
    return admit(RULES, world, DENOUNCED)


def suspected(world: World) -> World:
    """A file is open on p2."""
    return replace(world, cases=(Case("p2", world.turn, world.turn + 3, "", 13),))


def outlawed(world: World) -> World:
    """p2 is exiled."""
    return replace(world, patrons={**world.patrons, "p2": replace(world.patrons["p2"], exiled=RULES.year)})


def plain(world: World) -> World:
    return world


REFUSALS: Sequence[tuple[str, Callable[[World], World], Intervention, str]] = [
    ("patron-key", plain, Join("oona"), "not “oona”"),
    ("patron-key", plain, Join("p01"), "p1, p2"),
    ("joined", plain, Join("p1"), "/patron purse"),
    ("welcome", plain, Join("p3", pebbles=JOIN_PEBBLES + 1), "100 pebbles"),
    ("welcome", plain, Join("p3", breath=-1), "5 breath"),
    ("no-patron", plain, Leave("p9"), "/patron join"),
    ("no-patron", plain, replace(RUMOR, patron="p9"), "/patron join"),
    ("no-patron", plain, replace(RUMOR, patron=""), "/patron join"),
    ("no-patron", plain, DrawLegend("oona"), "/patron join"),
    ("no-patron", plain, CastLegend("mint", None, 1), "/patron join"),
    ("no-patron", plain, replace(LOAN, patron="p9"), "/patron join"),
    ("empty-words", plain, replace(RUMOR, text=" \n "), "one line"),
    (
        "long-words",
        plain,
        replace(RUMOR, text="x" * (MAX_RUMOR + 1)),
        f"{MAX_RUMOR} characters; this one has {MAX_RUMOR + 1}",
    ),
    ("mention", plain, replace(RUMOR, text="@everyone honey"), "plain words"),
    ("mention", plain, replace(RUMOR, text="<@&77> honey"), "plain words"),
    ("mention", plain, replace(RUMOR, text="see HTTPS://x.y"), "plain words"),
    ("control", plain, replace(RUMOR, text="ho\u200bney"), "plain words"),
    ("control", plain, replace(RUMOR, text="honey \ud83d"), "plain words"),
    ("control", plain, replace(RUMOR, text="honey" + "\u0301" * 9), "plain words"),
    ("control", plain, replace(RUMOR, text="ho\u00adney"), "plain words"),
    ("empty-words", plain, replace(RUMOR, text="...!"), "one line"),
    ("leaning", plain, replace(RUMOR, leaning=2), "dearer (1), cheaper (-1)"),
    ("breath", breathless, RUMOR, f"takes {RUMOR_BREATH} breath and you have 0"),
    ("whisper-purse", poor, WHISPER, f"costs {WHISPER_PEBBLES} pebbles"),
    ("breath", breathless, WHISPER, "every turn"),
    ("deck", everything_held, DrawLegend("p1"), "until one is told"),
    ("hand", lambda world: woods_patron(world, hand=("a", "b")), DrawLegend("p1"), f"full ({HAND_MOST} legends)"),
    ("no-pool", plain, CastLegend("p1", None, 1), "/legend hand"),
    ("not-in-hand", holder, CastLegend("p1", "no-such", 1), "/legend hand"),
    ("not-in-hand", holder, CastLegend("p2", RULES.deck[0], 1), "/legend hand"),
    ("other-pool", rivals, CastLegend("p3", "great-frost", 1), "Help it, or wait"),
    ("no-breath", gathering, CastLegend("p2", None, 0), f"still needs {LEGEND_BREATH - 1}"),
    ("no-breath", gathering, CastLegend("p2", None, -(10**30)), "at least 1"),
    ("pool-full", full, CastLegend("p2", None, 1), "as soon as the wood has rested"),
    ("unknown-legend", plain, TellLegend("no-such"), "“no-such”"),
    ("lend-purse", plain, replace(LOAN, amount=0), f"your purse holds, {JOIN_PEBBLES}"),
    ("lend-purse", plain, replace(LOAN, amount=JOIN_PEBBLES + 1), f"your purse holds, {JOIN_PEBBLES}"),
    ("interest", plain, replace(LOAN, interest=-1), f"at most {DEAREST} pebbles"),
    ("interest", plain, replace(LOAN, interest=DEAREST + 1), f"at most {DEAREST} pebbles"),
    ("loan-turns", plain, replace(LOAN, turns=0), f"1 to {LOAN_TURNS_MOST} turns"),
    ("loan-turns", plain, replace(LOAN, turns=LOAN_TURNS_MOST + 1), f"1 to {LOAN_TURNS_MOST} turns"),
    ("grudge", grudging, LOAN, "Pip bears you a grudge"),
    ("patron-key", plain, replace(CALL, patron="oona"), "not “oona”"),
    ("leaning", plain, replace(CALL, leaning=0), "dearer (1), cheaper (-1)"),
    ("call-turns", plain, replace(CALL, turns=0), f"from 1 to {CALL_TURNS_MOST} turns"),
    ("call-turns", plain, replace(CALL, turns=CALL_TURNS_MOST + 1), f"from 1 to {CALL_TURNS_MOST} turns"),
    ("called", called, replace(CALL, good=Good.ACORNS), "one at a time"),
    ("foreseen", seen, THOUGHT, "can be bought next turn"),
    ("whose-thought", plain, Foresight("p1", "thought"), "one creature"),
    ("nothing-comes", plain, Foresight("p1", "omen"), f"falls within {OMEN_SIGHT} turns"),
    ("denounce-self", plain, Denounce("p1", "p1"), "keep quiet"),
    ("nobody", plain, Denounce("p1", "p9"), "The ranking"),
    ("exiled-already", outlawed, DENOUNCED, "somebody else"),
    ("case-open", suspected, DENOUNCED, "is heard in 3 turns"),
    ("denounced-lately", denounced, DENOUNCED, f"again in {AGAIN} turns"),
    ("loan-offers", pips_offers, LOAN, "Try again next turn"),
    ("offer-stands", offered, LOAN, "ask another creature now"),
    ("offer-stands", offered, PACT, "Pip is thinking about your last offer"),
    ("pact-stands", promised, BRIBE, "for 3 more turns"),
    ("pact-stands", promised, PACT, "Pip keeps a promise to you already"),
    ("same-creature", plain, replace(PACT, other=Creature.PIP), "another creature"),
    ("exiled", exiled, RUMOR, f"exiled you for {RULES.year - 1} more turns"),
    ("exiled", exiled, ClosePosition("p1", Good.HONEY), "daily call"),
    ("frozen", frozen, WHISPER, "frozen your purse for 3 more turns"),
    ("frozen", frozen, LONG, "What costs no pebbles still goes"),
    ("purse", poor, LONG, f"your purse holds {WHISPER_PEBBLES - 1}"),
    ("purse", poor, BRIBE, f"your purse holds {WHISPER_PEBBLES - 1}"),
    ("dearer", plain, replace(LONG, limit=0), "costs 2 now and not 0"),
    ("dearer", plain, replace(BRIBE, limit=-1), "Look again"),
    ("leaning", plain, replace(LONG, side=0), "dearer (1), cheaper (-1)"),
    ("stake", plain, replace(LONG, stake=STAKES[0] - 1), f"From {STAKES[0]} to {STAKES[1]} pebbles"),
    ("stake", plain, replace(STAKED, stake=WAGERS[1] + 1), f"From {WAGERS[0]} to {WAGERS[1]} pebbles"),
    ("stake", plain, replace(STAKED, stake=-1), f"From {WAGERS[0]} to {WAGERS[1]} pebbles"),
    ("stake", positioned, AddMargin("p1", Good.HONEY, 0), "From 1 to 20 pebbles"),
    ("position-stands", positioned, replace(LONG, side=-1), "on honey already"),
    ("positions", invested, LONG, f"{POSITIONS_MOST} bets open"),
    ("no-position", plain, ClosePosition("p1", Good.HONEY), "no bet on honey"),
    ("no-position", plain, AddMargin("p1", Good.HONEY, 5), "/patron book"),
    ("bourse-full", spent, LONG, f"{STAKES[0]} pebbles"),
    ("bourse-full", spent, STAKED, "Bourse"),
    ("wager-words", plain, replace(STAKED, leaning=0), "claim about a good's price"),
    ("wager-words", plain, replace(STAKED, about=Creature.FENN), "claim about a good's price"),
    ("no-patron", plain, replace(STAKED, patron=None), "/patron join"),
    ("wager-stands", staked, replace(STAKED, leaning=-1), "a stake on honey already"),
    ("wager-bar", plain, replace(STAKED, on="effect", bar=BARS[0] - 1), "from 3 to 30 per cent"),
    ("wager-bar", plain, replace(STAKED, on="effect", bar=BARS[1] + 1), "from 3 to 30 per cent"),
    ("year-ends", ending, LONG, "year"),
    ("year-ends", ending, BRIBE, "year"),
    ("year-ends", ending, PACT, "year"),
    ("year-ends", ending, DENOUNCED, "year"),
    ("year-ends", lambda world: replace(world, turn=RULES.year - JUDGED_AFTER - 1), STAKED, "year"),
    ("year-ends", lambda world: replace(world, turn=RULES.year - 4), LOAN, "after 3 more turns"),
    ("budget", plain, replace(CORNER, budget=BUDGETS[0] - 1), f"{BUDGETS[0]} to {BUDGETS[1]} pebbles"),
    ("budget", plain, replace(CORNER, budget=10**30), f"{BUDGETS[0]} to {BUDGETS[1]} pebbles"),
    ("corner-own", cornered, replace(CORNER, good=Good.ACORNS), "busy with honey already"),
    ("corner-taken", cornered, replace(CORNER, patron="p2"), "Choose another good"),
    ("corner-late", ending, CORNER, "in the new year"),
    ("corner-sells", selling, SellCorner("p1", Good.HONEY), "selling honey already"),
    ("no-corner", plain, SellCorner("p1", Good.HONEY), "Send one out"),
    ("no-corner", cornered, SellCorner("p2", Good.HONEY), "Send one out"),
]


@pytest.mark.parametrize(
    ("code", "arrange", "intervention", "says"),
    REFUSALS,
    ids=[f"{place}-{row[0]}" for place, row in enumerate(REFUSALS)],
)
def test_refusals_name_a_code_and_the_way_out_and_change_nothing(
    code: str, arrange: Callable[[World], World], intervention: Intervention, says: str
) -> None:
    world = arrange(wood(patrons=2))
    before = dump(world)
    refused = refusal(world, intervention)
    assert refused.code == code
    said = notice(refused).say(words_in("en"))
    assert says in said
    assert said.endswith(".")
    assert dump(world) == before
    # In a turn the same refusal is an event for one reader, and the turn is as if nothing had been put in.
    after, turn = step(RULES, world, SILENT, [intervention])
    (event,) = told(turn.events, EventKind.REFUSED)
    assert event.data == {"action": intervention.kind, "code": code, "facts": dict(refused.facts)}
    assert event.to == (getattr(intervention, "patron", None) or "storyteller")
    untouched, _ = step(RULES, world, SILENT)
    assert dump(replace(after, chain="")) == dump(replace(untouched, chain=""))


def test_every_refusal_of_the_rules_is_tried_but_those_that_need_a_drawn_out_hand() -> None:
    assert {RefusalCode(code) for code, *_ in REFUSALS} | {RefusalCode.DRAW_BREATH} == set(RefusalCode)


@given(st.lists(deeds, max_size=6))
def test_whatever_is_refused_leaves_the_wood_as_it_was(put_in: list[Deed]) -> None:
    world = wood(patrons=2)
    for deed in put_in:
        if isinstance(deed, CastHeld):
            continue
        before = dump(world)
        try:
            world = admit(RULES, world, deed)
        except Refusal:
            assert dump(world) == before
