"""Minds behind one address: two engines of a real vLLM share what the bot asks of one server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import load_settings
from inference.council import Council
from tests.bot.kept import CHANNEL, Hands, found, keeping
from tests.vllm.engine import LONG, REPLY, RULES
from tests.vllm.test_server import MODEL, Server
from tests.vllm.tiny import make_tiny_model
from wood.names import CREATURES

pytestmark = pytest.mark.timeout(1800)

WOODS, TURNS = 2, 3


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """As deploy/minds.compose.yaml starts it, on two CPUs in place of GPUs."""
    # By itself each engine takes the same first core.
    monkeypatch.setenv("VLLM_CPU_OMP_THREADS_BIND", "nobind")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    started = Server(make_tiny_model(tmp_path / "model", seed=1), tmp_path, "--data-parallel-size", "2")
    try:
        started.wait()
        yield started
    finally:
        started.kill()


async def test_a_turn_is_shared_by_the_engines_behind_one_address(server: Server, tmp_path: Path) -> None:
    """The bot knows one address; whichever engine answers, what all prompts share is in its cache already."""
    env = tmp_path / ".env"
    told = {"MIND": "openai", "OPENAI__URL": server.url, "OPENAI__MODEL": MODEL, "OPENAI__MAX_TOKENS": REPLY}
    env.write_text("".join(f"TTW_{name}={value}\n" for name, value in told.items()), "utf-8")
    minds = Council(load_settings(env).seat_minds(), RULES, deadline=LONG)
    now = Hands()
    async with keeping(tmp_path / "wood.sqlite3", minds=minds, now=now) as (keeper, store):
        for number in range(WOODS):
            await found(keeper, CHANNEL + number, seed=number)
        for _ in range(TURNS):
            now.on(hours=1)
            for number in range(WOODS):
                assert await keeper.turns.take_turn(CHANNEL + number)
        calls = [call async for call in store.turns.traces()]
    await minds.close()
    assert len(calls) == WOODS * TURNS * len(CREATURES)
    for call in calls:
        assert call.valid, (call.why, call.response)
    answered = server.measured("request_success_total")
    assert sum(answered.values()) == len(calls)
    assert min(answered.values()) > len(calls) / 4, "one engine did nearly all of it"
    asked, cached = server.measured("prefix_cache_queries_total"), server.measured("prefix_cache_hits_total")
    for engine, tokens in asked.items():
        assert cached[engine] > tokens / 2, "an engine computed the rules again and again"
