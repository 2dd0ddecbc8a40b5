"""``ttw traces export --hub``: the calls to the minds as a data set for the Hugging Face Hub."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from bot.cli.exits import Exit, fail
from bot.cli.output import print_json
from bot.cli.stored import drained, wood_in
from data.traces import read_traces
from wood.trace import Trace

if TYPE_CHECKING:
    from bot.lab.card import Dataset
    from bot.lab.hub import Publishable
    from data.store import Store

LICENCE: Final = "apache-2.0"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,60}")
_NOTHING: Final = (
    "There is nothing to write: no wood here has ended a year whose calls are kept. "
    "--running takes in the year that runs, with the secrets that it has."
)
_PLAYED: Final = (
    "{} holds calls of a bot's own woods. What patrons wrote is masked only where their wood is known: give the "
    "database (--database) instead of --from."
)


def publish(
    folder: Path, source: Path | Sequence[Path], *, channel: int | None, running: bool, licence: str, as_json: bool
) -> None:
    """Write the data set and say what is in it.

    Args:
        folder: where to.
        source: a bot's database, or files of calls.
        channel: only the wood of this channel of the database.
        running: whether the year that runs is taken in.
        licence: under which it is published, as the Hub names it.
        as_json: whether one JSON object is printed.

    Raises:
        typer.BadParameter: the licence or the folder cannot be used.
        typer.Exit: there is nothing to write, or a file cannot be read.
    """
    from bot.lab.hub import NothingError, NotOursError, claim, write_dataset
    from data.content import default_rules

    if not _NAME.fullmatch(licence):
        says = f"{licence!r} is no licence as the Hub names them, such as apache-2.0, cc-by-4.0 or other."
        raise typer.BadParameter(says, param_hint="--license")
    year = default_rules().year
    try:
        claim(folder)
        if isinstance(source, Path):
            done = asyncio.run(_from_database(source, folder, year, licence, channel, running))
        else:
            done = write_dataset(folder, _from_files(source), year, licence)
    except NotOursError as error:
        raise typer.BadParameter(str(error), param_hint="--hub") from None
    except NothingError:
        fail(
            _NOTHING if isinstance(source, Path) else "There is nothing to write: the files hold no calls.",
            Exit.UNUSABLE,
        )
    _tell(done, folder, as_json)


def _tell(done: "Dataset", folder: Path, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "rows": done.calls.rows,
                "conversations": done.conversations.rows,
                "sessions": done.sessions,
                "woods": len(done.woods),
                "masked": done.masked,
                "folder": str(folder),
            }
        )
        return
    typer.echo(
        f"{done.calls.rows:,} calls written to {folder}. Woods: {len(done.woods):,}; conversations: "
        f"{done.conversations.rows:,}; sessions: {done.sessions:,}; calls with a patron's words or name masked: "
        f"{done.masked:,}.\n"
        "Read README.md there before you publish it; upload the folder as a data set, for instance with "
        f"`hf upload NAME {folder} --repo-type dataset`, and {folder}/sessions as another for the Hub's trace viewer."
    )


async def _from_database(
    database: Path, folder: Path, year: int, licence: str, channel: int | None, running: bool
) -> "Dataset":
    from bot.lab.hub import write_dataset
    from data.store import Store

    async with await Store.open(database) as store:
        only = None if channel is None else await wood_in(store, channel)
        calls = _calls(store, only, year, running)
        return await drained(calls, lambda rows: write_dataset(folder, rows, year, licence))


async def _calls(store: "Store", only: int | None, year: int, running: bool) -> "AsyncIterator[Publishable]":
    """The calls of living woods, one wood after another, masked."""
    from bot.lab.hub import Publishable
    from bot.lab.masking import mask_of

    number = 0
    for wood in await store.woods.all():
        last = wood.turn if running else wood.turn // year * year
        if not last or only not in (None, wood.id):
            continue
        number += 1
        mask = mask_of(await store.journal.log(wood.id))
        async for trace in store.turns.traces(wood.id, last=last):
            yield Publishable(*mask(_shown(trace, f"wood-{number}")))


def _from_files(files: Sequence[Path]) -> "Iterator[Publishable]":
    """The calls of files that sweeps and simulations keep; their woods have no players, and no two share one."""
    from bot.lab.hub import Publishable

    apart = list(dict.fromkeys(files))
    alike = len({path.stem for path in apart}) < len(apart)  # as sweeps in different folders call theirs
    for number, path in enumerate(apart, 1):
        name = f"{number}-{path.stem}" if alike else path.stem
        try:
            for trace in read_traces(path):
                if trace.wood.isdecimal():  # as a database calls its woods
                    fail(_PLAYED.format(path), Exit.UNUSABLE)
                yield Publishable(_shown(trace, f"{name}-{trace.wood}"))
        except ValueError as error:
            fail(str(error), Exit.UNUSABLE)


def _shown(trace: Trace, wood: str) -> Trace:
    """A call with another name for its wood, and of a failure its code alone: the rest may name a machine."""
    return replace(trace, wood=wood, why=trace.why.partition(":")[0])
