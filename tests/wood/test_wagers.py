"""Wagers on words: at fair odds less an edge, on what comes true and on what the words themselves do."""

from dataclasses import replace

import pytest

from tests.wood.laws import check_world, watched_ledger
from tests.wood.woods import MINDS, RULES, SILENT, play, told, wood
from wood.bourse import EDGE, WAGER_MOST, promised, won_at
from wood.chronicle import EventKind, dump
from wood.moves import CastRumor, Leave, Measured, admit
from wood.names import BOURSE, GOODS, MARGIN, PEBBLES, Act, Creature, Good
from wood.prophecy import JUDGED_AFTER
from wood.refusal import Refusal, RefusalCode
from wood.turn import step
from wood.wagers import PATIENCE
from wood.world import World

TRUTH = CastRumor("p1", Good.FIREWOOD, "firewood will be dear", 1, stake=20)
EFFECT = replace(TRUTH, on="effect", bar=500)


def purse(world: World, key: str = "p1") -> int:
    return world.held(f"patron:{key}", PEBBLES)


def laid(words: CastRumor = TRUTH, seed: int = 7) -> World:
    world, _ = step(RULES, wood(seed, patrons=2), SILENT, [words])
    return world


def test_a_stake_stands_in_the_margin_at_the_odds_of_its_claims_chance() -> None:
    world = laid()
    (wager,) = world.wagers
    (claim,) = [claim for claim in world.claims if claim.speaker == "p1"]
    assert wager.chance == claim.chance
    assert wager.due == claim.due
    assert world.held(MARGIN, PEBBLES) == 20
    assert purse(world) == 80
    assert Act.WAGER in {entry.act for entry in world.patrons["p1"].file}
    check_world(RULES, world)


@pytest.mark.parametrize(("chance", "pays"), [(500, 36), (950, 20), (100, 60), (1, 60), (1000, 20)])
def test_odds_are_fair_less_the_edge_and_bounded(chance: int, pays: int) -> None:
    assert won_at(20, chance) == pays


@pytest.mark.parametrize("percent", [130, 70])
def test_a_wager_on_the_truth_is_settled_with_its_claim(percent: int) -> None:
    world = laid()
    (wager,) = world.wagers
    world = replace(world, turn=wager.due - 1)
    price = wager.price * percent // 100
    world = replace(world, references={**world.references, Good.FIREWOOD: price})
    with watched_ledger():
        after, turn = step(RULES, world, SILENT)
    (event,) = told(turn.events, EventKind.WAGER)
    won = percent > 100
    assert event.to == "p1"
    assert event.data is not None
    assert event.data["won"] is won
    gain = won_at(20, wager.chance or 0) - 20 if won else -20
    assert event.data["pebbles"] == gain
    assert purse(after) == 100 + gain
    assert after.wagers == ()
    check_world(RULES, after)


@pytest.mark.parametrize(
    ("effect", "seen", "won"), [(700, True, True), (700, False, False), (400, True, False), (-700, True, False)]
)
def test_a_wager_on_an_effect_is_settled_by_what_was_measured(effect: int, seen: bool, won: bool) -> None:
    world = laid(EFFECT)
    (wager,) = world.wagers
    assert wager.chance is not None
    assert 0 < wager.chance < 1000
    heat = world.patrons["p1"].heat
    after = admit(RULES, world, Measured("p1", Good.FIREWOOD, wager.said, effect, seen))
    assert purse(after) == (80 + won_at(20, wager.chance) if won else 80)
    assert after.wagers == ()
    assert (after.patrons["p1"].heat > heat) is won
    assert dump(admit(RULES, after, Measured("p1", Good.FIREWOOD, wager.said, effect, seen))) == dump(after)


def test_a_higher_bar_is_less_likely() -> None:
    chances = []
    grown, _ = play(wood(patrons=2), 14, MINDS["instinct"])
    for bar in (300, 800, 3000):
        world, _ = step(RULES, grown, SILENT, [replace(EFFECT, bar=bar)])
        chances.append(world.wagers[0].chance or 0)
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[-1]


def test_what_is_never_measured_is_returned() -> None:
    world, turns = play(laid(EFFECT), JUDGED_AFTER + PATIENCE + 1)
    assert purse(world) == 100
    assert [event.data["won"] for turn in turns for event in told(turn.events, EventKind.WAGER) if event.data] == [None]


def test_an_echo_gets_its_stake_back() -> None:
    world = wood(patrons=2)
    world, _ = step(RULES, world, SILENT, [replace(TRUTH, patron="p2", stake=0)])
    world, turn = step(RULES, world, SILENT, [TRUTH])
    assert world.wagers == ()
    assert purse(world) == 100
    assert told(turn.events, EventKind.WAGER)


def test_who_leaves_and_a_year_that_ends_give_stakes_back() -> None:
    left = admit(RULES, laid(), Leave("p1"))
    assert left.wagers == ()
    world = laid()
    ended, _ = step(RULES, replace(world, turn=RULES.year - 1), SILENT)
    assert ended.wagers == ()
    assert ended.held(MARGIN, PEBBLES) == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (replace(TRUTH, stake=4), RefusalCode.STAKE),
        (replace(TRUTH, stake=-1), RefusalCode.STAKE),
        (replace(TRUTH, leaning=0), RefusalCode.WAGER_WORDS),
        (replace(TRUTH, about=Creature.PIP), RefusalCode.WAGER_WORDS),
        (replace(EFFECT, bar=0), RefusalCode.WAGER_BAR),
        (replace(TRUTH, patron=None), RefusalCode.NO_PATRON),
    ],
)
def test_a_wager_that_cannot_be_leaves_everything_as_it_was(words: CastRumor, code: RefusalCode) -> None:
    world = wood(patrons=1)
    before = dump(world)
    with pytest.raises(Refusal) as refused:
        admit(RULES, world, words)
    assert refused.value.code is code
    assert dump(world) == before


def test_one_wager_a_good_and_never_more_than_the_bourse_can_pay() -> None:
    world = admit(RULES, wood(patrons=8), TRUTH)
    with pytest.raises(Refusal) as refused:
        admit(RULES, world, TRUTH)
    assert refused.value.code is RefusalCode.WAGER_STANDS
    refusals = set()
    for key in (f"p{number}" for number in range(2, 9)):
        for good in GOODS:
            try:
                world = admit(RULES, world, replace(TRUTH, patron=key, about=good, stake=20))
            except Refusal as refusal:
                refusals.add(refusal.code)
    assert RefusalCode.BOURSE_FULL in refusals
    assert promised(world) <= world.held(BOURSE, PEBBLES)


def test_knowing_no_more_than_habit_does_loses_about_the_edge() -> None:
    """Coins: which way a random good goes, by a wood that lives by habit, whose chances are right about it."""
    staked = won = 0
    for seed in range(60):
        world, _ = play(wood(seed, patrons=1), 8 + seed % 7)
        good, leaning = list(GOODS)[seed % 5], 1 if seed % 2 else -1
        world, _ = step(RULES, world, SILENT, [replace(TRUTH, about=good, leaning=leaning)])
        before = purse(world) + 20
        world, _ = play(world, JUDGED_AFTER, None)
        staked += 20
        won += purse(world) - before
    assert -0.6 < won / staked < 0.45
    assert WAGER_MOST > 1
    assert EDGE < 100


def test_minds_do_not_see_what_is_staked() -> None:
    plain, _ = play(laid(replace(TRUTH, stake=0)), 3, MINDS["instinct"])
    staked, _ = play(laid(TRUTH), 3, MINDS["instinct"])
    assert plain.references == staked.references
    assert plain.moods == staked.moods
