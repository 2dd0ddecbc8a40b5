"""Whether the bot is alive: a heartbeat written beside its database, which ``ttw health`` reads from outside.

A file and no port: nothing has to be opened, a container's health check needs no network, and a heartbeat that can
no longer be written shows a full or read-only disk too. An outage of Discord is no reason to restart a bot that is
reconnecting by itself, so the connection is told but not judged.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

log = logging.getLogger(__name__)

BEAT: Final = 10.0
"""Seconds between heartbeats."""
STALE: Final = 60.0
"""Seconds after which a heartbeat no longer counts."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a look from outside found: whether all is well, and one sentence that says so or what is wrong."""

    alive: bool
    message: str


def pulse_file(database: Path) -> Path:
    """Name the heartbeat's file of the bot that keeps its woods in ``database``."""
    return database.with_name(f"{database.name}.pulse")


def beat(database: Path, state: str) -> None:
    """Write one heartbeat; ``state`` says in a word or two how the bot is connected.

    Raises:
        OSError: the file cannot be written.
    """
    whole = pulse_file(database)
    part = whole.with_name(f"{whole.name}.new")  # whoever looks must never find half of it
    part.write_text(f"{state}\n", "utf-8")
    part.replace(whole)


async def beating(database: Path, state: Callable[[], str]) -> NoReturn:
    """Write a heartbeat every :data:`BEAT` seconds until cancelled; then take the file away."""
    failing = False
    try:
        while True:
            try:
                await asyncio.to_thread(beat, database, state())
                failing = False
            except OSError as error:
                # Once is enough: what fails here fails every few seconds, and `ttw health` will notice.
                if not failing:
                    log.error("The heartbeat beside %s cannot be written: %s", database, error)
                failing = True
            await asyncio.sleep(BEAT)
    finally:
        pulse_file(database).unlink(missing_ok=True)


@asynccontextmanager
async def pulse(database: Path, state: Callable[[], str]) -> AsyncIterator[None]:
    """Write heartbeats while the block runs, and take their file away after it."""
    task = asyncio.create_task(beating(database, state), name="heartbeat")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def check(database: Path, *, now: float | None = None) -> Health:
    """Look at the heartbeat of the bot that keeps its woods in ``database``.

    Args:
        database: the bot's database file.
        now: seconds since 1970; the present when left out.
    """
    path = pulse_file(database)
    try:
        written, state = path.stat().st_mtime, path.read_text("utf-8").strip()
    except FileNotFoundError:
        return Health(False, f"No bot is running on {database}: there is no heartbeat. Start it with `ttw run`.")
    except OSError as error:
        return Health(False, f"The heartbeat {path} cannot be read: {error.strerror}.")
    age = max(0.0, (time.time() if now is None else now) - written)
    if age > STALE:
        return Health(
            False,
            f"The last heartbeat is {age:.0f} seconds old: the bot hangs or was killed. Look at its log, restart it.",
        )
    return Health(True, f"Alive, {state}; the last heartbeat is {age:.0f} seconds old.")
