"""The commons bowl: full purses give to it, all share it, and by it the wood's pebbles stay steady."""

from typing import Final

from wood.draft import Draft
from wood.names import BOWL, CREATURES, FINES, MINT, PEBBLES

BOWL_SHARES: Final = ((46, 5), (70, 3))
"""What goes into the commons bowl: of what a purse holds above the first figure one part of the second, and so on."""
PEBBLES_STEADY: Final = (180, 220)
"""What all purses and the bowl may hold together before pebbles are minted into the bowl, and burned out of it."""
STEADYING: Final = 6
"""One part of so many of what lies outside of these comes in, or goes, a turn."""


def share_out(draft: Draft) -> None:
    """Put a part of every full purse into the commons bowl, the more of the fullest, and share it equally."""
    for creature in CREATURES:
        purse = draft.purse(creature)
        given = 0
        for above, part in BOWL_SHARES:
            if purse > above:
                given += (purse - above) // part
        draft.ledger.move(creature, BOWL, PEBBLES, given, "bowl")
    _steady(draft)
    share = draft.purse(BOWL) // len(CREATURES)
    for creature in CREATURES:
        draft.ledger.move(BOWL, creature, PEBBLES, share, "shared")


def _steady(draft: Draft) -> None:
    """Keep the creatures' pebbles near what they began with, whatever patrons pour in or take out.

    The bowl gives a tithe of what is too much, as far as it reaches, and gets alms for what is too little.
    """
    least, most = PEBBLES_STEADY
    held = draft.purse(BOWL)
    for creature in CREATURES:
        held += draft.purse(creature)
    tithe = min(draft.purse(BOWL), -(-max(0, held - most) // STEADYING))
    draft.ledger.move(BOWL, FINES, PEBBLES, tithe, "tithe")
    draft.ledger.move(MINT, BOWL, PEBBLES, -(-max(0, least - held) // STEADYING), "alms")
