"""What a wood may be founded with: every setting is checked before anything is kept."""

import re
import secrets
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.refusals import KeeperCode, KeeperError

MIN_PACE: Final = 10
MAX_PACE: Final = 86_400
"""Seconds between turns: from ten of them to a day."""
MAX_SEED: Final = 2**53 - 1
"""What every JSON reader and Discord's integer option can hold."""
_OFFSET: Final = re.compile(r"(?:utc|gmt|z|etc/(?:utc|gmt))?_?[+\u2212-]_?\d{1,2}(?::?\d\d)?")
"""An offset, which has no summer time; and Etc/GMT+2 lies two hours *west* of Greenwich, which nobody expects."""
_TOO_SHORT: Final = 4
"""Letters of an abbreviation, of which another zone is always near and never meant."""
_ABBREVIATED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("est", "edt", "et"), "America/New_York"),
    **dict.fromkeys(("cst", "cdt", "ct"), "America/Chicago"),
    **dict.fromkeys(("mst", "mdt", "mt"), "America/Denver"),
    **dict.fromkeys(("pst", "pdt", "pt"), "America/Los_Angeles"),
    **dict.fromkeys(("akst", "akdt"), "America/Anchorage"),
    **dict.fromkeys(("hst", "hdt"), "Pacific/Honolulu"),
    **dict.fromkeys(("nst", "ndt"), "America/St_Johns"),
    **dict.fromkeys(("brt", "brst"), "America/Sao_Paulo"),
    **dict.fromkeys(("bst", "gb"), "Europe/London"),
    **dict.fromkeys(("cet", "cest", "mez", "mesz"), "Europe/Berlin"),
    **dict.fromkeys(("eet", "eest"), "Europe/Athens"),
    **dict.fromkeys(("wet", "west"), "Europe/Lisbon"),
    **dict.fromkeys(("msk", "msd"), "Europe/Moscow"),
    "trt": "Europe/Istanbul",
    "ist": "Asia/Kolkata",
    "pkt": "Asia/Karachi",
    "wib": "Asia/Jakarta",
    "ict": "Asia/Bangkok",
    "sgt": "Asia/Singapore",
    "hkt": "Asia/Hong_Kong",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "awst": "Australia/Perth",
    **dict.fromkeys(("acst", "acdt"), "Australia/Adelaide"),
    **dict.fromkeys(("aest", "aedt"), "Australia/Sydney"),
    **dict.fromkeys(("nzst", "nzdt"), "Pacific/Auckland"),
}
"""A place for an abbreviation: some are zones of their own that never have summer time, most are none."""


def check_pace(pace: int) -> int:
    """Check the seconds between turns.

    Raises:
        KeeperError: out of range.
    """
    if not MIN_PACE <= pace <= MAX_PACE:
        raise KeeperError(KeeperCode.PACE, least=MIN_PACE, seconds=pace)
    return pace


def check_hour(hour: int) -> int:
    """Check the local hour of the report.

    Raises:
        KeeperError: no hour of the day.
    """
    if not 0 <= hour <= 23:
        raise KeeperError(KeeperCode.REPORT_HOUR, hour=hour)
    return hour


def check_seed(seed: int | None) -> int:
    """Check a seed, or draw one that nobody can guess: who knows it knows the order of the deck.

    Raises:
        KeeperError: out of range.
    """
    if seed is None:
        return secrets.randbelow(MAX_SEED + 1)
    if not 0 <= seed <= MAX_SEED:
        raise KeeperError(KeeperCode.SEED, most=MAX_SEED)
    return seed


def check_zone(name: str) -> str:
    """Check the name of an IANA time zone and return it as the IANA spells it.

    Raises:
        KeeperError: there is no such zone.
    """
    known = _zones()
    typed = name.strip().replace(" ", "_").casefold()[:60]
    if _OFFSET.fullmatch(typed):
        raise KeeperError(KeeperCode.ZONE_OFFSET)
    if typed in _ABBREVIATED:
        raise KeeperError(KeeperCode.ZONE_NEAR, near=_ABBREVIATED[typed])
    found = known.get(typed)
    if found is not None:
        return found
    ends = {zone.rpartition("/")[2]: zone for zone in known}
    near = get_close_matches(typed, [*known, *ends], 1, 0.7) if len(typed) > _TOO_SHORT else []
    if near:
        raise KeeperError(KeeperCode.ZONE_NEAR, near=known[ends.get(near[0], near[0])])
    raise KeeperError(KeeperCode.ZONE)


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return {zone.casefold(): zone for zone in available_timezones()}


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """The time zone of a stored name; UTC where this machine no longer knows it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
