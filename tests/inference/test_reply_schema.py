"""The five reply schemas: what they admit, and that they are the judgement that the parser's strict path trusts."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError, create_model

from inference.parse import fitting
from inference.schema import GOSSIP, MAX_ANSWERS, THOUGHT, model_without, schema_without
from wood.names import GOODS, Good
from wood.orders import MAX_GOSSIP, MAX_ORDERS, MAX_PRICE, MAX_QTY, MAX_THOUGHT

# Keywords that grammar back ends are known to enforce, or that only structure a schema.
ENFORCED = {
    *("type", "properties", "required", "additionalProperties", "items", "anyOf", "$ref", "$defs", "const", "enum"),
    *("minimum", "maximum", "minItems", "maxItems", "pattern", "maxLength"),
}


def reply(**changes: Any) -> dict[str, Any]:
    return {"thought": "", "orders": [], "gossip": "", "answers": []} | changes


def order(**changes: Any) -> dict[str, Any]:
    return {"side": "sell", "good": "acorns", "price": 4, "qty": 1} | changes


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
    """Whether the model takes a reply."""
    try:
        model_without(product).model_validate_json(json.dumps(value))
    except ValidationError:
        return False
    return True


def test_five_schemas_made_once() -> None:
    assert len({json.dumps(schema_without(good)) for good in GOODS}) == len(GOODS)
    for good in GOODS:
        assert schema_without(good) is schema_without(good)
        assert model_without(good) is model_without(good)


@pytest.mark.parametrize("product", GOODS)
def test_only_what_back_ends_enforce(product: Good) -> None:
    assert set(keywords(schema_without(product))) <= ENFORCED
    for pattern in re.findall(r'"pattern": "(.*?)", "type"', json.dumps(schema_without(product))):
        assert pattern.startswith("^")
        assert pattern.endswith("$")


@pytest.mark.parametrize("product", GOODS)
def test_fields_are_generated_in_reading_order(product: Good) -> None:
    assert list(schema_without(product)["properties"]) == ["thought", "orders", "gossip", "answers"]
    for name in ("Buy", "Sell"):
        assert list(schema_without(product)["$defs"][name]["properties"]) == ["side", "good", "price", "qty"]


@pytest.mark.parametrize("product", GOODS)
@pytest.mark.parametrize("good", GOODS)
def test_its_own_product_is_not_among_what_it_can_buy(product: Good, good: Good) -> None:
    assert accepts(product, reply(orders=[order(side="buy", good=good.value)])) is (good is not product)
    assert accepts(product, reply(orders=[order(side="sell", good=good.value)]))


@pytest.mark.parametrize(
    "changes",
    [
        {"orders": [order(price=0)]},
        {"orders": [order(price=MAX_PRICE + 1)]},
        {"orders": [order(price=4.5)]},
        {"orders": [order(price="4")]},
        {"orders": [order(price=True)]},
        {"orders": [order(qty=0)]},
        {"orders": [order(qty=MAX_QTY + 1)]},
        {"orders": [order(qty=-1)]},
        {"orders": [order(good="gold")]},
        {"orders": [order(good="Acorns")]},
        {"orders": [order(side="SELL")]},
        {"orders": [order(note="x")]},
        {"orders": [{"side": "sell", "good": "acorns", "price": 4}]},
        {"orders": [order()] * (MAX_ORDERS + 1)},
        {"orders": None},
        {"orders": {}},
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
        {"orders": [order(price=1, qty=1), order(price=MAX_PRICE, qty=MAX_QTY)]},
        {"orders": [order()] * MAX_ORDERS},
        {"thought": "a" * THOUGHT, "gossip": "a" * GOSSIP},
        {"gossip": "They say (honestly): 100% dearer, isn't it? Yes; no - maybe!"},
        {"answers": [{"loan": 999_999, "accept": False}] * MAX_ANSWERS},
    ],
)
def test_admitted(changes: dict[str, Any]) -> None:
    assert accepts(Good.HONEY, reply(**changes))


def test_every_field_is_required() -> None:
    for name in reply():
        whole = reply()
        del whole[name]
        assert not accepts(Good.HONEY, whole)


def test_what_the_schema_admits_is_never_longer_than_what_is_kept() -> None:
    assert THOUGHT <= MAX_THOUGHT
    assert GOSSIP <= MAX_GOSSIP


def test_text_of_any_kind_and_length_fits_as_it_stands_and_a_repeated_key_never_does() -> None:
    """However many quotation marks and escapes the words of a reply hold: only its keys are looked at."""
    wide = create_model("Wide", __base__=model_without(Good.HONEY), letter=(str, ...))
    said = reply(orders=[order()], letter='He said "sell, {side: buy}" and \\ left.\n' * 20)
    for plain in (json.dumps(said), json.dumps(said, indent=2), json.dumps(said).encode()):
        form = fitting(plain, wide)
        assert form is not None
        assert form.model_dump() == said
    once = json.dumps(said)
    for twice in (
        once.replace('"gossip":', '"gossip": "", "gossip":'),
        once.replace('"price":', '"price": 9, "price":'),
        once.replace('"letter":', '"letter": "", "letter":'),
    ):
        assert twice != once
        assert fitting(twice, wide) is None
