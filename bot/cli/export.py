"""``ttw export``: a wood's whole log as a file, however long it is."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.exits import explaining
from bot.cli.output import AsJson, print_json
from bot.cli.stored import database_of, wood_in

if TYPE_CHECKING:
    from data.log import Log


def export(
    channel: Annotated[int, typer.Argument(metavar="CHANNEL", help="The Discord channel that the wood lives in.")],
    database: Annotated[
        Path | None, typer.Option(help="The bot's database, if it is not the one of the settings.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(dir_okay=False, help="File to write [wood-CHANNEL.jsonl]; gzipped if it ends in .gz.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the log of a wood, from which `ttw replay` recomputes every turn. The bot may be running meanwhile.

    It is the file that /keeper export gives, for logs that are too long for Discord. It names no player.
    """
    from data.log import write_log

    path = out or Path(f"wood-{channel}.jsonl")
    with explaining():
        log = asyncio.run(_read(database_of(database), channel))
        write_log(path, log)
    if as_json:
        print_json({"turns": log.length, "file": str(path)})
    else:
        typer.echo(f"{log.length:,} turns written to {path}.")


async def _read(database: Path, channel: int) -> "Log":
    from data.store import Store

    async with await Store.open(database) as store:
        return await store.journal.log(await wood_in(store, channel))
