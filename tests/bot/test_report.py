"""The daily report: true to the figures, bounded, escaped, and silent about what is private."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.telling.cards import RankRow, ReportCard
from bot.telling.catalog import SOURCE, words_in
from bot.telling.report import build_report, to_json
from bot.telling.report_text import MOST, Part, blocks, to_markdown
from bot.views.legend import history_parts
from data.content import default_rules
from tests.bot.came import came
from tests.bot.test_charts import with_secrets
from tests.bot.turns import (
    DROUGHT,
    HOLLOW,
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
    card = make_card([make_turn(1)], voices=[came(Good.HONEY, 900, {"p1": "Ada"})] * 9)
    found = blocks(WORDS, build_report(WORDS, card))
    assert found[Part.VOICES].count("Ada moved honey up by 9 %.") == 5


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
    report = build_report(WORDS, replace(card, voices=[came(Good.HONEY, names={"p1": "_" * 900})] * 90))
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
    assert data["charts"] == ["hero"]
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
