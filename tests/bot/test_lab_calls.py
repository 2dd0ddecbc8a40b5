"""What calls are worth: how they were read, orders that could never trade, and the gains that were left lying."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lab.calls import Calls, quantile
from bot.lab.calls import tally as by_mind
from bot.lab.gains import Gains, Worths, gains
from bot.lab.orders import Hopeless, hopeless, reach
from bot.lab.scenario import reference
from bot.lab.simulate import play
from data.content import default_rules
from inference.council import Council, CouncilResult
from inference.roster import seat
from tests.wood.woods import deciding, holding, stocked, wood
from wood.chronicle import Turn
from wood.names import CREATURES, GOODS, Creature, Good, Hand, Side
from wood.observe import View, observe
from wood.orders import Order, Trade
from wood.trace import Trace
from wood.turn import Morning, close_turn, open_turn
from wood.world import World

RULES = default_rules()


def opened(world: World | None = None) -> tuple[Morning, Mapping[Creature, View]]:
    morning = open_turn(RULES, world or wood())
    return morning, observe(RULES, morning.world)


def trade(good: Good, buyer: str, seller: str, qty: int = 1, hand: Hand = Hand.MIND) -> Trade:
    return Trade(good, buyer, seller, qty, 5, hand, Hand.MIND)


# Gains


def test_worths_are_those_of_the_views_and_fall_with_the_store() -> None:
    for seed in range(8):
        _, views = opened(wood(seed))
        worths = Worths(RULES, views)
        for (creature, view), good in product(views.items(), GOODS):
            assert worths(creature, good, view.store[good]) == view.worth[good]
            schedule = [worths(creature, good, held) for held in range(20)]
            assert schedule == sorted(schedule, reverse=True)


def test_the_best_exchange_realises_all_and_none_realises_nothing() -> None:
    _, views = opened()
    nothing = gains(RULES, views, ())
    assert nothing.realised == 0
    assert nothing.possible > 0
    best = best_trades(views)
    assert gains(RULES, views, best) == Gains(nothing.possible, nothing.possible)


def best_trades(views: Mapping[Creature, View]) -> list[Trade]:
    """Sorted values against sorted costs, by the textbook and not by the code under test."""
    worths = Worths(RULES, views)
    made = []
    for good in GOODS:
        values = sorted(
            (
                (-worths(who, good, view.store[good] + unit), who)
                for who, view in views.items()
                if view.makes is not good
                for unit in range(40)
            ),
        )
        costs = sorted(
            (worths(who, good, held), who) for who, view in views.items() for held in range(view.store[good])
        )
        made += [
            trade(good, buyer, seller)
            for (value, buyer), (cost, seller) in zip(values, costs, strict=False)
            if -value > cost
        ]
    return made


def test_a_trade_the_wrong_way_is_a_loss() -> None:
    _, views = opened(stocked(wood(), units=3, pebbles=40))
    best = best_trades(views)
    there = best[0]
    back = trade(there.good, there.seller, there.buyer)
    assert gains(RULES, views, [there]).realised > 0 > gains(RULES, views, [back]).realised


@pytest.mark.parametrize("hand", [Hand.STRANGER, Hand.DECREE])
def test_a_good_that_an_outsider_moved_is_left_out(hand: Hand) -> None:
    _, views = opened()
    whole = gains(RULES, views, ())
    without = gains(
        RULES, views, [trade(Good.HONEY, "stranger" if hand is Hand.STRANGER else "pip", "oona", hand=hand)]
    )
    assert without.realised == 0
    assert without.possible == sum(
        gains(
            RULES, views, [trade(good, "stranger", "oona", hand=Hand.STRANGER) for good in GOODS if good is not kept]
        ).possible
        for kept in GOODS
        if kept is not Good.HONEY
    )
    assert without.possible < whole.possible


@given(st.integers(0, 10**6), st.sampled_from(["instinct", "random", "contrarian"]))
def test_no_market_day_realises_more_than_the_best_possible(seed: int, mind: str) -> None:
    world = wood(seed % 50)
    for number, creature in enumerate(CREATURES):
        units = {good.value: (seed >> (3 * number + place)) % 9 for place, good in enumerate(GOODS)}
        world = holding(world, creature, pebbles=(seed >> number) % 90, **units)
    morning, views = opened(world)
    counsel = Council(seat(mind), RULES, render=False).decide_now("w", seed, views)
    _, turn = close_turn(RULES, morning, counsel.decisions)
    day = gains(RULES, views, turn.trades)
    assert day.realised <= day.possible


# Orders


def hope(order: Order, creature: Creature = Creature.PIP, world: World | None = None) -> Hopeless | None:
    """What becomes of the one order of a turn."""
    morning, views = opened(world)
    _, turn = close_turn(RULES, morning, deciding(creature, order))
    return hopeless(views, turn, creature, order)


def test_what_traded_is_never_hopeless() -> None:
    order = Order(Side.BUY, Good.HONEY, 20, 1)
    morning, views = opened()
    _, turn = close_turn(RULES, morning, deciding(Creature.PIP, order))
    assert any(each.buyer == Creature.PIP and each.good is Good.HONEY for each in turn.trades)
    assert hopeless(views, turn, Creature.PIP, order) is None
    low = replace(order, price=1)
    assert hopeless(views, turn, Creature.PIP, low) is None, "it traded, whatever its price"


def test_why_an_order_is_hopeless() -> None:
    assert hope(Order(Side.BUY, Good.BERRIES, 5, 1)) is Hopeless.OWN_PRODUCT
    assert hope(Order(Side.SELL, Good.HONEY, 8, 1), world=holding(wood(), "pip", honey=0)) is Hopeless.UNCOVERED
    poor = holding(wood(), "pip", pebbles=3)
    assert hope(Order(Side.BUY, Good.HONEY, 5, 1), world=poor) is Hopeless.UNCOVERED
    assert hope(Order(Side.SELL, Good.BERRIES, 99, 1)) is Hopeless.OUT_OF_REACH
    assert hope(Order(Side.BUY, Good.HONEY, 1, 1)) is Hopeless.OUT_OF_REACH


@pytest.mark.parametrize("side", Side)
def test_reach_ends_where_nobody_could_gain(side: Side) -> None:
    """One pebble inside of reach is an order that somebody could fill, one outside is not."""
    _, views = opened()
    low, high = reach(views, Creature.PIP, Good.HONEY)
    others = [view for view in views.values() if view.creature is not Creature.PIP]
    assert low == min(7, *(view.worth[Good.HONEY] for view in others))  # 90 % of 8 is what a stall asks
    assert high == max(8, *(view.worth[Good.HONEY] for view in others if view.creature is not Creature.OONA))
    inside, outside = (low, low - 1) if side is Side.BUY else (high, high + 1)
    for price, why in ((inside, None), (outside, Hopeless.OUT_OF_REACH)):
        order = Order(side, Good.HONEY, price, 1)
        assert hopeless(views, silent_turn(), Creature.PIP, order) is why


def silent_turn() -> Turn:
    """A turn in which nothing was traded and nothing refused."""
    morning, _ = opened()
    _, turn = close_turn(RULES, morning, {})
    return replace(turn, trades=(), slips=())


# Calls


def call(**changes: Any) -> Trace:
    return replace(Trace("trial", 1, Creature.PIP, "", "", "{}", "", (), "", "trial", valid=True), **changes)


CALLS = (
    call(tokens_in=700, tokens_cached=350, tokens_out=90, latency=0.2),
    call(drops=("duplicate",), tokens_in=700, tokens_out=50, latency=0.4),
    call(valid=False, repairs=("fence", "number"), drops=("own-product", "good-unknown"), latency=0.6),
    call(valid=False, why="late"),
    call(valid=False, why="error: HTTP 500"),
    call(valid=False, why="no-json"),
)


def tally(*calls: Trace) -> Calls:
    made = Calls()
    for each in calls:
        made.read(each)
    return made


def test_every_call_is_valid_repaired_or_unread() -> None:
    found = tally(*CALLS)
    assert (found.calls, found.valid, found.whole, found.repaired, found.unread.total()) == (6, 2, 1, 1, 3)
    assert found.unread == {"late": 1, "error": 1, "no-json": 1}
    assert found.drops == {"duplicate": 1, "own-product": 1, "good-unknown": 1}
    assert found.repairs == {"fence": 1, "number": 1}
    assert found.cached_share == 0.25
    assert (found.latency(0.5), found.latency(0.95)) == (0.4, 0.6)


def test_gossip_that_is_silenced_is_counted_apart_from_what_is_dropped() -> None:
    found = tally(call(drops=("gossip-own",)), call(drops=("duplicate", "gossip-heard")), call())
    assert (found.valid, found.whole) == (3, 2)
    assert found.drops == {"duplicate": 1}
    assert found.silenced == {"gossip-own": 1, "gossip-heard": 1}
    shown = found.to_json()
    assert shown["silenced"] == pytest.approx(2 / 3, abs=1e-4)
    assert shown["silenced_by_reason"] == {"gossip-heard": 1, "gossip-own": 1}


def test_a_thought_that_the_prompt_holds_is_counted() -> None:
    system = 'You are Pip. {"thought":"The jars are full today.","gossip":""}'
    thoughts = ("The jars are full today.", "the jars are full", "The jars are empty today.", "Jars.", "")
    found = tally(*(call(system=system, thought=thought) for thought in thoughts), call(thought=thoughts[0]))
    assert found.parroted == 2
    found.read(call(drops=("thought-example",)))
    assert (found.parroted, found.valid, found.whole, found.drops) == (3, 7, 7, {})


def test_kept_calls_are_summed_up_by_mind() -> None:
    order = Order(Side.SELL, Good.BERRIES, 4, 1)
    found = by_mind([*CALLS, call(engine="other", orders=(order, order))])
    assert list(found) == ["trial", "other"]
    assert found["trial"] == tally(*CALLS)
    assert (found["other"].calls, found["other"].orders) == (1, 2)


def test_runs_add_up() -> None:
    whole, parts = tally(*CALLS), Calls()
    for each in CALLS:
        parts.add(tally(each))
    assert parts == whole


def test_what_was_not_measured_is_null() -> None:
    shown = tally(call()).to_json()
    assert [shown[name] for name in ("efficiency", "tokens_in", "tokens_out", "cached")] == [None] * 4
    assert shown["latency"] == {"median": None, "p95": None}
    assert Calls().to_json()["valid"] == 0


def test_the_figures_for_programs() -> None:
    shown = tally(*CALLS).to_json()
    assert shown["valid"] == pytest.approx(2 / 6, abs=1e-4)
    assert shown["valid_whole"] == pytest.approx(1 / 6, abs=1e-4)
    assert shown["repaired"] == pytest.approx(1 / 6, abs=1e-4)
    assert shown["unread"] == 0.5
    assert shown["dropped_by_reason"] == {"duplicate": 1, "good-unknown": 1, "own-product": 1}
    assert shown["tokens_in"] == pytest.approx(1400 / 6, abs=1e-4)
    assert set(shown["never_trade_by_reason"]) == {"own-product", "uncovered", "out-of-reach"}


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 10), (0.95, 19), (1.0, 20)])
def test_quantiles_are_values_that_occurred(share: float, value: int) -> None:
    assert quantile([float(number) for number in range(20, 0, -1)], share) == value


def test_a_turn_is_counted_order_by_order() -> None:
    morning, views = opened()
    orders = (Order(Side.BUY, Good.HONEY, 12, 1), Order(Side.SELL, Good.BERRIES, 99, 1))
    decisions = deciding(Creature.PIP, *orders) | {Creature.OONA: None}
    _, turn = close_turn(RULES, morning, decisions)
    found = Calls()
    found.take(RULES, views, CouncilResult(decisions), turn)
    assert (found.orders, found.violations) == (2, 0)
    assert found.hopeless == {Hopeless.OUT_OF_REACH: 1}
    assert found.hopeless_share == 0.5
    assert (found.realised, found.possible) == gains(RULES, views, turn.trades)


async def test_a_run_keeps_count_of_its_calls() -> None:
    run = await play(RULES, reference(), 7, Council(seat("random"), RULES, render=False), keep_traces=False)
    found = run.calls
    assert found.calls == found.valid == found.whole == 75
    assert found.orders == sum(len(each.orders) for turn in run.decisions for each in turn.values() if each)
    assert found.violations == 0
    assert found.efficiency is not None
    assert 0 < found.efficiency < 1
