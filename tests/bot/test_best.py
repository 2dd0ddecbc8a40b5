"""Whose day it was, from the courses of the patrons."""

from dataclasses import replace

import pytest

from bot.keeper import Keeper
from bot.telling.best import best_of, best_patron, gain_of
from bot.telling.catalog import words_in
from bot.telling.report import build_report, to_json
from bot.telling.report_text import Part, blocks, to_markdown
from data.store import Store
from tests.bot.kept import CHANNEL, USER
from tests.bot.turns import make_card, make_history
from wood.ranking import FAME_PEBBLES

YEAR = 60
COURSE = (100, 110, 120, 130, 140)
"""Standings after turns 4, 8, 12, 16 and 20."""
WORDS = words_in("en")


@pytest.mark.parametrize(
    ("turn", "first", "gain"),
    [
        (20, 17, 20),  # since turn 16
        (20, 13, 30),
        (20, 14, 30),  # the last entry before turn 13 is that of turn 12
        (22, 17, 20),
        (20, 5, 50),
        (20, 3, 50),  # before the first entry all had what they joined with
        (YEAR + 20, YEAR + 13, 30),
        (YEAR + 20, YEAR - 3, 50),  # a year's end lies between
    ],
)
def test_a_gain_is_counted_from_the_last_entry_before_the_day(turn: int, first: int, gain: int) -> None:
    assert gain_of(150, COURSE, turn, first, YEAR) == gain


def test_who_came_during_the_day_is_counted_from_the_purse_of_the_joining() -> None:
    assert gain_of(131, (118,), 20, 9, YEAR) == 31
    assert gain_of(131, (), 20, 19, YEAR) == 31
    assert gain_of(131, (118,), 21, 21, YEAR) == 13


def test_the_greatest_gain_leads_ties_go_to_the_elder_and_nobody_leads_who_lost() -> None:
    courses = {"p2": COURSE, "p10": (), "p3": COURSE}
    assert best_of({"p2": 150, "p10": 125, "p3": 160}, courses, 20, 17, YEAR) == ("p3", 30)
    assert best_of({"p10": 120, "p2": 150}, courses, 20, 17, YEAR) == ("p2", 20)
    assert best_of({"p2": 130, "p10": 100}, courses, 20, 17, YEAR) is None
    assert best_of({}, {}, 20, 17, YEAR) is None


def test_the_report_names_whose_day_it_was_above_the_ranking() -> None:
    card = make_card(make_history(8), best=("*Ann*", 31))
    report = build_report(WORDS, card)
    ranking = blocks(WORDS, report)[Part.RANKING].splitlines()
    assert "Best day: **\\*Ann\\***, up 31" in ranking[1]
    assert "31" in to_markdown(WORDS, report)
    assert to_json(report)["best"] == ("*Ann*", 31)
    assert "Best day" not in blocks(WORDS, build_report(WORDS, make_card(make_history(8))))[Part.RANKING]


async def test_a_patron_whose_standing_grew_has_the_day(kept: tuple[Keeper, Store]) -> None:
    keeper, store = kept
    await keeper.patrons.join(CHANNEL, USER, "Ann")
    for _ in range(9):
        await keeper.turns.take_turn(CHANNEL)
    assert (await keeper.queries.report(CHANNEL)).best is None, "nobody has done anything"
    seen = await store.woods.snapshot(CHANNEL)
    assert seen is not None
    richer = replace(seen.world.patrons["p1"], fame=seen.world.patrons["p1"].fame + 3)
    world = replace(seen.world, patrons={"p1": richer})
    assert best_patron(world, YEAR, 9) == ("p1", 3 * FAME_PEBBLES)
