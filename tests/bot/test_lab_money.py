"""A year's money: what was minted and burned, how fast it went round, and whether it keeps its worth."""

from collections import Counter
from dataclasses import replace

import pytest

from bot.lab import evaluate
from bot.lab.effort import Effort
from bot.lab.evaluate import Plan
from bot.lab.money import POURERS, STEADY, Books, average, books, pouring, worth_rows
from bot.lab.scenario import Scenario, reference
from bot.lab.simulate import circulating, play
from bot.lab.tides import Tide, tide
from inference.council import Council
from inference.roster import build
from tests.bot.turns import make_turn
from tests.wood.woods import RULES
from wood.ledger import Posting
from wood.moves import BuyCorner, Join, OfferBribe
from wood.names import CREATURES, GOODS, Creature, Good, Hand
from wood.orders import Trade


def year(level: float, purses: float) -> Books:
    return Books({"alms": 3}, {"tithe": 1}, 10 * purses, purses, level)


def test_a_tide_is_what_leaves_the_mint_and_what_comes_back_or_sinks() -> None:
    found = tide(
        [
            Posting("mint", "patron:p1", "pebbles", 100, "joining"),
            Posting("patron:p1", "fines", "pebbles", 5, "whisper"),
            Posting("patron:p1", "mint", "pebbles", 20, "leaving"),
            Posting("pip", "bowl", "pebbles", 7, "bowl"),
            Posting("harvest", "pip", "berries", 3, "harvest"),
            Posting("pip", "rot", "berries", 1, "rotted"),
        ]
    )
    assert found == Tide(Counter(joining=100), Counter(whisper=5, leaving=20))


def test_books_are_kept_by_the_year() -> None:
    trade = Trade(Good.HONEY, Creature.PIP, Creature.OONA, 2, 6, Hand.MIND, Hand.MIND)
    turns = [replace(make_turn(number), trades=(trade,)) for number in range(1, 2 * RULES.year + 1)]
    first = Tide(Counter(alms=2), Counter(tithe=1))
    tides = [first, *[Tide(Counter(), Counter())] * (2 * RULES.year - 1)]
    kept = books(RULES, turns, tides)
    assert len(kept) == 2
    assert (kept[0].minted, kept[0].burned) == ({"alms": 2}, {"tithe": 1})
    assert (kept[1].minted, kept[1].burned) == ({}, {})
    assert kept[0].traded == 12 * RULES.year
    assert kept[0].velocity == kept[0].traded / kept[0].purses
    assert average(kept).minted == {"alms": 1}


@pytest.mark.parametrize("change", [-0.3, -0.2, 0.0, 0.2, 0.3])
def test_money_keeps_its_worth_within_a_quarter(change: float) -> None:
    prices, purses = worth_rows([[year(1, 200), year(9, 9), year(1 + change, 200)]] * 3, "nothing told")
    assert prices.met is (abs(change) <= STEADY)
    assert purses.met
    assert prices.target == "year 3 within 25 % of year 1"
    assert prices.value == pytest.approx(change)


async def test_what_is_minted_and_burned_is_all_that_the_pebbles_in_hand_change_by() -> None:
    minds = Council(dict.fromkeys(CREATURES, build(["instinct"])["instinct"]), RULES, render=False)
    played = await play(RULES, Scenario(30, pouring(RULES, 1).interventions), 4, minds, keep_traces=False)
    begun = circulating(played.founded)
    for (minted, burned), now in zip(played.tides, played.pebbles, strict=True):
        begun += minted.total() - burned.total()
        assert begun == now
    assert sum(tides.minted["joining"] for tides in played.tides) == 100 * len(POURERS)
    assert sum(tides.burned["corner"] for tides in played.tides) > 0


def test_those_who_pour_in_do_so_every_year() -> None:
    scenario = pouring(RULES, 2)
    assert [type(each) for each in scenario.at(1)] == [Join] * len(POURERS)
    for first in (2, RULES.year + 1):
        put_in = [each for turn in range(first, first + RULES.year - 1) for each in scenario.at(turn)]
        assert {each.good for each in put_in if isinstance(each, BuyCorner)} == set(GOODS)
        assert {each.to for each in put_in if isinstance(each, OfferBribe)} == set(CREATURES)


def test_a_sweep_says_what_money_did() -> None:
    found = evaluate.sweep(("silent",), (3,), plan=Plan(reference(), years=2), effort=Effort(workers=1))["silent"]
    rows = [row.measure for row in found.rows if row.measure.startswith("money")]
    assert rows == [
        f"money, {name}: {what}" for name in ("nothing told", "patrons pouring in") for what in ("prices", "purses")
    ]
    assert found.poured is not None
    assert found.poured.minted["new year"] == 100 * len(POURERS)
    assert found.poured.burned["counted"] > 0
    assert found.money.to_json()["velocity"] > 1
