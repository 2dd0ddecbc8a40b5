"""``ttw health``: whether the bot does its work, for containers and people."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.exits import Exit, explaining
from bot.cli.output import AsJson, print_json


def health(
    database: Annotated[
        Path | None, typer.Option(dir_okay=False, help="The bot's database, if it is not the one of the settings.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say whether the bot that keeps its woods in this database does its work; exit code 1 when it does not."""
    from bot.health import check
    from bot.settings import load_settings

    with explaining():
        found = check(database or load_settings().database)
    if as_json:
        told = found.pulse.model_dump(mode="json") if found.pulse else None
        print_json({"alive": found.alive, "message": found.message, "pulse": told})
    else:
        typer.echo(found.message)
    raise typer.Exit(Exit.OK if found.alive else Exit.FAILED)
