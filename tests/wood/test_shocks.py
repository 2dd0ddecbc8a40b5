"""The eight primitives of legends, each alone: what it does, when it starts, how it heals and that it ends."""

from dataclasses import replace

import pytest

from tests.wood.woods import (
    MINDS,
    RULES,
    SEED,
    TRIAL,
    calm,
    decide,
    deciding,
    holding,
    play,
    stocked,
    told,
    with_legend,
    wood,
)
from wood.bourse import RESERVE
from wood.chronicle import EventKind, Turn
from wood.draft import Draft
from wood.founding import START_PEBBLES, found_world
from wood.household import firewood_need
from wood.moves import TellLegend
from wood.names import CENTS, CREATURES, FINES, GOODS, MINT, PEBBLES, Creature, Good, Hand, Side
from wood.observe import observe
from wood.orders import MAX_PRICE, Decision, Order
from wood.rules import Healing, Layer, MarketRule, Rules, Shock, ShockKind
from wood.shocks import decrees, forced_sales, harvest_percent, holds, in_force, lifetime, market_rules, strength
from wood.turn import open_turn, step
from wood.world import Loan, World

HEARD = Layer.HEARSAY
FACT = Layer.SETTLEMENT


def tell(*shocks: Shock, turns: int = 1, world: World | None = None) -> tuple[World, list[Turn]]:
    """Tell a legend of these parts at once and play on by habit alone."""
    world = world or wood()
    return play(world, turns, None, {world.turn + 1: [TRIAL]}, with_legend(*shocks))


def untold(turns: int = 1, world: World | None = None) -> tuple[World, list[Turn]]:
    """The twin run without the legend."""
    return play(world or wood(), turns)


# How shocks live.


@pytest.mark.parametrize(
    ("healing", "force", "turns", "course"),
    [
        (Healing.NONE, 60, 3, [60, 60, 60, 0, 0]),
        (Healing.LINEAR, 60, 3, [60, 40, 20, 0, 0]),
        (Healing.LINEAR, -67, 3, [-67, -44, -22, 0, 0]),
        (Healing.HALF, 60, 4, [60, 30, 15, 7, 0]),
        (Healing.HALF, -67, 3, [-67, -33, -16, 0, 0]),
        (Healing.NONE, 0, 2, [0, 0, 0, 0, 0]),
    ],
)
def test_strength_heals_as_it_says(healing: Healing, force: int, turns: int, course: list[int]) -> None:
    shock = Shock(ShockKind.SUPPLY, FACT, Good.HONEY, turns=turns, strength=force, healing=healing)
    assert [strength(shock, age) for age in range(5)] == course


@pytest.mark.parametrize(
    ("shock", "turns"),
    [
        (Shock(ShockKind.MONEY, FACT, turns=3, strength=1), 3),
        (Shock(ShockKind.DEMAND, FACT, Good.HONEY, turns=2, strength=1, decree=(1, 1, 1)), 3),
        (Shock(ShockKind.DEMAND, FACT, Good.HONEY, turns=2, strength=1, decree=(1,), hold=6), 6),
        (Shock(ShockKind.CORNER, FACT, Good.HONEY, turns=2, strength=1, delay=9), 4),
    ],
)
def test_a_shock_is_in_force_for_its_life_and_then_forgotten(shock: Shock, turns: int) -> None:
    assert lifetime(shock) == turns
    world, _ = tell(shock, turns=shock.delay + turns - 1)
    assert [standing.legend for standing in world.shocks] == ["trial"]
    world, _ = play(world, 1, rules=with_legend(shock))
    assert world.shocks == ()


def test_a_delayed_part_waits_its_turn() -> None:
    shock = Shock(ShockKind.MONEY, FACT, delay=2, turns=2, strength=3, text="Coins rain.")
    _, turns = tell(shock, turns=5)
    starts = [turn.number for turn in turns if told(turn.events, EventKind.SHOCK)]
    assert starts == [3]
    assert [turn.flows.get("money/pebbles", 0) for turn in turns] == [0, 0, 15, 15, 0]


def test_the_words_of_a_shock_are_heard_in_its_first_turn_and_once() -> None:
    shock = Shock(ShockKind.MONEY, FACT, delay=1, strength=3, text="Coins rain.")
    world = wood()
    heard = []
    rules = with_legend(shock)
    for place in range(4):
        morning = open_turn(rules, world, [TRIAL] if place == 0 else [])
        views = observe(rules, morning.world).values()
        heard.append(sum(line.text == "Coins rain." for view in views for line in view.heard))
        world, _ = play(world, 1, None, {1: [TRIAL]}, rules)
    assert heard == [0, len(CREATURES), 0, 0]


def test_hearsay_for_one_creature_is_heard_by_it_alone_and_facts_are_everybodys_news() -> None:
    words = Shock(ShockKind.RUMOR, HEARD, Good.HONEY, creature=Creature.PIP, leaning=1, text="Psst.")
    known = Shock(ShockKind.RUN, FACT, Good.HONEY, creature=Creature.OONA, strength=50, text="A queue!")
    rules = with_legend(words, known)
    views = observe(rules, open_turn(rules, wood(), [TRIAL]).world)
    assert [who for who in CREATURES if any(line.text == "Psst." for line in views[who].heard)] == [Creature.PIP]
    assert all(any(line.text == "A queue!" for line in views[who].heard) for who in CREATURES)


def heard_of(leaning: int) -> list[Shock]:
    """Every kind of shock on the layer of hearsay."""
    loud = [
        Shock(kind, HEARD, Good.HONEY, turns=3, strength=50, leaning=leaning, text="So they say.")
        for kind in ShockKind
        if kind not in {ShockKind.MONEY, ShockKind.CREDIT}
    ]
    money = (ShockKind.MONEY, ShockKind.CREDIT)
    return [*loud, *(Shock(kind, HEARD, turns=3, strength=9, text="So they say.") for kind in money)]


def test_hearsay_that_claims_nothing_does_nothing_but_speak() -> None:
    """The world by habit alone is the twin's, but for the words."""
    world, turns = tell(*heard_of(0), turns=5)
    twin, twins = untold(5)
    assert world.accounts == twin.accounts
    assert [turn.trades for turn in turns] == [turn.trades for turn in twins]
    assert world.references == twin.references


def test_hearsay_that_claims_something_does_what_belief_in_it_does_and_no_more() -> None:
    """Of whatever kind it is, it moves the wood just as words alone do."""
    loud = heard_of(-1)
    words = [replace(shock, kind=ShockKind.RUMOR, strength=0) for shock in loud]
    (world, turns), (twin, twins) = tell(*loud, turns=5), tell(*words, turns=5)
    assert world.accounts == twin.accounts
    assert [turn.trades for turn in turns] == [turn.trades for turn in twins]
    assert world.references == twin.references
    assert world.references[Good.HONEY] < untold(5)[0].references[Good.HONEY]


def test_a_credulous_mind_acts_on_a_rumor() -> None:
    rules = with_legend(Shock(ShockKind.RUMOR, HEARD, Good.HONEY, leaning=1, text="Honey runs out."))
    changed = set()
    for seed in range(5):
        world, _ = play(wood(seed), 4, MINDS["instinct"])
        quiet = decide(MINDS["instinct"], open_turn(rules, world), rules=rules)
        moved = decide(MINDS["instinct"], open_turn(rules, world, [TRIAL]), rules=rules)
        changed |= {who for who in CREATURES if quiet[who] != moved[who]}
    assert Creature.PIP in changed


# Demand.


def test_demand_for_firewood_asks_more_of_every_hearth() -> None:
    shock = Shock(ShockKind.DEMAND, FACT, Good.FIREWOOD, turns=2, strength=100)
    rules = with_legend(shock)
    for wait, percent in enumerate((200, 200, 100)):
        world = found_world(rules, SEED)
        world = open_turn(rules, world, [TRIAL]).world
        plain = firewood_need(RULES, wood(), 1 + wait)
        assert firewood_need(rules, world, 1 + wait) == plain * percent // 100


def test_demand_for_a_food_brings_strangers_who_pay_eat_and_leave() -> None:
    shock = Shock(ShockKind.DEMAND, FACT, Good.BERRIES, turns=2, strength=3)
    world = holding(wood(), Creature.PIP, berries=9)
    world, turns = tell(shock, turns=3, world=world)
    bought = [sum(t.qty for t in turn.trades if t.buyer_hand is Hand.STRANGER) for turn in turns]
    assert bought[:2] == [3, 3]
    assert bought[2] == 0
    assert [turn.flows.get("carried/berries", 0) for turn in turns] == bought
    assert "stranger" not in world.accounts


def test_strangers_take_back_what_they_did_not_spend() -> None:
    shock = Shock(ShockKind.DEMAND, FACT, Good.BERRIES, strength=9)
    world, (turn,) = tell(shock, world=stocked(wood(), 0, 40))
    paid = sum(trade.qty * trade.price for trade in turn.trades if trade.buyer_hand is Hand.STRANGER)
    assert turn.flows["stranger comes/pebbles"] - turn.flows["stranger leaves/pebbles"] == paid
    held = sum(world.held(creature, PEBBLES) for creature in CREATURES) + world.held("bowl", PEBBLES)
    assert held + turn.flows.get("tithe/pebbles", 0) == 200 + paid


# Supply.


@pytest.mark.parametrize(("force", "percent"), [(-67, 33), (50, 150), (-100, 0), (-150, 0)])
def test_supply_changes_the_harvest_of_its_good(force: int, percent: int) -> None:
    rules = with_legend(Shock(ShockKind.SUPPLY, FACT, Good.BERRIES, turns=2, strength=force))
    world = open_turn(rules, wood(), [TRIAL]).world
    assert [harvest_percent(in_force(rules, world, now), Good.BERRIES) for now in (1, 2, 3)] == [percent, percent, 100]
    assert harvest_percent(in_force(rules, world, 1), Good.HONEY) == 100


def test_two_droughts_multiply() -> None:
    half = Shock(ShockKind.SUPPLY, FACT, Good.BERRIES, strength=-50)
    rules = with_legend(half, half)
    assert harvest_percent(in_force(rules, open_turn(rules, wood(), [TRIAL]).world, 1), Good.BERRIES) == 25


def test_a_blighted_harvest_is_smaller_in_the_store() -> None:
    empty = stocked(wood(), 0, 40)
    _, (turn,) = tell(Shock(ShockKind.SUPPLY, FACT, Good.BERRIES, strength=-100), world=empty)
    _, (twin,) = untold(world=empty)
    assert "harvest/berries" not in turn.flows
    assert twin.flows["harvest/berries"] > 0
    assert turn.flows["harvest/honey"] == twin.flows["harvest/honey"]


def test_a_windfall_falls_into_every_store_up_to_its_room() -> None:
    capacity = RULES.goods[Good.ACORNS].capacity
    world = holding(stocked(wood(), 0, 40), Creature.OONA, acorns=capacity - 1)
    world = holding(world, Creature.PIP, acorns=capacity + 3)
    _, (turn,) = tell(Shock(ShockKind.SUPPLY, FACT, Good.ACORNS, units=3), world=world)
    fallen = {event.subject: event.data["units"] for event in told(turn.events, EventKind.WINDFALL) if event.data}
    assert fallen == {"oona": 1, "bramble": 3, "fenn": 3, "mossback": 3, "pip": 0}
    assert turn.flows["windfall/acorns"] == 10


def test_a_windfall_for_one_creature_falls_into_its_store_alone_and_once() -> None:
    shock = Shock(ShockKind.SUPPLY, FACT, Good.ACORNS, creature=Creature.PIP, turns=3, units=3)
    _, turns = tell(shock, turns=3, world=stocked(wood(), 0, 40))
    assert [event.subject for event in told(turns[0].events, EventKind.WINDFALL)] == ["pip"]
    assert [turn.flows.get("windfall/acorns", 0) for turn in turns] == [3, 0, 0]


# Money.


def test_money_is_minted_for_every_purse_and_heals() -> None:
    shock = Shock(ShockKind.MONEY, FACT, turns=4, strength=8, healing=Healing.HALF)
    world, turns = tell(shock, turns=5)
    assert [turn.flows.get("money/pebbles", 0) for turn in turns] == [40, 20, 10, 5, 0]
    assert world.held(MINT, PEBBLES) == -5 * START_PEBBLES - RESERVE - 75


def test_money_for_one_creature_is_its_alone() -> None:
    _, (turn,) = tell(Shock(ShockKind.MONEY, FACT, creature=Creature.FENN, strength=8))
    assert [(event.subject, event.data) for event in told(turn.events, EventKind.MONEY)] == [("fenn", {"pebbles": 8})]


def test_a_toll_takes_as_far_as_the_purse_reaches() -> None:
    world = holding(stocked(wood(), 0, 40), Creature.PIP, pebbles=3)
    world = holding(world, Creature.OONA, pebbles=0)
    world, (turn,) = tell(Shock(ShockKind.MONEY, FACT, strength=-5), world=world)
    paid = {event.subject: event.data["pebbles"] for event in told(turn.events, EventKind.MONEY) if event.data}
    assert paid == {"bramble": -5, "fenn": -5, "mossback": -5, "pip": -3}
    assert world.held(FINES, PEBBLES) == turn.flows["toll/pebbles"] == 18


# Credit.


def test_credit_is_lent_at_first_and_repaid_with_the_last_turn() -> None:
    shock = Shock(ShockKind.CREDIT, FACT, turns=3, strength=6)
    world, turns = tell(shock, turns=4, world=stocked(wood(), 3, 40))
    assert [turn.flows.get("credit/pebbles", 0) for turn in turns] == [30, 0, 0, 0]
    assert [turn.flows.get("repaid/pebbles", 0) for turn in turns] == [0, 0, 30, 0]
    assert not world.loans
    assert not told(turns[2].events, EventKind.DEFAULT)


def test_credit_that_cannot_be_repaid_is_a_default() -> None:
    rules = with_legend(Shock(ShockKind.CREDIT, FACT, creature=Creature.PIP, turns=1, strength=6))
    world = holding(stocked(wood(), 0, 0), Creature.BRAMBLE, firewood=5)
    buys = deciding(Creature.PIP, Order(Side.BUY, Good.FIREWOOD, 5, 1))
    _, turn = step(rules, world, buys, [TRIAL])
    defaults = told(turn.events, EventKind.DEFAULT)
    assert [(event.subject, event.to) for event in defaults] == [("pip", None)]
    assert defaults[0].data is not None
    assert defaults[0].data["owed"] == 6
    assert defaults[0].data["paid"] == turn.flows["repaid/pebbles"] < 6


def test_called_credit_falls_due_earlier_but_not_before_now() -> None:
    world = wood()
    far = Loan("patron:p9", Creature.PIP, 5, world.turn + 9)
    near = Loan("patron:p9", Creature.PIP, 5, world.turn + 2)
    other = Loan("patron:p9", Creature.OONA, 5, world.turn + 9)
    draft = Draft(with_legend(Shock(ShockKind.CREDIT, FACT, creature=Creature.PIP, strength=-3)), world)
    draft.loans = [far, near, other]
    opened = open_turn(draft.rules, draft.freeze(), [TRIAL]).world
    assert [loan.due for loan in opened.loans] == [world.turn + 6, world.turn + 1, world.turn + 9]


# Run.


def test_a_run_makes_one_creature_sell_a_share_of_its_stock_at_any_price() -> None:
    shock = Shock(ShockKind.RUN, FACT, Good.HONEY, creature=Creature.OONA, turns=2, strength=50)
    world = holding(stocked(wood(), 0, 40), Creature.OONA, honey=8)
    refuses = deciding(Creature.OONA, Order(Side.SELL, Good.HONEY, MAX_PRICE, 1))
    _, turn = step(with_legend(shock), world, refuses, [TRIAL])
    forced = [trade for trade in turn.trades if trade.seller_hand is Hand.DECREE]
    assert forced
    assert all(trade.seller == "oona" and trade.good is Good.HONEY for trade in forced)
    assert turn.auctions[Good.HONEY].supply == 4
    assert turn.auctions[Good.HONEY].price is not None


def test_a_run_ends_and_heals() -> None:
    shock = Shock(ShockKind.RUN, FACT, Good.HONEY, turns=3, strength=60, healing=Healing.HALF)
    rules = with_legend(shock)
    world = open_turn(rules, wood(), [TRIAL]).world
    course = [forced_sales(in_force(rules, world, now), Creature.PIP) for now in (1, 2, 3, 4)]
    assert course == [{Good.HONEY: share} for share in (60, 30, 15, 0)]


def test_of_two_runs_the_worse_counts_and_nobody_sells_more_than_all() -> None:
    rules = with_legend(
        *(Shock(ShockKind.RUN, FACT, Good.HONEY, strength=force) for force in (30, 70)),
        Shock(ShockKind.RUN, FACT, Good.ACORNS, creature=Creature.PIP, strength=100),
        Shock(ShockKind.RUN, FACT, Good.ACORNS, strength=100),
    )
    world = open_turn(rules, wood(), [TRIAL]).world
    assert forced_sales(in_force(rules, world, 1), Creature.OONA) == {Good.HONEY: 70, Good.ACORNS: 100}
    assert forced_sales(in_force(rules, world, 1), Creature.PIP) == {Good.HONEY: 70, Good.ACORNS: 100}


# Rule changes.


def rule(what: MarketRule, force: int = 0, good: Good = Good.HONEY, turns: int = 1) -> Rules:
    return with_legend(Shock(ShockKind.RULE, FACT, good, turns=turns, strength=force, rule=what))


def buy(price: int, qty: int = 1) -> Order:
    return Order(Side.BUY, Good.HONEY, price, qty)


def sell(price: int, qty: int = 1) -> Order:
    return Order(Side.SELL, Good.HONEY, price, qty)


def market(rules: Rules, **orders: Order) -> Turn:
    """One turn with the trial told, everybody rich and stocked, and these orders in honey."""
    decisions = {Creature(who): Decision(orders=(order,)) for who, order in orders.items()}
    return step(rules, stocked(wood(), 8, 300), decisions, [TRIAL])[1]


START = RULES.goods[Good.HONEY].start // CENTS


def test_a_ceiling_lets_no_order_stand_above_it() -> None:
    turn = market(rule(MarketRule.CEILING, 75), oona=sell(START), fenn=sell(3, 2), pip=buy(3 * START, 2))
    ceiling = RULES.goods[Good.HONEY].start * 75 // (100 * CENTS)
    assert [(slip.creature, slip.reason) for slip in turn.slips] == [("oona", "over-the-ceiling")]
    assert {trade.price for trade in turn.trades if trade.good is Good.HONEY} <= set(range(3, ceiling + 1))
    assert turn.auctions[Good.HONEY].volume == 2


def test_a_floor_lets_no_order_stand_below_it() -> None:
    turn = market(rule(MarketRule.FLOOR, 125), oona=sell(1, 2), fenn=buy(START), pip=buy(2 * START, 2))
    floor = -(-RULES.goods[Good.HONEY].start * 125 // (100 * CENTS))
    assert [(slip.creature, slip.reason) for slip in turn.slips] == [("fenn", "under-the-floor")]
    assert turn.auctions[Good.HONEY].price == floor
    assert turn.auctions[Good.HONEY].volume == 2


def test_a_halt_stops_trade_in_its_good_alone() -> None:
    turn = market(rule(MarketRule.HALT), oona=sell(1), pip=buy(START))
    assert turn.auctions[Good.HONEY].demand == turn.auctions[Good.HONEY].supply == 0
    assert {(slip.creature, slip.reason) for slip in turn.slips} == {("oona", "halted"), ("pip", "halted")}


def test_a_ration_cuts_what_one_may_buy() -> None:
    turn = market(rule(MarketRule.RATION, 2), oona=sell(1, 6), fenn=buy(START, 2), pip=buy(START, 5))
    assert [(slip.creature, slip.order.qty, slip.reason) for slip in turn.slips] == [("pip", 3, "rationed")]
    bought = {trade.buyer: trade.qty for trade in turn.trades if trade.good is Good.HONEY}
    assert bought == {"fenn": 2, "pip": 2}


def test_rules_end_and_the_strictest_of_several_holds() -> None:
    parts = [
        Shock(ShockKind.RULE, FACT, Good.HONEY, turns=2, strength=force, rule=what)
        for what in (MarketRule.CEILING, MarketRule.FLOOR, MarketRule.RATION)
        for force in (120, 90, 150)
    ]
    rules = with_legend(*parts)
    world = open_turn(rules, wood(), [TRIAL]).world
    strictest = {MarketRule.CEILING: 90, MarketRule.FLOOR: 150, MarketRule.RATION: 90}
    for now in (1, 2):
        assert market_rules(in_force(rules, world, now), Good.HONEY) == strictest
    assert market_rules(in_force(rules, world, 3), Good.HONEY) == {}
    assert market_rules(in_force(rules, world, 1), Good.ACORNS) == {}


# Decrees.


@pytest.mark.parametrize("good", GOODS)
def test_a_decree_lands_as_a_fact_and_drift_does_not_undo_it(good: Good) -> None:
    kind = ShockKind.DEMAND
    for steps in ((-40, -25, -10), (30, 20, 10)):
        shock = Shock(kind, FACT, good, turns=3, strength=1, decree=steps, hold=4)
        _, turns = tell(shock, turns=4)
        price = RULES.goods[good].start
        for turn, percent in zip(turns, (*steps, 0), strict=True):
            landed = told(turn.events, EventKind.DECREE)
            assert len(landed) == (1 if percent else 0)
            for event in landed:
                assert event.data is not None
                assert (event.data["good"], event.data["percent"], event.data["before"]) == (good, percent, price)
                assert event.data["after"] == (price * (100 + percent) + 50) // 100
                price = event.data["after"]
            drifted = turn.references[good] - price
            assert drifted * steps[0] >= 0, "drift worked against the decree"
            price = turn.references[good]


def test_decrees_land_in_the_order_they_were_told_in_and_end() -> None:
    rules = with_legend(
        Shock(ShockKind.DEMAND, FACT, Good.HONEY, strength=1, decree=(10, 5)),
        Shock(ShockKind.RUN, FACT, Good.ACORNS, delay=1, strength=1, decree=(-20,)),
    )
    world = open_turn(rules, wood(), [TRIAL]).world
    assert [decrees(in_force(rules, world, now)) for now in (1, 2, 3)] == [
        [(Good.HONEY, 10)],
        [(Good.HONEY, 5), (Good.ACORNS, -20)],
        [],
    ]
    assert holds(in_force(rules, world, 1)) == {}


def test_a_decree_stops_at_one_pebble() -> None:
    shock = Shock(ShockKind.RUN, FACT, Good.ACORNS, turns=9, strength=1, decree=(-60,) * 9, hold=9)
    world, turns = tell(shock, turns=9)
    assert world.references[Good.ACORNS] == 100
    landed = [event.data["after"] for turn in turns for event in told(turn.events, EventKind.DECREE) if event.data]
    assert min(landed) == 100, "not even within the turn"


def test_nothing_of_a_legend_stays_behind() -> None:
    """The whole deck and every plain shock, one after the other, told from all seasons."""
    world, rules = wood(), calm()
    for slug, legend in rules.legends.items():
        longest = max(shock.delay + lifetime(shock) for shock in legend.shocks)
        world, _ = play(world, longest, None, {world.turn + 1: [TellLegend(slug)]}, rules)
        assert world.shocks == ()
        assert "stranger" not in world.accounts
