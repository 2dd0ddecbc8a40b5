"""Keeps what minds replied in a sweep: one file a mind, put together from one a run, so that memory stays as it is."""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from data.files import replacing
from data.traces import TraceFormat, record, trace_from, write_traces
from wood.trace import Trace

_LONGEST: Final = 100
"""Letters of a file's name that are taken from a mind's."""

Writer = Callable[[Iterable[Trace]], None]
"""Takes the calls of a turn."""


class Kept(NamedTuple):
    """What is kept of one mind: the file, and how many calls are in it."""

    file: Path
    rows: int


@dataclass(frozen=True, slots=True)
class Replies:
    """Where the replies of a sweep go; it can be handed to other processes.

    Attributes:
        parts: folder of the files of single runs, until they are put together.
    """

    parts: Path

    @contextmanager
    def writing(self, mind: str, seed: int) -> Iterator[Writer]:
        """Lend a writer for one run; what is written is kept if the block ends well.

        Raises:
            OSError: it cannot be written.
        """
        path = self._part(mind, seed)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:

            def write(traces: Iterable[Trace]) -> None:
                file.writelines(json.dumps(record(trace), ensure_ascii=False) + "\n" for trace in traces)

            yield write

    def has(self, mind: str, seed: int) -> bool:
        """Whether the calls of a run are there."""
        return self._part(mind, seed).is_file()

    def gather(self, mind: str, seeds: Sequence[int], target: Path, form: TraceFormat) -> Kept | None:
        """Put the runs of a mind that were finished into one file, in the order of their seeds; None without any.

        Raises:
            OSError: it cannot be written.
        """
        parts = [part for seed in seeds if (part := self._part(mind, seed)).is_file()]
        if not parts:
            return None
        if form is not TraceFormat.JSONL:
            return Kept(target, write_traces(target, (trace_from(json.loads(line)) for line in _lines(parts)), form))
        rows = sum(1 for _ in _lines(parts))
        with replacing(target) as whole, whole.open("wb") as file:
            for part in parts:
                with part.open("rb") as run:
                    shutil.copyfileobj(run, file)
        return Kept(target, rows)

    def _part(self, mind: str, seed: int) -> Path:
        return self.parts / sha256(mind.encode()).hexdigest() / f"{seed}.jsonl"


@contextmanager
def keeping(
    folder: Path | None, minds: Sequence[str], seeds: Sequence[int], form: TraceFormat, parts: Path | None = None
) -> Iterator[tuple[Replies | None, Mapping[str, Kept]]]:
    """Keep the replies of a sweep in a folder, which is made where there is none.

    Yields where to write them, and what will hold, by mind, the files when the block has ended. It may end by an error:
    the runs that were finished by then are kept.

    Args:
        folder: where to; files of the same names are replaced. None keeps nothing.
        minds: the names of the minds; each once.
        seeds: what they play.
        form: the format of the files.
        parts: folder of the files of single runs, which stay there; None has them nowhere when the block has ended.

    Raises:
        OSError: the folder cannot be written.
        ModuleNotFoundError: Parquet needs pyarrow, which is not installed.
    """
    kept: dict[str, Kept] = {}
    if folder is None:
        yield None, kept
        return
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".replies-", dir=folder) as passing:
        replies = Replies(parts or Path(passing))
        write_traces(Path(passing, "none"), (), form)  # what is missing must be told before hours of playing
        try:
            yield replies, kept
        finally:
            for mind, name in file_names(minds).items():
                if found := replies.gather(mind, seeds, folder / f"{name}.{form}", form):
                    kept[mind] = found


def file_names(minds: Iterable[str]) -> dict[str, str]:
    """Names of files for minds, without an ending; different for every mind, also where capitals do not count."""
    names: dict[str, str] = {}
    for mind in minds:
        plain = re.sub(r"[^\w.-]+", "-", mind)[:_LONGEST].strip("-.") or "mind"
        taken = {name.casefold() for name in names.values()}
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}-{number}"
        names[mind] = name
    return names


def _lines(parts: Iterable[Path]) -> Iterator[str]:
    for path in parts:
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from file
