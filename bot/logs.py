"""Logging for the whole process: one line an event on standard error, and no secret in any of them.

A line says which wood it is about, where it is about one, and what comes a thousand times over is a line with a count.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final, Literal, TextIO

from bot.bursts import Steady
from bot.discreet import keep_quiet
from bot.measures import Counting

_LINE: Final = "%(asctime)s %(levelname)-7s %(name)s: %(where)s%(message)s"
_VALUES: Final = re.compile(r"input_value=.*?, input_type=", re.DOTALL)
"""How pydantic shows what it could not read: what players have typed may be in it."""
_REDACTED: Final = "[secret]"
_QUIET: Final = (
    "aiosqlite",
    "apscheduler",
    "matplotlib",
    "PIL",
    "httpx",
    "httpcore",
    "httpx2",
    "httpcore2",
    "openai",
    "asyncio",
)
"""Loggers whose lower levels tell of machinery, or, like aiosqlite's, of the values that are written."""


_NO_VOICE: Final = frozenset(
    {"PyNaCl is not installed, voice will NOT be supported", "davey is not installed, voice will NOT be supported"}
)
"""What discord.py says at every start to bots that could speak; this one never does."""


def _not_about_voice(record: logging.LogRecord) -> bool:
    return record.msg not in _NO_VOICE


class Redaction(logging.Filter):
    """Takes secrets out of a record wherever they stand: message, arguments, traceback.

    As a filter of a handler it changes the record itself, so that no handler behind it sees them either.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record; every record passes."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # a call with the wrong arguments; the handler will say so
            message = f"{record.msg} {record.args}"
        record.msg, record.args = self.clean(message), None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._formatter.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True

    def clean(self, text: str) -> str:
        """Replace every secret in a text, and every value that pydantic could not read."""
        for secret in self._secrets:
            text = text.replace(secret, _REDACTED)
        return _VALUES.sub(f"input_value={_REDACTED}, input_type=", text) if "input_value=" in text else text


_about: ContextVar[dict[str, int]] = ContextVar("about", default={})  # noqa: B039 - it is replaced and never changed


@contextmanager
def about(*, wood: int | None = None, channel: int | None = None) -> Iterator[None]:
    """Say of all that is logged within the block, by this task, which wood and which channel it is about."""
    known = {name: number for name, number in (("wood", wood), ("channel", channel)) if number is not None}
    token = _about.set({**_about.get(), **known})
    try:
        yield
    finally:
        _about.reset(token)


class Placing(logging.Filter):
    """Notes in each record which wood and channel it is about: ``record.about``, and ``record.where`` as text."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Note it; every record passes."""
        about: dict[str, int] | None = getattr(record, "about", None)
        if about is None:
            record.about = about = _about.get()
        where = ", ".join(f"{name} {number}" for name, number in about.items())
        record.where = f"[{where}] " if where else ""
        return True


class Lines(logging.Formatter):
    """A record as one JSON object: time, level, logger, message; wood, channel, count and error where there are any."""

    def format(self, record: logging.LogRecord) -> str:
        """Write it, without a line break."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "about", {}),
        }
        if (count := getattr(record, "count", None)) is not None:
            told["count"] = count
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            told["error"] = record.exc_text
        if record.stack_info:
            told["stack"] = record.stack_info
        return json.dumps(told)


def set_up_logging(
    level: str = "INFO",
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
    *,
    form: Literal["text", "json"] = "text",
) -> logging.Handler:
    """Log to ``stream`` (standard error), instead of whatever was set up before, without ``secrets``.

    Args:
        level: the least level that is logged.
        secrets: texts that must never be logged, such as the token.
        stream: where to.
        form: lines of text, or one JSON object a line.

    Returns:
        The handler, in case somebody wants it gone again.
    """
    handler = Steady(stream or sys.stderr)
    handler.setFormatter(Lines() if form == "json" else logging.Formatter(_LINE))
    handler.addFilter(Placing())
    handler.addFilter(Redaction(secrets))
    logging.basicConfig(level=level, handlers=[handler, Counting()], force=True)
    logging.getLogger("discord.client").addFilter(_not_about_voice)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    keep_quiet(level, handler)
    return handler
