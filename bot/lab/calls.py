"""What the calls to a mind were worth: how they were read, what they ordered, what they cost."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Final

from bot.lab.gains import gains
from bot.lab.orders import Hopeless, hopeless
from inference.codes import SILENCED, Drop
from inference.council import CouncilResult
from inference.lines import stands_in
from wood.chronicle import Turn
from wood.names import Creature, Side
from wood.observe import View
from wood.rules import Rules
from wood.trace import Trace


@dataclass(slots=True)
class Calls:
    """Sums over calls; every call is valid, repaired or unread.

    Attributes:
        calls: how many.
        valid: replies that fit their schema as they stand.
        whole: of these, those of which nothing was dropped but words.
        repaired: replies that could be read only after mending.
        unread: calls without a decision, by the reason's code: late, dead, no-json, ….
        repairs: calls by what was mended in them.
        drops: things dropped from replies, by the reason's code.
        silenced: lines of gossip that were not said, by why; see :mod:`inference.lines`.
        parroted: thoughts that the prompt says already, as its example mostly.
        orders: orders read.
        violations: of these, those that would buy what their creature makes.
        hopeless: orders that could never trade, by why; see :mod:`bot.lab.orders`.
        realised: gains from trade, in pebbles' worth; see :mod:`bot.lab.gains`.
        possible: the most that they could have been.
        tokens_in: tokens of the prompts, as the engine counted them.
        tokens_cached: of these, those that came from its cache.
        tokens_out: tokens of the replies.
        latencies: seconds of every call whose time was taken.
    """

    calls: int = 0
    valid: int = 0
    whole: int = 0
    repaired: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    repairs: Counter[str] = field(default_factory=Counter)
    drops: Counter[str] = field(default_factory=Counter)
    silenced: Counter[str] = field(default_factory=Counter)
    parroted: int = 0
    orders: int = 0
    violations: int = 0
    hopeless: Counter[Hopeless] = field(default_factory=Counter)
    realised: int = 0
    possible: int = 0
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    latencies: list[float] = field(default_factory=list)

    def take(self, rules: Rules, views: Mapping[Creature, View], counsel: CouncilResult, turn: Turn) -> None:
        """Add one turn: what the creatures saw, what their minds said, and what the market made of it."""
        for trace in counsel.traces:
            self.read(trace)
        for creature, decision in counsel.decisions.items():
            for order in decision.orders if decision else ():
                self.orders += 1
                self.violations += order.side is Side.BUY and order.good is views[creature].makes
                if (why := hopeless(views, turn, creature, order)) is not None:
                    self.hopeless[why] += 1
        day = gains(rules, views, turn.trades)
        self.realised += day.realised
        self.possible += day.possible

    def read(self, trace: Trace) -> None:
        """Add how one call was read and what it cost."""
        self.calls += 1
        self.valid += trace.valid
        dropped = [code for code in trace.drops if code not in _WORDS]
        self.whole += trace.valid and not dropped
        if trace.why:
            self.unread[trace.why.partition(":")[0]] += 1
        else:
            self.repaired += not trace.valid
        self.repairs.update(trace.repairs)
        self.drops.update(dropped)
        self.silenced.update(code for code in trace.drops if code in SILENCED)
        self.parroted += Drop.THOUGHT_EXAMPLE in trace.drops or stands_in(trace.system, trace.thought)
        self.tokens_in += trace.tokens_in
        self.tokens_cached += trace.tokens_cached
        self.tokens_out += trace.tokens_out
        if trace.latency:
            self.latencies.append(trace.latency)

    def add(self, other: "Calls") -> None:
        """Add the calls of another run."""
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in _COUNTS:
            getattr(self, name).update(getattr(other, name))
        self.latencies += other.latencies

    @property
    def efficiency(self) -> float | None:
        """Gains realised over those possible, 1 at best; None where nothing could be gained."""
        return self.realised / self.possible if self.possible else None

    def share(self, number: int) -> float:
        """A number of calls as a share of all."""
        return number / self.calls if self.calls else 0.0

    @property
    def hopeless_share(self) -> float:
        """The share of orders that could never trade."""
        return self.hopeless.total() / self.orders if self.orders else 0.0

    @property
    def cached_share(self) -> float | None:
        """The share of prompt tokens that came from the engine's cache; None where none were counted."""
        return self.tokens_cached / self.tokens_in if self.tokens_in else None

    def latency(self, share: float) -> float | None:
        """The seconds within which that share of calls was answered; None where no time was taken."""
        return quantile(self.latencies, share) if self.latencies else None

    def to_json(self) -> dict[str, Any]:
        """The figures as one plain JSON object; what was not measured is null."""
        return {
            "calls": self.calls,
            "valid": _short(self.share(self.valid)),
            "valid_whole": _short(self.share(self.whole)),
            "repaired": _short(self.share(self.repaired)),
            "unread": _short(self.share(self.unread.total())),
            "unread_by_reason": dict(sorted(self.unread.items())),
            "repairs": dict(sorted(self.repairs.items())),
            "dropped_by_reason": dict(sorted(self.drops.items())),
            "silenced": _short(self.share(self.silenced.total())),
            "silenced_by_reason": dict(sorted(self.silenced.items())),
            "parroted": _short(self.share(self.parroted)),
            "role_violations": self.violations,
            "orders_a_call": _short(self.share(self.orders)),
            "never_trade": _short(self.hopeless_share),
            "never_trade_by_reason": {why.value: self.hopeless[why] for why in Hopeless},
            "efficiency": _short(self.efficiency),
            "tokens_in": _short(self.share(self.tokens_in)) if self.tokens_in else None,
            "tokens_out": _short(self.share(self.tokens_out)) if self.tokens_in else None,
            "cached": _short(self.cached_share),
            "latency": {"median": _short(self.latency(0.5)), "p95": _short(self.latency(0.95))},
        }


_WORDS: Final = SILENCED | {Drop.THOUGHT_EXAMPLE.value}
"""What is dropped of words: nothing that could be done."""
UNTRADED: Final = frozenset({"role_violations", "never_trade", "never_trade_by_reason", "efficiency"})
"""Figures of :meth:`Calls.to_json` that nobody can tell from the calls alone."""
_SUMS = (
    *("calls", "valid", "whole", "repaired", "parroted", "orders", "violations", "realised", "possible"),
    *("tokens_in", "tokens_cached", "tokens_out"),
)
_COUNTS = ("unread", "repairs", "drops", "silenced", "hopeless")


def tally(traces: Iterable[Trace]) -> dict[str, Calls]:
    """Sum up recorded calls by mind, in the order in which minds come; nothing is known of their markets."""
    found: dict[str, Calls] = {}
    for trace in traces:
        calls = found.setdefault(trace.engine, Calls())
        calls.read(trace)
        calls.orders += len(trace.orders)
    return found


def quantile(values: Sequence[float], share: float) -> float:
    """The least of the values that a share of them does not exceed; there must be one."""
    ranked = sorted(values)
    return ranked[max(0, ceil(round(share * len(ranked), 9)) - 1)]


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
