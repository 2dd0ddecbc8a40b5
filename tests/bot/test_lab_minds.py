"""Minds that are models, measured: against a server that speaks OpenAI's protocol, well or badly."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.cli.exits import Exit
from bot.cli.minds import variable
from bot.lab.advice import advice
from bot.lab.calls import Calls
from bot.lab.check import Checked, check, prompts
from bot.lab.engines import Awake, EngineError
from bot.lab.evaluate import Plan, sweep
from bot.lab.sample import OPENING
from bot.lab.scenario import reference
from bot.settings import load_settings
from data.content import default_rules
from inference.council import Council
from inference.engines.openai import OpenAIMind
from inference.engines.options import ServerOptions
from inference.protocol import Doing, Reply, Request, Stage, State, Tokenizer
from inference.roster import Engines
from inference.schema import schema_without
from tests.bot.console import own_folder, printed, ttw
from tests.inference.model_server import Handler, ModelServer, completion, serving, trouble
from wood.names import CREATURES, GOODS

__all__ = ["own_folder"]

pytestmark = pytest.mark.usefixtures("own_folder")

RULES = default_rules()
REPLY = {
    "thought": "Wood first.",
    "orders": [{"side": "sell", "good": "honey", "price": 7, "qty": 1}],
    "gossip": "Cold nights.",
    "answers": [],
}


def saying(text: str, finish: str = "stop", seconds: float = 0.0, **more: Any) -> Handler:
    """A server whose every reply is this text, after a while."""

    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return completion(text, finish, **more)

    return answer


def failing(status: int) -> Handler:
    async def answer(server: ModelServer, body: dict[str, Any]) -> web.StreamResponse:
        return trouble(status)

    return answer


def asked(server: ModelServer, **options: Any) -> OpenAIMind:
    return OpenAIMind(ServerOptions(url=server.url, **{"model": "m", "retries": 0, **options}))


def told(found: Checked) -> str:
    return " ".join(advice(found, partial(variable, "openai", load_settings())))


# Trying a mind


def test_the_prompts_are_those_of_two_turns_with_much_to_tell() -> None:
    first, second = prompts(RULES)
    assert [view.turn for view in (*first.values(), *second.values())] == [7] * 5 + [8] * 5
    assert all(view.heard and view.tape for view in first.values())


async def test_a_mind_that_works_needs_no_advice() -> None:
    async with serving(saying(json.dumps(REPLY))) as server:
        found = await check(asked(server), 20.0, wait=5)
        assert len(server.asked) == 2 * len(CREATURES)
    assert found.works
    assert (found.calls.calls, found.calls.valid, found.calls.orders) == (5, 5, 5)
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


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (failing(401), ["TTW_OPENAI__KEY"]),
        (failing(404), ["TTW_OPENAI__MODEL", "/v1"]),
        (saying("I would rather not."), ["no JSON", "json_schema"]),
        (saying('{"a": 42}'), ["not what was asked for"]),
        (saying("<think>Hm. Honey is dear, so"), ["thinks aloud", "TTW_OPENAI__MAX_TOKENS"]),
        (saying(""), ["empty"]),
        (saying("", "length"), ["cut off", "TTW_OPENAI__MAX_TOKENS"]),
        (failing(429), ["TTW_OPENAI__CONCURRENCY"]),
        (failing(500), ["own log"]),
        (failing(400), ["rejects", "TTW_OPENAI__MODEL"]),
        (failing(418), ["own log"]),
    ],
    ids=[
        "no key",
        "no model",
        "no JSON",
        "another JSON",
        "thinking",
        "empty",
        "cut",
        "busy",
        "broken",
        "rejected",
        "odd",
    ],
)
async def test_a_mind_that_does_not_work_says_what_to_change(answer: Handler, words: list[str]) -> None:
    async with serving(answer) as server:
        found = await check(asked(server), 20.0, wait=5)
    assert not found.works
    assert all(word in told(found) for word in words), told(found)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (saying(f"Here you are: {REPLY}"), ["repaired", "json_schema"]),
        (saying(json.dumps(REPLY)[:-30], "length"), ["cut off", "TTW_OPENAI__MAX_TOKENS"]),
        (saying(json.dumps(REPLY | {"orders": []})), ["Nobody ordered anything"]),
        (saying(json.dumps(REPLY), usage={"prompt_tokens": 1210, "completion_tokens": 9}), ["1210 tokens", "1430"]),
    ],
    ids=["repaired", "cut off", "silent", "long prompts"],
)
async def test_a_mind_that_works_may_still_be_bettered(answer: Handler, words: list[str]) -> None:
    async with serving(answer) as server:
        found = await check(asked(server), 20.0, wait=5)
    assert found.works
    assert all(word in told(found) for word in words), told(found)


@pytest.mark.parametrize(
    ("turn", "works", "words"),
    [(3.0, True, []), (11.0, True, ["over half", "to 30 or more"]), (34.0, False, ["longer than a turn", "to 70 "])],
)
def test_a_slow_mind_is_told_by_its_time(turn: float, works: bool, words: list[str]) -> None:
    found = Checked("openai", "", 0.0, 40.0, turn, 20.0, Calls(calls=5, valid=5, orders=5))
    assert found.works is works
    assert all(word in told(found) for word in words)
    assert bool(told(found)) is bool(words)


def test_a_mind_that_never_came_in_time_is_told_to_take_longer() -> None:
    found = Checked("openai", "", 0.0, 120.0, None, 20.0, Calls(calls=5, unread=Counter(late=5)), ("late",))
    assert not found.works
    assert "TTW_DEADLINE to 250 or more" in told(found)


async def test_a_server_that_is_not_there_is_a_problem() -> None:
    async with serving() as server:
        mind = asked(server)
    found = await check(mind, 20.0, wait=0.3)
    assert not found.works
    assert "cannot be reached" in found.problem
    assert "TTW_OPENAI__URL" in told(found)
    assert "--wait" in told(found)


def test_settings_are_named_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTW_SERVERS__FAR__URL", "http://far.example/v1")
    settings = load_settings()
    assert variable("vllm", settings, "model") == "TTW_VLLM__MODEL"
    assert variable("openai:far", settings, "model") == "TTW_SERVERS__FAR__MODEL"
    assert variable("openai:phi", settings, "url") == "TTW_OPENAI__URL"
    assert variable("openai:phi", settings, "model") == "what follows openai: in the mind's name"


# The command


@contextmanager
def served(answer: Handler, models: list[str] | None = None) -> Iterator[ModelServer]:
    """A server in a thread with a loop of its own, for commands that run a loop themselves."""
    up, done = Event(), Event()
    servers: list[ModelServer] = []

    async def serve() -> None:
        async with serving(answer, models) as server:
            servers.append(server)
            up.set()
            await asyncio.to_thread(done.wait)

    thread = Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert up.wait(10)
        yield servers[0]
    finally:
        done.set()
        thread.join(10)


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModelServer], None]:
    """Settings for a server, with a key, for all creatures but one."""

    def configure(server: ModelServer) -> None:
        values = {"MIND": "openai", "MINDS__PIP": "random", "OPENAI__URL": server.url, "OPENAI__MODEL": "m"}
        for name, value in (values | {"OPENAI__KEY": "sk-of-a-test", "OPENAI__RETRIES": "0"}).items():
            monkeypatch.setenv(f"TTW_{name}", value)

    return configure


def test_the_minds_of_the_settings_are_tried(configured: Callable[[ModelServer], None]) -> None:
    with served(saying(json.dumps(REPLY))) as server:
        configured(server)
        shown = printed("minds", "check")
        said = ttw("minds", "check")
    assert shown["works"]
    assert list(shown["minds"]) == ["openai", "random"]
    assert shown["minds"]["openai"]["creatures"] == ["oona", "bramble", "fenn", "mossback"]
    assert shown["minds"]["openai"]["advice"] == []
    assert set(server.keys) == {"Bearer sk-of-a-test"}
    assert said.exit_code == Exit.OK
    assert "openai (Oona, Bramble, Fenn, Mossback): works" in said.stdout
    assert "5 of 5 replies could be read" in said.stdout
    assert "A prompt has 700 tokens; a reply 90." in said.stdout
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
            engines=engines,
            workers=1,
            after_run=lambda: done.append(None),
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
            engines=Engines(openai=ServerOptions(url=server.url)),
            woods=1,
            out=tmp_path,
            after_run=fall,
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
        sweep(["openai"], [1], engines=Engines(openai=ServerOptions(url=url, model="m", key=SecretStr("k"))))


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
    result = await awake.decide("w", 7, next(prompts(RULES)))
    assert engine.state.ready
    assert all(trace.valid for trace in result.traces)
