"""Thoughts between marks of any style: what follows the last one that closes them is the answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.codes import Notes, Repair, Unread
from inference.parse import read
from inference.repair import UnreadableError, unwrap
from inference.thoughts import after_thoughts
from tests.inference.views import make_view

GOOD = '{"thought":"t","orders":[{"side":"buy","good":"berries","price":3,"qty":2}],"gossip":"","answers":[]}'
DRAFT = GOOD.replace("buy", "sell").replace("berries", "honey")
WORDS = (
    *("think", "thinking", "THINK", "reasoning", "reflection", "thought", "seed:think", "mm:think", "antThinking"),
    *("scratchpad", "plan", "step_1"),
)
PAIRS = {f"<{word}>": f"</{word}>" for word in WORDS} | {
    "[THINK]": "[/THINK]",
    "[reasoning]": "[/reasoning]",
    "◁think▷": "◁/think▷",
    "「plan」": "「/plan」",
    "【think】": "【/think】",
    "⟨think⟩": "⟨/think⟩",
    "<|think|>": "<|/think|>",
    "<|begin_of_thought|>": "<|end_of_thought|>",
    "<｜begin▁of▁thought｜>": "<｜end▁of▁thought｜>",
    "<|start_of_plan|>": "<|end_of_plan|>",
    "<|begin_of_review|>": "<|end_of_review|>",
    '<think effort="low">': "</think>",
}


@pytest.mark.parametrize(("opening", "closing"), PAIRS.items())
def test_the_answer_follows_the_closing_mark(opening: str, closing: str) -> None:
    for thoughts in (f"maybe {DRAFT} no", "", f"\n{DRAFT}\n", "{", "a > b < c"):
        for between in ("", "\n\n", "\n```json\n"):
            reading = read(f"{opening}{thoughts}{closing}{between}{GOOD}", make_view())
            assert reading.decision is not None
            assert [(order.side, order.good) for order in reading.decision.orders] == [("buy", "berries")]
            assert "thinking" in reading.repairs
            assert reading.drops == ()


@pytest.mark.parametrize("closing", ["</think>", "◁/think▷", "</seed:think>", "<|end_of_thought|>", "[/THINK]"])
def test_the_opening_mark_may_stand_in_the_prompt(closing: str) -> None:
    assert after_thoughts(f"maybe {DRAFT} no{closing}{GOOD}") == GOOD


@pytest.mark.parametrize("opening", ["<think>", "◁think▷", "<seed:think>", "<|begin_of_thought|>"])
def test_thoughts_that_are_never_closed_are_no_answer(opening: str) -> None:
    with pytest.raises(UnreadableError) as error:
        unwrap(f"{opening}maybe {DRAFT}", Notes())
    assert error.value.why is Unread.NO_FINAL
    assert after_thoughts(f"{GOOD}{opening}was that right? {DRAFT}") == GOOD


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"<answer>{GOOD}</answer>",
        f"<final_answer>{GOOD}</final_answer> {DRAFT}",
        f"<|begin_of_solution|>{GOOD}<|end_of_solution|>",
        f"<tool_call>{GOOD}</tool_call>",
        f"<plan>{GOOD}</plan>",
        f"<plan>{GOOD}",
        f"{GOOD}<plan>x</plan>{DRAFT}",
        f"<a>x</b>{GOOD}",
        f"<think|>x{GOOD}",
        GOOD.replace('"t"', '"<think> I [thinking] so"'),
        GOOD.replace('"t"', '"<b>cold</b> {"'),
        "a < b > c",
    ],
)
def test_what_is_left_as_it_is(text: str) -> None:
    assert after_thoughts(text) == text


def test_several_pairs_before_an_answer() -> None:
    text = f"<plan>{DRAFT}</plan><check>{DRAFT}</check><think>{DRAFT}</think><critique>{DRAFT}</critique>\n{GOOD}"
    assert after_thoughts(text).strip() == GOOD
    assert after_thoughts(f"<think>{DRAFT}</think><plan>x</plan>{GOOD}<think>") == GOOD


def test_tags_are_noted_once() -> None:
    notes = Notes()
    assert unwrap(f"<think>a</think>{GOOD}", notes) == GOOD
    assert notes.repairs == {Repair.THINKING}


@given(
    st.lists(
        st.sampled_from([*PAIRS, *PAIRS.values(), GOOD, "{", "}", "<", ">", "|", "a b", "/", "[", "end_of_", "◁"]),
        max_size=14,
    )
)
def test_what_is_left_is_a_piece_of_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    assert after_thoughts(text) in text
    read(text, make_view())
