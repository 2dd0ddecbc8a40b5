"""What charts put in front, whom they pin and what they shade; the picture of a day, and the banners of legends."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from bot.telling.cards import RankRow
from bot.telling.catalog import words_in
from bot.telling.charts import ranking, style
from bot.telling.charts.drawing import draw
from bot.telling.charts.pins import MOST, Pin, PinKind, response, strongest
from bot.telling.charts.request import ChartKind, ChartRequest
from bot.telling.charts.series import greatest, hero_of
from data.content import default_rules
from tests.bot.figures import colours, rumor, run_of, size, texts
from tests.bot.turns import HOLLOW, MANIA, NAMES, RUN, make_history, make_rules, make_turn, told
from wood.names import CENTS, GOODS, Creature, Good, Season
from wood.rules import Legend

RULES = make_rules()


def test_what_moved_most_is_bright_and_the_rest_is_grey(figures: list[Figure]) -> None:
    card = draw(ChartRequest(ChartKind.PRICES), RULES, run_of(Good.HONEY, [100, 110, 123]))
    drawn = colours(figures[0])
    assert drawn["Honey +23 %"] == style.GOOD_COLOURS[Good.HONEY]
    assert {drawn[f"{good} 0 %"] for good in ("Acorns", "Berries", "Mushrooms", "Firewood")} == {style.MUTED}
    assert card.alt.startswith("Honey climbs 23 % over turns 1 to 3, drawn bright")
    assert "Honey from 8.00 to 9.84, up 23 %." in card.alt


def test_a_fall_counts_as_much_as_the_rise_that_undoes_it() -> None:
    assert greatest({Good.HONEY: {1: 10.0, 2: 5.0}, Good.ACORNS: {1: 10.0, 2: 19.0}}) is Good.HONEY


def test_the_creature_whose_fortune_moved_most_is_bright(figures: list[Figure]) -> None:
    first, last = make_turn(1), make_turn(2)
    last = replace(last, wealth={**last.wealth, Creature.FENN: last.wealth[Creature.FENN] - 12 * CENTS})
    card = draw(ChartRequest(ChartKind.WEALTH), RULES, [first, last])
    drawn = colours(figures[0])
    assert drawn["Fenn −12"] == style.CREATURE_COLOURS[Creature.FENN]
    assert drawn["Pip ±0"] == style.MUTED
    assert "Fenn loses 12 pebbles" in card.alt


def test_the_foremost_patron_alone_leads() -> None:
    rows = [RankRow(1, "Ada", 90, 0), RankRow(1, "Ben", 90, 0)]
    assert ranking_title(rows) == "Patrons"
    assert ranking_title(rows[:1]) == "Ada leads"


def ranking_title(rows: Sequence[RankRow]) -> str:
    return ranking.title_of(words_in("en"), rows)


# Pins


def test_rumors_and_legends_are_pinned_by_name(figures: list[Figure]) -> None:
    events = {2: [rumor("p1", Good.HONEY, 1)], 4: [told(RUN)], 5: [rumor("p9", Good.HONEY, 0)]}
    turns = run_of(Good.HONEY, [100, 104, 108, 60, 55, 50], events)
    card = draw(ChartRequest(ChartKind.PRICES), RULES, turns, names=NAMES)
    drawn = colours(figures[0])
    assert {"Ada: “dearer”", "Run on Oona's Hoard", "a patron’s rumor"} <= set(drawn)
    assert "Ada: “dearer” in turn 2 (then down 50 %)" in card.alt
    assert "Run on Oona's Hoard in turn 4 (then down 54 %)" in card.alt


def test_what_concerns_other_goods_is_not_pinned_but_for_one_legend(figures: list[Figure]) -> None:
    events = {2: [rumor("p1", Good.ACORNS, 1), told(MANIA)], 3: [told(HOLLOW)], 4: [rumor("p1", Creature.PIP, -1)]}
    card = draw(ChartRequest(ChartKind.PRICES), RULES, run_of(Good.HONEY, [100, 100, 100, 150], events), names=NAMES)
    drawn = colours(figures[0])
    assert drawn["Hollow Log Trading Company"] == style.MUTED
    assert not any("Ada" in text or "Mania" in text for text in drawn)
    assert "Pinned: Hollow Log Trading Company in turn 3." in card.alt


def test_a_word_about_a_creature_is_pinned_to_its_fortune(figures: list[Figure]) -> None:
    turns = [make_turn(1), make_turn(2, events=[rumor("p1", Creature.FENN, -1), rumor("p1", Good.MUSHROOMS, 1)])]
    turns[1] = replace(turns[1], wealth={**turns[1].wealth, Creature.FENN: 100})
    draw(ChartRequest(ChartKind.WEALTH), RULES, turns, names=NAMES)
    assert [text for text in colours(figures[0]) if "Ada" in text] == ["Ada: an ill word"]


def test_a_speaker_whom_no_font_can_draw_is_a_patron(figures: list[Figure]) -> None:
    turns = run_of(Good.HONEY, [100, 120], {2: [rumor("p1", Good.HONEY, -1)]})
    card = draw(ChartRequest(ChartKind.PRICES), RULES, turns, names={"p1": "🔥🦊🔥"})
    assert "a patron: “cheaper”" in colours(figures[0])
    assert "🔥🦊🔥: “cheaper”" in card.alt


def test_the_strongest_few_are_named_and_nobody_twice() -> None:
    line = dict.fromkeys(range(1, 60), 1.0) | {30: 3.0, 50: 2.0}
    said = [Pin(turn, PinKind.RUMOR, "Ada", frozenset({"honey"}), 1) for turn in range(1, 60)]
    others = [Pin(5 * at, PinKind.RUMOR, f"Patron {at}", frozenset({"honey"}), 1) for at in range(1, 8)]
    legend = Pin(10, PinKind.LEGEND, "Great Frost", frozenset({"honey"}))
    found = strongest([*said, *others, legend], {"honey"}, line)
    assert len(found) == MOST
    assert [pin.name for pin in found].count("Ada") == 1
    assert response(line, next(pin.turn for pin in found if pin.name == "Ada")) == 2.0
    assert legend.name in [pin.name for pin in found]


def test_a_response_is_the_greatest_move_within_five_turns_of_the_price_before() -> None:
    line = {1: 10.0, 2: 12.0, 3: 9.0, 4: 6.0, 5: 8.0, 20: 99.0}
    assert response(line, 2) == pytest.approx(-0.4)
    assert response(line, 1) == pytest.approx(-0.4)
    assert response({1: 0.0, 2: 5.0}, 2) == 0.0


def test_what_followed_a_pin_is_shaded(figures: list[Figure]) -> None:
    turns = run_of(Good.HONEY, [100, 100, 150, 150], {3: [rumor("p1", Good.HONEY, 1)]})
    draw(ChartRequest(ChartKind.PRICES, Good.HONEY), RULES, turns, names=NAMES)
    plot = figures[0].axes[-1]
    (shade,) = plot.collections
    box = shade.get_datalim(plot.transData)
    assert (box.x0, box.x1) == (2.5, 4.0)
    assert (box.y0, box.y1) == (pytest.approx(8.0), pytest.approx(12.0))


# The day


def test_a_hero_is_about_what_moved_most_in_the_day(figures: list[Figure]) -> None:
    turns = [*run_of(Good.ACORNS, [100, 200, 300]), *run_of(Good.HONEY, [100] * 3 + [100, 80, 60])[3:]]
    card = draw(ChartRequest(ChartKind.HERO, day=2), RULES, turns)
    assert "−40 %" in colours(figures[0])
    assert card.alt.startswith("Honey tumbles 40 % over turns 5 to 6, drawn as a bright line. Honey from 8.00 to 4.80")
    assert "in the days before it stood between 8.00 and 8.00." in card.alt


def test_a_hero_follows_the_days_legend_unless_it_fell_flat() -> None:
    def prices(acorns: int) -> dict[Good, dict[int, float]]:
        return {good: {1: 1.0, 2: {Good.ACORNS: acorns / 100, Good.HONEY: 1.3}.get(good, 1.0)} for good in GOODS}

    day = [make_turn(2, events=[told(MANIA)])]
    assert hero_of(RULES, day, prices(116)) is Good.ACORNS
    assert hero_of(RULES, day, prices(105)) is Good.HONEY
    assert hero_of(RULES, [make_turn(2)], prices(116)) is Good.HONEY


def test_a_hero_shows_its_day_and_about_three_before() -> None:
    card = draw(ChartRequest(ChartKind.HERO, day=5), RULES, make_history(60))
    assert "turns 56 to 60" in card.alt
    assert card == draw(ChartRequest(ChartKind.HERO, day=5), RULES, make_history(60)[-20:])


# Banners

LEGENDS = [legend for legend in default_rules().legends.values() if legend.history is not None]


@pytest.mark.parametrize("legend", LEGENDS, ids=lambda legend: legend.slug)
def test_every_legend_has_a_banner_with_its_whole_title(legend: Legend, figures: list[Figure]) -> None:
    card = draw(ChartRequest(ChartKind.BANNER, legend=legend.slug), default_rules(), ())
    assert size(card) == (1200, 400)
    ((text, (x0, _, x1, y1)),) = texts(figures[0])
    assert text.get_text() == legend.title
    assert 0 <= x0 < x1 <= style.WIDTH
    assert y1 < 0.25 * 400  # on the dark bank
    assert legend.title in card.alt
    assert ("climbs" if legend.direction > 0 else "tumbles") in card.alt


def test_a_banner_changes_with_the_season_and_no_two_are_alike() -> None:
    request = ChartRequest(ChartKind.BANNER, legend=RUN.slug)
    seasons = [draw(request, RULES, [replace(make_turn(1), season=season)]).png for season in Season]
    others = [draw(replace(request, legend=slug), RULES, ()).png for slug in RULES.legends]
    assert len({*seasons}) == len(Season)
    assert len({*others}) == len(others)
