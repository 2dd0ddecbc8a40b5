"""Discord's permissions as its settings call them."""

from collections.abc import Iterable
from typing import Final

from bot.telling.catalog import Words

KNOWN: Final = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "embed_links",
    "attach_files",
    "read_message_history",
    "manage_channels",
)
"""The permissions that catalogs have a name for (``permission-view-channel``, …), as the protocol calls them."""


def permission(words: Words, name: str) -> str:
    """A permission as the settings call it; one that is not known by its name in the protocol, spelt out."""
    return words(f"permission-{name.replace('_', '-')}") if name in KNOWN else name.replace("_", " ").title()


def permissions(words: Words, names: Iterable[str]) -> str:
    """Some permissions in bold, as a list."""
    return words.listed([f"**{permission(words, name)}**" for name in names])
