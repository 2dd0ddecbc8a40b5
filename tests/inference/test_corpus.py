"""Malformed replies, each with what is to be read from it: tests/inference/corpus/replies.jsonl.

A line has ``reply`` (or ``reply_hex``, raw bytes), whose it is, and the whole expected reading. Loans 7 and 9 are on
offer. Expectations are written from what a text means, never from what the parser makes of it.
"""

import json
import re
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


_LISTED = re.compile(
    r'\{"side":"(?P<side>buy|sell)","good":"(?P<good>\w+)","price":(?P<price>\d+),"qty":(?P<qty>\d+)\}'
)
_ORDERS = re.compile(rf'"orders":\[((?:{re.sub("[?]P<[a-z]+>", "", _LISTED.pattern)},?)*)\]')


def keyed(reply: str) -> str:
    """A reply with its list of orders, where it is whole and of one order a good, as an object of phrases."""

    goods = re.findall(r'"good":"(\w+)"', reply)
    if len(set(goods)) < len(goods):
        return reply

    def phrase(found: re.Match[str]) -> str:
        return f'"{found["good"]}":"{found["side"]} {found["qty"]} at {found["price"]}"'

    return _ORDERS.sub(lambda found: f'"orders":{{{_LISTED.sub(phrase, found[1])}}}', reply)


KEYED = [
    case
    for case in CASES
    if keyed(case.get("reply", "")) != case.get("reply", "")
    and '"side"' not in keyed(case["reply"])
    and "/huge" not in case["id"]  # a list's number may be of any length, a phrase's not
    and "example" not in case["id"]  # no example was ever shown in both forms
]


def test_much_of_the_corpus_can_be_said_with_orders_under_their_goods() -> None:
    assert len(KEYED) >= 150


@pytest.mark.parametrize("case", KEYED, ids=lambda case: str(case["id"]))
def test_reading_what_has_orders_under_their_goods(case: dict[str, Any]) -> None:
    """Whatever is around them, orders in the present form mean what they meant in a list."""
    reading, then = read(keyed(case["reply"]), make_view(Creature(case["creature"]))), expected(case)
    assert (reading.decision, reading.drops, reading.why) == (then.decision, then.drops, then.why)
    of_numbers = {"listed", "phrase", "number", "syntax"}
    assert {*reading.repairs} - of_numbers == {*then.repairs} - of_numbers
