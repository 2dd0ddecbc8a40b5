"""The woods of older versions that are kept as fixtures, unpacked for a test."""

import gzip
from pathlib import Path
from typing import Final

FIXTURES: Final = Path(__file__).parents[1] / "fixtures"
V1: Final = FIXTURES / "v1"
LIVING, PAUSED, RAZED = (501_000_000_000_000_007 + number for number in range(3))
"""Channels of the woods in the file of the first version."""
TURNS: Final = 64
"""Turns of the first of them."""


def unpack(folder: Path, fixture: Path = V1) -> Path:
    """A copy of a fixture's database that a test may write."""
    path = folder / "wood.sqlite3"
    path.write_bytes(gzip.decompress((fixture / "wood.sqlite3.gz").read_bytes()))
    return path
