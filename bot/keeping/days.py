"""When a wood reports: the report times of its days, and its first report. Pure, and sure of foot in DST."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = timedelta(days=1)
FIRST_REPORT: Final = 4
"""Turns after which a new wood reports at once: half a day at the usual pace, so that nobody waits until tomorrow."""
LEAST_HOURS: Final = timedelta(hours=6)
"""What a report at the report hour tells of at least; what is younger waits for the next day's."""


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The local date of a time."""
    return at.astimezone(zone).date()


def instant(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The instant of a local hour, in UTC.

    An hour that comes twice counts the first time; one that is left out lies where it would have come.
    """
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def next_report(now: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """The first report time after ``now``, in UTC; there is exactly one for every local date."""
    day = local_day(now, zone) - DAY
    while (due := instant(day, hour, zone)) <= now:
        day += DAY
    return due


def last_report(now: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """The latest report time up to ``now``, in UTC."""
    day = local_day(now, zone) + DAY
    while (due := instant(day, hour, zone)) > now:
        day -= DAY
    return due
