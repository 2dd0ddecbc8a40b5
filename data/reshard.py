"""Moving all woods from some databases into others, when a bot is spread over other shards than before.

The new files are written whole under names of their own, while the old ones stay as they are. A plan is then written
that says which file gets which name, and the renames are made by it. So one moment matters: before the plan stands
nothing has happened, and from then on it is carried out, however often the program is killed in between. A mark beside
every file that the plan concerns keeps bots away meanwhile.
"""

import asyncio
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from data.backup import sync_folder, unused_name
from data.claim import claimed, moving_mark
from data.database import Database
from data.errors import StoreCorruptError
from data.moving import Moved, MoveError, check_places, make_file, rows_of
from data.shards import Shards

_LOGS: Final = ("-wal", "-shm")


class NewFile(NamedTuple):
    """A database that woods were moved into: where it is, whose it is, and what it holds."""

    file: Path
    shards: Shards
    moved: Moved


@dataclass(frozen=True, slots=True)
class Resharded:
    """What came of a move.

    Attributes:
        files: the new databases.
        kept: where the former ones lie now.
        resumed: whether it was the end of a move that had been cut off.
    """

    files: Sequence[NewFile]
    kept: Sequence[Path]
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which file gets which name: first the old ones out of the way, then the new ones into their places."""

    path: Path
    aside: Sequence[tuple[Path, Path]]
    placed: Sequence[tuple[Path, NewFile]]

    @property
    def concerned(self) -> set[Path]:
        """The databases that no bot may use meanwhile."""
        return {source for source, _ in self.aside} | {new.file for _, new in self.placed}

    def write(self) -> None:
        """Write it whole, or not at all; from then on it is carried out."""

        def named(path: Path) -> str:
            return os.path.relpath(path, self.path.parent)

        document = {
            "aside": [(named(source), named(kept)) for source, kept in self.aside],
            "placed": [(named(part), named(new.file), str(new.shards), *new.moved) for part, new in self.placed],
        }
        _write(self.path, json.dumps(document, indent=1))

    @classmethod
    def read(cls, path: Path) -> "_Plan":
        document = json.loads(path.read_text("utf-8"))
        place = path.parent
        return cls(
            path,
            [(place / source, place / kept) for source, kept in document["aside"]],
            [
                (place / part, NewFile(place / file, Shards.parse(shards), Moved(woods, turns)))
                for part, file, shards, woods, turns in document["placed"]
            ],
        )


def reshard(sources: Sequence[Path], targets: Sequence[Shards], base: Path) -> Resharded:
    """Move all woods of some databases into one new database for each of some ranges of shards.

    Args:
        sources: the databases, which no bot may use. They are brought to this program's version, and keep their woods
            under another name.
        targets: the ranges, which together are all shards.
        base: by its name and in its folder the new databases are named, see :meth:`data.shards.Shards.file`.

    Raises:
        MoveError: it cannot be done so; the message says what to do. Nothing was changed.
        StoreLockedError: a bot runs on one of the files.
        StoreError: one of them cannot be used.
        OSError: a folder cannot be written.
    """
    base = base.resolve()
    check_ranges(targets)
    plan = base.with_name(f"{base.name}.reshard")
    resumed = _resume(plan)
    sources = list(dict.fromkeys(source.resolve() for source in sources))
    files = [shards.file(base) for shards in targets]
    if resumed is not None and {new.file for new in resumed.files} == set(files):
        return resumed
    with _claims({*sources, *files}):
        _check_files(sources, files)
        for source in sources:
            asyncio.run(_bring_up_to_date(source))
        check_places(sources)
        with _parts(files) as parts:
            placed = [
                (part, NewFile(file, shards, make_file(part, sources, shards, place)))
                for place, (part, file, shards) in enumerate(zip(parts, files, targets, strict=True))
            ]
            if rows_of(parts) != rows_of(sources):
                raise StoreCorruptError("Not every row of every wood arrived in the new files; nothing was changed.")
            for part in parts:
                _sync(part)
        decided = _Plan(plan, [(source, unused_name(source)) for source in sources], placed)
        for file in decided.concerned:
            _write(moving_mark(file), os.path.relpath(plan, file.parent))
        decided.write()
        _carry_out(decided)
    return Resharded([new for _, new in placed], [kept for _, kept in decided.aside])


def check_ranges(targets: Sequence[Shards]) -> None:
    """See that some ranges are all shards of one bot, each once.

    Raises:
        MoveError: they are not.
    """
    if len({shards.count for shards in targets}) != 1:
        raise MoveError("All ranges must be of the same number of shards, as in --to 0-7/16 --to 8-15/16.")
    (count,) = {shards.count for shards in targets}
    run = [shard for shards in targets for shard in shards.ids]
    if missing := sorted(set(range(count)) - set(run)):
        raise MoveError(f"Shard {missing[0]} of {count} is in none of the ranges. Name all {count}, from 0 on.")
    if len(run) > count:
        twice = next(shard for shard in run if run.count(shard) > 1)
        raise MoveError(f"Shard {twice} of {count} is in two of the ranges. Name each once.")


def _resume(path: Path) -> Resharded | None:
    """Carry out a plan that was cut off, if there is one."""
    if not path.exists():
        return None
    plan = _Plan.read(path)
    with _claims(plan.concerned):
        if path.exists():
            _carry_out(plan)
    return Resharded([new for _, new in plan.placed], [kept for _, kept in plan.aside], resumed=True)


def _carry_out(plan: _Plan) -> None:
    """Make the renames of a plan that are not made yet, and end it. May be cut off anywhere, and done again."""
    for source, kept in plan.aside:
        if kept.exists():
            continue
        for ending in (*_LOGS, ""):  # a log alone would go into the next file of that name
            with_ending = source.with_name(source.name + ending)
            if with_ending.exists():
                with_ending.rename(kept.with_name(kept.name + ending))
    for part, new in plan.placed:
        if part.exists():
            part.rename(new.file)
    for folder in {file.parent for file in plan.concerned}:
        sync_folder(folder)
    for file in plan.concerned:
        moving_mark(file).unlink(missing_ok=True)
    plan.path.unlink()
    sync_folder(plan.path.parent)


@contextmanager
def _claims(files: Iterable[Path]) -> Iterator[None]:
    with ExitStack() as held:
        for file in sorted(files):
            held.enter_context(claimed(file, moving=True))
        yield


def _check_files(sources: Sequence[Path], files: Sequence[Path]) -> None:
    """See that the sources are there, and that no new file takes the place of one that is none of them.

    Raises:
        MoveError: it is not so.
    """
    for source in sources:
        if not source.is_file():
            raise MoveError(
                f"There is no database {source}. Name the files that the bot keeps its woods in; one whose woods were "
                "moved lies beside its former name, with .before-1 or the like behind it."
            )
    for file in files:
        there = next((each for ending in ("", *_LOGS) if (each := Path(f"{file}{ending}")).exists()), None)
        if there is not None and file not in sources:
            raise MoveError(
                f"{there} is there already. Name {file} among the files, or move it out of the way if its woods are "
                "not wanted any more."
            )


async def _bring_up_to_date(source: Path) -> None:
    """Check a database and bring it to this program's version, as a bot's start does."""
    async with await Database.open(source):
        pass


@contextmanager
def _parts(files: Sequence[Path]) -> Iterator[list[Path]]:
    """Lend names for the new files on their way; they vanish when the block raises."""
    parts = [file.with_name(f".{file.name}.resharding") for file in files]
    for part in parts:
        part.unlink(missing_ok=True)
    try:
        yield parts
    except BaseException:
        for part in parts:
            part.unlink(missing_ok=True)
        raise


def _write(path: Path, text: str) -> None:
    """Write a small file whole or not at all, so that it lasts through a power cut."""
    part = path.with_name(f".{path.name}.new")  # always the same name: what a kill leaves is written over
    part.write_text(text, "utf-8")
    _sync(part)
    part.replace(path)
    sync_folder(path.parent)


def _sync(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
