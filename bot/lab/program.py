"""Which program this is: a digest of all that its results can depend on, and the files that it is over."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import bot
import data
import inference
import wood

_ROOMS: Final = (wood, inference, data, bot)
"""What a result in the lab can depend on: rules, minds, content with its words, and the lab itself."""
_MADE: Final = frozenset({".pyc", ".so", ".pyd"})
"""Endings of what is made from sources: another form of the same program."""


def sources() -> Iterator[tuple[str, Path]]:
    """Every file of the program as it is installed, sorted: its name from the import path on, and where it lies."""
    for room in _ROOMS:
        for folder in map(Path, room.__path__):
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.suffix not in _MADE and "__pycache__" not in path.parts:
                    yield (Path(room.__name__) / path.relative_to(folder)).as_posix(), path


@cache
def digest() -> str:
    """The program's own digest: SHA-256, in hex, over the names and bytes of its sources, rules and content among them.

    It is found once, so that it is of the program that runs and not of what an editor makes of it meanwhile.

    Raises:
        OSError: a file cannot be read.
    """
    whole = sha256()
    for name, path in sources():
        content = path.read_bytes()
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()
