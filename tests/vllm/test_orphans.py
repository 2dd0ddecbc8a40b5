"""A bot that is killed takes its engine with it, and one that ends in order leaves nothing behind.

The second one answers by a LoRA adapter, which is tried here too because building an engine takes so long.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from inference.schema import model_without
from tests.vllm.engine import BUILDING, engine_processes
from tests.vllm.tiny import make_tiny_adapter
from wood.names import Good

pytestmark = pytest.mark.timeout(1800)

ROOT = Path(__file__).parents[2]
CHILD = """\
import asyncio, json, sys
from pathlib import Path
from data.content import default_rules
from inference.engines.vllm import VllmMind
from inference.prompt import render
from inference.protocol import Request
from inference.schema import schema_of
from tests.inference.views import make_view
from tests.vllm.engine import BUILDING, LONG, options


async def main():
    mind = VllmMind(options(Path(sys.argv[1]), lora=sys.argv[2] or None))
    mind.start()
    assert await mind.ready(BUILDING), mind.state
    view = make_view()
    asked = Request("w", 5, view, render(view, default_rules()), schema_of(view))
    (reply,) = await mind.decide([asked], LONG)
    print(json.dumps({"text": reply.text, "failure": reply.failure}), flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await mind.close()


if __name__ == "__main__":
    asyncio.run(main())
"""


@contextmanager
def bot(folder: Path, model: Path, temporary: str, lora: str = "") -> Iterator[subprocess.Popen[str]]:
    """A process with an engine, which says what it was asked and ends when it is sent a line."""
    script = folder / "bot.py"
    script.write_text(CHILD, "utf-8")
    child = subprocess.Popen(
        [sys.executable, str(script), str(model), lora],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": temporary},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield child
    finally:
        if child.poll() is None:
            for process in [*engine_processes(child.pid), psutil.Process(child.pid)]:
                process.kill()
        child.wait(30)


def reply_of(child: "subprocess.Popen[str]") -> str:
    assert child.stdout is not None
    told = json.loads(child.stdout.readline())
    assert told["failure"] is None
    model_without(Good.HONEY, answers=True).model_validate_json(told["text"])
    return str(told["text"])


def test_no_engine_outlives_its_bot(tiny: Path, tmp_path: Path) -> None:
    temporary = tempfile.mkdtemp()
    try:
        with bot(tmp_path, tiny, temporary) as child:
            bare = reply_of(child)
            engines = engine_processes(child.pid)
            assert engines
            child.send_signal(signal.SIGKILL)
            _, alive = psutil.wait_procs(engines, timeout=BUILDING)
            assert not alive, "the engine lives on, and keeps its memory"
        left = {each.name for each in Path(temporary).iterdir()}
        with bot(tmp_path, tiny, temporary, str(make_tiny_adapter(tmp_path))) as child:
            assert reply_of(child) != bare, "the adapter changed nothing"
            engines = engine_processes(child.pid)
            assert child.stdin is not None
            child.stdin.write("\n")
            child.stdin.close()
            assert child.wait(BUILDING) == 0
            _, alive = psutil.wait_procs(engines, timeout=30)
            assert not alive
        new = {each.name for each in Path(temporary).iterdir()} - left
        assert not [name for name in new if name.startswith("ttw-")], "sockets were left in the temporary folder"
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
