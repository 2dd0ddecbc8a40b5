"""What the bot counts, and the local port where Prometheus reads it.

Counted always and shown where a port is set. No label names a wood, a server or a player, so that their number does not
grow with the woods and nothing of anybody leaves the machine; `ttw status` tells of single woods.
"""

import errno
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from time import perf_counter
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.process_collector import ProcessCollector

from bot.endings import Cause, RunError
from wood.trace import Trace

REGISTRY: Final = CollectorRegistry()
"""What is shown at the port: these measures and those of the process (memory, files, time)."""
ProcessCollector(registry=REGISTRY)

_SOON: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5, 10, 30)
_LATER: Final = (0.1, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600)
_MIND: Final = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60)


def _counter(name: str, what: str, *labels: str) -> Counter:
    return Counter(f"ttw_{name}", what, labels, registry=REGISTRY)


def _gauge(name: str, what: str) -> Gauge:
    return Gauge(f"ttw_{name}", what, registry=REGISTRY)


def _histogram(name: str, what: str, buckets: Sequence[float], *labels: str) -> Histogram:
    return Histogram(f"ttw_{name}", what, labels, buckets=buckets, registry=REGISTRY)


TURNS: Final = _counter("turns", "Turns taken")
LAG: Final = _histogram("turn_lag_seconds", "From when a turn was due until it was kept", _LATER)
DUE: Final = _gauge("turns_due", "Woods whose turn is due and not taken yet")
WAITING: Final = _gauge("turns_waiting_seconds", "How long the first of these has been seen waiting")
CALLS: Final = _counter("mind_calls", "Calls to minds by how they ended", "mind", "outcome")
LATENCY: Final = _histogram("mind_latency_seconds", "How long minds took", _MIND, "mind")
TOKENS: Final = _counter("mind_tokens", "Tokens of minds", "mind", "kind")
DROPS: Final = _counter("mind_drops", "Orders, answers and lines of minds that were dropped", "reason")
OWED: Final = _gauge("posts_owed", "Posts that are owed")
POSTS: Final = _counter("posts", "Tries to deliver a post by how they ended", "kind", "outcome")
REQUESTS: Final = _counter("discord_requests", "Discord's answers by status", "method", "status")
ANSWERS: Final = _histogram("answer_seconds", "Time spent on the answer to a command, button or form", _SOON, "what")
REFUSALS: Final = _counter("refusals", "What players were refused", "code")
ERRORS: Final = _counter("errors", "Lines of the log that tell of an error", "logger", "kind")
HEALTHY: Final = _gauge("healthy", "1 while the last heartbeat found all well")


def turn(lag: float, traces: Sequence[Trace]) -> None:
    """Count a turn that was kept ``lag`` seconds after it was due, and the calls to its minds."""
    TURNS.inc()
    LAG.observe(max(0.0, lag))
    for trace in traces:
        CALLS.labels(trace.engine, trace.why.partition(":")[0] or "answered").inc()
        if trace.latency > 0:
            LATENCY.labels(trace.engine).observe(trace.latency)
        for kind, count in (("in", trace.tokens_in), ("out", trace.tokens_out), ("cached", trace.tokens_cached)):
            if count:
                TOKENS.labels(trace.engine, kind).inc(count)
        for reason in trace.drops:
            DROPS.labels(reason).inc()


def turns_taken() -> int:
    """Turns taken by this process."""
    return int(TURNS._value.get())  # noqa: SLF001 - the library offers no other way to read a counter back


def turns_due(count: int, seconds: float) -> None:
    """Note how many woods wait for a turn that is due, and for how long the first of them."""
    DUE.set(count)
    WAITING.set(seconds)


def posts_owed(count: int) -> None:
    """Note how many posts are owed."""
    OWED.set(count)


def post(kind: str, outcome: str) -> None:
    """Count a try to deliver a post; ``outcome`` is "delivered" or why it was not, as a code."""
    POSTS.labels(kind, outcome).inc()


@cache
def _request(method: str, status: int) -> Counter:
    return REQUESTS.labels(method, str(status))


@cache
def _answer(what: str) -> Histogram:
    return ANSWERS.labels(what)


def request(method: str, status: int) -> None:
    """Count an answer of Discord's."""
    _request(method, status).inc()


@contextmanager
def answer(what: str) -> Iterator[None]:
    """Time the work on an answer; ``what`` is a command's name, "button" or "form"."""
    began = perf_counter()
    try:
        yield
    finally:
        _answer(what).observe(perf_counter() - began)


def refusal(code: str) -> None:
    """Count what a player was refused."""
    REFUSALS.labels(code).inc()


def healthy(*, ok: bool) -> None:
    """Note what the last heartbeat found."""
    HEALTHY.set(ok)


class Counting(logging.Handler):
    """Counts the errors that are logged, by where and by what was raised; prints nothing."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        raised = record.exc_info[0] if record.exc_info else None
        ERRORS.labels(record.name, raised.__name__ if raised else record.levelname).inc()


@contextmanager
def shown(host: str, port: int) -> Iterator[None]:
    """Serve the measures at ``http://host:port/metrics`` during the block; nothing where ``port`` is 0.

    Raises:
        RunError: the port cannot be had.
    """
    if not port:
        yield
        return
    try:
        server, thread = start_http_server(port, host, REGISTRY)
    except OSError as error:
        why = "another program uses it" if error.errno == errno.EADDRINUSE else error.strerror or str(error)
        message = (
            f"The measures cannot be served at {host}:{port}: {why}. Set TTW_METRICS_PORT to a free port, or to 0."
        )
        raise RunError(message, Cause.USAGE) from None
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5.0)
