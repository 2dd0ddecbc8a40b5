"""What decisions are worth beside habit: each market that is thought of is the one that would have been held."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lab.gains import Worths, realised, surplus
from bot.lab.judgement import Judgement, judge
from bot.lab.merit import errors, judgement_row
from bot.lab.scenario import Scenario, reference
from bot.lab.simulate import play as played
from inference.council import Council
from inference.roster import seat
from tests.wood.woods import (
    MINDS,
    RULES,
    TRIAL,
    at_usual_prices,
    calm,
    decide,
    deciding,
    holding,
    play,
    stocked,
    with_legend,
    wood,
)
from wood.exchange import standing_orders
from wood.ledger import journal
from wood.moves import BuyCorner
from wood.names import CREATURES, GOODS, Creature, Good, Side
from wood.observe import observe
from wood.orders import MAX_ORDERS, Decision, Order
from wood.rules import Layer, Shock, ShockKind
from wood.turn import Morning, close_turn, open_turn

Decisions = Mapping[Creature, Decision | None]


def judged(morning: Morning, decisions: Decisions) -> Judgement:
    return judge(RULES, morning.world, observe(RULES, morning.world), decisions)


def gained(morning: Morning, decisions: Decisions) -> int:
    """The gains of the turn as the rules really play it."""
    _, turn = close_turn(RULES, morning, decisions)
    return realised(Worths(RULES, observe(RULES, morning.world)), turn.trades)


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.sampled_from(sorted(MINDS)))
def test_decisions_are_judged_by_the_markets_that_would_have_been_held(seed: int, mind: str) -> None:
    world, _ = play(wood(seed % 30), seed % 7, MINDS[mind])
    for number, creature in enumerate(CREATURES):
        units = {good.value: (seed >> (3 * number + place)) % 9 for place, good in enumerate(GOODS)}
        world = holding(world, creature, pebbles=(seed >> number) % 90, **units)
    morning = open_turn(RULES, replace(world, shocks=()))
    decisions = decide(MINDS[mind], morning)
    habit, together = gained(morning, {}), gained(morning, decisions)
    found = judged(morning, decisions)
    assert found.habit == habit
    assert found.alone == sum(gained(morning, {who: each}) - habit for who, each in decisions.items())
    without = [{who: each for who, each in decisions.items() if who is not left} for left in CREATURES]
    assert found.beside == sum(together - gained(morning, rest) for rest in without)
    assert found.habit <= found.best


def test_silence_wins_and_loses_nothing() -> None:
    morning = open_turn(RULES, wood())
    for silence in ({}, dict.fromkeys(CREATURES), dict.fromkeys(CREATURES, Decision(gossip="Cold nights."))):
        found = judged(morning, silence)
        assert (found.alone, found.beside, found.score) == (0, 0, 0.0)
        assert found.best > found.habit > 0


def test_saying_just_what_habit_would_do_wins_nothing() -> None:
    morning = open_turn(RULES, wood())
    stand = standing_orders(RULES, morning.world, {})
    said = {who: Decision(orders=tuple(order for _, order in orders[:MAX_ORDERS])) for who, orders in stand.items()}
    assert all(each.orders for each in said.values())
    assert judged(morning, said).won == 0


def test_who_shuts_its_stall_loses_what_habit_would_have_won() -> None:
    morning = open_turn(RULES, wood())
    shut = deciding(Creature.OONA, Order(Side.SELL, Good.HONEY, 30, 1))
    found = judged(morning, shut)
    assert found.alone == found.beside == gained(morning, shut) - gained(morning, {}) < 0
    assert found.score is not None
    assert found.score < 0


def test_who_fetches_what_is_worth_more_to_it_than_to_its_seller_wins() -> None:
    world = at_usual_prices(stocked(wood(), units=3, pebbles=80))
    world = holding(world, Creature.OONA, honey=16)
    morning = open_turn(RULES, world)
    more = deciding(Creature.PIP, Order(Side.BUY, Good.HONEY, 30, 3))
    assert judged(morning, more).won > 0


@pytest.mark.parametrize("kind", [ShockKind.DEMAND, ShockKind.CORNER])
def test_a_good_that_strangers_come_for_is_left_out(kind: ShockKind) -> None:
    rules = calm(with_legend(Shock(kind, Layer.SETTLEMENT, Good.BERRIES, turns=3, strength=4), good=Good.BERRIES))
    morning = open_turn(rules, wood(rules=rules), [TRIAL])
    views = observe(rules, morning.world)
    worths = Worths(rules, views)
    shut = {who: Decision(orders=(Order(Side.SELL, Good.BERRIES, 30, 1),)) for who in CREATURES}
    found = judge(rules, morning.world, views, shut)
    others = [good for good in GOODS if good is not Good.BERRIES]
    _, turn = close_turn(rules, morning, {})
    assert found.won == 0
    assert found.habit == realised(worths, turn.trades, others)


def test_a_good_that_an_agent_buys_up_is_left_out() -> None:
    morning = open_turn(RULES, wood(patrons=1), [BuyCorner("p1", Good.HONEY)])
    assert [each.good for each in morning.world.corners] == [Good.HONEY]
    shut = deciding(Creature.OONA, Order(Side.SELL, Good.HONEY, 30, 1))
    assert judged(morning, shut).won == 0


def test_what_is_only_thought_of_leaves_no_trace() -> None:
    morning = open_turn(RULES, wood())
    decisions = decide(MINDS["instinct"], morning)
    before = close_turn(RULES, morning, decisions)[1].hash
    with journal() as postings:
        judged(morning, decisions)
    assert postings == []
    assert close_turn(RULES, morning, decisions)[1].hash == before


def test_few_seeds_make_wide_intervals() -> None:
    # Two values and one a little past the table, of the t distribution to four places.
    assert (errors(1), errors(4)) == (12.706, 2.776)
    assert errors(31) == pytest.approx(2.0395, abs=0.005)
    assert errors(120) == pytest.approx(1.9799, abs=0.0005)
    wide = [errors(degrees) for degrees in range(1, 200)]
    assert wide == sorted(wide, reverse=True)


def test_judgements_add_up() -> None:
    one, other = Judgement(4, 2, 10, 20), Judgement(-1, -5, 8, 12)
    both = one + other
    assert both == Judgement(3, -3, 18, 32)
    assert (one.won, one.left, one.score) == (3, 10, 0.3)
    assert both.won == 0
    assert Judgement().score is None
    assert Judgement().to_json() == {"score": None, "alone": None, "beside": None}
    assert one.to_json() == {"score": 0.3, "alone": 0.4, "beside": 0.2}


async def test_a_run_is_judged_where_it_is_asked_for() -> None:
    council = Council(seat("random"), RULES, render=False)
    plain = await played(RULES, Scenario(4, {}), 3, council)
    found = await played(RULES, Scenario(4, {}), 3, council, judged=True)
    assert plain.judgement is None
    assert found.judgement is not None
    assert found.judgement.best > found.judgement.habit > 0
    assert [turn.hash for turn in found.turns] == [turn.hash for turn in plain.turns]


async def test_minds_are_told_apart() -> None:
    scores = {}
    for mind in ("instinct", "random", "silent"):
        council = Council(seat(mind), RULES, render=False)
        runs = [await played(RULES, reference(), seed, council, judged=True) for seed in range(3)]
        scores[mind] = sum((each.judgement or Judgement() for each in runs), Judgement()).score or 0.0
    assert scores["random"] < -0.1 < scores["instinct"]
    assert scores["silent"] == 0


def test_a_mind_has_judgement_when_its_interval_lies_above_zero() -> None:
    good = [Judgement(10, 6, 100, 180 + seed) for seed in range(10)]
    row = judgement_row(good, "instinct")
    assert row.met
    assert row.value == pytest.approx(80 / sum(each.left for each in good))
    assert "alone +11.8 %, beside others +7.1 %" in row.found
    noisy = [Judgement(40 * (-1) ** seed + 4, 4, 100, 180) for seed in range(10)]
    assert judgement_row(noisy, "instinct").value > 0
    assert not judgement_row(noisy, "instinct").met
    for name in ("random", "contrarian", "silent"):
        shown = judgement_row(noisy, name)
        assert (shown.met, shown.target) == (True, "shown only")
    one = judgement_row(noisy[:1], "instinct")
    assert (one.met, one.target) == (True, "shown only")
    assert "one seed has no interval" in one.found
    assert judgement_row([Judgement(), Judgement()], "silent").value == 0


def test_the_interval_covers_ratios_as_often_as_it_says() -> None:
    from random import Random

    dice, covered = Random(4), 0
    for _ in range(400):
        lefts = [dice.randrange(20, 60) for _ in range(40)]
        judged_ = [Judgement((won := round(0.2 * left + dice.gauss(0, 9))), won, 0, left) for left in lefts]
        low, high = judgement_row(judged_, "instinct").found.split("(")[1].split(")")[0].split(" to ")
        covered += float(low) <= 20 <= float(high)
    assert 0.91 <= covered / 400 <= 0.98


def test_own_gains_and_payments_add_up_to_what_was_realised() -> None:
    morning = open_turn(RULES, wood())
    _, turn = close_turn(RULES, morning, decide(MINDS["instinct"], morning))
    worths = Worths(RULES, observe(RULES, morning.world))
    own = surplus(worths, turn.trades)
    assert set(own) == set(CREATURES)
    assert sum(own.values()) == realised(worths, turn.trades) > 0
