"""What commands show: one JSON object for programs, tables for people, progress on a terminal."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.exits import on_terminal

WIDE = 132
"""Columns of what is not shown on a terminal."""

AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on standard output and nothing else there.")
]


def print_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object on a line of its own; ASCII, so that every terminal and pipe takes it."""
    typer.echo(json.dumps(value, allow_nan=False))


def console() -> Console:
    """Standard output for people; wide where it is no terminal, so that tables are not squeezed."""
    shown = Console(highlight=False, soft_wrap=False)
    return shown if shown.is_terminal else Console(highlight=False, width=WIDE)


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error while the block works, if that is a terminal; give what moves it on by one."""
    if not on_terminal():
        yield lambda: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
