"""Whether the bot does its work: a heartbeat written beside its database, which ``ttw health`` reads from outside.

A file and no port: nothing has to be opened, a container's health check needs no network, and a heartbeat that can
no longer be written shows a full or read-only disk too. What is told in it is judged by :mod:`bot.watch`, inside the
bot; from outside it is judged whether the heartbeat is fresh, by the time that the machine has run and not by its
clock, which may leap. An outage of Discord, or of a model, is no reason to restart a bot: both are told, not judged.
"""

from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

BEAT: Final = 10.0
"""Seconds between heartbeats."""
STALE: Final = 60.0
"""Seconds after which a heartbeat no longer counts."""
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")


class Trouble(BaseModel):
    """Something that the bot does not do as it should: a code for programs, and a sentence with what to do."""

    model_config = ConfigDict(frozen=True)

    code: Literal["file", "store", "turns", "herald", "posts"]
    message: str


class Pulse(BaseModel):
    """One heartbeat, as JSON.

    Attributes:
        version: of this form.
        boot: tells one run of the machine from the next; "" where it does not say.
        beat: seconds that the machine had run.
        at: the time by its clock, which nothing is judged by.
        pid: the process.
        state: in a word or two, how the bot is connected.
        asleep: what the minds that do not answer are at, in words; "" when all of them are awake.
        troubles: what is not as it should be; healthy where there is none.
        late: woods whose turn is due.
        lateness: seconds for which the first of these has been seen waiting.
        owed: posts that are owed.
        turns: turns taken by this process.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    boot: str
    beat: float
    at: AwareDatetime
    pid: int
    state: str
    asleep: str = ""
    troubles: tuple[Trouble, ...] = ()
    late: int = 0
    lateness: float = 0.0
    owed: int = 0
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """What a look from outside found: whether all is well, what to say of it, and the heartbeat if it is fresh."""

    alive: bool
    message: str
    pulse: Pulse | None = None


def boot_id() -> str:
    """What tells this run of the machine from the next; "" where it does not say."""
    try:
        return _BOOT.read_text("ascii").strip()
    except OSError:
        return ""


def pulse_file(database: Path) -> Path:
    """Name the heartbeat's file of the bot that keeps its woods in ``database``, links followed as SQLite does."""
    database = database.resolve()
    return database.with_name(f"{database.name}.pulse")


def write(database: Path, pulse: Pulse) -> None:
    """Write one heartbeat.

    Raises:
        OSError: the file cannot be written.
    """
    whole = pulse_file(database)
    part = whole.with_name(f"{whole.name}.new")  # whoever looks must never find half of it
    part.write_text(f"{pulse.model_dump_json()}\n", "utf-8")
    part.replace(whole)


def check(database: Path, *, now: float | None = None) -> Health:
    """Look at the heartbeat of the bot that keeps its woods in ``database``.

    Args:
        database: the bot's database file.
        now: seconds that the machine has run; the present when left out.
    """
    path = pulse_file(database)
    try:
        pulse = Pulse.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Health(False, f"No bot is running on {database}: there is no heartbeat. Start it with `ttw run`.")
    except OSError as error:
        return Health(False, f"The heartbeat {path} cannot be read: {error.strerror}.")
    except ValidationError:
        return Health(
            False,
            f"The heartbeat {path} is none that this program writes. Restart the bot with this version of it.",
        )
    age = (monotonic() if now is None else now) - pulse.beat
    if pulse.boot != boot_id() or age < 0:
        return Health(False, "The machine was restarted since the last heartbeat, and the bot was not. Start it.")
    if age > STALE:
        return Health(
            False,
            f"The last heartbeat is {age:.0f} seconds old: the bot hangs or was killed. Look at its log, restart it.",
        )
    if pulse.troubles:
        return Health(False, " ".join(trouble.message for trouble in pulse.troubles), pulse)
    asleep = f"; the minds are asleep: {pulse.asleep}" if pulse.asleep else ""
    return Health(True, f"Alive, {pulse.state}{asleep}; the last heartbeat is {age:.0f} seconds old.", pulse)
