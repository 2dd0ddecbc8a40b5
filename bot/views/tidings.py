"""What a patron is told who asked for it: that something befell it, and in a direct message what."""

from typing import Final

from discord import ui

from bot.telling.catalog import words_of_wood
from bot.telling.own import own_line
from bot.telling.taming import whole_lines
from bot.telling.tidings import TidingsCard
from bot.views.base import CALM, Layout, row, text
from bot.views.stakes import BookButton
from data.rows import Notify

_MOST: Final = 1_500


def render_tidings(card: TidingsCard) -> Layout:
    """In the channel a mention and a button, since others read there; in a direct message what befell the patron."""
    words = words_of_wood(card.rules)
    if card.how is Notify.CHANNEL:
        said = words("tidings-ping", mention=f"<@{card.user_id}>", turn=card.turn)
        return Layout(ui.Container(text(said), row(BookButton(words)), accent_colour=CALM))
    head = words("tidings-direct", channel=f"<#{card.channel_id}>", turn=card.turn)
    lines = [f"📌 {own_line(words, event, card.names)}" for event in card.events]
    return Layout(ui.Container(text("\n".join([head, *whole_lines(words, lines, _MOST)])), accent_colour=CALM))
