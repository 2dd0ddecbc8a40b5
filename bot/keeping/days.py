"""A wood's local days: which day a time falls on, and when the day's report is due. Pure, and sure of foot in DST."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_DAY: Final = timedelta(days=1)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The local date of a time."""
    return at.astimezone(zone).date()


def day_span(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of a local day and of the next, in UTC: 23 to 25 hours apart where clocks are changed."""
    return instant(day, 0, zone), instant(day + _DAY, 0, zone)


def instant(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The instant of a local hour, in UTC.

    An hour that comes twice counts the first time; one that is left out lies where it would have come.
    """
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def next_report(now: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """The first report time after ``now``, in UTC; there is exactly one for every local date."""
    day = local_day(now, zone) - _DAY
    while (due := instant(day, hour, zone)) <= now:
        day += _DAY
    return due


def reported_day(now: datetime, hour: int, zone: ZoneInfo) -> date:
    """The local day that the latest report time up to ``now`` tells of: the day that was over by then.

    A report tells of a whole day, so that every turn stands in exactly one report whatever the hour.
    """
    day = local_day(now, zone) + _DAY
    while instant(day, hour, zone) > now:
        day -= _DAY
    return day - _DAY
