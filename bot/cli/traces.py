"""``ttw traces``: the calls to the minds, for analysis and training."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.exits import EPILOG, Exit, explaining, fail
from bot.cli.hub import LICENCE, publish
from bot.cli.output import AsJson, console, print_json
from bot.cli.stored import database_of, drained, wood_in
from bot.cli.tables import calls_table
from data.traces import COLUMNS, TraceFormat, read_traces, write_traces

app = typer.Typer(
    help="The calls to the minds: export them for analysis and training, and sum them up.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@app.callback()
def _group() -> None:
    """Keep ``export`` a command of its own, however few there are beside it."""


_HELP: Final = f"""Write every call to a mind as JSONL or Parquet, one row a call. The bot may be running meanwhile.

Columns: {", ".join(COLUMNS)}.

With --hub a folder is written instead, ready to be uploaded as a data set to the Hugging Face Hub: Parquet, a data card
and sessions for the Hub's trace viewer. Woods get other names there, what patrons wrote is masked, and only years that
have ended are in it.
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
    hub: Annotated[
        Path | None, typer.Option(file_okay=False, help="Folder to write a data set for the Hugging Face Hub into.")
    ] = None,
    running: Annotated[
        bool, typer.Option("--running", help="With --hub: the year that runs as well, with its secrets.")
    ] = False,
    kept: Annotated[
        list[Path] | None,
        typer.Option("--from", dir_okay=False, help="With --hub: files of `ttw evaluate --out` instead of a database."),
    ] = None,
    licence: Annotated[
        str, typer.Option("--license", metavar="NAME", help="With --hub: the licence, as the Hub names it.")
    ] = LICENCE,
    as_json: AsJson = False,
) -> None:
    """Write the calls to a file."""
    if hub is not None:
        if out is not None or form is not None:
            raise typer.BadParameter("with --hub the files have names and a format of their own.", param_hint="--out")
        if kept and (database or wood or running):
            raise typer.BadParameter("files have no database, no channel and no running year.", param_hint="--from")
        with explaining(), without_a_library():
            publish(hub, kept or database_of(database), channel=wood, running=running, licence=licence, as_json=as_json)
        return
    if running or kept or licence != LICENCE:
        raise typer.BadParameter("--running, --from and --license go with --hub.")
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
        with without_a_library():
            written = await drained(store.turns.traces(wood), lambda rows: write_traces(out, rows, form))
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
