"""The ten reply schemas: what they admit, and that they are the judgement that the parser's strict path trusts."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError, create_model

from inference.parse import fitting
from inference.schema import GOSSIP, MAX_ANSWERS, THOUGHT, model_of, model_without, schema_of, schema_without
from tests.inference.views import make_view
from wood.names import GOODS, Good
from wood.orders import MAX_GOSSIP, MAX_PRICE, MAX_QTY, MAX_THOUGHT

FIELDS = ["orders", "thought", "gossip"]
# Keywords that grammar back ends are known to enforce, or that only structure a schema.
ENFORCED = {
    *("type", "properties", "required", "additionalProperties", "items", "anyOf", "$ref", "$defs", "const", "enum"),
    *("minimum", "maximum", "minItems", "maxItems", "pattern", "maxLength"),
}


BOTH = (False, True)
"""Whether something was offered, so that there are answers."""


def reply(**changes: Any) -> dict[str, Any]:
    return {"thought": "", "orders": {}, "gossip": ""} | changes


def keywords(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from keywords(child)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield key
            if key in ("properties", "$defs"):
                for child in value.values():
                    yield from keywords(child)
            elif key not in ("const", "enum", "required"):
                yield from keywords(value)


def accepts(product: Good, value: dict[str, Any]) -> bool:
    """Whether the model takes a reply, of the two the one that it is meant for."""
    try:
        model_without(product, answers="answers" in value).model_validate_json(json.dumps(value))
    except ValidationError:
        return False
    return True


def test_ten_schemas_made_once() -> None:
    assert len({json.dumps(schema_without(good, answers=answers)) for good in GOODS for answers in BOTH}) == 10
    for good in GOODS:
        for answers in BOTH:
            assert schema_without(good, answers=answers) is schema_without(good, answers=answers)
            assert model_without(good, answers=answers) is model_without(good, answers=answers)


def test_answers_are_asked_for_just_where_something_was_offered() -> None:
    busy = make_view()
    quiet = make_view(offers=())
    assert busy.offers
    assert schema_of(busy) is schema_without(busy.makes, answers=True)
    assert schema_of(quiet) is schema_without(quiet.makes)
    assert model_of(quiet) is model_without(quiet.makes)
    assert "answers" in schema_of(busy)["required"]
    assert "answers" not in schema_of(quiet)["properties"]


@pytest.mark.parametrize("answers", BOTH)
@pytest.mark.parametrize("product", GOODS)
def test_only_what_back_ends_enforce(product: Good, answers: bool) -> None:
    schema = schema_without(product, answers=answers)
    assert set(keywords(schema)) <= ENFORCED
    patterns = re.findall(r'"pattern": "(.*?)"', json.dumps(schema))
    assert len(patterns) == len(GOODS) + 2
    for pattern in patterns:
        assert pattern.startswith("^")
        assert pattern.endswith("$")


@pytest.mark.parametrize("product", GOODS)
def test_fields_are_generated_in_reading_order_and_the_own_good_first(product: Good) -> None:
    properties = schema_without(product, answers=True)["properties"]
    assert list(properties) == [*FIELDS, "answers"]
    goods = list(properties["orders"]["properties"])
    assert goods[0] == product.value
    assert sorted(goods) == sorted(good.value for good in GOODS)


@pytest.mark.parametrize("product", GOODS)
@pytest.mark.parametrize("good", GOODS)
def test_its_own_product_is_not_among_what_it_can_buy(product: Good, good: Good) -> None:
    assert accepts(product, reply(orders={good.value: "buy 1 at 4"})) is (good is not product)
    assert accepts(product, reply(orders={good.value: "sell 1 at 4"}))


@pytest.mark.parametrize("product", GOODS)
@pytest.mark.parametrize(
    "phrase",
    [
        *(
            f"{side} {qty} at {price}"
            for side in ("buy", "sell")
            for qty in range(22)
            for price in (0, 1, 9, 10, 99, 100)
        ),
        *("buy 1 at 4 ", " buy 1 at 4", "buy  1 at 4", "buy 01 at 4", "buy 1 at 04", "Buy 1 at 4", "buy 1 for 4"),
        *("buy 1 at 4.5", "buy -1 at 4", "buy 1 at 4\n", "", "hold", "buy", "buy one at four", "sell 1 at"),
    ],
)
def test_the_schema_and_the_model_know_the_same_orders(product: Good, phrase: str) -> None:
    """What guided decoding lets a model write is what the strict path takes, for every good."""
    patterns = schema_without(product)["properties"]["orders"]["properties"]
    for good in GOODS:
        admitted = re.fullmatch(patterns[good.value]["pattern"].removesuffix("$"), phrase) is not None
        assert accepts(product, reply(orders={good.value: phrase})) is admitted
    words = phrase.split(" ")
    if len(words) == 4 and words[1].isdecimal() and words[3].isdecimal() and str(int(words[1])) == words[1]:
        within = 1 <= int(words[1]) <= MAX_QTY and 1 <= int(words[3]) <= MAX_PRICE
        sale = words[0] == "sell"
        expected = within and sale and words[2] == "at" and str(int(words[3])) == words[3]
        assert accepts(product, reply(orders={product.value: phrase})) is expected


@pytest.mark.parametrize(
    "changes",
    [
        {"orders": {"gold": "sell 1 at 4"}},
        {"orders": {"Acorns": "sell 1 at 4"}},
        {"orders": {"acorns": None}},
        {"orders": {"acorns": {"side": "sell", "price": 4, "qty": 1}}},
        {"orders": {"acorns": ["sell 1 at 4"]}},
        {"orders": None},
        {"orders": []},
        {"orders": [{"side": "sell", "good": "acorns", "price": 4, "qty": 1}]},
        {"thought": "a" * (THOUGHT + 1)},
        {"thought": "two\nlines"},
        {"thought": 'a "quote"'},
        {"thought": None},
        {"gossip": "a" * (GOSSIP + 1)},
        {"gossip": "@everyone"},
        {"gossip": "<@123>"},
        {"gossip": "https://x.example"},
        {"gossip": "back\\slash"},
        {"gossip": "nul\x00"},
        {"gossip": "trailing newline\n"},
        {"answers": [{"loan": 0, "accept": True}]},
        {"answers": [{"loan": 1, "accept": 1}]},
        {"answers": [{"loan": 1}]},
        {"answers": [{"loan": 1, "accept": True}] * (MAX_ANSWERS + 1)},
        {"mood": "calm"},
    ],
)
def test_refused(changes: dict[str, Any]) -> None:
    assert accepts(Good.HONEY, reply())
    assert not accepts(Good.HONEY, reply(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"orders": {"honey": "sell 20 at 99", "acorns": "buy 1 at 1", "firewood": "sell 10 at 50"}},
        {"orders": {good.value: "sell 1 at 4" for good in GOODS}},
        {"thought": "a" * THOUGHT, "gossip": "a" * GOSSIP},
        {"gossip": "They say (honestly): 100% dearer, isn't it? Yes; no - maybe!"},
        {"answers": [{"loan": 999_999, "accept": False}] * MAX_ANSWERS},
    ],
)
def test_admitted(changes: dict[str, Any]) -> None:
    assert accepts(Good.HONEY, reply(**changes))


def test_every_field_is_required() -> None:
    for answers in BOTH:
        model = model_without(Good.HONEY, answers=answers)
        full = reply() | ({"answers": []} if answers else {})
        assert fitting(json.dumps(full), model) is not None
        for name in full:
            assert fitting(json.dumps({key: value for key, value in full.items() if key != name}), model) is None


def test_what_the_schema_admits_is_never_longer_than_what_is_kept() -> None:
    assert THOUGHT <= MAX_THOUGHT
    assert GOSSIP <= MAX_GOSSIP


def test_text_of_any_kind_and_length_fits_as_it_stands_and_a_repeated_key_never_does() -> None:
    """However many quotation marks and escapes the words of a reply hold: only its keys are looked at."""
    wide = create_model("Wide", __base__=model_without(Good.HONEY), letter=(str, ...))
    said = reply(orders={"acorns": "sell 1 at 4"}, letter='He said "sell, {side: buy}" and \\ left.\n' * 20)
    for plain in (json.dumps(said), json.dumps(said, indent=2), json.dumps(said).encode()):
        form = fitting(plain, wide)
        assert form is not None
        assert form.model_dump() == said
    once = json.dumps(said)
    for twice in (
        once.replace('"gossip":', '"gossip": "", "gossip":'),
        once.replace('"acorns":', '"acorns": "sell 2 at 9", "acorns":'),
        once.replace('"letter":', '"letter": "", "letter":'),
    ):
        assert twice != once
        assert fitting(twice, wide) is None
