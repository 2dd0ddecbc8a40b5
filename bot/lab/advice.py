"""What to change about a mind that does not work, or not well, in plain words."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from bot.lab.calls import Calls
from bot.lab.check import Checked
from inference.codes import Drop, Repair, Silenced
from inference.protocol import Failure
from inference.tokens import REPLY, TOKENS

CLOSE: Final = 0.5
"""Share of the deadline from which a turn is called slow."""
MANY: Final = 0.4
"""Share of orders that could never trade from which they are spoken of."""
SERVERLESS: Final = (
    "A server that has to be started first, such as a serverless GPU, may take minutes: try again with --wait 600."
)

Variable = Callable[[str], str]
"""Names the setting of one of a mind's options, such as ``url`` or ``model``."""


class Sign(NamedTuple):
    """Words in which engines and the parser tell of trouble, and what to do; ``{url}`` and the like are settings."""

    words: str
    remedy: str


_ADDRESS: Final = "Start the server, and compare its address with {url}; mostly it ends in /v1."
_THINKING: Final = "A model that thinks aloud must be told not to (docs/minds.md); else raise {max_tokens}."
_LIMITS: Final = "The server limits how much it is asked. Lower {concurrency}, or have fewer woods."
_SIGNS: Final = (
    Sign("refuses the key", "Set {key} to the key that the server asks for."),
    Sign(
        "does not know the model",
        "Set {model} to a name that the server lists, and see that {url} ends as its manual says, mostly in /v1.",
    ),
    Sign("cannot be reached", _ADDRESS),
    Sign("not ready", _ADDRESS),
    Sign(
        "redirects",
        "The server has moved. Set {url} to the address that it names above; no question and no key is sent after it.",
    ),
    Sign("asks to wait", _LIMITS),
    Sign("HTTP 429", _LIMITS),
    Sign(
        "HTTP 400",
        "The server rejects the questions. Its words say why; mostly its context is smaller than "
        f"{TOKENS} tokens, or {{model}} is no model to chat with.",
    ),
    Sign("HTTP 5", "The server fails at it; its own log says why."),
    Sign(
        "dead:",
        "The engine died while it answered; the lines above say why. If the memory does not suffice, lower "
        "{gpu_memory_utilization}.",
    ),
    Sign("length:", "Replies were cut off before they said anything. " + _THINKING),
    Sign("no-final", "The replies hold thoughts and no answer. " + _THINKING),
    Sign(
        "no-json",
        "The replies hold no JSON. Take a server that enforces a schema (response_format json_schema), or a model that "
        "follows instructions better.",
    ),
    Sign(
        "no-reply",
        "The replies hold JSON, but not what was asked for. Take a server that enforces a schema (response_format "
        "json_schema), or a larger model.",
    ),
    Sign("empty", "The replies are empty. " + _THINKING),
    Sign(
        "loaded",
        "The lines above say why. If the memory does not suffice, end what else uses the GPU, lower "
        "{gpu_memory_utilization}, or take a smaller model as {model}. Without a GPU, take a server (docs/minds.md).",
    ),
)
_PLACES: Final = {
    Repair.REASONING: "Replies stood among the thoughts, which the server keeps apart from answers. It works; without "
    "its reasoning parser, or with thinking switched off (docs/minds.md), they stand where they belong.",
    Repair.TOOL_CALL: "Replies came as the call of a tool, though none was offered. It works; a server that takes "
    "response_format json_schema, without a parser of tool calls, would do better.",
    Repair.PARTS: "Replies came in parts and were put together. It works, and nothing needs to be changed.",
}
"""What to do about replies that stood elsewhere than in the message's text."""
_OPTIONS: Final = ("url", "key", "model", "concurrency", "max_tokens", "temperature", "gpu_memory_utilization")
_COPIED: Final = frozenset({Silenced.EXAMPLE, Silenced.PROMPT})


def advice(found: Checked, variable: Variable) -> list[str]:
    """Say what to change, the most important first; empty when there is nothing."""
    said = [found.problem, *found.whys]
    settings = {option: variable(option) for option in _OPTIONS}
    told = [sign.remedy.format(**settings) for sign in _SIGNS if any(sign.words in each for each in said)]
    if any(sign in found.problem for sign in ("reached", "not ready")):
        told.append(SERVERLESS)
    told += _speed(found)
    told += _replies(found, settings)
    if not found.works and not told:
        told.append("The lines above say more, and so may the server's own log.")
    return list(dict.fromkeys(told))


def _speed(found: Checked) -> Iterator[str]:
    turn = found.first if found.turn is None else found.turn
    if turn is None:
        return
    if turn > found.deadline or found.calls.unread[Failure.LATE]:
        yield (
            f"Five replies take longer than a turn has. Set TTW_DEADLINE to {_roomy(turn)} or more, with slower "
            "woods than that, or take a smaller model."
        )
    elif found.turn is not None and found.turn > CLOSE * found.deadline:
        yield (
            "Five replies take over half of what a turn has; with several woods some will be late. Set TTW_DEADLINE to "
            f"{_roomy(found.turn)} or more."
        )


def _replies(found: Checked, settings: dict[str, str]) -> Iterator[str]:
    calls = found.calls
    cut = calls.repairs[Repair.TRUNCATED] + calls.drops[Drop.CUT_OFF] + calls.repairs[Repair.CUT_REPLY]
    if cut:
        yield "Replies were cut off. " + _THINKING.format(**settings)
    elif calls.repairs.keys() - _PLACES.keys():
        yield (
            "Replies had to be repaired: the schema is not enforced while they are written. It works; a server that "
            "takes response_format json_schema would do better."
        )
    yield from (remedy for place, remedy in _PLACES.items() if calls.repairs[place])
    if calls.calls > calls.unread.total() and not calls.orders:
        yield "Nobody ordered anything. Replies can be read but say nothing: take a model that follows instructions."
    yield from _sense(calls, settings)
    in_a_prompt = calls.share(calls.tokens_in)
    if in_a_prompt > TOKENS - REPLY:
        yield (
            f"The server counts {in_a_prompt:.0f} tokens in a prompt, more than is reckoned with. See that its context "
            f"holds at least {in_a_prompt + REPLY:.0f}."
        )


def _sense(calls: Calls, settings: dict[str, str]) -> Iterator[str]:
    """What replies that could be read have to say."""
    if dropped := Counter({code: count for code, count in calls.drops.items() if code != Drop.CUT_OFF}):
        yield (
            f"{_times(dropped.total(), 'part')} of the replies could not be done and {_were(dropped)} left out "
            f"({_listed(dropped)}). A server that enforces a schema (response_format json_schema) or a larger model "
            "makes fewer such slips."
        )
    if calls.orders and calls.hopeless_share >= MANY:
        yield (
            f"{calls.hopeless.total()} of {_times(calls.orders, 'order')} could never trade "
            f"({_listed(calls.hopeless)}): the model does not heed its stores, its purse or the prices. Take a larger "
            "one, and see with ttw evaluate --minds NAME,silent whether it does better than habit."
        )
    copied = calls.silenced[Silenced.EXAMPLE] + calls.silenced[Silenced.PROMPT]
    if copied or calls.parroted:
        yield (
            f"The replies repeat the prompt: {_times(calls.parroted, 'thought')} and {_times(copied, 'line')} of "
            f"gossip. Take a larger model, or raise {settings['temperature']}."
        )
    other = Counter({code: count for code, count in calls.silenced.items() if code not in _COPIED})
    if other:
        yield (
            f"{_times(other.total(), 'line')} of gossip said nothing new or nothing at all and {_were(other)} not said "
            f"aloud ({_listed(other)}). A few do no harm; of many, take a larger model, or raise "
            f"{settings['temperature']}."
        )


def _times(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _were(counts: "Counter[str]") -> str:
    return "was" if counts.total() == 1 else "were"


def _listed(counts: Mapping[Any, int]) -> str:
    """Codes with how often each was met, the commonest first."""
    return ", ".join(f"{code} {counts[code]}" for code in sorted(counts, key=lambda each: (-counts[each], each)))


def _roomy(seconds: float) -> int:
    """Twice as long, in whole tens of seconds."""
    return 10 * (int(2 * seconds) // 10 + 1)
