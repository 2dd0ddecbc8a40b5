"""Phrases, and the taming of what others wrote."""

import re
import sys
import unicodedata
from decimal import Decimal

import pytest
from fluent.runtime import FluentBundle, FluentResource
from hypothesis import given
from hypothesis import strategies as st

from bot.telling.catalog import SOURCE, Fact, Words, words_in
from bot.telling.phrases import counted, deed, does, mood, moved, of_creature, percent, price, signed, topic, when, who
from bot.telling.taming import _PLAIN, bounded, clean, escape, unescape, whole_lines, whole_sentences
from tests.bot.turns import NAMES, make_rules, make_turn
from wood.names import Creature, Good

RULES = make_rules()
WORDS = words_in(SOURCE)

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


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_as_itself(text: str) -> None:
    escaped = escape(text)
    assert unescape(escaped) == text
    naked = re.sub(r"\\.", "", escaped)
    assert not re.search(r"[*_~`|<>\[\]@#/]", naked)
    assert not re.match(r"[-+]|\d{1,2}[.)]", naked)


@given(st.text(max_size=200))
def test_no_text_keeps_a_mention_or_a_line_break(text: str) -> None:
    escaped = escape(text + "@everyone <@1> <#2> <t:3> \n# x")
    assert not re.search(r"@(everyone|here|[!&]?\d)|<[@#:/ti]", escaped)
    assert "\n" not in escaped
    assert not re.search(r"(?<!\\)(\\\\)*[*_~`|]", escaped)


@given(st.text(max_size=80))
def test_an_escaped_text_can_be_had_back(text: str) -> None:
    assert unescape(escape(text)) == clean(text)


@given(st.text(max_size=80))
def test_clean_is_stable(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once.isprintable() or any(char in once for char in "\u200c\u200d")


def test_clean_drops_what_bends_lines_and_keeps_what_scripts_need() -> None:
    assert clean("a\u202eb\u0000c\r\n d\u2029e") == "abc d e"
    assert clean("نام\u200cها") == "نام\u200cها"
    zalgo = clean("Z" + "\u0301\u0302\u0303\u0304\u0305\u0306\u0307" + "o")
    assert len(zalgo) <= 5
    assert zalgo.endswith("o")


@given(st.text(alphabet="ab ,.", max_size=40), st.integers(0, 40))
def test_bounded_never_exceeds_its_limit(text: str, limit: int) -> None:
    cut = bounded(text, limit)
    assert len(cut) <= limit
    assert cut == text or cut.endswith("…") or limit == 0


def test_bounded_cuts_between_words() -> None:
    assert bounded("the frost comes early this year", 20) == "the frost comes…"
    assert bounded("the frost comes early", 16) == "the frost comes…"
    assert bounded("abcdefghijklmnop", 8) == "abcdefg…"


@given(st.lists(st.text(alphabet="xy", max_size=30), max_size=20), st.integers(0, 200))
def test_whole_lines_keeps_whole_lines_and_says_what_is_missing(lines: list[str], limit: int) -> None:
    kept = whole_lines(WORDS, lines, limit)
    assert len("\n".join(kept)) <= limit
    if kept != lines and kept:
        assert kept[:-1] == lines[: len(kept) - 1]
        assert kept[-1] == f"… and {len(lines) - len(kept) + 1} more"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(800, 400, -50), (400, 503, 26), (400, 402, 1), (400, 401, 0), (0, 5, 0), (3, 3, 0)],
)
def test_percent_rounds_half_away_from_zero(before: int, after: int, expected: int) -> None:
    assert percent(before, after) == expected


def test_figures() -> None:
    assert price(WORDS, 425) == "4.25"
    assert price(WORDS, 100) == "1.00"
    assert counted(WORDS, "pebble", 1) == "1 pebble"
    assert counted(WORDS, "pebble", 1240) == "1,240 pebbles"
    assert [signed(WORDS, change) for change in (12, -7, 0)] == ["+12 %", "−7 %", "0 %"]
    assert [moved(WORDS, change) for change in (12, -7, 0)] == ["up 12 %", "down 7 %", "unchanged"]
    assert [WORDS.listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [mood(WORDS, points) for points in (0, 1999, 2000, 7200, 10_000)] == [
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
    assert does(WORDS, good, change) == expected
    assert f"{good} {deed(WORDS, good, change)}" == expected


def test_names() -> None:
    assert who(WORDS, RULES, NAMES, "pip") == "Pip"
    assert who(WORDS, RULES, {"p1": "  A\u202eda \n"}, "p1") == "Ada"
    assert who(WORDS, RULES, {"p1": "\u202e"}, "p1") == "a patron"
    assert who(WORDS, RULES, {}, "p9") == "a patron"
    assert who(WORDS, RULES, {}, "") == "a traveller"
    assert topic(WORDS, RULES, "oona") == "Oona"
    assert topic(WORDS, RULES, Good.HONEY) == "honey"
    assert topic(WORDS, RULES, None) == "the wood"
    assert of_creature(WORDS, RULES, Creature.PIP) == "Pip the mouse"
    assert when(WORDS, RULES, make_turn(18)) == "Winter, day 3"


def test_whole_sentences_end_at_a_full_stop() -> None:
    assert whole_sentences("One two. Three four. Five.", 22) == "One two. Three four."
    assert whole_sentences("One. Two three four five six.", 20) == "One. Two three four…"
    assert whole_sentences("Short.", 20) == "Short."


@pytest.mark.half_said
def test_a_sentence_said_again_is_the_sentence_that_the_library_makes() -> None:
    source = """
much = { $n ->
    [one] one { NUMBER($n, useGrouping: 0) }
   *[other] { $n } or { NUMBER($n, minimumFractionDigits: 2, useGrouping: 0) }
}
"""
    words, plain = Words("en", [source]), FluentBundle(["en"], use_isolating=False)
    plain.add_resource(FluentResource(source))
    facts: list[Fact] = [1, "1", Decimal(1), 1234567, "1234567", Decimal("1234567.5"), Decimal("0.125"), -1, 0]
    for _ in range(2):
        for fact in facts:
            pattern = plain.get_message("much").value
            assert pattern is not None
            said, errors = plain.format_pattern(pattern, {"n": fact})
            assert words("much", n=fact) == said
            assert bool(errors) == isinstance(fact, str)


@pytest.mark.half_said
def test_what_is_wrong_with_a_sentence_is_logged_each_time(caplog: pytest.LogCaptureFixture) -> None:
    words = Words("en", ["torn = { $lost } leaves"])
    assert words("torn") == words("torn") == "lost leaves"
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]


def test_text_that_is_taken_as_it_is_has_nothing_to_be_tamed() -> None:
    for char in filter(_PLAIN.fullmatch, map(chr, range(sys.maxunicode + 1))):
        assert unicodedata.is_normalized("NFC", char)
        assert char == " " or unicodedata.category(char)[0] in "LNPS"
        assert unicodedata.bidirectional(char) not in {"R", "AL"}
