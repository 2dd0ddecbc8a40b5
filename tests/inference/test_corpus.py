"""Malformed replies, each with what is to be read from it: tests/inference/corpus/replies.jsonl.

A line has ``reply`` (or ``reply_hex``, raw bytes), whose it is, and the whole expected reading. Loans 7 and 9 are on
offer. Expectations are written from what a text means, never from what the parser makes of it.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from inference.parse import Reading, read
from tests.inference.views import make_view
from wood.names import Creature, Good, Side
from wood.orders import Answer, Decision, Order

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "corpus" / "replies.jsonl").read_text().splitlines()
]


def expected(case: dict[str, Any]) -> Reading:
    decision = Decision(
        case["thought"],
        tuple(Order(Side(side), Good(good), price, qty) for side, good, price, qty in case["orders"]),
        case["gossip"],
        tuple(Answer(loan, accept) for loan, accept in case["answers"]),
    )
    return Reading(
        None if case["why"] else decision, case["valid"], tuple(case["repairs"]), tuple(case["drops"]), case["why"]
    )


def test_the_corpus_is_large_and_its_names_are_unique() -> None:
    assert len(CASES) >= 300
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert sum(not case["valid"] for case in CASES) >= 300


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_reading(case: dict[str, Any]) -> None:
    reply = bytes.fromhex(case["reply_hex"]) if "reply_hex" in case else case["reply"]
    assert read(reply, make_view(Creature(case["creature"]))) == expected(case)


OLD = [case for case in CASES if "offer" not in case.get("reply", "offer") and not case["id"].startswith("key/")]


def test_most_of_the_corpus_can_be_said_in_the_old_words() -> None:
    assert len(OLD) >= 600


@pytest.mark.parametrize("case", OLD, ids=lambda case: str(case["id"]))
def test_reading_what_says_offers(case: dict[str, Any]) -> None:
    """Replies once had ``offers`` for ``orders`` and answered by ``offer``: they mean the same, and do not fit."""
    reply = case["reply"]
    old = reply.replace("orders", "offers").replace("loan", "offer")
    reading, now = read(old, make_view(Creature(case["creature"]))), expected(case)
    assert (reading.decision, reading.drops, reading.why) == (now.decision, now.drops, now.why)
    if old != reply:
        assert not reading.valid
    assert {*reading.repairs} - {"key"} == {*now.repairs} - {"key"}
