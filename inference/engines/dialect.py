"""How one server wants to be asked: what it takes of OpenAI's protocol, found out by what it rejects."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from inference.engines.options import ServerOptions
from inference.protocol import Request

FORMATS: Final = ("json_schema", "json_object", "plain")
"""Ways to ask for JSON, the strictest first. With the last one the reply is only read tolerantly."""
_OF_THE_FORMAT: Final = ("format", "json", "schema", "grammar", "guided", "structured")
"""Words of servers that object to how JSON is asked for, and not to what is asked."""
_PLAIN: Final[dict[int, tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}


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

    reply_format: str = FORMATS[0]
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
        if self.reply_format == "json_schema":
            schema = {
                "name": "reply",
                "strict": True,
                "schema": _plain_schema(request.schema),
            }
            told["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self.reply_format == "json_object":
            told["response_format"] = {"type": "json_object"}
        if options.extra:
            told["extra_body"] = dict(options.extra)
        return told

    def without(self, complaint: str, *, guess: bool) -> "Dialect | None":
        """The dialect to try next when the server rejected this one with some words; None where there is none.

        Args:
            complaint: the words.
            guess: whether words that name nothing are taken to mean the format. They may as well mean one prompt.
        """
        said = complaint.lower()
        if "response_format" not in said:
            if self.tokens == "max_tokens" and "max_completion_tokens" in said:
                return replace(self, tokens="max_completion_tokens")
            if self.temperature and "temperature" in said:
                return replace(self, temperature=False)
            if self.seed and "seed" in said:
                return replace(self, seed=False)
        at = FORMATS.index(self.reply_format) + 1
        if self.fixed or at == len(FORMATS) or not (guess or any(word in said for word in _OF_THE_FORMAT)):
            return None
        return replace(self, reply_format=FORMATS[at])


def first_dialect(options: ServerOptions) -> Dialect:
    """What a server is asked with at first."""
    if options.reply_format == "auto":
        return Dialect()
    return Dialect(options.reply_format, fixed=True)


def _plain_schema(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema without ``maxLength``, which hosted servers reject; the patterns bound the texts anyway.

    It is made only once: there are few, always the same objects.
    """
    known = _PLAIN.get(id(schema))
    if known is None or known[0] is not schema:
        known = _PLAIN[id(schema)] = (schema, _without_lengths(schema))
    return known[1]


def _without_lengths(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(node, Mapping):
        return {key: _without_lengths(value) for key, value in node.items() if key != "maxLength"}
    return [_without_lengths(child) for child in node] if isinstance(node, list) else node
