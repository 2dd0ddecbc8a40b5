"""Reading what a wood said: what repeats, who is named, what is wrong, and the forms of headlines."""

from dataclasses import replace

import pytest

from bot.lab.reading import WINDOW, Line, contradictions, form_of, gossip, names_somebody, read, repeats
from tests.bot.turns import STARTS, make_turn
from wood.chronicle import Event, EventKind, Turn
from wood.names import Good

NAMES = {"oona": ("Oona",), "pip": ("Pip",), "p1": ("Alder 2", "Ada"), "p2": ("Sorrel", "")}


def line(turn: int, text: str, speaker: str = "pip", about: str | None = None, leaning: int = 0) -> Line:
    return Line(turn, speaker, text, about, leaning)


def said(turn: int, text: str, about: str | None = None, leaning: int = 0, to: str | None = None) -> Event:
    return Event(EventKind.GOSSIP, "pip", {"text": text, "about": about, "leaning": leaning}, to)


def test_gossip_is_what_was_said_aloud() -> None:
    turns = [
        make_turn(1, events=(said(1, "Honey!", "honey", 1), said(1, "Hush.", to="p1"), said(1, ""))),
        make_turn(2, events=(Event(EventKind.RUMOR, "p1", {"text": "Honey!", "about": "honey", "leaning": 1}),)),
    ]
    assert gossip(turns) == [Line(1, "pip", "Honey!", "honey", 1)]


def test_a_line_repeats_within_the_window_whoever_says_it() -> None:
    first, again = line(1, "The nights are long."), line(1 + WINDOW, "the  nights are LONG.", "oona")
    assert repeats([first, again]) == [again]
    assert repeats([first, again._replace(turn=2 + WINDOW)]) == []
    assert repeats([first, line(2, "The nights are longer.")]) == []
    third = line(2 + WINDOW, "The nights are long.")
    assert repeats([first, again, third]) == [again, third]


@pytest.mark.parametrize(
    ("text", "speaker", "names"),
    [
        ("Oona's vault is shut.", "pip", True),
        ("Oona's vault is shut.", "oona", False),
        ("Pip told oona so.", "pip", True),
        ("A pipe and some wool.", "oona", False),
        ("Alder lied.", "pip", False),
        ("Alder 2 lied.", "pip", True),
        ("Ada knows best.", "pip", True),
        ("Quiet.", "pip", False),
    ],
)
def test_naming_somebody_is_naming_another(text: str, speaker: str, names: bool) -> None:
    assert names_somebody(line(1, text, speaker), NAMES) is names


def priced(number: int, honey: int) -> Turn:
    turn = make_turn(number)
    return replace(turn, references={**turn.references, Good.HONEY: honey})


def test_a_line_is_wrong_that_says_the_other_way_of_the_move_it_saw() -> None:
    start = STARTS[Good.HONEY]
    turns = [priced(1, start * 103 // 100), priced(2, start * 103 // 100), priced(3, start // 2), priced(4, start)]
    cheaper = line(2, "Honey gets cheap.", about="honey", leaning=-1)
    assert contradictions([cheaper], turns, STARTS) == [cheaper]
    fine = [
        cheaper._replace(leaning=1),
        cheaper._replace(leaning=0),
        cheaper._replace(about="oona"),
        cheaper._replace(about=None),
        cheaper._replace(turn=1),
        cheaper._replace(turn=3),  # nothing moved in the turn before, whatever the turn itself brings
        cheaper._replace(turn=4),
    ]
    assert contradictions(fine, turns, STARTS) == []
    dearer = cheaper._replace(turn=4, leaning=1)
    assert contradictions([dearer], turns, STARTS) == [dearer]
    slight = [priced(1, start * 1029 // 1000), *turns[1:]]
    assert contradictions([cheaper], slight, STARTS) == []


def test_a_form_is_a_headline_without_what_differs() -> None:
    parts = {"honey": "<good>", "honey falls 7 %": "<move>", "The Great Frost of 1709": "<legend>", "Oona": "<name>"}
    assert form_of("Honey falls 41 % to 1,204.50 pebbles", parts) == "<move> to # pebbles"
    assert form_of("Tales of the Great Frost of 1709: honey", parts) == "Tales of <legend>: <good>"
    assert form_of("Oona's honeycomb, 3 turns on", parts) == "<name>'s honeycomb, # turns on"
    assert form_of("−3 % and +4 %", {}) == "# % and # %"


def test_a_reading_counts_all_of_it() -> None:
    turns = [
        make_turn(1, events=(said(1, "Oona frowns."), said(1, "Cold."))),
        make_turn(2, events=(said(2, "Cold."), said(2, "Cold."))),
    ]
    found = read(turns, STARTS, NAMES, ["a", "b", "a"])
    assert (found.lines, found.repeats, found.naming, found.contradicting) == (4, 2, 1, 0)
    shown = found.to_json()
    assert (shown["lines"], shown["repeats"], shown["naming"], shown["contradicting"]) == (4, 0.5, 0.25, 0.0)
    assert shown["most_repeated"] == {"Cold.": 2}
    assert list(shown["headlines"].items()) == [("a", 2), ("b", 1)]
    assert read([make_turn(1)], STARTS, NAMES, []).to_json()["repeats"] == 0
