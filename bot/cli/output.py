"""What commands show: one JSON object for programs, tables for people, progress on a terminal."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
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


class Steps:
    """What moves a bar on."""

    def __call__(self) -> None:
        """One more is done."""

    def tell(self, words: str) -> None:
        """Say what is waited for, in the bar's place."""


class _Bar(Steps):
    def __init__(self, bar: Progress, what: str, total: int) -> None:
        self._bar = bar
        self._what = what
        self._task = bar.add_task(what, total=total)

    def __call__(self) -> None:
        self._bar.update(self._task, advance=1, description=self._what)

    def tell(self, words: str) -> None:
        self._bar.update(self._task, description=escape(words))


@contextmanager
def progress(what: str, total: int) -> Iterator[Steps]:
    """Show a bar on standard error while the block works, if that is a terminal; give what moves it on."""
    if not on_terminal():
        yield Steps()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar, what, total)
