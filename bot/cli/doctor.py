"""``ttw doctor``: what is wrong with a database, and what to do."""

import asyncio
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.exits import Exit, explaining
from bot.cli.output import AsJson, console, print_json

_COLOURS: Final = {"well": "green", "note": "yellow", "wrong": "bold red"}


def doctor(
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="The database, or a backup of one.")],
    deep: Annotated[
        bool, typer.Option("--deep", help="Play every turn again from the log, and compare it with what is stored.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with a database and what to do, without changing it; exit code 1 where something is.

    The bot may be running meanwhile. Looks at the file and its place, at every page and every row, and at the hash of
    each wood's last turn. It works on a copy in the folder for temporary files (TMPDIR), which needs the room for it.
    """
    from data.doctor import Level, examine

    with explaining():
        findings = asyncio.run(examine(file, deep=deep))
    well = all(finding.level is not Level.WRONG for finding in findings)
    if as_json:
        told = [{"level": each.level.value, "what": each.what, "do": each.do} for each in findings]
        print_json({"file": str(file), "well": well, "findings": told})
    else:
        screen = console()
        for each in findings:
            screen.print(f"{each.level.value:5} ", style=_COLOURS[each.level.value], end="")
            screen.print(f"{each.what} {each.do}".rstrip(), markup=False)
        screen.print("All is well." if well else "Something is wrong; see above.")
    raise typer.Exit(Exit.OK if well else Exit.FAILED)
