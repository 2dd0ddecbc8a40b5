"""Minds that are language models, by name and by what they are told."""

import pytest
from pydantic import SecretStr, ValidationError

from data.content import default_rules
from inference import instinct
from inference.answering import AnsweringMind
from inference.council import Council
from inference.engines import vllm
from inference.engines.openai import OpenAIMind
from inference.engines.options import ServerOptions, VllmOptions
from inference.protocol import Mind
from inference.roster import Engines, UnknownMindError, UnusableMindError, build, seat
from wood.names import CREATURES, Creature

LOCAL = ServerOptions(url="http://localhost:8000/v1/", model="small")


def server_of(mind: object) -> ServerOptions:
    assert isinstance(mind, OpenAIMind)
    return mind.options


async def test_servers_by_name_and_models_by_name() -> None:
    far = ServerOptions(url="https://models.example/v1", model="large", key=SecretStr("k" * 20))
    engines = Engines(openai=LOCAL, servers={"far": far})
    minds = build(["openai", "openai:far", "openai:Far", "openai:qwen2.5:3b"], engines)
    assert {name: mind.name for name, mind in minds.items()} == {name: name for name in minds}
    assert server_of(minds["openai"]).url == "http://localhost:8000/v1"
    assert server_of(minds["openai:far"]) == server_of(minds["openai:Far"]) == far
    assert server_of(minds["openai:qwen2.5:3b"]) == LOCAL.model_copy(update={"model": "qwen2.5:3b"})
    for mind in minds.values():
        await mind.close()


async def test_closing_the_council_closes_every_mind_whatever_one_raises(caplog: pytest.LogCaptureFixture) -> None:
    closed: list[str] = []

    class Stuck(AnsweringMind):
        async def close(self) -> None:
            closed.append(self.name)
            raise OSError("no such process")

    minds: dict[Creature, Mind] = {each: Stuck(f"stuck-{each}", instinct.answer) for each in CREATURES}
    await Council(minds, default_rules()).close()
    assert closed == [f"stuck-{each}" for each in CREATURES]
    assert all(f"mind {name} could not be closed in order" in caplog.text for name in closed)


async def test_five_models_on_one_server_are_five_minds() -> None:
    seats = seat("instinct", {each: f"openai:model-{each}" for each in CREATURES}, Engines(openai=LOCAL))
    assert [server_of(seats[each]).model for each in CREATURES] == [f"model-{each}" for each in CREATURES]
    assert len({id(mind) for mind in seats.values()}) == 5
    for mind in seats.values():
        await mind.close()


@pytest.mark.parametrize(
    ("name", "engines", "option", "words"),
    [
        ("openai", Engines(), ("openai", "url"), "no address"),
        ("openai:m", Engines(), ("openai", "url"), "no address"),
        ("openai", Engines(openai=ServerOptions(url="http://h/v1")), ("openai", "model"), "which model"),
        ("openai:a", Engines(openai=LOCAL, servers={"a": ServerOptions()}), ("servers", "a", "url"), "no address"),
        (
            "openai:a",
            Engines(openai=LOCAL, servers={"a": ServerOptions(url="http://h/v1")}),
            ("servers", "a", "model"),
            "which model",
        ),
    ],
)
def test_what_a_server_lacks_is_named(name: str, engines: Engines, option: tuple[str, ...], words: str) -> None:
    with pytest.raises(UnusableMindError, match=words) as caught:
        build([name], engines)
    assert caught.value.option == option
    assert caught.value.name == name


def test_without_vllm_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vllm, "installed", lambda: False)
    with pytest.raises(UnusableMindError, match=r"pip install 'thousand-token-wood\[gpu\]'"):
        seat("instinct", {Creature.OONA: "vllm"})


@pytest.mark.parametrize("name", ["openai:", "vllm:x", "OpenAI", "openai2", ":openai"])
def test_names_that_are_nearly_right_are_unknown(name: str) -> None:
    with pytest.raises(UnknownMindError, match=r"contrarian, silent, vllm, openai, openai:NAME"):
        build([name], Engines(openai=LOCAL))


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://h/v1", "http://", "/v1", "", "http://me:secret@h/v1"])
def test_an_address_must_be_one_and_hold_no_key(url: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ServerOptions(url=url)
    assert "secret" not in str(caught.value)


def test_an_option_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="modle"):
        VllmOptions.model_validate({"modle": "x"})
