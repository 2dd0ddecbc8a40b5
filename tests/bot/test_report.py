"""The daily report: true to the figures, bounded, escaped, and silent about what is private."""

import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telling.cards import RankRow, ReportCard
from bot.telling.catalog import SOURCE, UnknownKeyError, Words, words_in
from bot.telling.digest import digest
from bot.telling.headline import Pen, chosen, headlines, resting
from bot.telling.headline import told as told_by_pen
from bot.telling.news import Family
from bot.telling.report import build_report, to_json
from bot.telling.report_text import MOST, Part, blocks, to_markdown
from bot.views.legend import history_parts
from data.content import default_rules
from tests.bot.test_charts import with_secrets
from tests.bot.turns import (
    DROUGHT,
    HOLLOW,
    MANIA,
    NAMES,
    RANKING,
    RUN,
    STARTS,
    make_card,
    make_history,
    make_rules,
    make_turn,
    told,
)
from wood.chronicle import Event, EventKind, Turn
from wood.names import CREATURES, GOODS, Creature, Good
from wood.rules import History

RULES = make_rules()
WORDS = words_in(SOURCE)


def moved(number: int, events: Sequence[Event] = (), **prices: int) -> Turn:
    """A calm turn but for some prices."""
    return make_turn(number, STARTS | {Good(good): price for good, price in prices.items()}, events)


def plain(turn: Turn) -> Turn:
    """The turn with poorer plates, so that it is no feast."""
    return replace(turn, kinds=dict.fromkeys(CREATURES, 2))


def news(turns: Sequence[Turn], seed: int = 7, history: Sequence[Turn] = ()) -> list[str]:
    return headlines(WORDS, RULES, NAMES, digest(RULES, turns, [*history, *turns]), seed, "2026-01-02")


def families(turns: Sequence[Turn], history: Sequence[Turn] = ()) -> list[Family]:
    """What a day tells of, in its order."""
    return [each.family for each in chosen(WORDS, RULES, NAMES, digest(RULES, turns, [*history, *turns]))]


def cold(*who: Creature) -> list[Event]:
    return [Event(EventKind.COLD, creature, {"missing": 1}) for creature in who]


YEAR = Event(
    EventKind.YEAR,
    "pip",
    {
        "year": 1,
        "winner": "pip",
        "standing": {who.value: 5000 + 10 * at for at, who in enumerate(CREATURES)},
        "patron": "p2",
    },
)

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


# The report


def test_the_price_table_holds_the_days_moves() -> None:
    turns = make_history(12)
    report = build_report(WORDS, make_card(turns[5:], turns))
    assert [row.good for row in report.prices] == list(GOODS)
    honey = report.prices[3]
    assert honey.before == turns[4].references[Good.HONEY]
    assert honey.after == turns[-1].references[Good.HONEY]
    assert honey.low == min(turn.references[Good.HONEY] for turn in turns[4:])
    assert honey.volume == sum(turn.auctions[Good.HONEY].volume for turn in turns[5:])
    assert build_report(WORDS, make_card(turns[:1], turns)).prices[0].before == STARTS[Good.ACORNS]
    assert build_report(WORDS, make_card(turns[5:], turns[5:])).prices[3].before == turns[5].references[Good.HONEY]


def test_a_full_day_has_every_section() -> None:
    history = make_history(30)
    day = [*history[4:8], replace(history[8], events=(*history[8].events, YEAR))]
    report = build_report(WORDS, make_card(day, history, legend=RUN))
    assert report.lore is not None
    assert report.saga is not None
    assert report.quote is not None
    text = "\n".join(blocks(WORDS, report).values())
    shared = ("The Run on Oona's Hoard", "The saga of year 1", "Pip the mouse", NAMES["p2"], "Sell before they do")
    for part in (*shared, "Ada Lovelace", "oney", "richer", "poorer", "Whose words moved the wood"):
        assert part in text
        assert part in to_markdown(WORDS, report)
    for part in ("The banking panics of the Great Depression, 1930-33", "Milton Friedman", "Gini"):
        assert part not in text, "that is behind a button, or for those who study figures"
        assert part in to_markdown(WORDS, report)
    assert "```" not in text
    assert len(report.charts) == 1


def test_the_story_stands_before_the_figures() -> None:
    history = make_history(30)
    report = build_report(WORDS, make_card(history[10:18], history, legend=RUN))
    order = list(blocks(WORDS, report))
    assert order[:3] == [Part.HEAD, Part.STORY, Part.FORTUNES]
    assert order.index(Part.PRICES) > order.index(Part.QUOTE)


def test_winner_and_loser_are_named_with_what_they_lived_on() -> None:
    eve, day = make_turn(1), make_turn(2)
    wealth = {
        **day.wealth,
        Creature.OONA: day.wealth[Creature.OONA] + 1234,
        Creature.PIP: day.wealth[Creature.PIP] - 567,
    }
    day = replace(day, wealth=wealth, events=tuple(cold(Creature.PIP)))
    report = build_report(WORDS, make_card([day], [eve, day]))
    won, lost = blocks(WORDS, report)[Part.FORTUNES].splitlines()
    assert won == "🏅 **Oona** is 12 pebbles richer: 4 honey sold for 32."
    assert lost == "🥀 **Pip** is 5 pebbles poorer, and sat cold one night."
    assert build_report(WORDS, make_card([day], [day])).fortunes == (), "nobody knows what they had before"


def test_whose_words_moved_the_wood_and_what_is_asked_have_their_places() -> None:
    card = make_card([make_turn(1)], voices=["Ada's rumor moved honey by 9 %."] * 9, call="Which good moves most?")
    found = blocks(WORDS, build_report(WORDS, card))
    assert found[Part.VOICES].count("Ada's rumor moved honey by 9 %.") == 5
    assert found[Part.CALL].endswith("Which good moves most?")


@pytest.mark.parametrize(
    ("episode", "years", "shown"), [("The Panic of 1907", "1907", "1907"), ("A", "1720", "A, 1720")]
)
def test_an_episode_says_its_years_once(episode: str, years: str, shown: str) -> None:
    legend = replace(RUN, history=History(episode, years, "It went on.", (), ()))
    page = to_markdown(WORDS, build_report(WORDS, make_card([make_turn(1)], legend=legend)))
    lore = "\n".join(history_parts(WORDS, legend.history)) if legend.history else ""
    for text in (page, lore):
        assert text.count(years) == 1
        assert f"{shown}**" in text


def test_a_day_without_turns_says_so() -> None:
    report = build_report(WORDS, make_card([], [], quote=None, ranking=()))
    assert re.search(r"no turn|without a turn|stood still", report.headline)
    assert report.prices == ()
    assert report.charts == ()
    assert len(blocks(WORDS, report)) == 1


def test_a_plain_shock_has_a_tale_but_no_history() -> None:
    text = "\n".join(
        blocks(WORDS, build_report(WORDS, make_card([moved(1, [told(DROUGHT)])], legend=DROUGHT))).values()
    )
    assert DROUGHT.tale in text
    assert "truly happened" not in text


def test_notes_count_what_happened() -> None:
    hungry = replace(make_turn(1), kinds=dict(zip(CREATURES, (0, 1, 2, 3, 3), strict=True)))
    rumor = Event(EventKind.RUMOR, "p1", {"text": "frost", "about": "firewood"})
    hungry = replace(hungry, events=(*cold(Creature.PIP), rumor))
    notes = " ".join(build_report(WORDS, make_card([hungry])).notes)
    for part in (
        "5 trades in 1 turn, all left to habit.",
        "Cold nights: Pip 1.",
        "2 meals had one food or none.",
        "1 rumor went round.",
        "Everybody's mood is content.",
    ):
        assert part in notes


def test_what_a_patron_said_is_judged_in_one_line() -> None:
    judged = [("p1", True, "honey"), ("p2", False, "acorns"), ("p1", False, "honey"), ("p2", False, "berries")]
    events = [Event(EventKind.JUDGED, who, {"true": true, "good": good}) for who, true, good in judged]
    voices = build_report(WORDS, make_card([make_turn(1, events=events)])).voices
    assert [line for line in voices if "proved" in line] == [
        "What Ada said of honey proved false.",
        f"What {NAMES['p2']} said of acorns and berries proved false.",
    ]


HOSTILE = "@everyone <@123456789012345678> **x** `y` ||z|| [a](https://b) # h"


def hostile_card() -> ReportCard:
    rumor = Event(EventKind.RUMOR, "p1", {"text": HOSTILE, "about": "honey"})
    judged = Event(EventKind.JUDGED, "p1", {"true": False, "good": "honey"})
    turn = make_turn(1, events=[rumor, judged, YEAR])
    rows = [RankRow(place, HOSTILE, 5, 1, HOSTILE) for place in range(1, 9)]
    return make_card(
        [turn], legend=RUN, quote=(Creature.PIP, HOSTILE), ranking=rows, names={"p1": HOSTILE, "p2": HOSTILE}
    )


def test_hostile_names_and_quotes_are_harmless() -> None:
    report = build_report(WORDS, hostile_card())
    for text in ("\n".join(blocks(WORDS, report).values()), to_markdown(WORDS, report)):
        assert not re.search(r"@(everyone|here|[!&]?\d)|<[@#:/ti]|https:", text)
        assert not re.search(r"(?<!\\)(\|\||`y`|\[a\])", text)


def test_blocks_fit_into_a_message_however_long_the_day_is() -> None:
    past = History(
        "An episode " * 20, "1720", "It went on and on. " * 90, ("A figure of note. " * 8,) * 12, ("Source " * 20,) * 9
    )
    legend = replace(RUN, tale="They tell it at length. " * 80, history=past)
    events = [told(RUN), told(HOLLOW), told(DROUGHT), *cold(*CREATURES), YEAR]
    events += [Event(EventKind.JUDGED, "p1", {"true": True, "good": "honey"})] * 9
    events += [Event(EventKind.DEFAULT, "oona", {"owed": 9})] * 40
    rich = {who: 10**9 * (-1) ** at for at, who in enumerate(CREATURES)}
    turn = replace(moved(2, events, honey=9900, acorns=9900, berries=9900, firewood=9900, mushrooms=9900), wealth=rich)
    rows = [RankRow(place, "＠" * 32, 10**9, 10**6, "Alder") for place in range(1, 500)]
    card = make_card([turn], [make_turn(1), turn], legend=legend, quote=(Creature.PIP, "_" * 120), ranking=rows)
    report = build_report(WORDS, replace(card, voices=["_" * 900] * 90, call="_" * 60))
    found = blocks(WORDS, report)
    assert list(found) == [part for part in Part if part is not Part.OMENS]
    assert sum(map(len, found.values())) <= MOST
    assert all(block.strip() for block in found.values())
    assert len(report.notes) <= 10


@pytest.mark.parametrize("slug", [None, *default_rules().legends])
def test_the_true_legends_fit_whole(slug: str | None) -> None:
    legend = default_rules().legends[slug] if slug else None
    turn = moved(1, [told(RUN), told(DROUGHT), *cold(*CREATURES), YEAR], honey=900, acorns=700, berries=900)
    found = blocks(WORDS, build_report(WORDS, make_card([turn], legend=legend)))
    assert sum(map(len, found.values())) <= MOST
    assert not any(re.search(r"… and \d+ more$", block) for block in found.values())


@pytest.mark.parametrize("length", [1, 5, 20])
def test_nothing_private_enters_a_report(length: int) -> None:
    turns = make_history(length)
    open_card = make_card(turns, legend=RUN)
    secret_card = make_card(with_secrets(turns), legend=RUN)
    assert build_report(WORDS, secret_card) == build_report(WORDS, open_card)
    text = "\n".join(blocks(WORDS, build_report(WORDS, secret_card)).values()) + to_markdown(
        WORDS, build_report(WORDS, secret_card)
    )
    assert "SECRET" not in text + json.dumps(to_json(build_report(WORDS, secret_card)))


def test_json_is_plain_and_in_pebbles() -> None:
    history = make_history(9)
    report = build_report(WORDS, make_card([*history[:8], replace(history[8], events=(YEAR,))], history, legend=RUN))
    data = json.loads(json.dumps(to_json(report)))
    assert data["headline"] == report.headline
    assert data["prices"][0]["before"] == 4.0
    assert data["saga"]["standing"]["Pip"] == 50.4
    assert data["charts"] == ["prices"]
    assert data["ranking"][0]["name"] == RANKING[0].name


def test_the_same_day_reads_the_same() -> None:
    turns = make_history(9)
    assert build_report(WORDS, make_card(turns, legend=RUN)) == build_report(
        WORDS, make_card(make_history(9), legend=RUN)
    )


def test_the_wealth_gap_is_told_beside_its_small_sample_form() -> None:
    turn = replace(make_history(1)[0], wealth={who: 100 * (who is Creature.PIP) for who in CREATURES})
    (gap,) = (note for note in build_report(WORDS, make_card([turn])).notes if "Gini" in note)
    assert gap == "The wealth gap stands at 0.80 (Gini; 0 is equal; 1.00 corrected for five)."


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
