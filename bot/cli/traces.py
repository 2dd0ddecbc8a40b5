"""``ttw traces``: the calls to the minds, for analysis and training."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.exits import EPILOG, Exit, explaining, fail
from bot.cli.output import AsJson, console, print_json
from bot.cli.tables import calls_table
from data.traces import COLUMNS, TraceFormat, read_traces, write_traces
from wood.trace import Trace

if TYPE_CHECKING:
    from data.store import Store

app = typer.Typer(
    help="The calls to the minds: export them for analysis and training, and sum them up.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

BATCH: Final = 500
"""Rows handed from the database to the writer at a time."""


@app.callback()
def _group() -> None:
    """Keep ``export`` a command of its own, however few there are beside it."""


_HELP: Final = f"""Write every call to a mind as JSONL or Parquet, one row a call. The bot may be running meanwhile.

Columns: {", ".join(COLUMNS)}.
"""


@app.command("export", help=_HELP, epilog=EPILOG)
def export(
    database: Annotated[
        Path | None, typer.Option(help="The bot's database, if it is not the one of the settings.")
    ] = None,
    form: Annotated[
        TraceFormat | None,
        typer.Option("--format", help="Format of the file; left out, what its name ends in, or else JSONL."),
    ] = None,
    out: Annotated[Path | None, typer.Option(dir_okay=False, help="File to write [traces.jsonl or .parquet].")] = None,
    wood: Annotated[
        int | None, typer.Option(metavar="CHANNEL", help="Only the wood that lives in this Discord channel.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the calls to a file."""
    with explaining():
        rows, path = asyncio.run(_export(database_of(database), _target(out, form), form, wood))
    if as_json:
        print_json({"rows": rows, "file": str(path)})
    else:
        typer.echo(f"{rows:,} calls written to {path}.")


@app.command("stats", epilog=EPILOG)
def stats(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", exists=True, dir_okay=False, help="JSONL or Parquet files.")
    ],
    as_json: AsJson = False,
) -> None:
    """Sum up the calls of exports, and of what `ttw simulate` and `ttw evaluate` keep with --out, by mind.

    How replies were read, what was dropped, silenced or repeated, tokens and time. What became of their orders at the
    market is not in a trace; `ttw evaluate` measures that.
    """
    from bot.lab.calls import UNTRADED, tally

    with explaining(), without_a_library():
        try:
            found = tally(trace for file in files for trace in read_traces(file))
        except ValueError as error:
            fail(str(error), Exit.UNUSABLE)
    if as_json:
        shown = {
            mind: {name: figure for name, figure in each.to_json().items() if name not in UNTRADED}
            for mind, each in found.items()
        }
        print_json({"minds": shown})
    else:
        console().print(calls_table(found, traded=False))


def database_of(given: Path | None) -> Path:
    """The database to read: the one given, or that of the settings.

    Raises:
        typer.Exit: there is none.
    """
    from bot.settings import load_settings

    path = given or load_settings().database
    if not path.is_file():
        fail(f"There is no database at {path}. Name the file that the bot keeps its woods in.", Exit.UNUSABLE)
    return path


def _target(out: Path | None, form: TraceFormat | None) -> Path:
    if out is None:
        return Path(f"traces.{form or TraceFormat.JSONL}")
    if form is None and out.suffix.removeprefix(".") not in set(TraceFormat):
        raise typer.BadParameter(f"{out.name} should end in .jsonl or .parquet, or name a --format.")
    return out


async def _export(database: Path, out: Path, form: TraceFormat | None, channel: int | None) -> tuple[int, Path]:
    from data.store import Store

    async with await Store.open(database) as store:
        wood = None if channel is None else await wood_in(store, channel)
        batches = _batches(store.turns.traces(wood))
        rows = _pulled(asyncio.get_running_loop(), batches)
        try:
            with without_a_library():
                written = await asyncio.to_thread(write_traces, out, rows, form)
        finally:
            await batches.aclose()
    return written, out


@contextmanager
def without_a_library() -> Iterator[None]:
    """Say what to install where a file's format needs something that is not there.

    Raises:
        typer.Exit: it is not there.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "pyarrow":
            raise
        fail(str(error), Exit.UNUSABLE)


async def wood_in(store: "Store", channel: int) -> int:
    """The key of the wood that lives in a channel.

    Raises:
        typer.Exit: none does.
    """
    woods = {row.channel_id: row.id for row in await store.woods.all()}
    if channel not in woods:
        known = ", ".join(map(str, woods)) or "none"
        fail(f"No wood lives in channel {channel} of this database. Channels with a wood: {known}.", Exit.USAGE)
    return woods[channel]


async def _batches(traces: AsyncIterator[Trace]) -> AsyncGenerator[list[Trace], None]:
    batch: list[Trace] = []
    async for trace in traces:
        batch.append(trace)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _pulled(loop: asyncio.AbstractEventLoop, batches: AsyncGenerator[list[Trace], None]) -> Iterator[Trace]:
    """Read what the loop's thread gives, from another thread."""

    async def following() -> list[Trace] | None:
        return await anext(batches, None)

    while batch := asyncio.run_coroutine_threadsafe(following(), loop).result():
        yield from batch
