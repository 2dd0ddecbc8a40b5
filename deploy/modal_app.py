"""A wood's model on a serverless GPU: vLLM's OpenAI-compatible server as an app on Modal (https://modal.com).

    pip install modal
    modal setup                                                            # once, opens a browser
    modal secret create wood-model VLLM_API_KEY="$(openssl rand -hex 24)"  # once; note the key
    modal deploy deploy/modal_app.py                                       # prints the address

The bot is then told the address (with ``/v1`` behind it), the key and the model: docs/minds.md. The GPU is paid for
while it runs: it starts with the first question and ends ``IDLE`` seconds after the last. Written against Modal 1.6.
"""

import os
import subprocess
import threading
from typing import Final

import modal

MODEL: Final = os.environ.get("WOOD_MODEL", "Qwen/Qwen2.5-3B-Instruct")
"""Name on Hugging Face's hub; the settings of the bot name the same."""
GPU: Final = os.environ.get("WOOD_GPU", "L4")
"""One with 16 GB or more holds the default model."""
IDLE: Final = int(os.environ.get("WOOD_IDLE", "300"))
"""Seconds without a question after which the GPU is given back."""
PORT: Final = 8000
AT_ONCE: Final = 256
STARTING: Final = 15 * 60
"""Seconds in which the server must be up; the very first start also downloads the model."""
CACHE: Final = "/cache"

# The image has the CUDA toolkit (nvcc), because vLLM compiles some kernels when they are first used.
image = (
    modal.Image.from_registry("nvidia/cuda:13.0.1-devel-ubuntu24.04", add_python="3.12")
    .entrypoint([])
    .uv_pip_install("vllm==0.32.0")
    .env(
        {
            "HF_HOME": f"{CACHE}/huggingface",
            "VLLM_CACHE_ROOT": f"{CACHE}/vllm",
            "VLLM_NO_USAGE_STATS": "1",
            "WOOD_MODEL": MODEL,  # read again where this file runs
            "WOOD_GPU": GPU,
            "WOOD_IDLE": str(IDLE),
        }
    )
)
app = modal.App("thousand-token-wood-model", image=image)


def command() -> list[str]:
    """What starts the server. The key is not in it: vLLM takes it from VLLM_API_KEY."""
    return [
        *("vllm", "serve", MODEL, "--host", "0.0.0.0", "--port", str(PORT)),
        "--max-model-len=2048",
        f"--max-num-seqs={AT_ONCE}",
        "--max-num-batched-tokens=8192",
        "--gpu-memory-utilization=0.9",
        "--enable-prefix-caching",
        "--enable-prompt-tokens-details",  # so that the share from the cache can be seen
        *("--structured-outputs-config.backend", "guidance"),
        *("--structured-outputs-config.disable_any_whitespace", "true"),
    ]


@app.function(
    gpu=GPU,
    volumes={CACHE: modal.Volume.from_name("wood-model-cache", create_if_missing=True)},
    secrets=[modal.Secret.from_name("wood-model", required_keys=["VLLM_API_KEY"])],
    scaledown_window=IDLE,
    startup_timeout=STARTING,
    timeout=10 * 60,
    max_containers=1,  # never more than one GPU on the bill
)
@modal.concurrent(max_inputs=AT_ONCE)
@modal.web_server(PORT, startup_timeout=STARTING)
def serve() -> None:
    """Start the server; Modal sends it questions once its port is open."""
    server = subprocess.Popen(command())
    threading.Thread(target=_end_with, args=(server,), daemon=True).start()


def _end_with(server: "subprocess.Popen[bytes]") -> None:
    """End this container when its server has ended, so that a new one takes its place.

    The server ends with code 0 even when its engine has died.
    """
    server.wait()
    os._exit(1)
