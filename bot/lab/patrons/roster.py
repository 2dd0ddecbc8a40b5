"""Every way to play that is scripted, by name."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from bot.lab.patrons.agents import cornerer
from bot.lab.patrons.insiders import insider, snitch
from bot.lab.patrons.play import Seat
from bot.lab.patrons.plays import Strategy
from bot.lab.patrons.prophets import prophet
from bot.lab.patrons.quiet import chance, grinder, idle, lender
from bot.lab.patrons.together import colluder
from bot.lab.patrons.traders import homing, momentum, reader, rumor_and_short, teller

STRATEGIES: Final[Mapping[str, Strategy]] = MappingProxyType(
    {
        "idle": idle,
        "random": chance,
        "lender": lender,
        "momentum": momentum,
        "homing": homing,
        "reader": reader,
        "rumor-and-short": rumor_and_short,
        "teller": teller,
        "insider": insider,
        "cornerer": cornerer,
        "grinder": grinder,
        "snitch": snitch,
        "prophet": prophet,
        "colluder": colluder,
    }
)
_NEED_A_FRIEND: Final = frozenset({"colluder"})


def seated(mix: Sequence[str]) -> list[Seat]:
    """The table of a mix; who cannot play alone brings a friend, who is not ranked."""
    seats = [Seat(name, STRATEGIES[name], name if name in _NEED_A_FRIEND else "") for name in mix]
    friends = [Seat(f"{name}'s friend", STRATEGIES[name], name, ranked=False) for name in mix if name in _NEED_A_FRIEND]
    return seats + friends
