"""Which program this is, for what it writes."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def program_version() -> str:
    """The version of this program; empty when it runs from a folder that was never installed."""
    try:
        return version("thousand-token-wood")
    except PackageNotFoundError:
        return ""
