"""``ttw reshard``: bring every wood into the database of its shard, when a bot is spread over other shards."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.exits import explaining
from bot.cli.output import AsJson, print_json
from bot.cli.ranges import range_of


def reshard(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", dir_okay=False, help="The databases that hold the woods now, all.")
    ],
    to: Annotated[
        list[str],
        typer.Option(metavar="FIRST-LAST/COUNT", help="What each process will run, once for each: --to 0-7/16 …"),
    ],
    base: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="What theirs is made of; wood.sqlite3 beside the first FILE, if not given."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Move woods into one database for each range of shards. Stop every bot on these files first.

    The new files are named as `ttw run --shards` names them; --to 0/1 brings all woods into one file. The former ones
    are kept beside them under other names. Cut off, the same command again brings it to its end.
    """
    from bot.settings import DATABASE
    from data.reshard import reshard as move

    targets = [range_of("--to", text) for text in to]
    with explaining():
        done = move(files, targets, base or files[0].with_name(DATABASE.name))
    if as_json:
        made = [
            {"file": str(new.file), "shards": str(new.shards), "woods": new.moved.woods, "turns": new.moved.turns}
            for new in done.files
        ]
        print_json({"files": made, "kept": [str(kept) for kept in done.kept], "resumed": done.resumed})
        return
    if done.resumed:
        typer.echo("A move that had been cut off is now at its end.")
    for new in done.files:
        typer.echo(f"{new.file}: {new.moved.woods} woods with {new.moved.turns:,} turns, for --shards {new.shards}")
    typer.echo(f"What was there before is kept as {', '.join(map(str, done.kept))}; delete it when all is well.")
