"""The daily report: true to the figures, bounded, escaped, and silent about what is private."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telling.cards import RankRow, ReportCard
from bot.telling.catalog import SOURCE, UnknownKeyError, Words, words_in
from bot.telling.charts.request import ChartKind
from bot.telling.digest import digest
from bot.telling.headline import Family, headlines, resting
from bot.telling.report import build_report, to_json
from bot.telling.report_text import MOST, Part, blocks, to_markdown
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

# Each day holds one more thing that matters less than the headline wanted.
DAYS = (
    ("legend", moved(1, [told(RUN), told(DROUGHT), *cold(*CREATURES), YEAR], honey=400, acorns=800), "Oona's Hoard"),
    ("crash", moved(1, [*cold(*CREATURES), YEAR], honey=400), "oney"),
    ("rise", moved(1, [*cold(*CREATURES), YEAR], firewood=900), "irewood"),
    ("shock", moved(1, [told(DROUGHT), *cold(*CREATURES), YEAR], berries=560), "rought"),
    ("cold", plain(moved(1, [*cold(Creature.PIP, Creature.FENN), YEAR])), "hearths|cold night"),
    ("feast", moved(1, [YEAR]), "three|Three"),
    ("year", plain(moved(1, [YEAR])), "[Yy]ear 1"),
    ("quiet", plain(moved(1, acorns=420)), "5 %"),
    ("still", plain(moved(1)), "ot a price moved|every price where it was"),
)


@pytest.mark.parametrize(("turn", "pattern"), [day[1:] for day in DAYS], ids=[day[0] for day in DAYS])
@pytest.mark.parametrize("seed", range(12))
def test_the_headline_is_what_matters_most(turn: Turn, pattern: str, seed: int) -> None:
    assert re.search(pattern, news([turn], seed)[0])


@pytest.mark.parametrize("turn", [day[1] for day in DAYS], ids=[day[0] for day in DAYS])
def test_wordings_vary_and_repeat_exactly(turn: Turn) -> None:
    found = {news([turn], seed)[0] for seed in range(30)}
    assert len(found) >= 2
    assert news([turn], 3) == news([turn], 3)


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
            assert any((row.before / 100, row.after / 100) == (float(before), float(after)) for row in day.prices)


@pytest.mark.parametrize("seed", range(12))
def test_no_two_moves_of_a_day_are_worded_alike(seed: int) -> None:
    day = plain(moved(1, acorns=200, berries=240, mushrooms=290, honey=380))
    lines = [re.sub(r"acorns|berries|mushrooms|honey|[\d.]+|s\b", "", line.lower()) for line in news([day], seed)]
    assert len(set(lines)) == len(lines) == 4


def test_a_tale_that_fails_is_told_as_such() -> None:
    against = news([moved(1, [told(RUN)], honey=1000)])[0]
    assert "climb" in against or "leap" in against
    assert "yet" in against or "Against" in against
    unmoved = news([moved(1, [told(RUN)])])[0]
    assert "hardly stirred" in unmoved or "stays where it was" in unmoved


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
        line = headlines(WORDS, rules, NAMES, digest(rules, [turn], [turn]), seed, "2026-01-02")[0]
        assert "50 %" in line
        assert not re.search("yet|Against", line)


def test_a_restless_day_is_not_called_quiet() -> None:
    for seed in range(20):
        line = news([plain(moved(1, acorns=480))], seed)[0]
        assert "20 %" in line
        assert not re.search("(?i)quiet|calm|small change", line)


def test_one_thing_is_told_once() -> None:
    lines = news([moved(1, [told(DROUGHT), told(RUN)], berries=900, honey=300)])
    assert sum("erries" in line for line in lines) == 1
    assert sum("oney" in line for line in lines) == 1


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
    for part in (
        "The Run on Oona's Hoard",
        "The banking panics of the Great Depression, 1930-33",
        "Milton Friedman",
        "The saga of year 1",
        "Pip the mouse",
        NAMES["p2"],
        "Sell before they do",
        "Ada Lovelace",
        "honey",
        "Gini",
    ):
        assert part in text
        assert part in to_markdown(WORDS, report)
    assert [kind.kind for kind in report.charts] == [
        ChartKind.PRICES,
        ChartKind.WEALTH,
        ChartKind.FIREWOOD,
        ChartKind.RANKING,
    ]


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
    judged = Event(EventKind.JUDGED, "p1", {"true": True, "good": "honey"})
    rumor = Event(EventKind.RUMOR, "p1", {"text": "frost", "about": "firewood"})
    hungry = replace(hungry, events=(*cold(Creature.PIP), judged, rumor))
    notes = " ".join(build_report(WORDS, make_card([hungry])).notes)
    for part in (
        "5 trades in 1 turn, all left to habit.",
        "Cold nights: Pip 1.",
        "2 meals had one food or none.",
        "1 rumor went round.",
        "What Ada said of honey proved true.",
        "Everybody's mood is content.",
    ):
        assert part in notes


def test_what_a_patron_said_is_judged_in_one_line() -> None:
    judged = [("p1", True, "honey"), ("p2", False, "acorns"), ("p1", False, "honey"), ("p2", False, "berries")]
    events = [Event(EventKind.JUDGED, who, {"true": true, "good": good}) for who, true, good in judged]
    notes = build_report(WORDS, make_card([make_turn(1, events=events)])).notes
    assert [line for line in notes if "proved" in line] == [
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
    turn = moved(1, events, honey=9900, acorns=9900, berries=9900, firewood=9900, mushrooms=9900)
    rows = [RankRow(place, "＠" * 32, 10**9, 10**6, "Alder") for place in range(1, 500)]
    report = build_report(WORDS, make_card([turn], legend=legend, quote=(Creature.PIP, "_" * 120), ranking=rows))
    found = blocks(WORDS, report)
    assert list(found) == list(Part)
    assert sum(map(len, found.values())) <= MOST
    assert all(block.strip() for block in found.values())
    assert found[Part.PRICES].count("```") == 2
    assert found[Part.LORE].endswith(" more")
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
    assert data["charts"] == ["prices", "wealth", "firewood", "ranking"]
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


def test_great_figures_do_not_run_into_one() -> None:
    table = blocks(WORDS, build_report(WORDS, make_card([moved(1, mushrooms=2_000_000)])))[Part.PRICES]
    assert re.search(r"mushrooms +6\.00 +20000\.00 +\+[\d,]+ % +\d", table)
    assert len({len(line) for line in table.splitlines()[2:-1]}) == 1
