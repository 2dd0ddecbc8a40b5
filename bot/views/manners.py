"""For those who keep a wood: who is muted in it."""

from bot.telling.cards import MutedCard
from bot.telling.catalog import Words
from bot.telling.taming import MAX_NAME, bounded, escape
from bot.views.base import Layout, note


def render_muted(words: Words, card: MutedCard, head: str = "", name: str = "") -> Layout:
    """Who is muted, below what has just become of somebody: ``head`` is that sentence's key, ``name`` who it is."""
    lines = [words(head, name=escape(bounded(name, MAX_NAME)))] if head else []
    known = [escape(bounded(each, MAX_NAME)) for each in card.names]
    others = card.count - len(known)
    lines.append(words("keeper-muted", names=", ".join(known) or "none", others=others))
    return note("\n".join(lines))
