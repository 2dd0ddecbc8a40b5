"""``ttw replay``: recompute a wood from its log."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.exits import Exit, explaining, fail
from bot.cli.output import AsJson, print_json

if TYPE_CHECKING:
    from data.replay import Stretch, Verdict


def replay(
    file: Annotated[Path, typer.Argument(help="A log: of /keeper export, `ttw export` or `ttw simulate --out`.")],
    as_json: AsJson = False,
) -> None:
    """Recompute a wood from its log and say whether every hash agrees; exit code 1 when one does not.

    The log holds the seed, the content and every input of every turn; nothing else is needed. It names the first turn
    that differs; turn 0 is the founding, with the content it was founded on.

    Exit code 4: some turns were played by rules, hashes or content that this program has not. It says which. Of those
    it checks that each line is as it was written, in its place, on content that the log holds whole; the turns behind
    them are recomputed from the world that the log holds there.
    """
    from data.log import LogError, read_log
    from data.replay import Outcome, Verdict
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
            verdict, reason = Verdict(Outcome.DISAGREES, turns, 0), str(error)
    if as_json:
        print_json(verdict.to_json())
    else:
        for line in _told(verdict, reason):
            typer.echo(line)
    codes = {Outcome.AGREES: Exit.OK, Outcome.DISAGREES: Exit.FAILED, Outcome.OTHER_RULES: Exit.OTHER_RULES}
    raise typer.Exit(codes[verdict.outcome])


def _told(verdict: "Verdict", reason: str) -> Iterator[str]:
    """The verdict in words, a line each."""
    if verdict.first_difference:
        yield f"Turn {verdict.first_difference:,} of {verdict.turns:,} disagrees with the log."
    elif verdict.first_difference == 0:
        yield "The founding disagrees with the log. " + reason
    elif verdict.agrees:
        yield f"Every hash of {verdict.turns:,} turns agrees."
    else:
        for stretch in verdict.others:
            yield f"{_which(stretch)} cannot be recomputed: {_why(stretch)}."
        yield "What can be checked of them agrees: each line is as it was written, in its place, its content whole."
        yield f"Turns recomputed, every hash of which agrees: {verdict.recomputed:,} of {verdict.turns:,}."


def _which(stretch: "Stretch") -> str:
    if stretch.last == 0:
        return "The founding"
    first = max(1, stretch.first)
    turns = f"turn {first:,}" if first == stretch.last else f"turns {first:,} to {stretch.last:,}"
    return f"The founding and {turns}" if stretch.first == 0 else turns.capitalize()


def _why(stretch: "Stretch") -> str:
    """What this program lacks for some turns, in words."""
    from data.replay import Why
    from data.upcasts import HASHES
    from wood.version import RULES

    match stretch.why:
        case Why.RULES:
            return f"played by rules {stretch.rules}, and this program plays by rules {RULES}"
        case Why.HASHES:
            return f"the hash has form {stretch.hashes}, and this program makes form {HASHES}"
        case Why.CONTENT:
            return "played on the content of another program, which this one cannot play"
        case Why.INPUTS:
            return "the inputs are of a kind that this program does not know"
        case Why.NO_WORLD:
            return "the log does not hold the world that they went on from"


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
