"""The console script ``ttw``: gathers the commands, and sees that none of them ends in an unexplained way."""

import errno
import io
import logging
import sys
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from bot.cli import (
    arena,
    backup,
    doctor,
    evaluate,
    export,
    health,
    minds,
    paper,
    play,
    replay,
    reshard,
    run,
    simulate,
    status,
    sync,
    traces,
)
from bot.cli.exits import EPILOG, Exit, let_go
from bot.faults import option

log = logging.getLogger(__name__)


class Commands(TyperGroup):
    """The commands; what is wrong with an option is told in the words in which settings are."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - a class that Typer does not show
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            if isinstance(error.__cause__, ValidationError):
                error.message = option(error.__cause__.errors()[0])
            raise


app = typer.Typer(
    name="ttw",
    cls=Commands,
    help="Thousand Token Wood: five woodland creatures with minds of their own run an economy, and players stir it.",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",  # paragraphs of docstrings flow, and nothing in brackets is taken for a style
    context_settings={"help_option_names": ["-h", "--help"]},
)

ON_DISCORD = "With Discord"
LABORATORY = "Without Discord"

app.command("run", epilog=EPILOG, rich_help_panel=ON_DISCORD)(run.run)
app.command("play", epilog=EPILOG, rich_help_panel=ON_DISCORD)(play.play)
app.command("sync", epilog=EPILOG, rich_help_panel=ON_DISCORD)(sync.sync)
app.add_typer(minds.app, name="minds", rich_help_panel=ON_DISCORD)
app.command("health", epilog=EPILOG, rich_help_panel=ON_DISCORD)(health.health)
app.command("status", epilog=EPILOG, rich_help_panel=ON_DISCORD)(status.status)
app.command("doctor", epilog=EPILOG, rich_help_panel=ON_DISCORD)(doctor.doctor)
app.command("backup", epilog=EPILOG, rich_help_panel=ON_DISCORD)(backup.backup)
app.command("restore", epilog=EPILOG, rich_help_panel=ON_DISCORD)(backup.restore)
app.command("reshard", epilog=EPILOG, rich_help_panel=ON_DISCORD)(reshard.reshard)
app.command("simulate", epilog=EPILOG, rich_help_panel=LABORATORY)(simulate.simulate)
app.command("evaluate", epilog=EPILOG, rich_help_panel=LABORATORY)(evaluate.evaluate)
app.command("paper", epilog=EPILOG, rich_help_panel=LABORATORY)(paper.paper)
app.command("arena", epilog=EPILOG, rich_help_panel=LABORATORY)(arena.arena)
app.command("export", epilog=EPILOG, rich_help_panel=LABORATORY)(export.export)
app.command("replay", epilog=EPILOG, rich_help_panel=LABORATORY)(replay.replay)
app.add_typer(traces.app, name="traces", rich_help_panel=LABORATORY)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"ttw {version('thousand-token-wood')}")
        except PackageNotFoundError:  # run from a folder that was never installed
            typer.echo("ttw (not installed)")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Options of ``ttw`` itself."""


def main() -> None:
    """Run the command line; the exit code says how it went."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without our letters gets question marks, not an error
    try:
        app()
    except SystemExit as ended:
        # Typer and Rich end with 1 when nobody reads on, which would say that a check failed. What is said instead is
        # what the shell says of a program that is killed by a closed pipe: nothing of how it went.
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        let_go()
        sys.exit(Exit.UNREAD)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            let_go()
            typer.echo("ttw: There is no room left where the output goes.", err=True)
            sys.exit(Exit.UNUSABLE)
        # Commands explain what can be expected to go wrong; this is a fault of the program itself.
        log.critical("This is a fault of the program; please report it with the lines above.", exc_info=True)
        sys.exit(Exit.BROKEN)
