"""Daily calls and records in words: odds, points, how a day's calls came out, and ten buttons below a report."""

from dataclasses import replace

import pytest

from bot.telling.calls import NAMED, expected, odds, outcome, points, record_line, verdict
from bot.telling.catalog import words_in
from bot.telling.ranking import ranking_card
from bot.telling.report import build_report
from bot.views.base import MAX_TEXT
from bot.views.call import CallButton, with_calls
from bot.views.report import render_report
from data.content import default_rules
from tests.bot.turns import make_card, make_history
from tests.wood.woods import wood
from wood.chronicle import Event, EventKind
from wood.names import GOODS, Good
from wood.prophecy import judged
from wood.world import Prophecy

WORDS = words_in("en")
RULES = default_rules()


def call(key: str, *, right: bool, streak: int = 0, good: Good = Good.HONEY, leaning: int = 1) -> Event:
    data = {"good": good, "leaning": leaning, "right": right, "chance": 100, "score": 900, "streak": streak}
    return Event(EventKind.CALLED, key, data)


def told(*events: Event, names: dict[str, str] | None = None) -> tuple[str, ...]:
    history = make_history()
    turns = [*history[-3:-1], replace(history[-1], events=events)]
    return outcome(WORDS, RULES, names or {}, turns, history)


def test_a_days_calls_name_those_who_were_right_longest_streak_first() -> None:
    names = {"p1": "Ann", "p2": "Bo", "p12": "Cy"}
    events = [call("p1", right=True, streak=1), call("p12", right=True, streak=4), call("p2", right=False, leaning=-1)]
    assert told(*events, names=names) == (
        "The last call: 🍯 honey up.",
        "2 of 3 called it: Cy (4 in a row) and Ann.",
    )


def test_however_many_were_right_few_are_named_and_the_forgotten_without_a_name() -> None:
    crowd = [call(f"p{number}", right=True, streak=1) for number in range(1, 201)]
    _, line = told(*crowd, names={f"p{number}": "m" * 99 for number in range(2, 201)})
    assert line.startswith("200 of 200 called it: a patron, ")
    assert f"{200 - NAMED} more" in line
    assert len(line) < 300


def test_nobody_may_have_called_it_and_without_calls_nothing_is_said() -> None:
    assert told() == ()
    moved, line = told(call("p1", right=False))
    assert line == "One called, and was wrong."
    assert any(moved.endswith(f"{WORDS(f'good-{good}')} {way}.") for good in GOODS for way in ("up", "down"))
    turns = [replace(make_history()[0], events=(call("p1", right=False), call("p2", right=False)))]
    assert outcome(WORDS, RULES, {}, turns, turns) == ("None of 2 called it.",), "what was before is not known"


@pytest.mark.parametrize(("score", "whole"), [(0, 0), (4, 0), (5, 1), (984, 98), (-4, 0), (-5, -1), (-984, -98)])
def test_points_are_hundredths_rounded_away_from_zero(score: int, whole: int) -> None:
    assert points(score) == whole


def test_records_are_compared_with_chance_once_they_tell() -> None:
    assert [odds(WORDS, chance) for chance in (15, 100, 300, 900)] == [
        "a long shot",
        "an outsider",
        "well placed",
        "the favourite",
    ]
    record = Prophecy()
    for true in (True, False, True, True):
        record = judged(record, true, 240)
    assert expected(record) == 1
    line = "Your calls this year: 3 of 4 right, where chance has 1.0; +204 points. 2 in a row!"
    assert record_line(WORDS, record) == line
    assert verdict(WORDS, record) == ""
    assert verdict(WORDS, Prophecy(16, 9, 4_100, 4_900)) == "Far more than chance!"
    assert verdict(WORDS, Prophecy(16, 5, 4_100, 900)) == "About what chance gives."
    assert verdict(WORDS, Prophecy(16, 0, 4_100, -4_100)) == "Less than chance."


def test_the_ranking_keeps_its_lists_apart_and_shares_places() -> None:
    world = wood(patrons=3)
    patrons = {
        **world.patrons,
        "p1": replace(world.patrons["p1"], prophecy=Prophecy(2, 0, 300, -300)),
        "p2": replace(world.patrons["p2"], prophecy=Prophecy(2, 1, 300, 700), present=False),
    }
    callers = {"p3": Prophecy(1, 1, 100, 900, 1), "p9": Prophecy(1, 0, 100, -100), "p8": Prophecy(1, 1, 100, 900)}
    names = {"p1": "Ann", "p2": "Bo", "p3": "Cy", "p8": "Di"}
    card = ranking_card(replace(world, patrons=patrons, callers=callers), names, {"p3": 4.5, "p1": 0.0, "p2": 9.0})
    assert [(row.rank, row.name) for row in card.prophets] == [(1, "Ann")], "who left is in none"
    assert [(row.rank, row.name) for row in card.callers] == [(1, "Cy"), (1, "Di")], "the forgotten are in none"
    assert [(row.rank, row.name, row.moved) for row in card.voices] == [(1, "Cy", 4.5)]
    assert [(row.rank, row.name) for row in card.purses] == [(1, "Ann"), (1, "Cy")]


async def test_ten_buttons_stand_below_a_report_however_long_it_is() -> None:
    history = make_history()
    crowd = [call(f"p{number}", right=True, streak=9) for number in range(1, 40)]
    turns = [*history[:-1], replace(history[-1], events=(*history[-1].events, *crowd))]
    card = make_card(turns, names={f"p{number}": "_" * 32 for number in range(1, 40)})
    report, _ = render_report(WORDS, build_report(WORDS, card), [])
    layout = with_calls(card, report)
    assert layout.content_length() <= MAX_TEXT
    buttons = [item for item in layout.walk_children() if isinstance(item, CallButton)]
    assert {button.custom_id for button in buttons} == {
        f"ttw:call:{good}:{way}" for good in GOODS for way in ("up", "down")
    }
    assert layout.total_children_count <= 40
    assert "tomorrow's report" in "\n".join(layout.texts())
    fast = replace(card, wood=replace(card.wood, pace=10))
    report, _ = render_report(WORDS, build_report(WORDS, fast), [])
    assert "in the next 24 turns?" in "\n".join(with_calls(fast, report).texts())
