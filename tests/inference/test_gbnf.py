"""The grammar of a schema: it admits what the schema admits, on one line without blanks, and nothing else."""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inference.gbnf import gbnf
from inference.gbnf_text import UnsupportedSchemaError, integers, literal, pattern
from inference.schema import schema_without
from tests.inference.gbnf_matcher import matcher
from wood.names import GOODS, Good

LETTERS = "A-Za-z ,.'-"


KEYS = (
    *("side", "good", "price", "qty", "honey", "berries", "acorns", "thought", "orders", "gossip", "answers", "note"),
    *("loan", "accept", "first", "second", "third", "fourth"),
)
"""In the order in which the schemas have them."""


def ordered(value: Any) -> Any:
    if isinstance(value, list):
        return [ordered(each) for each in value]
    return {key: ordered(value[key]) for key in KEYS if key in value} if isinstance(value, dict) else value


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def admits(schema: dict[str, Any], value: Any) -> bool:
    return matcher(gbnf(schema)).fullmatch(compact(value)) is not None


class Closed(BaseModel):
    """Takes no other keys."""

    model_config = ConfigDict(extra="forbid")


class Order(Closed):
    side: Literal["buy", "sell"]
    price: Annotated[int, Field(ge=1, le=99)]


class Orders(Closed):
    """Keyed by good: any of them may be missing."""

    honey: Order | None = None
    berries: Order = Order(side="buy", price=1)
    acorns: Annotated[int, Field(gt=-8, lt=130)] = 0


class Reply(Closed):
    thought: Annotated[str, Field(pattern=f"^[{LETTERS}]{{0,12}}$")]
    orders: Orders
    answers: Annotated[list[bool], Field(min_length=1, max_length=3)]
    note: Annotated[str, Field(max_length=4)] = ""


class Rest(Closed):
    """The first key that must be there comes after some that may."""

    first: bool = False
    second: int = 0
    third: Literal["x", 7, None]
    fourth: Order | bool = False


MODELS: list[type[BaseModel]] = [Order, Orders, Reply, Rest]
ORDER = st.fixed_dictionaries({"side": st.sampled_from(["buy", "sell", "lend"]), "price": st.integers(-1, 120)})
VALUES = st.one_of(
    ORDER,
    st.fixed_dictionaries(
        {}, optional={"honey": ORDER | st.none(), "berries": ORDER, "acorns": st.integers(-12, 140) | st.just(0.5)}
    ),
    st.fixed_dictionaries(
        {"thought": st.text(max_size=14), "orders": st.just({}), "answers": st.lists(st.booleans(), max_size=4)},
        optional={"note": st.text(max_size=6)},
    ),
    st.fixed_dictionaries(
        {"third": st.sampled_from(["x", "y", 7, 8, None, True])},
        optional={"fourth": ORDER | st.booleans() | st.none()},
    ).map(lambda rest: {"first": True, **rest}),
)
MATCHERS = [(model, matcher(gbnf(model.model_json_schema()))) for model in MODELS]


def fits(model: type[BaseModel], text: str) -> bool:
    try:
        model.model_validate_json(text, strict=True)
    except ValidationError:
        return False
    return True


def plain(value: Any) -> bool:
    """Whether no text in a value has letters that JSON may write in two ways, or whose class the schemas leave open."""
    return not {"\\", "\x7f"} & {*json.dumps(value)}


@given(VALUES)
def test_it_admits_what_the_schema_admits(value: Any) -> None:
    text = compact(ordered(value))
    for model, admitted in MATCHERS:
        if plain(value):
            assert fits(model, text) == (admitted.fullmatch(text) is not None)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5), VALUES)
def test_what_is_admitted_is_json_that_fits(odd: Any, value: Any) -> None:
    for text in (compact(odd), compact(value), compact(ordered(value)), json.dumps(value, indent=1)):
        for model, admitted in MATCHERS:
            assert fits(model, text) or not admitted.fullmatch(text)


def reply(schema: Mapping[str, Any], **fields: Any) -> str:
    """A reply with its fields in the order of a creature's schema."""
    told = {"thought": "Cold.", "orders": {}, "gossip": "", "answers": []} | fields
    return compact({name: told[name] for name in schema["properties"]})


def test_no_blank_is_admitted_between_the_parts_of_a_reply() -> None:
    schema = schema_without(Good.HONEY)
    admitted = matcher(gbnf(schema))
    text = reply(schema, orders={"honey": "sell 2 at 8", "firewood": "buy 20 at 99"})
    assert admitted.fullmatch(text)
    strings = [range(found.start() + 1, found.end()) for found in re.finditer('"[^"]*"', text)]
    outside = [at for at in range(len(text) + 1) if not any(at in string for string in strings)]
    assert len(outside) > 20
    for at in outside:
        assert not any(admitted.fullmatch(f"{text[:at]}{blank}{text[at:]}") for blank in " \n\t")
    assert not admitted.fullmatch(json.dumps(json.loads(text)))


@pytest.mark.parametrize("answers", [False, True])
@pytest.mark.parametrize("product", GOODS)
def test_the_replies_of_every_creature(product: Good, answers: bool) -> None:
    schema = schema_without(product, answers=answers)
    admitted = matcher(gbnf(schema))
    told = [[], [{"loan": 7, "accept": True}, {"loan": 999_999, "accept": False}]]
    for good in GOODS:
        for phrase, fitting in {
            "sell 20 at 99": True,
            "buy 20 at 99": good is not product,
            "lend 20 at 99": False,
            "sell 20 at 100": False,
            "sell 0 at 1": False,
        }.items():
            texts = [reply(schema, orders={good.value: phrase}, answers=each) for each in told]
            assert all((admitted.fullmatch(text) is not None) is fitting for text in texts)
    assert admitted.fullmatch(reply(schema))
    assert not admitted.fullmatch(reply(schema_without(product, answers=not answers)))


@pytest.mark.parametrize(
    ("least", "most"),
    [(0, 0), (0, 9), (1, 20), (1, 99), (7, 7), (10, 10), (98, 103), (190, 1234), (-5, 5), (-120, -8), (-9, 0)],
)
def test_all_whole_numbers_between_two_bounds(least: int, most: int) -> None:
    admitted = matcher(f"root ::= {integers(least, most)}\n")
    numbers = range(min(least, 0) - 50, max(most, 0) + 50)
    assert [number for number in numbers if admitted.fullmatch(str(number))] == list(range(least, most + 1))
    assert not any(admitted.fullmatch(text) for text in ("", "-0", "007", "01", "1.0", "1e1", "+1", " 1", "--1", "-"))


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**9), st.data())
def test_bounds_of_any_size(least: int, room: int, data: st.DataObject) -> None:
    most = least + room
    admitted = matcher(f"root ::= {integers(least, most)}\n")
    number = data.draw(st.integers(least - room - 10, most + room + 10) | st.sampled_from([least, most]))
    assert (admitted.fullmatch(str(number)) is not None) == (least <= number <= most)


def test_a_whole_number_without_bounds_has_fifteen_digits() -> None:
    admitted = matcher(f"root ::= {integers(None, None)}\n")
    assert all(admitted.fullmatch(str(number)) for number in (0, 10**15 - 1, 1 - 10**15))
    assert not admitted.fullmatch(str(10**15))
    assert not matcher(f"root ::= {integers(0, None)}\n").fullmatch("-1")


@pytest.mark.parametrize(
    ("regex", "fits", "not_"),
    [
        (r"^[A-Za-z0-9 ,.;:!?'()%+-]{0,5}$", ["", "a-b", "(+%)"], ["abcdef", "]", "^", "_", '"']),
        (r"^a{2}b+c*d?$", ["aab", "aabbccd"], ["ab", "aad"]),
        (r"^(?:ja|nein)( doch)?$", ["ja", "nein doch"], ["", "doch", "janein"]),
        (r"^[^,]{1,2}$", ["a", "]-", "é"], ["", ",", '"', "\\", "\n", "\x7f"]),
        (r"^\d{1,3}\.\d$", ["12.5"], ["12,5", ".5"]),
        (r"^[\d\-\]\^]+$", ["4-]^"], ["\\", "a"]),
        (r"^.$", ["x", "ß"], ['"', "", "xx"]),
        (r"^[ÄÖÜäöüß-]+$", ["äß-"], ["a", "÷"]),
        (r"^$", [""], ["a"]),
    ],
)
def test_patterns(regex: str, fits: list[str], not_: list[str]) -> None:
    admitted = matcher(f"root ::= {pattern(regex)}\n")
    assert [text for text in fits + not_ if admitted.fullmatch(text)] == fits


@pytest.mark.parametrize(
    "regex",
    [
        *("a", "^a", "a$", r"^[\"]$", r"^[\\]$", '^"$', r"^\s$", "^[\x00-z]$", "^(a$", "^a)$", "^a{,3}$", "^a{x}$"),
        *("^a+?$", "^a++$", "^(?=a)$", "^[b-a]$", "^[a$", r"^\1$", r"^a\b$", "^a{2$", "^*$", "^[]$"),
    ],
)
def test_patterns_of_which_no_grammar_is_made(regex: str) -> None:
    with pytest.raises(UnsupportedSchemaError, match="pattern"):
        pattern(regex)


@pytest.mark.parametrize(
    "schema",
    [
        *({}, True, {"type": "number"}, {"type": ["string", "null"]}, {"type": "string", "format": "date"}),
        {"type": "object", "properties": {"a": {"const": 1}}},
        {"type": "object", "additionalProperties": {"const": 1}},
        {"type": "object", "additionalProperties": False, "properties": {}, "required": ["a"]},
        {"type": "object", "additionalProperties": False, "properties": {}, "maxProperties": 2},
        {"type": "array", "items": {"const": 1}, "uniqueItems": True},
        *({"type": "array"}, {"$ref": "#/$defs/None"}, {"$ref": "http://x.example/y"}),
        {"allOf": [{"const": 1}, {"const": 2}]},
        {"type": "integer", "minimum": 3, "maximum": 2},
        {"enum": ["a"], "not": {"const": "a"}},
    ],
)
def test_schemas_of_which_no_grammar_is_made(schema: Any) -> None:
    with pytest.raises(UnsupportedSchemaError):
        gbnf({"type": "array", "items": schema})


def test_keys_that_may_be_missing() -> None:
    schema = Orders.model_json_schema()
    honey, berries = {"side": "buy", "price": 9}, {"side": "sell", "price": 10}
    for kept in range(8):
        value = {"honey": honey, "berries": berries, "acorns": -7}
        assert admits(schema, {key: each for at, (key, each) in enumerate(value.items()) if kept >> at & 1})
    assert not admits(schema, {"berries": berries, "honey": honey}), "keys come in order"
    assert not matcher(gbnf(schema)).fullmatch('{"acorns":1,}')
    assert not matcher(gbnf(schema)).fullmatch('{,"acorns":1}')


def test_a_schema_that_refers_to_itself_is_a_grammar_that_does() -> None:
    tree = {
        "$ref": "#/$defs/Tree",
        "$defs": {
            "Tree": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"leaf": {"const": 1}, "more": {"type": "array", "items": {"$ref": "#/$defs/Tree"}}},
            }
        },
    }
    rules = dict(line.split(" ::= ") for line in gbnf(tree).splitlines())
    assert rules["root"] == "r0"
    assert any("r0" in re.findall(r"[\w-]+", body) for name, body in rules.items() if name != "root")


def test_letters_that_mean_something_are_escaped() -> None:
    odd = 'a"b\\c\nd\re'
    assert matcher(f"root ::= {literal(odd)}\n").fullmatch(odd)
    assert admits({"enum": ['"\\', "ä\n", 3, None, {"a": [1]}]}, '"\\')
    assert admits({"enum": ['"\\', "ä\n", 3, None, {"a": [1]}]}, {"a": [1]})
