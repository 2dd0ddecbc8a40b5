"""The fixed names of the wood: its creatures, goods, seasons and ledger accounts."""

from enum import StrEnum
from typing import Any, Final, cast

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import simple_ser_schema


class Name(StrEnum):
    """A fixed name. Pydantic writes it as the string that it is, which spares asking each for its ``value``."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        """Describe it to pydantic: read as an enum, written as a string."""
        return cast("CoreSchema", {**handler(source), "serialization": simple_ser_schema("str")})


class Good(Name):
    """One of the five traded goods."""

    ACORNS = "acorns"
    BERRIES = "berries"
    MUSHROOMS = "mushrooms"
    HONEY = "honey"
    FIREWOOD = "firewood"


class Creature(Name):
    """One of the five creatures; the order is the canonical one everywhere."""

    OONA = "oona"
    BRAMBLE = "bramble"
    FENN = "fenn"
    MOSSBACK = "mossback"
    PIP = "pip"


class Season(Name):
    """A quarter of the year; a year begins in autumn."""

    AUTUMN = "autumn"
    WINTER = "winter"
    SPRING = "spring"
    SUMMER = "summer"


class Side(Name):
    """The side of a limit order."""

    BUY = "buy"
    SELL = "sell"


class Hand(Name):
    """Who placed an order: a mind, its habit, a legend's decree, an outsider a legend brought, a bribe, an agent."""

    MIND = "mind"
    HABIT = "habit"
    DECREE = "decree"
    STRANGER = "stranger"
    BRIBE = "bribe"
    AGENT = "agent"


class Act(Name):
    """What a patron did, as its file has it."""

    RUMOR = "rumor"
    WHISPER = "whisper"
    LIED = "lied"  # a whisper that proved a lie
    LEGEND = "legend"
    LENT = "lent"
    REPAID = "repaid"
    LOST = "lost"  # a loan that was written off
    LONG = "long"
    SHORT = "short"
    PROFIT = "profit"  # a position closed with a gain soon after own words
    GAIN = "gain"  # a position closed with any other gain
    LOSS = "loss"
    BRIBE = "bribe"
    BROKER = "broker"
    CORNER = "corner"
    SOLD = "sold"  # a corner sold up
    FORESIGHT = "foresight"
    WAGER = "wager"
    WON = "won"  # a wager
    DENOUNCED = "denounced"
    BOUNTY = "bounty"
    FINED = "fined"
    IDLED = "idled"  # a pebble lost of a purse that lay idle


GOODS: Final = tuple(Good)
CREATURES: Final = tuple(Creature)
SEASONS: Final = tuple(Season)
FOODS: Final = (Good.ACORNS, Good.BERRIES, Good.MUSHROOMS, Good.HONEY)
FIREWOOD: Final = Good.FIREWOOD
# Python 3.11 asks the metaclass for a member of an enumeration, at several times the cost of a name of the module.
BUY: Final = Side.BUY
SELL: Final = Side.SELL
MIND: Final = Hand.MIND
HABIT: Final = Hand.HABIT

PEBBLES: Final = "pebbles"
CENTS: Final = 100
"""Hundredths of a pebble in a pebble: the unit of reference prices, wealth and mood points."""

# Sources: the only accounts that may stand below zero.
MINT: Final = "mint"
HARVEST: Final = "harvest"
SOURCES: Final = frozenset({MINT, HARVEST})
# Sinks: what goes in never comes out again.
TABLE: Final = "table"
HEARTH: Final = "hearth"
ROT: Final = "rot"
FINES: Final = "fines"
SINKS: Final = frozenset({TABLE, HEARTH, ROT, FINES})
# Holders that are neither creature nor patron.
BOURSE: Final = "bourse"
"""Pays and takes what positions and wagers win and lose; never below zero, so it cannot lose more than it holds."""
MARGIN: Final = "margin"
"""Where the margins of all positions and the stakes of all wagers stand."""
MAGISTRATE: Final = "magistrate"
"""Fees of denunciations and fines, from which bounties are paid."""
AGENT: Final = "agent"
"""What the tape calls a patron's agent, whoever sent it."""
BOWL: Final = "bowl"
STRANGER: Final = "stranger"
"""The outside trader whom a legend may bring to the market (a corner's agent)."""


def escrow(account: str) -> str:
    """Name the account in which the pebbles and goods behind ``account``'s open orders and offers stand."""
    return f"escrow:{account}"


def patron_account(patron: str) -> str:
    """Name the purse of the patron with the key ``patron`` (``p1``, ``p2``, …)."""
    return f"patron:{patron}"


def warehouse(good: Good) -> str:
    """Name the account in which a corner's agent keeps a good, and the pebbles to buy it with."""
    return f"warehouse:{good.value}"
