"""Omens: what is seen before a boon or a bane, and what a new year is mad about; never what a sign announces."""

from bot.telling.catalog import SOURCE, words_in
from bot.telling.omens import omen_lines
from tests.bot.turns import DROUGHT, NAMES, make_rules, make_turn
from wood.chronicle import Event, EventKind

RULES = make_rules()
WORDS = words_in(SOURCE)
FASHION = Event(EventKind.FASHION, "", {"good": "honey", "spurned": "acorns"})


def test_signs_and_fashions_are_told_once_each_in_their_order() -> None:
    signs = [Event(EventKind.OMEN, DROUGHT.slug, {"sign": sign}) for sign in (0, 1, 0)]
    turns = [make_turn(1, events=[FASHION, signs[0]]), make_turn(3, events=signs[1:])]
    lines = omen_lines(WORDS, RULES, NAMES, turns)
    assert lines[1:] == DROUGHT.signs
    assert "honey" in lines[0]
    assert DROUGHT.title not in "".join(lines), "a sign says nothing of what comes"


def test_what_is_no_sign_and_a_sign_that_nobody_knows_any_more_are_left_out() -> None:
    lost = [Event(EventKind.OMEN, "gone", {"sign": 0}), Event(EventKind.OMEN, DROUGHT.slug, {"sign": 9})]
    assert omen_lines(WORDS, RULES, NAMES, [make_turn(1, events=[*lost, Event(EventKind.COLD, "pip")])]) == ()
