"""How long to wait before a server is asked again: what it asks for, and never less than one's own growing pause."""

import math
import random
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 8.0
"""Seconds before a request is tried again, where the server does not say how long, or less."""
LONGEST_WAIT: Final = 300.0
"""Seconds for which a server can ask not to be asked; one that means more is asked again, and may say so again."""
SPREAD: Final = 0.25
"""By how much of a pause one request's is shorter than another's, so that not all come back at the same moment."""


def asked_wait(headers: Mapping[str, str]) -> float | None:
    """The seconds that a server asks to be left alone; None where it does not say so, or not so that it means anything.

    ``Retry-After`` is a number of seconds or a date (RFC 9110, 10.2.3); ``retry-after-ms`` goes before it where a
    server sends both. What is zero or past is no wish.
    """
    in_ms = _number(headers.get("retry-after-ms", ""))
    told = headers.get("retry-after", "")
    seconds = _number(told) if math.isnan(in_ms) else in_ms / 1000
    if math.isnan(seconds):
        with suppress(ValueError, TypeError, OverflowError):
            date = parsedate_to_datetime(told)
            seconds = ((date if date.tzinfo else date.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds()
    return min(LONGEST_WAIT, seconds) if math.isfinite(seconds) and seconds > 0 else None


def pause(tries: int) -> float:
    """Seconds to wait after so many tries, somewhat less or more by chance; twice as long each time, up to a bound."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(tries, 16)) * random.uniform(1 - SPREAD, 1.0)


def _number(told: str) -> float:
    try:
        return float(told)
    except ValueError:
        return math.nan
