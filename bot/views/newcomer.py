"""Joining by playing: who presses a button for patrons and is none yet becomes one with that press."""

from dataclasses import dataclass

from bot.answers import Interaction, place
from bot.telling.cards import PatronCard
from bot.telling.catalog import Words
from bot.telling.taming import escape
from bot.views.base import Layout, text
from wood.refusal import Refusal, RefusalCode


@dataclass(frozen=True, slots=True)
class Arrival:
    """A player who plays: the patron's card, and whether the player became one just now."""

    card: PatronCard
    new: bool

    def greeted(self, words: Words, layout: Layout) -> Layout:
        """What a press answers, under a line that says that one has joined, where one has."""
        return Layout(text(welcome_line(words, self.card)), *layout.children) if self.new else layout


async def arriving(interaction: Interaction) -> Arrival:
    """The one who presses as a patron of this channel's wood, joined where that was not so yet.

    Raises:
        Refusal: there is no wood, or nobody can join it now.
    """
    patrons, user = interaction.client.keeper.patrons, interaction.user
    try:
        return Arrival(await patrons.purse(place(interaction), user.id), new=False)
    except Refusal as refusal:
        if refusal.code is not RefusalCode.NO_PATRON:
            raise
    return Arrival(await patrons.join(place(interaction), user.id, user.display_name), new=True)


def welcome_line(words: Words, card: PatronCard) -> str:
    """Says in one line that somebody is a patron now, and with what."""
    return words("patron-arrived", alias=escape(card.alias), pebbles=card.purse, breath=card.breath)
