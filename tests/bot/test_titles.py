"""Titles beside names: earned, the last year's, bounded, and nobody's to write for themselves."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.telling.career import CareerCard, career_card
from bot.telling.catalog import words_in
from bot.telling.naming import shown_names, tame
from bot.telling.ranking import ranking_card
from bot.telling.report_text import rank_lines
from bot.telling.showing import rank_rows
from bot.telling.taming import MAX_NAME
from bot.telling.titles import MARKS, marked, titles_listed, unearned, unmarked
from bot.views.career import render_career
from bot.views.ranking import render_ranking
from data.content import default_rules
from data.rows import PatronRow
from wood.founding import found_world
from wood.moves import Join, Leave, admit
from wood.stakes import Career, Title
from wood.world import World

RULES = default_rules()
WORDS = words_in("en")
ROWS = [PatronRow("p1", 1, "Ann"), PatronRow("p2", 2, "Ben 🔮")]


def titled(**titles: tuple[tuple[int, Title], ...]) -> World:
    """A wood of two patrons with titles of these years."""
    world = found_world(RULES, 7)
    for key in ("p1", "p2"):
        world = admit(RULES, world, Join(key))
    patrons = dict(world.patrons)
    for key, each in titles.items():
        career = Career(years=2, pebbles=412, best=300, wins=1, titles=each)
        patrons[key] = replace(patrons[key], career=career)
    return replace(world, patrons=patrons)


def test_every_title_has_a_mark_of_one_character_and_its_words() -> None:
    assert set(MARKS) == set(Title)
    assert len(set(MARKS.values())) == len(Title)
    assert {len(mark) for mark in MARKS.values()} == {1}
    assert titles_listed(WORDS, [Title.RICHEST, Title.FOX]) == "👑 the richest and 🎭 the fox whom nobody caught"


def test_the_best_title_of_the_last_year_stands_behind_the_name() -> None:
    world = titled(p1=((1, Title.FOX), (2, Title.VOICE), (2, Title.PROPHET)), p2=((1, Title.RICHEST),))
    assert shown_names(ROWS, world, RULES) == {"p1": "Ann 🔮", "p2": "Ben"}, "year 1 is over; nobody marks themselves"


def test_who_is_forgotten_goes_by_the_alias_alone() -> None:
    world = admit(RULES, titled(p1=((1, Title.RICHEST),)), Leave("p1"))
    assert shown_names([replace(ROWS[0], user_id=None, name=None)], world, RULES)["p1"] == world.patrons["p1"].alias


@given(st.text(max_size=80), st.sampled_from(Title))
def test_a_marked_name_is_bounded_and_gives_its_name_back(name: str, title: Title) -> None:
    own = unearned(tame(name))
    shown = marked(own, [title])
    assert len(shown) <= MAX_NAME
    assert not set(own) & set(MARKS.values())
    assert unmarked(shown) == own or unmarked(shown).endswith("…")
    assert unmarked(own) == own


def test_a_name_of_marks_alone_gives_way_to_the_alias() -> None:
    world = titled()
    assert shown_names([PatronRow("p1", 1, "👑👑")], world, RULES)["p1"] == world.patrons["p1"].alias


def test_the_ranking_tells_last_years_titles_and_the_years_won() -> None:
    world = titled(p1=((2, Title.RICHEST),))
    names = shown_names(ROWS, world, RULES)
    text = "\n".join(render_ranking(WORDS, ranking_card(world, names, {})).texts())
    assert "**Ann 👑** · 100 pebbles\n-# Last year 👑 the richest; first in 1 year" in text
    assert "**Ben** · 100 pebbles" in text
    first, second = rank_lines(WORDS, rank_rows(world, names), 3)
    assert first.endswith("🏆 1 year won")
    assert "🏆" not in second


def test_a_career_tells_years_wins_pebbles_legends_and_titles() -> None:
    world = titled(p1=((1, Title.FOX), (2, Title.RICHEST), (2, Title.PROPHET)))
    text = "\n".join(render_career(WORDS, career_card(world, shown_names(ROWS, world, RULES), "p1")).texts())
    assert "2 years counted, 1 of them won" in text
    assert "412 pebbles in all, at best 300 in one year" in text
    assert text.index("Year 2: 👑 the richest and 🔮 the best prophet") < text.index("Year 1: 🎭 the fox")
    assert "No legend told yet, none lived through" in text


def test_a_career_without_a_year_says_what_it_will_be() -> None:
    text = "\n".join(render_career(WORDS, CareerCard("Ann", Career(), 1, 2)).texts())
    assert "None of your years has been counted yet." in text
    assert "1 legend told, 2 lived through" in text
