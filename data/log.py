"""A wood's whole log as a file: the seed, the content it ran on, and every input of every turn.

The format is JSON, one object a line (``.jsonl``, or gzipped ``.jsonl.gz``):

* the header: ``{"format": "wood-log", "version": 2, "seed", "turns", "rules", "hashes", "schemas", "founding",
  "content", "contents"}``, where ``rules`` is the version of the rules it was founded by, ``hashes`` the form of
  ``founding``, the hash of the founded world, ``schemas`` the schema of each kind of document in the lines,
  ``content`` the digest it was founded on and ``contents`` maps digests to content documents;
* then one line a turn: ``{"turn", "content", "rules", "hashes", "interventions", "decisions", "hash", "check"}``, where
  ``rules`` is the version of the rules that the turn was played by, ``hash`` its hash in the wood's own chain, in the
  form ``hashes``, and ``check`` a digest of the line itself, chained to the line before. Where the rules or the form of
  the hashes are not those of the turn before, the line holds ``world`` too: the world that the wood went on from.

The header of version 3 has ``muted`` and ``free_text`` too: which patrons are not heard when the log is exported, and
whether the others speak in their own words. A wood whose keeper has changed neither has a log of version 2.

A log of version 1 has no ``rules``, ``hashes``, ``schemas`` and ``world``: all of it is of the first form.

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
from data.upcasts import HASHES, Kind, UpcastError, schema_of, upcast
from wood.chronicle import dump
from wood.moves import Intervention
from wood.version import RULES
from wood.world import World

FORMAT: Final = "wood-log"
VERSION: Final = 3
_UNCHANGED: Final = 2
"""The version of a log whose wood hears everybody in words of their own."""
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
        rules: the version of the rules it was played by.
        hashes: the form of its hash.
        world: the world it went on from, where its rules or its form of hash are not those of the turn before.
        foreign: why a sound line's inputs are not understood; empty when they are.
    """

    number: int
    content: str
    interventions: tuple[Intervention, ...]
    decisions: Decisions
    hash: str
    damage: str = ""
    rules: int = RULES
    hashes: int = HASHES
    world: World | None = None
    foreign: str = ""


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
        rules: the version of the rules it was founded by.
        hashes: the form of ``founding``.
        muted: the patrons, by their keys, whose words the wood's keeper does not want.
        free_text: whether the others speak in their own words.
    """

    seed: int
    founding: str
    content: str
    contents: Mapping[str, Mapping[str, Any]]
    turns: Sequence[LoggedTurn]
    length: int
    rules: int = RULES
    hashes: int = HASHES
    muted: tuple[str, ...] = ()
    free_text: bool = True


Schemas = Mapping[Kind, int]
_KINDS: Final = (Kind.WORLD, Kind.DECISIONS, Kind.INTERVENTION)
"""What lines hold; content documents carry their schema themselves."""


class _Header(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    format: str
    version: int
    seed: int
    turns: int
    rules: int = 1
    hashes: int = 1
    schemas: dict[str, int] = {}
    founding: str
    content: str
    contents: dict[str, dict[str, Any]]
    muted: list[str] = []
    free_text: bool = True


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")
    turn: int
    content: str
    rules: int = 1
    hashes: int = 1
    interventions: tuple[Action, ...]
    decisions: Decisions
    world: World | None = None
    hash: str


class _Envelope(BaseModel):
    """What a line says of itself, whatever its inputs are."""

    model_config = ConfigDict(strict=True)
    turn: int
    content: str
    rules: int
    hashes: int
    hash: str


def founding_hash(world: World) -> str:
    """SHA-256 (hex) of a founded world."""
    return hashlib.sha256(dump(world)).hexdigest()


def log_lines(log: Log) -> Iterator[str]:
    """The lines of the file, each with its line break."""
    changed = bool(log.muted) or not log.free_text
    header = _Header(
        format=FORMAT,
        version=VERSION if changed else _UNCHANGED,
        seed=log.seed,
        turns=len(log.turns),
        rules=log.rules,
        hashes=log.hashes,
        schemas={kind.value: schema_of(kind) for kind in _KINDS},
        founding=log.founding,
        content=log.content,
        contents={digest: dict(document) for digest, document in log.contents.items()},
        muted=list(log.muted),
        free_text=log.free_text,
    ).model_dump_json(exclude=None if changed else {"muted", "free_text"})
    yield header + "\n"
    check = _digest("", header)
    for turn in log.turns:
        line = _Line(
            turn=turn.number,
            content=turn.content,
            rules=turn.rules,
            hashes=turn.hashes,
            interventions=turn.interventions,
            decisions=turn.decisions,
            world=turn.world,
            hash=turn.hash,
        )
        body = line.model_dump_json(exclude={"world"} if turn.world is None else None)
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
    schemas = {kind: header.schemas.get(kind.value, 1) for kind in _KINDS}
    for text in lines:
        body, found = _split(text.rstrip("\n"))
        check = _digest(check, body)
        turns.append(_read_turn(len(turns) + 1, body, schemas, intact=found == check))
        # Later lines are judged against what stands in the file, so that one damaged line is one damaged turn.
        check = found or check
    return Log(
        seed=header.seed,
        founding=header.founding,
        content=header.content,
        contents=header.contents,
        turns=tuple(turns),
        length=header.turns,
        rules=header.rules,
        hashes=header.hashes,
        muted=tuple(header.muted),
        free_text=header.free_text,
    )


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


def _read_turn(number: int, body: str, schemas: Schemas, *, intact: bool) -> LoggedTurn:
    try:
        line = _line(body, schemas)
    except (ValidationError, UpcastError, RecursionError) as error:
        foreign = _foreign(number, body, error) if intact else None
        return foreign or LoggedTurn(number, "", (), {}, "", f"its line cannot be read ({_fault(error)})")
    damage = "" if intact else "its line was changed after it was written"
    if line.turn != number:
        damage = f"it stands where turn {number} should"
    return LoggedTurn(
        number=number,
        content=line.content,
        interventions=line.interventions,
        decisions=line.decisions,
        hash=line.hash,
        damage=damage,
        rules=line.rules,
        hashes=line.hashes,
        world=line.world,
    )


def _line(body: str, schemas: Schemas) -> _Line:
    """Read a line, its documents led to the present schemas.

    Raises:
        ValidationError: it is no such line.
        UpcastError: a document in it cannot be led there.
    """
    text = body.encode("utf-8", "surrogateescape")
    if all(schema == schema_of(kind) for kind, schema in schemas.items()):
        return _Line.model_validate_json(text)
    try:
        raw = json.loads(text)
        raw["decisions"] = upcast(Kind.DECISIONS, schemas[Kind.DECISIONS], raw["decisions"])
        raw["interventions"] = [
            upcast(Kind.INTERVENTION, schemas[Kind.INTERVENTION], each) for each in raw["interventions"]
        ]
        if raw.get("world") is not None:
            raw["world"] = upcast(Kind.WORLD, schemas[Kind.WORLD], raw["world"])
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise UpcastError(f"line: {error}") from error
    return _Line.model_validate_json(json.dumps(raw))


def _foreign(number: int, body: str, error: Exception) -> LoggedTurn | None:
    """A line that is as it was written, by what it says of itself: another program knew other inputs."""
    try:
        line = _Envelope.model_validate_json(body)
    except ValidationError:
        return None
    if line.turn != number:
        return None
    return LoggedTurn(
        number=number,
        content=line.content,
        interventions=(),
        decisions={},
        hash=line.hash,
        rules=line.rules,
        hashes=line.hashes,
        foreign=_fault(error),
    )


def _fault(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc'])) or 'line'}: {fault['msg']}"
