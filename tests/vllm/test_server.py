"""The OpenAI-compatible server of a real vLLM, asked as any server is asked."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psutil
import pytest

from bot.lab.scenario import reference
from bot.lab.simulate import play
from bot.settings import load_settings
from inference.council import Council
from inference.engines.openai import OpenAIMind
from inference.engines.options import ServerOptions, VllmOptions
from inference.engines.vllm import VllmMind
from inference.prompt import render
from inference.protocol import Doing, Request
from inference.schema import schema_of
from tests.vllm.engine import BUILDING, LONG, REPLY, RULES, council, until
from tests.vllm.tiny import make_tiny_model
from wood.founding import found_world
from wood.names import CREATURES, Creature, Side
from wood.observe import View, observe
from wood.turn import open_turn

pytestmark = pytest.mark.timeout(1800)

MODEL = "tiny"
ARGUMENTS = (
    *("--host", "127.0.0.1", "--served-model-name", MODEL, "--dtype", "float32", "--enforce-eager"),
    *("--max-model-len", "2048", "--max-num-seqs", "64", "--max-num-batched-tokens", "4096", "--block-size", "32"),
    *("--kv-cache-memory-bytes", str(64 << 20), "--enable-prefix-caching", "--no-enable-chunked-prefill"),
    *("--structured-outputs-config.backend", "guidance", "--enable-prompt-tokens-details"),
    *("--structured-outputs-config.disable_any_whitespace", "true"),
)

FAR = (Creature.FENN, Creature.PIP)
SETTINGS = (
    "TTW_MIND=vllm",
    *(f"TTW_MINDS__{creature.upper()}=openai:far" for creature in FAR),
    "TTW_SERVERS__FAR__URL={url}",
    f"TTW_SERVERS__FAR__MODEL={MODEL}",
    f"TTW_SERVERS__FAR__MAX_TOKENS={REPLY}",
)


class Server:
    """A process that serves the tiny model."""

    def __init__(self, model: Path, folder: Path, *more: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._log = (folder / "server.log").open("wb")
        command = [sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--model", str(model)]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), *ARGUMENTS, *more],
            env={**os.environ, "VLLM_NO_USAGE_STATS": "1", "VLLM_WORKER_MULTIPROC_METHOD": "spawn"},
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def wait(self) -> None:
        """Wait until it takes connections."""
        ends = time.monotonic() + BUILDING
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                break
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.2)
        self._log.flush()
        raise AssertionError(Path(self._log.name).read_text("utf-8", "replace")[-4000:])

    def measured(self, name: str) -> dict[str, float]:
        """What one of its measures says, by engine."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=BUILDING) as told:
            lines = told.read().decode().splitlines()
        found: dict[str, float] = {}
        for line in lines:
            if line.startswith(f"vllm:{name}{{"):
                engine = line.partition('engine="')[2].partition('"')[0]
                found[engine] = found.get(engine, 0.0) + float(line.rpartition(" ")[2])
        assert found
        return found

    def running(self) -> int:
        """Requests that its engine is working on."""
        return int(sum(self.measured("num_requests_running").values()))

    def kill(self) -> None:
        """End it with all that it started."""
        processes: list[psutil.Process] = []
        if self.process.poll() is None:
            server = psutil.Process(self.process.pid)
            processes = [*server.children(recursive=True), server]
        for process in processes:
            process.kill()
        psutil.wait_procs(processes, timeout=30)
        self.process.wait(30)
        self._log.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Its model is not that of this process: the same shape with other weights."""
    folder = tmp_path_factory.mktemp("server")
    started = Server(make_tiny_model(folder / "model", seed=1), folder)
    try:
        started.wait()
        yield started
    finally:
        started.kill()


def mind_of(server: Server, **options: object) -> OpenAIMind:
    given = {"url": server.url, "model": MODEL, "max_tokens": REPLY, **options}
    return OpenAIMind(ServerOptions.model_validate(given), "openai:tiny")


@pytest.fixture
async def mind(server: Server) -> AsyncIterator[OpenAIMind]:
    made = mind_of(server)
    yield made
    await made.close()


def views(seed: int = 7) -> dict[Creature, View]:
    return dict(observe(RULES, open_turn(RULES, found_world(RULES, seed)).world))


async def test_a_whole_reference_run_through_the_server(mind: OpenAIMind) -> None:
    mind.start()
    await until(lambda: mind.state.ready, 60)
    assert mind.state.doing is Doing.THERE
    played = await play(RULES, reference(), 11, council(mind))
    assert len(played.traces) == 75
    for call in played.traces:
        assert call.valid, (call.why, call.response)
        assert call.engine == "openai:tiny"
        assert call.tokens_in > 0
        assert call.tokens_out > 0
        makes = RULES.creatures[call.creature].makes
        assert not any((order.side, order.good) == (Side.BUY, makes) for order in call.orders)
    assert mind.dialect.reply_format == "json_schema"
    late = played.traces[-5:]
    assert sum(call.tokens_cached for call in late) > sum(call.tokens_in for call in late) / 4
    assert played.balanced


async def test_five_creatures_on_two_engines(
    engine: VllmMind, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two models at one table, seated by a host's settings: one in this process, one in a server."""
    told = engine.options.model_dump(mode="json", exclude_unset=True)
    lines = [f"TTW_VLLM__{name.upper()}={json.dumps(value)}" for name, value in told.items()]
    env = tmp_path / ".env"
    env.write_text("\n".join([*lines, *(line.format(url=server.url) for line in SETTINGS)]), "utf-8")

    def the_one(options: VllmOptions) -> VllmMind:
        assert options == engine.options, "not what the settings say"
        return engine

    monkeypatch.setattr("inference.engines.vllm.VllmMind", the_one)  # a process has one engine, and this one runs
    seats = load_settings(env).seat_minds()
    far = seats[Creature.FENN]
    assert {creature for creature in CREATURES if seats[creature] is far} == {Creature.FENN, Creature.PIP}
    assert {creature for creature in CREATURES if seats[creature] is engine} == set(CREATURES) - {*FAR}
    played = await play(RULES, reference(5), 13, Council(seats, RULES, deadline=LONG))
    assert len(played.traces) == 25
    for call in played.traces:
        assert call.engine == ("openai:far" if call.creature in FAR else "vllm")
        assert call.valid, (call.why, call.response)
        assert call.tokens_out > 0
    assert played.balanced
    alike = [Request("w", 1, view, render(view, RULES), schema_of(view)) for view in views().values()]
    ours, theirs = await asyncio.gather(engine.decide(alike, LONG), far.decide(alike, LONG))
    assert all(one.text != other.text for one, other in zip(ours, theirs, strict=True)), "one model answers for both"
    await far.close()


async def test_without_a_grammar_random_weights_say_nothing_and_nothing_breaks(server: Server) -> None:
    """What the schema is worth: the same model in the same server, asked without it."""
    bare = mind_of(server, reply_format="plain")
    result = await council(bare).decide("w", 3, views())
    await bare.close()
    assert not any(call.valid for call in result.traces)
    assert all(call.response for call in result.traces)


async def test_late_is_late(mind: OpenAIMind) -> None:
    result = await council(mind, deadline=0.02).decide("w", 3, views())
    assert {call.why.partition(":")[0] for call in result.traces} == {"late"}
    assert all((await council(mind).decide("w", 3, views())).decisions.values())


async def test_a_model_that_is_not_there_is_said(server: Server) -> None:
    wrong = mind_of(server, model="huge")
    result = await council(wrong).decide("w", 3, views())
    assert all("does not know the model" in call.why for call in result.traces)
    wrong.start()
    await until(lambda: wrong.state.ready, 60)
    assert wrong.state.doing is Doing.UNLISTED
    await wrong.close()


async def test_a_server_that_is_killed_in_mid_turn_is_asleep_and_the_turn_goes_on(server: Server) -> None:
    """The last test of the module: there is no server after it."""
    # Nobody's reply is done before the server is killed: none of them may end by itself.
    mind = mind_of(server, retries=1, reply_format="plain", max_tokens=1000, extra={"ignore_eos": True})
    minds = council(mind)
    turn = asyncio.create_task(minds.decide("w", 5, views()))
    while not await asyncio.to_thread(server.running):
        assert not turn.done()
    server.kill()
    result = await turn
    assert {call.why for call in result.traces} == {"asleep: the server cannot be reached"}
    assert [state.doing for state in minds.asleep()] == [Doing.UNREACHABLE]
    await mind.close()
