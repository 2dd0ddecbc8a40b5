"""A wood's whole log as a file: the seed, the content it ran on, and every input of every turn.

The format is JSON, one object a line (``.jsonl``, or gzipped ``.jsonl.gz``):

* the header: ``{"format": "wood-log", "version": 1, "seed", "turns", "founding", "content", "contents"}``, where
  ``founding`` is the hash of the founded world, ``content`` the digest it was founded on and ``contents`` maps
  digests to content documents;
* then one line a turn: ``{"turn", "content", "interventions", "decisions", "hash", "check"}``, where ``hash`` is the
  turn's hash in the wood's own chain and ``check`` a digest of the line itself, chained to the line before.

No line names a player or a Discord id: patrons are keys. With it anybody can recompute the wood
(:func:`data.replay.replay`) and see whether every hash agrees.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from data.files import replacing
from data.forms import Action, Decisions
from wood.chronicle import dump
from wood.moves import Intervention
from wood.world import World

FORMAT: Final = "wood-log"
VERSION: Final = 1
MAX_LINE: Final = 4_000_000
"""Characters of the longest line read: far above any turn, and a bound for a file that is no log."""


class LogError(Exception):
    """The file is no log that can be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class LoggedTurn:
    """One turn's inputs.

    Attributes:
        number: the turn.
        content: digest of the content it ran on.
        interventions: what patrons and keepers put in, in their order.
        decisions: what the minds decided.
        hash: the hash it had when it was played.
        damage: what is wrong with its line in the file; empty for a sound one.
    """

    number: int
    content: str
    interventions: tuple[Intervention, ...]
    decisions: Decisions
    hash: str
    damage: str = ""


@dataclass(frozen=True, slots=True)
class Log:
    """A wood's whole log.

    Attributes:
        seed: the world's seed.
        founding: hash of the founded world, see :func:`founding_hash`.
        content: digest of the content it was founded on.
        contents: content documents by digest.
        turns: every turn from the first, in order.
        length: turns the log says it has; more than ``turns`` holds when its end is lost.
    """

    seed: int
    founding: str
    content: str
    contents: Mapping[str, Mapping[str, Any]]
    turns: Sequence[LoggedTurn]
    length: int


class _Header(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    format: str
    version: int
    seed: int
    turns: int
    founding: str
    content: str
    contents: dict[str, dict[str, Any]]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")
    turn: int
    content: str
    interventions: tuple[Action, ...]
    decisions: Decisions
    hash: str
    check: str = ""


def founding_hash(world: World) -> str:
    """SHA-256 (hex) of a founded world."""
    return hashlib.sha256(dump(world)).hexdigest()


def log_lines(log: Log) -> Iterator[str]:
    """The lines of the file, each with its line break."""
    header = _Header(
        format=FORMAT,
        version=VERSION,
        seed=log.seed,
        turns=len(log.turns),
        founding=log.founding,
        content=log.content,
        contents={digest: dict(document) for digest, document in log.contents.items()},
    ).model_dump_json()
    yield header + "\n"
    check = _digest("", header)
    for turn in log.turns:
        line = _Line(
            turn=turn.number,
            content=turn.content,
            interventions=turn.interventions,
            decisions=turn.decisions,
            hash=turn.hash,
        )
        body = line.model_dump_json(exclude={"check"})
        check = _digest(check, body)
        yield f'{body[:-1]},"check":"{check}"}}\n'


def log_bytes(log: Log, *, compress: bool = False) -> bytes:
    """The whole file, the same bytes for the same log; gzipped if asked."""
    plain = "".join(log_lines(log)).encode()
    return gzip.compress(plain, mtime=0) if compress else plain


def write_log(path: Path, log: Log) -> None:
    """Write a log (gzipped if the name ends in ``.gz``); the file appears whole or not at all.

    Raises:
        OSError: the file cannot be written.
    """
    with replacing(path) as part:
        part.write_bytes(log_bytes(log, compress=path.suffix == ".gz"))


def read_log(path: Path) -> Log:
    """Read a log.

    A turn whose line was changed or cannot be read is kept with its ``damage`` named, so that a replay can say
    which turn it is.

    Raises:
        LogError: the file is not there, is no log, is of a newer version, or its header is damaged.
    """
    lines = _lines(path)
    head = next(lines, "").rstrip("\n")
    header = _read_header(path, head)
    turns: list[LoggedTurn] = []
    check = _digest("", head)
    for text in lines:
        body, found = _split(text.rstrip("\n"))
        check = _digest(check, body)
        turns.append(_read_turn(len(turns) + 1, body, intact=found == check))
        # Later lines are judged against what stands in the file, so that one damaged line is one damaged turn.
        check = found or check
    return Log(header.seed, header.founding, header.content, header.contents, tuple(turns), header.turns)


def _digest(before: str, body: str) -> str:
    return hashlib.sha256((before + body).encode("utf-8", "surrogateescape")).hexdigest()


def _split(text: str) -> tuple[str, str]:
    """Part a line into its body, as it was when its check was made, and the check."""
    body, mark, check = text.rpartition(',"check":"')
    return (body + "}", check.removesuffix('"}')) if mark else (text, "")


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open("rb") as probe:
            packed = probe.read(2) == b"\x1f\x8b"
        opener = gzip.open if packed else open
        with opener(path, "rt", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            while line := file.readline(MAX_LINE):
                yield str(line)
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise LogError(f"{path} is a damaged gzip file. Export the wood's log again.") from error
        reason = error.strerror or str(error)
        raise LogError(f"{path} cannot be read: {reason}. Give the path of a log that was exported.") from error
    except (EOFError, zlib.error) as error:
        raise LogError(f"{path} is a damaged gzip file. Export the wood's log again.") from error


def _read_header(path: Path, head: str) -> _Header:
    try:
        raw = json.loads(head)
    except ValueError as error:
        raise LogError(f"{path} is no wood's log: its first line is not JSON. Export the wood's log again.") from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise LogError(f"{path} is no wood's log: its first line names no {FORMAT!r} format.")
    version = raw.get("version")
    if not isinstance(version, int) or version < 1:
        raise LogError(f"{path} names no version of its format. Export the wood's log again.")
    if version > VERSION:
        raise LogError(
            f"{path} has version {version} of the log format, but this program reads only up to {VERSION}. "
            "Read it with the version of the program that wrote it, or a newer one."
        )
    try:
        return _Header.model_validate(raw)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise LogError(
            f"{path} has a damaged header ({where}: {fault['msg']}). Export the wood's log again."
        ) from error


def _read_turn(number: int, body: str, *, intact: bool) -> LoggedTurn:
    try:
        line = _Line.model_validate_json(body.encode("utf-8", "surrogateescape"))
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "line"
        return LoggedTurn(number, "", (), {}, "", f"its line cannot be read ({where}: {fault['msg']})")
    damage = "" if intact else "its line was changed after it was written"
    if line.turn != number:
        damage = f"it stands where turn {number} should"
    return LoggedTurn(number, line.content, line.interventions, line.decisions, line.hash, damage)
