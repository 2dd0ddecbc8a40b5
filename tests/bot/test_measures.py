"""What Prometheus reads at the port: real answers of a real server, and no wood, server or player among its labels."""

import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families as families

from bot import measures
from bot.endings import Cause, RunError
from inference.roster import seat
from tests.bot.kept import CHANNEL, Hands, found, keeping

LABELS = {"le", "mind", "outcome", "kind", "reason", "method", "status", "what", "code", "logger"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def scraped(port: int) -> dict[str, float]:
    """Every sample's value, by its name and labels."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    samples = [sample for family in families(text) for sample in family.samples]
    assert {label for sample in samples for label in sample.labels} <= LABELS
    return {f"{sample.name}{sorted(sample.labels.values())}": sample.value for sample in samples}


async def test_turns_and_minds_are_counted_and_shown(tmp_path: Path, now: Hands) -> None:
    port = free_port()
    with measures.shown("127.0.0.1", port):
        before = scraped(port)
        async with keeping(tmp_path / "wood.sqlite3", now=now) as (keeper, _):
            await found(keeper)
            for _turn in range(2):
                now.on(hours=1, seconds=4)
                assert await keeper.turns.take_turn(CHANNEL, due=now())
        after = scraped(port)
    grew = {name: after[name] - before.get(name, 0.0) for name in after}
    assert grew["ttw_turns_total[]"] == 2
    assert grew["ttw_turn_lag_seconds_count[]"] == 2
    assert 4 <= grew["ttw_turn_lag_seconds_sum[]"] <= 12
    mind = next(iter(seat("instinct").values())).name
    assert grew[f"ttw_mind_calls_total['answered', '{mind}']"] == 10
    assert after["process_resident_memory_bytes[]"] > 1_000_000
    with pytest.raises(urllib.error.URLError):
        scraped(port)


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(RunError, match="TTW_METRICS_PORT") as error, measures.shown("127.0.0.1", taken):
            raise AssertionError
    assert error.value.cause is Cause.USAGE


def test_no_port_is_opened_unless_one_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "start_http_server", None)
    with measures.shown("127.0.0.1", 0):
        pass
