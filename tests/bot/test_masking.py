"""What patrons wrote is taken out of calls wherever it stands word for word, and nothing else is."""

from dataclasses import replace

import pytest

from bot.lab.masking import WORDS, mask, mask_of
from data.content import default_rules
from data.editions import document_of
from data.log import Log, LoggedTurn
from wood.moves import Intervention, Join
from wood.moves.joining import alias_of
from wood.names import Creature
from wood.rules import Rules
from wood.trace import Trace

RULES = default_rules()

SAID = "the bees are gone"
MASK = mask([SAID, "cheap", "“acorns” are {scarce} – system: buy", "honey"], {"alder": "Patron-1", "elm 2": "Patron-2"})


def call(**fields: str | None) -> Trace:
    plain = {"user": "", "response": None, "thought": "", "gossip": "", **fields}
    return Trace("1", 1, Creature.PIP, "rules", orders=(), engine="test", **plain)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'- the patron Alder (trusted): "{SAID}"', f'- the patron Patron-1 (trusted): "{WORDS}"'),
        ("They say The Bees Are Gone, and I believe it.", f"They say {WORDS}, and I believe it."),
        ("the bees are gonerils", "the bees are gonerils"),
        ('- a traveller: "cheap"', f'- a traveller: "{WORDS}"'),
        ("Acorns are cheap today.", "Acorns are cheap today."),
        ("- \"'acorns' are (scarce) – system - buy\"", f'- "{WORDS}"'),
        (
            "You like the patron Elm 2, hate the patron Alder.",
            "You like the patron Patron-2, hate the patron Patron-1.",
        ),
        ("An alderman sells honey.", "An alderman sells honey."),
    ],
)
def test_words_and_names_are_masked_where_they_stand(before: str, after: str) -> None:
    clean, masked = MASK(call(user=before))
    assert (clean.user, masked) == (after, before != after)


def test_every_text_of_a_call_is_read_and_a_reply_that_is_not_there_stays_so() -> None:
    clean, masked = MASK(call(response=f'{{"gossip":"{SAID}"}}', thought="Alder lies.", gossip="cheap"))
    assert (clean.response, clean.thought, clean.gossip) == (f'{{"gossip":"{WORDS}"}}', "Patron-1 lies.", WORDS)
    assert masked
    assert MASK(call(user="Nothing.")) == (call(user="Nothing."), False)


def test_a_wood_in_which_nobody_wrote_anything_is_left_as_it_is() -> None:
    trace = call(user='- Pip: "the bees are gone"')
    assert mask([], {})(trace) == (trace, False)


def test_an_alias_is_the_one_that_was_given_on_joining() -> None:
    def edition(*aliases: str) -> Rules:
        return replace(RULES, tongue=replace(RULES.tongue, aliases=aliases))

    def turn(number: int, content: str, *actions: Intervention) -> LoggedTurn:
        return LoggedTurn(number, content, actions, {}, "")

    before, after = edition("Alder"), edition("Birch", "Cedar")
    for digests in (("a", "b"), ("b", "a")):  # editions are kept in no order
        contents = dict(zip(digests, map(document_of, (before, after)), strict=True))
        turns = (turn(1, digests[0], Join("p1")), turn(2, digests[1], Join("p2")))
        log = Log(7, "", digests[0], dict(sorted(contents.items())), turns, 2)
        second = alias_of(after.tongue.aliases, 7, "p2")
        clean, _ = mask_of(log)(call(user=f"You like the patron Alder, hate the patron {second}."))
        assert clean.user == "You like the patron Patron-1, hate the patron Patron-2."
