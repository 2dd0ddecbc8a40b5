"""The reply schemas as the grammars that vLLM's back ends make of them: what they let a model write, byte by byte."""

import json
from collections.abc import Callable

import llguidance
import pytest
import xgrammar

from inference import contrarian, instinct, random_
from inference.prompt import render
from inference.schema import schema_of, schema_without
from tests.inference.views import make_view
from tests.vllm.engine import RULES
from wood.founding import found_world
from wood.moves import Join, OfferLoan
from wood.names import CREATURES, GOODS, Good
from wood.observe import observe
from wood.turn import open_turn, step

Accepts = Callable[[str, str], bool]
"""Whether the grammar of a schema (JSON text) lets a text be written to its end."""


def by_guidance(schema: str, text: str) -> bool:
    """As the back end ``guidance`` has it, without blanks between tokens."""
    grammar = llguidance.LLMatcher.grammar_from_json_schema(schema, defaults={"whitespace_flexible": False})
    matcher = llguidance.LLMatcher(llguidance.LLTokenizer("byte"), grammar)
    assert not matcher.is_error(), matcher.get_error()
    said = text.encode()
    return bool(matcher.try_consume_tokens(list(said)) == len(said) and matcher.is_accepting())


def by_xgrammar(schema: str, text: str) -> bool:
    """As the back end ``xgrammar`` has it, but for the one blank that it has behind commas and colons."""
    grammar = xgrammar.Grammar.from_json_schema(schema, any_whitespace=False, separators=(",", ":"))
    return bool(xgrammar.testing._is_grammar_accept_string(grammar, text))


BACK_ENDS = pytest.mark.parametrize("accepts", [by_guidance, by_xgrammar])


@BACK_ENDS
@pytest.mark.parametrize("answers", [False, True])
@pytest.mark.parametrize("product", GOODS)
def test_all_ten_compile_and_keep_a_creature_from_its_own_product(
    accepts: Accepts, product: Good, answers: bool
) -> None:
    schema = json.dumps(schema_without(product, answers=answers))
    end = ',"answers":[]}' if answers else "}"
    other = next(good for good in GOODS if good is not product)

    def reply(orders: str, rest: str = end) -> str:
        return f'{{"orders":{{{orders}}},"thought":"Cold.","gossip":""{rest}'

    assert accepts(schema, reply(""))
    assert accepts(schema, reply(f'"{product}":"sell 20 at 99"'))
    assert accepts(schema, reply(f'"{product}":"sell 1 at 1","{other}":"buy 19 at 10"'))
    assert not accepts(schema, reply(f'"{product}":"buy 1 at 1"'))
    for wrong in ("buy 0 at 1", "buy 21 at 1", "buy 1 at 0", "buy 1 at 100", "hold", "buy 1 at 1\\n"):
        assert not accepts(schema, reply(f'"{other}":"{wrong}"'))
    assert not accepts(schema, reply(f'"{other}":"buy 1 at 1","{other}":"buy 1 at 2"'))
    assert not accepts(schema, reply('"gold":"buy 1 at 1"'))
    assert not accepts(schema, reply("", "}" if answers else ',"answers":[]}'))
    assert not accepts(schema, reply("").replace("Cold.", "C" * 81))
    assert not accepts(schema, reply("").replace("Cold.", "Cold\x01"))


@BACK_ENDS
def test_what_rules_write_and_examples_show_can_be_written(accepts: Accepts) -> None:
    """With and without something offered, the goods in the order in which a grammar has them."""
    world = step(RULES, found_world(RULES, 3), {}, [Join("p1")])[0]
    offered = open_turn(RULES, world, [OfferLoan("p1", who, 5, 1, 3) for who in CREATURES]).world
    for views in (observe(RULES, offered), observe(RULES, open_turn(RULES, world).world)):
        for view in views.values():
            schema = schema_of(view)
            order = list(schema["properties"]["orders"]["properties"])
            said = [mind.answer(view, 1) for mind in (instinct, contrarian, random_)]
            if not view.offers:
                said.append(render(view, RULES)[0]["content"].splitlines()[-1])
            for text in said:
                reply = json.loads(text)
                reply["orders"] = {good: reply["orders"][good] for good in order if good in reply["orders"]}
                sorted_by_good = json.dumps(reply, ensure_ascii=False, separators=(",", ":"))
                assert accepts(json.dumps(schema), sorted_by_good), text


@BACK_ENDS
def test_letters_are_those_of_the_tongue(accepts: Accepts) -> None:
    view = make_view(offers=())
    kana = json.dumps(schema_without(view.makes, "ぁ-んァ-ヶー、。"))
    assert accepts(kana, '{"orders":{},"thought":"さむい。","gossip":"きのこ"}')
    assert not accepts(kana, '{"orders":{},"thought":"Cold.","gossip":""}')
