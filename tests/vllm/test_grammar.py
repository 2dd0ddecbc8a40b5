"""The grammars for llama.cpp's server, read by another program that takes its notation: XGrammar, which vLLM brings."""

import json
from typing import Any

import pytest
import xgrammar

from inference.gbnf import gbnf
from inference.instinct import answer
from inference.schema import schema_of
from tests.inference.views import MAKES, make_view
from wood.names import CREATURES, GOODS, Creature


@pytest.fixture(scope="module")
def compiler() -> xgrammar.GrammarCompiler:
    """For a vocabulary of single characters."""
    return xgrammar.GrammarCompiler(xgrammar.TokenizerInfo([*map(chr, range(128)), "<end>"], stop_token_ids=[128]))


@pytest.mark.parametrize("offers", [True, False])
@pytest.mark.parametrize("creature", CREATURES)
def test_it_reads_them_and_admits_replies(creature: Creature, offers: bool, compiler: xgrammar.GrammarCompiler) -> None:
    needs: dict[str, Any] = {"lacks": {good: 1 for good in GOODS if good is not MAKES[creature]}, "lacks_next": {}}
    view = make_view(creature, **needs) if offers else make_view(creature, offers=(), **needs)
    schema = schema_of(view)
    compiled = compiler.compile_grammar(gbnf(schema))

    def admits(text: str) -> bool:
        matcher = xgrammar.GrammarMatcher(compiled, terminate_without_stop_token=True)
        return bool(matcher.accept_string(text) and matcher.is_terminated())

    assert json.loads(answer(view, 0))["orders"]
    for seed in range(5):
        value = json.loads(answer(view, seed))
        said = value["orders"]  # any good may be missing, but those that are there come in order
        value["orders"] = {good: said[good] for good in schema["properties"]["orders"]["properties"] if good in said}
        assert admits(json.dumps(value, separators=(",", ":")))
        assert not admits(json.dumps(value, indent=1))
        assert not admits(json.dumps(value | {"thought": 'a"b'}, separators=(",", ":")))
