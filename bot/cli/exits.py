"""How a command ends: the exit codes, and words for whoever started it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Final, NoReturn

import typer


class Exit(IntEnum):
    """What the exit code of a command says to a script."""

    OK = 0
    FAILED = 1
    USAGE = 2
    UNUSABLE = 3
    OTHER_RULES = 4
    TOKEN = 5
    DISCORD = 6
    REFUSED = 7
    SHARDS = 8
    DAMAGED = 9
    GONE = 10
    BROKEN = 70
    INTERRUPTED = 130
    UNREAD = 141


EPILOG: Final = (
    "Exit codes: 0 all is well; 1 a check failed; 2 an option or a setting cannot be used; 3 a file, a database, the "
    "network or an installed part cannot be used; 4 a log that was played by other rules, and agrees as far as this "
    "program can tell; 5 Discord does not take the token; 6 Discord is out of reach or in trouble; 7 Discord refuses "
    "what the bot asks for; 8 Discord does not take the shards; 9 a database that is damaged or not a wood's; 10 the "
    "database was deleted or replaced under the bot; 70 a fault of the program; 130 interrupted; 141 nobody reads on."
)


def fail(message: str, code: Exit) -> NoReturn:
    """End the command with a message on standard error.

    Raises:
        typer.Exit: always.
    """
    typer.echo(f"ttw: {message}", err=True)
    raise typer.Exit(code)


@contextmanager
def explaining() -> Iterator[None]:
    """Turn what can be expected to go wrong into a message and an exit code.

    Raises:
        typer.Exit: it went wrong.
    """
    from bot.endings import RunError
    from bot.faults import variable
    from bot.lab.cluster import ClusterError
    from bot.lab.engines import EngineError
    from bot.settings import SettingsError
    from data.content import ContentError
    from data.errors import StoreCorruptError, StoreError
    from inference.roster import UnknownMindError, UnusableMindError

    try:
        yield
    except (SettingsError, UnknownMindError) as error:
        fail(str(error), Exit.USAGE)
    except UnusableMindError as error:
        remedy = f" Set {variable(error.option)} in the environment or in .env." if error.option else ""
        fail(f"{error}.{remedy}", Exit.USAGE)
    except EngineError as error:
        fail(f"{error} `ttw minds check` says more.", Exit.UNUSABLE)
    except ContentError as error:
        fail(f"The content cannot be used. {error}", Exit.UNUSABLE)
    except StoreCorruptError as error:
        fail(str(error), Exit.DAMAGED)
    except (ClusterError, StoreError) as error:
        fail(str(error), Exit.UNUSABLE)
    except RunError as error:
        fail(str(error), Exit[error.cause.name])
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        reason = error.strerror or str(error)
        fail(f"{where}{reason}. Check the path, the rights and the room left on the disk.", Exit.UNUSABLE)


def let_go() -> None:
    """Turn standard output and error away from whatever takes no more, so that nothing is tried on it at the end."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is None:
            continue
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def on_terminal() -> bool:
    """Whether standard error is a terminal, where progress may be shown."""
    return sys.stderr.isatty()
