"""The record of one call to a creature's mind: made where minds are asked, kept where things are stored.

It stands beside the rules, which never look at it, since both of those rooms may know of it and neither of the other.
"""

from wood.frozen import frozen
from wood.names import Creature
from wood.orders import Order


@frozen
class Trace:
    """One call to a mind: what was asked, what came back, what was made of it.

    Attributes:
        wood: tells woods apart, as who asks names them; says nothing of Discord.
        turn: the turn it was for.
        creature: who was asked.
        system: the system message; "" when none was written.
        user: the turn's message; "" when none was written.
        response: the reply's text as it was read; None when there was none.
        thought: the private thought read from it.
        orders: the orders read from it.
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

    wood: str
    turn: int
    creature: Creature
    system: str
    user: str
    response: str | None
    thought: str
    orders: tuple[Order, ...]
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
