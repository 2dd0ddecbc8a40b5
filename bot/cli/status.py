"""``ttw status``: the woods of a bot, seen from outside."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from bot.cli.exits import explaining
from bot.cli.output import AsJson, console, print_json
from bot.cli.stored import database_of

if TYPE_CHECKING:
    from data.vitals import Standing

_UNITS: Final = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def status(
    database: Annotated[
        Path | None, typer.Option(dir_okay=False, help="The bot's database, if it is not the one of the settings.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the woods of a database: how each runs, its last and next turn, what it owes, its minds.

    Reads the database and the heartbeat beside it and changes neither; the bot may be running meanwhile or not.
    """
    from bot.health import check
    from data.looking import standings

    with explaining():
        path = database_of(database)
        health, woods = check(path), standings(path)
    now = datetime.now(UTC)
    if as_json:
        print_json(
            {
                "database": str(path),
                "alive": health.alive,
                "message": health.message,
                "pulse": health.pulse.model_dump(mode="json") if health.pulse else None,
                "woods": [_plain(wood) for wood in woods],
            }
        )
        return
    typer.echo(health.message)
    if health.pulse is not None and health.pulse.asleep:
        typer.echo(f"The minds are asleep: {health.pulse.asleep}.")
    if not woods:
        typer.echo("No wood lives in this database yet. Found one with /keeper found.")
        return
    _table(woods, now)


def _plain(wood: "Standing") -> dict[str, Any]:
    """A wood as plain values."""
    told = asdict(wood) | {"problem": _problem(wood)}
    return {name: each.isoformat() if isinstance(each, datetime) else each for name, each in told.items()}


def _table(woods: "list[Standing]", now: datetime) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table("wood", "channel", "runs", "turn", "taken", "next due", "owed", "minds", box=None, pad_edge=False)
    for wood in woods:
        table.add_row(
            str(wood.wood),
            str(wood.channel_id),
            escape(_runs(wood)),
            f"{wood.turn:,}",
            f"{_span(now, wood.taken_at)} ago" if wood.taken_at else "never",
            _due(wood, now),
            str(wood.owed),
            escape(", ".join(wood.minds) or "-") + (f" ({', '.join(wood.unanswered)})" if wood.unanswered else ""),
        )
    console().print(table)


def _runs(wood: "Standing") -> str:
    """Whether a wood runs, and why not, or what hinders its posts."""
    state = "paused" if wood.next_turn is None else "dozing" if wood.dozing else "running"
    problem = _problem(wood)
    return f"{state}: {problem}" if problem else state


def _problem(wood: "Standing") -> str:
    from bot.telling.catalog import SOURCE, words_in
    from bot.telling.notice import Notice

    return Notice.read(wood.problem).say(words_in(SOURCE))


def _due(wood: "Standing", now: datetime) -> str:
    if wood.next_turn is None:
        return "-"
    if wood.next_turn > now:
        return f"in {_span(wood.next_turn, now)}"
    return f"{_span(now, wood.next_turn)} late"


def _span(later: datetime, earlier: datetime) -> str:
    """How much time lies between, in its largest unit: ``"3 h"``."""
    seconds = abs((later - earlier).total_seconds())
    name, size = next((unit for unit in _UNITS if seconds >= unit[1]), _UNITS[-1])
    return f"{seconds // size:.0f} {name}"
