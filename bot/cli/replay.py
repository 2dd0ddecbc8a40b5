"""``ttw replay``: recompute a wood from its log."""

import logging
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.exits import Exit, explaining, fail
from bot.cli.output import AsJson, print_json


def replay(
    file: Annotated[Path, typer.Argument(help="A log: of /keeper export, `ttw export` or `ttw simulate --out`.")],
    as_json: AsJson = False,
) -> None:
    """Recompute a wood from its log and say whether every hash agrees; exit code 1 when one does not.

    The log holds the seed, the content and every input of every turn; nothing else is needed. It names the first turn
    that differs; turn 0 is the founding, with the content it was founded on.
    """
    from data.log import LogError, read_log
    from data.replay import Verdict
    from data.replay import replay as recompute

    _tell_why(logging.ERROR if as_json else logging.WARNING)
    reason = ""
    with explaining():
        try:
            verdict = recompute(read_log(file))
        except LogError as error:
            turns = _turns_behind(file)
            if not turns:
                fail(str(error), Exit.UNUSABLE)
            # A log by its turns, whose first line is damaged: it differs from the founding on.
            verdict, reason = Verdict(turns, agrees=False, first_difference=0), str(error)
    if as_json:
        print_json(verdict._asdict())
    elif verdict.agrees:
        typer.echo(f"Every hash of {verdict.turns:,} turns agrees.")
    elif verdict.first_difference:
        typer.echo(f"Turn {verdict.first_difference:,} of {verdict.turns:,} disagrees with the log.")
    else:
        typer.echo("The founding disagrees with the log. " + reason)
    raise typer.Exit(Exit.OK if verdict.agrees else Exit.FAILED)


class _Brief(logging.Formatter):
    """What is wrong with a turn, on one line: a forged log is no fault of the program."""

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 - the name and the type are logging's
        return f"  {ei[0].__name__}: {ei[1]}"


def _tell_why(level: int) -> None:
    """Let the replay say on standard error what is wrong with a turn."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Brief("ttw: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])


def _turns_behind(file: Path) -> int:
    """How many lines behind a file's first are turns by their look; 0 for a file that cannot be read."""
    try:
        with file.open("rb") as lines:
            next(lines, b"")
            return sum(line.startswith(b'{"turn":') for line in lines)
    except OSError:
        return 0
