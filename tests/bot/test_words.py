"""Phrases, and the taming of what others wrote."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telling import words
from tests.bot.turns import DROUGHT, NAMES, RUN, make_rules, make_turn, told
from wood.chronicle import Event, EventKind
from wood.names import Creature, Good

RULES = make_rules()

HOSTILE = (
    "@everyone",
    "<@123456789012345678>",
    "<@&123456789012345678>",
    "<#123456789012345678>",
    "</raze:123456789012345678>",
    "<t:1700000000:R>",
    "<:trap:123456789012345678>",
    "<id:customize>",
    "https://evil.example/x_y",
    "discord.gg/abcdef",
    "[click](https://evil.example)",
    "**bold** __under__ ~~gone~~ ||spoiler|| `code`",
    "> quote",
    "# heading",
    "-# small",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "\\*already escaped\\*",
)


def unescape(text: str) -> str:
    """What Discord shows of an escaped text."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text).replace("\u2060", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_as_itself(text: str) -> None:
    escaped = words.escape(text)
    assert unescape(escaped) == text
    naked = re.sub(r"\\.", "", escaped)
    assert not re.search(r"[*_~`|<>\[\]@#/]", naked)
    assert not re.match(r"[-+]|\d{1,2}[.)]", naked)


@given(st.text(max_size=200))
def test_no_text_keeps_a_mention_or_a_line_break(text: str) -> None:
    escaped = words.escape(text + "@everyone <@1> <#2> <t:3> \n# x")
    assert not re.search(r"@(everyone|here|[!&]?\d)|<[@#:/ti]", escaped)
    assert "\n" not in escaped
    assert not re.search(r"(?<!\\)(\\\\)*[*_~`|]", escaped)


@given(st.text(max_size=80))
def test_clean_is_stable(text: str) -> None:
    once = words.clean(text)
    assert words.clean(once) == once
    assert once.isprintable() or any(char in once for char in "\u200c\u200d")


def test_clean_drops_what_bends_lines_and_keeps_what_scripts_need() -> None:
    assert words.clean("a\u202eb\u0000c\r\n d\u2029e") == "abc d e"
    assert words.clean("نام\u200cها") == "نام\u200cها"
    zalgo = words.clean("Z" + "\u0301\u0302\u0303\u0304\u0305\u0306\u0307" + "o")
    assert len(zalgo) <= 5
    assert zalgo.endswith("o")


@given(st.text(alphabet="ab ,.", max_size=40), st.integers(0, 40))
def test_bounded_never_exceeds_its_limit(text: str, limit: int) -> None:
    cut = words.bounded(text, limit)
    assert len(cut) <= limit
    assert cut == text or cut.endswith("…") or limit == 0


def test_bounded_cuts_between_words() -> None:
    assert words.bounded("the frost comes early this year", 20) == "the frost comes…"
    assert words.bounded("the frost comes early", 16) == "the frost comes…"
    assert words.bounded("abcdefghijklmnop", 8) == "abcdefg…"


@given(st.lists(st.text(alphabet="xy", max_size=30), max_size=20), st.integers(0, 200))
def test_whole_lines_keeps_whole_lines_and_says_what_is_missing(lines: list[str], limit: int) -> None:
    kept = words.whole_lines(lines, limit)
    assert len("\n".join(kept)) <= limit
    if kept != lines and kept:
        assert kept[:-1] == lines[: len(kept) - 1]
        assert kept[-1] == f"… and {len(lines) - len(kept) + 1} more"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(800, 400, -50), (400, 503, 26), (400, 402, 1), (400, 401, 0), (0, 5, 0), (3, 3, 0)],
)
def test_percent_rounds_half_away_from_zero(before: int, after: int, expected: int) -> None:
    assert words.percent(before, after) == expected


def test_figures() -> None:
    assert words.price(425) == "4.25"
    assert words.price(100) == "1.00"
    assert words.count(1, "pebble") == "1 pebble"
    assert words.count(1240, "pebble") == "1,240 pebbles"
    assert [words.signed(change) for change in (12, -7, 0)] == ["+12 %", "−7 %", "0 %"]
    assert [words.moved(change) for change in (12, -7, 0)] == ["up 12 %", "down 7 %", "unchanged"]
    assert [words.listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [words.mood(points) for points in (0, 1999, 2000, 7200, 10_000)] == [
        "wretched", "wretched", "gloomy", "content", "merry",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("good", "change", "expected"),
    [
        (Good.HONEY, -60, "honey collapses 60 %"),
        (Good.ACORNS, -41, "acorns tumble 41 %"),
        (Good.BERRIES, 0, "berries hold steady"),
        (Good.FIREWOOD, 130, "firewood more than doubles, up 130 %"),
        (Good.MUSHROOMS, 230, "mushrooms more than triple, up 230 %"),
        (Good.HONEY, 100, "honey doubles, up 100 %"),
        (Good.ACORNS, 999, "acorns more than quadruple, up 999 %"),
        (Good.MUSHROOMS, 4, "mushrooms edge up 4 %"),
    ],
)
def test_moves_in_words(good: Good, change: int, expected: str) -> None:
    assert words.does(good, change) == expected


def test_names() -> None:
    assert words.who(RULES, NAMES, "pip") == "Pip"
    assert words.who(RULES, {"p1": "  A\u202eda \n"}, "p1") == "Ada"
    assert words.who(RULES, {"p1": "\u202e"}, "p1") == "a patron"
    assert words.who(RULES, {}, "p9") == "a patron"
    assert words.who(RULES, {}, "") == "a traveller"
    assert words.topic(RULES, "oona") == "Oona"
    assert words.topic(RULES, Good.HONEY) == "honey"
    assert words.topic(RULES, None) == "the wood"
    assert words.of_creature(RULES, Creature.PIP) == "Pip the mouse"
    assert words.when(RULES, make_turn(18)) == "Winter, day 3"


EVENTS = (
    (told(RUN, "p1", "p2"), f"Ada and {NAMES['p2']} told The Run on Oona's Hoard."),
    (told(RUN), "The Run on Oona's Hoard is told."),
    (told(DROUGHT), "The Drought comes over the wood."),
    (Event(EventKind.SHOCK, RUN.slug, {"good": "honey"}), "The Run on Oona's Hoard takes hold of honey."),
    (
        Event(EventKind.DECREE, "", {"good": "honey", "percent": -40, "before": 800, "after": 480}),
        "Honey: 8.00 becomes 4.80 by decree.",
    ),
    (Event(EventKind.RUMOR, "", {"text": "frost\nsoon"}), "A traveller spreads a rumor: “frost soon”"),
    (Event(EventKind.GOSSIP, "pip", {"text": "oh no"}), "Pip says: “oh no”"),
    (Event(EventKind.JUDGED, "p1", {"true": False, "good": "honey"}), "What Ada said of honey proved false."),
    (Event(EventKind.GATHERING, "", {"breath": 2, "needed": 3}), "A legend gathers breath: 2 of 3."),
    (
        Event(EventKind.WEATHER, "autumn", {"weather": {"honey": 1, "acorns": -1, "berries": 0}}),
        "The season promises rich honey but poor acorns.",
    ),
    (Event(EventKind.WEATHER, "autumn", {"weather": {}}), "The season promises ordinary harvests."),
    (Event(EventKind.WINDFALL, "pip", {"good": "acorns", "units": 4}), "A windfall of 4 acorns falls to Pip."),
    (Event(EventKind.SPOIL, "pip", {"good": "berries", "units": 2}), "2 berries rot in Pip's larder."),
    (Event(EventKind.COLD, "fenn", {"missing": 1}), "Fenn sits cold, 1 log short."),
    (Event(EventKind.HUNGER, "fenn", {"kinds": 0}), "Fenn has nothing to eat."),
    (Event(EventKind.LOAN, "oona", {"amount": 12}), "Oona borrows 12 pebbles."),
    (Event(EventKind.REPAID, "oona", {"amount": 1}), "Oona pays back 1 pebble."),
    (Event(EventKind.DEFAULT, "oona", {"owed": 9}), "Oona cannot pay back 9 pebbles."),
    (Event(EventKind.MONEY, "pip", {"pebbles": -3}), "Pip pays a toll of 3 pebbles."),
    (Event(EventKind.JOINED, "p1", {"alias": "Alder"}), "Ada joins the patrons."),
    (Event(EventKind.LEFT, "p1"), "A patron leaves the wood."),
    (
        Event(EventKind.YEAR, "pip", {"year": 2, "winner": "pip", "patron": "p1"}),
        "Year 2 ends: Pip is the richest creature, Ada the foremost patron.",
    ),
)


@pytest.mark.parametrize(("event", "expected"), EVENTS, ids=lambda value: getattr(value, "kind", None))
def test_events_in_words(event: Event, expected: str) -> None:
    assert words.event_line(event, RULES, NAMES) == expected


def test_every_kind_has_words_or_is_private() -> None:
    private = {EventKind.WHISPER, EventKind.DECLINED, EventKind.DRAWN, EventKind.REFUSED}
    assert {event.kind for event, _ in EVENTS} | private == set(EventKind)


@pytest.mark.parametrize("kind", list(EventKind))
def test_private_events_have_no_words_and_bare_ones_do_not_fail(kind: EventKind) -> None:
    secret = Event(kind, "p1", {"text": "SECRET"}, to="p1")
    assert words.event_line(secret, RULES, NAMES) is None
    assert words.event_line(Event(kind), RULES, {}) != ""
    assert words.public([make_turn(1, events=[secret, Event(kind)])]) == [
        (make_turn(1, events=[secret, Event(kind)]), Event(kind))
    ]


def test_whole_sentences_end_at_a_full_stop() -> None:
    assert words.whole_sentences("One two. Three four. Five.", 22) == "One two. Three four."
    assert words.whole_sentences("One. Two three four five six.", 20) == "One. Two three four…"
    assert words.whole_sentences("Short.", 20) == "Short."
