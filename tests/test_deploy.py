"""What is deployed elsewhere is the same model and server as here, and the page about minds names what there is."""

import ast
import re
from pathlib import Path
from typing import Any

import yaml

from bot.settings import DATABASE
from data.shards import Shards
from inference.engines.options import ServerOptions, VllmOptions
from inference.tokens import TOKENS

ROOT = Path(__file__).parents[1]
APP = (ROOT / "deploy/modal_app.py").read_text("utf-8")
PAGE = (ROOT / "docs/minds.md").read_text("utf-8")


def test_the_modal_app_serves_the_model_of_the_settings_by_the_locked_vllm() -> None:
    ast.parse(APP)
    assert f'"WOOD_MODEL", "{VllmOptions().model}"' in APP
    (locked,) = re.findall(r'gpu = \["(vllm==[\d.]+)', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert f'"{locked}"' in APP
    (cuda,) = re.findall(r"CUDA_IMAGE=(\S+)", (ROOT / "Dockerfile").read_text("utf-8"))
    assert f'"{cuda}"' in APP
    (longest,) = map(int, re.findall(r"--max-model-len=(\d+)", APP))
    assert longest >= TOKENS
    assert "--enable-prefix-caching" in APP
    assert VllmOptions().structured_outputs in APP


def test_the_modal_app_asks_for_a_key_and_holds_none() -> None:
    assert 'required_keys=["VLLM_API_KEY"]' in APP
    assert "--api-key" not in APP, "a command line can be read by others"
    assert "max_containers=1" in APP


def test_the_page_names_settings_that_exist() -> None:
    servers, engine = set(ServerOptions.model_fields), set(VllmOptions.model_fields)
    known = {"VLLM": engine, "OPENAI": servers, "SERVERS": servers}
    named = re.findall(r"TTW_(VLLM|OPENAI|SERVERS__FAR)__([A-Z_]+)", PAGE)
    assert len({option for _, option in named}) > 8
    for group, option in named:
        assert option.lower() in known[group.partition("__")[0]], option
    assert {f"WOOD_{name}" for name in re.findall(r"WOOD_(\w+)", PAGE)} <= set(re.findall(r'"(WOOD_\w+)"', APP))


def services(file: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / file).read_text("utf-8"))["services"]
    return found


def test_minds_behind_one_address_are_served_as_the_one_beside_the_bot_is() -> None:
    (minds,), model = services("deploy/minds.compose.yaml").values(), services("compose.yaml")["model"]
    name, engines, *rest = minds["command"]
    assert name == "${WOOD_MODEL:-" + VllmOptions().model + "}"
    assert engines.startswith("--data-parallel-size=")
    assert rest == model["command"][1:]
    same = ("image", "entrypoint", "ipc", "init", "restart", "healthcheck", "volumes")
    assert {key: minds[key] for key in same} == {key: model[key] for key in same}
    assert minds["environment"]["VLLM_API_KEY"].startswith("${VLLM_API_KEY:?"), "others can reach it"
    (port,) = minds["ports"]
    assert port.startswith("${WOOD_ADDRESS:-127.0.0.1}:"), "to be opened on purpose"


def test_the_processes_of_the_example_share_all_shards_and_no_file() -> None:
    base, spread = services("compose.yaml")["bot"], services("deploy/shards.compose.yaml")
    ranges = [Shards.parse(service["environment"]["TTW_SHARDS"]) for service in spread.values()]
    assert sorted(shard for shards in ranges for shard in shards.ids) == list(range(ranges[0].count))
    for shards, service in zip(ranges, spread.values(), strict=True):
        assert service["environment"]["TTW_DATABASE"] == str(shards.file(Path("/data") / DATABASE))
    kept = {key: value for key, value in base.items() if key not in ("build", "environment")}
    second = {key: value for key, value in spread["second"].items() if key != "environment"}
    assert second == kept, "it runs as the first one does"
    assert spread["second"]["environment"].keys() >= base["environment"].keys()
