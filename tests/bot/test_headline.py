"""Headlines: what matters most and is new, in words that hold against the figures."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telling.catalog import SOURCE, UnknownKeyError, Words, words_in
from bot.telling.digest import digest
from bot.telling.headline import Pen, chosen, headlines, resting
from bot.telling.headline import told as told_by_pen
from bot.telling.news import Family
from tests.bot.test_report import YEAR, cold, moved, plain
from tests.bot.turns import (
    DROUGHT,
    HOLLOW,
    MANIA,
    NAMES,
    RUN,
    STARTS,
    make_history,
    make_rules,
    make_turn,
    told,
)
from wood.chronicle import Turn
from wood.names import CREATURES, GOODS, Creature

RULES = make_rules()
WORDS = words_in(SOURCE)


def news(turns: Sequence[Turn], seed: int = 7, history: Sequence[Turn] = ()) -> list[str]:
    return headlines(WORDS, RULES, NAMES, digest(RULES, turns, [*history, *turns]), seed, "2026-01-02")


def families(turns: Sequence[Turn], history: Sequence[Turn] = ()) -> list[Family]:
    """What a day tells of, in its order."""
    return [each.family for each in chosen(WORDS, RULES, NAMES, digest(RULES, turns, [*history, *turns]))]


# Each day holds something else as well that matters less than the headline wanted.
DAYS = (
    (Family.ALONG, moved(1, [told(RUN), told(DROUGHT), *cold(*CREATURES), YEAR], honey=400, acorns=800)),
    (Family.YEAR, moved(1, [YEAR, *cold(*CREATURES)], honey=400)),
    (Family.FALL, moved(1, cold(Creature.PIP), honey=400)),
    (Family.RISE, moved(1, cold(Creature.PIP), firewood=900)),
    (Family.SHOCK, moved(1, [told(DROUGHT), *cold(Creature.PIP)], berries=560)),
    (Family.COLD, plain(moved(1, cold(Creature.PIP, Creature.FENN), acorns=430))),
    (Family.FEAST, moved(1, acorns=420)),
    (Family.QUIET, plain(moved(1, acorns=420))),
    (Family.STILL, plain(moved(1))),
)


@pytest.mark.parametrize(("family", "turn"), DAYS, ids=[day[0] for day in DAYS])
def test_the_headline_is_what_matters_most(family: Family, turn: Turn) -> None:
    assert families([turn])[0] is family


@pytest.mark.parametrize("turn", [day[1] for day in DAYS], ids=[day[0] for day in DAYS])
def test_wordings_vary_and_repeat_exactly(turn: Turn) -> None:
    found = {news([turn], seed)[0] for seed in range(30)}
    assert len(found) >= 2
    assert news([turn], 3) == news([turn], 3)


def wobbling(days: int, size: int, seed: int, length: int = 8) -> list[Turn]:
    """Days of eight turns in which no price goes far from its start, whatever else there is."""
    chance = random.Random(seed)
    turns = []
    for number in range(1, days * length + 1):
        prices = [start * (100 + chance.randint(-size, size)) // 100 for start in STARTS.values()]
        turn = make_turn(number, dict(zip(GOODS, prices, strict=True)))
        wealth = {who: riches * (100 + chance.randint(-4, 4)) // 100 for who, riches in turn.wealth.items()}
        moods = {who: chance.randint(55, 85) * 100 for who in CREATURES}
        kinds = {who: chance.randint(2, 3) for who in CREATURES}
        trades = tuple(replace(turn.trades[0], buyer=a, seller=b) for a, b in [chance.sample(CREATURES, 2)] * 3)
        turns.append(replace(turn, wealth=wealth, moods=moods, kinds=kinds, trades=trades))
    return turns


@pytest.mark.parametrize("turns", [wobbling(30, 3, 1), wobbling(30, 3, 2), make_history(240, 3), make_history(240, 4)])
@pytest.mark.parametrize("seed", [1, 7])
def test_no_form_of_headline_comes_more_than_three_times_in_thirty_days(turns: list[Turn], seed: int) -> None:
    forms: Counter[str] = Counter()
    for day in range(30):
        today = digest(RULES, turns[8 * day : 8 * day + 8], turns[max(0, 8 * day - 52) : 8 * day + 8])
        pen = Pen(WORDS, seed, (date(2026, 1, 1) + timedelta(day)).isoformat())
        forms[pen.form(chosen(WORDS, RULES, NAMES, today)[0].family)] += 1
    assert max(forms.values()) <= 3, forms.most_common(5)
    assert len({form.rpartition("-")[0] for form in forms}) >= 5


def test_what_was_the_headline_yesterday_gives_way_to_what_is_nearly_as_good() -> None:
    frost = [plain(moved(number, cold(*CREATURES[:2]), acorns=440)) for number in range(1, 4)]
    assert families(frost[:1])[0] is Family.COLD
    assert families(frost[2:], frost[:2])[0] is not Family.COLD
    assert families([plain(moved(3, cold(*CREATURES)))], frost[:2])[0] is Family.COLD, "a hard frost is news again"


def test_a_day_tells_of_one_thing_once_and_of_several_parts_of_the_wood() -> None:
    turn = moved(1, [*cold(*CREATURES)], acorns=200, berries=240, mushrooms=290, honey=380)
    found = chosen(WORDS, RULES, NAMES, digest(RULES, [turn], [turn]))
    assert len({each.about for each in found}) == len(found)
    assert len({each.desk for each in found[:3]}) == 3


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(*(st.integers(100, 3000) for _ in GOODS)), min_size=1, max_size=4),
    st.sampled_from([None, RUN, HOLLOW, DROUGHT]),
    st.integers(0, 5),
)
def test_headlines_never_lie(days: list[tuple[int, ...]], legend: object, seed: int) -> None:
    prices = [dict(zip(GOODS, row, strict=True)) for row in days]
    turns = [plain(make_turn(number, row)) for number, row in enumerate(prices, 1)]
    if legend is not None:
        turns[-1] = replace(turns[-1], events=(told(legend),))  # type: ignore[arg-type]
    day = digest(RULES, turns, turns)
    for line in headlines(WORDS, RULES, NAMES, day, seed, "2026-01-02"):
        for good, words in re.findall(r"(?i)\b(acorns|berries|mushrooms|honey|firewood) ([a-z ]+[,\d][^:;”]*)", line):
            row = next(row for row in day.prices if row.good == good.lower())
            since_told = (
                day.tellings[-1].change if day.tellings and day.tellings[-1].legend.good == row.good else row.change
            )
            shocked = [shock.change for shock in day.shocks if shock.legend.good == row.good]
            swings = [part for telling in day.tellings if telling.legend.good == row.good for part in telling.swing]
            true = {row.change, since_told, *shocked, *swings}
            for figure in re.findall(r"(\d[\d,]*) %", words):
                assert int(figure.replace(",", "")) in {abs(change) for change in true}, line
            if re.match(r"(falls?|tumbles?|collapses?|slips?)\b", words):
                assert min(true) < 0, line
            if re.match(r"(climbs?|leaps?|soars?|more|doubles?|triples?|quadruples?|edges?)\b", words):
                assert max(true) > 0, line
        if " stays where it was" in line or "hardly stirred" in line:
            assert abs(day.tellings[-1].change) < 5
        for before, after in re.findall(r"[Ff]rom (\d+\.\d\d) to (\d+\.\d\d)", line):
            assert any(
                row.before == round(100 * float(before)) and round(100 * float(after)) in {row.low, row.high, row.after}
                for row in day.prices
            )


@pytest.mark.parametrize("seed", range(12))
def test_no_two_moves_of_a_day_are_worded_alike(seed: int) -> None:
    day = digest(RULES, turns := [plain(moved(1, acorns=200, berries=240, mushrooms=290, honey=380))], turns)
    lines = told_by_pen(WORDS, RULES, NAMES, day, seed, "2026-01-02")
    falls = [line for each, line in lines if each.family is Family.FALL]
    shapes = {re.sub(r"acorns|berries|mushrooms|honey|[\d.]+|s\b", "", line.lower()) for line in falls}
    assert len(shapes) == len(falls) == 4


def test_a_tale_that_fails_is_told_as_such() -> None:
    against = [moved(1, [told(RUN)], honey=1000)]
    assert families(against)[0] is Family.AGAINST
    assert re.search("climb|leap", news(against)[0])
    assert families([moved(1, [told(RUN)])])[0] is Family.UNMOVED


def test_a_legend_is_measured_from_the_turn_before_it() -> None:
    turns = [moved(1, honey=1600), moved(2, [told(RUN)], honey=1200), moved(3, honey=800)]
    assert digest(RULES, turns, turns).tellings[0].change == -50
    assert digest(RULES, turns[1:], turns).tellings[0].change == -50
    assert "50 %" in news(turns)[0]


def test_a_legend_told_within_the_day_says_how_long_its_good_took() -> None:
    turns = [moved(1, honey=1600), moved(2, [told(RUN)], honey=1200), moved(3, honey=800)]
    assert "50 % in 2 turns" in news(turns)[0]
    assert "in 2 turns" not in news(turns[1:], history=turns[:1])[0]


def test_a_bubble_that_burst_within_the_day_is_told_as_one() -> None:
    turns = [moved(1, [told(MANIA)], acorns=500), moved(2, acorns=900), moved(3, acorns=410)]
    for seed in range(9):
        line = news(turns, seed)[0]
        assert re.search(r"[Aa]corns more than double, up 125 %", line)
        assert "then collapse 54 %" in line
    (telling,) = digest(RULES, turns, turns).tellings
    assert (telling.change, telling.swing, telling.turns) == (3, (125, -54), 3)


def test_what_comes_after_a_legend_is_not_its_doing() -> None:
    calm = [moved(number, honey=400) for number in range(2, 5)]
    turns = [moved(1, [told(RUN)], honey=400), *calm, moved(5, honey=3000)]
    (telling,) = digest(RULES, turns, turns).tellings
    assert (telling.change, telling.turns) == (-50, 4)
    assert "50 % in 4 turns" in news(turns)[0]


def test_nothing_goes_against_a_tale_that_moves_its_good_both_ways() -> None:
    (shock,) = MANIA.shocks
    bubble = replace(MANIA, direction=-1, shocks=(shock, replace(shock, decree=(-50,))))
    rules = replace(RULES, legends={**RULES.legends, MANIA.slug: bubble})
    turn = moved(1, [told(bubble)], acorns=600)
    for seed in range(9):
        found = told_by_pen(WORDS, rules, NAMES, digest(rules, [turn], [turn]), seed, "2026-01-02")
        assert "50 %" in found[0][1]
        assert found[0][0].family is Family.ALONG


def test_a_restless_day_is_not_called_quiet() -> None:
    for seed in range(20):
        restless = [plain(moved(1, acorns=480))]
        assert families(restless)[0] is Family.CLIMB
        assert re.search(r"20 %|4\.80", news(restless, seed)[0])


def test_a_language_may_have_as_many_wordings_as_it_likes() -> None:
    terse = Words("de", ["headline-rest-1 = Nichts\nheadline-rest-2 = Stille\nheadline-rest-3 = Ruhe"])
    few = Words("de", ["headline-rest-1 = Nichts"])
    days = [f"2026-01-{day:02}" for day in range(1, 29)]
    assert {resting(terse, 7, day) for day in days} == {"Nichts", "Stille", "Ruhe"}
    assert {resting(few, 7, day) for day in days} == {"Nichts"}
    with pytest.raises(UnknownKeyError):
        WORDS.wordings("headline-nothing")


@pytest.mark.parametrize("family", Family)
def test_every_headline_has_its_wordings(family: Family) -> None:
    assert WORDS.wordings(f"headline-{family}")
