"""How a sweep over seeds is worked: by whom, where, how much at once, and who is told how far it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from inference.council import DEADLINE
from inference.roster import Engines

WOODS: Final = 16
"""Woods that a model thinks for at once, unless told otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How a sweep is worked. None of it changes what comes out, but ``engines`` and ``deadline`` where models play.

    Attributes:
        engines: what the minds that are models are told.
        workers: processes for rule-based minds; None for one a core, 1 works in this process.
        woods: woods that models think for at once.
        deadline: seconds in which a model must have answered a turn.
        resume: folder that keeps what every seed showed: the same sweep goes on from there.
        ray: address of a Ray cluster that rule-based minds work on instead; models work in this process.
        after_run: is called after every run, in this process.
        tell: is given words about an engine that is waited for.
    """

    engines: Engines | None = None
    workers: int | None = None
    woods: int = WOODS
    deadline: float = DEADLINE
    resume: Path | None = None
    ray: str | None = None
    after_run: Callable[[], object] = lambda: None
    tell: Callable[[str], object] = lambda words: None

    @property
    def told(self) -> object:
        """What the answers of models depend on. It may hold secrets: only a digest of it may be written."""
        return self.engines, self.deadline, list(_weights(self.engines))


def _weights(engines: Engines | None) -> Iterator[tuple[str, int, int]]:
    """Names, sizes and times of the files of a model or an adapter on this machine, which may be trained anew there."""
    told = engines.vllm if engines is not None else None
    for folder in (told.model, told.lora, told.tokenizer) if told else ():
        for path in sorted(Path(folder).rglob("*")) if folder and Path(folder).is_dir() else ():
            if path.is_file():
                about = path.stat()
                yield path.name, about.st_size, about.st_mtime_ns


AT_EASE: Final = Effort()
"""Rule-based minds on all cores, nothing kept."""
