"""The saga of a year: what it turned on, what patrons had kept secret, and that all of it fits."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.telling.catalog import words_in
from bot.telling.saga import PAGE, blocks, pages
from bot.telling.secrets import all_secrets, tally
from bot.telling.turning import turning_points
from bot.telling.year import YearCard
from bot.views.base import MAX_TEXT, Layout
from bot.views.year import render_saga, render_year
from tests.bot.figures import run_of
from tests.bot.turns import MANIA, RUN, make_rules, told
from wood.chronicle import Event, EventKind
from wood.names import CREATURES, Act, Creature, Good
from wood.season import COURSE_EVERY
from wood.stakes import Title

RULES = make_rules()
WORDS = words_in("en")
YEAR = 60
NAMES = {"p1": "Ann", "p2": "Ben", "p3": "Alder"}
HOSTILE = "@everyone **x** <@1> [a](b)"


def deed(turn: int, act: Act, good: Good | None = None, who: str = "", pebbles: int = 0) -> dict[str, Any]:
    return {"turn": turn, "act": act.value, "good": good and good.value, "who": who, "pebbles": pebbles, "heat": 0}


def counted(key: str, rank: int, pebbles: int, titles: Sequence[Title] = (), points: int = 15) -> Event:
    course = [100 + at * rank for at in range(points)]
    data = {"year": 1, "pebbles": pebbles, "standing": pebbles + 5, "rank": rank, "course": course}
    return Event(EventKind.COUNTED, key, {**data, "titles": [title.value for title in titles]})


def year_of(
    events: Mapping[int, Sequence[Event]] | None = None,
    percents: Sequence[int] = (100,) * YEAR,
    patrons: Sequence[Event] = (),
    deeds: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    names: Mapping[str, str] = NAMES,
) -> YearCard:
    """A calm year in which honey stands at these per cent of its start, and what else is said to have happened."""
    turns = run_of(Good.HONEY, percents, events)
    means = {creature.value: 4_000 for creature in CREATURES}
    first = patrons[0].subject if patrons else ""
    end = Event(EventKind.YEAR, "oona", {"year": 1, "winner": "oona", "standing": means, "patron": first})
    secret = [Event(EventKind.SAGA, key, {"year": 1, "entries": list(each)}) for key, each in (deeds or {}).items()]
    turns[-1] = replace(turns[-1], events=(*turns[-1].events, end, *patrons, *secret))
    return YearCard(RULES, turns, names, {})


def lines(card: YearCard) -> list[str]:
    return [point.line for point in turning_points(WORDS, card)]


def secrets(*entries: Mapping[str, Any], events: Mapping[int, Sequence[Event]] | None = None) -> list[str]:
    card = year_of(events, patrons=[counted("p1", 1, 100)], deeds={"p1": entries})
    return [secret.line for secret in all_secrets(WORDS, card)["p1"]]


def shown(layout: Layout) -> str:
    return "\n".join(layout.texts())


# Turning points


def fallen(at: int, to: int) -> list[int]:
    return [100 if turn < at else to for turn in range(1, YEAR + 1)]


def test_the_greatest_fall_is_told_with_the_legend_under_which_it_came() -> None:
    card = year_of({20: [told(RUN, "p1")]}, fallen(20, 45))
    assert lines(card) == [
        "Honey collapses 55 % in 1 turn, from 8.00 to 3.60, under The Run on Oona's Hoard.",
    ], "the legend is not told a second time"


def test_a_rumor_that_a_price_followed_is_its_cause_and_one_against_it_is_not() -> None:
    def said(leaning: int) -> Event:
        return Event(EventKind.RUMOR, "p2", {"about": "honey", "text": "so they say", "leaning": leaning})

    assert lines(year_of({19: [said(-1)]}, fallen(20, 45)))[0].endswith("to 3.60."), "said before the move began"
    assert "just as Ben had said" in lines(year_of({20: [said(-1)]}, fallen(20, 45)))[0]
    assert "Ben" not in lines(year_of({20: [said(1)]}, fallen(20, 45)))[0]


def test_a_legend_against_which_the_price_went_did_not_cause_it() -> None:
    card = year_of({20: [told(MANIA, "p1", "p2")]}, fallen(20, 45))
    assert lines(card) == [
        "Honey collapses 55 % in 1 turn, from 8.00 to 3.60.",
        "Ann and Ben tell The Great Acorn Mania: within 5 turns acorns hold steady.",
    ]


def test_verdicts_cold_hunger_and_a_change_at_the_head_are_remembered() -> None:
    verdict = Event(EventKind.VERDICT, "p1", {"verdict": "fined", "fine": 30, "until": 0, "turns": 0, "bounty": 0})
    cold = [Event(EventKind.COLD, creature.value, {"missing": 1}) for creature in CREATURES[:3]]
    hungry = [Event(EventKind.HUNGER, "pip", {"kinds": 0})]
    card = year_of({17: [verdict], 18: cold, 25: cold[:1], 30: hungry, 31: hungry, 32: hungry})
    rich = [
        replace(turn, wealth={**turn.wealth, Creature.FENN: 9_000}) if turn.number >= 40 else turn
        for turn in card.turns
    ]
    assert lines(replace(card, turns=rich)) == [
        "Magistrate Heron fines Ann 30 pebbles.",
        "3 hearths go cold in one night, the worst of 2 cold nights.",
        "Pip finds nothing at all to eat. It happens 3 times this year, more than to anybody else.",
        "Fenn passes Pip as the richest, and stays so until the year goes out.",
    ]


def test_what_is_addressed_to_somebody_is_no_turning_point() -> None:
    private = Event(EventKind.RUMOR, "p2", {"about": "honey", "text": "psst", "leaning": -1}, to="p2")
    assert "Ben" not in lines(year_of({20: [private]}, fallen(20, 45)))[0]


# Secrets


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        (deed(10, Act.FORESIGHT, Good.HONEY, pebbles=-20), "Paid for a glimpse of what would become of honey, then"),
        (deed(10, Act.BRIBE, Good.HONEY, "oona", -40), "Bribed Oona over honey, then"),
        (deed(10, Act.BRIBE, Good.HONEY, "oona"), "Tried to bribe Oona over honey, then"),
        (deed(10, Act.LIED, Good.HONEY, "pip"), "Lied to Pip about honey, then"),
        (deed(10, Act.WHISPER, Good.HONEY, "pip", -5), "Whispered to Pip about honey, then"),
        (deed(10, Act.CORNER, Good.HONEY, pebbles=-60), "Had an agent buy up honey, then"),
    ],
)
def test_a_profit_is_told_with_what_it_followed_from(lead: dict[str, Any], said: str) -> None:
    bet = [deed(12, Act.SHORT, Good.HONEY, pebbles=-1), deed(15, Act.PROFIT, Good.HONEY, pebbles=34)]
    assert secrets(lead, *bet) == [f"{said} bet on a fall and won 34 pebbles."]


def test_what_was_said_in_public_leads_to_a_bet_as_well() -> None:
    rumor = Event(EventKind.RUMOR, "p1", {"about": "honey", "text": "dearer", "leaning": 1})
    bet = [deed(12, Act.LONG, Good.HONEY), deed(15, Act.LOSS, Good.HONEY, pebbles=-20)]
    assert secrets(*bet, events={11: [rumor]}) == [
        "Spread a rumor about honey, then bet on a rise and lost 20 pebbles."
    ]
    others = replace(rumor, subject="p2")
    assert secrets(*bet, events={11: [others]}) == ["Bet on a rise in the price of honey and lost 20 pebbles."]


def test_what_lay_long_before_or_was_about_another_good_does_not() -> None:
    bet = [deed(30, Act.LONG, Good.HONEY), deed(33, Act.GAIN, Good.HONEY, pebbles=20)]
    long_ago, other = deed(12, Act.BRIBE, Good.HONEY, "oona", -40), deed(30, Act.WHISPER, Good.ACORNS, "pip", -5)
    assert secrets(long_ago, other, *bet) == [
        "Bribed Oona over honey: 40 pebbles.",
        "Bet on a rise in the price of honey and won 20 pebbles.",
        "Whispered to Pip about acorns.",
    ]


def test_what_came_after_a_bet_was_made_did_not_lead_to_it() -> None:
    bet, late = deed(10, Act.LONG, Good.HONEY, pebbles=-1), deed(12, Act.BRIBE, Good.HONEY, "oona")
    told_ = secrets(bet, late, deed(14, Act.GAIN, Good.HONEY, pebbles=9))
    assert told_[0].startswith("Tried to bribe Oona over honey, who")
    assert told_[1].startswith("Bet on a rise in the price of honey and won 9")


def test_each_deed_is_told_once_and_two_bets_do_not_share_a_lead() -> None:
    lead = deed(10, Act.FORESIGHT, Good.HONEY, pebbles=-20)
    first = [deed(10, Act.SHORT, Good.HONEY), deed(12, Act.PROFIT, Good.HONEY, pebbles=30)]
    second = [deed(13, Act.LONG, Good.HONEY), deed(14, Act.LOSS, Good.HONEY, pebbles=-3)]
    assert secrets(lead, *first, *second) == [
        "Paid for a glimpse of what would become of honey, then bet on a fall and won 30 pebbles.",
        "Bet on a rise in the price of honey and lost 3 pebbles.",
    ]


def test_a_wager_is_told_with_the_words_that_it_was_on() -> None:
    words = [deed(10, Act.WHISPER, Good.HONEY, "pip", -5), deed(10, Act.WAGER, Good.HONEY, pebbles=-15)]
    won = deed(15, Act.WON, Good.HONEY, pebbles=22)
    lost = deed(15, Act.LOSS, Good.HONEY, pebbles=-15)
    told_ = "Whispered to Pip about honey, then bet on what these words would do and"
    assert secrets(*words, won) == [f"{told_} won 22 pebbles."]
    assert secrets(*words, lost) == [f"{told_} lost 15 pebbles."]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([deed(9, Act.CORNER, Good.HONEY, pebbles=-60), deed(20, Act.SOLD, Good.HONEY, pebbles=12)], "made 12 pebbles"),
        ([deed(9, Act.CORNER, Good.HONEY, pebbles=-60), deed(20, Act.SOLD, Good.HONEY, pebbles=-9)], "lost 9 pebbles"),
        ([deed(9, Act.BROKER, None, "fenn", -15)], "Paid Fenn and a rival to stop undercutting each other."),
        ([deed(9, Act.LENT, None, "fenn", -20)], "Lent Fenn 20 pebbles."),
        ([deed(9, Act.LOST, None, "fenn", -20)], "Lent Fenn what never came back: 20 pebbles."),
        ([deed(9, Act.LIED, Good.HONEY, "fenn")], "Told Fenn a lie about honey."),
        ([deed(9, Act.DENOUNCED, None, "p2", -10)], "Denounced Ben to Magistrate Heron."),
        ([deed(9, Act.BOUNTY, None, "p2", 25)], "Denounced Ben to Magistrate Heron, and got 25 pebbles for it."),
        ([deed(9, Act.FORESIGHT, None, "fenn", -8)], "Paid for a look into Fenn's thoughts."),
        ([deed(9, Act.FORESIGHT, None, "", -8)], "Paid for a glimpse of what was to come."),
        ([deed(9, Act.WHISPER, None, "fenn", -5)], "Whispered to Fenn."),
    ],
)
def test_every_deed_has_its_sentence(entries: list[dict[str, Any]], said: str) -> None:
    (line,) = secrets(*entries)
    assert said in line


def test_deeds_are_counted() -> None:
    deeds = [deed(turn, Act.WHISPER, None, "pip") for turn in (1, 2, 3)] + [deed(4, Act.LONG, Good.HONEY)]
    card = year_of(patrons=[counted("p1", 1, 100)], deeds={"p1": deeds})
    assert tally(WORDS, card.secrets["p1"]) == "3 whispers and 1 bet"


# The whole of it


def test_the_post_tells_how_all_stood_with_their_titles() -> None:
    patrons = [counted("p1", 1, 240, [Title.RICHEST, Title.VOICE]), counted("p2", 2, 90)]
    text = blocks(WORDS, year_of(patrons=patrons)).patrons
    assert "🥇 **Ann** · 240 pebbles, standing 245" in text
    assert "👑 the richest and 📣 the loudest voice" in text
    assert text.index("Ann") < text.index("Ben")


def test_a_year_without_patrons_is_a_tale_of_the_creatures_alone() -> None:
    told_ = blocks(WORDS, year_of({20: [told(RUN)]}, fallen(20, 45)))
    assert (told_.patrons, told_.secrets) == ("", "")
    assert "The Run on Oona's Hoard" in told_.turning
    assert "Oona" in told_.creatures
    assert len(pages(WORDS, year_of())) == 1


def busy(names: Mapping[str, str], patrons: int) -> YearCard:
    """A year in which as many patrons as there may be did all that they could."""
    keys = [f"p{number}" for number in range(1, patrons + 1)]
    kinds = (Act.WHISPER, Act.LIED, Act.BRIBE, Act.LENT, Act.FORESIGHT, Act.LONG, Act.PROFIT)
    deeds = [deed(turn, kinds[turn % len(kinds)], Good.FIREWOOD, "bramble", 10_000 + turn) for turn in range(1, 61)]
    verdict = {"verdict": "frozen", "fine": 12_345, "until": 0, "turns": 8, "bounty": 0}
    events = {turn: [told(RUN, *keys), Event(EventKind.VERDICT, "p1", verdict)] for turn in range(2, 60, 3)}
    counts = [counted(key, rank, 10**6, tuple(Title)) for rank, key in enumerate(keys, 1)]
    return year_of(events, fallen(20, 45), counts, dict.fromkeys(keys, deeds), names)


def test_the_busiest_year_fits_and_nobody_can_be_mentioned_by_it() -> None:
    card = busy({f"p{number}": HOSTILE for number in range(1, 41)}, 40)
    text = shown(render_year(card)[0])
    assert len(text) <= MAX_TEXT
    assert "@everyone" not in text
    assert "**x**" not in text
    told_ = pages(WORDS, card)
    assert all(len(page) <= PAGE for page in told_)
    whole = "\n".join(told_)
    assert "@everyone" not in whole
    assert "<@1>" not in whole
    assert whole.count("·") > text.count("·"), "the pages tell what the post has no room for"


def test_pages_lead_to_each_other() -> None:
    card = busy({f"p{number}": "Ann" for number in range(1, 41)}, 40)
    last = len(pages(WORDS, card))
    assert last > 2
    assert buttons(render_saga(WORDS, card, 1)) == ["ttw:saga:1:2"]
    assert buttons(render_saga(WORDS, card, 2)) == ["ttw:saga:1:1", "ttw:saga:1:3"]
    assert buttons(render_saga(WORDS, card, 9_999)) == [f"ttw:saga:1:{last - 1}"]
    assert buttons(render_saga(WORDS, year_of(), 1)) == []


def buttons(layout: Layout) -> list[str]:
    return [str(found) for item in layout.walk_children() if (found := getattr(item, "custom_id", None))]


# Courses


def test_a_course_ends_with_the_year_and_begins_where_its_patron_came() -> None:
    card = year_of(patrons=[counted("p1", 1, 100), counted("p2", 2, 100, points=2)])
    whole, late = (card.points(row) for row in card.counted)
    assert list(whole) == [1, *range(COURSE_EVERY, YEAR + 1, COURSE_EVERY)]
    assert late == {56: 100.0, 60: 102.0}


def test_a_year_from_before_years_were_counted_has_its_end_all_the_same() -> None:
    assert year_of().counted == ()
    assert year_of().secrets == {}
