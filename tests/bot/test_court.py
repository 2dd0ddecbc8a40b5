"""Cases before the Magistrate as boards and reports tell them."""

from typing import Any, Final

import pytest

from bot.telling.catalog import SOURCE, words_in
from bot.telling.court import DEEDS_MOST, read_out
from bot.telling.events import event_line
from tests.bot.test_story import RULES, calm, story
from wood.chronicle import Event, EventKind
from wood.magistrate import Verdict
from wood.names import Act

WORDS: Final = words_in(SOURCE)
NAMES: Final = {"p1": "Ann"}


def entry(act: str, heat: int = 2, good: str | None = "honey", who: str = "", pebbles: int = 0) -> dict[str, Any]:
    return {"turn": 3, "act": act, "good": good, "who": who, "pebbles": pebbles, "heat": heat}


def evidence(*entries: dict[str, Any], key: str = "p1", pebbles: int = 0) -> Event:
    return Event(EventKind.EVIDENCE, key, {"entries": list(entries), "count": len(entries), "pebbles": pebbles})


def verdict(what: str, fine: int = 0, turns: int = 0) -> Event:
    told = {"verdict": what, "fine": fine, "until": 9 + turns if turns else 0, "turns": turns, "bounty": 0}
    return Event(EventKind.VERDICT, "p1", told)


def line(*entries: dict[str, Any], most: int = 240) -> str:
    return read_out(WORDS, RULES, NAMES, evidence(*entries), most)


def test_a_file_that_is_opened_is_the_talk_of_the_board() -> None:
    told = story(calm(9, [Event(EventKind.CASE, "p1", {"due": 12, "turns": 3})]))
    assert (told.kind, told.title) == ("case", "Magistrate Heron opens a file on Ann")
    assert told.line == "It is heard in 3 turns. What is in it nobody knows before."


def test_a_verdict_says_what_was_read_out() -> None:
    deeds = [entry("whisper", 2, who="fenn"), entry("short", 5), entry("profit", 7, pebbles=20)]
    told = story(calm(9, [evidence(*deeds), verdict("frozen", 40, 8)]))
    assert told.title == "Magistrate Heron fines Ann 40 pebbles and freezes the purse for 8 turns"
    assert told.line == (
        "Read out: a whisper to Fenn about honey, a bet that honey would fall and 20 pebbles made on honey soon after."
    )


@pytest.mark.parametrize("what", [each.value for each in Verdict])
def test_every_verdict_is_a_sentence_of_its_own(what: str) -> None:
    said = event_line(WORDS, verdict(what, 1, 8), RULES, NAMES)
    others = {event_line(WORDS, verdict(other.value, 1, 8), RULES, NAMES) for other in Verdict if other.value != what}
    assert said is not None
    assert said not in others
    assert "Ann" in said
    assert "pebbles" not in said, "one pebble is one"


@pytest.mark.parametrize(
    "act", [Act.RUMOR, Act.WHISPER, Act.LIED, Act.LEGEND, Act.LENT, Act.LONG, Act.SHORT, Act.PROFIT, Act.BRIBE,
            Act.BROKER, Act.CORNER, Act.FORESIGHT, Act.WAGER, Act.WON]
)  # fmt: skip
def test_every_suspicious_deed_has_its_words(act: Act) -> None:
    assert "something else" not in line(entry(act.value, who="pip"))


def test_only_the_weightiest_deeds_are_told_in_their_order() -> None:
    many = [
        entry("rumor", 1),
        entry("bribe", 8, who="pip"),
        entry("short", 5),
        entry("foresight", 1),
        entry("corner", 6),
    ]
    assert (
        line(*many) == "Read out: a bribe to Pip, a bet that honey would fall and a corner in honey; and 2 deeds more."
    )
    assert len(many) - DEEDS_MOST == 2
    assert line() == ""
    assert len(line(*many, most=30)) <= 30


@pytest.mark.parametrize(("count", "pebbles"), [(0, 0), (1, 1), (3, 20)])
def test_what_was_read_out_is_one_plain_sentence(count: int, pebbles: int) -> None:
    said = event_line(WORDS, evidence(*[entry("short")] * count, pebbles=pebbles), RULES, NAMES)
    assert said is not None
    assert said.startswith("The file on Ann is read out: ")
    assert said.endswith(".")
    assert ("profit" in said) == bool(pebbles)
