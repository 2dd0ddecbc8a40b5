"""Minds that are models, measured: against a server that speaks OpenAI's protocol, well or badly."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli.exits import Exit
from bot.cli.minds import variable
from bot.lab.check import TURN, check
from bot.lab.effort import Effort
from bot.lab.engines import Awake, EngineError
from bot.lab.evaluate import Plan, sweep
from bot.lab.sample import OPENING
from bot.lab.scenario import reference
from bot.settings import load_settings
from data.content import default_rules
from inference.council import Council
from inference.engines.options import ServerOptions
from inference.protocol import Doing, Reply, Request, Stage, State, Tokenizer
from inference.roster import Engines
from inference.schema import schema_without
from tests.bot.console import own_folder, printed, ttw
from tests.bot.models import REPLY, asked, configured, failing, replying, saying, sensible, served, told
from tests.inference.model_server import ModelServer, serving
from wood.founding import found_world
from wood.names import CREATURES, GOODS
from wood.observe import observe
from wood.turn import open_turn

__all__ = ["configured", "own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")

RULES = default_rules()


# Trying a mind


async def test_the_prompts_are_those_of_two_turns_with_much_to_tell() -> None:
    async with serving(saying(json.dumps(REPLY))) as server:
        await check(asked(server), 20.0, wait=60)
    prompts = [body["messages"][-1]["content"] for body in server.asked]
    numbers = [TURN] * 5 + [TURN + 1] * 5
    assert all(text.startswith(f"Turn {number}, ") for number, text in zip(numbers, prompts, strict=True))
    assert all("Heard (hearsay):" in text for text in prompts[:5])


async def test_the_prompts_are_others_with_each_seed_and_the_same_with_one() -> None:
    async def prompts(seed: int) -> list[str]:
        async with serving(saying(json.dumps(REPLY))) as server:
            found = await check(asked(server), 20.0, wait=60, seed=seed)
        assert (found.seed, found.to_json()["seed"]) == (seed, seed)
        return sorted(body["messages"][-1]["content"] for body in server.asked)

    first, other = await prompts(5), await prompts(6)
    assert first == await prompts(5)
    assert not set(first) & set(other)


async def test_a_mind_that_works_needs_no_advice() -> None:
    async with serving(replying(sensible)) as server:
        found = await check(asked(server), 20.0, wait=60)
        assert len(server.asked) == 2 * len(CREATURES)
    assert found.works
    assert (found.calls.calls, found.calls.valid) == (5, 5)
    assert found.calls.orders > 5
    assert found.ready_after is not None
    assert told(found) == ""
    shown = found.to_json()
    assert (shown["works"], shown["answered"], shown["problem"], shown["why_not"]) == (True, 5, "", [])
    assert (shown["calls"]["tokens_in"], shown["calls"]["tokens_out"]) == (700, 90)
    assert "efficiency" not in shown["calls"]


async def test_rules_work_without_an_engine() -> None:
    from inference.roster import build

    found = await check(build(["instinct"])["instinct"], 20.0, wait=1)
    assert found.works
    assert found.ready_after == 0


async def test_a_mind_that_is_to_be_silent_works_as_it_should() -> None:
    from inference.roster import build

    found = await check(build(["silent"])["silent"], 20.0, wait=1)
    assert found.works
    assert (found.calls.calls, found.turn, told(found)) == (0, None, "")


def test_a_silent_mind_is_told_to_be_silent() -> None:
    shown = ttw("minds", "check", "--mind", "silent")
    assert shown.exit_code == Exit.OK
    assert "never answers" in shown.stdout


def test_settings_are_named_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTW_SERVERS__FAR__URL", "http://far.example/v1")
    settings = load_settings()
    assert variable("vllm", settings, "model") == "TTW_VLLM__MODEL"
    assert variable("openai:far", settings, "model") == "TTW_SERVERS__FAR__MODEL"
    assert variable("openai:phi", settings, "url") == "TTW_OPENAI__URL"
    assert variable("openai:phi", settings, "model") == "what follows openai: in the mind's name"


# The command


def test_the_minds_of_the_settings_are_tried(configured: Callable[[ModelServer], None]) -> None:
    with served(replying(sensible)) as server:
        configured(server)
        shown = printed("minds", "check")
        said = ttw("minds", "check")
    assert shown["works"]
    assert list(shown["minds"]) == ["openai", "random"]
    assert shown["minds"]["openai"]["creatures"] == ["oona", "bramble", "fenn", "mossback"]
    assert shown["minds"]["openai"]["advice"] == []
    assert shown["minds"]["openai"]["seed"] == shown["minds"]["random"]["seed"]
    assert set(server.keys) == {"Bearer sk-of-a-test"}
    assert said.exit_code == Exit.OK
    assert "openai (Oona, Bramble, Fenn, Mossback): works" in said.stdout
    assert "5 of 5 replies could be read" in said.stdout
    assert "A prompt has 700 tokens, none known to be from a cache; a reply 90." in said.stdout
    assert re.search(r"the wood of seed (\d+); --seed \1 asks the same again", said.stdout)
    assert "random (Pip): works" in said.stdout


def test_what_does_not_work_is_an_exit_code_and_advice(configured: Callable[[ModelServer], None]) -> None:
    with served(failing(401)) as server:
        configured(server)
        said = ttw("minds", "check", "--mind", "openai")
    assert said.exit_code == Exit.FAILED
    assert "openai: does not work" in said.stdout
    assert "→ Set TTW_OPENAI__KEY" in said.stdout
    assert "sk-of-a-test" not in said.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--mind", "gpt"), "no mind called 'gpt'"),
        (("--mind", "openai"), "TTW_OPENAI__URL"),
        (("--wait", "0"), "--wait"),
    ],
)
def test_what_cannot_be_tried_is_bad_usage(arguments: tuple[str, ...], says: str) -> None:
    said = ttw("minds", "check", *arguments)
    assert said.exit_code == Exit.USAGE
    assert says in said.stderr
    assert said.stdout == ""


# Sweeps


def test_a_model_thinks_for_several_woods_at_once() -> None:
    done: list[None] = []
    with served(saying(json.dumps(REPLY), seconds=0.01)) as server:
        engines = Engines(openai=ServerOptions(url=server.url, model="m"))
        found = sweep(
            ["random", "openai"],
            range(2),
            plan=Plan(reference()),
            effort=Effort(engines=engines, workers=1, after_run=lambda: done.append(None)),
        )
    assert len(done) == 4
    assert list(found) == ["random", "openai"]
    calls = found["openai"].calls
    assert (calls.calls, calls.valid, calls.violations) == (2 * 75, 2 * 75, 0)
    assert calls.orders == calls.calls
    assert (calls.share(calls.tokens_in), calls.share(calls.tokens_out)) == (700, 90)
    assert calls.latency(0.5)
    assert len(server.asked) == calls.calls + 2 * 5 * OPENING
    assert 5 < server.most <= 10, "two woods of five creatures, asked together"
    formats = {json.dumps(body["response_format"], sort_keys=True) for body in server.asked}
    assert len(formats) == len(GOODS) == len({json.dumps(schema_without(good)) for good in GOODS})
    assert all(body["messages"][0]["content"] for body in server.asked)


def test_a_sweep_keeps_the_replies_of_whole_runs_even_when_it_ends_by_an_error(tmp_path: Path) -> None:
    played = 0

    def fall() -> None:
        nonlocal played
        played += 1
        if played == 2:
            raise ZeroDivisionError

    with served(saying(json.dumps(REPLY))) as server, pytest.raises(ZeroDivisionError):
        sweep(
            ["openai:org/m"],
            [1, 2, 3],
            plan=Plan(reference()),
            effort=Effort(engines=Engines(openai=ServerOptions(url=server.url)), woods=1, after_run=fall),
            out=tmp_path,
        )
    (kept,) = tmp_path.iterdir()
    assert kept.name == "openai-org-m.jsonl"
    rows = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    assert [row["wood"] for row in rows] == [
        *(["seed-1"] * 75 + ["seed-1-plain"] * 5 * OPENING),
        *(["seed-2"] * 75 + ["seed-2-plain"] * 5 * OPENING),
    ]
    assert {(row["engine"], json.loads(row["response"])["thought"]) for row in rows} == {
        ("openai:org/m", "Wood first.")
    }


def test_a_sweep_ends_when_an_engine_does_not_come_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with served(failing(401)) as server:
        url = server.url
    monkeypatch.setattr("bot.lab.engines.PATIENCE", 0.2)
    with pytest.raises(EngineError, match="cannot be reached"):
        sweep(
            ["openai"],
            [1],
            effort=Effort(engines=Engines(openai=ServerOptions(url=url, model="m", key=SecretStr("k")))),
        )


def test_an_engine_that_does_not_come_up_is_an_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.lab.engines.PATIENCE", 0.2)
    monkeypatch.setenv("TTW_OPENAI__URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("TTW_OPENAI__MODEL", "m")
    said = ttw("evaluate", "--seeds", "1", "--minds", "openai")
    assert said.exit_code == Exit.UNUSABLE
    assert "cannot be reached" in said.stderr
    assert "ttw minds check" in said.stderr


# Waiting for engines


@dataclass
class Moody:
    """An engine that is moved through stages by hand, and stays in the last."""

    stages: list[Stage]
    name: str = "moody"
    started: int = 0
    tokenizer: Tokenizer | None = None

    @property
    def state(self) -> State:
        return State(self.stages[0], Doing.REFUSING, {"status": list(Stage).index(self.stages[0])})

    def step(self) -> None:
        if len(self.stages) > 1:
            self.stages.pop(0)

    def start(self) -> None:
        self.started += 1

    async def decide(self, batch: Sequence[Request], deadline: float) -> list[Reply]:
        return [Reply(self.name, json.dumps(REPLY)) for _ in batch]

    async def close(self) -> None:
        return


B, W, R, D, A = Stage.BUILDING, Stage.WARMING, Stage.READY, Stage.DEAD, Stage.ASLEEP


async def wake(stages: list[Stage], monkeypatch: pytest.MonkeyPatch, *, before: bool) -> list[str]:
    """Wait for an engine, which has answered ``before`` or not; answers what was told meanwhile."""
    monkeypatch.setattr("bot.lab.engines.GLANCE", 0.001)
    engine = Moody([R])
    words: list[str] = []

    def tell(said: str) -> None:
        words.append(said)
        engine.step()

    awake = Awake(Council(dict.fromkeys(CREATURES, engine), RULES), patience=0.05, tell=tell)
    if before:
        await awake.wake()
    engine.stages = [*stages]
    await awake.wake()
    assert engine.started
    return words


@pytest.mark.parametrize(
    ("stages", "before"),
    [([R], False), ([A, B, W, R], False), ([B] * 30 + [R], False), ([D, A, D, B, R], True), ([D, B, D, B, D, R], True)],
)
async def test_it_waits_for_an_engine_that_comes(
    stages: list[Stage], before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = await wake(stages, monkeypatch, before=before)
    assert words == [f"moody: HTTP {list(Stage).index(stage)}" for stage in stages[:-1]]


@pytest.mark.parametrize(
    ("stages", "before"),
    [([A], False), ([B, D], False), ([B, A], False), ([D, B] * 4, True), ([D, A], True), ([A], True)],
)
async def test_it_gives_up_an_engine_that_does_not_come(
    stages: list[Stage], before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EngineError, match=r"'moody' does not answer: HTTP "):
        await wake(stages, monkeypatch, before=before)


async def test_nobody_is_asked_before_the_engine_is_awake() -> None:
    engine = Moody([B, W, R])
    awake = Awake(Council(dict.fromkeys(CREATURES, engine), RULES), tell=lambda words: engine.step())
    result = await awake.decide("w", 7, observe(RULES, open_turn(RULES, found_world(RULES, 7)).world))
    assert engine.state.ready
    assert all(trace.valid for trace in result.traces)
