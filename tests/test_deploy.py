"""What is deployed elsewhere is the same model and server as here, and the page about minds names what there is."""

import ast
import re
from pathlib import Path

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
