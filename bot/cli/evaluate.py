"""``ttw evaluate``: is the economy alive, under every mind?"""

from typing import Annotated, Final

import typer

from bot.cli.exits import Exit, explaining
from bot.cli.output import AsJson, console, print_json, progress
from bot.cli.tables import sweep_table

MINDS: Final = "instinct,random,contrarian"
MAX_SEEDS: Final = 100_000


def evaluate(
    seeds: Annotated[int, typer.Option(min=1, max=MAX_SEEDS, help="How many seeds each mind plays.")] = 100,
    minds: Annotated[str, typer.Option(help="Minds to try, separated by commas.")] = MINDS,
    first_seed: Annotated[int, typer.Option(min=0, help="The first seed; the others follow it.")] = 0,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes to use [one a core].")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure whether the economy is alive, under several minds; exit code 1 when any target is missed.

    Every seed plays a year of 60 turns that begins with the reference run: a drought in turn 5, a run on honey in turn
    7, a scare of an early winter in turn 10. Each run is then played again from its log and every hash compared.
    """
    from bot.lab.evaluate import sweep

    names = [name for part in minds.split(",") if (name := part.strip())]
    if not names:
        raise typer.BadParameter("name at least one mind.", param_hint="--minds")
    names = list(dict.fromkeys(names))
    with explaining(), progress("playing", len(names) * seeds) as after_run:
        found = sweep(names, range(first_seed, first_seed + seeds), workers=workers, after_run=after_run)
    if as_json:
        minds_found = {
            mind: {"seeds": seeds, "targets": [row.to_json() for row in rows]} for mind, rows in found.items()
        }
        print_json({"minds": minds_found})
    else:
        for mind, rows in found.items():
            console().print(sweep_table(mind, seeds, rows))
    met = all(row.met for rows in found.values() for row in rows)
    raise typer.Exit(Exit.OK if met else Exit.FAILED)
