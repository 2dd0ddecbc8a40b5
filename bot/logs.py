"""Logging for the whole process: one line an event on standard error, and no secret in any of them."""

import logging
import sys
from collections.abc import Iterable
from typing import Final, TextIO

_LINE: Final = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_REDACTED: Final = "[secret]"
_QUIET: Final = (
    "aiosqlite",
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
        """Replace every secret in a text."""
        for secret in self._secrets:
            text = text.replace(secret, _REDACTED)
        return text


def set_up_logging(level: str = "INFO", secrets: Iterable[str] = (), stream: TextIO | None = None) -> logging.Handler:
    """Log to ``stream`` (standard error), instead of whatever was set up before, without ``secrets``.

    Args:
        level: the least level that is logged.
        secrets: texts that must never be logged, such as the token.
        stream: where to.

    Returns:
        The handler, in case somebody wants it gone again.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(logging.Formatter(_LINE))
    handler.addFilter(Redaction(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("discord.client").addFilter(_not_about_voice)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    return handler
