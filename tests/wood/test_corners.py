"""Corners: an agent buys, holds and sells; who sent it stays a secret; and what breaks it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wood.laws import check_turn, check_world, watched_ledger
from tests.wood.woods import (
    MINDS,
    RULES,
    TRIAL,
    Answering,
    at_usual_prices,
    calm,
    decide,
    holding,
    play,
    told,
    with_legend,
    wood,
)
from wood.chronicle import EventKind, Turn, dump
from wood.corners import (
    BROKEN_TURNS,
    BUYING,
    HOLDING,
    REST,
    SELLING,
    UNDER_TURNS,
    break_corner,
    corner_in,
    last_turn,
)
from wood.draft import Draft
from wood.heat import talked_of
from wood.moves import BuyCorner, Intervention, Join, Leave, SellCorner, TellLegend, admit
from wood.moves.corner import BUDGET, BUDGETS, FEE, HEAT
from wood.names import (
    AGENT,
    BUY,
    CREATURES,
    FINES,
    GOODS,
    MINT,
    PEBBLES,
    SELL,
    Act,
    Creature,
    Good,
    Hand,
    patron_account,
    warehouse,
)
from wood.observe import NO_TONGUE, observe
from wood.orders import Decision, Order
from wood.refusal import Refusal, RefusalCode
from wood.rules import Layer, Rules, Shock, ShockKind
from wood.turn import close_turn, open_turn
from wood.world import World

HONEY = Good.HONEY
STORE = warehouse(HONEY)
OURS = patron_account("p1")


def begun(good: Good = HONEY, seed: int = 7, mind: Answering | None = None, rules: Rules = RULES) -> tuple[World, Turn]:
    """A wood of two patrons in its third turn, in which the first has just sent out an agent."""
    world, turns = play(wood(seed, 2, rules), 2, mind, {3: [BuyCorner("p1", good)]}, rules)
    return world, turns[-1]


def bought(turns: Sequence[Turn]) -> int:
    return sum(trade.qty for turn in turns for trade in turn.trades if trade.buyer == AGENT)


def sold(turns: Sequence[Turn]) -> int:
    return sum(trade.qty for turn in turns for trade in turn.trades if trade.seller == AGENT)


def refused(world: World, move: Intervention) -> Refusal:
    before = dump(world)
    with pytest.raises(Refusal) as caught:
        admit(RULES, world, move)
    assert dump(world) == before
    return caught.value


@pytest.mark.parametrize("mind", MINDS.values(), ids=MINDS)
@pytest.mark.parametrize("good", GOODS)
def test_an_agent_buys_holds_sells_up_and_brings_back_what_is_left(good: Good, mind: Answering) -> None:
    with watched_ledger():
        world, first = begun(good, mind=mind)
        corner = corner_in(world, good)
        assert corner is not None
        assert (corner.begun, corner.buys, corner.until) == (3, 2 + BUYING, 2 + BUYING + HOLDING)
        world, rest = play(world, last_turn(corner) - 3, mind)
    turns = [first, *rest]
    assert bought(turns[:BUYING]) == bought(turns) > 0
    assert sold(turns) > 0
    assert world.corners == ()
    assert warehouse(good) not in world.accounts
    (event,) = [event for turn in turns for event in told(turn.events, EventKind.CORNER_SOLD)]
    assert event.to == "p1"
    assert event.data is not None
    spent = sum(trade.qty * trade.price for turn in turns for trade in turn.trades if trade.buyer == AGENT)
    got = sum(trade.qty * trade.price for turn in turns for trade in turn.trades if trade.seller == AGENT)
    assert event.data["pebbles"] == BUDGET - spent + got
    (entry,) = [entry for entry in world.patrons["p1"].file if entry.act is Act.SOLD]
    assert entry.pebbles == got - spent
    assert world.held(OURS, PEBBLES) == 100 - FEE + got - spent


def test_it_costs_a_fee_and_heat_and_its_budget_lies_in_the_warehouse() -> None:
    before = wood(patrons=1)
    after = admit(RULES, before, BuyCorner("p1", HONEY, BUDGETS[0]))
    assert after.held(OURS, PEBBLES) == 100 - FEE - BUDGETS[0]
    assert after.held(STORE, PEBBLES) == BUDGETS[0]
    assert after.held(FINES, PEBBLES) - before.held(FINES, PEBBLES) == FEE
    assert after.patrons["p1"].heat == HEAT
    assert talked_of(Draft(RULES, after), "p1", HONEY), "to profit from it elsewhere is suspicious"


def test_what_it_would_cost_is_told_before() -> None:
    world = wood(patrons=1)
    quote = BuyCorner("p1", HONEY, 60).quote(Draft(RULES, world))
    assert (quote.cost, quote.held, quote.heat, quote.worst, quote.best) == (FEE, 60, HEAT, FEE + 60, None)
    assert quote.facts is not None
    assert quote.facts["units"] == 60 * 100 // world.references[HONEY]
    world, _ = begun()
    facts = SellCorner("p1", HONEY).quote(Draft(RULES, world)).facts
    assert facts is not None
    assert facts["units"] == world.held(STORE, HONEY)
    assert facts["pebbles"] == world.held(STORE, PEBBLES)


def test_nobody_sees_whose_agent_it_is() -> None:
    world = wood(patrons=2)
    morning = open_turn(RULES, world, [BuyCorner("p1", HONEY)])
    seen = repr(observe(RULES, morning.world))
    assert seen == repr(observe(RULES, open_turn(RULES, world, []).world)), "no creature sees an agent coming"
    world, turn = close_turn(RULES, morning, decide(MINDS["instinct"], morning))
    trades = [trade for trade in turn.trades if trade.buyer == AGENT]
    assert trades
    assert all(trade.buyer_hand is Hand.AGENT for trade in trades)
    assert [event.to for event in turn.events if event.kind is EventKind.CORNERED] == ["p1"]
    seen_by = observe(RULES, open_turn(RULES, world, []).world).values()
    views = repr([replace(view, tongue=NO_TONGUE) for view in seen_by])
    assert AGENT in views
    for secret in (world.patrons["p1"].alias, "p1", "warehouse", "orner"):
        assert secret not in views


def test_one_corner_a_good_and_a_patron_and_never_twice() -> None:
    world, _ = begun()
    assert refused(world, BuyCorner("p1", HONEY)).code is RefusalCode.CORNER_OWN
    assert refused(world, BuyCorner("p1", Good.ACORNS)).code is RefusalCode.CORNER_OWN
    assert refused(world, BuyCorner("p2", HONEY)).code is RefusalCode.CORNER_TAKEN
    assert refused(world, SellCorner("p2", HONEY)).code is RefusalCode.NO_CORNER
    assert refused(world, SellCorner("p1", Good.ACORNS)).code is RefusalCode.NO_CORNER
    world = admit(RULES, world, SellCorner("p1", HONEY))
    assert refused(world, SellCorner("p1", HONEY)).code is RefusalCode.CORNER_SELLS
    for budget in (BUDGETS[0] - 1, BUDGETS[1] + 1, -5):
        assert refused(world, BuyCorner("p2", Good.ACORNS, budget)).code is RefusalCode.BUDGET
    assert refused(world, BuyCorner("p2", Good.ACORNS, limit=FEE)).code is RefusalCode.DEARER
    poor = holding(world, patron_account("p2"), pebbles=30)
    assert refused(poor, BuyCorner("p2", Good.ACORNS, 30)).code is RefusalCode.PURSE


def test_an_agent_that_is_called_sells_from_the_turn_of_the_call_on() -> None:
    world, _ = begun(mind=MINDS["instinct"])
    held = world.held(STORE, HONEY)
    assert held
    world, turns = play(world, SELLING, MINDS["instinct"], {4: [SellCorner("p1", HONEY)]})
    assert bought(turns) == 0
    assert 0 < sold(turns) <= held
    assert world.corners == ()
    assert [event.to for turn in turns for event in told(turn.events, EventKind.CORNER_SOLD)] == ["p1"]


def test_an_agent_that_is_sent_and_called_at_once_costs_the_fee_alone() -> None:
    world, _ = play(wood(patrons=1), 1, None, {2: [BuyCorner("p1", HONEY), SellCorner("p1", HONEY)]})
    assert world.corners == ()
    assert world.held(OURS, PEBBLES) == 100 - FEE


def test_everything_is_sold_before_the_year_ends() -> None:
    world = replace(wood(patrons=1), turn=RULES.year - BUYING - SELLING - REST - 1)
    world = admit(RULES, world, BuyCorner("p1", HONEY))
    (corner,) = world.corners
    assert last_turn(corner) == RULES.year - REST
    late = refused(replace(wood(patrons=1), turn=RULES.year - BUYING - SELLING - REST), BuyCorner("p1", HONEY))
    assert late.code is RefusalCode.CORNER_LATE


def test_creatures_come_first_where_prices_are_equal() -> None:
    world = at_usual_prices(wood(patrons=1))
    for creature in CREATURES:
        world = holding(world, creature, pebbles=40, honey=0)
    world = holding(world, Creature.OONA, honey=1)
    morning = open_turn(RULES, holding(world, "harvest"), [BuyCorner("p1", HONEY)])
    stock = morning.world.held(Creature.OONA, HONEY)
    price = -(-morning.world.references[HONEY] * 125 // 10_000)
    wanted = Decision("", (Order(BUY, HONEY, price, stock),))
    keen: dict[Creature, Decision | None] = {who: wanted for who in CREATURES if who is not Creature.OONA}
    _, turn = close_turn(RULES, morning, {**keen, Creature.OONA: Decision("", (Order(SELL, HONEY, 1, stock),))})
    trades = [trade for trade in turn.trades if trade.good is HONEY]
    assert sum(trade.qty for trade in trades) == stock
    assert AGENT not in {trade.buyer for trade in trades}


def test_a_decree_that_pushes_the_price_down_breaks_a_corner() -> None:
    rules = with_legend(
        Shock(ShockKind.DEMAND, Layer.SETTLEMENT, HONEY, turns=2, decree=(-20,), strength=0), good=HONEY, direction=-1
    )
    world, _ = begun()
    world, (turn,) = play(world, 1, MINDS["instinct"], {4: [TRIAL]}, rules)
    (event,) = told(turn.events, EventKind.CORNER_BROKEN)
    assert (event.to, event.subject, event.data) == (None, "", {"good": HONEY})
    (corner,) = world.corners
    assert corner.broken == 4
    world, turns = play(world, BROKEN_TURNS, MINDS["instinct"], {}, rules)
    assert bought(turns) == 0
    assert world.corners == ()


def test_a_price_that_stays_under_the_first_one_breaks_a_corner() -> None:
    world, _ = begun()
    turns: list[Turn] = []
    for passed in range(1, UNDER_TURNS + 1):
        assert not any(told(turn.events, EventKind.CORNER_BROKEN) for turn in turns), passed
        low = {good: 100 if good is HONEY else price for good, price in world.references.items()}
        world, more = play(replace(world, references=low), 1)
        turns += more
    assert told(turns[-1].events, EventKind.CORNER_BROKEN)
    assert world.corners == () or world.corners[0].broken == world.turn


def test_a_broken_corner_is_sold_soon_and_is_broken_once() -> None:
    world, _ = begun(mind=MINDS["instinct"])
    draft = Draft(RULES, world)
    break_corner(draft, draft.corners[0])
    break_corner(draft, draft.corners[0])
    assert len(told(draft.events, EventKind.CORNER_BROKEN)) == 1
    assert refused(draft.freeze(), SellCorner("p1", HONEY)).code is RefusalCode.CORNER_SELLS
    world, turns = play(draft.freeze(), BROKEN_TURNS + 1, MINDS["instinct"])
    assert bought(turns) == 0
    assert world.corners == ()
    assert world.held(OURS, PEBBLES) > 100 - FEE - BUDGET


def test_what_a_patron_leaves_behind_goes_to_the_mint() -> None:
    world, _ = begun(mind=MINDS["instinct"])
    with watched_ledger() as postings:
        world, turns = play(world, BROKEN_TURNS + 1, MINDS["instinct"], {4: [Leave("p1")]})
    assert world.corners == ()
    assert world.held(OURS, PEBBLES) == 0
    assert {posting.target for posting in postings if posting.reason == "uncornered"} == {MINT}
    assert told(turns[0].events, EventKind.CORNER_BROKEN)


def test_what_lies_over_a_larder_rots_in_a_warehouse_too() -> None:
    rules = calm()
    world, _ = begun(Good.BERRIES, rules=rules)
    over = 9
    store = warehouse(Good.BERRIES)
    world = holding(world, store, berries=rules.goods[Good.BERRIES].larder + over, pebbles=0)
    world = replace(world, corners=tuple(replace(corner, buys=3) for corner in world.corners))
    with watched_ledger() as postings:
        play(world, 1, None, {}, rules)
    rotted = [posting.amount for posting in postings if (posting.source, posting.reason) == (store, "rotted")]
    assert len(rotted) == 1
    assert 0 < rotted[0] <= over


moves = st.one_of(
    st.builds(BuyCorner, st.sampled_from(["p1", "p2", "p3"]), st.sampled_from(GOODS), st.integers(20, 100)),
    st.builds(SellCorner, st.sampled_from(["p1", "p2", "p3"]), st.sampled_from(GOODS)),
    st.builds(Leave, st.sampled_from(["p1", "p3"])),
    st.builds(TellLegend, st.sampled_from(["drought", "run-on-oonas-hoard", "glut", "paper-leaf-bank"])),
)


@settings(max_examples=15)
@given(
    st.sampled_from(list(MINDS.values())),
    st.integers(0, 99),
    st.dictionaries(st.integers(2, 30), st.lists(moves, min_size=1, max_size=3)),
)
def test_any_corners_keep_every_law(mind: Answering, seed: int, put_in: Mapping[int, Sequence[Intervention]]) -> None:
    world = wood(seed, 3)
    world = replace(world, turn=RULES.year - 28)
    with watched_ledger():
        for _ in range(28):
            morning = open_turn(RULES, world, put_in.get(world.turn - RULES.year + 30, ()))
            world, turn = close_turn(RULES, morning, decide(mind, morning, seed))
            check_world(RULES, world)
            check_turn(RULES, morning, world, turn)
            assert len({corner.good for corner in world.corners}) == len(world.corners)
            assert {account for account in world.accounts if account.startswith("warehouse:")} <= {
                warehouse(corner.good) for corner in world.corners
            }
    assert world.corners == (), "a year takes no corner into the next"


def _brought(good: Good, seed: int, *, dearth: bool) -> int:
    """What an agent sent out in turn 10 brought its patron, the fee off; ``dearth`` comes when it has bought."""
    put_in: dict[int, list[Intervention]] = {1: [Join("p1")], 10: [BuyCorner("p1", good)]}
    if dearth:
        put_in[13] = [TellLegend("drought")]
    world, _ = play(wood(seed, rules=RULES), 27, MINDS["instinct"], put_in)
    assert world.corners == ()
    return world.held(OURS, PEBBLES) - 100


def test_a_corner_alone_loses_a_little_and_a_dearth_makes_it_worth_trying() -> None:
    cases = [(good, seed) for good in (Good.BERRIES, Good.MUSHROOMS) for seed in range(5)]
    alone = [_brought(good, seed, dearth=False) for good, seed in cases]
    helped = [_brought(good, seed, dearth=True) for good, seed in cases]
    assert -20 <= median(alone) < 0
    assert median(helped) > median(alone) + 5
    assert max(helped) <= BUDGET, "no money machine"
    assert sum(won < 0 for won in helped) >= 1
