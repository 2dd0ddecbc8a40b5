"""Runs of a study as rows: one a scenario, mind and seed, and the file that keeps them."""

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.lab.paper.measures import MEASURES

RUNS: Final = "runs.csv"
_KEYS: Final = ("scenario", "mind", "seed", "turns", "hash")
NAME_MOST: Final = 200
"""Letters of a name."""


class RunsError(ValueError):
    """A file of runs cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """One wood that was played.

    Attributes:
        scenario: its setting's name.
        mind: who thought for all five.
        seed: of the wood.
        turns: how many were played.
        hash: of the last turn, over all before it: the same for the same wood.
        values: by measure; None where the run does not show it.
    """

    scenario: str
    mind: str
    seed: int
    turns: int
    hash: str
    values: Mapping[str, float | None]


def may_be_named(name: str) -> bool:
    """Whether a name of a mind or a scenario can be written so that it is read again."""
    return 0 < len(name) <= NAME_MOST and name.isprintable()


def write_runs(runs: Iterable[Run]) -> str:
    """Runs as CSV, in the order in which they are given; figures as they are, nothing where there is none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*_KEYS, *MEASURES))
    for run in runs:
        figures = (run.values.get(key) for key in MEASURES)
        shown = ("" if figure is None else repr(figure) for figure in figures)
        writer.writerow((run.scenario, run.mind, run.seed, run.turns, run.hash, *shown))
    return out.getvalue()


def read_runs(path: Path) -> tuple[Run, ...]:
    """Read a file of runs, or the one in a folder that the command wrote.

    Measures that this program does not know are left out; those that the file lacks are None.

    Raises:
        RunsError: it is no such file.
        OSError: it cannot be read.
    """
    file = path / RUNS if path.is_dir() else path
    if not file.is_file():
        raise RunsError(f"There is no {RUNS} at {path}. Write one with `ttw paper --out FOLDER`.")
    try:
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline=""), strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise RunsError(f"{file} is no file of runs: {error}. Write one with `ttw paper --out FOLDER`.") from None
    runs = tuple(_run(row, file, line) for line, row in enumerate(rows, 2))
    if not runs:
        raise RunsError(f"{file} holds no runs. Write one with `ttw paper --out FOLDER`.")
    if len({(run.scenario, run.mind, run.seed) for run in runs}) < len(runs):
        raise RunsError(f"{file} holds a seed of a mind twice. Write it anew with `ttw paper --out FOLDER`.")
    return runs


def _run(row: dict[str, str], file: Path, line: int) -> Run:
    try:
        names = [row[key] for key in ("scenario", "mind", "hash")]
        if not all(map(may_be_named, names)):
            raise ValueError("a name is empty, too long or has control characters")
        values = {key: float(text) if (text := row.get(key)) else None for key in MEASURES}
        if not all(value is None or math.isfinite(value) for value in values.values()):
            raise ValueError("a figure is not finite")
        return Run(names[0], names[1], int(row["seed"]), int(row["turns"]), names[2], values)
    except (KeyError, ValueError, TypeError) as error:
        what = f"there is no column {error}" if isinstance(error, KeyError) else str(error)
        raise RunsError(f"{file}, line {line}: {what}. Write the file anew with `ttw paper --out FOLDER`.") from None


def values_of(runs: Sequence[Run], scenario: str, mind: str, measure: str) -> dict[int, float]:
    """One measure of one mind in one scenario, by seed in its order; seeds that do not show it are left out."""
    found = {
        run.seed: value
        for run in runs
        if run.scenario == scenario and run.mind == mind and (value := run.values.get(measure)) is not None
    }
    return dict(sorted(found.items()))
