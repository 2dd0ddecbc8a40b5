"""What a sweep has done so far, on disk: a file a job, so that one that was cut off goes on where it was.

A file holds three lines of JSON: a check over the other two, what the result depends on, and the result. Nothing that
is read from it is run. Its name is a digest of what the result depends on, the program's sources included, so a result
of another program, another plan or another seed is never found; and one that is damaged counts as not there.
"""

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter
from pydantic_core import to_json

from bot.lab.program import digest
from data.files import replacing

J = TypeVar("J")
R = TypeVar("R")


def fingerprint(*facts: object) -> str:
    """A digest, in hex, of some facts and of the program: plain values, dataclasses and models, no sets."""
    return sha256(to_json([digest(), *facts], inf_nan_mode="strings")).hexdigest()


class Journal(Generic[J, R]):
    """The results of finished jobs in a folder; several sweeps, and several processes, may share it.

    Args:
        folder: where they lie; it is made where there is none.
        what: what is done with a job, in a word: sweeps that ask different things differ in it.
        result: the type of a result, as pydantic reads and writes it; no result is None.
        about: all that a job's result depends on beside the program: plain values, dataclasses and models, no sets.
        complete: whether what else belongs to a finished job is still there.
    """

    def __init__(
        self,
        folder: Path,
        what: str,
        result: type[R],
        about: Callable[[J], object],
        complete: Callable[[J], bool] = lambda job: True,
    ) -> None:
        self._folder = folder
        self._what = what
        self._form: TypeAdapter[R] = TypeAdapter(result)
        self._about = about
        self._complete = complete

    def recall(self, jobs: Sequence[J]) -> tuple[list[tuple[J, R]], list[J]]:
        """Tell jobs that were finished, with their results, from those that are to be done; makes the folder.

        Raises:
            OSError: the folder cannot be made, or a file in it not be read.
        """
        self._folder.mkdir(parents=True, exist_ok=True)  # what is wrong with it must be told before hours of work
        found: list[tuple[J, R]] = []
        missing: list[J] = []
        for job in jobs:
            result = self.find(job)
            if result is None:
                missing.append(job)
            else:
                found.append((job, result))
        return found, missing

    def find(self, job: J) -> R | None:
        """The result of a job that was finished; None where it is to be done, or done anew.

        Raises:
            OSError: there is a file, and it cannot be read.
        """
        facts = self._facts(job)
        try:
            check, kept, result, rest = self._path(facts).read_bytes().split(b"\n")
            if (check, kept, rest) != (_check(facts, result), facts, b"") or not self._complete(job):
                return None
            return self._form.validate_json(result)
        except (FileNotFoundError, ValueError):
            return None

    def keep(self, job: J, result: R) -> R:
        """Keep the result of a job, whole or not at all.

        Answers it as :meth:`find` will, so that a sweep comes to the same whether it was cut off or not.

        Raises:
            OSError: it cannot be written.
        """
        facts = self._facts(job)
        written = json.dumps(self._form.dump_python(result, mode="json"), separators=(",", ":")).encode()
        path = self._path(facts)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part:
            part.write_bytes(b"\n".join((_check(facts, written), facts, written, b"")))
        return self._form.validate_json(written)

    def _facts(self, job: J) -> bytes:
        return to_json({"program": digest(), "what": self._what, "job": self._about(job)}, inf_nan_mode="strings")

    def _path(self, facts: bytes) -> Path:
        name = sha256(facts).hexdigest()
        return self._folder / name[:2] / f"{name[2:]}.jsonl"


def _check(facts: bytes, result: bytes) -> bytes:
    return json.dumps({"sha256": sha256(facts + b"\n" + result).hexdigest()}).encode()
