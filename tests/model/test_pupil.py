"""A pupil from its lessons to the gate, on a tiny model with random weights: the whole recipe, in two minutes."""

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.vllm.tiny import make_tiny_model

pytestmark = [
    pytest.mark.timeout(3600),
    pytest.mark.skipif(find_spec("peft") is None, reason="needs peft, which requirements-vllm-cpu.lock has"),
]

ROOT = Path(__file__).parents[2]
SETTINGS = {
    "DTYPE": "float32",
    "ENFORCE_EAGER": "true",
    "MAX_NUM_SEQS": "64",
    "MAX_NUM_BATCHED_TOKENS": "4096",
    "KV_CACHE_MEMORY_BYTES": str(64 << 20),
    "EXTRA": '{"block_size": 32}',
}


def pupil(folder: Path, model: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    told = {f"TTW_VLLM__{name}": value for name, value in SETTINGS.items()}
    told |= {
        "TTW_VLLM__MODEL": str(model),
        "TTW_DEADLINE": "600",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
    }
    command = [sys.executable, str(ROOT / "deploy" / "pupil.py"), "--out", "pupil", *arguments]
    return subprocess.run(command, cwd=folder, env=os.environ | told, capture_output=True, text=True, check=False)


def test_a_pupil_learns_from_the_best_calls_and_sits_only_if_it_passes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = make_tiny_model(tmp_path / "tiny")
    lessons = ("--teacher", "instinct", "--scenario", "plain", "--seeds", "3", "--turns", "5", "--lessons", "20")
    training = ("--epochs", "4", "--rank", "4", "--rate", "0.01", "--batch", "4")
    done = pupil(tmp_path, model, *lessons, *training, "--exam", "12")
    with capsys.disabled():
        sys.stdout.write(f"\n{done.stdout}\n")
    out = tmp_path / "pupil"
    assert (out / "verdict.json").is_file(), done.stdout + done.stderr
    verdict = json.loads((out / "verdict.json").read_text("utf-8"))
    assert done.returncode == (0 if verdict["seated"] else 1), done.stderr
    assert (out / "seated").is_dir() == verdict["seated"] != (out / "candidate").is_dir()

    (chosen, calls) = re.search(r"lessons: ([\d,]+) of ([\d,]+) calls", done.stdout).groups()  # type: ignore[union-attr]
    assert 0 < int(chosen) <= 20 < int(calls)
    losses = [float(each) for each in re.findall(r"loss by epoch: (.*)", done.stdout)[0].split(", ")]
    assert losses[-1] < losses[0]
    adapter = next(path for name in ("seated", "candidate") if (path := out / name).is_dir())
    assert json.loads((adapter / "adapter_config.json").read_text("utf-8"))["r"] == 4
    assert (adapter / "adapter_model.safetensors").is_file()
    shifts = {shift["measure"]: shift for shift in verdict["shifts"]}
    assert {"judgement", "efficiency", "valid"} <= set(shifts)
    assert any(shift["before"] != shift["after"] for shift in shifts.values()), "it says what the bare model says"
    assert verdict["judgement"] == [shifts["judgement"]["before"], shifts["judgement"]["after"]]
    assert f"worse in: {', '.join(verdict['worse']) or 'nothing'}" in done.stdout


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pupil").mkdir()
    (tmp_path / "pupil" / "mine.txt").write_text("mine")
    done = pupil(tmp_path, tmp_path)
    assert done.returncode == 1
    assert "not empty; name another folder" in done.stderr
    assert [path.name for path in (tmp_path / "pupil").iterdir()] == ["mine.txt"]
