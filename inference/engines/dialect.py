"""How one server wants to be asked: what it takes of OpenAI's protocol, and what it rejects."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from inference.engines.options import ServerOptions
from inference.gbnf import gbnf
from inference.gbnf_text import UnsupportedSchemaError
from inference.protocol import Request

_log = logging.getLogger(__name__)

FORMATS: Final = ("grammar", "json_schema", "json_object", "plain")
"""Ways to ask for JSON, the strictest first. With the last one the reply is only read tolerantly.

The first one is llama.cpp's own: what its server makes of a schema admits blanks without end.
"""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What is sent to a server.

    Attributes:
        reply_format: one of :data:`FORMATS`.
        fixed: whether that was set by hand, so that it stays.
        tokens: what the limit of a reply's tokens is called.
        temperature: whether the server takes one.
        seed: whether the server takes one.
    """

    reply_format: str = "json_schema"
    fixed: bool = False
    tokens: str = "max_tokens"
    temperature: bool = True
    seed: bool = True

    def arguments(self, request: Request, options: ServerOptions) -> dict[str, Any]:
        """One request, as the client takes it."""
        told: dict[str, Any] = {
            "model": options.model,
            "messages": list(request.messages),
            self.tokens: options.max_tokens,
        }
        if self.temperature and options.temperature is not None:
            told["temperature"] = options.temperature
        if self.seed and options.seeded:
            told["seed"] = request.seed & 0x7FFF_FFFF  # some servers keep it in 32 bits
        extra = dict(options.extra)
        if self.reply_format in ("grammar", "json_schema"):
            schema, grammar = _forms(json.dumps(request.schema))
            if self.reply_format == "grammar" and grammar:
                extra = {"grammar": grammar, **extra}  # and no response_format beside it, which would go before it
            else:
                form = {"name": "reply", "strict": True, "schema": schema}
                told["response_format"] = {"type": "json_schema", "json_schema": form}
        elif self.reply_format == "json_object":
            told["response_format"] = {"type": "json_object"}
        if extra:
            told["extra_body"] = extra
        return told

    def without(self, feature: str) -> "Dialect | None":
        """The dialect that does without something that a server rejected; None where there is none.

        Args:
            feature: the name of one of the fields above.
        """
        if feature == "tokens" and self.tokens == "max_tokens":
            return replace(self, tokens="max_completion_tokens")
        if feature == "temperature" and self.temperature:
            return replace(self, temperature=False)
        if feature == "seed" and self.seed:
            return replace(self, seed=False)
        at = FORMATS.index(self.reply_format) + 1
        if feature != "reply_format" or self.fixed or at == len(FORMATS):
            return None
        return replace(self, reply_format=FORMATS[at])

    def stricter(self, other: "Dialect") -> bool:
        """Whether replies are bound more strictly than with another one."""
        return FORMATS.index(self.reply_format) < FORMATS.index(other.reply_format)


def first_dialect(options: ServerOptions) -> Dialect:
    """What a server is asked with at first."""
    if options.reply_format == "auto":
        return Dialect()
    return Dialect(options.reply_format, fixed=True)


@lru_cache(maxsize=64)
def _forms(schema: str) -> tuple[Mapping[str, Any], str]:
    """A schema as JSON, in the two forms in which servers take it: a schema without ``maxLength``, and a grammar.

    Hosted servers reject ``maxLength``; the patterns bound the texts anyway. The grammar is "" where none can be made.
    """
    read = json.loads(schema)
    try:
        grammar = gbnf(read)
    except UnsupportedSchemaError as error:
        _log.warning("no grammar can be made of the reply's schema, which is sent instead: %s", error)
        grammar = ""
    return _without_lengths(read), grammar


def _without_lengths(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(node, Mapping):
        return {key: _without_lengths(value) for key, value in node.items() if key != "maxLength"}
    return [_without_lengths(child) for child in node] if isinstance(node, list) else node
