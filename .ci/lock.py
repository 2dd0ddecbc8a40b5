"""Write requirements.lock: one resolution of the core and of every extra, with hashes and without addresses.

Each package outside the core carries the extras that need it as a marker (``extra == 'play'``). pip evaluates
that marker to false, so ``pip install --require-hashes -r requirements.lock`` installs the core alone; the Makefile
and the Dockerfile switch an extra on by replacing its marker with one that is true.

Usage: ``python .ci/lock.py UV [--upgrade]``, with UV the path of the uv program; run it from the repository root.
Without ``--upgrade`` versions that stand in the lock stay, as long as pyproject.toml still allows them.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

LOCK = Path("requirements.lock")
HEADER = """\
# Every dependency of every extra, pinned and hashed: one resolution, valid for CPython 3.11 and later.
# Made by `make lock` from pyproject.toml; do not edit. Lines marked with an extra are skipped by a plain
# `pip install --require-hashes -r requirements.lock`; `make play` and `make test` switch on what they need.
"""
FLAGS = [
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header", "--no-config", "--quiet"),
]
ENTRY = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+)(?: ; (?P<marker>.+?))?(?P<rest> \\)$")
"""The first line of a pinned package; its hashes follow on lines of their own."""
EXTRA = re.compile(r"( ;| and) \(?extra == .*$")
"""What :func:`mark` adds at the end of such a line."""


def compile_lock(uv: str, output: Path, *options: str) -> str:
    """Resolve pyproject.toml into ``output`` and return its text.

    Raises:
        subprocess.CalledProcessError: the requirements contradict each other, or no index could be reached.
    """
    command = [uv, "pip", "compile", "pyproject.toml", *FLAGS, *options, "--output-file", str(output)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return output.read_text("utf-8")


def pinned(text: str) -> set[str]:
    """Name the packages that a compiled text pins."""
    return {match["name"] for line in text.splitlines() if (match := ENTRY.match(line))}


def mark(line: str, extras: list[str]) -> str:
    """Add the marker of ``extras`` to the first line of a pinned package."""
    match = ENTRY.match(line)
    if match is None or not extras:
        return line
    wanted = " or ".join(f"extra == '{extra}'" for extra in extras)
    if len(extras) > 1:
        wanted = f"({wanted})"
    marker = f"({match['marker']}) and {wanted}" if match["marker"] else wanted
    return f"{match['name']}=={match['version']} ; {marker}{match['rest']}"


def unmark(text: str) -> str:
    """Take the extras off a lock again: the versions alone, which uv prefers when it resolves anew."""
    entries = [line.removesuffix(" \\") for line in text.splitlines() if ENTRY.match(line)]
    return "\n".join(EXTRA.sub("", entry) for entry in entries)


def main() -> None:
    """Resolve everything together, then ask of each extra which part of that it needs."""
    uv, *upgrade = sys.argv[1:]
    extras = sorted(tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"])
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "whole.txt")
        if LOCK.exists():
            whole.write_text(unmark(LOCK.read_text("utf-8")), "utf-8")
        text = compile_lock(uv, whole, "--all-extras", *upgrade)
        within = ("--constraint", str(whole))
        core = pinned(compile_lock(uv, Path(folder, "core.txt"), *within))
        needs = {
            extra: pinned(compile_lock(uv, Path(folder, f"{extra}.txt"), "--extra", extra, *within)) - core
            for extra in extras
        }
    lines = []
    for line in text.splitlines():
        match = ENTRY.match(line)
        lines.append(mark(line, [e for e in extras if match["name"] in needs[e]]) if match else line)
    LOCK.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    print(f"{LOCK}: {len(pinned(text))} packages, {len(core)} of them in the core")


if __name__ == "__main__":
    main()
