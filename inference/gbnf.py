"""From a JSON schema to a grammar in GBNF: the same replies on one line without a blank.

llama.cpp's server makes a grammar of a schema by itself, but one that admits blanks and line breaks wherever JSON does,
and small models fill their reply with them. Its chats take a ``grammar`` instead of a ``response_format``
(tools/server and grammars/README.md in github.com/ggml-org/llama.cpp).

What is known of JSON schema is what pydantic writes for closed models: objects whose keys come in order, any of which
may be left out where they are not required, arrays, enumerations, whole numbers, strings with an anchored pattern,
alternatives and references. Anything else raises, because a grammar that admits more than the schema is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from inference.gbnf_text import ANY_CHARACTER, UnsupportedSchemaError, any_of, integers, json_literal, literal, pattern

_NOTES: Final = frozenset({"title", "description", "default", "examples", "$defs", "$schema", "discriminator"})
"""Keywords that say nothing about what is admitted."""
_KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "object": frozenset({"properties", "required", "additionalProperties"}),
    "array": frozenset({"items", "minItems", "maxItems"}),
    "string": frozenset({"pattern", "minLength", "maxLength"}),
    "integer": frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}),
    "boolean": frozenset(),
    "null": frozenset(),
}
_ESCAPED: Final = r'"\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})'
_QUOTE: Final = literal('"')
_REFERENCE: Final = "#/$defs/"


def gbnf(schema: Mapping[str, Any]) -> str:
    """The grammar of a schema, a rule a line, of which ``root`` is the first.

    The length of a string that has a pattern is left to the pattern.

    Raises:
        UnsupportedSchemaError: the schema holds something of which no grammar is made here.
    """
    writer = _Writer(schema.get("$defs", {}))
    root = writer.value(schema)
    return "".join(f"{name} ::= {rule}\n" for name, rule in [("root", root), *writer.rules.items()])


@dataclass(slots=True)
class _Writer:
    """Writes expressions, and the rules that they refer to.

    Attributes:
        definitions: the schema's ``$defs``.
        rules: bodies of the rules by name.
        names: rules of the definitions.
    """

    definitions: Mapping[str, Any]
    rules: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def rule(self, body: str) -> str:
        """Give an expression a name."""
        name = f"r{len(self.rules)}"
        self.rules[name] = body
        return name

    def value(self, schema: Any) -> str:  # noqa: ANN401 - any JSON value
        """What one schema admits, as it may stand in a sequence."""
        if not isinstance(schema, Mapping):
            message = f"a schema that is {schema!r} admits anything or nothing"
            raise UnsupportedSchemaError(message)
        told = schema.keys() - _NOTES
        if told == {"$ref"}:
            return self.reference(schema["$ref"])
        for key in ("anyOf", "oneOf", "allOf"):
            if told == {key} and (key != "allOf" or len(schema[key]) == 1):
                return any_of([self.value(each) for each in schema[key]])
        for key in ("const", "enum"):
            if key in told:
                if told - {key, "type"}:
                    break
                return any_of([json_literal(each) for each in ([schema[key]] if key == "const" else schema[key])])
        kinds = schema.get("type")
        if isinstance(kinds, str) and not told - {"type"} - _KNOWN.get(kinds, frozenset()) and kinds in _KNOWN:
            return str(getattr(self, f"{kinds}_")(schema))
        message = f"no grammar can be made of a schema with {', '.join(sorted(told)) or 'nothing'}, type {kinds!r}"
        raise UnsupportedSchemaError(message)

    def reference(self, target: str) -> str:
        name = target.removeprefix(_REFERENCE)
        if name not in self.definitions or not target.startswith(_REFERENCE):
            message = f"the schema refers to {target!r}, which it does not define"
            raise UnsupportedSchemaError(message)
        if name not in self.names:
            self.names[name] = self.rule("")  # named before it is written, since it may refer to itself
            self.rules[self.names[name]] = self.value(self.definitions[name])
        return self.names[name]

    def object_(self, schema: Mapping[str, Any]) -> str:
        """Keys in their order; those that are not required may be missing."""
        if schema.get("additionalProperties") is not False:
            raise UnsupportedSchemaError("an object that is not closed (additionalProperties: false)")
        needed = frozenset(schema.get("required", ()))
        pairs = [
            (f'{json_literal(key)[:-1]}:" {self.value(each)}', key in needed)
            for key, each in schema.get("properties", {}).items()
        ]
        if needed - schema.get("properties", {}).keys():
            raise UnsupportedSchemaError("an object that requires a key without a schema")
        return f'"{{" {self.pairs(pairs)} "}}"' if pairs else '"{}"'

    def pairs(self, pairs: Sequence[tuple[str, bool]]) -> str:
        """All that may stand between the braces: the commas depend on which key is the first."""
        firsts = next((at for at, (_, needed) in enumerate(pairs) if needed), len(pairs) - 1) + 1
        rests = [""]  # what may follow a key, from the last key to the first
        named = [self.rule(pair) if firsts > 1 else pair for pair, _ in pairs]
        for pair, (_, needed) in reversed(list(zip(named[1:], pairs[1:], strict=True))):
            further = f'"," {pair}' if needed else f'("," {pair})?'
            rest = f"{further} {rests[-1]}".rstrip()
            rests.append(self.rule(rest) if firsts > 1 else rest)
        rests.reverse()
        ways = any_of([f"{named[at]} {rests[at]}".rstrip() for at in range(firsts)])
        return ways if any(needed for _, needed in pairs) else f"({ways})?"

    def array_(self, schema: Mapping[str, Any]) -> str:
        least, most = schema.get("minItems", 0), schema.get("maxItems")
        if most == 0:
            return '"[]"'
        item = self.rule(self.value(schema.get("items")))
        more = "" if most == 1 else f' ("," {item}){_times(max(0, least - 1), None if most is None else most - 1)}'
        return f'"[" {item}{more} "]"' if least else f'"[" ({item}{more})? "]"'

    def string_(self, schema: Mapping[str, Any]) -> str:
        if "pattern" in schema:
            return f"{_QUOTE} {pattern(schema['pattern'])} {_QUOTE}"
        times = _times(schema.get("minLength", 0), schema.get("maxLength"))
        return f"{_QUOTE} ({ANY_CHARACTER} | {_ESCAPED}){times} {_QUOTE}"

    def integer_(self, schema: Mapping[str, Any]) -> str:
        above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
        least = [bound for bound in (schema.get("minimum"), None if above is None else above + 1) if bound is not None]
        most = [bound for bound in (schema.get("maximum"), None if below is None else below - 1) if bound is not None]
        return integers(max(least, default=None), min(most, default=None))

    def boolean_(self, schema: Mapping[str, Any]) -> str:
        return '("true" | "false")'

    def null_(self, schema: Mapping[str, Any]) -> str:
        return '"null"'


def _times(least: int, most: int | None) -> str:
    return f"{{{least},{'' if most is None else most}}}"
