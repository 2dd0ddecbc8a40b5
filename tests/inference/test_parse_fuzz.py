"""Replies nobody would write by hand: never an exception, never a broken law, never an order the text did not mean.

``WOOD_FUZZ`` sets the number of examples of each test; 150 otherwise, and 15,000 make over 100,000 replies
(half an hour: add ``-o timeout=0``).
"""

import json
import os
import unicodedata
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from inference.codes import Drop, Repair, Unread
from inference.parse import Reading, read
from inference.schema import MAX_ANSWERS, model_without
from tests.inference.views import make_view
from wood.names import CREATURES, GOODS, Creature, Side
from wood.observe import View
from wood.orders import MAX_GOSSIP, MAX_ORDERS, MAX_PRICE, MAX_QTY, MAX_THOUGHT

EXAMPLES = int(os.environ.get("WOOD_FUZZ", "150"))
fuzz = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
VIEWS = {creature: make_view(creature) for creature in CREATURES}
STRUCTURE = "{}[],:\"' \n"
MARKS = "\u2212\u2013\xbd\xb2<>~!\u2264"
"""Signs that change what a figure or word beside them means, and that are no JSON outside of a string."""
OPERATIONS = ("remove", "insert", "mark", "double", "cut", "behead")
WRAPPERS = (
    "%s",
    '{"reply": %s}',
    '{"reasoning": "I am cold.", "answer": %s}',
    "{'message': 'Hm.', 'decision': %s}",
    "[%s]",
    "Here is my reply:\n```json\n%s\n```\nI hope it is good!",
)
DRAFTS = (
    "%s\nNo, that is wrong. Final: %s",
    "%s\n\nWait, that is too dear.\n\n%s",
    "Draft: %s\nReply: %s",
    "For example: %s\n\nMy answer:\n```json\n%s\n```",
    '{"draft": %s, "final": %s}',
    "%s <think>Hm, no.</think> %s",
)
CODES = {*map(str, Repair)}, {*map(str, Drop)}, {*map(str, Unread)}


def check_laws(reading: Reading, view: View) -> None:
    repairs, drops, reasons = CODES
    assert set(reading.repairs) <= repairs
    assert list(reading.repairs) == sorted(set(reading.repairs))
    assert set(reading.drops) <= drops
    if reading.decision is None:
        assert reading.why in reasons
        assert not reading.valid
        return
    assert reading.why == ""
    decision = reading.decision
    assert len(decision.orders) <= MAX_ORDERS
    assert len({order.good for order in decision.orders}) == len(decision.orders)
    for order in decision.orders:
        assert type(order.price) is int
        assert 1 <= order.price <= MAX_PRICE
        assert type(order.qty) is int
        assert 1 <= order.qty <= MAX_QTY
        assert not (order.side is Side.BUY and order.good is view.makes)
    assert len(decision.answers) <= MAX_ANSWERS
    assert {answer.offer for answer in decision.answers} <= {loan.number for loan in view.offers}
    for text, limit in ((decision.thought, MAX_THOUGHT), (decision.gossip, MAX_GOSSIP)):
        assert len(text) <= limit
        assert not set(text) & set("<>@\n\r\t")
        assert not any(unicodedata.category(c).startswith("C") for c in text)


@st.composite
def replies(draw: st.DrawFn, creature: Creature) -> dict[str, Any]:
    """A valid reply of ``creature``."""
    makes = VIEWS[creature].makes
    goods = draw(st.lists(st.sampled_from(GOODS), max_size=MAX_ORDERS, unique=True))
    return {
        "thought": draw(st.sampled_from(["", "I am cold, so: sell.", "It's Pip's honey."])),
        "orders": [
            {
                "side": "sell" if good is makes else draw(st.sampled_from(["buy", "sell"])),
                "good": good.value,
                "price": draw(st.integers(1, MAX_PRICE)),
                "qty": draw(st.integers(1, MAX_QTY)),
            }
            for good in goods
        ],
        "gossip": draw(st.sampled_from(["", "Frost.", "They say 8 honey at 5!"])),
        "answers": [{"loan": n, "accept": draw(st.booleans())} for n in draw(st.sets(st.sampled_from([7, 9])))],
    }


def keyed(reply: dict[str, Any]) -> dict[str, Any]:
    """The reply in the form in which replies are asked for; as drawn they have a list, as they once were asked for."""
    return reply | {
        "orders": {order["good"]: f"{order['side']} {order['qty']} at {order['price']}" for order in reply["orders"]}
    }


def listed(reply: dict[str, Any]) -> dict[str, Any]:
    """The reply with its orders in a list."""
    return reply


FORMS = (keyed, listed)


@st.composite
def written(draw: st.DrawFn, reply: dict[str, Any]) -> str:
    """A reply as different models write JSON."""
    if draw(st.booleans()):
        return json.dumps(reply, indent=draw(st.sampled_from([None, 1])))
    return repr(reply) if draw(st.booleans()) else json.dumps(reply, separators=(",", ":"))


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """A text with its structure broken once, never inside a number, or with a mark put in anywhere."""
    operation = draw(st.sampled_from(OPERATIONS))
    at = draw(st.integers(0, max(0, len(text) - 1)))
    if operation == "mark":
        return text[:at] + draw(st.sampled_from(MARKS)) + text[at:]
    inside = 0 < at < len(text) and text[at - 1].isdigit() and text[at].isdigit()
    if operation == "cut":
        return text[:at]
    if inside or not text:
        return text
    if operation == "insert":
        return text[:at] + draw(st.sampled_from(STRUCTURE)) + text[at:]
    if operation == "behead":
        return text[at:]
    while at < len(text) and text[at] not in STRUCTURE:
        at += 1
    if operation == "double":
        return text[: at + 1] + text[at:]
    joined = 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
    return text if joined else text[:at] + text[at + 1 :]


@fuzz
@given(st.data(), st.sampled_from(CREATURES))
def test_a_damaged_reply_never_says_what_the_whole_one_did_not(data: st.DataObject, creature: Creature) -> None:
    reply = data.draw(replies(creature))
    form = data.draw(st.sampled_from(FORMS))
    text = data.draw(st.sampled_from(WRAPPERS)) % data.draw(written(form(reply)))
    for _ in range(data.draw(st.integers(1, 4))):
        text = data.draw(damaged(text))
    reading = read(text, VIEWS[creature])
    check_laws(reading, VIEWS[creature])
    if reading.decision is not None:
        said = {(order["side"], order["good"], order["price"], order["qty"]) for order in reply["orders"]}
        orders = {(order.side.value, order.good.value, order.price, order.qty) for order in reading.decision.orders}
        assert orders <= said, text
        answers = {(answer.offer, answer.accept) for answer in reading.decision.answers}
        assert answers <= {(answer["loan"], answer["accept"]) for answer in reply["answers"]}, text


@fuzz
@given(st.data(), st.sampled_from(CREATURES), st.sampled_from(MARKS))
def test_a_marked_value_is_dropped_and_the_others_stand(data: st.DataObject, creature: Creature, mark: str) -> None:
    reply = data.draw(replies(creature).filter(lambda reply: reply["orders"] or reply["answers"]))
    within = data.draw(st.sampled_from([name for name in ("orders", "answers") if reply[name]]))
    marked = data.draw(st.integers(0, len(reply[within]) - 1))
    field = data.draw(st.sampled_from(sorted(reply[within][marked])))
    value = reply[within][marked][field]
    other = json.loads(json.dumps(reply))
    other[within][marked][field] = "HERE"
    blank = data.draw(st.sampled_from(["", " "]))
    before = data.draw(st.booleans())
    write: Callable[[object], str] = data.draw(st.sampled_from([json.dumps, repr]))
    shown = write(value)
    inside = isinstance(value, str) and data.draw(st.booleans())
    if inside:
        shown = shown[0] + (mark + value if before else value + mark) + shown[0]
    else:
        shown = mark + blank + shown if before else shown + blank + mark
    text = write(other).replace(write("HERE"), shown)
    assume(not (field == "accept" and mark == "!" and not before))  # that says the same, louder
    reading = read(text, VIEWS[creature])
    check_laws(reading, VIEWS[creature])
    assert reading.decision is not None, text
    assert reading.drops, text
    orders = [
        {"side": order.side.value, "good": order.good.value, "price": order.price, "qty": order.qty}
        for order in reading.decision.orders
    ]
    answers = [{"loan": answer.offer, "accept": answer.accept} for answer in reading.decision.answers]
    kept: dict[str, list[dict[str, Any]]] = {"orders": orders, "answers": answers}
    assert reply[within][marked] not in kept[within], text
    del reply[within][marked]
    assert kept == {"orders": reply["orders"], "answers": reply["answers"]}, text


@fuzz
@given(st.data(), st.sampled_from(CREATURES), st.sampled_from(MARKS))
def test_a_marked_phrase_is_dropped_and_the_others_stand(data: st.DataObject, creature: Creature, mark: str) -> None:
    reply = data.draw(replies(creature).filter(lambda reply: reply["orders"]))
    marked = data.draw(st.sampled_from(reply["orders"]))
    said = keyed(reply)
    phrase = said["orders"][marked["good"]]
    at = data.draw(st.integers(0, len(phrase)))
    said["orders"][marked["good"]] = phrase[:at] + mark + phrase[at:]
    reading = read(json.dumps(said), VIEWS[creature])
    check_laws(reading, VIEWS[creature])
    assert reading.decision is not None, said
    assert reading.drops, said
    kept = {order.good.value: (order.side.value, order.price, order.qty) for order in reading.decision.orders}
    others = [order for order in reply["orders"] if order is not marked]
    assert kept == {order["good"]: (order["side"], order["price"], order["qty"]) for order in others}, said


@fuzz
@given(st.data(), st.sampled_from(CREATURES))
def test_a_draft_is_not_read_for_the_reply(data: st.DataObject, creature: Creature) -> None:
    draft, reply = data.draw(replies(creature)), data.draw(replies(creature))
    view, form = VIEWS[creature], data.draw(st.sampled_from(FORMS))
    text = data.draw(st.sampled_from(DRAFTS)) % (data.draw(written(form(draft))), data.draw(written(form(reply))))
    assert read(text, view).decision == read(json.dumps(form(reply)), view).decision, text
    unclear = f"{json.dumps(form(draft))}\nIt is cold.\n{json.dumps(form(reply))}"
    reading = read(unclear, view)
    check_laws(reading, view)
    assert reading.decision is not None
    both = [order for order in draft["orders"] if order in reply["orders"]]
    assert [order.good.value for order in reading.decision.orders] == [order["good"] for order in both], unclear


@fuzz
@given(st.data(), st.sampled_from(CREATURES))
def test_a_reply_is_read_whole_in_either_form(data: st.DataObject, creature: Creature) -> None:
    reply = data.draw(replies(creature))
    view, form = VIEWS[creature], data.draw(st.sampled_from(FORMS))
    plain = json.dumps(form(reply))
    reading = read(plain, view)
    assert reading.valid is (form is keyed)
    assert reading.repairs == (() if form is keyed else ("listed",))
    assert reading.drops == ()
    if form is keyed:
        model_without(view.makes, answers=True).model_validate_json(plain)
    assert reading.decision is not None
    assert [
        {"side": order.side.value, "good": order.good.value, "price": order.price, "qty": order.qty}
        for order in reading.decision.orders
    ] == reply["orders"]
    for other in (
        repr(form(reply)),
        f"```json\n{plain}\n```",
        f"<think>hm</think>{plain}",
        json.dumps(plain),
        f"So: {plain}",
        *(wrapper % plain for wrapper in WRAPPERS),
    ):
        assert read(other, view).decision == reading.decision


@fuzz
@given(st.text(max_size=400) | st.binary(max_size=400), st.sampled_from(CREATURES))
def test_random_text_and_bytes(reply: str | bytes, creature: Creature) -> None:
    check_laws(read(reply, VIEWS[creature]), VIEWS[creature])


WORDS = (
    *("{", "}", "[", "]", ",", ":", '"', "'", "\\", " ", "\n", "-"),
    *("1", "12", "-3", "0.5", "1e9", "NaN", "true", "null", "buy", "sell", "honey", "wood", '"buy"', '"honey"'),
    *('"thought":', '"orders":', '"gossip":', '"answers":', '"side":', '"good":', '"price":', '"qty":', "'side':"),
    *('"honey":', '"acorns":', '"sell 2 at 8"', '"buy 1 at', " at 6", '"at":'),
    *('"loan":', '"accept":', "```", "<think>", "</think>", "<|channel|>final<|message|>", "//", "/*"),
    *("@everyone", "<@1>", "\u200b", "\u202e", "\ud800", "\x00", "\U0001f36f", "“", "”", "9" * 20),
)
SOUP = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)


@fuzz
@given(SOUP, st.sampled_from(CREATURES))
def test_soup_of_the_parsers_own_words(reply: str, creature: Creature) -> None:
    check_laws(read(reply, VIEWS[creature]), VIEWS[creature])


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["buy", "honey", "sell 2 at 8"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["thought", "orders", "gossip", "answers", "side", "good", "price", "qty", "loan", "buy", "honey"]
            )
            | st.text(max_size=6),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@fuzz
@given(JSON, st.sampled_from(CREATURES))
def test_any_json_value(value: Any, creature: Creature) -> None:
    check_laws(read(json.dumps(value), VIEWS[creature]), VIEWS[creature])
    check_laws(read(json.dumps(json.dumps(value)), VIEWS[creature]), VIEWS[creature])
