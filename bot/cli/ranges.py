"""How commands take ranges of shards."""

from typing import TYPE_CHECKING

from bot.cli.exits import Exit, fail

if TYPE_CHECKING:
    from data.shards import Shards


def range_of(option: str, text: str) -> "Shards":
    """Read the shards that an option names.

    Raises:
        typer.Exit: they are none; it is said why.
    """
    from data.shards import Shards

    try:
        return Shards.parse(text)
    except ValueError as error:
        fail(f"{option} {text} {error}.", Exit.USAGE)
