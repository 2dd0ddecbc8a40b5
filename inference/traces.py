"""The record of one call to a mind: what was asked, what came back, what was made of it."""

from dataclasses import dataclass
from typing import Any

from inference.parse import Reading
from inference.protocol import Message, Reply
from wood.names import Creature
from wood.observe import View
from wood.orders import Decision


@dataclass(frozen=True, slots=True)
class Trace:
    """One call.

    Attributes:
        turn: the turn it was for.
        creature: who was asked.
        system: the system message; "" when none was written.
        user: the turn's message; "" when none was written.
        response: the reply's text as it was read; None when there was none.
        thought: the private thought read from it.
        offers: the orders read from it, as plain JSON: ``{"side", "good", "price", "qty"}``.
        gossip: the line read from it.
        engine: which mind answered.
        tokens_in: prompt tokens, 0 when not counted.
        tokens_out: reply tokens, 0 when not counted.
        tokens_cached: prompt tokens that came from the engine's cache.
        latency: seconds; 0.0 when not measured.
        valid: whether the text fits the creature's schema as it stands.
        repairs: codes of what was mended, each once.
        drops: codes of what was dropped, one for each thing.
        why: why there was no decision, as ``code`` or ``code: detail``; "" when there was one.
    """

    turn: int
    creature: Creature
    system: str
    user: str
    response: str | None
    thought: str
    offers: tuple[dict[str, Any], ...]
    gossip: str
    engine: str
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    latency: float = 0.0
    valid: bool = False
    repairs: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    why: str = ""


def trace_of(view: View, messages: tuple[Message, ...], reply: Reply, reading: Reading) -> Trace:
    """Put together the record of a call."""
    decision = reading.decision or Decision()
    return Trace(
        turn=view.turn,
        creature=view.creature,
        system=messages[0]["content"] if messages else "",
        user=messages[-1]["content"] if messages else "",
        response=reply.text,
        thought=decision.thought,
        offers=tuple(
            {"side": order.side.value, "good": order.good.value, "price": order.price, "qty": order.qty}
            for order in decision.orders
        ),
        gossip=decision.gossip,
        engine=reply.engine,
        tokens_in=reply.tokens_in,
        tokens_out=reply.tokens_out,
        tokens_cached=reply.tokens_cached,
        latency=reply.latency,
        valid=reading.valid,
        repairs=reading.repairs,
        drops=reading.drops,
        why=reading.why,
    )
