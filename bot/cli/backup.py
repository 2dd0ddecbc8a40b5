"""``ttw backup`` and ``ttw restore``: a copy of the bot's database, and putting one back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.exits import explaining
from bot.cli.output import AsJson, print_json
from bot.cli.stored import database_of

Database = Annotated[Path | None, typer.Option(help="The bot's database, if it is not the one of the settings.")]


def backup(
    out: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="The file to write.")],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Copy the bot's database into one file, whole and checked. The bot may be running meanwhile."""
    from data.backup import back_up

    with explaining():
        size = back_up(database_of(database), out)
    if as_json:
        print_json({"file": str(out), "bytes": size})
    else:
        typer.echo(f"Written to {out}: {size / 1e6:,.1f} MB. Put it back with `ttw restore {out}`.")


def restore(
    backup_file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="The backup to put back.")],
    database: Annotated[
        Path | None, typer.Option(help="The file whose place it takes, if it is not the one of the settings.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the place of the bot's database. Stop the bot first; what was there is kept beside it."""
    from bot.settings import load_settings
    from data.backup import restore as put_back

    with explaining():
        target = database or load_settings().database
        found = put_back(backup_file, target)
    if as_json:
        kept = str(found.before) if found.before else None
        print_json({"file": str(target), "woods": found.woods, "turns": found.turns, "before": kept})
        return
    typer.echo(f"Put back: {found.woods} woods with {found.turns:,} turns, in {target}.")
    if found.before:
        typer.echo(f"What was there before is kept as {found.before}; delete it when all is well.")
