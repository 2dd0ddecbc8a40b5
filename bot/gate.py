"""Whether an interaction is worked on at all: once, from where its wood lives, and no more often than is good for all.

Nothing here asks the database: what is turned away costs no more than saying so.
"""

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

import discord

from bot.rates import Rates
from bot.settings import Settings
from bot.telling.cards import WoodCard

REMEMBERED: Final = 4_096
"""Interactions of which it is known that they came: Discord delivers one twice within moments, if at all."""
_KEY: Final = "gate"


class Why(Enum):
    """Why an interaction is not worked on."""

    NOTHING = auto()  # it is
    TWICE = auto()  # it was delivered before
    ELSEWHERE = auto()  # the wood of its channel lives in another guild
    OFTEN = auto()  # it came too soon


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an interaction.

    Attributes:
        why: why it is not worked on.
        whose: of what comes too soon, whose rate was not kept: ``player``, ``wood``, ``guild`` or ``typing``.
        again: the seconds until it would be.
    """

    why: Why = Why.NOTHING
    whose: str = ""
    again: float = 0.0

    @property
    def open(self) -> bool:
        """Whether the interaction is worked on."""
        return self.why is Why.NOTHING


OPEN: Final = Verdict()


class Gate:
    """Decides about each interaction, once.

    Args:
        rates: of players, woods and guilds, and of what is suggested while somebody types.
    """

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._came: OrderedDict[int, None] = OrderedDict()
        self._homes: dict[int, int] = {}

    @classmethod
    def of(cls, settings: Settings) -> "Gate":
        """The gate with the rates of the settings."""
        player, wood, guild = settings.player_rate, settings.wood_rate, settings.guild_rate
        # While somebody types, a suggestion is asked for at every other letter.
        return cls(Rates(player=player, wood=wood, guild=guild, typing=4 * player))

    def follow(self, card: WoodCard) -> None:
        """Note where a wood lives."""
        if card.razed_at is None:
            self._homes[card.channel_id] = card.guild_id
        else:
            self._homes.pop(card.channel_id, None)

    def decide(self, interaction: discord.Interaction[Any]) -> Verdict:
        """What becomes of an interaction; asked again about the same one, it says the same."""
        decided: Verdict | None = interaction.extras.get(_KEY)
        if decided is None:
            decided = interaction.extras[_KEY] = self._decide(interaction)
        return decided

    def _decide(self, interaction: discord.Interaction[Any]) -> Verdict:
        if interaction.id in self._came:
            return Verdict(Why.TWICE)
        self._came[interaction.id] = None
        while len(self._came) > REMEMBERED:
            self._came.popitem(last=False)
        user, channel, guild = interaction.user.id, interaction.channel_id, interaction.guild_id
        if self._homes.get(channel or 0, guild) != guild:
            return Verdict(Why.ELSEWHERE)
        if interaction.type is discord.InteractionType.autocomplete:
            whose, again = self._rates.take([("typing", user)])
        else:
            whose, again = self._rates.take([("player", user), ("wood", channel), ("guild", guild)])
        return Verdict(Why.OFTEN, whose, again) if whose else OPEN
