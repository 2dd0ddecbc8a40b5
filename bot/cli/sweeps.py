"""The options of commands that play many seeds: how many work on them, where, and for how long."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer

from bot.cli.output import Steps

if TYPE_CHECKING:
    from bot.lab.effort import Effort
    from bot.settings import Settings

MAX_WOODS: Final = 10_000

Workers: TypeAlias = Annotated[
    int | None, typer.Option(min=1, help="Processes to use for minds that are rules [one a core].")
]
Ray: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Let a running Ray cluster play for minds that are rules: auto for the one that this machine is part "
        "of, or HOST:PORT of its head.",
    ),
]
Resume: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        file_okay=False,
        help="Folder that keeps what every run showed, so that the same command goes on where it was cut off.",
    ),
]
Woods: TypeAlias = Annotated[
    int, typer.Option(min=1, max=MAX_WOODS, help="Woods that a mind that is a model thinks for at once.")
]
Deadline: TypeAlias = Annotated[
    float | None, typer.Option(min=0.1, help="Seconds in which a model must have answered [that of the settings].")
]


def effort_of(
    settings: "Settings",
    *,
    workers: int | None,
    woods: int,
    deadline: float | None,
    resume: Path | None,
    ray: str | None,
) -> "Effort":
    """How a sweep is worked, by these options and, where they leave it open, by the settings.

    Raises:
        typer.BadParameter: workers of this machine, where a cluster works.
    """
    if ray is not None and workers is not None:
        raise typer.BadParameter("it is about this machine, not about a cluster.", param_hint="--workers")
    from bot.lab.effort import Effort
    from inference.roster import Engines

    return Effort(
        engines=Engines(settings.vllm, settings.openai, settings.servers),
        workers=workers,
        woods=woods,
        deadline=deadline or settings.deadline,
        resume=resume,
        ray=ray,
    )


def shown_by(steps: Steps, effort: "Effort") -> "Effort":
    """The same effort, with a bar that shows how far it is."""
    return replace(effort, after_run=steps, tell=steps.tell)
