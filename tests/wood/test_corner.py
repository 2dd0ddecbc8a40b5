"""A corner from beginning to end: its stranger arrives, buys, holds, unloads and leaves, with all books in balance."""

from dataclasses import replace

import pytest

from tests.wood.laws import watched_ledger
from tests.wood.woods import MINDS, RULES, TRIAL, Answering, holding, play, with_legend, wood
from wood.bourse import RESERVE
from wood.chronicle import Turn
from wood.exchange import CORNER_PERCENT, TABLE_PERCENT, UNLOAD_PERCENT
from wood.founding import START_PEBBLES
from wood.ledger import Posting
from wood.names import CENTS, CREATURES, FOODS, GOODS, MINT, PEBBLES, STRANGER, Creature, Good, Hand
from wood.rules import Layer, Rules, Shock, ShockKind
from wood.shocks import UNLOADING, in_force, strangers
from wood.turn import open_turn
from wood.world import World

TURNS = 3
UNITS = 2


def corner(good: Good, *more: Shock) -> Rules:
    return with_legend(Shock(ShockKind.CORNER, Layer.SETTLEMENT, good, turns=TURNS, strength=UNITS), *more, good=good)


def maker_of(good: Good) -> Creature:
    return next(creature for creature in CREATURES if RULES.creatures[creature].makes is good)


def cornered(good: Good, mind: Answering | None = None, *more: Shock) -> tuple[list[World], list[Turn], list[Posting]]:
    """The worlds, turns and postings of a corner and of two turns after it."""
    rules = corner(good, *more)
    world = wood()
    for creature in CREATURES:
        world = holding(world, creature, pebbles=40, **{food.value: 0 for food in FOODS})
    world = holding(world, maker_of(good), **{good.value: RULES.goods[good].capacity})
    worlds, turns = [], []
    with watched_ledger() as postings:
        for place in range(TURNS + UNLOADING + 2):
            world, (turn,) = play(world, 1, mind, {1: [TRIAL]}, rules)
            worlds.append(world)
            turns.append(turn)
            assert place + 1 == world.turn
    return worlds, turns, postings


def bought(turn: Turn, good: Good) -> int:
    return sum(trade.qty for trade in turn.trades if trade.buyer == STRANGER and trade.good is good)


def sold(turn: Turn, good: Good) -> int:
    return sum(trade.qty for trade in turn.trades if trade.seller == STRANGER and trade.good is good)


@pytest.mark.parametrize("mind", [None, *MINDS.values()], ids=["habit", *MINDS])
@pytest.mark.parametrize("good", GOODS)
def test_a_corner_buys_holds_unloads_and_leaves(good: Good, mind: Answering | None) -> None:
    worlds, turns, postings = cornered(good, mind)
    hoard = 0
    for age, (world, turn) in enumerate(zip(worlds, turns, strict=True)):
        hoard += bought(turn, good) - sold(turn, good)
        if age < TURNS:
            assert bought(turn, good) <= UNITS
            assert sold(turn, good) == 0, "it holds while the corner lasts"
        else:
            assert bought(turn, good) == 0
        if age < TURNS + UNLOADING - 1:
            assert world.held(STRANGER, good) == hoard
        else:
            assert STRANGER not in world.accounts, "it has gone home"
        assert world.held(STRANGER, PEBBLES) == 0, "its pebbles go home every evening"
    assert sum(bought(turn, good) for turn in turns) > 0
    assert hoard == sum(turn.flows.get(f"carried off/{good}", 0) for turn in turns)
    minted = sum(posting.amount for posting in postings if posting.reason == "stranger comes")
    returned = sum(posting.amount for posting in postings if posting.reason == "stranger leaves")
    paid = sum(trade.qty * trade.price for turn in turns for trade in turn.trades if trade.buyer == STRANGER)
    earned = sum(trade.qty * trade.price for turn in turns for trade in turn.trades if trade.seller == STRANGER)
    assert minted - returned == paid - earned
    assert -worlds[-1].held(MINT, PEBBLES) == 5 * START_PEBBLES + RESERVE + paid - earned


def test_a_corner_throws_its_hoard_on_the_market() -> None:
    """With stores that were never filled somebody buys what the stranger throws away."""
    good = Good.HONEY
    blight = Shock(ShockKind.SUPPLY, Layer.SETTLEMENT, good, delay=TURNS, turns=UNLOADING, strength=-100)
    _, turns, _ = cornered(good, None, blight)
    unloaded = [trade for turn in turns[TURNS:] for trade in turn.trades if trade.seller == STRANGER]
    assert unloaded
    assert {trade.seller_hand for trade in unloaded} == {Hand.STRANGER}


def test_it_bids_well_above_the_reference_and_asks_well_below() -> None:
    assert CORNER_PERCENT > TABLE_PERCENT > 100 > UNLOAD_PERCENT


def test_what_strangers_want_follows_the_life_of_the_shock() -> None:
    rules = corner(Good.HONEY)
    world = open_turn(rules, wood(), [TRIAL]).world
    course = [strangers(in_force(rules, world, now), Good.HONEY) for now in range(1, 8)]
    buying, unloading, gone = (0, UNITS, False), (0, 0, True), (0, 0, False)
    assert course == [buying] * TURNS + [unloading] * UNLOADING + [gone] * 2
    assert strangers(in_force(rules, world, 1), Good.ACORNS) == gone


def test_a_corner_and_a_table_in_one_good_buy_together_and_eat_their_part() -> None:
    table = Shock(ShockKind.DEMAND, Layer.SETTLEMENT, Good.HONEY, turns=TURNS, strength=1)
    worlds, turns, _ = cornered(Good.HONEY, None, table)
    assert bought(turns[0], Good.HONEY) == UNITS + 1
    assert turns[0].flows["carried/honey"] == 1
    assert worlds[0].held(STRANGER, Good.HONEY) == UNITS


def test_no_bid_of_a_stranger_is_dearer_than_an_order_may_be() -> None:
    world = wood()
    for creature in CREATURES:
        world = holding(world, creature, pebbles=0)  # so that nobody but the stranger bids
    dear = replace(world, references={**world.references, Good.HONEY: 95 * CENTS})
    _, (turn,) = play(dear, 1, None, {1: [TRIAL]}, corner(Good.HONEY))
    assert turn.auctions[Good.HONEY].demand == UNITS
    assert turn.flows["stranger comes/pebbles"] == UNITS * 99
