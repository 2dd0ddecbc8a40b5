"""The woods of older versions that are kept as fixtures, unpacked for a test."""

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.replay import Outcome
from data.upcasts import HASHES
from wood.version import RULES

FIXTURES: Final = Path(__file__).parents[1] / "fixtures"
LIVING, PAUSED, RAZED = (501_000_000_000_000_007 + number for number in range(3))
"""Channels of the woods in each file."""
TURNS: Final = 64
"""Turns of the first of them."""


@dataclass(frozen=True)
class Kept:
    """A folder of fixtures, and by what its woods were made.

    Attributes:
        version: the form of the woods, 1, 2, …
        rules: the version of the rules they were played by.
        hashes: the form of their hashes.
        schemas: of world, record and decisions as stored.
        pending: kinds of the inputs that wait in the living wood.
        claims: open claims at its end.
        check: what the check of the log's last line begins with.
        keys: how many keys have been given, to patrons and to callers.
        present: who of the patrons is there at its end, in order.
        names: what those are called.
    """

    version: int
    rules: int
    hashes: int
    schemas: tuple[int, int, int]
    pending: tuple[str, ...]
    claims: int
    check: str
    keys: int = 5
    present: tuple[bool, ...] = (True, True, True, False)
    names: tuple[str, ...] = ("Ann", "Bo 明日香", "Cy")

    @property
    def folder(self) -> Path:
        return FIXTURES / f"v{self.version}"

    @property
    def log(self) -> Path:
        return self.folder / "wood.jsonl.gz"

    @property
    def has_seam(self) -> bool:
        """Whether the program of today goes on from it in another stretch."""
        return (self.rules, self.hashes) != (RULES, HASHES)

    @property
    def outcome(self) -> Outcome:
        """What replay says of its log."""
        return Outcome.OTHER_RULES if self.has_seam else Outcome.AGREES


V1: Final = Kept(1, 1, 1, (1, 1, 1), ("rumor", "draw", "join", "leave", "cast"), 13, "c74111c760e9dec7")
V2: Final = Kept(2, 1, 2, (1, 2, 1), ("rumor", "rumor", "draw", "join", "leave", "cast"), 16, "0f62535b517d5695")
V3: Final = Kept(
    3,
    2,
    3,
    (2, 2, 1),
    ("rumor", "rumor", "draw", "join", "leave", "call", "cast", "loan"),
    9,
    "eb693b07ddea6095",
    keys=9,
    present=(True, True, True, False, True, False),
    names=("Ann", "Bo 明日香", "Cy", "Dee"),
)
KEPT: Final = (V1, V2, V3)


def unpack(folder: Path, kept: Kept = V1) -> Path:
    """A copy of a fixture's database that a test may write."""
    path = folder / "wood.sqlite3"
    path.write_bytes(gzip.decompress((kept.folder / "wood.sqlite3.gz").read_bytes()))
    return path
