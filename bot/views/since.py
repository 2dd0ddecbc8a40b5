"""What a player reads who comes back after some hours: what happened meanwhile."""

from bot.telling.catalog import Words
from bot.telling.since import SinceCard, since_lines
from bot.views.base import Layout, ago, note


def render_since(words: Words, card: SinceCard) -> Layout:
    """What happened since a player was here, for that player's eyes."""
    head = words("since-head", turns=card.missed, when=ago(card.since))
    return note("\n".join([head, *since_lines(words, card)]))
