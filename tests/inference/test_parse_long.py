"""Long replies of one pattern over and over: read in milliseconds, where a pattern that backtracks takes minutes."""

import pytest

from inference.engines.answers import MOST
from inference.parse import read
from tests.inference.views import make_view

ORDER = '{"side":"buy","good":"firewood","price":5,"qty":1}'
REPLY = f'{{"thought":"Cold.","orders":[{ORDER}],"gossip":"","answers":[]}}'
PATTERNS = (
    *("\n", " ", "\t", "```", "`", "```json\n", "```true x:", "\n* ", ": ", "- ", "* ", "> ", "1. ", "//", "/*", "#"),
    *("the ", ". the a my ", "final ", "no ", "draft ", "example: ", "wait ", "turn ", "user ", "that is "),
    *("8 ", "8½ ", "true x", '"price": ', '"a":8 x', "−", "+", "9", "0,", "$ ", "= ", "=> ", ":5 units each per "),
    *('"', "'", "“", "\\", '"\\u', "{", "}", "[", "]", "{}", "[]", '{"a":', "(", "<", "<think>", "</think>"),
    *("<|begin_of_thought|>", "◁/think▷", "{<think>", "<plan>", "<plan></plan>", "<plan", "<plan a", "[a", "◁a ", "</"),
    *("<a:", "<|end_of_", "<" + "a" * 40, "◁" + "a" * 40 + " " + "b" * 79, "<a></a>{"),
)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_takes_time_beyond_its_length(pattern: str) -> None:
    view = make_view()
    long = pattern * (MOST // len(pattern))
    for text in (long, long + ORDER, long + REPLY, REPLY + long, REPLY + long + REPLY):
        read(text, view)
    for text in (f'{{"orders":[{ORDER}],"x":"{long}', f'{{"side":"{long}', f'{{"{long}":{REPLY}}}'):
        read(text, view)


def test_a_long_speech_between_a_draft_and_the_reply_changes_nothing() -> None:
    final = REPLY.replace('"price":5', '"price":7')
    for speech in ("\n" * 5000, "So it goes. " * 500):
        reading = read(f"{REPLY} Wait, that is wrong. {speech} Final: {final}", make_view())
        assert reading.decision is not None
        assert [order.price for order in reading.decision.orders] == [7]
