"""What no log tells at any level: who plays, what players write, and the tokens of what they asked.

A host who turns the log up to see what is wrong, and sends it to somebody who can help, must not send that along.
"""

import logging
import re
from typing import Final

_LEAST: Final = {
    # Tells every event of the gateway, and what is sent and received over HTTP: names, ids and words of players.
    "discord": logging.INFO,
    # Tells the values that are written.
    "aiosqlite": logging.WARNING,
    # Tells what models are asked.
    "openai": logging.WARNING,
    "httpx": logging.WARNING,
}
"""Loggers that tell such things below a level, which is the least that they have."""
_TOKENS: Final = re.compile(r"(/(?:webhooks|interactions)/\d+/)[^/\s?\"')]+")
"""The addresses by which an interaction is answered: whoever knows one can answer in the bot's place for a while."""


class Discretion(logging.Filter):
    """Takes the tokens of interactions out of a record; every record passes.

    To be asked after whatever writes the traceback into the record.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record."""
        record.msg, record.args = clean(record.getMessage()), None
        if record.exc_text:
            record.exc_text = clean(record.exc_text)
        return True


def clean(text: str) -> str:
    """A text without the tokens in it."""
    return _TOKENS.sub(r"\1…", text)


def keep_quiet(level: str, handler: logging.Handler) -> None:
    """Keep what no log should hold out of a handler that logs from ``level`` on."""
    handler.addFilter(Discretion())
    for name, least in _LEAST.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelNamesMapping()[level]))
