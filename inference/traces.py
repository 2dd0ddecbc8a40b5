"""Putting together the record of one call to a mind."""

from inference.parse import Reading
from inference.protocol import Reply, Request
from wood.orders import Decision
from wood.trace import Trace


def trace_of(request: Request, reply: Reply, reading: Reading) -> Trace:
    """The record of a call: what was asked, what came back, and how it was read."""
    messages, decision = request.messages, reading.decision or Decision()
    return Trace(
        wood=request.wood,
        turn=request.view.turn,
        creature=request.view.creature,
        system=messages[0]["content"] if messages else "",
        user=messages[-1]["content"] if messages else "",
        response=reply.text,
        thought=decision.thought,
        orders=decision.orders,
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
