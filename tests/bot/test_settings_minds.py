"""How the bot is told which minds it has."""

from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings
from inference.engines import vllm
from inference.engines.openai import OpenAIMind
from wood.names import CREATURES, Creature

KEY = "sk-a-key-for-nothing"


@pytest.fixture(autouse=True)
def _away_from_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_defaults_suit_one_gpu() -> None:
    told = load_settings().vllm
    assert (told.model, told.structured_outputs) == ("Qwen/Qwen2.5-3B-Instruct", "guidance")
    assert (told.gpu_memory_utilization, told.max_num_seqs, told.max_num_batched_tokens) == (0.9, 512, 8192)
    assert (told.max_model_len, told.trust_remote_code, told.enforce_eager) == (2048, False, False)


async def test_every_option_is_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(
        f"TTW_MIND=openai\nTTW_OPENAI__URL=http://localhost:11434/v1\nTTW_OPENAI__MODEL=qwen\nTTW_OPENAI__KEY={KEY}1\n"
        f"TTW_MINDS__OONA=openai:far\nTTW_SERVERS__FAR__URL=https://h.example/v1\nTTW_SERVERS__FAR__MODEL=large\n"
        f"TTW_SERVERS__FAR__KEY={KEY}2\nTTW_MINDS__PIP=openai:phi\nTTW_MINDS__FENN=instinct\n"
        'TTW_VLLM__MODEL=other/model\nTTW_VLLM__EXTRA={"block_size":32}\nTTW_VLLM__TRUST_REMOTE_CODE=yes\n'
        "TTW_VLLM__LORA=\n"
    )
    monkeypatch.setenv("TTW_VLLM__MAX_NUM_SEQS", "64")
    settings = load_settings()
    assert (settings.vllm.model, settings.vllm.max_num_seqs, settings.vllm.lora) == ("other/model", 64, None)
    assert settings.vllm.trust_remote_code
    assert settings.vllm.extra == {"block_size": 32}
    assert settings.secrets() == [f"{KEY}1", f"{KEY}2"]
    assert KEY not in repr(settings)
    minds = settings.seat_minds()
    told = {each: mind.options for each, mind in minds.items() if isinstance(mind, OpenAIMind)}
    assert {each: (options.url, options.model) for each, options in told.items()} == {
        Creature.OONA: ("https://h.example/v1", "large"),
        Creature.BRAMBLE: ("http://localhost:11434/v1", "qwen"),
        Creature.MOSSBACK: ("http://localhost:11434/v1", "qwen"),
        Creature.PIP: ("http://localhost:11434/v1", "phi"),
    }
    assert minds[Creature.FENN].name == "instinct"
    assert minds[Creature.BRAMBLE] is minds[Creature.MOSSBACK]
    for mind in minds.values():
        await mind.close()


async def test_a_servers_name_is_the_same_in_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTW_SERVERS", '{"Far":{"url":"https://h.example/v1","model":"large"}}')
    monkeypatch.setenv("TTW_MIND", "openai:FAR")
    (mind,) = {id(mind): mind for mind in load_settings().seat_minds().values()}.values()
    assert isinstance(mind, OpenAIMind)
    assert mind.options.model == "large"
    await mind.close()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"TTW_MIND": "openai"}, r"has no address.*Set TTW_OPENAI__URL in"),
        ({"TTW_MIND": "openai", "TTW_OPENAI__URL": "http://h/v1"}, r"which model.*Set TTW_OPENAI__MODEL in"),
        (
            {"TTW_MINDS__OONA": "openai:far", "TTW_SERVERS__FAR__MODEL": "m"},
            r"openai:far.*no address.*Set TTW_SERVERS__FAR__URL in",
        ),
    ],
)
def test_what_a_mind_lacks_is_named_as_a_variable(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], words: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=words):
        load_settings().seat_minds()


def test_a_mind_whose_library_is_missing_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vllm, "installed", lambda: False)
    monkeypatch.setenv("TTW_MIND", "vllm")
    with pytest.raises(SettingsError, match=r"pip install 'thousand-token-wood\[gpu\]'\.$"):
        load_settings().seat_minds()


def test_an_unknown_mind_is_named_with_its_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTW_MINDS__OONA", "gpt")
    with pytest.raises(SettingsError, match=r"^TTW_MINDS__OONA cannot be used. .*'gpt'.*instinct"):
        load_settings().seat_minds()
    monkeypatch.setenv("TTW_MIND", "gpt")
    with pytest.raises(SettingsError, match=r"^TTW_MIND and TTW_MINDS__OONA cannot be used"):
        load_settings().seat_minds()


def test_an_option_in_the_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text('TTW_VLLM__MODEL=m\nTTW_OPENAI__EXTRA={"a"}\n')
    with pytest.raises(SettingsError, match=r"^TTW_OPENAI__EXTRA cannot be read"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TTW_OPENAI__URL", "localhost:8000", r"TTW_OPENAI__URL is no address of a server; it looks like http"),
        (
            "TTW_OPENAI__URL",
            f"http://me:{KEY}@h/v1",
            r"TTW_OPENAI__URL holds a user",
        ),
        ("TTW_OPENAI__CONCURRENCY", "0", r"TTW_OPENAI__CONCURRENCY is 0, which is too small. .* at least 1\."),
        ("TTW_OPENAI__KEYS", KEY, r"TTW_OPENAI__KEYS is no setting. Did you mean TTW_OPENAI__KEY\? .*MODEL"),
        ("TTW_OPENAI__RETRIES", KEY, r"^TTW_OPENAI__RETRIES is no whole number\."),
        ("TTW_OPENAI__TEMPERATURE", "hot", r"is 'hot', which is no number. It takes a number from 0 to 2"),
        ("TTW_SERVERS__FAR", KEY, r"TTW_SERVERS__FAR is no option\. .*TTW_SERVERS__FAR__URL="),
        ("TTW_SERVERS__FAR__ULR", KEY, r"TTW_SERVERS__FAR__ULR is no setting\. Did you mean TTW_SERVERS__FAR__URL"),
        (
            "TTW_VLLM__GPU_MEMORY_UTILIZATION",
            "90",
            r"is 90, which is too large. It takes a number above 0 and up to 1\.",
        ),
        ("TTW_VLLM__DTYPE", "int3", r"none of the choices. It takes auto, half, float16, bfloat16, float or float32"),
        ("TTW_VLLM__MODLE", "x", r"TTW_VLLM__MODLE is no setting. Did you mean TTW_VLLM__MODEL"),
        ("TTW_VLLM__KV_CACHE_MEMORY_BYTES", "0", r"It takes a whole number above 0\."),
        ("TTW_VLLM__EXTRA", "{block", r"TTW_VLLM__EXTRA cannot be read. It takes a JSON object, such as"),
        ("TTW_VLLM__EXTRA", "[1]", r"TTW_VLLM__EXTRA is no JSON object"),
        ("TTW_VLLM", KEY, r"TTW_VLLM cannot be read. .*TTW_VLLM__MODEL="),
        ("TTW_SERVERS", KEY, r"TTW_SERVERS cannot be read.*TTW_SERVERS__LOCAL__URL"),
    ],
)
def test_a_malformed_option_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=words) as told:
        load_settings()
    assert KEY not in str(told.value)
    assert "\n" not in str(told.value)


def test_five_models_are_five_lines_and_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTW_OPENAI__URL", "http://localhost:11434/v1")
    for creature in CREATURES:
        monkeypatch.setenv(f"TTW_MINDS__{creature.upper()}", f"openai:model-of-{creature}")
    minds = load_settings().seat_minds()
    assert [mind.name for mind in minds.values()] == [f"openai:model-of-{creature}" for creature in CREATURES]
