"""Reading a chat completion: where in it the answer stands, why it ended, and what it cost."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from inference.codes import Repair
from inference.text import tidy

MOST: Final = 20_000
"""Characters of a reply that are kept; the fullest one that fits the schema has a few hundred."""
MOST_TOKENS: Final = 1_000_000
"""Tokens of one request; a server that counts more is not believed."""
_MOST_PARTS: Final = 64
_THOUGHTS: Final = ("reasoning_content", "reasoning", "thinking")
"""Fields of a message that hold what a model thought, and sometimes its answer."""
_WHOLE: Final = ("{", "```", '"{', "[{")
"""How a text begins that is an answer from its first character on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model answered.

    Attributes:
        text: "" where it said nothing.
        finish: why it ended, in the server's word; "" where it does not say.
        repair: where the answer stood, if not in the message's content as a text.
        refusal: words in which the model, or its server, would not answer.
        tokens_in: tokens of the prompt; 0 where they are not counted, as the others.
        tokens_out: tokens of the answer.
        tokens_cached: tokens of the prompt that came from the server's cache.
    """

    text: str
    finish: str = ""
    repair: Repair | None = None
    refusal: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0


def answer(body: object) -> Answer | None:
    """Read a chat completion's JSON; None where it is none."""
    choices = body.get("choices") if isinstance(body, Mapping) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, Mapping) else None
    if not (isinstance(body, Mapping) and isinstance(choice, Mapping) and isinstance(message, Mapping)):
        return None
    content = message.get("content")
    if not isinstance(content, str | list | None):
        return None
    finish = choice.get("finish_reason")
    finish = finish if isinstance(finish, str) else ""
    text, repair = (content, None) if isinstance(content, str) else (_joined(content), Repair.PARTS)
    if not text.strip():
        text, repair = _elsewhere(message, cut=finish == "length") or ("", None)
    refusal = message.get("refusal")
    usage = body.get("usage")
    usage = usage if isinstance(usage, Mapping) else {}
    details = usage.get("prompt_tokens_details")
    return Answer(
        text[:MOST],
        finish,
        repair,
        tidy(refusal, 120) if isinstance(refusal, str) and not text.strip() else "",
        tokens_in=_number(usage.get("prompt_tokens")),
        tokens_out=_number(usage.get("completion_tokens")),
        tokens_cached=_number(details.get("cached_tokens") if isinstance(details, Mapping) else 0),
    )


def _joined(parts: object) -> str:
    """The texts of a content's parts; those that are thoughts, pictures or anything else are passed over."""
    if isinstance(parts, str):
        return parts[:MOST]
    told = []
    for part in parts[:_MOST_PARTS] if isinstance(parts, list) else ():
        if isinstance(part, str):
            told.append(part)
        elif isinstance(part, Mapping) and part.get("type", "text") in ("text", "output_text"):
            text = part.get("text")
            told.append(text if isinstance(text, str) else "")
    return "".join(told)


def _elsewhere(message: Mapping[str, Any], *, cut: bool) -> tuple[str, Repair] | None:
    """An answer outside a message's content: the arguments of a lone call, or what stands among the thoughts.

    Thoughts that were cut off count only if they are an answer from the first character on: a draft is none.
    """
    calls = message.get("tool_calls")
    call = calls[0] if isinstance(calls, list) and len(calls) == 1 else {"function": message.get("function_call")}
    function = call.get("function") if isinstance(call, Mapping) else None
    arguments = function.get("arguments") if isinstance(function, Mapping) else None
    if isinstance(arguments, Mapping):
        arguments = json.dumps(arguments)
    if isinstance(arguments, str) and arguments.strip():
        return arguments, Repair.TOOL_CALL
    for name in _THOUGHTS:
        thoughts = _joined(message.get(name))
        if thoughts.lstrip().startswith(_WHOLE) or (not cut and "{" in thoughts):
            return thoughts, Repair.REASONING
    return None


def _number(value: object) -> int:
    return value if isinstance(value, int) and 0 < value <= MOST_TOKENS else 0
