"""Writes calls to minds as a data set for the Hugging Face Hub: tables, sessions for its trace viewer, and a data card.

The folder holds, beside ``README.md`` (:mod:`bot.lab.card`):

* ``data/calls.parquet``: a row a call, with the columns of every export, ``session`` and ``masked``;
* ``data/conversations.parquet``: a row a reply that fits its schema as it stands, with its ``messages`` as a list of
  ``{"role", "content"}``, which is what trainers take for a conversation;
* ``sessions/``, a data set of its own, since the Hub reads one format a data set, with a card and files of lines:
  one creature's year a file, in the Session Trace Simple Format of the Hub's documentation, a
  header ``{"type": "session", "harness", "id", "name"}`` and then lines ``{"type": "message", "message": {"role",
  "content"}}``; a reply also has the creature's private thought as ``reasoningContent``, and its ``model``.
"""

import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from bot.lab.calls import Calls
from bot.lab.card import Dataset, Table, card_of, sessions_card
from data.traces import call_columns, record, writing_rows
from wood.names import Creature
from wood.trace import Trace

HARNESS: Final = "thousand-token-wood"
"""How sessions say what produced them, and the tag by which an earlier export is known."""
CALLS: Final = "data/calls.parquet"
CONVERSATIONS: Final = "data/conversations.parquet"
SESSIONS: Final = "sessions"
CARD: Final = "README.md"
_TAGGED: Final = re.compile(rf"---\n(?:(?!---$).*\n)*?- {HARNESS}\n", re.MULTILINE)
"""How the card of an earlier export begins: front matter with its tag, not any page that names the program."""
_BATCH: Final = 1000
"""Calls held in memory at once, beside the sessions that are not finished."""


class Publishable(NamedTuple):
    """A call as it may be shown: its wood by a name that says nothing, and whether anything was masked in it."""

    trace: Trace
    masked: bool = False


class NotOursError(Exception):
    """The folder holds something else; the message says what to do."""


class NothingError(Exception):
    """There is no call to write."""


def claim(folder: Path) -> None:
    """Make sure that a folder may be written: a new one, an empty one, or one that holds an earlier export.

    What a version control keeps in it (``.git``, ``.gitattributes``) does not count, and is left alone.

    Raises:
        NotOursError: it holds something else.
        OSError: it cannot be read.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise NotOursError(f"{folder} is a file. Name a folder, new or empty.")
    seen = [path.name for path in folder.iterdir() if not path.name.startswith(".git")]
    card = folder / CARD
    if seen and not (card.is_file() and _TAGGED.match(card.read_text("utf-8", "replace"))):
        raise NotOursError(
            f"{folder} holds files that are no such data set ({', '.join(sorted(seen)[:3])}). "
            "Name a folder that is new or empty, or one that an earlier export wrote."
        )


def write_dataset(folder: Path, calls: Iterable[Publishable], year: int, licence: str) -> Dataset:
    """Write a data set; what an earlier export left in the folder is replaced, all at the end.

    Args:
        folder: where to; it is made if it is not there.
        calls: the calls, in the order in which each wood made them; read once, and never held all at a time.
        year: turns of a year, after which a session ends.
        licence: under which the data set is published, as the Hub names it.

    Raises:
        NotOursError: the folder holds something else.
        NothingError: there are no calls.
        OSError: it cannot be written.
        ModuleNotFoundError: Parquet needs pyarrow, which is not installed.
    """
    claim(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".hub-", dir=folder.parent) as made:
        new = Path(made)
        written = _write(new, calls, year)
        (new / CARD).write_text(card_of(written, licence), "utf-8")
        (new / SESSIONS / CARD).write_text(sessions_card(written, licence), "utf-8")
        folder.mkdir(exist_ok=True)
        for name in ("data", SESSIONS, CARD):
            old = folder / name
            if old.is_dir():
                shutil.rmtree(old)
            (new / name).replace(old)
    return written


def _write(folder: Path, calls: Iterable[Publishable], year: int) -> Dataset:
    import pyarrow as pa

    text = pa.string()
    wide = [("session", text), *call_columns(), ("masked", pa.bool_())]
    messages = pa.list_(pa.struct([("role", text), ("content", text)]))
    narrow = [("session", text), ("turn", pa.int64()), ("creature", text), ("engine", text), ("messages", messages)]
    narrow.append(("masked", pa.bool_()))
    for name in ("data", SESSIONS):
        (folder / name).mkdir()
    rows: Counter[str] = Counter()
    size: Counter[str] = Counter()
    found = Dataset(Table(CALLS, wide, 0, 0, 0), Table(CONVERSATIONS, narrow, 0, 0, 0))
    sessions = _Sessions(folder / SESSIONS, year)
    turns: set[tuple[str, int]] = set()
    with writing_rows(folder / CALLS, wide) as put, writing_rows(folder / CONVERSATIONS, narrow) as tell:
        for batch in _batches(calls):
            full, talks = [], []
            for trace, masked in batch:
                session = sessions.take(trace)
                full.append({"session": session, **record(trace), "masked": masked})
                if trace.valid and trace.user:
                    talk = {"turn": trace.turn, "creature": str(trace.creature), "engine": trace.engine}
                    talks.append({"session": session, **talk, "messages": conversation(trace), "masked": masked})
                found.by_engine.setdefault(trace.engine, Calls()).read(trace)
                found.woods.add(trace.wood)
                found.masked += masked
                turns.add((trace.wood, trace.turn))
            for name, write, some in ((CALLS, put, full), (CONVERSATIONS, tell, talks)):
                rows[name] += len(some)
                size[name] += write(some)
    if not rows[CALLS]:
        raise NothingError
    found.sessions = sessions.close()
    found.turns = len(turns)
    found.calls, found.conversations = (
        table._replace(rows=rows[table.file], size=size[table.file], stored=(folder / table.file).stat().st_size)
        for table in (found.calls, found.conversations)
    )
    return found


def conversation(trace: Trace) -> list[dict[str, str]]:
    """A call as chat messages: system, user, and the reply where there is one."""
    asked = [("system", trace.system), ("user", trace.user)]
    said = [] if trace.response is None else [("assistant", trace.response)]
    return [{"role": role, "content": content} for role, content in (*asked, *said)]


def _batches(calls: Iterable[Publishable]) -> Iterator[list[Publishable]]:
    source = iter(calls)
    while batch := list(islice(source, _BATCH)):
        yield batch


class _Sessions:
    """Puts calls together to sessions, and writes each when its year is over."""

    def __init__(self, folder: Path, year: int) -> None:
        self._folder = folder
        self._year = year
        self._open: dict[tuple[str, Creature], tuple[str, list[Trace]]] = {}
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._written = 0

    def take(self, trace: Trace) -> str:
        """Add a call; the name of its session."""
        key = (trace.wood, trace.creature)
        name = f"{self._named(trace.wood)}-{trace.creature}-year-{(trace.turn - 1) // self._year + 1}"
        before = self._open.get(key)
        if before is not None and before[0] != name:
            self._write(*before)
        if before is None or before[0] != name:
            self._open[key] = (name, [])
        if trace.user and trace.response is not None:
            self._open[key][1].append(trace)
        return name

    def close(self) -> int:
        """Write what is left; how many sessions there are."""
        for name, traces in self._open.values():
            self._write(name, traces)
        self._open.clear()
        return self._written

    def _named(self, wood: str) -> str:
        """A wood's name as a file's, different for every wood, also where capitals do not count."""
        if wood not in self._names:
            plain = name = _plain(wood)
            number = 1
            while name.casefold() in self._taken:
                number += 1
                name = f"{plain}-{number}"
            self._taken.add(name.casefold())
            self._names[wood] = name
        return self._names[wood]

    def _write(self, name: str, traces: list[Trace]) -> None:
        if not traces:
            return
        self._written += 1
        title = name.replace("-", " ")
        header = {"type": "session", "harness": HARNESS, "id": name, "name": title, "turns": len(traces)}
        with (self._folder / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for line in (header, *_lines(traces)):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _lines(traces: list[Trace]) -> Iterator[dict[str, Any]]:
    """The messages of a session; what a creature is told again and again stands once."""
    for system, calls in groupby(traces, lambda trace: trace.system):
        yield _message("system", system)
        for call in calls:
            yield _message("user", call.user)
            yield _message("assistant", call.response or "", reasoningContent=call.thought, model=call.engine)


def _message(role: str, content: str, **more: str) -> dict[str, Any]:
    return {"type": "message", "message": {"role": role, "content": content, **more}}


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name)[:60].strip("-") or "wood"
