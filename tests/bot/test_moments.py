"""Extras and the year's end: what strikes when, what is told of it, and how it is shown."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telling.cards import ChartCard
from bot.telling.catalog import words_in
from bot.telling.extra import ExtraCard, Move, Strike, extra_card, opening, strikes
from bot.telling.year import YearCard
from bot.views.base import MAX_TEXT, Layout
from bot.views.extra import render_extra
from bot.views.year import render_year
from data.content import default_rules
from tests.bot.turns import NAMES
from wood.chronicle import EventKind, Turn
from wood.founding import found_world
from wood.moves import TellLegend
from wood.names import CREATURES, GOODS, Good
from wood.rules import Rules
from wood.turn import step

RULES = default_rules()
CORNER = RULES.legends["mushroom-corner"]
DECK = [RULES.legends[slug] for slug in RULES.deck]


@pytest.fixture(scope="module")
def year() -> list[Turn]:
    """A year in which the corner of the mushrooms is told in turn 5."""
    world, turns = found_world(RULES, 7), []
    for number in range(1, RULES.year + 1):
        world, turn = step(RULES, world, {}, [TellLegend(CORNER.slug)] if number == 5 else [])
        turns.append(turn)
    return turns


def card(year: list[Turn], number: int, rules: Rules = RULES) -> ExtraCard:
    (strike,) = strikes(rules, year[number - 1], [(5, CORNER.slug)])
    return extra_card(rules, strike, year[number - 1], year[number - 2], year[4], NAMES)


def shown(layout: Layout) -> str:
    return "\n".join(layout.texts())


def test_a_legend_strikes_when_it_is_told_and_at_each_later_phase_that_has_words(year: list[Turn]) -> None:
    struck = {turn.number: strikes(RULES, turn, [(5, CORNER.slug)]) for turn in year}
    assert [number for number, found in struck.items() if found] == [5, 7, 8, 11]
    assert [found[0].told for found in struck.values() if found] == [True, False, False, False]
    assert [found[0].phases[0].text for found in struck.values() if found] == [
        shock.text for shock in CORNER.shocks if shock.text
    ]


def test_what_the_content_has_no_more_and_plain_shocks_do_not_strike(year: list[Turn]) -> None:
    plain = next(slug for slug, legend in RULES.legends.items() if legend.history is None)
    assert strikes(RULES, year[6], [(5, plain), (5, "a-legend-that-was")]) == ()


def test_what_the_legend_moved_and_what_the_creatures_did_add_up(year: list[Turn]) -> None:
    (move, *_) = card(year, 5).moves
    decree = next(event.data for event in year[4].events if event.kind is EventKind.DECREE and event.data)
    assert move.good is CORNER.good
    assert move.before == year[3].references[move.good]
    assert move.decreed - move.before == decree["after"] - decree["before"]
    assert move.after == year[4].references[move.good]


def test_an_extra_says_who_gave_breath_what_is_heard_and_what_moved(year: list[Turn]) -> None:
    told = replace(card(year, 5), tellers=(next(iter(NAMES)),))
    layout, files = render_extra(told)
    text = shown(layout)
    assert CORNER.title in text
    assert CORNER.shocks[0].text in text
    assert opening(CORNER.tale) in text
    assert "%" in text
    assert files == []
    later = shown(render_extra(card(year, 7))[0])
    assert f"{CORNER.title} goes on" in later
    assert "2 turns ago" in later
    assert opening(CORNER.tale) not in later


def test_the_banner_stands_under_the_title(year: list[Turn]) -> None:
    layout, files = render_extra(card(year, 5), [ChartCard(b"png", "banner.png", "A moth.", "A moth.")])
    assert [file.filename for file in files] == ["banner.png"]
    container: Any = layout.children[0]
    assert [type(item).__name__ for item in container.children][:3] == ["TextDisplay", "MediaGallery", "TextDisplay"]


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (Move(Good.HONEY, 1000, 600, 540), "from 10.00 to 6.00 by the legend itself (−40 %), then to 5.40"),
        (Move(Good.HONEY, 1000, 600, 600), "The creatures leave it there."),
        (Move(Good.HONEY, 1000, 1000, 1100), "from 10.00 to 11.00 (+10 %)"),
        (Move(Good.HONEY, 1000, 1000, 1000), "still at 10.00"),
    ],
)
def test_a_move_is_told_by_who_made_it(year: list[Turn], move: Move, said: str) -> None:
    assert said in shown(render_extra(replace(card(year, 5), moves=(move,)))[0])


@pytest.mark.parametrize("legend", DECK, ids=lambda legend: legend.slug)
def test_every_legend_of_the_deck_fits_into_its_extras(year: list[Turn], legend: Any) -> None:
    names = {f"p{number}": "*" * 32 for number in range(3)}
    moves = tuple(Move(good, 1000, 3000, 99_999) for good in GOODS)
    for age in {0, *(shock.delay for shock in legend.shocks)}:
        phases = tuple(shock for shock in legend.shocks if shock.delay == age and shock.text)
        strike = Strike(legend, 5, age == 0, phases)
        text = shown(render_extra(ExtraCard(RULES, strike, year[4 + age], tuple(names), moves, names))[0])
        assert len(text) <= 1_500 < MAX_TEXT
        assert "@" not in text


@given(st.text(max_size=900))
def test_an_opening_is_short_and_begins_as_the_tale_does(tale: str) -> None:
    told = opening(tale)
    assert len(told) <= 320
    assert " ".join(tale.split()).startswith(told.removesuffix("…").rstrip())
    assert "\n" not in told


def test_an_opening_is_made_of_whole_sentences() -> None:
    first = "A moth told a cricket that the back row was painted wood, and nobody at all believed the moth."
    assert opening(f"{first} Nobody slept.") == first
    assert opening(f"Hush. {first} Then they came.") == f"Hush. {first}"


def test_the_year_ends_with_the_richest_the_standings_and_what_begins(year: list[Turn]) -> None:
    ended = YearCard(RULES, year, NAMES, {})
    text = shown(render_year(ended)[0])
    assert "The saga of year 1" in text
    assert "Year 2 begins" in text
    assert RULES.seasons[0].name in text
    assert "No patron stood up" in text
    places = [RULES.creatures[who].name for who, _ in ended.standing]
    assert sorted(places) == sorted(RULES.creatures[who].name for who in CREATURES)
    assert [text.index(f"**{name}**") for name in places] == sorted(text.index(f"**{name}**") for name in places)
    means = [mean for _, mean in ended.standing]
    assert means == sorted(means, reverse=True)


def test_the_foremost_patron_is_named_without_a_mention(year: list[Turn]) -> None:
    *others, last = year
    key = next(iter(NAMES))
    events = tuple(
        replace(event, data={**(event.data or {}), "patron": key}) if event.kind is EventKind.YEAR else event
        for event in last.events
    )
    ended = YearCard(RULES, [*others, replace(last, events=events)], {key: "@everyone **x**"}, {})
    text = shown(render_year(ended)[0])
    assert "stood foremost" in text
    assert "@everyone" not in text


def test_extras_speak_the_words_of_the_wood(year: list[Turn]) -> None:
    words = words_in("en")
    assert words("extra-phase", title=CORNER.title) in shown(render_extra(card(year, 8))[0])
