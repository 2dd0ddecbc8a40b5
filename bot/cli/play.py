"""``ttw play``: the local Discord."""

import asyncio
import logging
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.exits import Exit, explaining, fail
from bot.cli.output import AsJson, print_json

WOOD: Final = Path("playground.sqlite3")
"""Where the playground's wood is kept: never the file of a bot on Discord, whose woods would tick here too."""
MAX_PACE: Final = 3600


def play(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes a free one.")] = 0,
    pace: Annotated[
        int, typer.Option(min=10, max=MAX_PACE, help="Seconds between turns of a wood that is founded now.")
    ] = 10,
    database: Annotated[Path, typer.Option(dir_okay=False, help="File that keeps the playground's wood.")] = WOOD,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget the wood in that file and start anew.")] = False,
    no_found: Annotated[
        bool, typer.Option("--no-found", help="Found no wood: do it yourself with /keeper found.")
    ] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the page in a browser.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what the bot does.")] = False,
    as_json: AsJson = False,
) -> None:
    """Play on this machine: a Discord of your own in a local page, with the very bot that runs on a server.

    Needs no token, no GPU and no network. Prints the page's address and serves it until Ctrl+C. The wood is kept in a
    file, so the next start goes on with it.
    """
    from bot.settings import load_settings

    with explaining():
        settings = load_settings(database=database, shards=None)
    try:
        from bot.logs import set_up_logging
        from bot.playground import StageError
        from bot.playground import play as serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "simcord":
            raise
        fail(
            "The playground's part is not installed. Use `make play`, or: pip install 'thousand-token-wood[play]'.",
            Exit.UNUSABLE,
        )

    def announce(url: str) -> None:
        if as_json:
            print_json({"url": url, "database": str(database)})
        else:
            typer.echo(f"Your wood is at {url}\nIt is kept in {database}. Ctrl+C stops it.")

    set_up_logging("INFO" if verbose else "WARNING")
    if not verbose:
        logging.getLogger("discord").setLevel(logging.ERROR)
    with explaining():
        try:
            asyncio.run(
                serve(
                    settings,
                    port=port,
                    pace=pace,
                    found=not no_found,
                    fresh=fresh,
                    open_browser=not no_open,
                    announce=announce,
                )
            )
        except StageError as error:
            fail(str(error), Exit.UNUSABLE)
    if not as_json:
        typer.echo("The wood sleeps.")
